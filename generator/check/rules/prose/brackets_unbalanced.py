"""PRO010: a bracket without its other half."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.check.wording.brackets import bracket_faults
from generator.check.wording.searching import excerpt
from generator.check.wording.whole_text import whole_text
from generator.finding import Severity


@rule(
    "PRO010",
    "brackets-unbalanced",
    severity=Severity.WARNING,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="每个左括号、书名号都有右半边",
    otherwise="表中没有括号",
)
def brackets_unbalanced(subject: Subject) -> Iterator[Verdict]:
    """括号或书名号只有半边。

    少了半边括号，往往是这一格的文字被截断了，或者错到了相邻的格里。
    “1）”一类的序号、“[90%,100%)”一类的区间不算。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 示例服务次数（含上门服务, 年度指标值: ≥12次}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 示例服务次数（含上门服务）, 年度指标值: ≥12次}
    """
    faulty = False
    words = whole_text(subject)
    for piece in subject.pieces if words.has_bracket_faults else ():
        if not piece.is_of_form:
            continue
        for fault in bracket_faults(piece.text):
            if fault.is_mixed:
                continue
            faulty = True
            yield failed(
                subject.piece_spot(piece, fault.offset),
                f"“{fault.mark}”没有另一半",
                found=excerpt(piece.text, fault.offset, fault.offset + 1),
                expected="成对的括号",
                hint="对照原件：文字被截断的补全，多出的半边括号删去",
            )
            break
    if words.of_form and not faulty:
        yield PASSED
