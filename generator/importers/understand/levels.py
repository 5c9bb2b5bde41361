"""The levels of indicators once all rows are read: rows that only name one, and the address of each row."""

from generator.importers.draft import Leftover
from generator.importers.understand.collect import Collected
from generator.model.records import Anchors


def give_anchors(form: Collected) -> dict[int, str]:
    """Return the anchor of each row: long-term rows first, as they are read."""
    anchors, found = Anchors(), {}
    for horizon in ("long_term", "annual"):
        for row in form.rows:
            if row.horizon == horizon:
                found[id(row)] = anchors.next(horizon, row.levels, row.name.text)
    return found


def settle_levels(form: Collected) -> None:
    """Drop rows that only name a level where other rows stand below it."""
    for number, row in enumerate(form.rows):
        if row.name.text or row.cells or row.extra:
            continue
        heir = next(
            (
                other
                for other in form.rows[number + 1 :]
                if other.horizon == row.horizon and other.levels[: len(row.levels)] == row.levels
            ),
            None,
        )
        if heir is not None:
            for depth, value in row.own_levels.items():
                if depth in heir.own_levels:
                    form.left.append(
                        Leftover(value.printed or value.text, value.place, "这一行只印了层次，没有填写指标")
                    )
                else:
                    heir.own_levels[depth] = value
            row.horizon = ""
    positions: dict[int, int] = {}
    kept = [row for row in form.rows if row.horizon]
    for new, row in enumerate(kept):
        positions[form.rows.index(row)] = new
    for row in kept:
        row.parent = positions.get(row.parent) if row.parent is not None else None
    form.rows[:] = kept
