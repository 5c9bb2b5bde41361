"""SCO007: the points of a level against the weight printed beside it."""

from collections.abc import Iterator

from generator.check.outcome import Calculation, Verdict, failed, insufficient, passed
from generator.check.rule import FORM, Nature, rule
from generator.check.scores.weights import Weight, missing_of, weights_of
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "SCO007",
    "level-weight-mismatch",
    severity=Severity.ERROR,
    nature=Nature.ARITHMETIC,
    basis=(FORM,),
    formula="一级指标（或二级指标）的权重 = 其下各项分值之和",
    otherwise="表中没有在一级指标旁印出权重，或者没有各项分值",
)
def level_weight_mismatch(subject: Subject) -> Iterator[Verdict]:
    """一级指标的权重与其下各项分值相加不符。

    权重说明这一类指标占多少分；与各项分值对不上，读者就不知道哪一个算数。
    二级指标旁印了权重的同样核对。其下有分值无法辨认或空白，或者印了一级指标而没有填任何一行的，不下结论。

    反例：
        一级权重: {产出指标: 60, 合计: 60}
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 30, 得分: 30}
              - {三级指标: 参训人数, 年度指标值: ≥80人, 实际完成值: 80人, 分值: 20, 得分: 20}
    正例：
        一级权重: {产出指标: 50, 合计: 50}
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 30, 得分: 30}
              - {三级指标: 参训人数, 年度指标值: ≥80人, 实际完成值: 80人, 分值: 20, 得分: 20}
    """
    for weight in weights_of(subject):
        if weight.cell.number is None and not weight.cell.unreadable:
            continue
        yield _compared(weight, missing_of(subject, weight))


def _compared(weight: Weight, missing: str) -> Verdict:
    title = f"“{weight.label}”的分值之和"
    if missing or weight.cell.number is None:
        why = "；".join(part for part in (missing, "权重无法辨认" if weight.cell.number is None else "") if part)
        calculation = Calculation(title, "其下各行相加", weight.cell.text, None)
        return insufficient(weight.spot, f"“{weight.label}”：{why}", calculation=calculation)
    calculation = Calculation(title, weight.formula, weight.cell.text, weight.total)
    if weight.total == weight.cell.number:
        return passed(calculation)
    difference = abs(weight.total - weight.cell.number)
    return failed(
        weight.spot,
        f"“{weight.label}”的权重印作 {weight.cell.text}，其下各项分值相加是 {weight.total:f}，相差 {difference:f}",
        found=weight.cell.text,
        expected=f"{weight.total:f}（{weight.formula}）",
        hint=f"把权重改为 {weight.total:f}，或核对“{weight.label}”下各行的分值",
        calculation=calculation,
    )
