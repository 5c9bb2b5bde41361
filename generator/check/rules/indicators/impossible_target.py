"""IND037: a target that no result can reach, for its bounds contradict each other."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rows.indicator_bounds import contradiction_in
from generator.check.rows.indicator_rows import target_spot
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Row, Subject
from generator.finding import Severity
from generator.model.values import FreeText, Quantity, Range, parse_value


@rule(
    "IND037",
    "impossible-target",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(FORM,),
    formula="下限 ≤ 上限；一个界限只有一个比较符号",
    otherwise="没有一行的指标值是数或区间",
)
def impossible_target(subject: Subject) -> Iterator[Verdict]:
    """指标值自相矛盾：下限大于上限，或两个比较符号不一致。

    这样的目标无法判断完成与否，多是抄写时颠倒或多写了符号。
    印有“指标性质”一栏的表，还核对该栏的符号与指标值里的符号是否一致。

    反例：
        绩效指标:
          产出指标:
            质量指标:
              - {三级指标: 验收合格率, 年度指标值: 100%-95%}
    正例：
        绩效指标:
          产出指标:
            质量指标:
              - {三级指标: 验收合格率, 年度指标值: 95%-100%}
    """
    for row in subject.scored:
        if row.target_cell.unreadable:
            yield insufficient(target_spot(row), f"“{row.name}”的指标值无法辨认")
            continue
        why = contradiction_in(row.target_cell.text) if isinstance(row.target, FreeText) else ""
        if not why and row.values.printed.nature:
            why = _other_sign(row)
        if why:
            yield failed(
                target_spot(row),
                f"“{row.name}”的指标值{why}",
                found=row.target_cell.text,
                expected="一个界限，或下限在前、上限在后的区间",
                hint="查申报时的目标，改正抄颠倒或多写的部分",
            )
        elif isinstance(row.target, (Quantity, Range)):
            yield PASSED


def _other_sign(row: Row) -> str:
    """Return what is wrong where the column for the comparator and the target itself name different ones."""
    sign = row.cell("nature").text
    if not sign or not isinstance(row.target, Quantity):
        return ""
    printed, column = parse_value(row.target_cell.text), parse_value(f"{sign}1")
    if not isinstance(printed, Quantity) or not isinstance(column, Quantity):
        return ""
    differs = printed.comparator is not None and printed.comparator is not column.comparator
    return f"与“指标性质”一栏的 {sign} 不一致" if differs and column.comparator else ""
