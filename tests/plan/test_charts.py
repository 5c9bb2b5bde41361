"""What charts draw is in proportion to the figures beside it; what cannot be drawn is left out and said."""

from decimal import Decimal

import pytest

from generator.model.amounts import Amount, MainAmounts
from generator.model.records import BLANK, Cell
from generator.plan.charts import (
    RATE_CLASSES,
    Bar,
    Chart,
    execution_chart,
    funds_chart,
    rate_class,
    rates_chart,
    score_chart,
    spread_chart,
)  # fmt: skip
from generator.plan.plots import Plot, Point, Series, Shape, years_chart
from tests.model.made import cells, indicator


def wan(printed: str) -> Amount:
    number = Decimal(printed.replace(",", ""))
    return Amount(printed, number, "万元", number * 10_000)


def funds(initial: str | None, adjusted: str | None, executed: str | None) -> Chart | None:
    first, second, third = (None if one is None else wan(one) for one in (initial, adjusted, executed))
    return funds_chart(MainAmounts(initial_budget=first, adjusted_budget=second, executed=third))


def drawn(chart: Chart | None) -> Chart:
    assert chart is not None
    return chart


def texts(chart: Chart) -> list[tuple[str, str]]:
    return [(bar.label, bar.text) for bar in chart.bars]


def marks(bar: Bar) -> list[str]:
    return [f"{mark.kind} {mark.x} {mark.width}".strip() for mark in bar.marks]


def test_the_bridge_leads_from_the_initial_budget_over_each_change_to_what_was_executed() -> None:
    chart = drawn(funds("100.00", "80.00", "60.00"))

    assert texts(chart) == [
        ("年初预算", "100.00 万元"),
        ("调减", "−20.00 万元"),
        ("全年预算", "80.00 万元"),
        ("未执行", "20.00 万元"),
        ("全年执行", "60.00 万元"),
    ]
    assert [marks(bar) for bar in chart.bars] == [
        ["initial 0% 100%"],
        ["less 80% 20%", "join above 100%", "join below 80%"],
        ["adjusted 0% 80%"],
        ["less 60% 20%", "join above 80%", "join below 60%"],
        ["executed 0% 60%"],
    ]
    assert "由本站相减" in chart.note


def test_a_rise_is_hatched_otherwise_than_a_cut_and_more_than_the_budget_otherwise_than_both() -> None:
    chart = drawn(funds("50", "80", "100"))

    assert texts(chart)[1] == ("调增", "+30 万元")
    assert marks(chart.bars[1])[0] == "more 50% 30%"
    assert texts(chart)[3] == ("超出预算", "20 万元")
    assert marks(chart.bars[3])[0] == "over 80% 20%"
    assert [mark.kind for bar in chart.bars for mark in bar.marks if mark.is_hatched] == ["more", "over"]


def test_equal_amounts_have_no_step_between_them() -> None:
    chart = drawn(funds("94.60", "94.6", "94.60"))

    assert texts(chart) == [("年初预算", "94.60 万元"), ("全年预算", "94.6 万元"), ("全年执行", "94.60 万元")]
    assert "相减" not in chart.note


def test_a_blank_amount_is_left_out_and_said_and_no_step_leads_over_it() -> None:
    chart = drawn(funds("100", None, "60"))

    assert [label for label, _ in texts(chart)] == ["年初预算", "全年执行"]
    assert chart.note.endswith("全年预算没有可用的金额，未画。")


def test_zero_has_its_row_without_a_bar() -> None:
    chart = drawn(funds("100", "100", "0"))

    assert texts(chart)[-1] == ("全年执行", "0 万元")
    assert marks(chart.bars[-1]) == []
    assert texts(chart)[-2] == ("未执行", "100 万元")


def test_next_to_nothing_is_still_drawn_and_stays_inside() -> None:
    chart = drawn(funds("1000000", "999999.99", "0.01"))

    assert marks(chart.bars[1])[0] == "less 99.5% 0.5%"
    assert marks(chart.bars[-1]) == ["executed 0% 0.5%"]


def test_a_negative_amount_stands_left_of_zero() -> None:
    chart = drawn(funds("75", "75", "-25"))

    assert chart.zero == "25%"
    assert marks(chart.bars[0]) == ["initial 25% 75%"]
    assert marks(chart.bars[-1]) == ["executed 0% 25%"]
    assert texts(chart)[-1] == ("全年执行", "-25 万元")


@pytest.mark.parametrize("amounts", [("100", None, None), (None, None, None), ("0", "0.00", "0")])
def test_there_is_no_bridge_where_nothing_is_to_be_compared(amounts: tuple[str | None, ...]) -> None:
    assert funds(*amounts) is None


def scores(*rows: tuple[str, str, str], points: str = "", score: str = "") -> Chart | None:
    """Draw rows of level 1, points, score."""
    indicators = [indicator(path=(level,), points=of, score=got) for level, of, got in rows]
    amounts = MainAmounts(execution_points=cells(points=points)["points"], execution_score=cells(score=score)["score"])
    return score_chart(amounts, indicators)


def test_scores_stand_in_the_frame_of_their_points_execution_first() -> None:
    chart = drawn(
        scores(("产出指标", "30", "27"), ("产出指标", "20", "18"), ("效益指标", "30", "30"), points="10", score="5")
    )

    assert texts(chart) == [("预算执行", "5 / 10"), ("产出指标", "45 / 50"), ("效益指标", "30 / 30")]
    assert [marks(bar) for bar in chart.bars] == [
        ["whole 0% 20%", "score 0% 10%"],
        ["whole 0% 100%", "score 0% 90%"],
        ["whole 0% 60%", "score 0% 60%"],
    ]


def test_a_score_beyond_its_points_is_hatched_from_where_they_end() -> None:
    chart = drawn(scores(("产出指标", "40", "50")))

    assert texts(chart) == [("产出指标", "50 / 40")]
    assert marks(chart.bars[0]) == ["whole 0% 80%", "score 0% 80%", "over 80% 20%", "limit 80%"]


def test_rows_without_a_score_or_points_are_said() -> None:
    chart = drawn(
        scores(("产出指标", "40", "40"), ("产出指标", "10", "—"), ("效益指标", "", "3"), ("效益指标", "5", "5"))
    )

    assert texts(chart) == [("产出指标", "40 / 40")]
    assert "产出指标有 1 行没有得分，未计入。" in chart.note
    assert "效益指标有分值无法辨认，未画。" in chart.note

    none_of_one = drawn(scores(("产出指标", "40", ""), ("效益指标", "5", "5")))
    assert "产出指标没有得分，未画。" in none_of_one.note


def test_a_form_without_scores_has_no_chart_of_them() -> None:
    assert scores(("产出指标", "", ""), ("效益指标", "10", "")) is None


def executions(*pairs: tuple[str | None, str | None]) -> Chart | None:
    rows = []
    for number, (adjusted, executed) in enumerate(pairs):
        amounts = MainAmounts(
            adjusted_budget=wan(adjusted) if adjusted else None, executed=wan(executed) if executed else None
        )
        rows.append((f"第 {number} 份", f"records/{number}.html", amounts))
    return execution_chart("预算执行", rows)


def test_execution_is_drawn_as_a_share_of_each_record_s_own_budget() -> None:
    chart = drawn(executions(("1,000.00", "999.80"), ("10", "5")))

    assert texts(chart) == [
        ("第 0 份", "999.80 万元 / 1,000.00 万元（99.98%）"),
        ("第 1 份", "5 万元 / 10 万元（50.00%）"),
    ]
    assert [marks(bar)[1] for bar in chart.bars] == ["executed 0% 100%", "executed 0% 50%"]
    assert [bar.url for bar in chart.bars] == ["records/0.html", "records/1.html"]


def test_execution_beyond_the_budget_passes_the_mark_of_100_percent() -> None:
    chart = drawn(executions(("100", "125"), ("100", "100")))

    assert marks(chart.bars[0]) == ["whole 0% 80%", "executed 0% 80%", "over 80% 20%", "limit 80%"]
    assert marks(chart.bars[1]) == ["whole 0% 80%", "executed 0% 80%"]
    assert "断口" not in chart.note


def test_a_rate_far_off_is_cut_with_a_mark_and_leaves_the_others_room() -> None:
    chart = drawn(executions(("1", "10000"), ("100", "50")))

    assert marks(chart.bars[0])[-2:] == ["limit 50%", "cut 100%"]
    assert texts(chart)[0][1] == "10000 万元 / 1 万元（1000000.00%）"
    assert marks(chart.bars[1])[1] == "executed 0% 25%"
    assert "200% 以外画不下，条端有断口。" in chart.note


def test_records_without_both_amounts_are_counted_not_drawn() -> None:
    chart = drawn(executions(("100", "50"), ("100", None), (None, "5"), ("0", "0")))

    assert len(chart.bars) == 1
    assert chart.note.endswith("另有 3 份没有印出这两个数，或预算为 0，未画。")
    assert executions(("100", None)) is None


def spread(*found: str) -> Chart:
    return drawn(spread_chart([(Decimal(one), 1) for one in found]))


@pytest.mark.parametrize(
    ("found", "classes"),
    [
        (["90", "99.99", "100"], {"90 至 91 分": "1 份", "99 至 100 分": "2 份"}),
        (["84", "86", "98"], {"84 至 86 分": "1 份", "86 至 88 分": "1 份", "98 至 100 分": "1 份"}),
        (["60", "79.99", "80"], {"60 至 65 分": "1 份", "75 至 80 分": "1 份", "80 至 85 分": "1 份"}),
        (["0", "35"], {"0 至 10 分": "1 份", "30 至 40 分": "1 份"}),
        (["-5", "35"], {"0 分以下": "1 份", "30 至 40 分": "1 份"}),
        (["95", "100.01"], {"95 至 96 分": "1 份", "超过 100 分": "1 份"}),
    ],
)
def test_every_score_falls_into_the_class_that_names_it(found: list[str], classes: dict[str, str]) -> None:
    assert {bar.label: bar.text for bar in spread(*found).bars if bar.text != "0 份"} == classes


def test_classes_are_equally_wide_but_for_a_tenth_of_the_scores_in_an_open_one() -> None:
    chart = spread_chart([(Decimal(35), 1), (Decimal(95), 4), (Decimal(98), 5)])

    assert chart is not None
    assert [bar.label for bar in chart.bars][:2] == ["90 分以下", "90 至 91 分"]
    assert [mark.kind for bar in chart.bars for mark in bar.marks] == ["open", "count", "count"]
    assert [marks(bar) for bar in chart.bars if bar.text == "4 份"] == [["count 0% 80%"]]
    assert "每段 1 分，含下限，不含上限，99 至 100 分一段含 100。空心条的一段与其他段不等宽。" in chart.note


def test_no_scores_have_no_distribution() -> None:
    assert spread_chart([]) is None
    assert rates_chart([0] * len(RATE_CLASSES)) is None
    assert rates_chart([]) is None


@pytest.mark.parametrize(
    ("rate", "label"),
    [
        ("-3", "50% 以下"),
        ("0", "50% 以下"),
        ("49.99", "50% 以下"),
        ("50", "50% 至 60%"),
        ("89.999", "80% 至 90%"),
        ("90", "90% 至 100%"),
        ("99.9999", "90% 至 100%"),
        ("100", "正好 100%"),
        ("100.0001", "超过 100%"),
        ("-1e40", "50% 以下"),
        ("1e40", "超过 100%"),
    ],
)
def test_every_rate_falls_into_the_class_that_names_it(rate: str, label: str) -> None:
    assert RATE_CLASSES[rate_class(Decimal(rate))] == label


def test_rates_are_counted_and_their_uneven_classes_set_apart() -> None:
    chart = drawn(rates_chart((0, 0, 0, 1, 0, 2, 4, 1)))

    assert texts(chart)[0] == ("70% 至 80%", "1 份")
    assert texts(chart)[-2:] == [("正好 100%", "4 份"), ("超过 100%", "1 份")]
    assert [marks(bar) for bar in chart.bars] == [
        ["count 0% 25%"], [], ["count 0% 50%"], ["open 0% 100%"], ["open 0% 25%"],
    ]  # fmt: skip


def plot(found: Plot | None) -> Plot:
    assert found is not None
    return found


def series(label: str, kind: str, *printed: str | None) -> Series:
    return Series(
        label, kind, tuple(None if one is None else Point(one, number_of(one)) for one in printed)
    )  # fmt: skip


def number_of(text: str) -> Decimal | None:
    cell = Cell(text) if text else BLANK
    return cell.number


def shapes(found: Plot, form: str) -> list[Shape]:
    return [shape for shape in found.shapes if shape.form == form and shape.text]


def test_columns_over_the_years_stand_on_zero_in_proportion() -> None:
    found = plot(
        years_chart("预算与执行", ("2022", "2023"), [series("全年预算", "adjusted", "40", "80"), series("全年执行", "executed", "20", "80")], anchor="money")
    )  # fmt: skip
    heights = {shape.text: shape.height for shape in shapes(found, "rect")}

    assert heights == {
        "2022 全年预算 40": "35%",
        "2022 全年执行 20": "17.5%",
        "2023 全年预算 80": "70%",
        "2023 全年执行 80": "70%",
    }
    assert [shape.row for shape in shapes(found, "rect")] == [0, 0, 1, 1]
    assert [[cell.text for cell in row] for row in found.rows] == [["2022", "40", "20"], ["2023", "80", "80"]]
    assert [label.text for label in found.labels] == ["80", "2022", "2023"]


def test_zero_is_a_stroke_and_a_blank_is_nothing_and_said() -> None:
    found = plot(
        years_chart("执行", ("2021", "2022", "2023", "2024"), [series("全年执行", "executed", "10", "0", "", None)], anchor="x")
    )  # fmt: skip

    assert [shape.text for shape in shapes(found, "rect")] == ["2021 全年执行 10"]
    assert [(shape.kind, shape.text) for shape in shapes(found, "line")] == [("nil", "2022 全年执行 0")]
    assert "2023、2024 年度没有可画的全年执行，空着不是 0" in found.note


def test_a_negative_column_hangs_below_zero() -> None:
    found = plot(years_chart("执行", ("2022", "2023"), [series("全年执行", "executed", "30", "-10")], anchor="x"))
    up, down = shapes(found, "rect")
    (zero,) = [shape for shape in found.shapes if shape.kind == "zero"]

    assert (up.y, up.height) == ("14%", "52.5%")
    assert zero.y == down.y == "66.5%"
    assert down.height == "17.5%"


def test_a_year_that_is_left_out_keeps_its_room_and_no_line_leads_over_it() -> None:
    found = plot(
        years_chart("总分", ("2020", "2021", "2024"), [series("总分", "score", "90", "95", "98")], anchor="x", style="lines")
    )  # fmt: skip

    assert [shape.x for shape in shapes(found, "dot")] == ["10%", "30%", "90%"]
    assert [(one.x, one.width) for one in found.shapes if one.form == "line" and one.kind == "score"] == [
        ("10%", "30%")
    ]
    assert "2022、2023 年度没有这样的表" in found.note
    assert "纵轴不从 0 起，下边是最低的 90，上边是最高的 98" in found.note


def test_one_year_is_no_course() -> None:
    assert years_chart("执行", ("2023", "2024"), [series("全年执行", "executed", "10", "")], anchor="x") is None
