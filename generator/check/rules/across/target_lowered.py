"""XRF006: a target of the self-evaluation is weaker than the one declared."""

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
    "XRF006",
    "target-lowered",
    group_by=by_project_and_year,
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(MEASURES_2020,),
    formula="自评表的指标值不弱于申报表：≥ 的数和一年的次数不变小，≤ 的数不变大，完成日期不推后",
    otherwise="没有同一项目同一年度的申报表与自评表可比；结论写在自评表上",
    record_types=PROJECT_RECORDS,
)
def target_lowered(group: Sequence[Subject]) -> Iterator[Verdict]:
    """自评表的指标值低于申报时的指标值。

    自评应当按批复的绩效目标打分；目标在自评时变低，得分就失去了意义。
    指标先按名称和层级对应，再只按名称对应，最后才认改名（同一二级指标、同类指标值、同单位，而且只有一个可能）：
    名称几乎相同，或者只多了开头的“开展”“组织”等动词、相邻的两个词换了位置、末尾的“率”“度”“性”或“通过”“合格”互换。
    “万”等数量级和同一种量的单位（小时与天、平方米与公顷）换算后再比，换算没有准数的（天与月、天与工作日）不比；
    次数按一年比；区间的上限不变而下限变小的是降低，成本、时效和越少越好的区间不在内。
    “≥”变小、“≤”变大、日期推后才算降低，等号的指标只在产出的数量、质量和满意度上比较大小。
    自评表同时印出年初目标值和调整后目标值、且年初值与申报一致的，是公开的调整，不算降低。

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
              - {三级指标: 培训次数, 年度指标值: ≥10次, 实际完成值: 10次, 分值: 10, 得分: 10}
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
              - {三级指标: 培训次数, 年度指标值: ≥12.00(次), 实际完成值: 10次, 分值: 10, 得分: 8.33}
    """
    return beside_declaration(group, _judged)


def _judged(declaration: Subject, evaluation: Subject) -> Iterator[Verdict]:
    for promise in compare_promises(declaration, evaluation):
        before, after = promise.declared, promise.reported
        if before is None or after is None:
            continue
        if promise.change is Change.LOWERED:
            yield _lowered(before, after, declaration, reworded=promise.reworded)
        elif promise.change is Change.UNDECIDED:
            yield insufficient(target_spot(after), f"“{after.name}”的指标值有一份表空白或无法辨认")
        else:
            yield PASSED


def _lowered(before: Row, after: Row, declaration: Subject, *, reworded: bool) -> Verdict:
    promised, reported = before.target_cell.text, after.target_cell.text
    renamed = f"（自评表写作“{after.name}”）" if reworded else ""
    spot = target_spot(before)
    return failed(
        target_spot(after),
        f"“{before.name}”{renamed}申报时的指标值是“{promised}”，自评表降为“{reported}”",
        found=reported,
        expected=f"与申报表一致：{promised}",
        hint="按批复的指标值自评；目标经批准调整过的，写明调整依据",
        related=(place_in(declaration, spot, f"申报表：“{before.name}”指标值“{promised}”"),),
    )
