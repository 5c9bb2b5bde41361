"""Rows of bars drawn at build time, each bar in the row of the table that holds its numbers as text.

Pictures with two axes stand in `plots`.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import islice
from typing import Literal

from msgspec import Struct

from generator.model.amounts import Amount, MainAmounts
from generator.model.records import BLANK, Indicator
from generator.money import EXACT
from generator.plan.figures import format_amount, format_decimal, format_percent, format_signed
from generator.plan.scale import WHOLE, Scale, percent, scale_of


class Mark(Struct, frozen=True, array_like=True, gc=False):
    """One shape of a bar; place and length in percent of the width of the drawing."""

    kind: str
    """What it shows, for its look: whole, initial, adjusted, executed, score, count, open; hatched more, less, over; and the lines join, limit, cut."""
    x: str
    width: str = ""
    """Empty for a line."""
    is_hatched: bool = False


class Bar(Struct, frozen=True, array_like=True, gc=False):
    """One row of a chart."""

    label: str
    text: str
    """The numbers, as they stand beside the bar."""
    marks: tuple[Mark, ...]
    url: str = ""
    """Page or row it links to, relative to the site."""
    is_step: bool = False
    """Tell whether it is a step between the row above and the row below."""


class Chart(Struct, frozen=True, gc=False):
    """A chart with its caption."""

    title: str
    note: str
    bars: tuple[Bar, ...]
    zero: str = ""
    """Where zero stands, in percent of the width; empty where it is the left edge, as long as nothing is below it."""
    layout: Literal["beside", "below", ""] = ""
    """Where the bars stand from their words and numbers: below is for long words; empty for beside, but below on a phone."""


_ZERO, _HALF, _FULL = Decimal(0), Decimal(50), Decimal(100)


def funds_chart(amounts: MainAmounts) -> Chart | None:
    """Draw a bridge from the initial budget over its adjustment to what was executed.

    Return None where there are not two amounts to compare.
    """
    named = (
        ("年初预算", amounts.initial_budget, "initial"),
        ("全年预算", amounts.adjusted_budget, "adjusted"),
        ("全年执行", amounts.executed, "executed"),
    )
    parts = [amount for _, amount, _ in named if amount is not None]
    yuan = [amount.yuan for amount in parts]
    if len(parts) < 2 or not any(yuan):  # noqa: PLR2004  one bar compares nothing
        return None
    scale = scale_of(min(_ZERO, *yuan), max(_ZERO, *yuan))
    bars: list[Bar] = []
    before: Amount | None = None
    for label, amount, kind in named:
        if amount is not None:
            if before and amount.yuan != before.yuan:
                bars.append(_step(before, amount, scale, executed=kind == "executed"))
            bars.append(Bar(label, format_amount(amount), _bar(kind, _ZERO, amount.yuan, scale)))
        # A step leads from one column of the form to the next, never over one that is blank.
        before = amount
    missing = [label for label, amount, _ in named if amount is None]
    note = "实条从 0 起按金额画；网纹条是两数之差，由本站相减。" if len(bars) > len(parts) else "实条从 0 起按金额画。"
    note += f"{'、'.join(missing)}没有可用的金额，未画。" if missing else ""
    return Chart("资金", note, tuple(bars), _zero(scale))


def _zero(scale: Scale) -> str:
    return percent(scale.at(_ZERO)) if scale.low < 0 else ""


def _step(before: Amount, after: Amount, scale: Scale, *, executed: bool) -> Bar:
    """Draw what changes from one amount to the next, between two lines that lead from the one bar to the other."""
    change = EXACT.subtract(after.number, before.number)
    rises = change > 0
    if executed:
        label, text = ("超出预算" if rises else "未执行"), format(abs(change), ",f")
    else:
        label, text = ("调增" if rises else "调减"), format_signed(change)
    kind = "over" if rises and executed else "more" if rises else "less"
    marks = (
        *_bar(kind, before.yuan, after.yuan, scale, is_hatched=True),
        _line("join above", before.yuan, scale),
        _line("join below", after.yuan, scale),
    )
    return Bar(label, f"{text} {after.unit}", marks, is_step=True)


def score_chart(amounts: MainAmounts, indicators: Iterable[Indicator]) -> Chart | None:
    """Draw the score of each level 1 category against its points, execution first; None for a form without scores."""
    sums: dict[str, list[Decimal]] = {}
    unclear: dict[str, None] = {}
    blanks: dict[str, int] = {}
    points, score = amounts.execution_points, amounts.execution_score
    if score and score.number is not None:
        if points and points.number is not None:
            sums["预算执行"] = [points.number, score.number]
        else:
            unclear["预算执行"] = None
    add = EXACT.add
    for line in indicators:
        cells = line.cells
        part, whole = cells.get("score", BLANK).number, cells.get("points", BLANK).number
        if part is None and whole is None:
            continue
        label = line.path[0] if line.path else "指标"
        if part is None:
            blanks[label] = blanks.get(label, 0) + 1
        elif whole is None:
            unclear[label] = None
        else:
            pair = sums.setdefault(label, [_ZERO, _ZERO])
            pair[0], pair[1] = add(pair[0], whole), add(pair[1], part)
    # A category whose points cannot all be read would look fuller than it is.
    known = [(label, pair) for label, pair in sums.items() if label not in unclear]
    figures = [figure for _, both in known for figure in both]
    if not any(whole > 0 for _, (whole, _) in known):
        return None
    scale = scale_of(min(_ZERO, *figures), max(figures))
    bars = tuple(
        Bar(label, f"{format_decimal(part)} / {format_decimal(whole)}", _against("score", part, whole, scale))
        for label, (whole, part) in known
    )
    note = "空框为分值，实条为得分。" + (f"{'、'.join(unclear)}有分值无法辨认，未画。" if unclear else "")
    note += "".join(
        f"{label}有 {count} 行没有得分，未计入。" if label in sums else f"{label}没有得分，未画。"
        for label, count in blanks.items()
        if label not in unclear
    )
    return Chart("各类指标得分", note, bars, _zero(scale), _beside(bars))


def _beside(bars: Iterable[Bar]) -> Literal["beside", ""]:
    """Return how bars stand whose words may, or may not, leave them room on a phone."""
    return "" if any(len(bar.label) > _SHORT or len(bar.text) > 2 * _SHORT for bar in bars) else "beside"


_SHORT = 7

_WIDEST = Decimal(200)
"""Up to which rate bars are drawn to scale: figures in a wrong unit would leave the others no room."""


def execution_chart(title: str, records: Iterable[tuple[str, str, MainAmounts]]) -> Chart | None:
    """Draw what share of its budget each record executed, or None where no record prints both.

    `records` has what to call each of them, its page, and its amounts.
    """
    rows = tuple(records)
    known = [
        (label, url, f"{format_amount(amounts.executed)} / {format_amount(amounts.adjusted_budget)}", rate)
        for label, url, amounts in rows
        if amounts.executed and amounts.adjusted_budget and (rate := amounts.computed_execution_rate) is not None
    ]
    if not known:
        return None
    rates = [rate for _, _, _, rate in known]
    scale = scale_of(max(min(_ZERO, *rates), -_WIDEST), min(max(_FULL, *rates), _WIDEST))
    bars = tuple(
        Bar(label, f"{text}（{format_percent(rate)}）", _against("executed", rate, _FULL, scale), url)
        for label, url, text, rate in known
    )
    note = "空框为全年预算数，满格为 100%；实条为全年执行数；括号里的百分比由本站计算。"
    if any(abs(rate) > _WIDEST for rate in rates):
        note += f"{_WIDEST}% 以外画不下，条端有断口。"
    if len(known) < len(rows):
        note += f"另有 {len(rows) - len(known)} 份没有印出这两个数，或预算为 0，未画。"
    return Chart(title, note, bars, _zero(scale), "below")


def _against(kind: str, part: Decimal, whole: Decimal, scale: Scale) -> tuple[Mark, ...]:
    """Draw a part in the frame of its whole; what goes beyond is hatched, with a line where the whole ends."""
    shown, limit = max(scale.low, min(part, scale.high)), max(whole, _ZERO)
    marks = [*_bar("whole", _ZERO, whole, scale), *_bar(kind, _ZERO, min(shown, limit), scale)]
    if shown > limit:
        marks += [*_bar("over", limit, shown, scale, is_hatched=True), _line("limit", limit, scale)]
    if shown != part:
        marks.append(_line("cut", shown, scale))
    return tuple(marks)


def spread_chart(scores: Sequence[tuple[Decimal, int]]) -> Chart | None:
    """Draw how many scores out of 100 fall into each class; None without scores.

    `scores` has each score and how often it occurs, lowest first. Classes are equally wide, as narrow as leaves at most a tenth of the scores to one open class below. What is beyond 100, which a form may print by mistake, has a class of its own.
    """
    if not scores:
        return None
    total = sum(times for _, times in scores)
    step, floor = next(
        (step, floor)
        for step, floor in _CLASSES
        if sum(times for score, times in scores if score < floor) * 10 <= total or not floor
    )
    edges = range(floor, 100, step)
    counts = dict.fromkeys((f"{floor} 分以下", *(f"{edge} 至 {edge + step} 分" for edge in edges), _BEYOND), 0)
    labels = tuple(counts)
    for score, times in scores:
        place = -1 if score > _FULL else 0 if score < floor else 1 + min(int(score - floor) // step, len(edges) - 1)
        counts[labels[place]] += times
    ends = (labels[0], labels[-1])
    # Classes below the lowest score say nothing.
    found = islice(counts.items(), next(place for place, label in enumerate(labels) if counts[label]), None)
    bars = _counted((label, count) for label, count in found if count or label != _BEYOND)
    note = f"按原表印出的总分；每段 {step} 分，含下限，不含上限，{labels[-2]}一段含 100。"
    note += _UNEQUAL if any(bar.label in ends for bar in bars) else ""
    return Chart("总分分布", note, _opened(bars, ends), layout="beside")


_CLASSES = ((1, 90), (2, 80), (5, 50), (10, 0))
"""How wide classes may be, and where they then begin."""

_BEYOND = "超过 100 分"
_UNEQUAL = "空心条的一段与其他段不等宽。"

RATE_CLASSES = (
    ("50% 以下", "50% 至 60%", "60% 至 70%", "70% 至 80%", "80% 至 90%", "90% 至 100%", "正好 100%", "超过 100%")
)  # fmt: skip
"""Into which execution rates are counted."""


def rate_class(rate: Decimal) -> int:
    """Return which of `RATE_CLASSES` a rate falls into."""
    if rate < _HALF:
        return 0
    return 6 + (rate > _FULL) if rate >= _FULL else int(rate // 10) - 4


def rates_chart(counts: Sequence[int]) -> Chart | None:
    """Draw how many execution rates fall into each of `RATE_CLASSES`; None without any."""
    if not any(counts):
        return None
    ends = (RATE_CLASSES[0], *RATE_CLASSES[-2:])
    lowest = next(place for place, count in enumerate(counts) if count)
    bars = _counted(zip(RATE_CLASSES[lowest:], counts[lowest:], strict=True))
    note = "执行率由本站按印出的全年执行数和全年预算数计算；每段 10 个百分点，含下限，不含上限。" + _UNEQUAL
    return Chart("执行率分布", note, _opened(bars, ends), layout="beside")


def _counted(counts: Iterable[tuple[str, int]]) -> tuple[Bar, ...]:
    found = tuple(counts)
    scale = scale_of(_ZERO, Decimal(max(count for _, count in found)))
    return tuple(Bar(label, f"{count} 份", _bar("count", _ZERO, Decimal(count), scale)) for label, count in found)


def _opened(bars: Iterable[Bar], ends: Sequence[str]) -> tuple[Bar, ...]:
    """Set classes apart that are not as wide as the others."""
    return tuple(
        Bar(bar.label, bar.text, tuple(Mark("open", mark.x, mark.width) for mark in bar.marks))
        if bar.label in ends
        else bar
        for bar in bars
    )


def _bar(kind: str, start: Decimal, end: Decimal, scale: Scale, *, is_hatched: bool = False) -> tuple[Mark, ...]:
    """Return the bar from one figure to another; what is not nothing is never drawn as nothing."""
    if start == end:
        return ()
    left, right = scale.at(start), scale.at(end)
    if left > right:
        left, right = right, left
    if right - left < _THINNEST:
        left = min(left, WHOLE - _THINNEST)
        right = left + _THINNEST
    return (Mark(kind, percent(left), percent(right - left), is_hatched),)


_THINNEST = 5


def _line(kind: str, number: Decimal, scale: Scale) -> Mark:
    return Mark(kind, percent(scale.at(number)))
