"""IND059: a target that monitoring calls out of reach without saying why."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rows.indicator_rows import (
    NOTHING,
    has_unreadable_reason,
    is_explained,
    reason_spot,
    unreadable_reason,
)
from generator.check.rows.row_groups import row_groups
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.text import folded

_DOUBTFUL = ("不可能", "不能", "难以")
_KNOWN = (*_DOUBTFUL, "确定能", "能完成", "有可能")


@rule(
    "IND059",
    "doubt-without-reason",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(FORM,),
    formula="完成可能性是“不可能”时，偏差原因不应空白",
    otherwise="表样没有“完成可能性”一栏",
)
def doubt_without_reason(subject: Subject) -> Iterator[Verdict]:
    """监控认为不可能完成，没有写原因。

    监控表设“完成可能性”和“原因”两栏，就是为了在年中发现问题、及时纠正。只说不可能而不说为什么，监控就落了空。
    本行或全表共用的原因、措施，以及经费保障、人员保障一类原因栏都算；“有可能”的不判断。

    反例：
        表样: 项目支出绩效监控表
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 清理次数, 年度指标值: =3次, 1-6月完成值: 0次, 完成可能性: 不可能, 偏差原因: }
    正例：
        表样: 项目支出绩效监控表
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 清理次数, 年度指标值: =3次, 1-6月完成值: 0次, 完成可能性: 不可能, 偏差原因: 河道封闭施工}
    """
    for row in subject.scored if "likelihood" in row_groups(subject).columns else ():
        cell = row.cell("likelihood")
        words = folded(cell.text)
        if cell.unreadable:
            yield insufficient(row.spot("likelihood"), f"“{row.name}”的完成可能性无法辨认")
        elif not words or not any(word in words for word in _KNOWN):
            continue
        elif not any(word in words for word in _DOUBTFUL) or is_explained(subject, row):
            yield PASSED
        elif has_unreadable_reason(subject, row):
            yield unreadable_reason(row)
        else:
            yield failed(
                reason_spot(row, "likelihood"),
                f"“{row.name}”的完成可能性是“{cell.text}”，没有说明原因",
                found=NOTHING,
                expected="为什么完不成、打算怎么办",
                hint="写明原因和纠正措施",
            )
