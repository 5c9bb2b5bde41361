"""PRO011: a pair of brackets of two widths."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.check.wording.brackets import bracket_faults
from generator.check.wording.searching import excerpt
from generator.check.wording.whole_text import whole_text
from generator.finding import Severity


@rule(
    "PRO011",
    "brackets-mixed",
    severity=Severity.NOTE,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="一对括号同是全角或同是半角",
    otherwise="表中没有括号",
)
def brackets_mixed(subject: Subject) -> Iterator[Verdict]:
    """一对括号一半全角、一半半角。

    不影响读，但名称会因此对不上；全表统一用一种最好，至少每一对要一致。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 示例服务次数（含上门服务), 年度指标值: ≥12次}
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
            if not fault.is_mixed:
                continue
            faulty = True
            shown = excerpt(piece.text, fault.offset, fault.offset + 1)
            yield failed(
                subject.piece_spot(piece, fault.offset),
                f"一对括号“{fault.mark}”一半全角、一半半角",
                found=shown,
                expected="“（…）”，或“(…)”",
                hint="把这一对括号改成同一种；原表如此的可照录",
            )
            break
    if words.of_form and not faulty:
        yield PASSED
