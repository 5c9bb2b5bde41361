"""XRF009: an indicator of the self-evaluation has another name or another target than the one declared."""

from collections.abc import Iterator, Sequence

from generator.check.across.kinship import PROJECT_RECORDS, beside_declaration, by_project_and_year, place_in
from generator.check.across.promises import compare_promises
from generator.check.across.targets import Change
from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rows.indicator_rows import target_spot
from generator.check.rule import MEASURES_2020, Nature, cross_rule
from generator.check.subject import Row, Subject
from generator.finding import Severity


@cross_rule(
    "XRF009",
    "indicator-changed",
    group_by=by_project_and_year,
    severity=Severity.NOTE,
    nature=Nature.CONTRADICTION,
    basis=(MEASURES_2020,),
    formula="自评表的指标名称和指标值与申报表相同",
    otherwise="没有同一项目同一年度的申报表与自评表可比；结论写在自评表上",
    record_types=PROJECT_RECORDS,
)
def indicator_changed(group: Sequence[Subject]) -> Iterator[Verdict]:
    """自评表改了申报时的指标名称或指标值。

    改了名称或换了说法的指标，读者无法与申报时的承诺对照。
    只提示说不出高低的改动：定量改成文字、换了不能换算的单位或方向、名称换了说法；明显变低的见 XRF006，变高的不提示。
    写法不同而意思相同的（“≥12次”与“≥12.00(次)”、“≥1000平方米”与“≥0.1公顷”）不算改动。

    反例：
        # content/records/2024/shili/peixun.target.yaml
        表样: 财政项目支出绩效目标申报表
        绩效指标: {产出指标: {质量指标: [{三级指标: 培训合格率, 年度指标值: ≥95%}]}}
        ---
        # content/records/2024/shili/peixun.yaml
        表样: 财政项目支出绩效自评表
        绩效指标: {产出指标: {质量指标: [{三级指标: 培训合格率, 年度指标值: 合格}]}}
    正例：
        # content/records/2024/shili/peixun.target.yaml
        表样: 财政项目支出绩效目标申报表
        绩效指标: {产出指标: {质量指标: [{三级指标: 培训合格率, 年度指标值: ≥95%}]}}
        ---
        # content/records/2024/shili/peixun.yaml
        表样: 财政项目支出绩效自评表
        绩效指标: {产出指标: {质量指标: [{三级指标: 培训合格率, 年度指标值: ≥95.00(%)}]}}
    """
    return beside_declaration(group, _judged)


def _judged(declaration: Subject, evaluation: Subject) -> Iterator[Verdict]:
    for promise in compare_promises(declaration, evaluation):
        before, after = promise.declared, promise.reported
        if before is None or after is None:
            continue
        if promise.change is Change.CHANGED:
            yield _changed(before, after, declaration)
        elif promise.change is Change.REWORDED:
            yield _reworded(before, after, declaration)
        elif promise.change is Change.UNDECIDED:
            yield insufficient(target_spot(after), f"“{after.name}”的指标值有一份表空白或无法辨认")
        else:
            yield PASSED


def _changed(before: Row, after: Row, declaration: Subject) -> Verdict:
    promised, reported = before.target_cell.text, after.target_cell.text
    manner = "，定量的目标变成了文字" if before.is_quantitative and after.is_qualitative else ""
    return failed(
        target_spot(after),
        f"“{after.name}”申报时的指标值是“{promised}”，自评表改为“{reported}”{manner}",
        found=reported,
        expected=f"与申报表一致：{promised}",
        hint="按批复的指标值自评；目标经批准调整过的，写明调整依据",
        related=(place_in(declaration, target_spot(before), f"申报表：“{before.name}”指标值“{promised}”"),),
    )


def _reworded(before: Row, after: Row, declaration: Subject) -> Verdict:
    return failed(
        after.spot(),
        f"自评表的“{after.name}”申报时写作“{before.name}”",
        found=after.name,
        expected=f"与申报表一致：{before.name}",
        hint="照批复的名称填写，或更正其中写错的一份",
        related=(place_in(declaration, before.spot(), f"申报表：“{before.name}”指标值“{before.target_cell.text}”"),),
    )
