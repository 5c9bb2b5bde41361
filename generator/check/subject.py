"""A record as rules see it: parsed once, with places that a finding can point at."""

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from generator.check.lazily import lazily
from generator.check.levels import Level1, Level2, levels_of
from generator.check.outcome import Spot
from generator.check.pack import Pack
from generator.check.rows.row_facts import KNOWN_NAMES, KNOWN_VALUES, NameFacts, ValueFacts, name_facts, value_facts
from generator.check.wording.texts import Piece, pieces_of, spot_of
from generator.model.achievement import Outcome as Achieved
from generator.model.amounts import MainAmounts, main_amounts
from generator.model.catalog import Unit
from generator.model.forms import FormDefinition
from generator.model.records import BLANK, Cell, FundingRow, Indicator, Record
from generator.model.targets import target_cell
from generator.model.values import BudgetBound, Quantity, Range, Value, Words
from generator.money import BLANK_MARKS, EXACT, decimal_of
from generator.origin import START, Span
from generator.text import folded
from generator.vocabulary import Place

JOIN = " › "

EVALUATIONS = frozenset({"SelfEvaluation", "DepartmentEvaluation"})
"""Forms that print results."""
PROJECT_FORMS = frozenset({"SelfEvaluation", "TargetDeclaration"})
EVERY_FORM = frozenset({"SelfEvaluation", "DepartmentEvaluation", "TargetDeclaration", "Other"})

REASON_COLUMNS = ("deviation_reason", "improvement_measures", "deviation", "remark")
"""Columns of a row that may explain it."""


class Row(Struct, frozen=True, gc=False):
    """One indicator, parsed."""

    record: Record
    indicator: Indicator
    name: str
    """As printed."""
    position: int
    """In `Record.indicators`."""
    words: NameFacts
    """What follows from its name; rows of one name share it."""
    values: ValueFacts
    """What follows from target and actual value; rows that print the same share it."""
    target_cell: Cell
    target: Value
    actual_cell: Cell
    actual: Value
    is_readable: bool
    """Whether target and actual value can both be read."""
    points: Decimal | None
    """None where no number is printed."""
    score: Decimal | None
    level1: Level1 | None
    level2: Level2 | None
    achieved: Achieved
    """Whether the target was met, where both values say so plainly."""
    reason: str
    """What the row says in explanation; empty where nothing."""

    @property
    def lost(self) -> Decimal | None:
        """Points minus score, or None where either is not a number."""
        if self.points is None or self.score is None:
            return None
        return EXACT.subtract(self.points, self.score)

    @property
    def is_quantitative(self) -> bool:
        """Tell whether the target is a number or a range of numbers."""
        return isinstance(self.target, (Quantity, Range))

    @property
    def is_qualitative(self) -> bool:
        """Tell whether the target is a word."""
        return isinstance(self.target, (Words, BudgetBound))

    def cell(self, identifier: str) -> Cell:
        """Return a cell, or a blank one."""
        return self.indicator.cells.get(identifier, BLANK)

    def has(self, identifier: str) -> bool:
        """Tell whether the author wrote this column at all, blank or not."""
        return identifier in self.indicator.cells

    def spot(self, identifier: str = "") -> Spot:
        """Return where a cell of this row stands, or the row itself where it has no such cell."""
        cell = self.indicator.cells.get(identifier)
        label = self.record.label(Place.INDICATOR, identifier) if identifier else ""
        indicator = self.indicator
        path = [*indicator.path, self.name or f"第 {self.position + 1} 行", label]
        # Levels may be blank, and the label of a row itself is.
        field = JOIN.join(path if all(path) else filter(None, path))
        return Spot(cell.span if cell else indicator.span, field, indicator.anchor)


class Subject:
    """One record with all that rules ask of it; parsed when first asked for, and the same for every rule."""

    def __init__(self, record: Record, form: FormDefinition, unit: Unit, pack: Pack) -> None:
        self.record = record
        self.form = form
        self.unit = unit
        """The unit its folder stands for, as registered."""
        self.pack = pack

    @property
    def id(self) -> str:
        """Id of the record."""
        return self.record.id

    @property
    def record_type(self) -> str:
        """SelfEvaluation, DepartmentEvaluation, TargetDeclaration or Other."""
        return self.form.record_type

    @lazily
    def amounts(self) -> MainAmounts:
        """The main amounts of the record's money."""
        return main_amounts(self.record)

    @lazily
    def rows(self) -> tuple[Row, ...]:
        """Every filled indicator row, parts too, in the order of the form.

        A level that the form prints and nobody filled in is none.
        """
        return tuple(
            [
                make_row(self.record, position)
                for position, indicator in enumerate(self.record.indicators)
                if indicator.name or indicator.cells
            ]
        )

    @lazily
    def scored(self) -> tuple[Row, ...]:
        """The rows that count: filled, and no part of another row."""
        return tuple([row for row in self.rows if row.indicator.parent is None])

    @lazily
    def explanation(self) -> str:
        """What the form says in explanation as a whole; empty where nothing."""
        prose = self.record.prose
        texts = [
            prose[key].text for key in ("form_deviation_reason", "improvement_measures", "problems") if key in prose
        ]
        return "\n".join(text for text in texts if is_said(text))

    @lazily
    def pieces(self) -> tuple[Piece, ...]:
        """Every string of the record."""
        return pieces_of(self.record)

    @lazily
    def whole_text(self) -> str:
        """All strings of the record, line by line: one search tells whether to look closer."""
        return "\n".join([piece.text for piece in self.pieces])

    @lazily
    def unreadable(self) -> Mapping[str, tuple[Spot, ...]]:
        """Where cells stand that the author says cannot be read, by kind: `indicator.score`, `head.grade` ..."""
        found: dict[str, list[Spot]] = {}
        record = self.record
        for identifier, cell in record.head.items():
            if cell.unreadable:
                found.setdefault(f"head.{identifier}", []).append(self.head_spot(identifier))
        for identifier, cell in record.total.items():
            if cell.unreadable:
                found.setdefault(f"total.{identifier}", []).append(self.total_spot(identifier))
        for line in self.funding_rows():
            for identifier, cell in line.cells.items():
                if cell.unreadable:
                    found.setdefault(f"funding.{identifier}", []).append(self.funding_spot(line, identifier))
        # Most records have none among hundreds.
        torn = [True for indicator in record.indicators for cell in indicator.cells.values() if cell.unreadable]
        for position, indicator in enumerate(record.indicators if torn else ()):
            for identifier, cell in indicator.cells.items():
                if cell.unreadable:
                    # An operator or a unit in a column of its own is a part of the target.
                    kind = "target" if identifier in ("nature", "target_unit") else identifier
                    spot = make_row(record, position).spot(identifier)
                    found.setdefault(f"indicator.{kind}", []).append(spot)
        return {kind: tuple(spots) for kind, spots in found.items()}

    @property
    def money_unit(self) -> str:
        """元, 万元 ..., or empty without a money block."""
        return self.record.funding.unit.text if self.record.funding else ""

    @property
    def total_row(self) -> FundingRow | None:
        """The row of the money block that is the sum of the others, as far as the form prints one."""
        position = self.amounts.anchor_row
        return None if position is None or self.record.funding is None else self.record.funding.rows[position]

    def funding_rows(self) -> tuple[FundingRow, ...]:
        """Return the rows of the money block."""
        return () if self.record.funding is None else self.record.funding.rows

    def head(self, identifier: str) -> Cell:
        """Return a field of the head, or a blank cell."""
        return self.record.head.get(identifier, BLANK)

    def total(self, identifier: str) -> Cell:
        """Return a printed total, or a blank cell."""
        return self.record.total.get(identifier, BLANK)

    def block_spot(self, identifier: str) -> Spot:
        """Return where a field or a block of the record stands; the top of the file where it does not."""
        label = self.record.label(Place.RECORD, identifier)
        return Spot(self.record.keys.get(identifier, START), label)

    def head_spot(self, identifier: str) -> Spot:
        """Return where a field of the head stands."""
        cell = self.record.head.get(identifier)
        label = self.record.label(Place.RECORD, identifier)
        return Spot(cell.span if cell else self.record.keys.get(identifier, START), label)

    def prose_spot(self, identifier: str) -> Spot:
        """Return where a text stands."""
        prose = self.record.prose.get(identifier)
        place = Place.OBJECTIVE if identifier in ("expected", "achieved") else Place.RECORD
        label = self.record.label(place, identifier)
        whole = self.record.label(Place.RECORD, "objective") + JOIN if place is Place.OBJECTIVE else ""
        span: Span = prose.span if prose else self.record.keys.get("objective", START)
        return Spot(span, whole + label)

    def piece_spot(self, piece: Piece, offset: int = 0) -> Spot:
        """Return where a character of one string stands."""
        return spot_of(self.record, piece, offset)

    def funding_spot(self, row: FundingRow, identifier: str = "") -> Spot:
        """Return where a cell of the money block stands, or its row where it has no such cell."""
        cell = row.cells.get(identifier)
        label = self.record.label(Place.FUNDING_ROW, identifier) if identifier else ""
        path = (self.record.label(Place.RECORD, "funding"), row.group, row.label, label)
        return Spot(cell.span if cell else row.span, JOIN.join(filter(None, path)))

    def total_spot(self, identifier: str) -> Spot:
        """Return where a printed total stands."""
        cell = self.record.total.get(identifier)
        path = (self.record.label(Place.RECORD, "total"), self.record.label(Place.TOTAL, identifier))
        return Spot(cell.span if cell else self.record.keys.get("total", START), JOIN.join(path))


def make_row(record: Record, position: int) -> Row:
    """Parse one row of a record."""
    indicator = record.indicators[position]
    cells, name = indicator.cells, indicator.name
    wanted, reached = target_cell(indicator), cells.get("actual", BLANK)
    nature, unit, points, score = cells.get("nature"), cells.get("target_unit"), cells.get("points"), cells.get("score")
    printed = (
        wanted.text,
        reached.text,
        None if nature is None else nature.text,
        None if unit is None else unit.text,
    )
    values = KNOWN_VALUES.get(printed) or value_facts(printed)
    level1, level2 = levels_of(indicator.path)
    reason = ""
    for key in REASON_COLUMNS:
        if key in cells and cells[key].text and is_said(cells[key].text):
            reason = f"{reason}；{cells[key].text}" if reason else cells[key].text
    # By position, for millions are made; in the order of the fields.
    return Row(
        record,
        indicator,
        name,
        position,
        KNOWN_NAMES.get(name) or name_facts(name),
        values,
        wanted,
        values.target,
        reached,
        values.actual,
        not (wanted.unreadable or reached.unreadable),
        None if points is None else decimal_of(points.text),
        None if score is None else decimal_of(score.text),
        level1,
        level2,
        values.achieved,
        reason,
    )


_NOTHING = BLANK_MARKS | {"无", "无偏差", "没有", "不适用", "无。"}
_BEGINNINGS = frozenset("-—–/／－无没不:：")
"""Signs with which what says nothing may begin, blanks aside."""


def is_said(text: str) -> bool:
    """Tell whether a cell for an explanation says anything; a dash and 无 say nothing."""
    first = text[:1]
    # So most texts begin that say anything.
    if first and first not in _BEGINNINGS and not first.isspace():
        return True
    return folded(text) not in _NOTHING
