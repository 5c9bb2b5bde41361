"""PRO030: a rate that the reported number of people or things cannot give."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from generator.check.arithmetic import cut_to, quotient, round_to, shown
from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import EVALUATIONS, Row, Subject
from generator.check.wording.text_matching import sentences
from generator.finding import Related, Severity
from generator.model.records import Prose
from generator.model.values import Comparator, Quantity
from generator.origin import Origin
from generator.patterns import lazy_pattern
from generator.text import half_width
from generator.vocabulary import Place

_RATE_NAME = lazy_pattern(r"(?P<thing>.{3,}?)(?:应检尽检|参加|参检|体检|合格|通过|参训|验收|出勤|回收|到会|出席)+率$")
_MARKS = lazy_pattern(r"[\s\"'“”‘’]")
# Satisfaction, coverage and the like are counted over others than those who took part.
_IN_SENTENCE = lazy_pattern(
    r"(?P<name>[\u4e00-\u9fff]{0,6}?(?P<stem>合格|通过|及格|到会|到课|出勤|出席|参训|回收|体检|签到)率)(?:为|是|达到|达|:)?(?P<rate>\d{1,3}(?:\.\d+)?)%"
)
_COUNT = lazy_pattern(r"(?<![\d.])(?P<count>\d{1,6})(?P<unit>人次|人|名|份|户|家|个|件|次|场)(?!\d)")
_BEFORE = lazy_pattern(r"(?<![\d.])(?P<count>\d{1,5}) ?(?P<unit>个|名|位|人|家|户)[\"“”]?$")
_FAR = 10
_PAUSE = lazy_pattern("[,，、]")
_ROUGH = lazy_pattern(r"约|左右|余|多|以上|以下|不少于|不低于|超过|近|平均|每|累计")
_STEMS = {
    stem: lazy_pattern(words)
    for stem, words in {
        "合格": "合格",
        "通过": "通过",
        "及格": "及格",
        "到会": "到会|实到|出席",
        "到课": "到课|实到",
        "出勤": "出勤|实到",
        "出席": "出席|实到|到会",
        "参训": "参训|参加|实到",
        "回收": "收回|回收",
        "体检": "体检|参检",
        "签到": "签到|实到",
    }.items()
}
"""Words that say of whom a rate is the share."""
_WHOLES = frozenset({"人", "名", "份"})
_OF_THEM = frozenset({"", "考核", "考试", "结业", "培训", "结业考核", "培训考核", "会议", "问卷", "考核验收"})
"""What may stand before a rate that is a share of the one number in its sentence."""
_WHOLE = Decimal(100)
_TWO = 2


class _Count(Struct, frozen=True):
    number: int
    unit: str
    start: int
    """Where the thing counted stands in the text."""
    quote: str


class _Rate(Struct, frozen=True):
    printed: Decimal
    part: int | None
    """None where only the whole is given."""
    whole: int


@rule(
    "PRO030",
    "impossible-rate",
    reads="indicator.actual indicator.target",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(PRACTICE,),
    formula="存在整数 n，使 n ÷ N × 100 按印出的位数（四舍五入或去尾）得到该比率；给出 n 的，n ÷ N × 100 = 该比率",
    otherwise="没有能与人数、份数对上的比率",
    record_types=EVALUATIONS | {"Other"},
)
def impossible_rate(subject: Subject) -> Iterator[Verdict]:
    """报告的比率，用报告的人数、份数算不出来。

    28 个人里，25 人是 89.3%，26 人是 92.9%，没有几个人正好是 90%；印着 90%，多半是抄了目标值，没有去数。
    比较两处：完成情况同一句话里的数和比率；目标里写明应参加的数，和同一对象的“……率”的完成值。
    一句话里数字多于两个、带“约”“余”“以上”的，或者只有一个数而比率未必是它的占比的，都不判断。

    反例：
        年度总体目标:
          预期目标: 开展社区课堂 12 次。
          实际完成情况: 开展社区课堂 12 次；50人参加结业考核，合格率97.5%。
    正例：
        年度总体目标:
          预期目标: 开展社区课堂 12 次。
          实际完成情况: 开展社区课堂 12 次；50人参加结业考核，合格率98%。
    """
    account = subject.record.prose.get("achieved")
    if account is not None and account.text:
        yield from _sentences(subject, account)
    goal = subject.record.prose.get("expected")
    if goal is not None and goal.text:
        yield from _rows(subject, goal, account)


def _sentences(subject: Subject, account: Prose) -> Iterator[Verdict]:
    if "率" not in account.text:
        return
    for start, sentence in sentences(account.text):
        if "率" not in sentence or sentence.count("%") + sentence.count("％") != 1:
            continue
        words = half_width(sentence).replace(" ", "")
        rates = [] if _ROUGH.search(words) else list(_IN_SENTENCE.finditer(words))
        if len(rates) != 1:
            continue
        counts = list(_COUNT.finditer(words))
        if not 1 <= len(counts) <= _TWO or len({count["unit"] for count in counts}) != 1:
            continue
        rate = _rate(rates[0], counts, words)
        if rate is None:
            continue
        if not rate.whole or _is_possible(rate):
            yield PASSED
            continue
        yield failed(
            subject.prose_spot("achieved")._replace(span=account.place_of(start)),
            f"“{sentence.strip()}”里的{rates[0]['name']}算不出来",
            found=f"{rate.printed}%",
            expected=_expected(rate),
            hint="核对人数和比率，改正不对的那个；比率另有算法的，写明怎么算",
        )


def _rate(rate: re.Match[str], counts: list[re.Match[str]], words: str) -> _Rate | None:
    """Return a rate with its numbers; of two, the smaller must be said to be those who passed, came and so on."""
    printed = Decimal(rate["rate"])
    smaller, larger = min(counts, key=_number), max(counts, key=_number)
    if len(counts) == 1:
        # 巡检 12 次 or 工程 3 个 before a rate need not be what the rate is a share of.
        is_whole = larger["unit"] in _WHOLES and rate["name"].removesuffix(f"{rate['stem']}率") in _OF_THEM
        return _Rate(printed, None, _number(larger)) if is_whole else None
    before = words[max(0, smaller.start() - _FAR) : smaller.start()]
    behind = words[smaller.end() : smaller.end() + _FAR]
    clause = _PAUSE.split(before)[-1] + _PAUSE.split(behind)[0]
    return _Rate(printed, _number(smaller), _number(larger)) if _STEMS[rate["stem"]].search(clause) else None


def _number(count: re.Match[str]) -> int:
    return int(count["count"])


def _rows(subject: Subject, goal: Prose, account: Prose | None) -> Iterator[Verdict]:
    for row in subject.scored:
        if not row.name.endswith("率"):
            continue
        actual = row.actual
        if not isinstance(actual, Quantity) or actual.normalised_unit != "%" or not row.is_readable:
            continue
        thing = _thing_of(row.name)
        if not thing or actual.comparator not in (None, Comparator.EQ):
            continue
        whole = _count_of(thing, goal.text)
        if whole is None or not whole.number:
            continue
        reached = _count_of(thing, account.text) if account else None
        part = reached.number if reached and reached.number <= whole.number else None
        rate = _Rate(actual.number, part, whole.number)
        if _is_possible(rate):
            yield PASSED
        else:
            yield _row_fault(subject, row, rate, goal, whole)


@lru_cache(maxsize=4_096)
def _thing_of(name: str) -> str:
    """Return what a rate is counted of, such as 体检 of 体检参加率; empty where its name does not tell."""
    match = _RATE_NAME.fullmatch(_MARKS.sub("", half_width(name)))
    return match["thing"] if match else ""


def _row_fault(subject: Subject, row: Row, rate: _Rate, goal: Prose, whole: _Count) -> Verdict:
    record = subject.record
    label = record.label(Place.OBJECTIVE, "expected")
    said = f"，完成情况写的是其中 {rate.part}{whole.unit}" if rate.part is not None else ""
    return failed(
        row.spot("actual"),
        f"“{row.name}”的完成值“{row.actual_cell.text}”与{label}里的“{whole.quote}”对不上{said}",
        found=row.actual_cell.text,
        expected=_expected(rate),
        hint="核对实际人数，照实写完成值；应参加的人数与目标里写的不同的，在表中写明",
        related=(Related(Origin(record.path, *goal.place_of(whole.start)), f"{label}：{whole.quote}", record.id),),
    )


def _count_of(thing: str, text: str) -> _Count | None:
    """Return the one place of a text that says how many there are of a thing, such as 28个 before 两新书记."""
    found = []
    place = text.find(thing)
    while place >= 0:
        match = _BEFORE.search(half_width(text[max(0, place - _FAR) : place]))
        if match:
            found.append(_Count(int(match["count"]), match["unit"], place, f"{match[0]}{thing}"))
        place = text.find(thing, place + 1)
    return found[0] if len(found) == 1 else None


def _is_possible(rate: _Rate) -> bool:
    printed = rate.printed
    if printed > _WHOLE:
        return True
    nearest = int(printed * rate.whole / _WHOLE)
    parts = (rate.part,) if rate.part is not None else (nearest, nearest + 1)
    exact = (_share(part, rate.whole) for part in parts if part <= rate.whole)
    return any(printed in (round_to(one, printed), cut_to(one, printed)) for one in exact)


def _share(part: int, whole: int) -> Decimal:
    return quotient(Decimal(part), Decimal(whole), _WHOLE)


def _expected(rate: _Rate) -> str:
    """Return the rate that the numbers give, or the two nearest that they can give."""
    if rate.part is not None:
        return f"{rate.part} ÷ {rate.whole} × 100 = {shown(_share(rate.part, rate.whole), 2)}%"
    below = int(rate.printed * rate.whole / _WHOLE)
    near = "，".join(f"{part} 是 {shown(_share(part, rate.whole), 2)}%" for part in (below, below + 1))
    return f"{rate.whole} 中的 {near}"
