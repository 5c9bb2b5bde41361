"""IND032: results without the unit that their targets have."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rows.indicator_rows import related
from generator.check.rows.indicator_units import unit_of
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.values import Frequency, Quantity


@rule(
    "IND032",
    "actual-without-unit",
    reads="indicator.actual indicator.adjusted_target indicator.initial_target indicator.target",
    severity=Severity.NOTE,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="指标值有单位时，实际完成值也写单位",
    otherwise="没有一行的指标值有单位而实际完成值是数",
)
def actual_without_unit(subject: Subject) -> Iterator[Verdict]:
    """指标值有单位，实际完成值只有数。

    同一行里单位只写一半，导出成数据后就要猜。计量单位单独成栏的表不受影响，完成值是 0 的也不算。
    全表只提一次，指向第一处，其余各处列在后面。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 教育培训, 年度指标值: ≥1200人, 实际完成值: "1200"}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 教育培训, 年度指标值: ≥1200人, 实际完成值: 1200人}
    """
    bare = []
    for row in subject.scored:
        if not isinstance(row.actual, Quantity) or not unit_of(row.target) or isinstance(row.target, Frequency):
            continue
        # Nothing is nothing in any unit; and where units have a column, 8 with 日 beside it may look like a date.
        if row.actual.normalised_unit or not row.actual.number or row.cell("target_unit").text:
            yield PASSED
        else:
            bare.append(row)
    if bare:
        first = bare[0]
        yield failed(
            first.spot("actual"),
            f"指标值有单位而实际完成值没有，共 {len(bare)} 处，从“{first.name}”起",
            found=first.actual_cell.text,
            expected=f"带单位{unit_of(first.target)}的数",
            hint="给实际完成值补上与指标值相同的单位",
            related=related(bare[1:], "actual"),
        )
