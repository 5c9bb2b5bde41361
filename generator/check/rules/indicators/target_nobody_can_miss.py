"""IND052: a target that any result meets."""

from collections.abc import Iterator
from decimal import Decimal

from generator.check.levels import Level2
from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rows.indicator_rows import target_spot
from generator.check.rows.row_groups import row_groups
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.values import Comparator, Quantity

_NONE, _ALL = Decimal(0), Decimal(100)
_BOUNDS = (Comparator.GE, Comparator.LE)
_FLOOR = Comparator.GE
_QUANTITY = Level2.QUANTITY


@rule(
    "IND052",
    "target-nobody-can-miss",
    reads="indicator.adjusted_target indicator.initial_target indicator.target",
    severity=Severity.WARNING,
    nature=Nature.QUESTION,
    basis=(PRACTICE,),
    formula="指标值不是 ≥0，占比不是 ≤100%",
    otherwise="没有一行的指标值是下限，或占比的上限",
)
def target_nobody_can_miss(subject: Subject) -> Iterator[Verdict]:
    """指标值怎样都能达到。

    次数、人数和占比不会小于零，占比不会大于 100%：“≥0次”“≤100%”做不做都算完成，等于没有目标。
    成本、增长、执行率等可以超过 100% 或小于零的不算。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 讲座次数, 年度指标值: ≥0次}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 讲座次数, 年度指标值: ≥12次}
    """
    for row in row_groups(subject).numbers:
        target = row.target
        if not isinstance(target, Quantity) or target.comparator not in _BOUNDS:
            continue
        is_floor = target.comparator is _FLOOR
        share = target.normalised_unit == "%" and row.words.is_share
        if is_floor and not (row.level2 is _QUANTITY or share):
            continue
        if not is_floor and not share:
            continue
        if target.number != (_NONE if is_floor else _ALL) or row.words.wants_ceiling:
            yield PASSED
            continue
        yield failed(
            target_spot(row),
            f"“{row.name}”的指标值怎样都能达到，是不是写错了",
            found=row.target_cell.text,
            expected="做不到就达不到的目标，例如 ≥12次、≥90%",
            hint="按计划的工作量设定指标值；符号写反的改正符号",
        )
