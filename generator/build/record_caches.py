"""Where what was read and decided record by record is kept, from whichever command to the next."""

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path

from generator.plan.planned import key_of
from generator.settings import Settings

_HERE = "here"
"""File that says nothing of interest; the one below says when this very file came to be, which no copy of both can, and a secret."""
_SINCE = "since"


def record_cache(cache_dir: Path, settings: Settings, *, asks_rules: bool = True) -> Path:
    """Return the folder for it below a project's cache."""
    # Sites that are checked by other packs would take what is kept from each other again and again.
    name = key_of(settings.rule_packs, os.fsencode(settings.records_dir), asks_rules).hex()[:12]
    return cache_dir / "records" / name


def is_open(place: Path, cache_dir: Path) -> bool:
    """Make such a folder where there is none, and tell whether it can be written to; what came from elsewhere goes."""
    try:
        if not is_ours(cache_dir):
            _begin(cache_dir)
        place.mkdir(parents=True, exist_ok=True)
        # Nobody is to commit what is kept.
        (cache_dir / ".gitignore").write_text("*\n", encoding="utf-8")
    except OSError:
        return False
    return os.access(place, os.W_OK)


def record_owner(owner: bytes, cache_dir: Path) -> bytes:
    """Return by what its values are known as our own: `owner`, and what nobody can guess who has not seen this very folder."""
    return key_of(owner, _told_since(cache_dir) if is_ours(cache_dir) else b"")


def is_ours(cache_dir: Path) -> bool:
    """Tell whether a project's cache was made in this place.

    One that came with a checkout or an archive says of each record whatever its author wants it to, and its digests,
    which know no secret, would bear it out.
    """
    try:
        return _told_since(cache_dir).startswith(_birth(cache_dir / _HERE))
    except OSError:
        return False


def _begin(cache_dir: Path) -> None:
    records = cache_dir / "records"
    with suppress(FileNotFoundError):
        shutil.rmtree(records)
    if os.path.lexists(records):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(records))
    cache_dir.mkdir(parents=True, exist_ok=True)
    (cache_dir / _HERE).write_text("jixiao\n", encoding="ascii")
    # What a pull puts beside these files is not ours either: it cannot know the last of these bytes.
    (cache_dir / _SINCE).write_bytes(_birth(cache_dir / _HERE) + os.urandom(16))


def _told_since(cache_dir: Path) -> bytes:
    return (cache_dir / _SINCE).read_bytes()


def _birth(file: Path) -> bytes:
    found = file.lstat()
    return b"%d %d " % (found.st_ino, found.st_ctime_ns)
