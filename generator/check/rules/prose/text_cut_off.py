"""PRO014: a text that ends in the middle of a sentence."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.patterns import lazy_pattern

_CUT = lazy_pattern(r"(?:[，、：,]|(?<=[\u4e00-\u9fff]{4})(?:以及|并且|或者|其中|包括))\s*$")
_ENDS = ("，", "、", "：", ",", "以及", "并且", "或者", "其中", "包括")


@rule(
    "PRO014",
    "text-cut-off",
    severity=Severity.NOTE,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="文字不以逗号、顿号、冒号或“以及”“包括”一类的字结尾",
    otherwise="表中没有成段的文字",
)
def text_cut_off(subject: Subject) -> Iterator[Verdict]:
    """一段文字在半句话处断了。

    以逗号、顿号或“以及”结尾，多半是格子太小被截断，或者转录时漏了下一页。省略号和注明无法辨认的不算。

    反例：
        年度总体目标:
          预期目标: 全年开展示例服务 12 次，
    正例：
        年度总体目标:
          预期目标: 全年开展示例服务 12 次。
    """
    for key, prose in subject.record.prose.items():
        if not prose.text.strip():
            continue
        match = _CUT.search(prose.text) if prose.text.rstrip().endswith(_ENDS) else None
        if match is None:
            yield PASSED
            continue
        yield failed(
            subject.prose_spot(key)._replace(span=prose.place_of(match.start())),
            f"文字以“{match[0].strip()}”结尾，后面像是还有话",
            found=f"…{prose.text.strip()[-20:]}",
            expected="完整的句子",
            hint="对照原件补全；原件就到这里的，请填报单位补充",
        )
