"""How a record is laid out in rows and merged cells before a template draws it."""

from hypothesis import given
from hypothesis import strategies as st

from generator.forms.definitions import load_forms
from generator.model.records import Cell, FundingRow, Indicator, Record
from generator.origin import START
from generator.plan.form_view import FormView, make_form_view
from generator.resources import packaged
from tests.model.made import cells, indicator, money, record, row

FORMS = load_forms([packaged("templates")])


def view(one: Record, layout: str = "general") -> FormView:
    return make_form_view(one, FORMS.by_identifier(layout))


def levels(one: FormView) -> list[list[str]]:
    """Return the level cells of each row with how many rows they cover; a covered place is a dot."""
    return [
        [f"{cell.text}×{cell.rowspan}" if cell else "·" for cell in line.levels]
        for block in one.blocks
        for line in block.lines
    ]


def test_equal_levels_one_below_the_other_are_one_merged_cell() -> None:
    paths = (("产出", "数量"), ("产出", "数量"), ("产出", "质量"), ("效益", "质量"), ("产出", "数量"))

    assert levels(view(record(indicators=tuple(indicator(path=path) for path in paths)))) == [
        ["产出×3", "数量×2"],
        ["·", "·"],
        ["·", "质量×1"],
        ["效益×1", "质量×1"],
        ["产出×1", "数量×1"],
    ]


@given(st.lists(st.lists(st.sampled_from(["甲", "乙", ""]), max_size=3).map(tuple), min_size=1, max_size=12))
def test_every_level_is_printed_once_for_the_rows_that_share_it(paths: list[tuple[str, ...]]) -> None:
    depth = max(map(len, paths))
    padded = [path + ("",) * (depth - len(path)) for path in paths]
    (block,) = view(record(indicators=tuple(indicator(path=path) for path in paths))).blocks

    for level in range(depth):
        covering = [cell for line in block.lines if (cell := line.levels[level]) for _ in range(cell.rowspan)]
        assert [cell.text for cell in covering] == [path[level] for path in padded]
        begins = [number for number, line in enumerate(block.lines) if line.levels[level]]
        differs = [n for n in range(len(padded)) if not n or padded[n][: level + 1] != padded[n - 1][: level + 1]]
        assert begins == differs


def test_the_general_layout_has_as_many_level_columns_as_the_deepest_row() -> None:
    one = view(record(indicators=(indicator(path=("甲",)), indicator(path=("甲", "乙", "丙")), indicator(path=()))))

    assert one.level_titles == ("一级指标", "二级指标", "三级指标")
    assert levels(one)[0] == ["甲×2", "×1", "×1"]


def test_a_flat_list_has_no_level_column() -> None:
    assert view(record(indicators=(indicator(),))).level_titles == ()


def test_an_official_layout_puts_what_is_too_deep_into_its_last_level() -> None:
    one = view(record(indicators=(indicator(path=("产出", "数量", "培训")),)), "self_evaluation_a1")

    assert levels(one) == [["产出×1", "数量 › 培训×1"]]


def test_every_row_has_a_cell_for_every_column_in_the_order_of_the_fullest_row() -> None:
    one = view(
        record(
            indicators=(
                indicator(score="1", target="2"),
                Indicator((), "乙", START, cells(points="3"), extra=cells(核心="是")),
            )
        )
    )

    assert list(one.indicator_columns) == ["score", "target", "points"]
    for line in one.blocks[0].lines:
        assert list(line.cells) == list(one.indicator_columns)
        assert list(line.extra) == ["核心"]


def test_funding_rows_stand_in_the_order_of_the_form_then_the_others() -> None:
    funding = money(row("其他资金", executed="3"), row("债券资金", executed="4"), row("年度资金总额：", executed="1"))
    one = view(record(funding=funding), "self_evaluation_a1")

    assert [(line.label, line.cells["executed"].text) for line in one.funding] == [
        ("年度资金总额:", "1"),
        ("其中: 当年财政拨款", ""),
        ("上年结转资金", ""),
        ("其他资金", "3"),
        ("债券资金", "4"),
    ]


def test_a_row_of_a_group_that_an_official_layout_has_no_line_for_names_its_group() -> None:
    one = view(record(funding=money(row("专项", group="收入", executed="3"))), "self_evaluation_a1")

    assert one.funding[-1].label == "收入：专项"


def test_rows_of_equal_label_have_addresses_of_their_own() -> None:
    funding = money(
        row("甲", executed="1"), row("中央", parent=0, executed="1"), row("乙", executed="1"), row("中央", parent=2, executed="1")
    )  # fmt: skip
    one = view(record(funding=funding))

    assert [line.anchor for line in one.funding] == ["funding-甲", "funding-中央", "funding-乙", "funding-中央-2"]
    assert [line.depth for line in one.funding] == [0, 1, 0, 1]


def test_further_columns_of_one_row_are_blank_in_the_others() -> None:
    funding = money(row("甲", executed="1"), FundingRow("乙", START, extra=cells(文号="一号")))
    one = view(record(funding=funding))

    assert one.funding_extra == ("文号",)
    assert [line.extra["文号"] for line in one.funding] == [Cell("", START), Cell("一号")]


def test_a_row_that_prints_no_single_amount_gives_a_blank() -> None:
    one = view(record(funding=money(row("甲", executed="1"))))

    assert one.amount("甲").text == ""
    assert one.amount("没有这一行").text == ""


def test_the_first_of_two_rows_of_one_label_gives_the_single_amount() -> None:
    funding = money(row("其他资金", group="年度资金", amount="3"), row("其他资金：", group="年度资金", amount="4"))
    one = view(record(funding=funding), "target_declaration_c1")

    assert one.amount("其他资金", "年度资金").text == "3"
    assert one.amount("其他资金").text == ""


def test_two_horizons_are_two_blocks_with_titles() -> None:
    rows = (Indicator((), "五年", START, horizon="long_term"), Indicator((), "今年", START))

    assert [block.title for block in view(record(indicators=rows)).blocks] == ["中长期绩效指标", "年度绩效指标"]
    assert [block.title for block in view(record(indicators=rows[1:])).blocks] == [""]


def test_the_period_is_printed_as_authored_or_made_from_the_year() -> None:
    assert view(record(period="(2024 年)"), "self_evaluation_a1").period == "(2024 年)"
    assert view(record(), "self_evaluation_a1").period == "(2024年度)"
    assert view(record(), "self_evaluation_a2").period == "(2024 年度)"


def test_a_form_without_a_total_has_no_row_for_it() -> None:
    assert not view(record(indicators=(indicator(),))).has_total
    assert view(record(indicators=(indicator(),), total=cells(review_score="69.81"))).has_total
