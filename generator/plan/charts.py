"""Simple bars drawn at build time; every number of a chart also stands beside it as text."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from generator.model.amounts import MainAmounts
from generator.plan.figures import format_amount, format_decimal
from generator.plan.rows import IndicatorRow, RecordRow

WIDTH = 200
"""Width of a full bar in units of the drawing."""


@dataclass(frozen=True, slots=True)
class Bar:
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


@dataclass(frozen=True, slots=True)
class Chart:
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
    groups: dict[str, list[tuple[Decimal, Decimal]]] = {}
    points, score = row.amounts.execution_points, row.amounts.execution_score
    if points and score and points.number is not None and score.number is not None:
        groups["预算执行"] = [(points.number, score.number)]
    unclear = set()
    for line in indicators:
        label = line.levels[0] if line.levels else "指标"
        if line.score.number is None:
            continue
        if line.points.number is None:
            unclear.add(label)
        else:
            groups.setdefault(label, []).append((line.points.number, line.score.number))
    # A category whose points cannot all be read would look fuller than it is.
    sums = [(label, _total(pairs)) for label, pairs in groups.items() if label not in unclear]
    largest = max((whole for _, (whole, _) in sums), default=Decimal(0))
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
        for label, (whole, part) in sums
    )
    note = "浅色为分值，深色为得分。" + (f"{'、'.join(sorted(unclear))}有分值无法辨认，未画。" if unclear else "")
    return Chart("各类指标得分", note, bars)


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
    return Chart(title, "浅色为全年预算数，深色为全年执行数。", bars)


def spread_chart(scores: list[Decimal]) -> Chart | None:
    """Draw how many records fall into each band of ten points, five points from 90 on; None without scores."""
    if not scores:
        return None
    edges = [Decimal(edge) for edge in (0, 60, 80, 90, 95)]
    labels = ("60 分以下", "60 至 80 分", "80 至 90 分", "90 至 95 分", "95 至 100 分")
    counts = [
        sum(1 for score in scores if score >= low and (high is None or score < high))
        for low, high in zip(edges, [*edges[1:], None], strict=True)
    ]
    most = Decimal(max(counts))
    bars = (
        Bar(label, f"{count} 份", _length(Decimal(count), most), "0", "score")
        for label, count in zip(labels, counts, strict=True)
    )
    return Chart("总分分布", "按原表印出的总分；每段含下限，不含上限。", tuple(bars))


def _total(pairs: list[tuple[Decimal, Decimal]]) -> tuple[Decimal, Decimal]:
    return sum((points for points, _ in pairs), Decimal(0)), sum((score for _, score in pairs), Decimal(0))


def _length(part: Decimal, whole: Decimal) -> str:
    """Return the length of a bar; a part that is not nothing is never drawn as nothing."""
    length = max(Decimal(0), min(part / whole, Decimal(1))) * WIDTH
    return format_decimal(max(length, Decimal(1) if part > 0 else Decimal(0)).quantize(Decimal("0.1")))
