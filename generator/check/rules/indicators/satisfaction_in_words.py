"""IND047: satisfaction given as a word."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rows.indicator_rows import related, target_spot
from generator.check.rows.row_groups import row_groups
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.values import Quantity, Range, Words


@rule(
    "IND047",
    "satisfaction-in-words",
    severity=Severity.NOTE,
    nature=Nature.METHOD,
    basis=(PRACTICE,),
    formula="满意度指标值以 % 计",
    otherwise="没有一行是满意度指标",
)
def satisfaction_in_words(subject: Subject) -> Iterator[Verdict]:
    """满意度用词表示，没有百分比。

    满意度应当来自调查，调查就有样本和百分比。目标写“满意”、结果写“满意”，看不出问了谁、多少人满意。
    以分计的满意度不算。全表只提一次，指向第一处，其余各处列在后面。

    反例：
        绩效指标:
          满意度指标:
            服务对象满意度指标:
              - {三级指标: 居民满意度, 年度指标值: 满意, 实际完成值: 满意}
    正例：
        绩效指标:
          满意度指标:
            服务对象满意度指标:
              - {三级指标: 居民满意度, 年度指标值: ≥85%, 实际完成值: 91.3%}
    """
    worded = []
    for row in row_groups(subject).satisfaction:
        if row.target_cell.unreadable:
            yield insufficient(target_spot(row), f"“{row.name}”的指标值无法辨认")
        elif isinstance(row.target, Words):
            worded.append(row)
        elif isinstance(row.target, (Quantity, Range)):
            yield PASSED
    if worded:
        first = worded[0]
        yield failed(
            target_spot(first),
            f"满意度用词表示，没有百分比，共 {len(worded)} 处，从“{first.name}”起",
            found=first.target_cell.text,
            expected="百分比，例如 ≥85%",
            hint="改为百分比，并在完成情况里写明调查了多少人",
            related=related(worded[1:]),
        )
