"""IND045: a result dated in another year than that of the form."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, not_applicable
from generator.check.rows.indicator_dates import spans_years, years_of
from generator.check.rows.indicator_rows import is_explained
from generator.check.rows.row_groups import row_groups
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "IND045",
    "result-outside-year",
    reads="funding.adjusted_budget funding.executed funding.initial_budget indicator.actual",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(FORM,),
    formula="实际完成值中的年份 = 年度",
    otherwise="没有一行的实际完成值印有年份，或项目跨年度",
)
def result_outside_year(subject: Subject) -> Iterator[Verdict]:
    """实际完成的日期不在本年度。

    年度自评报告的是本年度的完成情况。日期在上年，多是沿用了上年的表；日期在下年，说明年度内没有完成，应当写明原因。
    表上看得出跨年度的、写明了偏差原因的、指标值本身就是那一年的，不判断。

    反例：
        年度: 2024
        绩效指标:
          产出指标:
            时效指标:
              - {三级指标: 站点改造, 年度指标值: 12月底前, 实际完成值: 2023年12月10日}
    正例：
        年度: 2024
        绩效指标:
          产出指标:
            时效指标:
              - {三级指标: 站点改造, 年度指标值: 12月底前, 实际完成值: 2024年12月10日}
    """
    year = subject.record.fiscal_year
    dated = [(row, years) for row in row_groups(subject).dated if (years := tuple(years_of(row.actual)))]
    if not dated:
        return
    if spans_years(subject):
        yield not_applicable("表上看得出项目跨年度，完成日期可以在别的年份")
        return
    for row, years in dated:
        as_promised = min(years) <= year <= max(years) or set(years) & set(years_of(row.target))
        if as_promised or (years[-1] > year and is_explained(subject, row)):
            yield PASSED
        else:
            yield failed(
                row.spot("actual"),
                f"“{row.name}”的完成日期在 {years[-1]} 年，不在本表的 {year} 年度",
                found=row.actual_cell.text,
                expected=f"{year} 年内的日期",
                hint="改正年份；确在次年完成的，写明偏差原因",
            )
