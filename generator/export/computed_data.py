"""What is computed from a record as a whole, as plain data."""

from generator.export import words
from generator.export.plain import Data, Row, exact, in_whole_cents, number_of, printed, yes_or_no
from generator.model.amounts import Amount, MainAmounts
from generator.plan.budget_change import change_of, has_budget, is_halved_and_spent
from generator.plan.rows import Lines, RecordRow

_MAIN_AMOUNTS = tuple(term.identifier for term in words.MAIN_AMOUNTS)


def computed_data(lines: Lines) -> Row:
    """Return a record's main amounts, its execution, and what its rows and findings come to."""
    row, amounts = lines.row, lines.row.amounts
    adjustment = None if amounts.adjustment is None else in_whole_cents(amounts.adjustment)
    rate, lost = exact(amounts.computed_execution_rate), None if row.lost_unknown else exact(row.lost)
    counts = {"deviations": row.deviations, "findings": row.findings, "contradictions": row.contradictions}
    counts["missed"] = row.missed
    boards = _for_boards(row)
    main, printed_rate = _main_amounts(amounts), printed(amounts.execution_rate)
    data = {
        "execution_rate": rate,
        "adjustment": None if adjustment is None else number_of(adjustment),
        "points_lost": lost,
        **counts,
        **boards,
        "amounts": main.data,
        "printed_execution_rate": printed_rate,
    }
    values = {
        "execution_rate": printed_rate,
        "computed_execution_rate": rate,
        "computed_adjustment": adjustment,
        "computed_points_lost": lost,
        **{f"computed_{name}": str(count) for name, count in counts.items()},
        **{f"computed_{name}": text for name, text in boards.items()},
        "adjustment_reason": printed(amounts.adjustment_reason),
    }
    return Row(data, {**main.values, **values})


def _for_boards(row: RecordRow) -> dict[str, str | None]:
    """Return what became of the budget, and whether the form has full marks."""
    amounts, is_evaluation = row.amounts, has_budget(row)
    is_known = is_evaluation and None not in (amounts.initial_budget, amounts.adjusted_budget, amounts.executed)
    return {
        "adjustment_rate": exact(amounts.adjustment_rate),
        "initial_execution_rate": exact(amounts.initial_execution_rate),
        "budget_change": change_of(amounts).value if is_evaluation else None,
        "halved_and_spent": yes_or_no(is_halved_and_spent(amounts)) if is_known else None,
        "full_marks": row.full_marks.value or None,
    }


def index_data(record: Data, lines: Lines) -> Data:
    """Return what the list of all records tells of one, whose whole data is `record`."""
    row, computed = lines.row, record["computed"]
    return {
        "id": record["id"],
        "name": row.name,
        **{key: record[key] for key in ("fiscal_year", "unit", "department", "form", "record_type", "url", "json_url")},
        "budget_yuan": _yuan(row.budget),
        "executed_yuan": _yuan(row.amounts.executed),
        **{key: record[key] for key in ("total_score", "grade")},
        **{key: computed[key] for key in ("points_lost", "findings", "contradictions")},
    }


def _yuan(amount: Amount | None) -> object:
    return None if amount is None else number_of(in_whole_cents(amount.yuan))


def _main_amounts(amounts: MainAmounts) -> Row:
    data: Data = {}
    values: dict[str, str | None] = {}
    for identifier in _MAIN_AMOUNTS:
        amount: Amount | None = getattr(amounts, identifier)
        data[identifier] = None
        if amount is not None:
            yuan = in_whole_cents(amount.yuan)
            data[identifier] = {"printed": amount.printed or None, "yuan": number_of(yuan), "summed": amount.computed}
            values |= {identifier: amount.printed, f"{identifier}_yuan": yuan}
    return Row(data, values)
