"""The money block as rules see it: its amounts, and which rows are the sources of which total."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from generator.check.arithmetic import Figure, money, places_of, total_of
from generator.check.money.funding_labels import Source, source_of
from generator.check.outcome import Spot
from generator.check.subject import EVERY_FORM, Subject
from generator.model.amounts import SOURCE_GROUPS, Amount, filled_sources
from generator.model.records import BLANK, Cell, Funding, FundingRow
from generator.vocabulary import Place

RESULT_FORMS = EVERY_FORM - {"TargetDeclaration"}
"""Forms that may print what was spent."""

AMOUNT_COLUMNS = (
    "amount", "requested", "approved", "initial_budget", "budget", "adjusted_budget", "executed", "executed_to_date",
    "forecast", "prior_year", "prior_year_budget", "prior_year_executed",
)  # fmt: skip
"""Columns that hold money, in the order forms print them."""

STRUCTURE_GROUPS = ("资金结构", "按支出性质分", "支出")
"""The cut by what money is spent on, as forms head it."""


_RECENT = 16
"""Records whose money is kept at hand."""


# Rules are asked record by record, so the last few are all that is asked for again.
@lru_cache(maxsize=_RECENT)
def amount_columns(subject: Subject) -> tuple[str, ...]:
    """Return the columns that hold money, as far as the form has them, in the order forms print them."""
    columns = {column for row in subject.funding_rows() for column in row.cells}
    return tuple([column for column in AMOUNT_COLUMNS if column in columns])


def title_of(subject: Subject, column: str) -> str:
    """Return what the form calls a column of the money block."""
    return subject.record.label(Place.FUNDING_ROW, column)


def cell_of(row: FundingRow, column: str) -> Cell:
    """Return a cell, or a blank one."""
    return row.cells.get(column, BLANK)


def amount_of(row: FundingRow, column: str, unit: str) -> Figure | None:
    """Return an amount, or None where it is blank or cannot be read."""
    cell = row.cells.get(column)
    return None if cell is None or cell.unreadable or row.unreadable else money(cell, unit)


def budget_column(row: FundingRow) -> str:
    """Return which column of a row is what was budgeted for the whole year; empty where it has none."""
    return next((column for column in ("adjusted_budget", "budget") if column in row.cells), "")


def unit_of(subject: Subject) -> str:
    """Return the unit of money, 元 where none is stated."""
    return subject.money_unit or "元"


class Breakdown(Struct, frozen=True):
    """A row with the rows it is made of."""

    whole: FundingRow
    parts: tuple[FundingRow, ...]
    doubtful: tuple[FundingRow, ...] = ()
    """Rows beside the parts that may or may not be parts as well."""
    is_complete: bool = False
    """Whether the parts claim to be the whole."""
    is_disjoint: bool = True
    """Whether no money can stand in two of the parts."""


@lru_cache(maxsize=_RECENT)
def breakdowns(subject: Subject) -> tuple[Breakdown, ...]:
    """Return every row that is broken down, with its parts."""
    funding = subject.record.funding
    if funding is None:
        return ()
    inner: dict[int, list[FundingRow]] = {}
    for row in funding.rows:
        if row.parent is not None:
            inner.setdefault(row.parent, []).append(row)
    found: list[Breakdown] = []
    for position, row in enumerate(funding.rows):
        is_total = source_of(row.label) is Source.TOTAL
        if position in inner:
            of_total = tuple(_of_total(row, inner[position])) if is_total else ()
            found += of_total or (_of_other(row, inner[position]),)
        if is_total:
            for rows in _rows_of_total(funding.rows, position):
                found += _of_total(row, rows)
    return tuple(found)


def _rows_of_total(rows: Sequence[FundingRow], position: int) -> Iterator[Sequence[FundingRow]]:
    """Yield the rows that stand beside a total: below it as far as the next one, or else above the only one."""
    whole = rows[position]
    beside = [
        (place, row, source_of(row.label) is Source.TOTAL)
        for place, row in enumerate(rows)
        if row.group == whole.group and row.parent == whole.parent and place != position
    ]
    following: list[FundingRow] = []
    for place, row, is_total in beside:
        if place > position and is_total:
            break
        if place > position:
            following.append(row)
    if following:
        yield following
    elif beside and not any(is_total for _, _, is_total in beside):
        yield [row for _, row, _ in beside]
    elif not beside and not whole.group:
        for groups in (SOURCE_GROUPS, STRUCTURE_GROUPS):
            yield [row for row in rows if row.group in groups and row.parent is None]


def _of_other(whole: FundingRow, rows: Sequence[FundingRow]) -> Breakdown:
    kinds = {source_of(row.label) for row in rows}
    return Breakdown(whole, tuple(rows), is_disjoint=len(rows) == 1 or any(kinds <= family for family in _FAMILIES))


_FAMILIES = (
    {Source.FISCAL_KIND},
    {Source.CENTRAL, Source.LOCAL},
    {Source.BASIC, Source.PROJECT},
    {Source.CURRENT, Source.CARRIED},
)
"""Kinds of which no two share money."""


def _of_total(whole: FundingRow, rows: Sequence[FundingRow]) -> Iterator[Breakdown]:
    kinds = {kind for row in rows if (kind := source_of(row.label)) is not None}
    for spending in (False, True):
        known = {kind for kind in kinds if kind.is_spending is spending}
        if not known:
            continue
        unsure = _unsure(known)
        parts = tuple(row for row in rows if source_of(row.label) in known - unsure)
        # Where both cuts stand in one list, a row of the other cut is no part of this one.
        doubtful = tuple(row for row in rows if source_of(row.label) in unsure or source_of(row.label) is None)
        yield Breakdown(
            whole, parts, doubtful, is_complete=_is_complete(known - unsure), is_disjoint=_is_disjoint(known - unsure)
        )  # fmt: skip


def _unsure(kinds: set[Source]) -> set[Source]:
    """Return the kinds whose money another kind in the same list may already hold."""
    unsure: set[Source] = set()
    if kinds & {Source.CURRENT, Source.FISCAL}:
        unsure |= {Source.FISCAL_KIND, Source.CENTRAL, Source.LOCAL, Source.LOCAL_TIER}
    if Source.FISCAL in kinds:
        unsure |= {Source.CARRIED}
    if Source.CURRENT in kinds:
        unsure |= {Source.FISCAL}
    if Source.LOCAL in kinds:
        unsure |= {Source.LOCAL_TIER}
    return unsure & kinds


def _is_complete(kinds: set[Source]) -> bool:
    if kinds & {Source.BASIC, Source.PROJECT}:
        return kinds >= {Source.BASIC, Source.PROJECT}
    return Source.REST in kinds and len(kinds) > 1 and _is_disjoint(kinds)


def _is_disjoint(kinds: set[Source]) -> bool:
    return not (Source.FISCAL_KIND in kinds and kinds & {Source.CENTRAL, Source.LOCAL, Source.LOCAL_TIER})


def claims_to_be_all(rows: Sequence[FundingRow]) -> bool:
    """Tell whether rows are all the money there is, and nothing but it."""
    kinds = {source_of(row.label) for row in rows}
    known = {kind for kind in kinds if kind is not None}
    return known == kinds and _is_complete(known) and not _unsure(known)


def cuts(funding: Funding) -> tuple[tuple[FundingRow, ...], tuple[FundingRow, ...]]:
    """Return the rows of the cut by sources and of the cut by spending; both empty unless the form prints both."""
    sources = tuple(row for row in funding.rows if row.group in SOURCE_GROUPS and row.parent is None)
    spending = tuple(row for row in funding.rows if row.group in STRUCTURE_GROUPS and row.parent is None)
    return (sources, spending) if sources and spending else ((), ())


class MainMoney(Struct, frozen=True):
    """The money of a record as a whole, as rules judge it."""

    row: FundingRow | None
    """None where the form prints several sources and no total."""
    label: str
    initial: Figure | None
    budget: Figure | None
    executed: Figure | None

    def spot(self, subject: Subject, column: str) -> Spot:
        """Return where a column of it stands."""
        return subject.block_spot("funding") if self.row is None else subject.funding_spot(self.row, column)

    def printed(self, column: str) -> str:
        """Return a column as printed, empty where it is not."""
        return "" if self.row is None else cell_of(self.row, column).text


@lru_cache(maxsize=_RECENT)
def main_row(subject: Subject) -> FundingRow | None:
    """Return the row that stands for the money as a whole: its total, or the only source that is filled."""
    if subject.total_row is not None:
        return subject.total_row
    totals = [row for row in subject.funding_rows() if source_of(row.label) is Source.TOTAL and row.parent is None]
    if len(totals) == 1:
        return totals[0]
    filled = list(filled_sources(subject.record.funding)) if subject.record.funding else []
    return filled[0] if len(filled) == 1 and not totals else None


@lru_cache(maxsize=_RECENT)
def main_money(subject: Subject) -> MainMoney | None:
    """Return the main amounts, or None without any; an amount is None where a source of its sum lacks a number."""
    row, unit = main_row(subject), unit_of(subject)
    if row is not None:
        return MainMoney(
            row,
            row.label,
            amount_of(row, "initial_budget", unit),
            amount_of(row, budget_column(row), unit),
            amount_of(row, "executed", unit),
        )
    amounts = subject.amounts
    if (amounts.adjusted_budget is None or amounts.executed is None) and not amounts.missing:
        return None
    return MainMoney(
        None,
        "各项资金合计",
        figure_of(amounts.initial_budget),
        figure_of(amounts.adjusted_budget),
        figure_of(amounts.executed),
    )


def figure_of(amount: Amount | None) -> Figure | None:
    """Return a main amount in its own unit; a sum of ours is as open as its parts are together."""
    if amount is None:
        return None
    return total_of(_of_number(number, amount.unit) for number in amount.parts or (amount.number,))


def _of_number(number: Decimal, unit: str) -> Figure:
    return money(Cell(f"{number:f}"), unit) or Figure(number)


def why_unknown(subject: Subject, *columns: str) -> str:
    """Say which of the main amounts cannot be known though the form has them; empty where none is so.

    An amount that the form leaves blank altogether is not among them.
    """
    row, missing = main_row(subject), subject.amounts.missing
    for column in columns:
        if row is None:
            if column in missing:
                return f"“{'、'.join(missing[column])}”没有印出可用的{title_of(subject, column)}，各项来源无法相加"
            continue
        own = budget_column(row) or column if column == "adjusted_budget" else column
        if row.unreadable or cell_of(row, own).unreadable:
            return f"“{row.label}”的{title_of(subject, own)}无法辨认"
    return ""


def is_interim(subject: Subject) -> bool:
    """Tell whether the form is filled in during the year, so that its execution is not the year's."""
    return "监控" in subject.record.form or any("executed_to_date" in row.cells for row in subject.funding_rows())


def scores_are_whole(subject: Subject) -> bool:
    """Tell whether every score of the form is printed without places, so that a whole score may be rounded."""
    scores = [row.score for row in subject.rows] + [subject.total("score").number]
    scores += [cell_of(row, "score").number for row in subject.funding_rows()]
    return all(places_of(score) == 0 for score in scores if score is not None)
