"""PRO008: characters that nobody sees."""

from collections.abc import Iterator

from generator.check.outcome import Spot, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.check.wording.searching import Hit, hits, verdicts
from generator.check.wording.whole_text import WholeText
from generator.finding import Severity
from generator.patterns import lazy_pattern

INVISIBLE = lazy_pattern("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u00ad\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")


@rule(
    "PRO008",
    "invisible-characters",
    severity=Severity.NOTE,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="文字中没有零宽字符、方向控制符和其他控制符",
    otherwise="表中没有文字",
)
def invisible_characters(subject: Subject) -> Iterator[Verdict]:
    r"""文字里有看不见的字符。

    从网页或公文系统复制时会带进零宽空格和控制符；看不见，却会让数字读不出、名称对不上、搜索搜不到。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: "示例\u200b服务次数", 年度指标值: ≥12次}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 示例服务次数, 年度指标值: ≥12次}
    """
    yield from verdicts(subject, hits(subject, INVISIBLE, may_hold=may_hold), _fault)


def may_hold(words: WholeText) -> bool:
    """Tell whether the words of a record may hold what this rule looks for."""
    return not words.is_usual


def _fault(hit: Hit, spot: Spot) -> Verdict:
    return failed(
        spot,
        f"文字里有看不见的字符 U+{ord(hit.match[0]):04X}",
        found=INVISIBLE.sub("⟨不可见⟩", hit.around),
        expected=INVISIBLE.sub("", hit.piece.text[:40]).split("\n", 1)[0] or "没有这个字符的文字",
        hint="删去这一处重新输入，不要从网页直接复制",
    )
