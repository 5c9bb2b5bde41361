"""REC030: a level 2 label below a level 1 it does not belong to."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rows.usual_levels import belongs, exact_level1, exact_level2, usual_home
from generator.check.rule import FORM, GUIDE_2021, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "REC030",
    "level2-under-wrong-level1",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(FORM, GUIDE_2021),
    formula="二级指标属于其上的一级指标：产出（数量、质量、时效、成本），成本，效益（经济、社会、生态、可持续影响），满意度",
    otherwise="没有印出通行的一级、二级指标名称",
)
def level2_under_wrong_level1(subject: Subject) -> Iterator[Verdict]:
    """二级指标放在了不该放的一级指标下面。

    一级指标决定一项指标算产出还是算效益，放错了，两级的分值合计都不对。
    只判断两级名称都是通行写法的；成本在“产出指标”下、满意度在“效益指标”下是各地都有的排法，不算错。

    反例：
        绩效指标:
          产出指标:
            社会效益指标:
              - {三级指标: 群众知晓率, 年度指标值: ≥80%}
    正例：
        绩效指标:
          效益指标:
            社会效益指标:
              - {三级指标: 群众知晓率, 年度指标值: ≥80%}
    """
    seen: set[tuple[str, str]] = set()
    above: tuple[str, ...] = ()
    for row in subject.rows:
        path = row.indicator.path
        if path == above:
            continue
        above = path
        if len(path) != 2 or path in seen:  # noqa: PLR2004  level 1 and level 2
            continue
        seen.add((path[0], path[1]))
        level1, level2 = exact_level1(path[0]), exact_level2(path[1])
        if level1 is None or level2 is None:
            continue
        if belongs(level1, level2):
            yield PASSED
            continue
        home = usual_home(level2)
        yield failed(
            row.spot(),
            f"二级指标“{path[1]}”放在一级指标“{path[0]}”下面",
            found=f"{path[0]} › {path[1]}",
            expected=f"{home} › {path[1]}",
            hint=f"把“{row.name}”等指标移到“{home}”下，并核对两个一级指标的分值合计；或改正二级指标的名称",
        )
