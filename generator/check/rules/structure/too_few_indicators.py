"""REC037: a form with hardly any indicators."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import EVALUATIONS, PROJECT_FORMS, Subject
from generator.finding import Severity


@rule(
    "REC037",
    "too-few-indicators",
    severity=Severity.NOTE,
    nature=Nature.METHOD,
    basis=(PRACTICE,),
    formula="填写了的指标不少于规则包规定的项数（通行口径为 3 项）",
    otherwise="表中没有指标",
    record_types=PROJECT_FORMS | EVALUATIONS,
)
def too_few_indicators(subject: Subject) -> Iterator[Verdict]:
    """整张表只有一两项指标。

    一两项指标担不起全部分值，也说不清钱花在哪里、效果怎样。项数的界限是审核惯例，不是法规要求。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 示例工作完成率, 年度指标值: =100%}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 示例服务次数, 年度指标值: ≥12次}
            质量指标:
              - {三级指标: 服务合格率, 年度指标值: =100%}
          满意度指标:
            服务对象满意度指标:
              - {三级指标: 居民满意度, 年度指标值: ≥90%}
    """
    count = len(subject.scored)
    fewest = subject.pack.thresholds.fewest_indicators
    if not count:
        return
    if count >= fewest:
        yield PASSED
        return
    yield failed(
        subject.block_spot("indicators"),
        f"整张表只有 {count} 项指标",
        found=f"{count} 项",
        expected=f"不少于 {fewest} 项",
        hint="按资金的主要用途和预期效果补充指标，使每一大笔支出都有指标可查",
    )
