"""What many records amount to: counts and exact sums that can be added up without looking at the records again."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from operator import attrgetter

from msgspec import Struct

from generator.check.across.targets import Change
from generator.check.outcome import Outcome
from generator.money import exact_sum
from generator.plan.budget_change import has_budget, is_halved_and_spent
from generator.plan.charts import RATE_CLASSES, rate_class
from generator.plan.listed import ListedRecord
from generator.plan.promises import CHANGES, count_changes
from generator.plan.rows import Lines, RecordRow

_NOTHING = Decimal(0)
_FULL = 100


class Money(Struct, frozen=True, array_like=True, gc=False):
    """The money of the records of one kind of form, in yuan."""

    records: int = 0
    budgets: int = 0
    """How many print a budget, or the amount applied for."""
    budget: Decimal = _NOTHING
    executions: int = 0
    """How many print what was executed."""
    executed: Decimal = _NOTHING
    both: int = 0
    """How many print the adjusted budget and what was executed of it."""
    both_budget: Decimal = _NOTHING
    both_executed: Decimal = _NOTHING


class Tally(Struct, frozen=True, array_like=True, gc=False):
    """Counts and sums over some records."""

    records: int = 0
    money: dict[str, Money] = {}
    """By kind of form, for sums over several kinds would count money twice."""
    scores: tuple[tuple[Decimal, int], ...] = ()
    """Printed totals of forms scored out of 100 and how often each occurs, lowest first; other scales do not compare."""
    rates: tuple[int, ...] = ()
    """How many records executed their budget to which rate, by `charts.RATE_CLASSES`; empty where none prints both."""
    indicators: int = 0
    deviations: int = 0
    unexplained: int = 0
    """Deviations without a reason printed."""
    findings: int = 0
    """Findings that are shown and not waived."""
    listed_findings: int = 0
    """Findings that are shown, waived ones too."""
    contradicting: int = 0
    """Records that contradict themselves."""
    with_findings: int = 0
    """Records that a shown finding is about, waived or not."""
    undecided: int = 0
    """Records that left a rule that is shown undecided."""
    answering: int = 0
    """Self-evaluations whose indicators are compared with those that were declared."""
    changes: dict[Change, int] = {}
    """How many of these indicators ended how; what does not occur is missing."""
    budgets: int = 0
    """Records whose budget can have changed."""
    halved: int = 0
    """Those of them that lost half of it and executed the rest almost in full."""
    full_marks: int = 0
    """Records that give themselves every point."""
    full_marks_missed: int = 0
    """Those of them of which a row missed its target."""
    missed: int = 0
    """Rows that missed their target."""
    missed_unpunished: int = 0
    """Those of them that got all their points all the same."""
    corrections: int = 0
    """Figures that were changed after they had been published."""
    corrected: int = 0
    """Records of which any was."""

    @property
    def promises(self) -> int:
        """How many indicators are compared with what was declared."""
        return sum(self.changes.values())


def tally_of(found: Iterable[ListedRecord]) -> Tally:
    """Count some records."""
    return total(map(_tally, found))


def _tally(one: ListedRecord) -> Tally:
    row = one.row
    score = row.total_score.number if row.full_score == _FULL else None
    return Tally(
        records=1,
        money={row.record_type: _money(row)},
        scores=() if score is None else ((score, 1),),
        rates=_rates(row.amounts.computed_execution_rate),
        indicators=one.indicators,
        deviations=row.deviations,
        unexplained=sum(1 for deviation in one.deviations if not deviation.is_explained),
        findings=row.findings,
        listed_findings=len(one.findings),
        contradicting=int(row.contradictions > 0),
        with_findings=int(bool(one.findings)),
        undecided=int(one.is_undecided),
        answering=int(bool(one.promises)),
        changes=count_changes(one.promises),
        budgets=int(has_budget(row)),
        halved=int(has_budget(row) and is_halved_and_spent(row.amounts)),
        full_marks=int(bool(row.full_marks)),
        full_marks_missed=int(bool(row.full_marks) and row.missed > 0),
        missed=row.missed,
        missed_unpunished=sum(1 for deviation in one.deviations if deviation.is_unpunished),
        corrections=len(one.corrections),
        corrected=int(bool(one.corrections)),
    )


def _rates(rate: Decimal | None) -> tuple[int, ...]:
    return () if rate is None else _COUNTED_ONCE[rate_class(rate)]


_COUNTED_ONCE = tuple(
    tuple(int(one == place) for one in range(len(RATE_CLASSES))) for place in range(len(RATE_CLASSES))
)


def _money(row: RecordRow) -> Money:
    budget, amounts = row.budget, row.amounts
    executed = amounts.executed.yuan if amounts.executed else _NOTHING
    adjusted = amounts.adjusted_budget.yuan if amounts.adjusted_budget else _NOTHING
    both = amounts.executed is not None and amounts.adjusted_budget is not None
    return Money(
        records=1,
        budgets=int(budget is not None),
        budget=budget.yuan if budget else _NOTHING,
        executions=int(amounts.executed is not None),
        executed=executed,
        both=int(both),
        both_budget=adjusted if both else _NOTHING,
        both_executed=executed if both else _NOTHING,
    )


def total(tallies: Iterable[Tally]) -> Tally:
    """Add tallies up; the sum of none has no records."""
    found = tuple(tallies)
    if len(found) == 1:
        return found[0]
    # Plain dictionaries: a page of the whole site adds up more than ten thousand scores.
    scores: dict[Decimal, int] = {}
    changes: dict[Change, int] = {}
    money: dict[str, list[Money]] = {}
    for one in found:
        for kind, amounts in one.money.items():
            money.setdefault(kind, []).append(amounts)
        for score, count in one.scores:
            scores[score] = scores.get(score, 0) + count
        for change, count in one.changes.items():
            changes[change] = changes.get(change, 0) + count
    return Tally(
        money={kind: _total_money(amounts) for kind, amounts in sorted(money.items())},
        scores=tuple(sorted(scores.items())),
        rates=tuple(map(sum, zip(*(one.rates for one in found if one.rates), strict=True))),
        changes={change: changes[change] for change in CHANGES if changes.get(change)},
        **dict(zip(_COUNTS, map(sum, zip(_NONE, *map(_counts_of, found), strict=True)), strict=True)),
    )


_COUNTS = tuple(name for name in Tally.__struct_fields__ if name not in ("money", "scores", "rates", "changes"))
_NONE = (0,) * len(_COUNTS)
_counts_of = attrgetter(*_COUNTS)


def _total_money(found: Sequence[Money]) -> Money:
    return Money(
        sum([one.records for one in found]),
        sum([one.budgets for one in found]),
        exact_sum([one.budget for one in found]),
        sum([one.executions for one in found]),
        exact_sum([one.executed for one in found]),
        sum([one.both for one in found]),
        exact_sum([one.both_budget for one in found]),
        exact_sum([one.both_executed for one in found]),
    )


OUTCOMES = tuple(Outcome)


def outcome_counts(found: Iterable[Lines], codes: Sequence[str]) -> tuple[int, ...]:
    """Count how each rule ended on some records: for each code in turn, one number for each of `OUTCOMES`."""
    counts = Counter((ledger.code, ledger.outcome) for lines in found for ledger in lines.check.ledger)
    return tuple(counts[code, outcome] for code in codes for outcome in OUTCOMES)
