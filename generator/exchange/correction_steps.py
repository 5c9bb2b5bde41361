"""Step by step from the figures of one version of a record back to those of an earlier one, each step a correction.

Every step is taken at once, so that the next one names rows by what they are called when it will be taken back.
"""

from collections.abc import Iterator, Mapping, Sequence

from generator.exchange.row_matching import funding_pairs, indicator_pairs
from generator.model.figure_groups import FUNDING, INDICATORS, STEP, Group, Table, TableLine
from generator.model.figure_lines import PARENT, PRINTED, Line
from generator.model.figure_search import POSITION
from generator.model.figure_sheet import Sheet
from generator.model.records import ABSENT, Correction, FundingRow, Indicator, Record, Side
from generator.model.undoing import undo

_GONE = Side(ABSENT)


class StepsBack:
    """The way from a sheet, which is changed, to that of an earlier version of its record."""

    def __init__(self, old: Sheet, before: Record, work: Sheet, after: Record) -> None:
        self.old, self.work = old, work
        self.steps: list[Correction] = []
        """As they were taken: what they say happened, the last of it first."""
        self._partner = self._paired(before, after)

    def go(self) -> None:
        """Take all steps; raise UndoingError where one cannot be taken back."""
        for block in (INDICATORS, FUNDING):
            self._rows(block)
        self._tables()
        self._cells()
        # What a row is a part of is told by what that is called now; then come the names themselves.
        for is_parent in (True, False):
            for one, other in self._pairs():
                for key in reversed(other.words):
                    if (key == PARENT) is is_parent:
                        self._word(one, other, key)

    def _take(self, way: Sequence[str], old: Side, new: Side, position: int = 0) -> None:
        step = Correction(STEP.join(way), old, new, position, "", "", "")
        undo(self.work, step)
        self.steps.append(step)

    def _change(self, group: Group, title: str, old: str, new: str) -> None:
        if old != new:
            self._take((*group.way, title), Side(old), Side(new))

    def _paired(self, before: Record, after: Record) -> dict[int, Line]:
        """Return the row of the sheet for each row of the old one that is still there, by its id."""
        money = funding_pairs(*(one.funding.rows if one.funding else () for one in (before, after)))
        rows = indicator_pairs(before.indicators, after.indicators)
        found = _lines_of(money, self.old.funding, self.work.funding)
        return found | _lines_of(rows, self.old.indicators, self.work.indicators)

    def _pairs(self) -> list[tuple[Line, Line]]:
        lines = (*self.old.funding, *self.old.indicators)
        return [(line, self._partner[id(line)]) for line in reversed(lines) if id(line) in self._partner]

    def _rows(self, block: str) -> None:
        """Take out the rows that were added, put back those that were removed, then put all in order."""
        here = self.work.funding if block == FUNDING else self.work.indicators
        there = self.old.funding if block == FUNDING else self.old.indicators
        kept = {id(line) for line in self._partner.values()}
        for line in [line for line in reversed(here) if id(line) not in kept]:
            self._take(line.way, _GONE, Side("", _cells_of(line)))
        for number, line in enumerate(there):
            if id(line) not in self._partner:
                way = (line.heads[line.horizon], *line.way[1:])
                self._take(way, Side("", self._cells_of_removed(line, way)), _GONE, number + 1)
                self._partner[id(line)] = here[number]
        numbers = {id(self._partner[id(line)]): number for number, line in enumerate(there)}
        for place, target in _moves([numbers[id(line)] for line in here]):
            self._take((*here[place].way, POSITION), Side(str(target + 1)), Side(str(place + 1)))

    def _cells_of_removed(self, line: Line, way: tuple[str, ...]) -> Mapping[str, str]:
        """Return what counts of a row that is gone, and its words where the way to it does not say them."""
        said = self.work.new_line(way, line.block)
        words = {
            said.title_of(key): line.get(key) for key in line.words if key != PARENT and said.get(key) != line.get(key)
        }
        above = self._partner.get(id(line.parent))
        if above is not None:
            words[said.title_of(PARENT)] = STEP.join(above.way[1:])
        return {**words, **_cells_of(line)}

    def _word(self, old: Line, line: Line, key: str) -> None:
        if key != PARENT:
            self._change(line, line.title_of(key), old.get(key), line.get(key))
            return
        above = self._partner.get(id(old.parent))
        if above is not line.parent:
            was = STEP.join(above.way[1:]) if above is not None else ""
            self._change(line, line.title_of(key), was, line.get(key))

    def _cells(self) -> None:
        old, work = self.old, self.work
        single = [(old.year, work.year), (old.unit, work.unit)]
        rest = [(old.extra, work.extra), (old.total, work.total), (old.weights, work.weights)]
        for one, other in (*rest, *self._pairs(), *reversed(single)):
            keys = dict.fromkeys((*other.cells, *one.cells))
            if isinstance(one, Line) and isinstance(other, Line):
                keys = {key: None for key in (*keys, PRINTED) if key in one.counted() | other.counted()}
            for key in reversed(keys):
                self._change(other, other.title_of(key), one.get(key), other.get(key))

    def _tables(self) -> None:
        """Go back table by table, place by place."""
        old, work = self.old.tables, self.work.tables
        for table in reversed(work[len(old) :]):
            self._take(table.way, _GONE, Side("", table.all()))
        for number in range(len(work), len(old)):
            self._take(old[number].way, Side("", old[number].all()), _GONE, number + 1)
        for one, other in reversed(list(zip(old, work, strict=True))):
            self._table(one, other)

    def _table(self, old: Table, work: Table) -> None:
        for number in reversed(range(len(old.rows), len(work.rows))):
            row = TableLine(work, number)
            self._take(row.way, _GONE, Side("", row.all()))
        # Where there were more columns, their cells have to be there before they can print anything.
        is_wider = len(old.columns) > len(work.columns)
        if is_wider:
            self._change(work, "表头", old.get("表头"), work.get("表头"))
        for number in range(len(work.rows), len(old.rows)):
            titles = TableLine(Table(work.way, "", work.columns, [[]]), 0)
            cells = {titles.title_of(str(n)): value.shown for n, value in enumerate(old.rows[number])}
            self._take(TableLine(old, number).way, Side("", cells), _GONE, number + 1)
        for number in reversed(range(len(old.rows))):
            one, other = TableLine(old, number), TableLine(work, number)
            for key in map(str, reversed(range(max(len(one.row), len(other.row))))):
                self._change(other, other.title_of(key), one.get(key), other.get(key))
        for title in () if is_wider else ("表头",):
            self._change(work, title, old.get(title), work.get(title))
        self._change(work, "标题", old.get("标题"), work.get("标题"))


def _lines_of(
    pairs: Sequence[tuple[FundingRow | None, FundingRow | None]] | Sequence[tuple[Indicator | None, Indicator | None]],
    old: Sequence[Line],
    work: Sequence[Line],
) -> dict[int, Line]:
    """Pair lines as their rows are; those of a row that a correction took out or put back are paired by their words."""
    lines = {id(line.source): line for line in work if line.source is not None}
    partner = {id(one): lines.get(id(other)) for one, other in pairs if one is not None}
    taken = {id(line) for line in partner.values()}
    found: dict[int, Line] = {}
    for line in old:
        other = partner.get(id(line.source))
        if other is None:
            other = next((one for one in work if id(one) not in taken and one.way == line.way), None)
        if other is not None:
            taken.add(id(other))
            found[id(line)] = other
    return found


def _moves(order: list[int]) -> Iterator[tuple[int, int]]:
    """Yield what puts numbers in order, as few as do: from where, to where; each is taken before the next is asked for."""
    placed = set(_longest_run(order))
    for number in sorted(set(order) - placed):
        here = order.index(number)
        order.pop(here)
        there = max((place + 1 for place, one in enumerate(order) if one in placed and one < number), default=0)
        order.insert(there, number)
        placed.add(number)
        if here != there:
            yield here, there


def _longest_run(order: Sequence[int]) -> tuple[int, ...]:
    """Return the longest part of a sequence that is in order already."""
    best: list[tuple[int, ...]] = []
    for number in order:
        before = max((run for run in best if run[-1] < number), key=len, default=())
        best.append((*before, number))
    return max(best, key=len, default=())


def _cells_of(line: Line) -> Mapping[str, str]:
    """Return what counts of a row, by title; its name where nothing does."""
    found = {line.title_of(key): line.get(key) for key in line.cells if key in line.counted() and line.get(key)}
    if line.printed:
        found[line.title_of(PRINTED)] = line.get(PRINTED)
    name = "label" if line.block == FUNDING else "name"
    return found or {line.title_of(name): line.get(name)}
