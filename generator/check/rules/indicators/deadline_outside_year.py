"""IND044: a deadline in another year than that of the form."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, not_applicable
from generator.check.rows.indicator_dates import spans_years, years_of
from generator.check.rows.indicator_rows import target_spot
from generator.check.rows.row_groups import row_groups
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "IND044",
    "deadline-outside-year",
    reads="indicator.initial_target indicator.target",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(FORM,),
    formula="年度指标值中的年份 = 年度",
    otherwise="没有一行的年度指标值印有年份",
)
def deadline_outside_year(subject: Subject) -> Iterator[Verdict]:
    """年度指标的期限不在本年度。

    年度目标要在年度内完成。期限写成别的年份，多是沿用了上年或下年的表。
    表上看得出跨年度的（计划日期跨年、有中长期指标或总目标、有上年结转、名称写明几年期），上年和以后年份的期限不判断；更早的年份总要判断。

    反例：
        年度: 2024
        绩效指标:
          产出指标:
            时效指标:
              - {三级指标: 站点改造, 年度指标值: 2023年12月前完成}
    正例：
        年度: 2024
        绩效指标:
          产出指标:
            时效指标:
              - {三级指标: 站点改造, 年度指标值: 2024年12月前完成}
    """
    year = subject.record.fiscal_year
    dated = [(row, years) for row in row_groups(subject).dated if (years := tuple(years_of(row.target)))]
    if not dated:
        return
    may_last = spans_years(subject)
    for row, years in dated:
        if min(years) <= year <= max(years):
            yield PASSED
            continue
        if may_last and max(years) >= year - 1:
            yield not_applicable("表上看得出项目跨年度，期限可以在邻近或以后的年份")
            continue
        yield failed(
            target_spot(row),
            f"“{row.name}”的期限在 {years[-1]} 年，不在本表的 {year} 年度",
            found=row.target_cell.text,
            expected=f"{year} 年内的期限",
            hint="改正年份；确为跨年度项目的，写明计划开始和完成日期",
        )
