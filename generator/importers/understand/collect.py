"""One form while it is read: what was found so far, and which cells of the document say it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.importers.document import Remark
from generator.importers.draft import Certainty, Leftover
from generator.importers.understand.sheet import Box, Key
from generator.vocabulary import Place

_ORDER = (Certainty.CERTAIN, Certainty.LIKELY, Certainty.INFERRED)


class Value(NamedTuple):
    """A value and how it was found."""

    text: str
    place: str = ""
    certainty: Certainty = Certainty.CERTAIN
    why: str = ""
    printed: str = ""
    """Text of the cell where it differs."""
    title: str = ""
    """Label or column title as printed."""
    key: Key | None = None
    """Cell it was taken from."""
    note: str = ""
    """Why its cell may say something else than its text, even a blank one; see `doubt_of_cell`."""

    def doubted(self, certainty: Certainty, why: str) -> "Value":
        """Return the value no surer than this; the reason of the greater doubt stays."""
        if _ORDER.index(certainty) <= _ORDER.index(self.certainty):
            return self
        return self._replace(certainty=certainty, why=why)


BLANK = Value("")


_HIDING = frozenset(("隐藏行", "隐藏列", "隐藏的工作表"))


def doubt_of_cell(note: str) -> str:
    """Return what the reader of a cell noted as far as it makes a blank doubtful: a hidden blank is one all the same."""
    return "；".join(part for part in note.split("；") if part and part not in _HIDING)


def weaken(cells: dict[str, Value], why: str) -> None:
    """Make the values of a row likely at best."""
    for key, value in cells.items():
        cells[key] = value.doubted(Certainty.LIKELY, why)


def doubt(cells: dict[str, Value], why: str) -> None:
    """Make the values of a row such as a person must confirm."""
    for key, value in cells.items():
        cells[key] = value.doubted(Certainty.INFERRED, why)


@dataclass(eq=False)
class MoneyRow:
    """One row of the money block."""

    label: str
    group: str
    parent: int | None
    value: Value
    """The label as a value."""
    cells: dict[str, Value] = field(default_factory=dict)
    extra: dict[str, Value] = field(default_factory=dict)
    printed: list[Value] = field(default_factory=list)
    group_value: Value | None = None
    """Where the group's name was printed, with its first row."""


@dataclass(eq=False)
class Row:
    """One row of the indicator table."""

    levels: tuple[str, ...]
    name: Value
    horizon: str
    own_levels: dict[int, Value] = field(default_factory=dict)
    """Level cells that this row begins, by their depth."""
    cells: dict[str, Value] = field(default_factory=dict)
    extra: dict[str, Value] = field(default_factory=dict)
    parent: int | None = None


@dataclass(eq=False)
class FreeTable:
    """A table that no block takes."""

    title: str
    columns: list[str]
    rows: list[list[Value]]


@dataclass(eq=False)
class Collected:
    """All that one form says; the only state of understanding, gone when the draft is made."""

    title: Value = BLANK
    period: Value | None = None
    collection: Value | None = None
    head: dict[str, Value] = field(default_factory=dict)
    prose: dict[str, Value] = field(default_factory=dict)
    source: dict[str, Value] = field(default_factory=dict)
    extra: dict[str, Value] = field(default_factory=dict)
    blocks: dict[str, str] = field(default_factory=dict)
    """What the form calls its blocks, by identifier."""
    unit: Value | None = None
    money: list[MoneyRow] = field(default_factory=list)
    money_columns: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    """Titles of indicator columns by identifier, by themselves where the vocabulary does not know them."""
    titles: list[str] = field(default_factory=list)
    """Titles of all indicator columns."""
    weights: dict[str, Value] = field(default_factory=dict)
    total: dict[str, Value] = field(default_factory=dict)
    tables: list[FreeTable] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)
    """Every label printed, as printed: what a layout is chosen by."""
    order: list[str] = field(default_factory=list)
    """Parts of the record in the order the form prints them."""
    has_merges: bool = True
    """Whether the table being read has any cell wider than one column; a file that has lost its merges has none."""
    used: dict[Key, str] = field(default_factory=dict)
    left: list[Leftover] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def value(self, box: Box, certainty: Certainty = Certainty.CERTAIN, why: str = "", title: str = "") -> Value:
        """Take a cell as a value."""
        self.used[box.key] = "value"
        printed = box.cell.text if box.cell.text.strip() != box.text else ""
        value = Value(box.text, box.cell.place, certainty, why, printed, title, box.key, doubt_of_cell(box.cell.note))
        return value.doubted(Certainty.INFERRED, box.cell.note) if box.cell.note else value

    def label(self, box: Box, part: str = "") -> None:
        """Take a cell as a label that the form prints."""
        self.used.setdefault(box.key, "label")
        self.labels.add(box.text)
        if part:
            self.seen(part)

    def seen(self, part: str) -> None:
        """Note that a part of the record begins here."""
        if part not in self.order:
            self.order.append(part)

    def keep(self, box: Box, why: str) -> None:
        """Leave a cell over."""
        if box.text and box.key not in self.used:
            self.used[box.key] = "left"
            self.left.append(Leftover(box.cell.text, box.cell.place, why))

    def keep_all(self, boxes: Iterable[Box], why: str) -> None:
        """Leave several cells over."""
        for box in boxes:
            self.keep(box, why)

    def remark(self, text: str, place: str = "") -> None:
        """Note a repair or a doubt, once."""
        if all(known.text != text or known.place != place for known in self.remarks):
            self.remarks.append(Remark(text, place))


def named(box: Box, place: Place, known: str) -> tuple[str, str]:
    """Return which column of a row the document itself says a cell shows, and why that is doubted.

    `known` is what the labels say. Both are empty where the document says nothing of its own.
    """
    names = [item.name.rpartition(".")[2] for item in box.cell.fields]
    if len(names) != 1 or names[0] in ("", "name", "label", known) or names[0].startswith("level"):
        return "", ""
    return names[0], f"文件自带的栏目名称与表上的标题不一致（{place}），以自带的名称为准"
