"""IND033: targets that are bare numbers."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rows.indicator_rows import named_rows, related, target_spot
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.values import Quantity
from generator.patterns import lazy_pattern
from generator.text import folded

_UNIT_IN_NAME = lazy_pattern(r"\([^()]+\)$")
_WITHOUT_UNIT = ("系数", "指数", "比值", "pH值", "PH值", "ph值")
"""How names end of what has no unit."""


@rule(
    "IND033",
    "target-without-unit",
    reads="indicator.adjusted_target indicator.initial_target indicator.target",
    severity=Severity.NOTE,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="数字指标值写明单位",
    otherwise="没有一行的指标值是数",
)
def target_without_unit(subject: Subject) -> Iterator[Verdict]:
    """指标值只有数，没有单位。

    “≥12”是 12 次、12 人还是 12%，读者只能猜。单位写在名称的括号里，或单独成栏的，不算；零和系数、指数没有单位，也不算。
    全表只提一次，指向第一处，其余各处列在后面。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 讲座, 年度指标值: ≥12}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 讲座, 年度指标值: ≥12场}
    """
    bare = []
    for row in named_rows(subject):
        if not isinstance(row.target, Quantity):
            continue
        if row.target.normalised_unit or not row.target.number or row.name.strip().endswith(_WITHOUT_UNIT):
            yield PASSED
        elif not _UNIT_IN_NAME.search(folded(row.name)):
            bare.append(row)
    if bare:
        first = bare[0]
        yield failed(
            target_spot(first),
            f"指标值没有单位，共 {len(bare)} 处，从“{first.name}”起",
            found=first.target_cell.text,
            expected="数和单位，例如 12场、95%",
            hint="给指标值补上单位，实际完成值也照此写",
            related=related(bare[1:]),
        )
