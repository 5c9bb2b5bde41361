"""XRF008: the self-evaluation has an indicator that was not declared."""

from collections.abc import Iterator, Sequence

from generator.check.across.kinship import PROJECT_RECORDS, beside_declaration, by_project_and_year, listed, place_in
from generator.check.across.promises import compare_promises
from generator.check.across.targets import Change
from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rule import MEASURES_2020, Nature, cross_rule
from generator.check.subject import Subject
from generator.finding import Severity


@cross_rule(
    "XRF008",
    "indicator-added",
    group_by=by_project_and_year,
    severity=Severity.NOTE,
    nature=Nature.CONTRADICTION,
    basis=(MEASURES_2020,),
    formula="自评表的每个三级指标都在申报表里",
    otherwise="没有同一项目同一年度的申报表与自评表可比；结论写在自评表上",
    record_types=PROJECT_RECORDS,
)
def indicator_added(group: Sequence[Subject]) -> Iterator[Verdict]:
    """自评表里有申报时没有的指标。

    事后添加的指标多半是已经做到的事，会把总得分抬高。
    名称的比较办法同 XRF007；新增的指标合为一条提示，写出它们一共占多少分。

    反例：
        # content/records/2024/shili/peixun.target.yaml
        表样: 财政项目支出绩效目标申报表
        绩效指标: {产出指标: {数量指标: [{三级指标: 培训次数, 年度指标值: ≥12次}]}}
        ---
        # content/records/2024/shili/peixun.yaml
        表样: 财政项目支出绩效自评表
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥12次, 实际完成值: 8次, 分值: 10, 得分: 6.67}
              - {三级指标: 印发简报, 年度指标值: ≥1期, 实际完成值: 1期, 分值: 30, 得分: 30}
    正例：
        # content/records/2024/shili/peixun.target.yaml
        表样: 财政项目支出绩效目标申报表
        绩效指标: {产出指标: {数量指标: [{三级指标: 培训次数, 年度指标值: ≥12次}]}}
        ---
        # content/records/2024/shili/peixun.yaml
        表样: 财政项目支出绩效自评表
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥12次, 实际完成值: 8次, 分值: 10, 得分: 6.67}
    """
    return beside_declaration(group, _judged)


def _judged(declaration: Subject, evaluation: Subject) -> Iterator[Verdict]:
    if not declaration.scored:
        yield insufficient(evaluation.block_spot("indicators"), "申报表没有列出任何指标")
        return
    promises = compare_promises(declaration, evaluation)
    added = [promise.reported for promise in promises if promise.reported and promise.change is Change.ADDED]
    if added:
        names = [row.name for row in added]
        points = [row.points for row in added if row.points is not None]
        worth = f"，共 {sum(points):f} 分" if len(points) == len(added) else ""
        yield failed(
            added[0].spot(),
            f"自评表的指标{listed(names)}申报时没有{worth}",
            found=listed(names),
            expected=f"与申报表的 {len(declaration.scored)} 个指标一致",
            hint="只自评批复的指标；确经批准增加的，写明依据",
            related=(
                place_in(
                    declaration, declaration.block_spot("indicators"), f"申报表的 {len(declaration.scored)} 个指标"
                ),
            ),
        )
    for promise in promises:
        if promise.reported is None:
            continue
        if promise.change is Change.UNDECIDED and promise.declared is None:
            yield insufficient(promise.reported.spot(), f"无法确定“{promise.reported.name}”对应申报表的哪一行")
        elif promise.change is not Change.ADDED:
            yield PASSED
