"""The money block as rules see it: its amounts, and which rows are the sources of which total."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from generator.check.arithmetic import Figure, measured, money, places_of
from generator.check.money.funding_labels import Source, source_of
from generator.check.outcome import Spot
from generator.check.subject import EVERY_FORM, Subject, is_said
from generator.model.amounts import SOURCE_GROUPS
from generator.model.records import BLANK, Cell, Funding, FundingRow
from generator.text import half_width
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


def title_of(subject: Subject, column: str) -> str:
    """Return what the form calls a column of the money block."""
    return subject.record.label(Place.FUNDING_ROW, column)


def cell_of(row: FundingRow, column: str) -> Cell:
    """Return a cell, or a blank one."""
    return row.cells.get(column, BLANK)


def amount_of(row: FundingRow, column: str, unit: str) -> Figure | None:
    """Return an amount, or None where it is blank or cannot be read."""
    cell = row.cells.get(column)
    return None if cell is None or cell.unreadable or row.unreadable else _amount(cell.text, unit)


# Every rule over money reads the same few amounts.
@lru_cache(maxsize=65_536)
def _amount(text: str, unit: str) -> Figure | None:
    return money(Cell(text), unit)


def rate_of(row: FundingRow) -> Figure | None:
    """Return the printed execution rate as it stands, or None where it is blank or cannot be read."""
    cell = row.cells.get("execution_rate")
    return None if cell is None or cell.unreadable else measured(cell)


def budget_column(row: FundingRow) -> str:
    """Return which column of a row is what was budgeted for the whole year; empty where it has none."""
    return next((column for column in ("adjusted_budget", "budget") if column in row.cells), "")


def unit_of(subject: Subject) -> str:
    """Return the unit of money, 元 where none is stated."""
    return subject.money_unit or "元"


_RECENT = 16
"""Records whose money is kept at hand."""


class Breakdown(NamedTuple):
    """A row with the rows it is made of."""

    whole: FundingRow
    parts: tuple[FundingRow, ...]
    doubtful: tuple[FundingRow, ...] = ()
    """Rows beside the parts that may or may not be parts as well."""
    is_complete: bool = False
    """Whether the parts claim to be the whole."""
    is_disjoint: bool = True
    """Whether no money can stand in two of the parts."""


# Rules are asked record by record, so the last few are all that is asked for again.
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


class MainMoney(NamedTuple):
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
    sources = [row for row in subject.funding_rows() if row.group in SOURCE_GROUPS and row.parent is None]
    filled = [row for row in sources if row.unreadable or any(_is_filled(row, column) for column in AMOUNT_COLUMNS)]
    return filled[0] if len(filled) == 1 and not totals else None


def _is_filled(row: FundingRow, column: str) -> bool:
    cell = cell_of(row, column)
    return bool(cell.unreadable) or cell.number is not None


@lru_cache(maxsize=_RECENT)
def main_money(subject: Subject) -> MainMoney | None:
    """Return the main amounts, or None without any."""
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
    if amounts.adjusted_budget is None or amounts.executed is None:
        return None
    initial = Figure(amounts.initial_budget.number) if amounts.initial_budget else None
    return MainMoney(
        None, "各项资金合计", initial, Figure(amounts.adjusted_budget.number), Figure(amounts.executed.number)
    )  # fmt: skip


_ABOUT_MONEY = re.compile(
    r"预算|追加|[调核压削](?:增|减)|结余|结转|执行率|执行进度|资金|经费|未支付|未支出|支付|减少支出|节约|"
    r"跨年|结算|尾款|余款|质保金|质量保证金"
)


@lru_cache(maxsize=_RECENT)
def is_money_explained(subject: Subject) -> bool:
    """Tell whether the form says anything in explanation of its money; any word on it counts."""
    if any(is_said(cell_of(row, "adjustment_reason").text) for row in subject.funding_rows()) or subject.explanation:
        return True
    if any(_ABOUT_MONEY.search(text) for text in _explaining_texts(subject)):
        return True
    account = subject.record.prose.get("achieved")
    return account is not None and bool(_MONEY_CHANGED.search(account.text))


_MONEY_CHANGED = re.compile(
    r"追加|[调核压削]减|调增|预算调整|调整预算|结余|结转|未支付|未支出|尾款|质保金|质量保证金|年中下达|"
    r"下达[^。；;\n]{0,10}(?:资金|补助|经费|指标)|(?:资金|补助|经费)[^。；;\n]{0,6}下达"
)
"""What an account of the work says where it tells why the money changed; 经费用于 ... tells nothing."""


def _explaining_texts(subject: Subject) -> Iterable[str]:
    record = subject.record
    yield from (record.prose[key].text for key in ("conclusion", "remarks", "review_opinion") if key in record.prose)
    yield from (row.reason for row in subject.rows if row.reason)
    yield from (cell.text for row in subject.funding_rows() for cell in row.extra.values())
    yield from (cell.text for cell in record.extra.values())


def is_interim(subject: Subject) -> bool:
    """Tell whether the form is filled in during the year, so that its execution is not the year's."""
    return "监控" in subject.record.form or any("executed_to_date" in row.cells for row in subject.funding_rows())


def is_percentage(subject: Subject, printed: Cell) -> bool:
    """Tell whether a rate says that it is in percent, by its own sign or by its column's."""
    label = subject.record.label(Place.FUNDING_ROW, "execution_rate")
    return "%" in half_width(printed.text) or "%" in half_width(label)


def scores_are_whole(subject: Subject) -> bool:
    """Tell whether every score of the form is printed without places, so that a whole score may be rounded."""
    scores = [row.score for row in subject.rows] + [subject.total("score").number]
    scores += [cell_of(row, "score").number for row in subject.funding_rows()]
    return all(places_of(score) == 0 for score in scores if score is not None)
