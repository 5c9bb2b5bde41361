"""SCO009: the level 1 weights against the usual sum."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import MEASURES_2020, Nature, rule
from generator.check.scores.points import SCORED_FORMS, execution_of, is_evaluation
from generator.check.scores.weights import weights_of
from generator.check.subject import Subject
from generator.finding import Severity
from generator.money import exact_sum


@rule(
    "SCO009",
    "weights-not-hundred",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(MEASURES_2020,),
    formula="各一级指标的权重之和 = 100（由规则包设定），或 100 减去资金栏印出的预算执行率的分值",
    otherwise="表中没有在一级指标旁印出权重，或者有权重读不出来",
    record_types=SCORED_FORMS,
)
def weights_not_hundred(subject: Subject) -> Iterator[Verdict]:
    """一级指标的权重加起来不是 100。

    权重加起来不是满分，各类指标所占的比重就无从说起。资金栏给预算执行率单独印了分值的，权重之和可以少这些分。

    反例：
        一级权重: {产出指标: 50, 效益指标: 30, 满意度指标: 15}
    正例：
        一级权重: {产出指标: 50, 效益指标: 40, 满意度指标: 10}
    """
    if not is_evaluation(subject):
        return
    weights = [weight for weight in weights_of(subject) if weight.is_level1]
    numbers = [weight.cell.number for weight in weights if weight.cell.number is not None]
    if not weights or len(numbers) != len(weights):
        return
    total, wanted = exact_sum(numbers), subject.pack.total_points
    execution = execution_of(subject)
    beside = execution.points.number if execution else None
    if total == wanted or (beside is not None and total + beside == wanted):
        yield PASSED
        return
    apart = f"，或 {wanted - beside:f}（另有预算执行率 {beside:f}）" if beside is not None else ""
    yield failed(
        subject.block_spot("level1_weights"),
        f"各一级指标的权重相加是 {total:f}，不是 {wanted:f}",
        found=f"{total:f}",
        expected=f"{wanted:f}{apart}",
        hint="核对各一级指标的权重，看是否漏了一级指标或抄错",
    )
