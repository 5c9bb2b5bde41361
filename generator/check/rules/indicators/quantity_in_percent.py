"""IND048: a quantity indicator that counts nothing."""

from collections.abc import Iterator

from generator.check.levels import Level2
from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rows.indicator_rows import named_rows, target_spot
from generator.check.rows.indicator_units import is_percent
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.values import CountedList, Quantity, Range


@rule(
    "IND048",
    "quantity-in-percent",
    severity=Severity.NOTE,
    nature=Nature.METHOD,
    basis=(PRACTICE,),
    formula="数量指标的单位不是 %",
    otherwise="没有数量指标，或数量指标的指标值不是数",
)
def quantity_in_percent(subject: Subject) -> Iterator[Verdict]:
    """数量指标以百分比计，没有说做多少。

    数量指标回答“做了多少”：几次、几人、几处。百分比没有底数，“完成率 100%”可以是完成一件，也可以是完成一百件。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 设施维修完成率, 年度指标值: =100%}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 设施维修数量, 年度指标值: ≥30处}
    """
    for row in named_rows(subject):
        if row.level2 is not Level2.QUANTITY:
            continue
        if row.target_cell.unreadable:
            yield insufficient(target_spot(row), f"“{row.name}”的指标值无法辨认")
        elif not isinstance(row.target, (Quantity, Range, CountedList)):
            continue
        elif not is_percent(row.target):
            yield PASSED
        else:
            yield failed(
                target_spot(row),
                f"“{row.name}”是数量指标，却以百分比计",
                found=row.target_cell.text,
                expected="带数量单位的数，例如 ≥12次",
                hint="写明要做多少；确要考核比率的，放到质量或时效指标",
            )
