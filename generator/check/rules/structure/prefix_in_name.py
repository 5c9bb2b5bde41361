"""REC038: the prefix of the blank form left in an indicator's name."""

import re
from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.patterns import lazy_pattern

_PREFIX = lazy_pattern(
    r"(?:三级|四级)?指标\s*[0-9０-９一二三四五六七八九十]+\s*[:：、.．)）]\s*(?P<name>\S.*)", re.DOTALL
)


@rule(
    "REC038",
    "prefix-in-name",
    severity=Severity.NOTE,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="指标名称不以“指标1：”开头",
    otherwise="表中没有指标",
)
def prefix_in_name(subject: Subject) -> Iterator[Verdict]:
    """指标名称前留着空白表样的“指标1：”。

    序号不是名称的一部分，留着它，同一项指标在各年度、各阶段的表里就对不上。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: "指标1：示例服务次数", 年度指标值: ≥12次}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 示例服务次数, 年度指标值: ≥12次}
    """
    for row in subject.rows:
        if not row.name:
            continue
        match = _PREFIX.fullmatch(row.name) if "指标" in row.name[:4] else None
        if match is None:
            yield PASSED
            continue
        yield failed(
            row.spot(),
            "指标名称前有表样的序号",
            found=row.name,
            expected=match["name"],
            hint="下一次填报时删去序号和冒号；原表如此的可照录",
        )
