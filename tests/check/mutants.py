"""Faults made systematically from clean records: each mutant knows which rule must find it, and on which line."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from generator.model.records import Cell, FundingRow, Indicator, Record
from generator.model.values import Quantity, parse_value
from generator.money import exact_sum
from generator.origin import Span


class Mutant(NamedTuple):
    """One record with one fault."""

    title: str
    record: str
    """Id of the record it was made from."""
    text: str
    codes: tuple[str, ...]
    """Rules of which one must find it."""
    line: int
    """Where the finding must point."""
    also: int = 0
    """Another line that may be named as well; 0 for none."""


class Source(NamedTuple):
    """A clean record with its text."""

    record: Record
    text: str

    def with_cell(self, cell: Cell, new: str) -> str:
        """Return the text with another value in one cell."""
        assert cell.text, "a blank cell has no place of its own"
        return self.with_text(cell.span, cell.text, new)

    def with_text(self, span: Span, old: str, new: str) -> str:
        """Return the text with other words at a place."""
        lines = self.text.split("\n")
        line = lines[span.line - 1]
        start = line.index(old, span.column - 1)
        lines[span.line - 1] = line[:start] + new + line[start + len(old) :]
        return "\n".join(lines)

    def without_line(self, span: Span) -> str:
        """Return the text without one line."""
        lines = self.text.split("\n")
        del lines[span.line - 1]
        return "\n".join(lines)

    def mutant(self, title: str, cell: Cell, new: str, *codes: str, at: Cell | Span | None = None) -> Mutant:
        """Return a mutant that differs in one cell; the finding is expected there unless said otherwise."""
        where = cell.span if at is None else at.span if isinstance(at, Cell) else at
        return Mutant(f"{title}: {cell.text} -> {new}", self.record.id, self.with_cell(cell, new), codes, where.line)


Maker = Callable[[Source], Iterator[Mutant]]


def shifted(text: str, by: str) -> str:
    """Return a printed number plus something, printed alike."""
    percent = text.endswith("%")
    bare = text.removesuffix("%")
    number = Decimal(bare.replace(",", "")) + Decimal(by)
    places = len(bare.partition(".")[2])
    return (
        f"{number:,.{places}f}{'%' if percent else ''}"
        if "," in bare
        else f"{number:.{places}f}{'%' if percent else ''}"
    )


def numeric(row: FundingRow, identifier: str) -> Cell | None:
    """Return a cell of the money block where it prints a number."""
    cell = row.cells.get(identifier)
    return cell if cell is not None and cell.number is not None else None


def scored(record: Record) -> Iterator[Indicator]:
    """Yield the rows with points and a score."""
    for row in record.indicators:
        if {"points", "score"} <= row.cells.keys() and row.cells["points"].number and row.cells["score"].text:
            yield row


def total_row(record: Record) -> FundingRow | None:
    """Return the row of the money block that sums the others up."""
    rows = record.funding.rows if record.funding else ()
    return next((row for row in rows if row.label in ("年度资金总额", "年度资金申请总额")), None)


def quantity_of(cell: Cell) -> Quantity | None:
    """Return the number with its unit that a cell holds."""
    value = parse_value(cell.text)
    return value if isinstance(value, Quantity) else None


def with_number(cell: Cell, number: Decimal) -> str:
    """Return a value with another number, printed alike."""
    value = quantity_of(cell)
    assert value is not None
    places = len(value.number_text.partition(".")[2])
    text = f"{number:.{places}f}"
    layout = value.layout
    return replace(value, number=Decimal(text), number_text=text, layout=layout).text


def one_of(rows: Sequence[Indicator], name: str) -> Indicator:
    """Return the row of a name."""
    return next(row for row in rows if row.name == name)


def sum_of(record: Record, identifier: str) -> Decimal:
    """Return the sum of a column of the indicator table."""
    return exact_sum(row.cells[identifier].number or Decimal(0) for row in record.indicators if identifier in row.cells)


# Money -------------------------------------------------------------------------------------------------------------


def wrong_rates(source: Source) -> Iterator[Mutant]:
    """A rate that its amounts do not give."""
    for row in _money_rows(source.record):
        rate = numeric(row, "execution_rate")
        if rate is not None and {"adjusted_budget", "executed"} <= row.cells.keys():
            for by in ("0.30", "-1.10", "-20.00"):
                yield source.mutant(f"{row.label} rate", rate, shifted(rate.text, by), "BUD001")


def wrong_amounts(source: Source) -> Iterator[Mutant]:
    """One digit of an amount misprinted: the total no longer is the sum of its sources."""
    whole = total_row(source.record)
    if whole is None:
        return
    for row in _money_rows(source.record):
        if row.group != whole.group:
            continue
        for column in ("amount", "initial_budget", "adjusted_budget", "executed"):
            cell = numeric(row, column)
            printed = numeric(whole, column)
            if cell is None or printed is None or not cell.number:
                continue
            for by in ("1.00", "-0.50") if "." in cell.text else ("1",):
                yield source.mutant(
                    f"{row.label} {column}", cell, shifted(cell.text, by), "BUD010", "BUD011", at=printed
                )


def wrong_execution_scores(source: Source) -> Iterator[Mutant]:
    """A score of execution that rate and points do not give."""
    for row in _money_rows(source.record):
        score = numeric(row, "score")
        if score is not None:
            for by in ("-0.50", "-2.00"):
                yield source.mutant("execution score", score, shifted(score.text, by), "BUD002")


def overspending(source: Source) -> Iterator[Mutant]:
    """More spent than there was."""
    for row in _money_rows(source.record):
        executed, budget = numeric(row, "executed"), numeric(row, "adjusted_budget")
        if executed is not None and budget is not None and budget.number:
            yield source.mutant(f"{row.label} overspent", executed, shifted(budget.text, "9.00"), "BUD020")


def _money_rows(record: Record) -> tuple[FundingRow, ...]:
    return record.funding.rows if record.funding else ()


# Points and scores -------------------------------------------------------------------------------------------------


def scores_above_points(source: Source) -> Iterator[Mutant]:
    """A score higher than its points."""
    for row in scored(source.record):
        score, points = row.cells["score"], row.cells["points"]
        yield source.mutant(f"{row.name} score", score, shifted(points.text, "1"), "SCO004")


def wrong_totals(source: Source) -> Iterator[Mutant]:
    """A total that its rows do not give."""
    total = source.record.total
    if "score" in total:
        for by in ("0.50", "-1.00", "-9.00"):
            yield source.mutant("total score", total["score"], shifted(total["score"].text, by), "SCO003")
    if "points" in total:
        yield source.mutant("total points", total["points"], shifted(total["points"].text, "-10"), "SCO001")


def scores_changed_alone(source: Source) -> Iterator[Mutant]:
    """A row rescored, the total left as it was."""
    total = source.record.total.get("score")
    for row in scored(source.record):
        score = row.cells["score"]
        if total is not None and score.number:
            yield source.mutant(f"{row.name} rescored", score, shifted(score.text, "-1"), "SCO003", at=total)


def points_changed_alone(source: Source) -> Iterator[Mutant]:
    """Points of a row changed, the total left as it was."""
    total = source.record.total.get("points")
    for row in scored(source.record):
        if total is not None:
            yield source.mutant(
                f"{row.name} points", row.cells["points"], shifted(row.cells["points"].text, "2"), "SCO001", at=total
            )


def wrong_grades(source: Source) -> Iterator[Mutant]:
    """A grade that the total does not earn."""
    grade = source.record.head.get("grade")
    for word in ("良", "中", "差"):
        if grade is not None:
            yield source.mutant("grade", grade, word, "SCO013")


def wrong_weights(source: Source) -> Iterator[Mutant]:
    """A level 1 weight that its rows do not give."""
    for label, weight in source.record.level1_weights.items():
        if label != "合计":
            yield source.mutant(f"weight of {label}", weight, shifted(weight.text, "5"), "SCO007")
        else:
            yield source.mutant("sum of weights", weight, shifted(weight.text, "5"), "SCO008")


# Single rows -------------------------------------------------------------------------------------------------------


def missed_with_full_score(source: Source) -> Iterator[Mutant]:
    """A result short of its target that scores full all the same."""
    for row in scored(source.record):
        target, actual = row.cells["target"], row.cells["actual"]
        value, wanted = quantity_of(actual), quantity_of(target)
        if value is None or wanted is None or wanted.comparator is None or not wanted.number:
            continue
        if row.cells["score"].number != row.cells["points"].number:
            continue
        if wanted.comparator.value in "≥>":
            yield source.mutant(
                f"{row.name} missed",
                actual,
                with_number(actual, wanted.number * Decimal("0.7")),
                "IND001",
                at=row.cells["score"],
            )
        elif wanted.comparator.value in "≤<":
            yield source.mutant(
                f"{row.name} exceeded",
                actual,
                with_number(actual, wanted.number * Decimal("1.4")),
                "IND001",
                at=row.cells["score"],
            )


def unexplained_losses(source: Source) -> Iterator[Mutant]:
    """The reason of a row that lost points taken out."""
    for row in scored(source.record):
        reason = row.cells.get("deviation_reason")
        if reason is not None and reason.text:
            where = row.cells["score"].span
            line = where.line - 1 if reason.span.line < where.line else where.line
            text = source.without_line(reason.span)
            lines = (line, _line_of(row.cells["actual"], reason))
            yield Mutant(
                f"{row.name} without reason", source.record.id, text, ("IND020", "IND021"), min(lines), also=max(lines)
            )


def _line_of(cell: Cell, removed: Cell) -> int:
    return cell.span.line - (removed.span.line < cell.span.line)


def other_units(source: Source) -> Iterator[Mutant]:
    """A result in another unit than its target."""
    for row in scored(source.record):
        actual, target = row.cells["actual"], row.cells["target"]
        value, wanted = quantity_of(actual), quantity_of(target)
        if value is None or wanted is None or not value.unit or value.unit == "%":
            continue
        yield source.mutant(f"{row.name} unit", actual, actual.text.replace(value.unit, "吨"), "IND031")


def bounds_for_results(source: Source) -> Iterator[Mutant]:
    """A bound where a measured result belongs."""
    for row in scored(source.record):
        actual = row.cells["actual"]
        value = quantity_of(actual)
        if value is not None and value.comparator is None:
            yield source.mutant(f"{row.name} bound", actual, f'"≥{actual.text}"', "IND022", "IND023")


def words_for_numbers(source: Source) -> Iterator[Mutant]:
    """A word where a number or a date was promised."""
    for row in scored(source.record):
        target, actual = row.cells["target"], row.cells["actual"]
        if quantity_of(target) is not None and actual.text:
            yield source.mutant(f"{row.name} word", actual, "达成指标", "IND027")


def blanks(source: Source) -> Iterator[Mutant]:
    """A target or a result left blank."""
    for row in scored(source.record):
        yield source.mutant(f"{row.name} no result", row.cells["actual"], '""', "IND029")
        yield source.mutant(f"{row.name} no target", row.cells["target"], '""', "IND038")


def impossible_shares(source: Source) -> Iterator[Mutant]:
    """More than all of something."""
    for row in scored(source.record):
        actual = row.cells["actual"]
        value = quantity_of(actual)
        if value is not None and value.unit == "%" and row.name.endswith(("合格率", "满意度", "上岗率")):
            yield source.mutant(f"{row.name} above 100", actual, with_number(actual, Decimal(131)), "IND036")


def names_twice(source: Source) -> Iterator[Mutant]:
    """Two rows of one name under one heading."""
    rows = source.record.indicators
    for one, other in pairwise(rows):
        if one.path == other.path and one.name and other.name:
            place = Cell(other.name, _name_span(source, other))
            yield source.mutant(f"{other.name} renamed", place, one.name, "IND056")


def _name_span(source: Source, row: Indicator) -> Span:
    line = source.text.split("\n")[row.span.line - 1]
    return Span(row.span.line, line.index(row.name) + 1)


def wrong_years(source: Source) -> Iterator[Mutant]:
    """A year printed below the title, or a deadline, of another year."""
    year = str(source.record.fiscal_year)
    period = source.record.head.get("period")
    if period is not None and year in period.text:
        yield source.mutant("period", period, period.text.replace(year, "2019"), "REC041")
    for row in source.record.indicators:
        target = row.cells.get("target")
        if target is not None and target.text.startswith(f"{year}年"):
            yield source.mutant(f"{row.name} deadline", target, target.text.replace(year, "2019"), "IND044")
    start, end = source.record.head.get("planned_start"), source.record.head.get("planned_end")
    if start is not None and end is not None:
        yield source.mutant("end before start", end, f"{source.record.fiscal_year - 1}-12-31", "IND041", "IND042")


# Texts -------------------------------------------------------------------------------------------------------------

CITIZEN_ID = "11010519491231002X"
"""The example of GB 11643; its checksum is right."""
BANK_CARD = "6222020200112230228"
"""Made up; only its check digit is right."""
MOBILE = "13812345678"


def texts_spoilt(source: Source) -> Iterator[Mutant]:
    """What conversion leaves behind, in the names of rows."""
    for row in source.record.indicators[:6]:
        if not row.name:
            continue
        place = Cell(row.name, _name_span(source, row))
        half = len(row.name) // 2
        yield source.mutant(
            f"{row.name} page mark", place, f"{row.name[:half]}- 1 -{row.name[half:]}", "PRO005", at=row.span
        )
        yield source.mutant(
            f"{row.name} invisible", place, f'"{row.name[:half]}\\u200b{row.name[half:]}"', "PRO008", at=row.span
        )
        yield source.mutant(f"{row.name} markup", place, f"<b>{row.name}</b>", "PRO009", at=row.span)
        yield source.mutant(f"{row.name} lost", place, f"{row.name[:half]}�{row.name[half:]}", "PRO007", at=row.span)
        yield source.mutant(f"{row.name} bracket", place, f"{row.name}（补", "PRO010", at=row.span)


def letters_among_digits(source: Source) -> Iterator[Mutant]:
    """A zero read as the letter O."""
    for row in scored(source.record):
        target = row.cells["target"]
        if quantity_of(target) is not None and "0" in target.text[2:]:
            place = target.text.index("0", 2)
            spoilt = f"{target.text[:place]}O{target.text[place + 1 :]}"
            yield source.mutant(f"{row.name} letter", target, spoilt, "PRO003")


def cells_run_together(source: Source) -> Iterator[Mutant]:
    """Target and result in one cell, as where a conversion lost the line between them."""
    for row in scored(source.record):
        target, actual = row.cells["target"], row.cells["actual"]
        value, wanted = quantity_of(actual), quantity_of(target)
        if value is not None and wanted is not None and value.unit and value.unit == wanted.unit:
            yield source.mutant(f"{row.name} run together", target, f"{target.text}{actual.text}", "PRO004")


def personal_data(source: Source) -> Iterator[Mutant]:
    """Personal data in cells."""
    for identifier in ("implementing_unit", "competent_department", "evaluated_department"):
        cell = source.record.head.get(identifier)
        if cell is None:
            continue
        yield source.mutant(f"{identifier} id", cell, f"{cell.text}（{CITIZEN_ID}）", "PRI001")
        yield source.mutant(f"{identifier} card", cell, f"{cell.text} {BANK_CARD}", "PRI003")
        yield source.mutant(f"{identifier} mobile", cell, f"{cell.text} {MOBILE}", "PRI002")


# Other records -----------------------------------------------------------------------------------------------------


def weakened_targets(source: Source) -> Iterator[Mutant]:
    """A target that was declared higher."""
    if source.record.id != "2024/shili/peixun":
        return
    for row in scored(source.record):
        target = row.cells["target"]
        wanted = quantity_of(target)
        if wanted is not None and wanted.comparator is not None:
            factor = Decimal("0.8") if wanted.comparator.value in "≥>" else Decimal("1.3")
            yield source.mutant(f"{row.name} weakened", target, with_number(target, wanted.number * factor), "XRF006")


def dropped_indicators(source: Source) -> Iterator[Mutant]:
    """An indicator of the declaration that nobody reports on."""
    if source.record.id != "2024/shili/peixun":
        return
    for row in scored(source.record):
        place = Cell(row.name, _name_span(source, row))
        yield source.mutant(
            f"{row.name} dropped", place, "另一件完全无关的事", "XRF007", at=source.record.keys["indicators"]
        )


def other_amounts_applied_for(source: Source) -> Iterator[Mutant]:
    """An initial budget that was not applied for."""
    row = total_row(source.record)
    if source.record.id == "2024/shili/peixun" and row is not None:
        cell = row.cells["initial_budget"]
        for by in ("1.00", "-3.00"):
            yield source.mutant("initial budget", cell, shifted(cell.text, by), "XRF005")


MAKERS: tuple[Maker, ...] = (
    wrong_rates, wrong_amounts, wrong_execution_scores, overspending, scores_above_points, wrong_totals,
    scores_changed_alone, points_changed_alone, wrong_grades, wrong_weights, missed_with_full_score, unexplained_losses,
    other_units, bounds_for_results, words_for_numbers, blanks, impossible_shares, names_twice, wrong_years,
    texts_spoilt, letters_among_digits, cells_run_together, personal_data, weakened_targets, dropped_indicators, other_amounts_applied_for,
)  # fmt: skip


def make_mutants(sources: Sequence[Source]) -> Iterator[Mutant]:
    """Yield every mutant of every clean record."""
    for make in MAKERS:
        for source in sources:
            yield from (mutant._replace(title=f"{make.__name__}: {mutant.title}") for mutant in make(source))
