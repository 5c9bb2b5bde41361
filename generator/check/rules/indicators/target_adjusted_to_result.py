"""IND054: a target changed during the year to exactly what was reached."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, not_applicable
from generator.check.rows.indicator_rows import is_explained
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.values import Comparator, Quantity, parse_value


@rule(
    "IND054",
    "target-adjusted-to-result",
    severity=Severity.NOTE,
    nature=Nature.QUESTION,
    basis=(PRACTICE,),
    formula="调整后指标值低于年初指标值时，不应恰好等于实际完成值",
    otherwise="表样没有同时印出年初和调整后的指标值",
)
def target_adjusted_to_result(subject: Subject) -> Iterator[Verdict]:
    """指标值年中调低，调到的恰好是最后完成的数。

    目标调整应在执行中按程序批复，而不是年底照结果改。调低以后一分不差，要问一句调整在前还是结果在前。

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
    for row in subject.scored:
        initial, adjusted = row.cell("initial_target"), row.cell("adjusted_target")
        before, after = parse_value(initial.text), parse_value(adjusted.text)
        actual = row.actual
        if not isinstance(before, Quantity) or not isinstance(after, Quantity) or not isinstance(actual, Quantity):
            continue
        if isinstance(row.target, Quantity) and row.target.comparator in (Comparator.LE, Comparator.LT):
            yield not_applicable(f"“{row.name}”的指标值是上限，调低是从严")
            continue
        if before.amount <= after.amount or actual.amount != after.amount or is_explained(subject, row):
            yield PASSED
            continue
        yield failed(
            row.spot("adjusted_target"),
            f"“{row.name}”的指标值从 {initial.text} 调低到 {adjusted.text}，恰好等于完成值，是按结果改的吗",
            found=adjusted.text,
            expected=f"年初的 {initial.text}，或执行中批复的调整数",
            hint="在说明里写明调整的时间和批复文件",
        )
