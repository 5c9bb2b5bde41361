"""IND026: results printed with an equals sign in front."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rows.indicator_rows import related
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.values import Comparator, Quantity


@rule(
    "IND026",
    "equals-sign-in-actual",
    reads="indicator.actual",
    severity=Severity.NOTE,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="实际完成值不以 = 开头",
    otherwise="没有一行的实际完成值是数",
)
def equals_sign_in_actual(subject: Subject) -> Iterator[Verdict]:
    """实际完成值前面带了等号。

    等号是目标的比较符号，结果只写数和单位；带等号的多是从指标值一栏照抄来的，导出后也不便计算。
    全表只提一次，指向第一处，其余各处列在后面。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 体检人数, 年度指标值: =28人, 实际完成值: =28人}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 体检人数, 年度指标值: =28人, 实际完成值: 28人}
    """
    marked = []
    for row in subject.scored:
        if not isinstance(row.actual, Quantity):
            continue
        if row.actual.comparator is Comparator.EQ:
            marked.append(row)
        else:
            yield PASSED
    if marked:
        first = marked[0]
        yield failed(
            first.spot("actual"),
            f"实际完成值前带等号，共 {len(marked)} 处，从“{first.name}”起",
            found=first.actual_cell.text,
            expected="只写数和单位，例如 28人",
            hint="删去等号；是照抄指标值的，换成实际完成的数",
            related=related(marked[1:], "actual"),
        )
