"""IND025: many numbers, and every one of them exactly what was promised."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rows.indicator_rows import listed, numeric_rows, related, unread_numbers
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "IND025",
    "every-result-exactly-on-target",
    reads="indicator.actual indicator.target",
    severity=Severity.NOTE,
    nature=Nature.QUESTION,
    basis=(PRACTICE,),
    formula="数字指标较多时，实际完成值不应行行恰好等于指标值",
    otherwise="指标值和实际完成值都是同单位的数的行太少，看不出规律",
)
def every_result_exactly_on_target(subject: Subject) -> Iterator[Verdict]:
    """数字指标的实际完成值，行行恰好等于指标值。

    一年的工作，十来个数字没有一个多也没有一个少，少见。可能是照目标填写，也可能是事后按结果改了目标。
    这是疑问，不是错误。只数目标不是 100% 的数字指标，达到规则包所定的行数并且没有一行例外才提出。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 讲座, 年度指标值: =12次, 实际完成值: 12次}
              - {三级指标: 走访, 年度指标值: ≥100户, 实际完成值: 100户}
              - {三级指标: 培训, 年度指标值: =5次, 实际完成值: 5次}
              - {三级指标: 体检, 年度指标值: =50人, 实际完成值: 50人}
              - {三级指标: 展览, 年度指标值: =4次, 实际完成值: 4次}
              - {三级指标: 站点, 年度指标值: =2个, 实际完成值: 2个}
              - {三级指标: 参与人次, 年度指标值: =3000人次, 实际完成值: 3000人次}
              - {三级指标: 册子, 年度指标值: =800份, 实际完成值: 800份}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 讲座, 年度指标值: =12次, 实际完成值: 12次}
              - {三级指标: 走访, 年度指标值: ≥100户, 实际完成值: 100户}
              - {三级指标: 培训, 年度指标值: =5次, 实际完成值: 5次}
              - {三级指标: 体检, 年度指标值: =50人, 实际完成值: 48人, 偏差原因: 两人在外}
              - {三级指标: 展览, 年度指标值: =4次, 实际完成值: 4次}
              - {三级指标: 站点, 年度指标值: =2个, 实际完成值: 2个}
              - {三级指标: 参与人次, 年度指标值: =3000人次, 实际完成值: 3126人次}
              - {三级指标: 册子, 年度指标值: =800份, 实际完成值: 800份}
    """
    rows = numeric_rows(subject)
    unread = unread_numbers(subject)
    if len(rows) + len(unread) < subject.pack.thresholds.exact_rows:
        return
    if not all(row.values.is_exactly_met for row in rows):
        yield PASSED
        return
    if unread:
        yield insufficient(
            unread[0].spot("actual"), f"{listed(unread)}的指标值或实际完成值无法辨认，看不出是否行行如此"
        )
        return
    first = rows[0]
    yield failed(
        first.spot("actual"),
        f"{len(rows)} 个数字指标的实际完成值全都恰好等于指标值，是统计所得还是照目标填写",
        found="；".join(f"{row.target_cell.text} 填 {row.actual_cell.text}" for row in rows[:3]),
        expected="实际统计的数，有多有少",
        hint="逐行核对原始记录，填实际的数；年中按结果改过目标的，写明批复",
        related=related(rows[1:], "actual"),
    )
