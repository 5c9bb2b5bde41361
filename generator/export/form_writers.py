"""Which module writes which format of documents; each brings a heavy library, loaded when it is first needed."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Protocol

from generator.forms.grid import FormGrid


class Write(Protocol):
    """Makes one document of some forms; the same forms give the same bytes."""

    def __call__(self, forms: Sequence[FormGrid], *, properties: Mapping[str, str]) -> bytes:
        """Return the document; `properties` become properties of it."""


def writer_of(kind: str) -> Write:
    """Return what makes documents of a format of `settings.DOCUMENT_FORMATS`."""
    write: Write = import_module(f"generator.export.form_{kind}").write
    return write
