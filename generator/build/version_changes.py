"""What every version of a unit's records changed, each pair of versions compared once and for all.

What two versions say never changes, so what is kept is known by what git calls their contents.
"""

from collections.abc import Mapping
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from generator.build import cache
from generator.build.common import Common
from generator.build.file_versions import FileHistory, Place, Version
from generator.build.old_contents import Absent, old_content
from generator.check.outcome import Outcome
from generator.check.pack import Pack, national
from generator.check.registry import all_rules
from generator.check.rule import Nature, Rule
from generator.check.runner import decide, make_subject
from generator.exchange.record_changes import VersionRead
from generator.exchange.version_changes import NOTHING_PRINTED, Told, read, tell
from generator.model.catalog import Unit
from generator.plan.planned import key_of

FIRST = Told(note="首次提交。")
NOT_COMPARED = {
    Absent.NOT_HERE: Told(note="这一版或上一版的内容不在这份克隆里，没有逐项比较。"),
    Absent.NOT_READ: Told(note="git 没有读出这一版或上一版的内容，没有逐项比较。"),
    Absent.TOO_LARGE: Told(note="这一版或上一版的文件太大，没有逐项比较。"),
}
_MAY_COME = (Absent.NOT_HERE, Absent.NOT_READ)
"""What may be otherwise at the next build, and so is never kept."""
AGAIN = Told(note="重新加入。")
REMOVED = Told(note="这份文件删去了。")
PERSONAL = Told(note="这一版或上一版里有个人信息，改了什么不在这里列出。")

_NEAR = 4
"""Versions that are remembered while one record is gone through."""
_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(dict[str, dict[bytes, Told]])


class _Content(NamedTuple):
    """A version whose content is at hand."""

    read: VersionRead
    has_personal_data: bool


class VersionChanges:
    """The changes of one unit's records."""

    def __init__(self, common: Common, unit: Unit, histories: Mapping[str, FileHistory]) -> None:
        self._common = common
        self._unit = unit
        self._histories = histories
        self._file = common.record_cache / f"{unit.slug}.versions"
        self._now: dict[str, dict[bytes, Told]] = {}
        self._is_new = False
        # A version is the later one of one pair and the earlier one of the next.
        self._last: dict[Place, _Content | Absent] = {}
        self.absent: set[str] = set()
        """What was asked for in vain, as git calls it, and may be had another time."""

    @cached_property
    def _every_rule(self) -> Pack:
        """A pack that switches no rule off: what a county need not look for is personal data all the same."""
        return replace(national(), rules={})

    @cached_property
    def _privacy(self) -> dict[str, Rule]:
        return {code: rule for code, rule in all_rules().items() if rule.nature is Nature.PRIVACY}

    @cached_property
    def _before(self) -> dict[str, dict[bytes, Told]]:
        data = cache.kept(self._file, self._common.record_owner)
        try:
            return {} if data is None else _DECODER.decode(data)
        except msgspec.DecodeError:
            return {}

    def of(self, path: str) -> tuple[Told, ...]:
        """Return what each version of a file changed, the newest first."""
        versions = self._histories[path].versions
        known, now = self._before.get(path, {}), {}
        keys = [key_of(self._common.comparing_key, version.after, version.before) for version in versions]
        for version, key in zip(versions, keys, strict=True):
            now[key] = known[key] if key in known else self._told(version)
            self._last = dict(list(self._last.items())[-_NEAR:])
        told = [now[key] for key in keys]
        passing = [NOT_COMPARED[why] for why in _MAY_COME]
        self._now[path] = {key: one for key, one in now.items() if one not in passing}
        self._is_new = self._is_new or self._now[path].keys() != known.keys()
        return (*(AGAIN if one == FIRST else one for one in told[:-1]), *told[-1:])

    def keep(self) -> None:
        """Keep what was found, and of what was not asked for what is known of it."""
        if self._is_new:
            known = {path: told for path, told in self._before.items() if path in self._histories}
            cache.keep(self._file, _ENCODER.encode({**known, **self._now}), self._common.record_owner)

    def _told(self, version: Version) -> Told:
        if not version.after.blob:
            return REMOVED
        if not version.before:
            return FIRST
        moved = any(place.path != version.after.path for place in version.before)
        if all(place.blob == version.after.blob for place in version.before):
            return Told(note=_moved(version) if moved else NOTHING_PRINTED)
        contents = [self._content(place) for place in (version.after, *version.before)]
        found = [one for one in contents if isinstance(one, _Content)]
        if len(found) < len(contents):
            return NOT_COMPARED[next(one for one in contents if isinstance(one, Absent))]
        if any(one.has_personal_data for one in found):
            return PERSONAL
        after, *before = (one.read for one in found)
        told = tell(after, before, moved=moved)
        return Told(told.rows, _moved(version) + told.note) if moved else told

    def _content(self, place: Place) -> _Content | Absent:
        if place not in self._last:
            data = old_content(self._common.settings.project_dir, place.blob, self._common)
            if isinstance(data, Absent) and data in _MAY_COME:
                self.absent.add(place.blob)
            self._last[place] = data if isinstance(data, Absent) else self._read(place, data)
        return self._last[place]

    def _read(self, place: Place, data: bytes) -> _Content:
        settings = self._common.settings
        records = settings.records_dir.relative_to(settings.project_dir).as_posix()
        if not PurePosixPath(place.path).is_relative_to(records):
            return _Content(VersionRead(None, "不在记录的文件夹里，没有逐项比较"), has_personal_data=False)
        found = read(place.path, data, records, self._common.forms)
        return _Content(found, self._has_personal_data(found))

    def _has_personal_data(self, found: VersionRead) -> bool:
        """Tell whether a version says of a person what was taken out since, or should not have been published."""
        if found.record is None:
            return False
        catalog = self._common.catalog_of(self._unit, (found.record,))
        decisions = decide(make_subject(found.record, catalog, lambda _: self._every_rule), self._privacy)
        # A rule that broke down has not seen that there is none.
        faults = (Outcome.FAIL, Outcome.ERROR)
        return any(verdict.outcome in faults for one in decisions for verdict in one.verdicts)


def _moved(version: Version) -> str:
    former = next(place.path for place in version.before if place.path != version.after.path)
    return f"文件由 {former} 移到 {version.after.path}。"
