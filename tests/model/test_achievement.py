"""Whether a target is met, said only where target and actual value say it plainly."""

from decimal import Decimal

import pytest

from generator.model.achievement import Outcome, lost_points, outcome_of
from tests.model.made import indicator

MET, MISSED, UNDECIDED = Outcome.MET, Outcome.MISSED, Outcome.UNDECIDED


@pytest.mark.parametrize(
    ("target", "actual", "outcome"),
    [
        ("≥80.00(%)", "90.00(%)", MET),
        ("≥80.00(%)", "80.00(%)", MET),
        ("＞80%", "80%", MISSED),
        (">=1200人", "=1200", MET),
        ("≤15.00(元/份)", "14.50(元/份)", MET),
        ("≥300.00(元/人/月)", "296.00(元/人/月)", MISSED),
        ("<5.00(%)", "5.00(%)", MISSED),
        ("=28人", "=28人", MET),
        ("=10次", "=8次", MISSED),
        ("100%", "99%", MISSED),
        ("95%-100%", "100%", MET),
        ("95%-100%", "94.9%", MISSED),
        ("≤10%", "≥10%", UNDECIDED),
        (">10%", "<10%", MISSED),
        (">2000人次", "≤1500人次", MISSED),
        (">2000人次", "≤1500人", UNDECIDED),
        (">85%", ">85%", MET),
        (">85%", ">80%", UNDECIDED),
        (">85%", ">90%", MET),
        (">1万人", ">1万人", MET),
        ("=100.00(%)", "达成指标", MET),
        ("提升", "达成指标", MET),
        ("提升", "提升", UNDECIDED),
        ("5月", "5月", UNDECIDED),
        ("=2次", "3次", UNDECIDED),
        ("≥2次", "2个", UNDECIDED),
        ("", "2次", UNDECIDED),
        ("≥2次", "", UNDECIDED),
        ("≥90%", "0.93", UNDECIDED),
        ("≥90%", ">0.9", UNDECIDED),
        ("≤5%", "0.08", UNDECIDED),
        ("≤1%", "0.5", UNDECIDED),
        ("≥100%", "1.05", UNDECIDED),
        ("90%-100%", "1", UNDECIDED),
        ("≥1.2万人次", "1.3", UNDECIDED),
        ("1万人-2万人", "1.5", UNDECIDED),
        ("≥1.2万人次", "1.3万", MET),
        ("≥1.2万人次", "0", MISSED),
        ("≥90%", "0", MISSED),
        ("≥90%", "93", MET),
        ("≥90%", "80", MISSED),
        ("≤5%", "3", MET),
        ("≥5次", "5", MET),
        ("≥5次", "4", MISSED),
        ("≥0.8", "0.7", MISSED),
    ],
)
def test_outcome(target: str, actual: str, outcome: Outcome) -> None:
    assert outcome_of(indicator(target=target, actual=actual)) is outcome


def test_a_row_without_the_columns_is_undecided() -> None:
    assert outcome_of(indicator()) is UNDECIDED


@pytest.mark.parametrize(
    ("points", "score", "lost"),
    [
        ("8.00", "5.00", Decimal("3.00")),
        ("0.8", "0.8", Decimal("0.0")),
        ("2", "3", Decimal(-1)),
        ("2", "", None),
        ("—", "2", None),
    ],
)
def test_lost_points_are_points_minus_score_where_both_are_printed(
    points: str, score: str, lost: Decimal | None
) -> None:
    assert lost_points(indicator(points=points, score=score)) == lost
