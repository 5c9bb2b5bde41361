"""Simple bars drawn at build time; every number of a chart also stands beside it as text."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from generator.model.amounts import MainAmounts
from generator.money import EXACT
from generator.plan.figures import format_amount, format_decimal
from generator.plan.rows import IndicatorRow, RecordRow

WIDTH = 200
"""Width of a full bar in units of the drawing."""


class Bar(Struct, frozen=True, gc=False):
    """One row of a chart: a bar, and where it has one, the track it could have filled."""

    label: str
    text: str
    """The numbers, as they stand beside the bar."""
    width: str
    """Length of the bar in units of the drawing."""
    track: str
    """Length of the track in units of the drawing; 0 for none."""
    kind: str = ""
    """What it shows, for its colour: initial, adjusted, executed, score."""
    url: str = ""
    """Page or row it links to, relative to the site."""


class Chart(Struct, frozen=True, gc=False):
    """A chart with its caption."""

    title: str
    note: str
    bars: tuple[Bar, ...]


def funds_chart(amounts: MainAmounts) -> Chart | None:
    """Draw initial budget, adjusted budget and execution of one record, or None where there is nothing to compare."""
    parts = [
        (label, amount, kind)
        for label, amount, kind in (
            ("年初预算", amounts.initial_budget, "initial"),
            ("全年预算", amounts.adjusted_budget, "adjusted"),
            ("全年执行", amounts.executed, "executed"),
        )
        if amount is not None
    ]
    largest = max((amount.yuan for _, amount, _ in parts), default=Decimal(0))
    if len(parts) < 2 or largest <= 0:  # noqa: PLR2004  one bar compares nothing
        return None
    bars = (
        Bar(label, format_amount(amount), _length(amount.yuan, largest), "0", kind) for label, amount, kind in parts
    )
    return Chart("资金", "条长按金额，最大者为满格。", tuple(bars))


def score_chart(row: RecordRow, indicators: tuple[IndicatorRow, ...]) -> Chart | None:
    """Draw the score of each level 1 category against its points, execution first; None for a form without scores."""
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    points, score = row.amounts.execution_points, row.amounts.execution_score
    if points and score and points.number is not None and score.number is not None:
        sums["预算执行"] = (points.number, score.number)
    unclear = set()
    for line in indicators:
        part = line.score.number
        if part is None:
            continue
        label = line.levels[0] if line.levels else "指标"
        whole = line.points.number
        if whole is None:
            unclear.add(label)
        else:
            wholes, parts = sums.get(label, _NOTHING)
            sums[label] = (EXACT.add(wholes, whole), EXACT.add(parts, part))
    # A category whose points cannot all be read would look fuller than it is.
    known = [(label, pair) for label, pair in sums.items() if label not in unclear]
    largest = max((whole for _, (whole, _) in known), default=Decimal(0))
    if largest <= 0:
        return None
    bars = tuple(
        Bar(
            label,
            f"{format_decimal(part)} / {format_decimal(whole)}",
            _length(part, largest),
            _length(whole, largest),
            "score",
        )
        for label, (whole, part) in known
    )
    note = "底条为分值，实条为得分。" + (f"{'、'.join(sorted(unclear))}有分值无法辨认，未画。" if unclear else "")
    return Chart("各类指标得分", note, bars)


_NOTHING = (Decimal(0), Decimal(0))


def execution_chart(title: str, labelled: Iterable[tuple[str, RecordRow]]) -> Chart | None:
    """Draw execution against the adjusted budget, a bar for each record, or None where no record has both."""
    known = [(label, row.url, row.amounts.adjusted_budget, row.amounts.executed) for label, row in labelled]
    largest = max((max(b.yuan, x.yuan) for _, _, b, x in known if b and x), default=Decimal(0))
    if largest <= 0:
        return None
    bars = tuple(
        Bar(
            label, f"{format_amount(x)} / {format_amount(b)}", _length(x.yuan, largest), _length(b.yuan, largest), "executed",
            url,
        )
        for label, url, b, x in known if b and x
    )  # fmt: skip
    return Chart(title, "底条为全年预算数，实条为全年执行数。", bars)


_EDGES = tuple(Decimal(edge) for edge in (60, 80, 90, 95))
_FULL = Decimal(100)
_BANDS = ("60 分以下", "60 至 80 分", "80 至 90 分", "90 至 95 分", "95 至 100 分")
_BEYOND = "超过 100 分"


def spread_chart(scores: Sequence[tuple[Decimal, int]]) -> Chart | None:
    """Draw how many scores out of 100 fall into each band, narrower at the top; None without scores.

    `scores` has each score and how often it occurs. More than 100, which a form may print by mistake, has a band of its own, shown only where it occurs.
    """
    if not scores:
        return None
    counts = dict.fromkeys(_BANDS, 0)
    for score, times in scores:
        band = _BEYOND if score > _FULL else _BANDS[sum(score >= edge for edge in _EDGES)]
        counts[band] = counts.get(band, 0) + times
    most = Decimal(max(counts.values()))
    bars = (Bar(label, f"{count} 份", _length(Decimal(count), most), "0", "score") for label, count in counts.items())
    last = f"“{_BANDS[-1]}”一段含 100" if _BEYOND in counts else "最后一段含 100"
    return Chart("总分分布", f"按原表印出的总分；每段含下限，不含上限；{last}。", tuple(bars))


# Most charts draw the same few round points and scores.
@lru_cache(maxsize=4096)
def _length(part: Decimal, whole: Decimal) -> str:
    """Return the length of a bar; a part that is not nothing is never drawn as nothing."""
    length = max(Decimal(0), min(part / whole, Decimal(1))) * WIDTH
    return format_decimal(max(length, Decimal(1) if part > 0 else Decimal(0)).quantize(Decimal("0.1")))
