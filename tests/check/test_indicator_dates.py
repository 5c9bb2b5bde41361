"""When a deadline ends at the latest, and when a result came at the earliest."""

from datetime import date

import pytest

from generator.check.rows.indicator_dates import earliest_day, latest_day
from generator.model.values import parse_value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024年12月前完成", date(2024, 12, 31)),
        ("6月底前", date(2024, 6, 30)),
        ("6月中旬前", date(2024, 6, 20)),
        ("2024年2月", date(2024, 2, 29)),
        ("第一季度", date(2024, 3, 31)),
        ("上半年完成", date(2024, 6, 30)),
        ("年底前", date(2024, 12, 31)),
        ("2024年11月15日前", date(2024, 11, 15)),
        ("1-6月", date(2024, 6, 30)),
        ("全年", date(2024, 12, 31)),
    ],
)
def test_a_deadline_is_read_as_generously_as_it_can_be(text: str, day: date) -> None:
    assert latest_day(parse_value(text), 2024) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024年12月10日", date(2024, 12, 10)),
        ("12月", date(2024, 12, 1)),
        ("12月下旬", date(2024, 12, 21)),
        ("第二季度", date(2024, 4, 1)),
        ("2025年1月", date(2025, 1, 1)),
    ],
)
def test_a_result_is_taken_at_its_earliest(text: str, day: date) -> None:
    assert earliest_day(parse_value(text), 2024) == day


@pytest.mark.parametrize("text", ["12月前完成", "及时", "12次", ""])
def test_what_is_no_date_of_a_result_has_no_day(text: str) -> None:
    assert earliest_day(parse_value(text), 2024) is None
