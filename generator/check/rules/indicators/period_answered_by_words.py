"""IND028: a target that is a span of time answered by a word."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rows.indicator_rows import unreadable_value
from generator.check.rows.row_groups import row_groups
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.values import Achievement, Blank, Period, Words


@rule(
    "IND028",
    "period-answered-by-words",
    reads="indicator.target",
    severity=Severity.NOTE,
    nature=Nature.METHOD,
    basis=(PRACTICE,),
    formula="指标值是时段时，实际完成值也应写明时间",
    otherwise="没有一行的指标值是时段而实际完成值已填",
)
def period_answered_by_words(subject: Subject) -> Iterator[Verdict]:
    """指标值是一个时段，实际完成值只答了一个词。

    “全年”本身已经不易考核，再以“及时”作答，就什么也说明不了。写明做了几次、到什么时候为止，才有据可查。

    反例：
        绩效指标:
          产出指标:
            时效指标:
              - {三级指标: 文艺活动完成及时性, 年度指标值: 全年, 实际完成值: 及时}
    正例：
        绩效指标:
          产出指标:
            时效指标:
              - {三级指标: 文艺活动完成及时性, 年度指标值: 全年, 实际完成值: 2024年12月20日完成}
    """
    for row in row_groups(subject).dated:
        if not isinstance(row.target, Period):
            continue
        unread = unreadable_value(row)
        if unread is not None:
            yield unread
        elif isinstance(row.actual, (Words, Achievement)):
            yield failed(
                row.spot("actual"),
                f"“{row.name}”的指标值是时段，实际完成值只答了一个词",
                found=row.actual_cell.text,
                expected=f"与“{row.target_cell.text}”对应的时间或次数",
                hint="指标值改为有次数或期限的写法，实际完成值写明次数或日期",
            )
        elif not isinstance(row.actual, Blank):
            yield PASSED
