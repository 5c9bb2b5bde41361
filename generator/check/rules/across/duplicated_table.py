"""XRF026: two projects with the very same indicator table."""

from collections.abc import Iterator, Sequence

from generator.check.across.kinship import PROJECT_RECORDS, by_stage_of_unit_and_year, listed, place_in, title_of
from generator.check.across.repetition import Shared, shared_indicators
from generator.check.outcome import PASSED, Verdict, about, failed, not_applicable
from generator.check.rule import PRACTICE, Nature, cross_rule
from generator.check.subject import Subject
from generator.finding import Severity


@cross_rule(
    "XRF026",
    "duplicated-indicator-table",
    group_by=by_stage_of_unit_and_year,
    reads="indicator.target",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(PRACTICE,),
    formula="两个不同项目的指标表（满意度除外）不全部相同",
    otherwise="本单位本年度没有第二个同阶段的项目",
    record_types=PROJECT_RECORDS,
)
def duplicated_table(group: Sequence[Subject]) -> Iterator[Verdict]:
    """两个不同项目的指标表完全相同。

    整张指标表一字不差，不是套用模板就是录错了表，两个项目的绩效都无从判断。
    只比较同一单位、同一年度、同一种表的不同项目；满意度指标不计，
    其余指标多于规则包所定的个数（通行 3 个）、而且名称和指标值全部相同才提出。

    反例：
        # content/records/2024/shili/peixun.yaml
        项目名称: 技能培训
        绩效指标:
          产出指标:
            数量指标: [{三级指标: 开展次数, 年度指标值: ≥12次}]
            质量指标: [{三级指标: 合格率, 年度指标值: =100%}]
            时效指标: [{三级指标: 完成及时性, 年度指标值: 及时}]
            成本指标: [{三级指标: 成本控制, 年度指标值: 控制在预算内}]
        ---
        # content/records/2024/shili/yanglao.yaml
        项目名称: 居家养老
        绩效指标:
          产出指标:
            数量指标: [{三级指标: 开展次数, 年度指标值: ≥12次}]
            质量指标: [{三级指标: 合格率, 年度指标值: =100%}]
            时效指标: [{三级指标: 完成及时性, 年度指标值: 及时}]
            成本指标: [{三级指标: 成本控制, 年度指标值: 控制在预算内}]
    正例：
        # content/records/2024/shili/peixun.yaml
        项目名称: 技能培训
        绩效指标:
          产出指标:
            数量指标: [{三级指标: 培训次数, 年度指标值: ≥12次}, {三级指标: 培训人次, 年度指标值: ≥300人次}]
            质量指标: [{三级指标: 合格率, 年度指标值: =100%}]
            时效指标: [{三级指标: 完成及时性, 年度指标值: 及时}]
        ---
        # content/records/2024/shili/yanglao.yaml
        项目名称: 居家养老
        绩效指标:
          产出指标:
            数量指标: [{三级指标: 服务老人, 年度指标值: ≥80人}, {三级指标: 上门次数, 年度指标值: ≥960次}]
            质量指标: [{三级指标: 合格率, 年度指标值: =100%}]
            时效指标: [{三级指标: 完成及时性, 年度指标值: 及时}]
    """
    for shared in shared_indicators(group):
        if not shared.comparable:
            continue
        if shared.comparable <= shared.subject.pack.thresholds.fewest_rows:
            verdict = not_applicable("可比的指标太少，相同也可能是巧合")
        elif shared.other is not None and shared.is_whole_table:
            verdict = _same(shared, shared.other)
        else:
            verdict = PASSED
        yield about(shared.subject.id, verdict)


def _same(shared: Shared, other: Subject) -> Verdict:
    subject = shared.subject
    return failed(
        subject.block_spot("indicators"),
        f"{len(shared.rows)} 个指标的名称和指标值与“{other.record.name}”的全部相同",
        found=listed([f"{row.name}：{row.target_cell.text}" for row in shared.rows]),
        expected="不同项目有各自的指标",
        hint="核对有没有录错表；确是原表如此，应当按项目内容重写指标",
        related=(place_in(other, other.block_spot("indicators"), f"{title_of(other)}的 {len(shared.rows)} 个指标"),),
    )
