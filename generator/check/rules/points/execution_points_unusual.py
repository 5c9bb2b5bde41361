"""SCO020: the points of the execution rate against the usual ones."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, insufficient, not_applicable
from generator.check.rule import MEASURES_2020, Nature, rule
from generator.check.scores.points import SCORED_FORMS, execution_of, is_evaluation
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "SCO020",
    "execution-points-unusual",
    reads="indicator.score",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(MEASURES_2020,),
    formula="预算执行率的分值 = 10（由规则包设定）",
    otherwise="资金栏没有印出预算执行率的分值",
    record_types=SCORED_FORMS,
)
def execution_points_unusual(subject: Subject) -> Iterator[Verdict]:
    """预算执行率的分值不是通行的 10 分。

    预算执行率原则上占 10 分。分值定得高，花完了钱就能多得分。
    有的地方另有规定（例如 20 分），可在规则包里设定；规则包没有规定分值的不判断。

    反例：
        项目资金:
          单位: 万元
          年度资金总额: {全年预算数: 61.05, 全年执行数: 61.05, 分值: 30, 执行率: 100.00, 得分: 30}
    正例：
        项目资金:
          单位: 万元
          年度资金总额: {全年预算数: 61.05, 全年执行数: 61.05, 分值: 10, 执行率: 100.00, 得分: 10}
    """
    if not is_evaluation(subject):
        return
    execution, wanted = execution_of(subject), subject.pack.execution_points
    if execution is None or execution.row is None:
        return
    points, spot = execution.points, subject.funding_spot(execution.row, "points")
    if points.unreadable:
        yield insufficient(spot, "预算执行率的分值无法辨认")
    elif points.number is None:
        return
    elif wanted is None:
        yield not_applicable(f"规则包“{subject.pack.title}”没有规定预算执行率的分值")
    elif points.number == wanted:
        yield PASSED
    else:
        yield failed(
            spot,
            f"预算执行率的分值是 {points.text}，通行的是 {wanted:f}",
            found=points.text,
            expected=f"{wanted:f}",
            hint="核对分值；当地规定不同时，在规则包里设定",
        )
