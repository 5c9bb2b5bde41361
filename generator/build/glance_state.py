"""What tells whether anything changed since the last build of a site; light, for most often nothing did."""

import contextlib
import hashlib
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.build import cache
from generator.build.inputs import Stamps, Watched
from generator.build.report import BuildReport


class Glance(Struct, frozen=True, array_like=True):
    """All that decides whether there is anything to do."""

    options: bytes
    """Digest of how the build was called."""
    tool: bytes
    """See `tool.tool_digest`."""
    project_dir: str
    site_dir: str
    folders: dict[str, str]
    files: tuple[str, ...]
    """See `inputs.Watched`."""
    stamps: dict[str, Stamps]
    head: str
    """Where git stood; empty without a repository."""
    day: str
    """The day that waivers were seen from, ISO; empty where no record has any."""
    turns: tuple[str, str]
    """The days, ISO, from which on and before which nothing falls due that was not due; empty where there is no such."""
    site: dict[str, int]
    """Times of the folders of the site, in nanoseconds: a file that came, went or was replaced changes its folder's."""
    report: BuildReport
    warnings: tuple[str, ...]
    """What mkdocs.yml says in vain."""

    @property
    def watched(self) -> Watched:
        """Return where the inputs stand."""
        return Watched(self.folders, self.files)


_ENCODER = msgspec.msgpack.Encoder()
_GLANCE = msgspec.msgpack.Decoder(Glance)
_OWNER = hashlib.blake2b(b"glance 2", digest_size=16).digest()
"""A glance names the tool itself; it is read before anything of the tool is looked at."""


def read_glance(folder: Path) -> Glance | None:
    """Return what the last build left, or None where it did not end well, or left nothing that can be read."""
    data = cache.kept(folder / "glance", _OWNER)
    if data is None:
        return None
    try:
        return _GLANCE.decode(data)
    except msgspec.DecodeError:
        return None


def keep_glance(folder: Path, glance: Glance) -> None:
    """Say that the site is complete; the last thing a build does."""
    with contextlib.suppress(UnicodeEncodeError):
        # Where a folder's name is no text there is no glance, and every build looks at everything.
        cache.keep(folder / "glance", _ENCODER.encode(glance), _OWNER)


def forget_glance(folder: Path) -> None:
    """Say that the site is being changed, so that a build that is killed leaves nothing to trust."""
    cache.forget(folder / "glance")
