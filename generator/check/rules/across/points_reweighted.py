"""XRF010: an indicator counts for other points than were declared."""

from collections.abc import Iterator, Sequence

from generator.check.across.kinship import PROJECT_RECORDS, beside_declaration, by_project_and_year, place_in
from generator.check.across.promises import compare_promises
from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import MEASURES_2020, Nature, cross_rule
from generator.check.subject import Row, Subject
from generator.finding import Severity


@cross_rule(
    "XRF010",
    "points-reweighted",
    group_by=by_project_and_year,
    reads="indicator.points",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(MEASURES_2020,),
    formula="同一指标在申报表和自评表的分值相同",
    otherwise="申报表与自评表没有都印出分值的同一指标；结论写在自评表上",
    record_types=PROJECT_RECORDS,
)
def points_reweighted(group: Sequence[Subject]) -> Iterator[Verdict]:
    """自评表改了申报时的指标分值。

    事后把分值从没有完成的指标移到完成的指标，总得分就变高了。
    只在两份表都印出这一指标的分值时比较；申报表不印分值的不适用。

    反例：
        # content/records/2024/shili/peixun.target.yaml
        表样: 财政项目支出绩效目标申报表
        绩效指标: {产出指标: {数量指标: [{三级指标: 培训次数, 年度指标值: ≥12次, 分值: 30}]}}
        ---
        # content/records/2024/shili/peixun.yaml
        表样: 财政项目支出绩效自评表
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥12次, 实际完成值: 8次, 分值: 10, 得分: 6.67}
    正例：
        # content/records/2024/shili/peixun.target.yaml
        表样: 财政项目支出绩效目标申报表
        绩效指标: {产出指标: {数量指标: [{三级指标: 培训次数, 年度指标值: ≥12次, 分值: 30}]}}
        ---
        # content/records/2024/shili/peixun.yaml
        表样: 财政项目支出绩效自评表
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥12次, 实际完成值: 8次, 分值: 30.00, 得分: 20}
    """
    return beside_declaration(group, _judged)


def _judged(declaration: Subject, evaluation: Subject) -> Iterator[Verdict]:
    for promise in compare_promises(declaration, evaluation):
        before, after = promise.declared, promise.reported
        if before is None or after is None or before.points is None or after.points is None:
            continue
        yield _reweighted(before, after, declaration) if promise.is_reweighted else PASSED


def _reweighted(before: Row, after: Row, declaration: Subject) -> Verdict:
    declared, printed = before.cell("points").text, after.cell("points").text
    return failed(
        after.spot("points"),
        f"“{after.name}”申报时 {declared} 分，自评表改为 {printed} 分",
        found=printed,
        expected=f"与申报表一致：{declared}",
        hint="按批复的分值自评；分值经批准调整过的，写明依据",
        related=(place_in(declaration, before.spot("points"), f"申报表：“{before.name}”分值 {declared}"),),
    )
