"""The list of what became of all indicators that target declarations promised."""

from msgspec import Struct

from generator.plan import urls
from generator.plan.choices import Choice, choice
from generator.plan.contexts import Entry
from generator.plan.long_list import Extent, LongList
from generator.plan.promise_view import ChangeCount, broken_first, change_counts
from generator.plan.promises import CHANGES, ORDER, PromiseRow
from generator.plan.rows import Link


class PromisesContext(Struct, frozen=True):
    """pages/promises.html: every indicator that was declared or reported, what was not kept first."""

    heading: str
    rows: tuple[PromiseRow, ...]
    parts: tuple[Entry, ...]
    total: int
    evaluations: int
    """How many self-evaluations are compared with a declaration."""
    counts: tuple[ChangeCount, ...]
    choices: tuple[Choice, ...]
    files: tuple[Link, ...]
    """The same rows to download."""


def _promises(extent: Extent, rows: tuple[PromiseRow, ...], parts: tuple[Entry, ...]) -> PromisesContext:
    ordered = broken_first(rows)
    titles = {change.value: CHANGES[change][0] for change in ORDER if change in extent.tally.changes}
    return PromisesContext(
        heading=extent.heading,
        rows=ordered,
        parts=parts,
        total=extent.tally.promises,
        evaluations=extent.tally.answering,
        counts=change_counts(extent.tally.changes),
        choices=(choice("change", "变化", titles, ((row.change.value,) for row in ordered)),)
        if len(titles) > 1
        else (),
        files=extent.files,
    )


PROMISES = LongList(
    urls.PROMISES, "承诺与结果", "同一项目、同一年度，绩效目标申报表定的指标在自评表里怎样了：逐项对照，改动的在前。",
    "promises", "promises", lambda one: one.promises, _promises,
)  # fmt: skip
"""The list of what became of all declared indicators; every unit that has any has a page of its own."""
