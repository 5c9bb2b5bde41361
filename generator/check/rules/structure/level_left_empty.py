"""REC035: a level that the form prints without any indicator below it."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Spot, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import JOIN, Subject
from generator.finding import Severity


@rule(
    "REC035",
    "level-left-empty",
    severity=Severity.NOTE,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="印出的每个一级、二级指标下面至少有一项指标",
    otherwise="绩效指标没有分级",
)
def level_left_empty(subject: Subject) -> Iterator[Verdict]:
    """一级或二级指标下面没有任何指标。

    空模板没有删净，或者这一类指标漏填了；读者分不出是哪一种。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 示例服务次数, 年度指标值: ≥12次}
            质量指标:
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 示例服务次数, 年度指标值: ≥12次}
    """
    seen: set[tuple[str, ...]] = set()
    for indicator in subject.record.indicators:
        if not indicator.path or indicator.path in seen:
            continue
        if indicator.name or indicator.cells:
            seen.add(indicator.path)
            yield PASSED
            continue
        label = indicator.path[-1]
        yield failed(
            Spot(indicator.span, JOIN.join(indicator.path), indicator.anchor),
            f"“{label}”下面没有指标",
            found="空白",
            expected=f"“{label}”下至少有一项指标",
            hint="补填漏掉的指标；原表就空着的，可在下一次填报时删去这一级",
        )
