"""The list of records: by year and unit, each with what the check says of its file alone."""

from collections.abc import Sequence
from itertools import groupby
from threading import Lock
from typing import NamedTuple

from generator.editing.desk import Desk
from generator.editing.draft_check import Checker, check_file
from generator.editing.messages import Request, Response
from generator.editing.record_files import NotThereError
from generator.editing.record_pages import WEIGHTS
from generator.finding import SEVERITY_LABELS, Finding
from generator.load.discover import SourceFile, discover

MOST_AT_ONCE = 150
"""Records that one page lists; of more, only those of one unit and year are read."""


class _Row(NamedTuple):
    """One record in the list."""

    address: str
    path: str
    name: str
    form: str
    counts: tuple[tuple[str, str, int], ...]
    """Weight, label and number of findings; empty where there are none."""
    fault: str
    """Why it cannot be opened; empty where it can."""


class _Group(NamedTuple):
    """The records of a unit in a year."""

    year: str
    unit: str
    slug: str
    rows: tuple[_Row, ...]


class RecordList:
    """Makes the list, and keeps what was read of a file until the file is another."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[str, tuple[tuple[int, int], Checker, _Row]] = {}
        self._lock = Lock()

    def show(self, request: Request) -> Response:
        """Answer the list, or the part of it that was asked for."""
        desk = self._desk
        found = discover(desk.settings.records_dir, desk.settings.project_dir)
        year, unit = request.query.get("year", ""), request.query.get("unit", "")
        wanted = [file for file in found.files if file.id.startswith(f"{year}/") or not year]
        wanted = [file for file in wanted if not unit or file.id.split("/")[1] == unit]
        is_part = bool(year or unit)
        too_many = len(wanted) > MOST_AT_ONCE and not (year and unit)
        checker = desk.checker
        groups = self._groups([] if too_many else wanted, checker)
        aside = (
            ()
            if is_part
            else tuple((file.path, "文件的位置或名称有误，请照 jixiao check 改正") for file in found.set_aside)
        )
        return desk.draw(
            "list.html", groups=groups, total=len(wanted), choices=self._choices(wanted, checker) if too_many else (),
            is_part=is_part, aside=aside, notices=desk.noted(request.query.get("note", "")),
        )  # fmt: skip

    def _groups(self, files: Sequence[SourceFile], checker: Checker) -> tuple[_Group, ...]:
        groups = []
        for (year, unit), members in groupby(sorted(files, key=_newest_first), key=_place):
            groups.append(
                _Group(year, _called(unit, checker), unit, tuple(self._row(file, checker) for file in members))
            )
        return tuple(groups)

    def _choices(self, files: Sequence[SourceFile], checker: Checker) -> tuple[tuple[str, str, str, int], ...]:
        """Return year, slug and name of the unit and number of records for each part of a long list."""
        parts = groupby(sorted(files, key=_newest_first), key=_place)
        return tuple((year, unit, _called(unit, checker), len(list(members))) for (year, unit), members in parts)

    def _row(self, file: SourceFile, checker: Checker) -> _Row:
        try:
            stat = file.location.stat()
            stamp = (stat.st_mtime_ns, stat.st_size)
            with self._lock:
                known = self._known.get(file.id)
            if known is not None and known[0] == stamp and known[1] is checker:
                return known[2]
            version = self._desk.files.read(file.id)
        except (NotThereError, OSError) as error:
            return _Row(file.id, file.path, file.id, "", (), str(error))
        present = version.present
        row = _Row(
            file.id, file.path, present.record.name if present.record else file.id,
            present.record.form if present.record else "", _counts(check_file(present, checker)), "",
        )  # fmt: skip
        with self._lock:
            self._known[file.id] = (stamp, checker, row)
        return row


def _counts(findings: Sequence[Finding]) -> tuple[tuple[str, str, int], ...]:
    counts = [
        (WEIGHTS[severity], label, sum(one.severity is severity and one.outcome != "waived" for one in findings))
        for severity, label in SEVERITY_LABELS.items()
    ]
    return tuple(one for one in counts if one[2])


def _newest_first(file: SourceFile) -> tuple[int, str]:
    year, _, rest = file.id.partition("/")
    return -int(year), rest


def _place(file: SourceFile) -> tuple[str, str]:
    year, unit, _ = file.id.split("/")
    return year, unit


def _called(unit: str, checker: Checker) -> str:
    known = checker.registry.units.get(unit)
    return known.name if known else unit
