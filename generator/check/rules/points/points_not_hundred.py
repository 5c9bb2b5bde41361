"""SCO002: the sum of all points against the usual one."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rule import MEASURES_2020, Nature, rule
from generator.check.scores.points import EXECUTION, SCORED_FORMS, column_of, execution_of, is_evaluation
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "SCO002",
    "points-not-hundred",
    reads="indicator.score total.points",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(MEASURES_2020,),
    formula="满分 = 100（由规则包设定），预算执行率的分值计算在内",
    otherwise="表中没有印出分值合计，也没有各项分值",
    record_types=SCORED_FORMS,
)
def points_not_hundred(subject: Subject) -> Iterator[Verdict]:
    """分值的满分不是 100 分。

    自评通行百分制；满分不同，得分和等级就不能与别的项目比较。
    先看印出的分值合计；没有印出时看各项分值之和。
    没有印出预算执行率分值的表，各项之和不足 100 分时不下结论：差的可能就是执行率的分值。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 83, 得分: 83}
        总分: {分值: 83, 得分: 83}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 100, 得分: 100}
        总分: {分值: 100, 得分: 100}
    """
    if not is_evaluation(subject):
        return
    printed, wanted = subject.total("points"), subject.pack.total_points
    hint = f"核对各项分值，使满分合计为 {wanted:f} 分；确有别的规定时写明依据"
    if printed.number is not None:
        if printed.number == wanted:
            yield PASSED
            return
        yield failed(
            subject.total_spot("points"),
            f"分值合计印作 {printed.text}，不是 {wanted:f}",
            found=printed.text,
            expected=f"{wanted:f}",
            hint=hint,
        )
        return
    column = column_of(subject, "points")
    if column is None:
        return
    if column.missing:
        yield insufficient(subject.block_spot("indicators"), f"各行的分值：{column.missing}")
        return
    execution = execution_of(subject)
    if column.total < wanted and (execution is None or execution.points.number is None):
        message = f"各项分值相加是 {column.total:f}，没有印出{EXECUTION}的分值和分值合计"
        yield insufficient(subject.block_spot("indicators"), message)
    elif column.total == wanted:
        yield PASSED
    else:
        yield failed(
            subject.block_spot("indicators"),
            f"各项分值相加是 {column.total:f}，不是 {wanted:f}",
            found=f"{column.total:f}",
            expected=f"{wanted:f}",
            hint=hint,
        )
