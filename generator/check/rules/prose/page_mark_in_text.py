"""PRO005: the page number of the original inside a text."""

import re
from collections.abc import Iterator

from generator.check.outcome import Spot, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.check.wording.searching import Hit, hits, verdicts
from generator.check.wording.whole_text import WholeText
from generator.finding import Severity
from generator.patterns import lazy_pattern

PAGE = lazy_pattern(
    r"(?<![\d.])(?<!\d\s)[-—－–]\s\d{1,3}\s[-—－–](?![\d.])"
    r"|^\s*[-—－–]\d{1,3}[-—－–]\s*$"
    r"|第\s?\d{1,3}\s?页\s?[,，/]?\s?共\s?\d{1,3}\s?页",
    re.MULTILINE,
)
_DASHED = lazy_pattern(r"[-—－–](?<![\d.][-—－–])\s?\d{1,3}\s?[-—－–]")


@rule(
    "PRO005",
    "page-mark-in-text",
    severity=Severity.NOTE,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="文字中没有“- 1 -”“第1页 共3页”一类的页码",
    otherwise="表中没有文字",
)
def page_mark_in_text(subject: Subject) -> Iterator[Verdict]:
    """文字中夹着原件的页码，例如“- 1 -”。

    表格跨页时，页脚的页码常被一起复制进来，把一句话或一个名称从中间断开。

    反例：
        年度总体目标:
          预期目标: 全年开展示例服务 - 1 - 12 次。
    正例：
        年度总体目标:
          预期目标: 全年开展示例服务 12 次。
    """
    found = hits(subject, PAGE, lambda piece: piece.is_of_form, may_hold=may_hold)
    yield from verdicts(subject, found, _fault)


def may_hold(words: WholeText) -> bool:
    """Tell whether the words of a record may hold what this rule looks for."""
    return "页" in words.of_form or _DASHED.search(words.of_form) is not None


def _fault(hit: Hit, spot: Spot) -> Verdict:
    mark = hit.match[0].strip()
    return failed(
        spot,
        f"文字中夹着页码“{mark}”",
        found=hit.around,
        expected="不带页码的文字",
        hint="删去页码，并核对它前后的字是否连得上",
    )
