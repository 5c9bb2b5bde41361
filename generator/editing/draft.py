"""A record while it is edited: the file it began with, and what was typed; from the two, the text it would be."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from msgspec.structs import replace

from generator.editing.fields import fields_of, is_long
from generator.exchange.existing import Present, read_again
from generator.exchange.importing import is_sound
from generator.exchange.record_edits import UNLIKE, AddRow, Edit, PrintedRow, RemoveRow, SetField, edited, rows_with
from generator.exchange.updating import Updated
from generator.model.forms import FormLibrary
from generator.model.records import Indicator, Record
from generator.origin import START

NEW = "new-"
"""How the key of a row begins that the file does not have yet."""
_BY_LEVELS = "="
LEVEL_STEP = " › "


class Row(NamedTuple):
    """One row of the indicators as it is edited."""

    key: str
    """Its anchor in the file, or `new-1`."""
    origin: str = ""
    """For a new row, the anchor of the one it was put behind, or `=` and its levels."""

    def __str__(self) -> str:
        return f"{self.key}@{self.origin}" if self.origin else self.key

    @property
    def is_new(self) -> bool:
        """Tell whether the file does not have it yet."""
        return self.key.startswith(NEW)

    @property
    def levels(self) -> tuple[str, ...]:
        """Levels that were typed for it; empty for a row put behind another one."""
        found = self.origin.removeprefix(_BY_LEVELS) if self.origin.startswith(_BY_LEVELS) else ""
        return tuple(found.split(LEVEL_STEP)) if found else ()


def row_of(text: str) -> Row:
    """Return the row that a line of a posted form stands for."""
    key, _, origin = text.partition("@")
    return Row(key, origin)


class Typed(NamedTuple):
    """What a form was posted with."""

    values: Mapping[str, str]
    """By name of the field, those that were not touched among them."""
    rows: tuple[Row, ...] | None = None
    """The rows in order; None for those of the file."""


class Draft:
    """A file's record with what was typed over it."""

    def __init__(self, base: Present, record: Record, typed: Typed, forms: FormLibrary) -> None:
        self.base = base
        self.record = record
        self._typed = typed
        self._forms = forms
        known = {row.anchor for row in record.indicators}
        own = tuple(Row(row.anchor) for row in record.indicators)
        rows = own if typed.rows is None else tuple(row for row in typed.rows if row.is_new or row.key in known)
        self.rows = tuple(
            {row.key: row for row in rows if not row.is_new or row.levels or row.origin in known}.values()
        )

    @cached_property
    def shown(self) -> Record:
        """The record with the rows that it is to have; new ones are blank."""
        by_anchor = {row.anchor: row for row in self.record.indicators}
        rows: list[Indicator] = []
        for one in self.rows:
            if not one.is_new:
                rows.append(by_anchor[one.key])
            elif one.levels:
                rows.insert(_last_of(rows, one.levels), Indicator(one.levels, "", START, anchor=one.key))
            else:
                behind = by_anchor[one.origin]
                rows.append(replace(behind, name="", cells={}, extra={}, anchor=one.key, parent=None))
        # A part of a row that is gone would point at another one.
        placed = {row.anchor: number for number, row in enumerate(rows)}
        parents = {
            row.anchor: self.record.indicators[row.parent].anchor
            for row in self.record.indicators
            if row.parent is not None
        }
        kept = tuple(replace(row, parent=placed.get(parents.get(row.anchor, ""))) for row in rows)
        return replace(self.record, indicators=kept)

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """Every field of the record as the file has it, by name."""
        return {field.name: field.text for field in fields_of(self.shown, self._forms)}

    def value(self, name: str, text: str) -> str:
        """Return what a field's box holds: what was typed, or what the file has."""
        return self._typed.values.get(name, text)

    @cached_property
    def changed(self) -> Mapping[str, str]:
        """The fields of the file's own rows that were typed anew."""
        return {name: text for name, text in self._typed_anew() if not name.startswith(NEW)}

    def _typed_anew(self) -> Iterator[tuple[str, str]]:
        for name, typed in self._typed.values.items():
            former = self.texts.get(name)
            if former is not None and typed != former:
                text = _as_posted(name, typed, former)
                if text != _as_posted(name, former, former):
                    yield name, text

    @cached_property
    def new_rows(self) -> Mapping[str, Mapping[str, str]]:
        """What was typed into new rows, by key; rows left blank are no rows."""
        found: dict[str, dict[str, str]] = {}
        for name, text in self._typed_anew():
            key, _, identifier = name.partition(".")
            if key.startswith(NEW) and text:
                found.setdefault(key, {"name": ""})[identifier] = text
        return found

    @property
    def is_changed(self) -> bool:
        """Tell whether anything was typed that the file does not have."""
        return bool(self.changed or self.new_rows or self.removed)

    @cached_property
    def removed(self) -> tuple[str, ...]:
        """Anchors of the rows to take out."""
        kept = {row.key for row in self.rows}
        return tuple(row.anchor for row in self.record.indicators if row.anchor not in kept)

    @cached_property
    def updated(self) -> Updated:
        """The text the file would have, or why it cannot be written."""
        gone = tuple(f"{anchor}." for anchor in self.removed)
        fields = [SetField(name, text) for name, text in self.changed.items() if not name.startswith(gone or ("\0",))]
        first = edited(self.base, fields, self._forms)
        if first.fault or not (self.removed or self.new_rows):
            return first
        return self._with_rows(first.text)

    def _with_rows(self, text: str) -> Updated:
        record, findings = read_again(text, self.base.file, self._forms)
        if record is None:
            return Updated("", UNLIKE)
        middle = self.base._replace(text=text, record=record, is_sound=is_sound(findings))
        # Writing a name gives a row another anchor, never another place.
        now = {row.anchor: other.anchor for row, other in zip(self.record.indicators, record.indicators, strict=True)}
        found = edited(middle, list(self._row_edits(now)), self._forms)
        if found.fault:
            return found
        after, _ = read_again(found.text, self.base.file, self._forms)
        if after is None or Counter(map(PrintedRow.key, rows_with(after, {}))) != self._rows_asked_for():
            return Updated("", UNLIKE)
        return found

    def _row_edits(self, now: Mapping[str, str]) -> Iterator[Edit]:
        """Yield what is to be done with rows.

        Anchors number the rows of the same words, so that they change behind a change alone: a row that is last of its
        levels comes first, then each row from the last one up, what comes behind it before it goes itself.
        """
        lone = self._lone_levels()
        for new in self.rows:
            if new.key in self.new_rows and (new.levels or new.origin in lone):
                yield AddRow("", self.new_rows[new.key], new.levels or lone[new.origin])
        filled = self._filled()
        for row in reversed(self.record.indicators):
            for new in reversed([one for one in self.rows if one.origin == row.anchor]):
                if new.key in self.new_rows and row.anchor not in lone:
                    yield AddRow(now[row.anchor], self.new_rows[new.key])
            if row.anchor in self.removed and row.anchor not in filled:
                yield RemoveRow(now[row.anchor])

    def _filled(self) -> frozenset[str]:
        """Return the anchors of the blank rows that new ones take the place of."""
        lone = self._lone_levels()
        paths = {new.levels or lone.get(new.origin) for new in self.rows if new.key in self.new_rows}
        return frozenset(anchor for anchor, path in lone.items() if path in paths)

    def _rows_asked_for(self) -> Counter[Hashable]:
        """Return how often the indicators are to have each row."""
        new = {f"{key}.{cell}": text for key, cells in self.new_rows.items() for cell, text in cells.items()}
        gone = self._filled()
        kept = [row for row in self.shown.indicators if row.anchor in self.new_rows or not row.anchor.startswith(NEW)]
        wanted = replace(self.shown, indicators=tuple(row for row in kept if row.anchor not in gone))
        return Counter(map(PrintedRow.key, rows_with(wanted, {**self.changed, **new})))

    def _lone_levels(self) -> Mapping[str, tuple[str, ...]]:
        """Return the levels that have one blank row, which the first new one takes the place of, by its anchor."""
        paths = [(row.horizon, row.path) for row in self.record.indicators]
        return {
            row.anchor: row.path
            for row in self.record.indicators
            if not row.name and not row.cells and row.horizon == "annual" and paths.count((row.horizon, row.path)) == 1
        }

    @cached_property
    def result(self) -> Present | None:
        """The file as it would be; None where it cannot be written."""
        if self.updated.fault:
            return None
        record, findings = read_again(self.updated.text, self.base.file, self._forms)
        return self.base._replace(text=self.updated.text, record=record, is_sound=is_sound(findings))


def _as_posted(name: str, text: str, former: str) -> str:
    """Return what is written of a text that a browser posts: line ends are all alike, blanks around it fall away."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if is_long(name):
        return text.strip("\n").rstrip()
    # A cell stays on one line unless it had several.
    return text.strip() if "\n" in former or "\r" in former else " ".join(text.strip().split("\n"))


def _last_of(rows: Sequence[Indicator], path: tuple[str, ...]) -> int:
    """Return where a row of some levels is shown: behind the last one of as many of these levels as there are."""
    for depth in range(len(path), 0, -1):
        places = [place for place, row in enumerate(rows) if row.path[:depth] == path[:depth]]
        if places:
            return places[-1] + 1
    return len(rows)
