"""IND034: an indicator called a rate whose target counts something."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rows.indicator_rows import target_spot
from generator.check.rows.indicator_units import unit_of
from generator.check.rows.row_groups import row_groups
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.values import CountedList, Quantity, Range

_RATES = frozenset({"%", "‰", "百分点", "个百分点", "倍", "分"})


@rule(
    "IND034",
    "rate-with-another-unit",
    reads="indicator.target",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(PRACTICE,),
    formula="名称以“率”结尾的指标，指标值以 % 计",
    otherwise="没有一行名称以“率”结尾而指标值有单位",
)
def rate_with_another_unit(subject: Subject) -> Iterator[Verdict]:
    """名称叫“率”，指标值却不是百分比。

    “课题调研完成率 ≥1 个”到底要完成几个、完成百分之几，说不清：名称和单位必有一个错。
    频率、效率、利率、周转率等本来不以百分比计的不算；每万人几件这样的比值、千分比、百分点也不算。
    用词作答的“率”由 IND035 提示。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 课题调研完成率, 年度指标值: ≥1.00(个)}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 课题调研完成率, 年度指标值: =100.00(%)}
    """
    for row in row_groups(subject).rates:
        if row.target_cell.unreadable:
            yield insufficient(target_spot(row), f"“{row.name}”的指标值无法辨认")
            continue
        unit = unit_of(row.target) if isinstance(row.target, (Quantity, Range, CountedList)) else ""
        if not unit:
            continue
        if "/" in unit or unit in _RATES:
            yield PASSED
            continue
        yield failed(
            target_spot(row),
            f"“{row.name}”叫“率”，指标值却以{unit}计",
            found=row.target_cell.text,
            expected="以 % 计的数",
            hint=f"改为百分比；如果本来要数{unit}，把名称改成“数”“量”",
        )
