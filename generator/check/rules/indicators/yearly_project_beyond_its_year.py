"""IND043: a recurrent project whose dates go beyond the year of the form."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, not_applicable
from generator.check.rows.indicator_dates import head_date
from generator.check.rule import FORM, PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "IND043",
    "yearly-project-beyond-its-year",
    reads="head.planned_end head.planned_start head.project_nature",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(
        FORM,
        PRACTICE,
    ),
    formula="经常性项目：计划开始、完成的年份 = 年度",
    otherwise="不是按年度申报的经常性项目，或表头没有计划日期",
)
def yearly_project_beyond_its_year(subject: Subject) -> Iterator[Verdict]:
    """经常性项目的起止日期超出了本年度。

    经常性项目逐年申报，一张表只管一年；日期跨到别的年度，要么日期写错，要么项目性质不是经常性。
    整个期间都不在本年度的由 IND042 判断。

    反例：
        表样: 财政项目支出绩效目标申报表
        年度: 2024
        项目性质: 其他经常性项目
        计划开始日期: 2024-01-01
        计划完成日期: 2025-12-31
    正例：
        表样: 财政项目支出绩效目标申报表
        年度: 2024
        项目性质: 其他经常性项目
        计划开始日期: 2024-01-01
        计划完成日期: 2024-12-31
    """
    nature = subject.record.text("project_nature")
    if "经常性" not in nature or "非经常性" in nature or "□" in nature or "☑" in nature:
        return
    year = subject.record.fiscal_year
    start, end = head_date(subject, "planned_start"), head_date(subject, "planned_end")
    for identifier, moment in (("planned_start", start), ("planned_end", end)):
        if moment is None or moment.year is None:
            continue
        is_start = identifier == "planned_start"
        if moment.year == year:
            yield PASSED
        elif (moment.year > year) is is_start:
            yield not_applicable("整个期间不在本年度，由 IND042 判断")
        else:
            yield failed(
                subject.head_spot(identifier),
                f"{year} 年度的经常性项目，计划日期却在 {moment.year} 年",
                found=subject.head(identifier).text,
                expected=f"{year} 年内的日期",
                hint="改正日期；确为跨年度项目的，改正项目性质",
            )
