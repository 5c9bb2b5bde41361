"""IND027: a target with a number, a date or a frequency answered by a word."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rows.indicator_rows import unreadable_value
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Row, Subject
from generator.finding import Severity
from generator.model.values import Achievement, Blank, Deadline, Frequency, Words
from generator.text import folded

_NONE = ("无", "未发生", "未出现", "零", "没有", "未接到", "未收到")

_IN_WORDS = (Words, Achievement)


@rule(
    "IND027",
    "number-answered-by-words",
    reads="indicator.adjusted_target indicator.initial_target indicator.target",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(PRACTICE,),
    formula="指标值是数、日期或频次时，实际完成值也应是数、日期或频次",
    otherwise="没有一行的指标值是数、日期或频次而实际完成值已填",
)
def number_answered_by_words(subject: Subject) -> Iterator[Verdict]:
    """指标值有数、日期或频次，实际完成值只答了一个词。

    目标写“每月不少于 3 次”，结果写“及时”，读者不知道办了几次；目标写“12月前完成”，结果写“达成指标”，不知道哪天完成。
    “无”“未发生”一类的回答就是零，不算；目标是“全年”一类时段的由 IND028 提示。

    反例：
        绩效指标:
          产出指标:
            时效指标:
              - {三级指标: 信息平台维护及时性, 年度指标值: 每月1次, 实际完成值: 及时}
    正例：
        绩效指标:
          产出指标:
            时效指标:
              - {三级指标: 信息平台维护及时性, 年度指标值: 每月1次, 实际完成值: 每月1次}
    """
    for row in subject.scored:
        if not row.values.asks_for_number and not isinstance(row.target, Deadline):
            continue
        actual = row.actual
        unread = None if row.is_readable else unreadable_value(row)
        if unread is not None:
            yield unread
        elif isinstance(actual, Blank):
            continue
        elif not isinstance(actual, _IN_WORDS) or folded(actual.text).startswith(_NONE):
            yield PASSED
        else:
            kind = _kind(row)
            yield failed(
                row.spot("actual"),
                f"“{row.name}”的指标值是{kind}，实际完成值只答了一个词",
                found=row.actual_cell.text,
                expected=f"与“{row.target_cell.text}”对应的{kind}",
                hint=f"写明实际的{kind}，不要只写达成、及时",
            )


def _kind(row: Row) -> str:
    if isinstance(row.target, Deadline):
        return "日期"
    if isinstance(row.target, Frequency):
        return "频次"
    return "数"
