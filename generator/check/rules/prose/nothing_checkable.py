"""PRO022: a goal or an account without any number."""

import re
from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.records import BLANK
from generator.money import BLANK_MARKS
from generator.patterns import lazy_pattern
from generator.text import half_width
from generator.vocabulary import Place

NOT_COUNTED = lazy_pattern(
    r"(?:19|20)\d\d ?(?:年度?|[-/.]\d{1,2}(?:[-/.]\d{1,2})?)|〔\d+〕\d*号?|\d+号文?|^\s*(?:\d{1,2}[.、)）]|[(（]\d+[)）])",
    re.MULTILINE,
)
NUMBER = lazy_pattern(
    r"\d|[一二三四五六七八九十百千两](?:次|场|期|人|名|位|个|家|户|项|件|份|处|座|台|套|类|批|天|小时|成|倍|公里|亩|元|支|条|轮|届|年内)|百分之|全覆盖"
)
# A number with what it counts right behind it, no part of a date or of a document's number.
_PLAINLY_COUNTED = lazy_pattern(r"(?<![\d\-－/／.．〕 \u3000])[0-9]{1,3}[次场期人名个家户项件份处座台套类%％]")
_SUMMARY = lazy_pattern("概括|摘要|摘录|节录|节选|缩写")


@rule(
    "PRO022",
    "nothing-checkable",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(PRACTICE,),
    formula="预期目标、实际完成情况中，除年份外至少有一个数",
    otherwise="没有填写年度总体目标",
)
def nothing_checkable(subject: Subject) -> Iterator[Verdict]:
    """总体目标或完成情况除了年份没有一个数。

    没有数，就说不清做多少算完成，也没法同各项指标核对。
    转录说明写明这段文字是概括、摘录的，原文可能有数，不作判断。

    反例：
        年度总体目标:
          预期目标: 做好2024年示例服务工作，提升居民获得感。
    正例：
        年度总体目标:
          预期目标: 2024年开展示例服务 12 次，居民满意度不低于 90%。
    """
    note = subject.record.source.get("transcription", BLANK).text
    for key in ("expected", "achieved"):
        prose = subject.record.prose.get(key)
        if prose is None or prose.text.strip() in BLANK_MARKS:
            continue
        if has_number(prose.text):
            yield PASSED
            continue
        label = subject.record.label(Place.OBJECTIVE, key)
        spot = subject.prose_spot(key)
        if _SUMMARY.search(note):
            yield insufficient(spot, f"“{label}”是转录时概括的，原文有没有数不得而知")
            continue
        yield failed(
            spot,
            f"“{label}”除了年份没有一个数",
            found=prose.text.strip()[:60],
            expected="至少一个可以核对的数，例如次数、人数、比例",
            hint="写明做多少、到什么程度；可以照各项指标的目标值写",
        )


def has_number(text: str) -> bool:
    """Tell whether a text has a number beside its dates and the numbers of its documents and items."""
    if _PLAINLY_COUNTED.search(text):
        return True
    return NUMBER.search(NOT_COUNTED.sub("", half_width(text))) is not None
