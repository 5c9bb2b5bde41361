"""IND024: every inequality answered by exactly its limit."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, insufficient, not_applicable
from generator.check.rows.indicator_rows import listed, numeric_rows, related, unread_numbers
from generator.check.rows.row_facts import is_bound
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "IND024",
    "results-all-on-the-limit",
    reads="indicator.actual indicator.adjusted_target indicator.initial_target indicator.target",
    severity=Severity.NOTE,
    nature=Nature.QUESTION,
    basis=(PRACTICE,),
    formula="指标值是不等式的各行，实际完成值不应行行恰好等于界限",
    otherwise="指标值是不等式、实际完成值是同单位的数的行太少，看不出规律",
)
def results_all_on_the_limit(subject: Subject) -> Iterator[Verdict]:
    """指标值是不等式的各行，实际完成值全都恰好等于界限。

    “不少于 5 次”恰好办 5 次不奇怪；但行行如此，就要问一句：这些是统计出来的数，还是照目标填的？
    这是疑问，不是错误。至少有规则包所定行数的不等式，并且没有一行例外，才提出；零和 100% 不算在内。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 主题活动数, 年度指标值: ≥5次, 实际完成值: 5次}
              - {三级指标: 走访人数, 年度指标值: ≥100人, 实际完成值: 100人}
          满意度指标:
            服务对象满意度指标:
              - {三级指标: 居民满意度, 年度指标值: ≥90%, 实际完成值: 90%}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 主题活动数, 年度指标值: ≥5次, 实际完成值: 5次}
              - {三级指标: 走访人数, 年度指标值: ≥100人, 实际完成值: 114人}
          满意度指标:
            服务对象满意度指标:
              - {三级指标: 居民满意度, 年度指标值: ≥90%, 实际完成值: 92.4%}
    """
    numeric = numeric_rows(subject)
    rows = [row for row in numeric if row.values.target_is_bound]
    unread = [row for row in unread_numbers(subject) if row.target_cell.unreadable or is_bound(row.target)]
    if len(rows) + len(unread) < subject.pack.thresholds.fewest_rows:
        return
    if not all(row.values.is_exactly_met for row in rows):
        yield PASSED
        return
    if unread:
        yield insufficient(
            unread[0].spot("actual"), f"{listed(unread)}的指标值或实际完成值无法辨认，看不出是否行行如此"
        )
        return
    if len(numeric) >= subject.pack.thresholds.exact_rows and all(row.values.is_exactly_met for row in numeric):
        yield not_applicable("所有数字指标都恰好完成，由 IND025 判断")
        return
    first = rows[0]
    yield failed(
        first.spot("actual"),
        f"{len(rows)} 个不等式指标的实际完成值全都恰好等于界限，是统计所得还是照目标填写",
        found="；".join(f"{row.target_cell.text} 填 {row.actual_cell.text}" for row in rows[:3]),
        expected="实际统计的数；恰好等于界限的，能说明来源",
        hint="逐行核对原始记录，填实际的数",
        related=related(rows[1:], "actual"),
    )
