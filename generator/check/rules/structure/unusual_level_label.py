"""REC031: a level label that looks like a usual one and is not."""

from collections.abc import Iterator

from generator.check.levels import level1_of, level2_of
from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rows.usual_levels import exact_level1, exact_level2, slip_of_level1, slip_of_level2
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import PROJECT_FORMS, Row, Subject
from generator.finding import Severity
from generator.patterns import lazy_pattern

_OWN = lazy_pattern("管理|长效|影响|效果|效率|进度|环境|其他")
"""Words of labels that places print of their own."""


@rule(
    "REC031",
    "unusual-level-label",
    severity=Severity.NOTE,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="一级、二级指标的名称是表样上的名称",
    otherwise="绩效指标没有分级",
    record_types=PROJECT_FORMS,
)
def unusual_level_label(subject: Subject) -> Iterator[Verdict]:
    """一级或二级指标的名称不是表样上的写法。

    名称差一个字，按一级指标汇总分值、按类别比较各项目时就会漏掉这些指标。
    各地自定的名称（项目决策、投入管理等）不算；只指出认不出是哪一类的，和与通行名称只差一个字的。

    反例：
        绩效指标:
          产出指标:
            数量指际:
              - {三级指标: 示例服务次数, 年度指标值: ≥12次}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 示例服务次数, 年度指标值: ≥12次}
    """
    seen: set[str] = set()
    above: tuple[str, ...] = ()
    for row in subject.rows:
        if row.indicator.path == above:
            continue
        above = row.indicator.path
        for depth, label in enumerate(row.indicator.path[:2]):
            if label in seen:
                continue
            seen.add(label)
            usual = _usual(row, depth, label)
            if usual is None:
                yield PASSED
                continue
            column = "二级指标" if depth else "一级指标"
            yield failed(
                row.spot(),
                f"{column}“{label}”不是表样上的名称",
                found=label,
                expected=usual or "产出指标、效益指标、满意度指标、成本指标及其下的二级指标",
                hint=f"照原表核对；是不是“{usual}”？" if usual else "照原表核对这一级的名称",
            )


def _usual(row: Row, depth: int, label: str) -> str | None:
    """Return the label that was probably meant, empty where none is near, None where the label is good."""
    if depth == 0:
        if exact_level1(label) is not None:
            return None
        return slip_of_level1(label) or (None if level1_of(label) else "")
    if exact_level2(label) is not None or exact_level1(row.indicator.path[0]) is None:
        return None
    known = level2_of(label) is not None or _OWN.search(label) is not None
    return slip_of_level2(label) or (None if known else "")
