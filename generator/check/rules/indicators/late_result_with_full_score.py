"""IND046: a deadline missed, and yet the full points."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rows.indicator_dates import earliest_day, latest_day
from generator.check.rows.row_groups import row_groups
from generator.check.rule import FORM, MEASURES_2020, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "IND046",
    "late-result-with-full-score",
    reads="indicator.actual indicator.adjusted_target indicator.initial_target indicator.target",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(
        FORM,
        MEASURES_2020,
    ),
    formula="实际完成日期 ＞ 指标值的期限时，得分 ＜ 分值",
    otherwise="没有一行的指标值和实际完成值都是可比的日期",
)
def late_result_with_full_score(subject: Subject) -> Iterator[Verdict]:
    """实际完成日期晚于期限，却得了满分。

    没有按期完成就是没有达到指标值，不应得满分。
    从宽比较：“11月前”算到十一月三十日，“12月”算十二月一日；没有印年份的按本表年度；确实晚了才提出。分值是零的行没有满分可言，不判断。

    反例：
        绩效指标:
          产出指标:
            时效指标:
              - {三级指标: 完工时间, 年度指标值: 2024年11月底前, 实际完成值: 2024年12月10日, 分值: 10, 得分: 10}
    正例：
        绩效指标:
          产出指标:
            时效指标:
              - {三级指标: 完工时间, 年度指标值: 2024年11月底前, 实际完成值: 2024年11月28日, 分值: 10, 得分: 10}
    """
    year = subject.record.fiscal_year
    for row in row_groups(subject).dated:
        limit, reached = latest_day(row.target, year), earliest_day(row.actual, year)
        if limit is None or reached is None or (row.points is not None and row.points <= 0):
            continue
        if row.lost is None and reached > limit:
            yield insufficient(row.spot("score"), f"“{row.name}”没有印出可比的分值和得分")
        elif reached <= limit or row.lost != 0:
            yield PASSED
        else:
            yield failed(
                row.spot("score"),
                f"“{row.name}”晚于期限完成，却得了满分",
                found=f"{row.actual_cell.text}完成，得 {row.score:f} 分",
                expected=f"期限 {row.target_cell.text}（最晚 {limit.isoformat()}），晚了应低于 {row.points:f} 分",
                hint="按扣分办法改正得分并说明原因；日期抄错的改正日期",
            )
