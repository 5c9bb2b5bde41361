"""XRF025: projects of a unit share indicators and targets."""

from collections.abc import Iterator, Sequence

from generator.check.across.kinship import PROJECT_RECORDS, by_stage_of_unit_and_year, listed, place_in, title_of
from generator.check.across.repetition import Shared, shared_indicators
from generator.check.outcome import PASSED, Verdict, about, failed
from generator.check.rows.indicator_rows import target_spot
from generator.check.rule import PRACTICE, Nature, cross_rule
from generator.check.subject import Subject
from generator.finding import Severity


@cross_rule(
    "XRF025",
    "repeated-indicators",
    group_by=by_stage_of_unit_and_year,
    reads="indicator.target",
    severity=Severity.NOTE,
    nature=Nature.METHOD,
    basis=(PRACTICE,),
    formula="两个不同项目名称和指标值都相同的指标（满意度除外）不多于规则包所定的个数（通行 3 个）",
    otherwise="本单位本年度没有第二个同阶段的项目",
    record_types=PROJECT_RECORDS,
)
def repeated_indicators(group: Sequence[Subject]) -> Iterator[Verdict]:
    """不同项目套用相同的指标和指标值。

    指标应当说得出这个项目的特点；几个项目写着同样的指标和数，多半是套用模板。
    只比较同一单位、同一年度、同一种表的不同项目，名称和指标值都相同才算，满意度指标不计；
    每个项目与相同最多的另一个项目比较。整张表都相同的见 XRF026。

    反例：
        # content/records/2024/shili/peixun.yaml
        项目名称: 技能培训
        绩效指标:
          产出指标:
            数量指标: [{三级指标: 开展次数, 年度指标值: ≥12次}, {三级指标: 培训人次, 年度指标值: ≥300人次}]
            质量指标: [{三级指标: 合格率, 年度指标值: =100%}]
            时效指标: [{三级指标: 完成及时性, 年度指标值: 及时}]
            成本指标: [{三级指标: 成本控制, 年度指标值: 控制在预算内}]
        ---
        # content/records/2024/shili/yanglao.yaml
        项目名称: 居家养老
        绩效指标:
          产出指标:
            数量指标: [{三级指标: 开展次数, 年度指标值: ≥12次}, {三级指标: 服务老人, 年度指标值: ≥80人}]
            质量指标: [{三级指标: 合格率, 年度指标值: =100%}]
            时效指标: [{三级指标: 完成及时性, 年度指标值: 及时}]
            成本指标: [{三级指标: 成本控制, 年度指标值: 控制在预算内}]
    正例：
        # content/records/2024/shili/peixun.yaml
        项目名称: 技能培训
        绩效指标:
          产出指标:
            数量指标: [{三级指标: 培训次数, 年度指标值: ≥12次}]
            时效指标: [{三级指标: 完成及时性, 年度指标值: 及时}]
        ---
        # content/records/2024/shili/yanglao.yaml
        项目名称: 居家养老
        绩效指标:
          产出指标:
            数量指标: [{三级指标: 服务老人, 年度指标值: ≥80人}]
            时效指标: [{三级指标: 完成及时性, 年度指标值: 及时}]
    """
    for shared in shared_indicators(group):
        if not shared.comparable:
            continue
        most = shared.subject.pack.thresholds.fewest_rows
        repeated = shared.other is not None and len(shared.rows) > most and not shared.is_whole_table
        yield about(shared.subject.id, _repeated(shared, shared.other) if repeated and shared.other else PASSED)


def _repeated(shared: Shared, other: Subject) -> Verdict:
    names = [f"{row.name}：{row.target_cell.text}" for row in shared.rows]
    return failed(
        shared.rows[0].spot(),
        f"{len(shared.rows)} 个指标的名称和指标值与“{other.record.name}”的完全相同",
        found=listed(names),
        expected="指标和指标值说得出本项目的特点",
        hint="按本项目的内容写具体的指标，例如写明对象、数量和标准",
        related=tuple(
            place_in(other, target_spot(row), f"{title_of(other)}：“{row.name}”指标值“{row.target_cell.text}”")
            for row in shared.places
        ),
    )
