"""What renders the pages of a build, with all that is slow to make kept from one build to the next."""

import hashlib
import os
import sys
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

import jinja2
import msgspec
from jinja2.bccache import Bucket

from generator.build import cache
from generator.plan.planned import key_of
from generator.render.references import TemplateFile
from generator.render.renderer import Renderer
from generator.render.shell import NavEntry, Shell, load_shell
from generator.settings import Settings

RECORD = "pages/record.html"
"""The one page whose form template is chosen page by page."""

_SHELL = msgspec.msgpack.Decoder(Shell)
_TEMPLATES = msgspec.msgpack.Decoder(dict[str, TemplateFile])


def kept_shell(
    settings: Settings, nav: Sequence[NavEntry], *, live: bool, feed_title: str, kept: Path, key: bytes, tool: bytes
) -> Shell:
    """Return what stands around pages; `key` is the digest of all that it is made of."""
    data = cache.kept(kept / "shell", key)
    if data is not None:
        try:
            return _SHELL.decode(data)
        except msgspec.DecodeError:
            pass
    # Compiled by other rules than those of pages, so one is never taken for the other.
    shell = load_shell(settings, nav, live=live, feed_title=feed_title, bytecode_cache=_compiled(key_of(tool, "frame")))
    cache.keep(kept / "shell", msgspec.msgpack.encode(shell), key)
    return shell


def make_renderer(
    settings: Settings, shell: Shell, tool: bytes, known: dict[str, TemplateFile] | None = None
) -> Renderer:
    """Return what renders pages."""
    return Renderer(
        settings.template_dirs,
        shell,
        root_path=settings.root_path,
        bytecode_cache=_compiled(tool),
        known_templates=known,
    )


def _compiled(tool: bytes) -> jinja2.BytecodeCache | None:
    compiled = CompiledTemplates(tool)
    return compiled if compiled.is_safe else None


def template_digests(
    settings: Settings, shell: Shell, forms: Iterable[str], kept: Path, tool: bytes
) -> dict[str, bytes]:
    """Return a digest of all templates that a page is made of.

    By the name of the page's template, and for the page of a record by the identifier of its form; where forms are
    made into documents, by the name of the form's template too.
    """
    data = cache.kept(kept / "templates", tool)
    try:
        known = {} if data is None else _TEMPLATES.decode(data)
    except msgspec.DecodeError:
        known = {}
    renderer = make_renderer(settings, shell, tool, known)
    folders = settings.template_dirs
    names = sorted({f"pages/{path.name}" for folder in folders for path in (folder / "pages").glob("*.html")})
    digests = {name: _digest(renderer, name) for name in names if name != RECORD}
    digests |= {form: _digest(renderer, RECORD, f"forms/{form}.html") for form in forms}
    if settings.exports:
        digests |= {name: _digest(renderer, name) for name in (f"forms/{form}.html" for form in forms)}
    if renderer.templates.files != known:
        cache.keep(kept / "templates", msgspec.msgpack.encode(renderer.templates.files), tool)
    return digests


def _digest(renderer: Renderer, template: str, form_template: str = "") -> bytes:
    reached = sorted(renderer.dependencies(template, form_template))
    templates = renderer.templates
    return key_of([(name, templates[name].digest) for name in reached], templates.assets(reached))


class CompiledTemplates(jinja2.BytecodeCache):
    """Keeps compiled templates for the next build.

    They are run, so they are kept where nobody but the user writes, never in a project, which may come from anywhere.
    """

    def __init__(self, tool: bytes) -> None:
        self._tool = tool

    @cached_property
    def _folder(self) -> Path | None:
        home = _cache_home()
        if home is None:
            return None
        folder = home / "jixiao" / "templates"
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            status = folder.stat()
        except OSError:
            return None
        is_own = not hasattr(os, "getuid") or (status.st_uid == os.getuid() and not status.st_mode & 0o022)
        return folder if is_own else None

    @property
    def is_safe(self) -> bool:
        """Tell whether there is a folder that only the user may write to."""
        return self._folder is not None

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in a compiled template where it is kept."""
        data = cache.kept(self._place(bucket), self._tool)
        if data is not None:
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template."""
        cache.keep(self._place(bucket), bucket.bytecode_to_string(), self._tool)

    def _place(self, bucket: Bucket) -> Path:
        name = hashlib.blake2b(f"{bucket.key} {bucket.checksum}".encode(), digest_size=12).hexdigest()
        return (self._folder or Path()) / name


def _cache_home() -> Path | None:
    """Return the user's folder for what programs may keep, or None where there is none."""
    if sys.platform == "win32":
        named = os.environ.get("LOCALAPPDATA", "")
    else:
        named = os.environ.get("XDG_CACHE_HOME", "") or os.path.expanduser("~/.cache")  # noqa: PTH111  it does not raise
    return Path(named) if named and os.path.isabs(named) else None  # noqa: PTH117  as above
