"""XRF007: an indicator that was declared is missing in the self-evaluation."""

from collections.abc import Iterator, Sequence

from generator.check.across.kinship import PROJECT_RECORDS, beside_declaration, by_project_and_year, listed, place_in
from generator.check.across.promises import compare_promises
from generator.check.across.targets import Change
from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rows.indicator_rows import target_spot
from generator.check.rule import MEASURES_2020, Nature, cross_rule
from generator.check.subject import Subject
from generator.finding import Severity


@cross_rule(
    "XRF007",
    "indicator-dropped",
    group_by=by_project_and_year,
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(MEASURES_2020,),
    formula="申报表的每个三级指标都在自评表里",
    otherwise="没有同一项目同一年度的申报表与自评表可比；结论写在自评表上",
    record_types=PROJECT_RECORDS,
)
def indicator_dropped(group: Sequence[Subject]) -> Iterator[Verdict]:
    """申报过的指标没有出现在自评表里。

    自评的指标应是批复的指标；不评的指标往往正是没有完成的。
    名称比较时不计全角半角、空格、引号和“指标1：”之类的前缀，几乎相同和通常的换个说法（见 XRF006）算改名，不算取消；
    有一份表的指标名称无法辨认时，不下结论。全部取消的指标合为一条提示。

    反例：
        # content/records/2024/shili/peixun.target.yaml
        表样: 财政项目支出绩效目标申报表
        绩效指标:
          产出指标:
            数量指标: [{三级指标: 培训次数, 年度指标值: ≥12次}, {三级指标: 参训人数, 年度指标值: ≥300人}]
        ---
        # content/records/2024/shili/peixun.yaml
        表样: 财政项目支出绩效自评表
        绩效指标: {产出指标: {数量指标: [{三级指标: 培训次数, 年度指标值: ≥12次}]}}
    正例：
        # content/records/2024/shili/peixun.target.yaml
        表样: 财政项目支出绩效目标申报表
        绩效指标: {产出指标: {数量指标: [{三级指标: 培训次数, 年度指标值: ≥12次}]}}
        ---
        # content/records/2024/shili/peixun.yaml
        表样: 财政项目支出绩效自评表
        绩效指标: {产出指标: {数量指标: [{三级指标: "指标1：培训次数", 年度指标值: ≥12次}]}}
    """
    return beside_declaration(group, _judged)


def _judged(declaration: Subject, evaluation: Subject) -> Iterator[Verdict]:
    spot = evaluation.block_spot("indicators")
    if not evaluation.scored:
        yield insufficient(spot, "自评表没有列出任何指标")
        return
    promises = compare_promises(declaration, evaluation)
    dropped = [promise.declared for promise in promises if promise.declared and promise.change is Change.DROPPED]
    if dropped:
        names = [row.name for row in dropped]
        places = tuple(
            place_in(declaration, target_spot(row), f"申报表：“{row.name}”指标值“{row.target_cell.text}”")
            for row in dropped[:_MOST]
        )
        yield failed(
            spot,
            f"申报时的指标{listed(names)}没有出现在自评表里",
            found=f"自评表有 {len(evaluation.scored)} 个指标，其中没有{listed(names)}",
            expected=f"申报表的 {len(declaration.scored)} 个指标都自评",
            hint="补上没有自评的指标；确经批准取消的，在偏差原因里写明",
            related=places,
        )
    for promise in promises:
        if promise.declared is None:
            continue
        if promise.change is Change.UNDECIDED and promise.reported is None:
            yield insufficient(spot, f"无法确定申报的“{promise.declared.name}”对应自评表的哪一行")
        elif promise.change is not Change.DROPPED:
            yield PASSED


_MOST = 20
"""Rows pointed at; the sentence says how many there are."""
