"""REC044: rows of one level 1 that do not stand together."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "REC044",
    "level-scattered",
    severity=Severity.NOTE,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="同一个一级指标的各行排在一起",
    otherwise="绩效指标没有分级",
)
def level_scattered(subject: Subject) -> Iterator[Verdict]:
    """同一个一级指标的各行没有排在一起。

    表样上一级指标是一个合并的格，同一个一级指标不会出现两次；分成两段，多半是某一行抄错了位置或写错了一级指标。

    反例：
        绩效指标:
          - {一级指标: 产出指标, 二级指标: 数量指标, 三级指标: 示例服务次数, 年度指标值: ≥12次}
          - {一级指标: 效益指标, 二级指标: 社会效益指标, 三级指标: 受益居民人数, 年度指标值: ≥300人}
          - {一级指标: 产出指标, 二级指标: 质量指标, 三级指标: 服务合格率, 年度指标值: =100%}
    正例：
        绩效指标:
          - {一级指标: 产出指标, 二级指标: 数量指标, 三级指标: 示例服务次数, 年度指标值: ≥12次}
          - {一级指标: 产出指标, 二级指标: 质量指标, 三级指标: 服务合格率, 年度指标值: =100%}
          - {一级指标: 效益指标, 二级指标: 社会效益指标, 三级指标: 受益居民人数, 年度指标值: ≥300人}
    """
    left: set[tuple[str, str]] = set()
    current: tuple[str, str] | None = None
    for row in subject.rows:
        if not row.indicator.path:
            continue
        level = (row.indicator.horizon, row.indicator.path[0])
        if level == current:
            continue
        if level not in left:
            yield PASSED
        else:
            yield failed(
                row.spot(),
                f"“{row.name}”又回到前面已经结束的一级指标“{level[1]}”",
                found=f"{current[1] if current else ''}之后又是{level[1]}",
                expected=f"“{level[1]}”的各行排在一起",
                hint=f"照原表核对这一行的一级指标和位置，把它移到“{level[1]}”的各行之后",
            )
        left.add(level)
        current = level
