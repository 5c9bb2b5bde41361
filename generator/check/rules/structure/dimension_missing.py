"""REC032: a dimension of performance without any indicator."""

from collections.abc import Iterator, Sequence

from generator.check.levels import Level1, Level2
from generator.check.outcome import PASSED, Verdict, failed, not_applicable
from generator.check.rule import GUIDE_2021, MEASURES_2020, Nature, rule
from generator.check.subject import PROJECT_FORMS, Row, Subject
from generator.finding import Severity
from generator.model.values import BudgetBound

_ALL = ("数量", "质量", "时效", "成本", "效益", "满意度")
_BY_LEVEL2 = {
    Level2.QUANTITY: "数量",
    Level2.QUALITY: "质量",
    Level2.TIMELINESS: "时效",
    Level2.COST: "成本",
    Level2.SATISFACTION: "满意度",
}


@rule(
    "REC032",
    "dimension-missing",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(MEASURES_2020, GUIDE_2021),
    formula="数量、质量、时效、成本、效益（至少一种）、满意度各有一项指标",
    otherwise="绩效指标没有按产出、效益等分级，不能判断",
    record_types=PROJECT_FORMS,
)
def dimension_missing(subject: Subject) -> Iterator[Verdict]:
    """绩效指标没有覆盖数量、质量、时效、成本、效益、满意度。

    少一方面，就有一方面的花费或效果无从评价：没有成本指标，看不出花得贵不贵；没有时效指标，拖到年底也照样满分。
    成本可以是一级指标，也可以是产出下的二级指标，“控制在预算内”一类的指标也算；效益有经济、社会、生态、可持续影响中的一种即可。
    办法和指引的条文未经核对；个别项目确实没有某一方面（例如没有服务对象）时，请在表中说明。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 示例服务次数, 年度指标值: ≥12次}
          满意度指标:
            服务对象满意度指标:
              - {三级指标: 居民满意度, 年度指标值: ≥90%}
    正例：
        绩效指标:
          成本指标:
            经济成本指标:
              - {三级指标: 每次服务费用, 年度指标值: ≤800元}
          产出指标:
            数量指标:
              - {三级指标: 示例服务次数, 年度指标值: ≥12次}
            质量指标:
              - {三级指标: 服务合格率, 年度指标值: =100%}
            时效指标:
              - {三级指标: 按月开展, 年度指标值: 及时}
          效益指标:
            社会效益指标:
              - {三级指标: 受益居民人数, 年度指标值: ≥300人}
          满意度指标:
            服务对象满意度指标:
              - {三级指标: 居民满意度, 年度指标值: ≥90%}
    """
    rows = subject.scored
    levels = {(row.level1, row.level2) for row in rows}
    if not any(level1 is Level1.OUTPUT and level2 is not None for level1, level2 in levels):
        return
    if any(level1 in (None, Level1.MANAGEMENT) for level1, _ in levels):
        yield not_applicable("一级指标是自定的，不按产出、效益、满意度划分")
        return
    present = _present(rows, levels)
    missing = [dimension for dimension in _ALL if dimension not in present]
    if not missing:
        yield PASSED
        return
    yield failed(
        subject.block_spot("indicators"),
        f"绩效指标中没有{'、'.join(missing)}指标",
        found=f"只有{'、'.join(dimension for dimension in _ALL if dimension in present)}指标",
        expected="数量、质量、时效、成本、效益、满意度都有",
        hint=f"下一年度设定目标时补上{'、'.join(missing)}指标；项目确实没有这一方面的，在表中说明",
    )


def _present(rows: Sequence[Row], levels: set[tuple[Level1 | None, Level2 | None]]) -> set[str]:
    found: set[str] = set()
    for level1, level2 in levels:
        if level2 in _BY_LEVEL2:
            found.add(_BY_LEVEL2[level2])
        elif level1 is Level1.BENEFIT:
            found.add("效益")
        if level1 is Level1.COST:
            found.add("成本")
        if level1 is Level1.SATISFACTION:
            found.add("满意度")
    if "成本" not in found and any(isinstance(row.target, BudgetBound) for row in rows):
        found.add("成本")
    if "满意度" not in found and any("满意" in row.name for row in rows):
        found.add("满意度")
    return found
