"""Numbers with what they count in running text, and which of them speak of the same thing as an indicator.

Two phrases speak of the same thing where most of their pairs of neighbouring characters are the same; what is
ambiguous, rough (约, 左右, 余) or per something (每月) is left alone, for no finding beats a wrong one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from operator import add
from typing import NamedTuple

from msgspec import Struct

from generator.check.subject import Row
from generator.model.values import MAGNITUDES
from generator.patterns import lazy_pattern
from generator.text import half_width


class Bound(StrEnum):
    """How a number in a sentence is meant."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ROUGH = "rough"


class Mention(Struct, frozen=True):
    """A number in a text with what it counts."""

    number: Decimal
    unit: str
    """A word that stands for all units of the same kind: 次 for 场 and 场次."""
    is_rough: bool
    """Whether 余, 多 or the like stands in the number itself."""
    before: str
    """What the clause says before it, without dates."""
    behind: str
    clause: str
    opening: str
    """The clause that opens the sentence and may name its subject; empty where it is this one."""
    start: int
    """Where the clause begins in the text."""

    @property
    def quote(self) -> str:
        """The clause as printed."""
        return self.clause.strip()

    @property
    def phrases(self) -> tuple[str, ...]:
        """What is counted, bare: as the clause says it, and with the sentence's subject before it."""
        phrase = core(self.before + self.behind)
        subject = _subject_of(self.opening)
        return (phrase, core(subject + phrase)) if subject else (phrase,)

    @property
    def bound(self) -> Bound:
        """How the number is meant."""
        if self.is_rough or _SAID_ROUGHLY.search(f"{self.before}{self.behind}\n"):
            return Bound.ROUGH
        last = self.before.rstrip()
        for pattern, bound in _BEFORE:
            if pattern.search(last):
                return bound
        return next((bound for pattern, bound in _BEHIND if pattern.match(self.behind)), Bound.EXACT)


_BETWEEN_SENTENCES = lazy_pattern(r"[。；;！!？?\n]")
_NUMBERING = lazy_pattern(
    r"\s*(?:[-*•]|\d{1,2}[.、)）](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]+、)\s*"
)
# The comma of a thousands separator parts no clauses: 3,520亩 is not 520亩.
_CLAUSE = lazy_pattern(r"(?:[^，,、：:()（）\[\]【】\d]+|(?<![\d.])\d{1,3}(?:[,，]\d{3})+(?!\d)|\d)+")
_THOUSANDS = lazy_pattern(r"\d[,，]\d{3}")
_BETWEEN_CLAUSES = lazy_pattern(r"[，,、：:()（）\[\]【】]")
_UNITS = (
    "人次 人份 人 名 位 个百分点 个 家 户 场次 场 次 期 节 讲 项 件 份 处 座 台 套 辆 株 棵 亩 平方米 公里 千米 米 "
    "天 小时 学时 课时 支 对 篇 册 本 条 批 幅 块 元"
).split()
_SAME = {"名": "人", "位": "人", "场次": "次", "场": "次", "棵": "株", "千米": "公里", "课时": "学时"}
_NUMBER = lazy_pattern(
    r"(?P<number>\d[\d,]*(?:\.\d+)?) ?(?P<rough>余|多|来|几)?(?P<magnitude>万|亿)?(?P<rough2>余|多)? ?"
    rf"(?P<unit>%|{'|'.join(_UNITS)})?"
)
_BEFORE = (
    (lazy_pattern(r"(?:约|大约|近|将近|接近|左右|上下|平均)$"), Bound.ROUGH),
    (
        lazy_pattern(r"(?:不少于|不低于|不小于|至少|最少|≥|>=|>|达到|保证|(?<!不)(?:大于|超过|超|高于|多于))$"),
        Bound.AT_LEAST,
    ),
    (
        lazy_pattern(r"(?:不超过|不高于|不多于|不大于|不超|最多|至多|控制在|≤|<=|<|(?<!不)(?:低于|少于|小于))$"),
        Bound.AT_MOST,
    ),
)
_BEHIND = (
    (lazy_pattern(r"(?:左右|上下|余|多)"), Bound.ROUGH),
    (lazy_pattern(r"(?:及以上|或以上|以上|起)"), Bound.AT_LEAST),
    (lazy_pattern(r"(?:及以下|以内|以下|之内)"), Bound.AT_MOST),
)
_PER = lazy_pattern(r"每|/|平均|人均|户均|分别|各(?!类|项|级|村|街|单位|部门|党)|其中|比|占|同比|增|减|第")
_MORE_THAN_A_YEAR = lazy_pattern(
    r"以来|[两三四五]年(?:内|间|期|共|来|累计|总)|(?:规划|项目|建设)期|20\d\d ?年?[—–~～至到-]+20\d\d ?年|到20\d\d ?年"
)
"""A sentence on the whole of a project, whose numbers are not those of the year."""
_DATES = lazy_pattern(r"(?:20\d\d年度?|\d{1,2}月(?:份|底|初|中旬|上旬|下旬)?|\d{1,2}日|全年|当年|年内|本年度?|年度)")
_IDLE = lazy_pattern(
    r"不少于|不低于|不小于|至少|最少|达到|超过|不超过|不高于|控制在|及以上|以上|以内|以下|左右|大约|约|近|"
    r"整体|总体|综合|预计|计划|拟|共计|累计|总计|合计|共|已|均|分别|完成|开展|举办|实施|进行|安排|落实|做好|确保|保证|了|的"
)
_MARKS = lazy_pattern(r"[\s\"'“”‘’「」『』《》<>()\[\]【】·*★☆.\-—–…]")
_KIND = lazy_pattern(
    r"(?:的?(?:完成)?(?:数量|次数|场次|场数|人数|人次数?|个数|家数|户数|项数|天数|学时|时长|面积|里程|金额|总数|数|量|情况))$"
)
_KIND_ENDINGS = tuple("数量次时长积程额况")
_DIGIT = lazy_pattern(r"\d")
_IN_BRACKETS = lazy_pattern(r"[(（][^)）]*[)）]")
_SAID_ROUGHLY = lazy_pattern(r"约|左右|大概|近\d")
LIKE_ENOUGH = Decimal("0.75")
"""Share of common pairs of characters from which two phrases are taken for the same thing."""
_SHORTEST = 4
_ONE = Decimal(1)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield each sentence with where it begins."""
    return _parts(text, _BETWEEN_SENTENCES, 0)


def clauses(text: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """Yield each clause of a sentence with where it begins."""
    if _THOUSANDS.search(text):
        return ((start + match.start(), match[0]) for match in _CLAUSE.finditer(text))
    return _parts(text, _BETWEEN_CLAUSES, start)


def _parts(text: str, mark: re.Pattern[str], start: int) -> Iterator[tuple[int, str]]:
    for part in mark.split(text):
        if part:
            yield start, part
        start += len(part) + 1


def bare(words: str) -> str:
    """Return a phrase without quotation marks, dates and words that say nothing of what is counted."""
    return _IDLE.sub("", _DATES.sub("", _MARKS.sub("", half_width(words))))


@lru_cache(maxsize=2_048)
def core(name: str) -> str:
    """Return what an indicator's name speaks of: 体检 of 体检人数."""
    without = bare(_IN_BRACKETS.sub("", name))
    return (_KIND.sub("", without) if without.endswith(_KIND_ENDINGS) else "") or without


@lru_cache(maxsize=4_096)
def likeness(one: str, other: str) -> Decimal:
    """Return the share of pairs of neighbouring characters that two phrases have in common."""
    if len(one) < _SHORTEST or len(other) < _SHORTEST:
        return Decimal(0)
    pairs, others = pairs_in(one), pairs_in(other)
    if pairs.isdisjoint(others):
        return Decimal(0)
    return Decimal(2 * len(pairs & others)) / (len(pairs) + len(others))


@lru_cache(maxsize=2_048)
def pairs_in(words: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of a phrase."""
    return frozenset(map(add, words, words[1:]))


def mentions(text: str) -> tuple[Mention, ...]:
    """Return the numbers of a text that count something, in order; clauses with several are left out."""
    return _mentions(text) if _DIGIT.search(text) else ()


@lru_cache(maxsize=512)
def _mentions(text: str) -> tuple[Mention, ...]:
    found: list[Mention] = []
    # Sign for sign, so that what stands at a place here stands there too.
    narrow = half_width(text)
    for begin, sentence in sentences(text):
        if not _DIGIT.search(sentence) or _is_of_more_than_a_year(sentence):
            continue
        opening = ""
        numbering = _NUMBERING.match(sentence)
        skipped = numbering.end() if numbering else 0
        for start, clause in clauses(sentence[skipped:], begin + skipped):
            words = narrow[start : start + len(clause)]
            made = _mention(clause, words, start, opening) if _DIGIT.search(words) else None
            opening = opening or clause
            if made is not None:
                found.append(made)
    return tuple(found)


def _is_of_more_than_a_year(sentence: str) -> bool:
    if "年" not in sentence and "期" not in sentence and "来" not in sentence:
        return False
    return _MORE_THAN_A_YEAR.search(sentence) is not None


def _mention(clause: str, words: str, start: int, opening: str) -> Mention | None:
    """Return what a clause, in half width, counts; the clause that opens its sentence may name the subject."""
    if _PER.search(words):
        return None
    undated = _DATES.sub("", words) if "年" in words or "月" in words or "日" in words else words
    numbers = list(_NUMBER.finditer(undated))
    if len(numbers) != 1 or not numbers[0]["unit"]:
        return None
    number = numbers[0]
    digits, rough, magnitude, still_rough, unit = number.groups()
    value = Decimal(digits.replace(",", "")) * MAGNITUDES.get(magnitude or "", _ONE)
    return Mention(
        value, _SAME.get(unit, unit), bool(rough or still_rough), undated[: number.start()], undated[number.end() :],
        clause, opening, start,
    )  # fmt: skip


@lru_cache(maxsize=1_024)
def _subject_of(opening: str) -> str:
    """Return what the clause that opens a sentence says before its first number."""
    return bare(_NUMBER.split(half_width(opening), maxsplit=1)[0])


def same_unit(unit: str) -> str:
    """Return the word that stands for all units of a kind."""
    return _SAME.get(unit, unit)


class Pair(NamedTuple):
    """An indicator and the one number of a text that speaks of the same thing."""

    row: Row
    mention: Mention


class _Phrased(Struct, frozen=True, gc=False):
    """A number of a text with the pairs of characters of each of its phrases."""

    mention: Mention
    phrases: tuple[str, ...]
    pairs: tuple[frozenset[str], ...]


def _phrased(mention: Mention) -> _Phrased:
    phrases = mention.phrases
    return _Phrased(mention, phrases, tuple(map(pairs_in, phrases)))


def may_be_alike(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Tell in whole numbers, which are quick, whether `likeness` may find the phrases of these pairs alike enough."""
    # Three quarters of the pairs are common.
    common = len(ours & theirs)
    return common > 0 and 8 * common >= 3 * (len(ours) + len(theirs))


def pairs(rows: Iterable[tuple[Row, str, str]], found: Sequence[Mention]) -> Iterator[Pair]:
    """Yield indicators, each given with what it speaks of and its unit, with the number that is about them.

    Where two numbers fit an indicator or two indicators fit a number, it is not sure which is meant, and none counts.
    """
    fits: list[tuple[Decimal, Row, Mention]] = []
    phrased: dict[str, list[_Phrased]] = {}
    for row, about, unit in rows:
        if unit not in phrased:
            phrased[unit] = [_phrased(mention) for mention in found if mention.unit == unit]
        ours = pairs_in(about)
        for one in phrased[unit]:
            for theirs in one.pairs:
                if not ours.isdisjoint(theirs) and may_be_alike(ours, theirs):
                    like = max(likeness(phrase, about) for phrase in one.phrases)
                    if like >= LIKE_ENOUGH:
                        fits.append((like, row, one.mention))
                    break
    for like, row, mention in fits:
        rivals = [
            one
            for one in fits
            if one[0] >= like and (one[1] is row) != (one[2] is mention) and one[2].number != mention.number
        ]
        others = [one for one in fits if one[2] is mention and one[1] is not row and one[0] >= like]
        if not rivals and not others:
            yield Pair(row, mention)
