"""Numbers with what they count in running text, and which of them speak of the same thing as an indicator.

Two phrases speak of the same thing where most of their pairs of neighbouring characters are the same; what is
ambiguous, rough (约, 左右, 余) or per something (每月) is left alone, for no finding beats a wrong one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from generator.check.subject import Row
from generator.model.values import MAGNITUDES
from generator.text import half_width


class Bound(StrEnum):
    """How a number in a sentence is meant."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ROUGH = "rough"


class Mention(NamedTuple):
    """A number in a text with what it counts."""

    number: Decimal
    unit: str
    """A word that stands for all units of the same kind: 次 for 场 and 场次."""
    bound: Bound
    phrases: tuple[str, ...]
    """What is counted, bare: as the clause says it, and with the sentence's subject before it."""
    quote: str
    """The clause as printed."""
    start: int
    """Where the clause begins in the text."""


_SENTENCE = re.compile(r"[^。；;！!？?\n]+")
_NUMBERING = re.compile(
    r"\s*(?:[-*•]|\d{1,2}[.、)）](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]+、)\s*"
)
# The comma of a thousands separator parts no clauses: 3,520亩 is not 520亩.
_CLAUSE = re.compile(r"(?:(?<![\d.])\d{1,3}(?:[,，]\d{3})+(?!\d)|[^，,、：:()（）\[\]【】])+")
_UNITS = (
    "人次 人份 人 名 位 个百分点 个 家 户 场次 场 次 期 节 讲 项 件 份 处 座 台 套 辆 株 棵 亩 平方米 公里 千米 米 "
    "天 小时 学时 课时 支 对 篇 册 本 条 批 幅 块 元"
).split()
_SAME = {"名": "人", "位": "人", "场次": "次", "场": "次", "棵": "株", "千米": "公里", "课时": "学时"}
_NUMBER = re.compile(
    r"(?P<number>\d[\d,]*(?:\.\d+)?) ?(?P<rough>余|多|来|几)?(?P<magnitude>万|亿)?(?P<rough2>余|多)? ?"
    rf"(?P<unit>%|{'|'.join(_UNITS)})?"
)
_BEFORE = (
    (re.compile(r"(?:约|大约|近|将近|接近|左右|上下|平均)$"), Bound.ROUGH),
    (
        re.compile(r"(?:不少于|不低于|不小于|至少|最少|≥|>=|>|达到|保证|(?<!不)(?:大于|超过|超|高于|多于))$"),
        Bound.AT_LEAST,
    ),
    (
        re.compile(r"(?:不超过|不高于|不多于|不大于|不超|最多|至多|控制在|≤|<=|<|(?<!不)(?:低于|少于|小于))$"),
        Bound.AT_MOST,
    ),
)
_BEHIND = (
    (re.compile(r"(?:左右|上下|余|多)"), Bound.ROUGH),
    (re.compile(r"(?:及以上|或以上|以上|起)"), Bound.AT_LEAST),
    (re.compile(r"(?:及以下|以内|以下|之内)"), Bound.AT_MOST),
)
_PER = re.compile(r"每|/|平均|人均|户均|分别|各(?!类|项|级|村|街|单位|部门|党)|其中|比|占|同比|增|减|第")
_MORE_THAN_A_YEAR = re.compile(
    r"以来|[两三四五]年(?:内|间|期|共|来|累计|总)|(?:规划|项目|建设)期|20\d\d ?年?[—–~～至到-]+20\d\d ?年|到20\d\d ?年"
)
"""A sentence on the whole of a project, whose numbers are not those of the year."""
_DATES = re.compile(r"(?:20\d\d年度?|\d{1,2}月(?:份|底|初|中旬|上旬|下旬)?|\d{1,2}日|全年|当年|年内|本年度?|年度)")
_IDLE = re.compile(
    r"不少于|不低于|不小于|至少|最少|达到|超过|不超过|不高于|控制在|及以上|以上|以内|以下|左右|大约|约|近|"
    r"整体|总体|综合|预计|计划|拟|共计|累计|总计|合计|共|已|均|分别|完成|开展|举办|实施|进行|安排|落实|做好|确保|保证|了|的"
)
_MARKS = re.compile(r"[\s\"'“”‘’「」『』《》<>()\[\]【】·*★☆.\-—–…]")
_KIND = re.compile(
    r"(?:的?(?:完成)?(?:数量|次数|场次|场数|人数|人次数?|个数|家数|户数|项数|天数|学时|时长|面积|里程|金额|总数|数|量|情况))$"
)
_IN_BRACKETS = re.compile(r"[(（][^)）]*[)）]")
_SAID_ROUGHLY = re.compile(r"约|左右|大概|近\d")
LIKE_ENOUGH = Decimal("0.75")
"""Share of common pairs of characters from which two phrases are taken for the same thing."""
_SHORTEST = 4


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield each sentence with where it begins."""
    return ((match.start(), match[0]) for match in _SENTENCE.finditer(text))


def clauses(text: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """Yield each clause of a sentence with where it begins."""
    return ((start + match.start(), match[0]) for match in _CLAUSE.finditer(text))


@lru_cache(maxsize=8_192)
def bare(words: str) -> str:
    """Return a phrase without quotation marks, dates and words that say nothing of what is counted."""
    return _IDLE.sub("", _DATES.sub("", _MARKS.sub("", half_width(words))))


@lru_cache(maxsize=8_192)
def core(name: str) -> str:
    """Return what an indicator's name speaks of: 体检 of 体检人数."""
    without = bare(_IN_BRACKETS.sub("", name))
    return _KIND.sub("", without) or without


@lru_cache(maxsize=16_384)
def likeness(one: str, other: str) -> Decimal:
    """Return the share of pairs of neighbouring characters that two phrases have in common."""
    if len(one) < _SHORTEST or len(other) < _SHORTEST:
        return Decimal(0)
    pairs, others = _pairs(one), _pairs(other)
    return Decimal(2 * len(pairs & others)) / (len(pairs) + len(others))


def _pairs(words: str) -> frozenset[str]:
    return frozenset(words[index : index + 2] for index in range(len(words) - 1))


@lru_cache(maxsize=2_048)
def mentions(text: str) -> tuple[Mention, ...]:
    """Return the numbers of a text that count something, in order; clauses with several are left out."""
    found: list[Mention] = []
    for begin, sentence in sentences(text):
        if _MORE_THAN_A_YEAR.search(sentence):
            continue
        subject = ""
        numbering = _NUMBERING.match(sentence)
        skipped = numbering.end() if numbering else 0
        for start, clause in clauses(sentence[skipped:], begin + skipped):
            made = _mention(clause, start, subject)
            if not subject:
                subject = bare(_NUMBER.split(half_width(clause), maxsplit=1)[0]) or "?"
            if made is not None:
                found.append(made)
    return tuple(found)


def _mention(clause: str, start: int, subject: str) -> Mention | None:
    words = half_width(clause)
    if not any(map(str.isdigit, words)) or _PER.search(words):
        return None
    undated = _DATES.sub("", words)
    numbers = [match for match in _NUMBER.finditer(undated) if match["unit"]]
    if len(numbers) != 1 or len(_NUMBER.findall(undated)) != 1:
        return None
    number = numbers[0]
    before, behind = undated[: number.start()], undated[number.end() :]
    phrase = core(before + behind)
    unit = number["unit"]
    value = Decimal(number["number"].replace(",", "")) * MAGNITUDES.get(number["magnitude"] or "", Decimal(1))
    phrases = (phrase, core(subject + phrase)) if subject and subject != "?" else (phrase,)
    return Mention(value, _SAME.get(unit, unit), _bound(number, before, behind), phrases, clause.strip(), start)


def _bound(number: re.Match[str], before: str, behind: str) -> Bound:
    if number["rough"] or number["rough2"] or _SAID_ROUGHLY.search(before + behind + "\n"):
        return Bound.ROUGH
    last = before.rstrip()
    for pattern, bound in _BEFORE:
        if pattern.search(last):
            return bound
    return next((bound for pattern, bound in _BEHIND if pattern.match(behind)), Bound.EXACT)


def same_unit(unit: str) -> str:
    """Return the word that stands for all units of a kind."""
    return _SAME.get(unit, unit)


class Pair(NamedTuple):
    """An indicator and the one number of a text that speaks of the same thing."""

    row: Row
    mention: Mention


def pairs(rows: Iterable[tuple[Row, str, str]], found: Sequence[Mention]) -> Iterator[Pair]:
    """Yield indicators, each given with what it speaks of and its unit, with the number that is about them.

    Where two numbers fit an indicator or two indicators fit a number, it is not sure which is meant, and none counts.
    """
    fits: list[tuple[Decimal, Row, Mention]] = []
    for row, about, unit in rows:
        for mention in found:
            if mention.unit == unit:
                like = max(likeness(phrase, about) for phrase in mention.phrases)
                if like >= LIKE_ENOUGH:
                    fits.append((like, row, mention))
    for like, row, mention in fits:
        rivals = [
            one
            for one in fits
            if one[0] >= like and (one[1] is row) != (one[2] is mention) and one[2].number != mention.number
        ]
        others = [one for one in fits if one[2] is mention and one[1] is not row and one[0] >= like]
        if not rivals and not others:
            yield Pair(row, mention)
