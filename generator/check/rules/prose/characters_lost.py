"""PRO007: characters that conversion lost."""

from collections.abc import Iterator

from generator.check.outcome import Spot, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.check.wording.searching import Hit, hits, verdicts
from generator.check.wording.whole_text import WholeText, holds_any
from generator.finding import Severity
from generator.patterns import lazy_pattern

LOST = lazy_pattern("[\ufffd\ue000-\uf8ff\ufff0-\ufffb]|锟斤拷|烫烫烫|屯屯屯|ï»¿|â€|Ã[\u0080-\u00bf]|\\?{3,}")
_STRINGS = ("锟斤拷", "烫烫烫", "屯屯屯", "???")
"""Strings of usual signs that may be all there is of it."""


@rule(
    "PRO007",
    "characters-lost",
    severity=Severity.WARNING,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="文字中没有替换符、私用区字符和乱码",
    otherwise="表中没有文字",
)
def characters_lost(subject: Subject) -> Iterator[Verdict]:
    """文字里有乱码，原来的字已经丢了。

    “�”和私用区字符表示转换时认不出的字，“锟斤拷”一类是编码弄错的痕迹；读者看到的是方框或怪字，数字和名称可能因此缺损。

    反例：
        年度总体目标:
          预期目标: 全年开展示例服�12 次。
    正例：
        年度总体目标:
          预期目标: 全年开展示例服务 12 次。
    """
    yield from verdicts(subject, hits(subject, LOST, may_hold=may_hold), _fault)


def may_hold(words: WholeText) -> bool:
    """Tell whether the words of a record may hold what this rule looks for."""
    return not words.is_usual or holds_any(words.everything, _STRINGS)


def _fault(hit: Hit, spot: Spot) -> Verdict:
    mark = hit.match[0]
    code = f"（U+{ord(mark):04X}）" if len(mark) == 1 else ""
    return failed(
        spot,
        f"文字里有乱码“{mark}”{code}",
        found=hit.around,
        expected="原件上的文字",
        hint="对照原件补上这里的字；认不出的写 {无法辨认: 说明}",
    )
