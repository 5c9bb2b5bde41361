"""The one place that reads the clock."""

from datetime import date, datetime

import pytest

from generator.build.today import this_day
from generator.errors import JixiaoError


def test_it_is_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before = datetime.now().astimezone().date()

    assert before <= this_day() <= datetime.now().astimezone().date()


def test_a_build_can_be_repeated_as_of_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689599")

    assert this_day() == date(2024, 12, 31)


@pytest.mark.parametrize("epoch", ["昨天", "2024-12-31", "99999999999999999999"])
def test_what_is_no_number_of_seconds_is_told(epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)

    with pytest.raises(JixiaoError, match="SOURCE_DATE_EPOCH"):
        this_day()
