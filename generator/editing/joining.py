"""What was typed over a file that another program wrote since, put into the file as it is now.

Rows are followed from one file to the other, for a row's anchor is another once its name is, or once a row of the same
name before it is gone. A row that one side took out and the other changed is asked about: nothing that was typed goes
away, or comes back, without a word.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from generator.editing.draft import LEVEL_STEP, NEW, Draft, Row, Typed
from generator.editing.fields import fields_of, label_of
from generator.editing.record_files import Version
from generator.exchange.record_difference import printed
from generator.exchange.row_matching import Matching
from generator.model.forms import FormLibrary
from generator.model.records import Indicator

KEEP = "keep"
_UNIT = "funding.unit"


class Posted(NamedTuple):
    """A draft, with the file on the disk."""

    draft: Draft
    base: Version
    disk: Version
    is_base_known: bool
    """Whether the version that the form began with is still known."""
    typed: Typed
    """As posted."""
    choices: Mapping[str, str]
    """What was said to questions, by their key."""
    fault: str = ""
    """Why the file on the disk cannot be read now."""


class Question(NamedTuple):
    """A row that one side took out and the other changed."""

    key: str
    label: str
    told: str
    keep: str
    drop: str
    why_not: str = ""
    """Why it cannot be kept by joining; empty where it can."""


class Joined(NamedTuple):
    """What was typed, for the file as it is now."""

    typed: Typed
    notices: tuple[str, ...]


class _Lost(NamedTuple):
    """A row with something typed into it that the file does not have any more."""

    key: str
    label: str
    typed: Mapping[str, str]
    """What was typed anew."""
    cells: Mapping[str, str]
    """All of it, to be put in again."""
    origin: str
    """Where it would go, as in `Row.origin`; empty where there is no place for it."""
    why_not: str


def values_of(draft: Draft) -> Mapping[str, str]:
    """Return what was typed anew, by field."""
    new = {f"{key}.{cell}": text for key, cells in draft.new_rows.items() for cell, text in cells.items()}
    return {**draft.changed, **new}


def with_rows_of(rows: Sequence[Row], present: Sequence[Indicator]) -> tuple[Row, ...]:
    """Return the rows of a form with those of the file that it does not have: nobody knows that it took them out."""
    found = list(rows)
    keys = [row.key for row in rows]
    place = 0
    for row in present:
        if row.anchor in keys:
            place = keys.index(row.anchor) + 1
        else:
            found.insert(place, Row(row.anchor))
            keys.insert(place, row.anchor)
            place += 1
    return tuple(found)


class Joining:
    """A draft and the file on the disk."""

    def __init__(self, at: Posted, forms: FormLibrary) -> None:
        self._at = at
        self._forms = forms
        self._before = at.draft.record.indicators
        self._after = at.disk.present.record.indicators if at.disk.present.record else ()
        self._now = _same_rows(self._before, self._after)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What has to be said before both can be joined."""
        asked = [
            Question(
                one.key, one.label, f"磁盘上没有这一行，你填了{_shown(one.typed, self._labels_of(one.key))}",
                "加上这一行，用你填的", "照磁盘上的，不要这一行", one.why_not,
            )
            for one in self._lost
        ]  # fmt: skip
        for row in self._before:
            now = self._now.get(row.anchor)
            if row.anchor in self._at.draft.removed and now is not None and _content(row) != _content(now):
                words = "你删去了这一行，别的程序改了它"
                asked.append(
                    Question(row.anchor, _called(row.path, row.name), words, "留下这一行，用磁盘上的", "删去这一行")
                )
        return tuple(asked)

    @property
    def is_settled(self) -> bool:
        """Tell whether every question has its answer."""
        return all(one.key in self._at.choices for one in self.questions)

    @property
    def carried(self) -> Mapping[str, str]:
        """What was typed anew, what no row of the draft has among it."""
        lost = {f"{one.key}.{cell}": text for one in self._lost for cell, text in one.cells.items()}
        return {**values_of(self._at.draft), **lost}

    def joined(self) -> Joined:
        """Return what was typed for the file as it is now; fields that were not touched are those of the file."""
        values = {}
        for name, text in values_of(self._at.draft).items():
            key, dot, cell = name.partition(".")
            if key not in self._anchors:
                values[name] = text
            elif key in self._now:
                values[f"{self._now[key].anchor}{dot}{cell}"] = text
        rows = [Row(row.anchor) for row in self._after if row.anchor in self._kept]
        placeless = [row for row in self._at.draft.rows if row.is_new and not self._put(rows, row)]
        number = max((int(n) for row in self._at.draft.rows if (n := row.key.removeprefix(NEW)).isdecimal()), default=0)
        for one in self._lost:
            if self._at.choices.get(one.key) == KEEP and not one.why_not:
                number += 1
                _insert(rows, Row(f"{NEW}{number}", one.origin))
                values |= {f"{NEW}{number}.{cell}": text for cell, text in one.cells.items() if text}
        typed = Typed(values, tuple(rows))
        return Joined(typed, (*self._left_out(typed, placeless), *self._unit_notice(typed)))

    @cached_property
    def _anchors(self) -> set[str]:
        return {row.anchor for row in self._before}

    @cached_property
    def _kept(self) -> set[str]:
        """Anchors of the rows on the disk that stay."""
        removed = [key for key in self._at.draft.removed if self._at.choices.get(key) != KEEP]
        gone = {self._now[key].anchor for key in removed if key in self._now}
        return {row.anchor for row in self._after} - gone

    @cached_property
    def _lost(self) -> tuple[_Lost, ...]:
        return (*self._changed_and_gone(), *self._unknown())

    def _changed_and_gone(self) -> Iterator[_Lost]:
        """Yield the rows that were changed here and that another program took out."""
        for row in self._before:
            typed = _cells_of(row.anchor, self._at.draft.changed)
            if typed and row.anchor not in self._now and row.anchor not in self._at.draft.removed:
                cells = {**_cells_of(row.anchor, self._at.draft.texts), **typed}
                origin = self._place_of(row)
                why_not = "" if origin else "磁盘上没有同一级的行"
                if row.parent is not None:
                    why_not = "它是另一行的其中项"
                elif any(printed(cell) for cell in row.extra.values()):
                    why_not = f"它有“{'、'.join(row.extra)}”栏，这里加不上"
                yield _Lost(row.anchor, _called(row.path, row.name), typed, cells, origin, why_not)

    def _unknown(self) -> Iterator[_Lost]:
        """Yield the rows of the form that neither the file has nor is known to have had."""
        known = {row.key for row in self._at.draft.rows}
        rows = self._at.typed.rows or ()
        for place, row in enumerate(rows):
            cells = _cells_of(row.key, self._at.typed.values)
            if row.key not in known and any(cells.values()):
                beside = [one.key for one in (*reversed(rows[:place]), *rows[place:]) if one.key in self._now]
                origin = next((self._now[key].anchor for key in beside if self._now[key].anchor in self._kept), "")
                words = {cell: text for cell, text in cells.items() if text}
                why_not = "" if origin else "不知道它在哪一级"
                yield _Lost(row.key, cells.get("name") or "没有名称的一行", words, cells, origin, why_not)

    def _place_of(self, row: Indicator) -> str:
        """Return behind which row of the file another one of the same levels goes, or its levels."""
        rows = [one.anchor for one in self._before]
        at = rows.index(row.anchor)
        for key in (*reversed(rows[:at]), *rows[at:]):
            now = self._now.get(key)
            if now and now.anchor in self._kept and now.parent is None and _levels(now) == _levels(row):
                return now.anchor
        return f"={LEVEL_STEP.join(row.path)}" if row.path and row.horizon == "annual" else ""

    def _put(self, rows: list[Row], row: Row) -> bool:
        """Put a new row where it belongs now; tell whether there is such a place."""
        origin = row.origin
        if not row.levels:
            now = self._now.get(origin)
            behind = next(one for one in self._before if one.anchor == origin)
            origin = now.anchor if now and now.anchor in self._kept else self._place_of(behind)
        if origin:
            _insert(rows, Row(row.key, origin))
        return bool(origin)

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        record = self._at.draft.shown
        return {one.name: label_of(one, record, self._forms) for one in fields_of(record, self._forms)}

    def _labels_of(self, key: str) -> Mapping[str, str]:
        return {cell: label.rpartition(LEVEL_STEP)[2] for cell, label in _cells_of(key, self._labels).items()}

    def _left_out(self, typed: Typed, placeless: Sequence[Row]) -> Iterator[str]:
        """Tell what was typed and has no place in the file as it is now."""
        record = self._at.disk.present.record
        if record is None:
            return
        texts = Draft(self._at.disk.present, record, typed, self._forms).texts
        rows = [f"{row.key}.{cell}" for row in placeless for cell in self._at.draft.new_rows.get(row.key, ())]
        gone = [name for name in typed.values if name not in texts and name not in rows]
        words = "，".join(
            f"{self._labels.get(name, '')}“{text}”" for name in (*gone, *rows) if (text := typed.values.get(name))
        )
        if words:
            yield f"磁盘上的新内容里没有地方放这些，没有放进去：{words}。"

    def _unit_notice(self, typed: Typed) -> Iterator[str]:
        """Warn where one side changed the unit of money and the other an amount: no amount is converted."""
        record = self._at.disk.present.record
        if record is None:
            return
        old, now = self._at.draft.texts, Draft(self._at.disk.present, record, Typed({}), self._forms).texts
        is_amount = [name for name in (*old, *now) if name.startswith("funding-")]
        their_amount = any(old.get(name, "") != now.get(name, "") for name in is_amount)
        my_amount = any(name in typed.values for name in is_amount)
        before, after = old.get(_UNIT, ""), now.get(_UNIT, "")
        if (before != after and my_amount) or (_UNIT in typed.values and their_amount):
            yield "一边改了金额单位，另一边改了金额；合在一起没有换算，请逐项核对金额和单位。"


def _same_rows(before: Sequence[Indicator], after: Sequence[Indicator]) -> Mapping[str, Indicator]:
    """Return for the anchor of each row the row it is now.

    Where one file has more rows of one name than the other, only those that did not change can be told apart.
    """
    numbers = [Counter((row.horizon, row.name) for row in rows) for rows in (before, after)]
    places = [Counter((*_levels(row), row.name) for row in rows) for rows in (before, after)]

    def is_clear(row: Indicator) -> bool:
        key = (*_levels(row), row.name)
        return places[0][key] == places[1][key]

    def is_lone(row: Indicator) -> bool:
        return bool(row.name) and all(count[row.horizon, row.name] == 1 for count in numbers)

    def lone_name(row: Indicator) -> str:
        return row.name if 0 in (count[*_levels(row), row.name] for count in places) else ""

    matching = Matching(before, after)
    matching.by(lambda row: (row.anchor, _content(row)))
    matching.by(_content)
    matching.by(lambda row: row.anchor if is_clear(row) else None)
    matching.by(lambda row: (row.horizon, row.name) if is_lone(row) else None)
    matching.reworded(_levels, lone_name)
    return {old.anchor: new for old, new in matching.pairs() if old is not None and new is not None}


def _levels(row: Indicator) -> tuple[str, tuple[str, ...]]:
    return row.horizon, row.path


def _content(row: Indicator) -> tuple[object, ...]:
    cells = tuple(sorted((key, printed(cell)) for key, cell in (*row.cells.items(), *row.extra.items())))
    return row.horizon, row.path, row.name, cells


def _insert(rows: list[Row], row: Row) -> None:
    """Put a row behind the one it came from and those that came from it before."""
    places = [number for number, one in enumerate(rows) if row.origin in (one.key, one.origin)]
    rows.insert(places[-1] + 1 if places else len(rows), row)


def _cells_of(key: str, values: Mapping[str, str]) -> Mapping[str, str]:
    return {name.removeprefix(f"{key}."): text for name, text in values.items() if name.startswith(f"{key}.")}


def _called(path: Sequence[str], name: str) -> str:
    return LEVEL_STEP.join((*path[-1:], name or "没有名称的一行"))


def _shown(typed: Mapping[str, str], labels: Mapping[str, str]) -> str:
    return "，".join(f"{labels.get(cell, '')}“{text or '空白'}”" for cell, text in typed.items())
