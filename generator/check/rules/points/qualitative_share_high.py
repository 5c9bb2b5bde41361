"""SCO023: the share of points that qualitative indicators have."""

from collections.abc import Iterator
from decimal import Decimal

from generator.check.arithmetic import quotient, shown
from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.scores.points import SCORED_FORMS, column_of, counted, is_evaluation
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.values import Achievement, BudgetBound, Words
from generator.money import exact_sum

_IN_WORDS = (Words, BudgetBound, Achievement)


@rule(
    "SCO023",
    "qualitative-share-high",
    reads="indicator.adjusted_target indicator.initial_target indicator.points indicator.score indicator.target",
    severity=Severity.NOTE,
    nature=Nature.METHOD,
    basis=(PRACTICE,),
    formula="定性指标的分值之和 ≤ 全部分值的 50%（由规则包设定），预算执行率的分值计入全部分值",
    otherwise="表中没有印出各项分值",
    record_types=SCORED_FORMS,
)
def qualitative_share_high(subject: Subject) -> Iterator[Verdict]:
    """定性指标占了一半以上的分值。

    “及时”“提升”“满意”一类的目标怎样算完成没有标准，得分只能凭感觉给；能量化的应当量化。
    只数目标是文字的指标；目标是数字、日期、频次的，以及读不出来的，都不算定性。界限是审核惯例。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 40, 得分: 40}
          效益指标:
            社会效益指标:
              - {三级指标: 能力提升情况, 年度指标值: 提升, 实际完成值: 提升, 分值: 60, 得分: 60}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 60, 得分: 60}
          效益指标:
            社会效益指标:
              - {三级指标: 能力提升情况, 年度指标值: 提升, 实际完成值: 提升, 分值: 40, 得分: 40}
    """
    if not is_evaluation(subject):
        return
    column = column_of(subject, "points")
    if column is None or not column.total:
        return
    rows = counted(subject)
    if not any(row.target_cell.text for row in rows):
        return
    if column.missing:
        yield insufficient(subject.block_spot("indicators"), f"各行的分值：{column.missing}")
        return
    by_words = [row for row in rows if isinstance(row.target, _IN_WORDS)]
    points = exact_sum(row.points for row in by_words if row.points is not None)
    share = quotient(points, column.total, Decimal(100))
    limit = subject.pack.thresholds.qualitative_share
    if share <= limit:
        yield PASSED
        return
    yield failed(
        subject.block_spot("indicators"),
        f"目标是文字的指标有 {len(by_words)} 项，占 {points:f} 分，是全部 {column.total:f} 分的 {shown(share, 1)}%",
        found=f"{shown(share, 1)}%",
        expected=f"不超过 {limit:f}%",
        hint="把能量化的目标改为数字、日期或比率，例如“满意”改为“≥90%”",
    )
