"""IND054: a target changed during the year to exactly what was reached."""

from collections.abc import Iterator
from itertools import combinations

from generator.check.levels import Level1, Level2
from generator.check.outcome import PASSED, Verdict, failed, insufficient, not_applicable
from generator.check.rows.indicator_names import names_a_cost, wants_ceiling
from generator.check.rows.indicator_rows import has_unreadable_reason, is_explained, unreadable_reason
from generator.check.rows.indicator_units import units_clash
from generator.check.rows.row_facts import is_bound
from generator.check.rows.row_groups import row_groups
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Row, Subject
from generator.finding import Severity
from generator.model.values import Comparator, Quantity, parse_value

_COLUMNS = ("initial_target", "adjusted_target", "actual")


@rule(
    "IND054",
    "target-adjusted-to-result",
    reads="indicator.actual indicator.adjusted_target indicator.initial_target",
    severity=Severity.NOTE,
    nature=Nature.QUESTION,
    basis=(PRACTICE,),
    formula="调整后指标值低于年初指标值时，不应恰好等于实际完成值",
    otherwise="表样没有同时印出年初和调整后的指标值",
)
def target_adjusted_to_result(subject: Subject) -> Iterator[Verdict]:
    """指标值年中调低，调到的恰好是最后完成的数。

    目标调整应在执行中按程序批复，而不是年底照结果改。调低以后一分不差，要问一句调整在前还是结果在前。
    上限、成本一类调低是从严，单位不同的不能比，都不判断。

    反例：
        表样: 部门整体绩效自评表
        版式: 通用
        绩效指标:
          - {指标名称: 站点数, 计量单位: 个, 指标性质: ≥, 年初指标值: 5, 调整后指标值: 3, 全年完成值: 3}
    正例：
        表样: 部门整体绩效自评表
        版式: 通用
        绩效指标:
          - {指标名称: 站点数, 计量单位: 个, 指标性质: ≥, 年初指标值: 5, 调整后指标值: 4, 全年完成值: 3}
    """
    for row in subject.scored if "adjusted_target" in row_groups(subject).columns else ():
        if row.has("initial_target") and row.has("adjusted_target"):
            yield from _judged(subject, row)


def _judged(subject: Subject, row: Row) -> Iterator[Verdict]:
    initial, adjusted = row.cell("initial_target"), row.cell("adjusted_target")
    before, after, actual = parse_value(initial.text), parse_value(adjusted.text), row.actual
    unreadable = [key for key in _COLUMNS if row.cell(key).unreadable]
    if len(unreadable) + sum(isinstance(value, Quantity) for value in (before, after, actual)) < len(_COLUMNS):
        return
    if unreadable:
        yield insufficient(row.spot(unreadable[0]), f"“{row.name}”的年初、调整后指标值或完成值无法辨认")
        return
    if not isinstance(before, Quantity) or not isinstance(after, Quantity) or not isinstance(actual, Quantity):
        return
    if _is_ceiling(row):
        yield not_applicable(f"“{row.name}”的指标值是上限或成本，调低是从严")
        return
    units = (before.normalised_unit, after.normalised_unit, actual.normalised_unit)
    if any(units_clash(one, other) for one, other in combinations(units, 2)):
        yield insufficient(row.spot("adjusted_target"), f"“{row.name}”的年初、调整后指标值和完成值单位不同，不能比较")
    elif (
        before.amount <= after.amount or actual.amount != after.amount or is_bound(actual) or is_explained(subject, row)
    ):
        yield PASSED
    elif has_unreadable_reason(subject, row):
        yield unreadable_reason(row)
    else:
        yield failed(
            row.spot("adjusted_target"),
            f"“{row.name}”的指标值从 {initial.text} 调低到 {adjusted.text}，恰好等于完成值，是按结果改的吗",
            found=adjusted.text,
            expected=f"年初的 {initial.text}，或执行中批复的调整数",
            hint="在说明里写明调整的时间和批复文件",
        )


def _is_ceiling(row: Row) -> bool:
    """Tell whether less is stricter: an upper limit, a cost, or a count of what is not wished for."""
    if isinstance(row.target, Quantity) and row.target.comparator in (Comparator.LE, Comparator.LT):
        return True
    is_cost = row.level1 is Level1.COST or row.level2 is Level2.COST or names_a_cost(row.name)
    return is_cost or wants_ceiling(row.name)
