"""A record as printed: general enough for every family of forms, frozen, without I/O.

Nothing here is computed, rounded or put right: a cell keeps its text, and a blank stays a blank.
"""

import hashlib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct, field

from generator.money import decimal_of
from generator.origin import START, Span
from generator.vocabulary import Place, term_of


class Cell(Struct, frozen=True, array_like=True, gc=False):
    """One cell of a form."""

    text: str
    """Exactly as printed; empty where the cell is blank."""
    span: Span = START
    unreadable: str = ""
    """Why the print cannot be read; empty where it can."""

    @property
    def number(self) -> Decimal | None:
        """The number printed, or None for a blank, a dash or words."""
        return decimal_of(self.text)


BLANK = Cell("")
"""A cell that a layout shows and a record does not have."""


class Prose(Struct, frozen=True, array_like=True, gc=False):
    """A text in Markdown."""

    text: str
    span: Span = START
    first_line: int = 0
    """Line of the file its first line stands on; 0 where its lines are not lines of the file."""

    def place_of(self, offset: int) -> Span:
        """Return where a character of the text stands, as far as the file's lines tell."""
        return Span(self.first_line + self.text.count("\n", 0, offset), 1) if self.first_line else self.span


class FundingRow(Struct, frozen=True, array_like=True, gc=False):
    """One kind of money: a label and named amounts."""

    label: str
    """As authored, such as 当年财政拨款."""
    span: Span
    group: str = ""
    """The cut it belongs to where a form has several, such as 资金来源."""
    parent: int | None = None
    """Position in `Funding.rows` of the row it is a part of, where the author said so."""
    cells: Mapping[str, Cell] = field(default_factory=dict)
    """By identifier of `vocabulary`: initial_budget, adjusted_budget, executed, points, execution_rate, score ..."""
    printed_cells: tuple[Cell, ...] = ()
    """Figures whose columns cannot be told, in the order printed."""
    unreadable: str = ""
    """Why they cannot be told."""
    extra: Mapping[str, Cell] = field(default_factory=dict)
    """Columns that the vocabulary does not know, by their printed title."""


class Funding(Struct, frozen=True, array_like=True, gc=False):
    """The money of a record."""

    unit: Cell
    """元 or 万元, as stated; what it is worth is `money.MONEY_UNITS`."""
    rows: tuple[FundingRow, ...]
    span: Span = START


class Indicator(Struct, frozen=True, array_like=True, gc=False):
    """One row of the indicator table."""

    path: tuple[str, ...]
    """The levels above the name, outermost first: none to three."""
    name: str
    span: Span
    cells: Mapping[str, Cell] = field(default_factory=dict)
    """By identifier of `vocabulary`: target, actual, points, score, deviation_reason ..."""
    horizon: str = "annual"
    """`annual` or `long_term`."""
    parent: int | None = None
    """Position in `Record.indicators` of the row it is an unscored part of."""
    extra: Mapping[str, Cell] = field(default_factory=dict)
    """Columns that the vocabulary does not know, by their printed title."""
    anchor: str = ""
    """The row's address on the record's page; does not change when rows are added, moved or rescored."""


class FreeTable(Struct, frozen=True, array_like=True, gc=False):
    """A table that fits no block of the model, kept row by row."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    span: Span = START


class Waiver(Struct, frozen=True, array_like=True, gc=False):
    """A fault that the record's author knows and has a reason not to mend."""

    rule: str
    """Code of the rule."""
    field: str
    """Which column or row it is about, in the form's own words; empty for all that the rule finds."""
    reason: str
    approver: str
    """Who agreed."""
    valid_until: date
    """Last day on which it counts."""
    span: Span = START


class Reply(Struct, frozen=True, array_like=True, gc=False):
    """What the reporting unit says of a finding; published beside it."""

    rule: str
    """Code of the rule."""
    field: str
    """Which column or row it is about, in the form's own words; empty for all that the rule finds."""
    text: str
    """Markdown."""
    respondent: str
    """Who says so."""
    date: str
    """When, as written."""
    span: Span = START


class Side(Struct, frozen=True, array_like=True, gc=False):
    """What an item printed before or after a correction: a single figure, or a row."""

    text: str
    """As printed; empty for a blank, `ABSENT` where there was no such row."""
    cells: Mapping[str, str] = field(default_factory=dict)
    """Of a row: what each column printed, by the column's title as authored; empty for a single figure."""


ABSENT = "无"
"""Stands for a row that was not there."""


class Correction(Struct, frozen=True, array_like=True, gc=False):
    """A figure that was changed after it had been published."""

    item: str
    """Which figure or row, in the form's own words from the outside in."""
    old: Side
    new: Side
    position: int
    """From 1: which row of its table a row was that was taken out; 0 where none was."""
    reason: str
    decided_by: str
    date: str
    """ISO."""
    span: Span = START

    @property
    def is_about_row(self) -> bool:
        """Tell whether a whole row came or went."""
        return bool(self.old.cells or self.new.cells)


class Record(Struct, frozen=True, array_like=True, gc=False):
    """One published form."""

    id: str
    """Path of its file below the records folder without the ending: 2024/xinzhuang/liangxin."""
    path: str
    """Path of its file as printed in messages."""
    form: str
    """Title of the form as printed."""
    layout: str
    """Identifier of the form definition that lays it out."""
    fiscal_year: int
    project_key: str
    """What joins the years and stages of one project of a unit."""
    head: Mapping[str, Cell] = field(default_factory=dict)
    """Fields of the head and the grade, by identifier of `vocabulary`, in the order authored."""
    prose: Mapping[str, Prose] = field(default_factory=dict)
    """Texts by identifier; the two of the objective are `expected` and `achieved`."""
    funding: Funding | None = None
    indicators: tuple[Indicator, ...] = ()
    level1_weights: Mapping[str, Cell] = field(default_factory=dict)
    """Weights printed beside the level 1 labels, by label; 合计 is their printed sum."""
    total: Mapping[str, Cell] = field(default_factory=dict)
    """The printed totals: points, score, review_score."""
    source: Mapping[str, Cell] = field(default_factory=dict)
    tables: tuple[FreeTable, ...] = ()
    extra: Mapping[str, Cell] = field(default_factory=dict)
    """Fields that the vocabulary does not know, by their printed label."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """What the form calls its fields, as authored, by place and identifier such as `indicator.actual`."""
    comments: tuple[Cell, ...] = ()
    """What the author noted behind number signs: no part of the form, but published with the file."""
    keys: Mapping[str, Span] = field(default_factory=dict)
    """Where the key of each field of the record stands, by identifier."""
    rule_pack: Cell = BLANK
    """Name of the rule pack that the record itself asks for; blank where it asks for none."""
    waivers: tuple[Waiver, ...] = ()
    replies: tuple[Reply, ...] = ()
    corrections: tuple[Correction, ...] = ()
    """In the order authored."""

    @property
    def year(self) -> str:
        """First part of the address."""
        return self.id.split("/", 1)[0]

    @property
    def unit(self) -> str:
        """Second part of the address: the unit's slug."""
        return self.id.split("/")[1]

    @property
    def name(self) -> str:
        """What to call the record: its project, the unit where the form is about a whole unit, or else the form."""
        whole = self.text("evaluated_department")
        return self.text("project_name") or (f"{whole}整体支出" if whole else self.form)

    def label(self, place: Place, identifier: str) -> str:
        """Return what the form calls a field, or the vocabulary's word where the author wrote none."""
        return (self.labels and self.labels.get(place + "." + identifier)) or term_of(place, identifier).label

    def text(self, identifier: str) -> str:
        """Return the text of a field of the head, empty where there is none."""
        cell = self.head.get(identifier)
        return cell.text if cell else ""


class Anchors:
    """The addresses of one record's rows, made from their own words so that a link outlives edits around a row."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def next(self, horizon: str, path: tuple[str, ...], name: str) -> str:
        """Return the anchor of the next row; rows of the same words are told apart by their order."""
        words = "\x1f".join((horizon, *path, name))
        anchor = f"i-{hashlib.sha256(words.encode()).hexdigest()[:8]}"
        number = self._seen[anchor] = self._seen.get(anchor, 0) + 1
        return anchor if number == 1 else f"{anchor}-{number}"
