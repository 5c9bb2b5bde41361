"""PRO013: punctuation marks that cannot stand side by side."""

from collections.abc import Iterator

from generator.check.outcome import Spot, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.check.wording.searching import Hit, hits, verdicts
from generator.check.wording.whole_text import WholeText
from generator.finding import Severity
from generator.patterns import lazy_pattern

# Three and more full stops are an old way to write an ellipsis.
DOUBLED = lazy_pattern(r"(?<!。)。。(?!。)|[，、；：][，、；：。]|。[，、；：]|(?<!,),,(?!,)")
_TWO_MARKS = lazy_pattern("[，、；：。][，、；：。]")


@rule(
    "PRO013",
    "punctuation-doubled",
    severity=Severity.NOTE,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="没有“，，”“。，”“、。”一类连着的标点",
    otherwise="表中没有文字",
)
def punctuation_doubled(subject: Subject) -> Iterator[Verdict]:
    """两个标点连在一起，例如“，，”“、。”。

    删改之后漏了字，或者两格的文字拼在一起，常常留下这样的痕迹。

    反例：
        年度总体目标:
          预期目标: 全年开展示例服务 12 次，。
    正例：
        年度总体目标:
          预期目标: 全年开展示例服务 12 次。
    """
    found = hits(subject, DOUBLED, lambda piece: piece.is_of_form, may_hold=may_hold)
    yield from verdicts(subject, found, _fault)


def may_hold(words: WholeText) -> bool:
    """Tell whether the words of a record may hold what this rule looks for."""
    return ",," in words.of_form or _TWO_MARKS.search(words.of_form) is not None


def _fault(hit: Hit, spot: Spot) -> Verdict:
    return failed(
        spot,
        f"标点“{hit.match[0]}”连在一起",
        found=hit.around,
        expected="一个标点",
        hint="对照原件看是否漏了字；多出的标点删去，原表如此的可照录",
    )
