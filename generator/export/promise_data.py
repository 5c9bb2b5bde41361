"""What became of a declared indicator, as a row of the CSV."""

from generator.export.csv_table import named
from generator.export.plain import Values, printed, yes_or_no
from generator.plan.promises import PromiseRow, PromiseSide


def promise_values(number: int, row: PromiseRow, site_url: str) -> Values:
    """Return one row; `number` is its place among those of its self-evaluation, from 1."""
    cells = {"actual": row.actual, "score": row.score, "deviation_reason": row.reason}
    values = {
        "number": str(number),
        "level1": row.levels[0] if row.levels else None,
        "level2": row.levels[1] if len(row.levels) > 1 else None,
        "levels": " › ".join(row.levels),
        "computed_change": row.change.value,
        "computed_change_reason": row.why,
        "computed_reworded": yes_or_no(row.is_reworded),
        "computed_reweighted": yes_or_no(row.is_reweighted),
        **_side("declared", row.declared, site_url),
        **_side("evaluated", row.evaluated, site_url),
        **{key: printed(cell) for key, cell in cells.items()},
        "computed_outcome": row.outcome.value if row.evaluated else None,
        "declaration_id": row.declaration,
    }
    unreadable = {key: cell.unreadable for key, cell in cells.items() if cell.unreadable}
    unreadable |= {**_unreadable("declared", row.declared), **_unreadable("evaluated", row.evaluated)}
    if unreadable:
        values["unreadable"] = named({_TITLES[key]: reason for key, reason in unreadable.items()})
    return values


def _side(which: str, side: PromiseSide | None, site_url: str) -> Values:
    if side is None:
        return {}
    return {
        f"{which}_name": side.name,
        f"{which}_target": printed(side.target),
        f"{which}_target_parts": named({label: printed(cell) for label, cell in side.beside}),
        f"{which}_points": printed(side.points),
        f"{which}_url": site_url + side.url,
    }


def _unreadable(which: str, side: PromiseSide | None) -> dict[str, str]:
    if side is None:
        return {}
    cells = {f"{which}_target": side.target, f"{which}_points": side.points}
    return {key: cell.unreadable for key, cell in cells.items() if cell.unreadable}


_TITLES = {
    "declared_target": "申报的指标值",
    "evaluated_target": "自评的指标值",
    "declared_points": "申报的分值",
    "evaluated_points": "自评的分值",
    "actual": "实际完成值",
    "score": "得分",
    "deviation_reason": "偏差原因",
}
