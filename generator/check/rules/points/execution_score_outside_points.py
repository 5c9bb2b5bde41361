"""SCO005: the score of the execution rate against its points."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rule import FORM, Nature, rule
from generator.check.scores.points import execution_of
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "SCO005",
    "execution-score-outside-points",
    severity=Severity.ERROR,
    nature=Nature.ARITHMETIC,
    basis=(FORM,),
    formula="0 ≤ 预算执行率的得分 ≤ 预算执行率的分值",
    otherwise="资金栏没有印出预算执行率的分值",
)
def execution_score_outside_points(subject: Subject) -> Iterator[Verdict]:
    """预算执行率的得分高于它的分值，或者低于零。

    执行率超过 100% 时，得分也以分值为限；得分超出分值，总得分就虚高。

    反例：
        项目资金:
          单位: 万元
          年度资金总额: {全年预算数: 61.05, 全年执行数: 63.00, 分值: 10, 执行率: 103.19, 得分: 10.32}
    正例：
        项目资金:
          单位: 万元
          年度资金总额: {全年预算数: 61.05, 全年执行数: 63.00, 分值: 10, 执行率: 103.19, 得分: 10}
    """
    execution = execution_of(subject)
    if execution is None or execution.row is None:
        return
    points, score = execution.points, execution.score
    spot = subject.funding_spot(execution.row, "score")
    if points.number is None and not points.unreadable:
        return
    if points.number is None or score.number is None:
        which = "得分" if points.number is not None else "分值"
        yield insufficient(spot, f"预算执行率的{which}无法辨认或没有印出数字")
    elif 0 <= score.number <= points.number:
        yield PASSED
    else:
        yield failed(
            spot,
            f"预算执行率得 {score.text} 分，不在 0 至 {points.text} 分之间",
            found=score.text,
            expected=f"0 至 {points.text}",
            hint="核对预算执行率的分值和得分；执行率超过 100% 的按满分计",
        )
