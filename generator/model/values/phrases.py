"""Read values without figures: marks for nothing, general achievement, the budget as bound, words."""

from generator.model.values.notation import Printed
from generator.model.values.terms import Degree
from generator.model.values.types import Achievement, Blank, BudgetBound, Words
from generator.money import BLANK_MARKS
from generator.patterns import lazy_pattern

# The national form scores general words in three bands, each with its own tail.
_ACHIEVEMENT = lazy_pattern(
    r"(?P<degree>已经?|全部|全面|圆满|超额|基本|大部分|部分|尚?未能?|没有)?(?P<verb>达成|完成|实现|达到)"
    r"(?:年度|年初|全年|预期|预定|既定|设定|绩效|各项|工作){0,2}(?P<object>指标值?|目标值?|任务|效果|要求)?"
    r"(?P<tail>并具有一定效果|且效果较差)?"
)
_STANDARD = lazy_pattern(r"(?P<degree>已|全部|基本|部分|尚?未|不)?达标")
_DEGREES = {
    "基本": Degree.PARTLY,
    "部分": Degree.PARTLY,
    "大部分": Degree.PARTLY,
    "未": Degree.NOT_MET,
    "未能": Degree.NOT_MET,
    "尚未": Degree.NOT_MET,
    "尚未能": Degree.NOT_MET,
    "没有": Degree.NOT_MET,
    "不": Degree.NOT_MET,
}
_TAILS = {"并具有一定效果": Degree.PARTLY, "且效果较差": Degree.NOT_MET}

_WHICH_BUDGET = r"(?:年初|年度|全年|批复|批准|项目|部门|财政)?预算(?:数|金额|额度|总额|资金|指标)?"
_BUDGET_BOUND = lazy_pattern(
    rf"(?:(?:成本|支出|费用|资金|总成本|总支出)?(?:均|严格)?(?:控制在|在)?{_WHICH_BUDGET}(?:范围)?[之以]?内"
    rf"|(?:不超过|不超出|不超|未超过|未超出|未超|不突破|未突破|不高于|不大于|小于等于|≤|<=){_WHICH_BUDGET}(?:范围)?)"
)

_WORD = lazy_pattern(r"[\u3400-\u9fff〇]{1,8}")
_MOST_WORDS = 4
_WORD_SIGN = lazy_pattern(r"[、,;]")
# A count in Chinese numerals, or a cycle without its count, is a figure that was not understood, not a quality.
_FIGURE_IN_WORDS = lazy_pattern(
    r"每|百分之|[一二两三四五六七八九十百千万](?:次(?!性)|项|个|场|人|名|家|期|份|件|天|年|月|季度|周|小时|户|台|套)"
)
_MARKED = lazy_pattern(r"定性:?(.*)")


def read_blank(printed: Printed) -> Blank | None:
    """Read an empty cell or a mark that stands for no value."""
    mark = printed.folded.strip()
    return Blank(printed.text, "—" if mark == "——" else mark) if mark in BLANK_MARKS else None


def read_achievement(printed: Printed) -> Achievement | None:
    """Read a general word on how far the target was reached."""
    match = _ACHIEVEMENT.fullmatch(printed.squeezed)
    if match is None:
        standard = _STANDARD.fullmatch(printed.squeezed)
        return standard and Achievement(printed.text, _DEGREES.get(standard["degree"], Degree.MET))
    degree = _DEGREES.get(match["degree"], Degree.MET)
    # 达到 says nothing without what was reached; a tail must agree with its head.
    if (match["verb"] == "达到" and not match["object"]) or _TAILS.get(match["tail"], degree) is not degree:
        return None
    return Achievement(printed.text, degree)


def read_budget_bound(printed: Printed) -> BudgetBound | None:
    """Read a phrase that takes the budget as the ceiling."""
    return BudgetBound(printed.text) if _BUDGET_BOUND.fullmatch(printed.squeezed) else None


def read_words(printed: Printed) -> Words | None:
    """Read one to four short words of Chinese characters only."""
    marked = _MARKED.fullmatch(printed.squeezed)
    plain = marked[1] if marked else printed.squeezed
    if marked and not plain:
        return Words(printed.text, (), marked=True)
    words = tuple(_WORD_SIGN.split(plain))
    if len(words) > _MOST_WORDS or not all(_WORD.fullmatch(word) for word in words) or _FIGURE_IN_WORDS.search(plain):
        return None
    return Words(printed.text, words, marked=marked is not None)
