"""IND031: target and result counted in different units."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rows.indicator_rows import unreadable_value
from generator.check.rows.indicator_units import may_be_converted, units_clash
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "IND031",
    "unit-mismatch",
    reads="indicator.target",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(FORM,),
    formula="实际完成值的单位 = 指标值的单位",
    otherwise="没有一行的指标值和实际完成值都印有单位",
)
def unit_mismatch(subject: Subject) -> Iterator[Verdict]:
    """指标值和实际完成值的单位不同，无法比较。

    目标按人次、结果按人，或者目标是百分比、结果是个数，两个数就比不出完成了没有，得分也没有依据。
    写法不同而意思相同的（平方米与㎡、名与人、次与场、万元与元）不算；量词“个”可以代替别的量词；
    可以换算、换算以后相差不远的（4.6公里与4630米、2小时与45分钟）也不算；拿不准的单位不判断。

    反例：
        绩效指标:
          效益指标:
            社会效益指标:
              - {三级指标: 活动参与情况, 年度指标值: ≥2000人次, 实际完成值: 1500人}
    正例：
        绩效指标:
          效益指标:
            社会效益指标:
              - {三级指标: 活动参与情况, 年度指标值: ≥2000人次, 实际完成值: 0.15万人次}
    """
    for row in subject.scored:
        one, other = row.values.units
        if row.is_readable and one and other:
            if not units_clash(one, other) or may_be_converted(row.target, row.actual):
                yield PASSED
                continue
            yield failed(
                row.spot("actual"),
                f"“{row.name}”的指标值以{one}计，实际完成值以{other}计，无法比较",
                found=row.actual_cell.text,
                expected=f"以{one}计的数，与指标值 {row.target_cell.text} 同单位",
                hint="按指标值的单位填写；如指标值的单位写错，两处一并说明",
            )
        elif not row.is_readable and (one or other):
            verdict = unreadable_value(row)
            if verdict is not None:
                yield verdict
