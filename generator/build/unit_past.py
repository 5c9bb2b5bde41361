"""What the pages of a unit's records say of the past of their files."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from generator.build.common import Common
from generator.build.file_versions import FileHistory, Place, Version
from generator.build.unit_checking import BuildingJob
from generator.model.catalog import Catalog
from generator.plan.history import ChangeText, Commit, RecordHistory, Release, UnitHistory, shown_subject
from generator.plan.planned import key_of
from generator.settings import VERSIONS

if TYPE_CHECKING:
    from generator.build.version_changes import VersionChanges

_SHORT = 10
"""Digits of a commit's name that pages show."""
_UNKNOWN = FileHistory((), is_cut=False)


class UnitPast:
    """The past of one unit's files; versions are compared only where a page has to be made."""

    def __init__(self, common: Common, job: BuildingJob) -> None:
        self._common = common
        self._job = job
        self._is_compared = False

    def told(self, catalog: Catalog) -> UnitHistory:
        """Return what pages say of it."""
        paths = {record.id: record.path for record in catalog.records}
        records = {}
        for identifier, path in paths.items():
            known, published = self._job.histories.get(path, _UNKNOWN), self._job.published.get(identifier)
            if known != _UNKNOWN or published:
                commits = (Commit(one.day, shown_subject(one.subject), one.commit[:_SHORT]) for one in known.versions)
                records[identifier] = RecordHistory(
                    tuple(commits),
                    known.is_cut,
                    identifier in self._job.uncommitted,
                    self._common.settings.history == VERSIONS,
                    Release(*published) if published else None,
                )
        return UnitHistory(
            self._job.modified,
            records,
            lambda identifier: self._changes_of(paths[identifier]),
            lambda identifier: self._key_of(self._job.histories[paths[identifier]].versions),
        )

    @property
    def absent(self) -> tuple[str, ...]:
        """Return what old versions held that was asked for in vain, for this build's pages or earlier ones."""
        sought = {*self._job.absent, *(self._changes.absent if self._is_compared else ())}
        if not sought:
            return ()
        places = (place for one in self._job.histories.values() for place in _places(one.versions))
        return tuple(sorted(sought.intersection(place.blob for place in places)))

    def _key_of(self, versions: tuple[Version, ...]) -> bytes:
        arrived = sorted({place.blob for place in _places(versions)}.intersection(self._job.arrived))
        return key_of(self._common.comparing_key, versions, arrived)

    def keep(self) -> None:
        """Keep what was found, for the next build."""
        if self._is_compared:
            self._changes.keep()

    def _changes_of(self, path: str) -> Iterator[ChangeText]:
        self._is_compared = True
        return (ChangeText(one.rows, one.note) for one in self._changes.of(path))

    @cached_property
    def _changes(self) -> "VersionChanges":
        # Reading records again takes much to import, and few builds compare versions.
        from generator.build.version_changes import VersionChanges  # noqa: PLC0415

        return VersionChanges(self._common, self._job.unit, self._job.histories)


def _places(versions: Iterable[Version]) -> Iterator[Place]:
    for version in versions:
        yield from (version.after, *version.before)
