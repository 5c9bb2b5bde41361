"""What the table cannot show: layout, amounts, identity of types, bounds of the work."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from generator.model.values import (
    LONGEST,
    Blank,
    Brackets,
    Comparator,
    FreeText,
    Quantity,
    Range,
    Value,
    format_value,
    normalised_unit,
    parse,
    parse_value,
)


def quantity(text: str) -> Quantity:
    value = parse_value(text)
    assert isinstance(value, Quantity)
    return value


@pytest.mark.parametrize(
    ("printed", "brackets"),
    [
        ("=100.00(%)", Brackets.HALF),
        ("=100.00 (%)", Brackets.HALF),
        ("=100.00（%）", Brackets.FULL),
        ("=100.00( % ）", Brackets.MIXED),
        ("=100%", Brackets.NONE),
        ("=100 %", Brackets.NONE),
        ("50.00 万 (元)", Brackets.HALF),
        ("50.00(万 元)", Brackets.HALF),
    ],
)
def test_layout_tells_how_the_unit_is_bracketed(printed: str, brackets: Brackets) -> None:
    assert quantity(printed).layout.brackets is brackets


def test_symbol_is_kept_as_printed_beside_its_meaning() -> None:
    value = quantity("＞＝ 1200人")

    assert (value.layout.symbol, value.layout.symbol_gap, value.comparator) == ("＞＝", " ", Comparator.GE)


def test_changed_part_is_printed_in_the_same_layout() -> None:
    value = replace(quantity("≥ 1,200.00 （元/人）"), number_text="1,300.00")

    assert format_value(value) == "≥ 1,300.00 （元/人）"


@pytest.mark.parametrize(
    ("printed", "amount"),
    [
        ("1万人", Decimal(10_000)),
        ("94.60(万元)", Decimal(946_000)),
        ("1.5亿元", Decimal(150_000_000)),
        ("999999999999999.99999999千万亿", Decimal(999999999999999999999990000000)),
        ("80.00(元/人)", Decimal("80.00")),
    ],
)
def test_amount_is_the_number_times_its_magnitude(printed: str, amount: Decimal) -> None:
    assert amount == quantity(printed).amount


def test_amounts_of_a_range_share_the_magnitude_printed_once() -> None:
    value = parse_value("1-2.5万元")

    assert isinstance(value, Range)
    assert value.amounts == (Decimal(10_000), Decimal(25_000))


def test_published_number_never_has_an_exponent() -> None:
    assert quantity("0.00000001吨").to_data()["number"] == "0.00000001"


@pytest.mark.parametrize(
    ("spelling", "unit"), [("百分比", "%"), ("元 / 人", "元/人"), ("m2", "㎡"), ("人次", "人次"), ("", "")]
)
def test_spellings_of_one_unit_are_the_same(spelling: str, unit: str) -> None:
    assert unit == normalised_unit(spelling)


def test_count_of_people_and_of_visits_are_different_units() -> None:
    assert normalised_unit("人") != normalised_unit("人次")


def test_blank_dash_long_dash_slash_and_zero_are_five_values() -> None:
    values: set[Value] = {parse_value(text) for text in ("", "-", "—", "/", "0")}

    assert len(values) == 5


def test_values_of_different_kinds_are_never_equal() -> None:
    values: set[Value] = {Blank("-"), FreeText("-")}

    assert len(values) == 2


@pytest.mark.parametrize("piece", ["1", "1,111", "(", "1 ", "≥", "年", "及", "1-", "1次(", " ", "以上", "、"])
def test_text_longer_than_any_value_is_not_looked_at(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (piece * 10_000)[:10_000]
    monkeypatch.setattr(parse, "_parsed", lambda _: pytest.fail("a long text reached the readers"))

    assert FreeText(text) == parse_value(text)


def test_longest_value_is_still_read() -> None:
    head = "2项(培训、"
    printed = head + "讲" * (LONGEST - len(head) - 1) + ")"

    assert (parse_value(printed).kind, parse_value(printed + " ").kind) == ("counted_list", "free_text")


@pytest.mark.parametrize(
    "printed", ["≥1234567890123456789人", "99." + "3" * 33 + "%", "1-" + "9" * 31 + "次", "每年" + "9" * 30 + "次"]
)
def test_digits_beyond_what_any_form_prints_are_free_text(printed: str) -> None:
    assert isinstance(parse_value(printed), FreeText)
