"""A fixture for tests that build many small sites; a conftest.py that imports it has it."""

from collections.abc import Callable, Iterator
from types import CodeType
from typing import cast

import jinja2
import pytest
from jinja2.bccache import Bucket

from generator.build import pipeline
from generator.build.frame import CompiledTemplates
from generator.build.tool import tool_digest


@pytest.fixture(scope="package", autouse=True)
def worked_out_once() -> Iterator[None]:
    """Compile each template, and read the program's own source, once in all builds: a quarter of a small site's time."""
    made: dict[object, object] = {}

    def once(make: Callable[[], object], *of: object) -> object:
        if of not in made:
            made[of] = make()
        return made[of]

    def by_source(name: str) -> Callable[..., object]:
        make = getattr(jinja2.Environment, name)

        def call(self: jinja2.Environment, source: str, *rest: object, **named: object) -> object:
            how = (type(self), self.autoescape, self.finalize, self.trim_blocks, tuple(self.filters))
            return once(lambda: make(self, source, *rest, **named), name, source, rest, tuple(named.items()), how)

        return call

    def code_of(self: CompiledTemplates, bucket: Bucket) -> CodeType | None:
        load(self, bucket)
        return bucket.code

    def loaded(self: CompiledTemplates, bucket: Bucket) -> None:
        of = ("loaded", self._tool, bucket.key, bucket.checksum)
        bucket.code = cast("CodeType | None", once(lambda: code_of(self, bucket), *of))
        if bucket.code is None:
            del made[of]

    load = CompiledTemplates.load_bytecode
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2.Environment, "compile", by_source("compile"))
        patch.setattr(jinja2.Environment, "parse", by_source("parse"))
        patch.setattr(CompiledTemplates, "load_bytecode", loaded)
        patch.setattr(pipeline, "tool_digest", lambda source: once(lambda: tool_digest(source), *source.items()))
        yield
