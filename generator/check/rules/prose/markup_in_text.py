"""PRO009: markup left over from a web page or a word processor."""

import re
from collections.abc import Iterator

from generator.check.outcome import Spot, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.check.wording.searching import Hit, hits, verdicts
from generator.check.wording.texts import Part, Piece
from generator.check.wording.whole_text import WholeText, holds_any
from generator.finding import Severity
from generator.patterns import lazy_pattern

MARKUP = lazy_pattern(
    r"</?(?:br|p|span|div|td|th|tr|table|tbody|font|b|i|u|strong|em|sup|sub|img|a|ul|ol|li|h[1-6]|o:p|style|script)"
    r"(?:\s[^<>]*)?/?>"
    r"|&(?:nbsp|amp|lt|gt|quot|ensp|emsp|le|ge|#\d{2,5}|#x[0-9a-fA-F]{2,4});"
    r"|_x000[dDaA]_|\\[nrt](?![a-zA-Z])|\{\{[^{}]*\}\}|\$\{[^{}]*\}",
    re.IGNORECASE,
)
EMPHASIS = lazy_pattern(r"\*\*|__")


@rule(
    "PRO009",
    "markup-in-text",
    severity=Severity.NOTE,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="文字中没有 <br>、&nbsp;、\\n 一类的标记，名称中没有 **",
    otherwise="表中没有文字",
)
def markup_in_text(subject: Subject) -> Iterator[Verdict]:
    """文字里留着网页或软件的标记，例如“<br>”“&nbsp;”“**”。

    这些标记不是内容，是从网页、表格软件或系统导出时带来的；读者看到的是一串符号。
    正文段落可以用 ** 加重，名称和单格里的 ** 是残留。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 示例服务<br>次数, 年度指标值: ≥12次}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 示例服务次数, 年度指标值: ≥12次}
    """
    yield from verdicts(subject, _hits(subject), _fault)


def _hits(subject: Subject) -> Iterator[Hit]:
    yield from hits(subject, MARKUP, lambda piece: piece.part is not Part.SOURCE, may_hold=may_hold_markup)
    yield from hits(subject, EMPHASIS, _is_cell, may_hold=may_hold_emphasis)


def may_hold_markup(words: WholeText) -> bool:
    """Tell whether the words of a record may hold a mark of a web page or a program."""
    return holds_any(words.everything, "<&_\\{")


def may_hold_emphasis(words: WholeText) -> bool:
    """Tell whether the words of a record may hold marks for bold print."""
    return holds_any(words.everything, ("**", "__"))


def _is_cell(piece: Piece) -> bool:
    return piece.part in (Part.NAME, Part.LEVEL, Part.INDICATOR)


def _fault(hit: Hit, spot: Spot) -> Verdict:
    return failed(
        spot,
        f"文字里留着标记“{hit.match[0]}”",
        found=hit.around,
        expected="不带标记的文字",
        hint="删去标记；它代替换行的，在正文里另起一行",
    )
