"""What holds for every value, whatever was printed."""

import json
from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from generator.model.values import (
    MAGNITUDES,
    Comparator,
    Deadline,
    Frequency,
    Quantity,
    Range,
    canonical,
    format_value,
    parse_value,
)

SYMBOLS = {
    "": None,
    "≥": Comparator.GE,
    ">=": Comparator.GE,
    "＞=": Comparator.GE,
    "不少于": Comparator.GE,
    "≤": Comparator.LE,
    "<=": Comparator.LE,
    "不超过": Comparator.LE,
    "=": Comparator.EQ,
    "═": Comparator.EQ,
    ">": Comparator.GT,
    "大于": Comparator.GT,
    "＜": Comparator.LT,
    "低于": Comparator.LT,
}
UNITS = ["次", "人", "人次", "家", "个", "天", "小时", "元", "元/人", "元/人/月", "名/场", "学时", "吨", "平方米"]
# Everything the grammar looks at, so that random texts come near its borders.
GRAMMAR_SIGNS = (
    "0123456789０９,，.。-－—–~～至到()（）[]%％‰/／·:： \u3000\t\n\u200b≥≤=<>≧≦═＞＜＝$"
    "一二两三十百千万亿元人次项个天年月日前底末内完成第季度上下半旬每平均不少于超过以含定性预算控制在达指标未基本部分及时规范、"
)

blanks = st.sampled_from(["", "", " ", "\u3000", "\n"])
numbers = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False)
number_texts = numbers.flatmap(lambda number: st.sampled_from([f"{number:f}", f"{number:,f}", f"{number:.0f}"]))
brackets = st.sampled_from([("(", ")"), ("（", "）"), ("(", "）"), ("( ", " )")])
years, months = st.integers(2015, 2035), st.integers(1, 12)


@given(
    symbol=st.sampled_from(sorted(SYMBOLS)),
    symbol_gap=blanks,
    number_text=number_texts,
    gap=blanks,
    magnitude=st.sampled_from(["", *MAGNITUDES]),
    unit=st.sampled_from(UNITS),
    pair=st.one_of(st.just(("", "")), brackets),
)
def test_quantity_keeps_each_of_its_parts(
    *, symbol: str, symbol_gap: str, number_text: str, gap: str, magnitude: str, unit: str, pair: tuple[str, str]
) -> None:
    printed = f"{symbol}{symbol_gap}{number_text}{gap}{magnitude}{pair[0]}{unit}{pair[1]}"

    value = parse_value(printed)

    assert isinstance(value, Quantity)
    assert (SYMBOLS[symbol], number_text, magnitude, unit) == (
        value.comparator,
        value.number_text,
        value.magnitude,
        value.unit,
    )
    assert Decimal(number_text.replace(",", "")) * MAGNITUDES.get(magnitude, 1) == value.amount
    assert printed == format_value(value)


@given(number_text=number_texts, magnitude=st.sampled_from(sorted(MAGNITUDES)), unit=st.sampled_from(UNITS))
def test_magnitude_counts_the_same_inside_and_outside_the_brackets(number_text: str, magnitude: str, unit: str) -> None:
    inside, outside = parse_value(f"{number_text}({magnitude}{unit})"), parse_value(f"{number_text}{magnitude}{unit}")

    assert isinstance(inside, Quantity)
    assert isinstance(outside, Quantity)
    assert (inside.amount, inside.normalised_unit) == (outside.amount, outside.normalised_unit)
    assert canonical(inside) == canonical(outside)


@given(
    bounds=st.tuples(numbers, numbers).map(sorted),
    sign=st.sampled_from(["-", "—", "——", "~", "～", "至"]),
    unit=st.sampled_from(["%", *UNITS]),
    gap=blanks,
)
def test_range_keeps_both_bounds(bounds: list[Decimal], sign: str, unit: str, gap: str) -> None:
    lower, upper = bounds
    printed = f"{lower:f}{unit}{gap}{sign}{upper:,f}{unit}"

    value = parse_value(printed)

    assert isinstance(value, Range)
    assert (lower, upper, unit) == (value.lower, value.upper, value.unit)
    assert printed == format_value(value)


@given(year=years, month=months, gap=blanks, ending=st.sampled_from(["", "前", "前完成", "底前", "完成", "（一期）"]))
def test_deadline_keeps_year_and_month(year: int, month: int, gap: str, ending: str) -> None:
    printed = f"{year}{gap}年{month}月{ending}"

    value = parse_value(printed)

    assert isinstance(value, Deadline)
    assert (year, month, None) == value.moment
    assert printed == format_value(value)


@given(
    average=st.sampled_from(["", "平均"]),
    cycle=st.sampled_from(["年", "半年", "季度", "月", "周"]),
    symbol=st.sampled_from(sorted(SYMBOLS)),
    count=st.integers(1, 400),
    unit=st.sampled_from(["次", "场", "人次", "小时"]),
)
def test_frequency_keeps_its_count(*, average: str, cycle: str, symbol: str, count: int, unit: str) -> None:
    printed = f"{average}每{cycle}{symbol}{count}{unit}"

    value = parse_value(printed)

    assert isinstance(value, Frequency)
    assert (SYMBOLS[symbol], Decimal(count), unit, bool(average)) == (
        value.comparator,
        value.number,
        value.unit,
        value.average,
    )
    assert printed == format_value(value)


any_text = st.one_of(st.text(max_size=60), st.text(alphabet=GRAMMAR_SIGNS, max_size=24))


@given(any_text)
@example("\ud800")
@example("٣次")
@example("5\u200b次")
def test_any_text_is_written_back_unchanged(text: str) -> None:
    value = parse_value(text)

    assert text == format_value(value)
    assert value == parse_value(format_value(value))


@given(any_text)
def test_any_text_has_plain_data_that_names_its_kind(text: str) -> None:
    value = parse_value(text)

    data = value.to_data()

    assert value.kind == data["kind"]
    assert data == json.loads(json.dumps(data))


@given(any_text)
@example("每2个月1次")
@example("5.00()")
def test_one_notation_of_a_known_pattern_reads_as_the_same_kind(text: str) -> None:
    value = parse_value(text)

    if value.kind != "free_text":
        again = parse_value(canonical(value))
        assert (value.kind, canonical(value)) == (again.kind, canonical(again))
