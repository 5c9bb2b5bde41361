"""See at a glance whether a build has anything to do, before anything heavy is imported."""

import contextlib
import hashlib
import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator.build.glance_state import Glance, read_glance
from generator.build.history import head_of
from generator.build.inputs import MISSING, Stamps, are_equal, plain, stamp_of, stamps_of, unsure
from generator.build.names import LOCK, MANIFEST, OF_RELEASE, STAGING

BUILT = "."
"""Name of the time of the last build, by whomever, among the times of a site's folders."""


class Look(NamedTuple):
    """What was seen at a glance."""

    glance: Glance
    """What the last build left."""
    stamps: dict[str, Stamps]
    """Those of the same inputs now."""
    head: str
    """Where git stands now."""
    site: dict[str, int]
    """Times of the site's folders now."""
    is_unchanged: bool
    """Whether nothing that a build depends on has changed since."""


def look(kept: Path, options: bytes, today: date) -> Look | None:
    """Return what changed since the last build of a site, or None where there was none called in the same way."""
    glance = last_glance(kept, options)
    return None if glance is None else seen_from(glance, today)


def last_glance(kept: Path, options: bytes) -> Glance | None:
    """Return what the last build of a site left, or None where there was none called in the same way."""
    glance = read_glance(kept)
    return None if glance is None or glance.options != options else glance


def seen_from(glance: Glance, today: date) -> Look:
    """Return what changed since a build that left this."""
    stamps = stamps_of(glance.watched)
    head = head_of(Path(glance.project_dir))
    site = _times_of(glance.site, glance.site_dir)
    day, (since, until) = today.isoformat(), glance.turns
    is_current = glance.day in ("", day) and since <= day and (not until or day < until)
    is_current = is_current and glance.head == head and glance.site == site
    # A build that was killed left something to be cleared away, and one that is at work changes the site right now.
    is_current = is_current and not any((Path(glance.site_dir) / name).exists() for name in (STAGING, LOCK))
    return Look(glance, stamps, head, site, is_current and are_equal(glance.stamps, stamps))


def seen_where_touched(glance: Glance, touched: Iterable[str]) -> Look | None:
    """Return what changed since a build where only these files were touched, or None where that takes a look at all.

    Whoever tells what was touched may have missed something, so this is for what is looked at once more soon after.
    """
    if head_of(Path(glance.project_dir)) != glance.head or len(unsure(glance.stamps)) > _MOST_UNSURE:
        return None
    stamps = dict(glance.stamps)
    for path in touched:
        now = stamp_of(path)
        # A project's own templates stand under two names.
        names = [name for name, known in stamps.items() if plain(path) in known]
        if not names and now == MISSING:
            # Came and went: editors write beside a file before they put it in its place.
            continue
        if not names or now == MISSING or os.path.islink(path):  # noqa: PTH114  pathlib is needed for nothing else here
            return None
        stamps |= {name: {**stamps[name], plain(path): now} for name in names}
    return Look(glance, stamps, glance.head, glance.site, are_equal(glance.stamps, stamps))


_MOST_UNSURE = 100
"""Files whose content is read at every build, for nothing but a look at all of them makes sure of their times."""


def _times_of(known: Iterable[str], site_dir: str) -> dict[str, int]:
    """Return the times of folders of a site that were there at the last build; those that are gone are left out.

    A folder that came since changed the time of the one above it, or the names in the site's own.
    """
    found = {}
    for folder in known:
        if folder not in ("", BUILT):
            with contextlib.suppress(OSError):
                found[folder] = os.stat(f"{site_dir}/{folder}").st_mtime_ns  # noqa: PTH116  a thousand times
    try:
        return {**found, **_of_the_top(site_dir)}
    except OSError:
        return {}


def times_after(site_dir: Path, before: Mapping[str, int], touched: Iterable[str]) -> dict[str, int]:
    """Return the times of a site's folders after files came, went or were replaced; see `folder_times`."""
    folders = {path.rpartition("/")[0] for path in touched}
    if not before or not folders <= before.keys() or any(not (site_dir / folder).is_dir() for folder in folders):
        return folder_times(site_dir)
    again = {folder: (site_dir / folder).stat().st_mtime_ns for folder in folders if folder}
    return {**before, **again, **_of_the_top(str(site_dir))}


def folder_times(site_dir: Path) -> dict[str, int]:
    """Return the times of a site's folders in nanoseconds, hidden ones aside; nothing where there is no site.

    A file that came, went or was replaced changes the time of its folder. What is in the site's own folder is looked
    at one by one, for our lock comes and goes there.
    """
    try:
        return {**dict(_folder_times(str(site_dir))), **_of_the_top(str(site_dir))}
    except OSError:
        return {}


def _folder_times(root: str, below: str = "") -> list[tuple[str, int]]:
    place = f"{root}/{below}" if below else root
    with os.scandir(place) as scan:
        folders = [
            entry.name for entry in scan if entry.is_dir(follow_symlinks=False) and not entry.name.startswith(".")
        ]
    found = [one for name in folders for one in _folder_times(root, f"{below}/{name}" if below else name)]
    if below:
        found.append((below, os.stat(place).st_mtime_ns))  # noqa: PTH116  a thousand times
    return found


def _of_the_top(root: str) -> dict[str, int]:
    """Return what tells whether a site's own folder holds the same files and folders, and when it was last built."""
    try:
        built = os.stat(f"{root}/{MANIFEST}").st_mtime_ns  # noqa: PTH116  as above
    except OSError:
        built = 0
    return {"": _digest(_held_by(root)), BUILT: built}


def _held_by(folder: str) -> list[tuple[str, int, int]]:
    found = []
    with os.scandir(folder) as scan:
        for entry in scan:
            # A release is put beside the site's own files without a build; what ends it is a build.
            if entry.name.startswith(".") or entry.name in OF_RELEASE:
                continue
            if entry.is_dir(follow_symlinks=False):
                found.append((entry.name, 0, 0))
            else:
                status = entry.stat(follow_symlinks=False)
                found.append((entry.name, status.st_mtime_ns, status.st_size))
    return found


def _digest(files: list[tuple[str, int, int]]) -> int:
    digest = hashlib.blake2b(repr(sorted(files)).encode(), digest_size=7)
    return int.from_bytes(digest.digest(), "big")
