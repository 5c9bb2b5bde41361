"""IND042: a project whose planned dates do not touch the year of the form."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, insufficient, not_applicable
from generator.check.rows.indicator_dates import head_date
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "IND042",
    "planned-period-outside-year",
    severity=Severity.ERROR,
    nature=Nature.CONTRADICTION,
    basis=(FORM,),
    formula="计划开始年份 ≤ 年度 ≤ 计划完成年份",
    otherwise="表头没有计划开始日期和计划完成日期",
)
def planned_period_outside_year(subject: Subject) -> Iterator[Verdict]:
    """计划的起止日期不在本表的年度之内。

    一张 2024 年度的表，项目却在 2023 年就已结束或到 2025 年才开始，年度和日期必有一个写错，多是沿用了上年的表。
    跨年度项目只要覆盖本年度就算对。

    反例：
        年度: 2024
        计划开始日期: 2023-01-01
        计划完成日期: 2023-12-31
    正例：
        年度: 2024
        计划开始日期: 2023-07-01
        计划完成日期: 2024-12-31
    """
    year = subject.record.fiscal_year
    start, end = head_date(subject, "planned_start"), head_date(subject, "planned_end")
    if start is not None and end is not None and (start.year or 0) > (end.year or 0):
        yield not_applicable("起止日期前后颠倒，由 IND041 判断")
        return
    for identifier, moment in (("planned_start", start), ("planned_end", end)):
        cell = subject.head(identifier)
        if moment is None or moment.year is None:
            if cell.unreadable:
                yield insufficient(subject.head_spot(identifier), "计划日期无法辨认")
            continue
        is_start = identifier == "planned_start"
        if moment.year <= year if is_start else moment.year >= year:
            yield PASSED
            continue
        yield failed(
            subject.head_spot(identifier),
            f"本表是 {year} 年度的，项目却计划到 {moment.year} 年{'才开始' if is_start else '为止'}",
            found=cell.text,
            expected=f"不{'晚' if is_start else '早'}于 {year} 年",
            hint="改正日期；沿用上年表格的，年度和各处日期都要改",
        )
