"""SCO008: the printed sum of the level 1 weights."""

from collections.abc import Iterator

from generator.check.outcome import Calculation, Verdict, failed, insufficient, passed
from generator.check.rule import FORM, Nature, rule
from generator.check.scores.points import named
from generator.check.scores.weights import SUM_LABELS, weight_spot, weights_of
from generator.check.subject import Subject
from generator.finding import Severity
from generator.money import exact_sum
from generator.text import folded


@rule(
    "SCO008",
    "weights-total-mismatch",
    severity=Severity.ERROR,
    nature=Nature.ARITHMETIC,
    basis=(FORM,),
    formula="权重合计 = 各一级指标的权重之和",
    otherwise="表中没有印出一级指标权重的合计",
)
def weights_total_mismatch(subject: Subject) -> Iterator[Verdict]:
    """一级指标权重的合计与各权重相加不符。

    权重是人定的，没有四舍五入，相加必须等于印出的合计。写在这一栏里的二级指标的分值不计入。

    反例：
        一级权重: {产出指标: 50, 效益指标: 40, 满意度指标: 15, 合计: 100}
    正例：
        一级权重: {产出指标: 50, 效益指标: 40, 满意度指标: 10, 合计: 100}
    """
    weights = [weight for weight in weights_of(subject) if weight.is_level1]
    for label, printed in subject.record.level1_weights.items():
        if folded(label) not in SUM_LABELS or printed.number is None or not weights:
            continue
        spot = weight_spot(subject, label, printed)
        unread = [weight.label for weight in weights if weight.cell.number is None]
        if unread:
            calculation = Calculation("一级权重合计", "各权重相加", printed.text, None)
            yield insufficient(spot, f"{named(unread)}的权重没有印出可用的数字", calculation=calculation)
            continue
        numbers = [weight.cell.number for weight in weights if weight.cell.number is not None]
        total, formula = exact_sum(numbers), " + ".join(f"{number:f}" for number in numbers)
        calculation = Calculation("一级权重合计", formula, printed.text, total)
        if total == printed.number:
            yield passed(calculation)
        else:
            difference = abs(total - printed.number)
            yield failed(
                spot,
                f"权重合计印作 {printed.text}，各一级指标的权重相加是 {total:f}，相差 {difference:f}",
                found=printed.text,
                expected=f"{total:f}（{formula}）",
                hint=f"把合计改为 {total:f}，或把某一个权重{'减少' if total > printed.number else '增加'} {difference:f}",
                calculation=calculation,
            )
