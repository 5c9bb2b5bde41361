"""Tables of HTML pages as grids: what a browser shows is what is read, whatever the page is like."""

import pytest

from generator.forms.grid import CellKind, Grid, GridCell
from generator.forms.html_grid import TableTooLargeError, grids_of


def only(html: str) -> Grid:
    (grid,) = grids_of(html)
    return grid


def cell(html: str) -> GridCell:
    """The one cell of a table with this inside."""
    (found,) = only(f"<table><tr><td>{html}</td></tr></table>").cells
    return found


def drawn(grid: Grid) -> list[tuple[int, int, int, int, str]]:
    return [(one.row, one.column, one.rows, one.columns, one.text) for one in grid.cells]


# Places.


def test_merged_cells_push_those_beside_and_below_them() -> None:
    grid = only(
        "<table><tr><th rowspan=2>甲<th colspan=2>乙<tr><td>丙<td>丁<tr><td>戊<td rowspan=1 colspan=2>己</table>"
    )

    assert drawn(grid) == [
        (0, 0, 2, 1, "甲"),
        (0, 1, 1, 2, "乙"),
        (1, 1, 1, 1, "丙"),
        (1, 2, 1, 1, "丁"),
        (2, 0, 1, 1, "戊"),
        (2, 1, 1, 2, "己"),
    ]
    assert (grid.height, grid.width) == (3, 3)


@pytest.mark.parametrize("claimed", ["65535", "999999999999", "0"])
def test_no_cell_reaches_below_its_table(claimed: str) -> None:
    grid = only(f"<table><tr><td rowspan={claimed}>甲<td>乙<tr><td>丙</table>")

    assert drawn(grid) == [(0, 0, 2, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 1, 1, 1, "丙")]


def test_no_cell_reaches_into_the_next_group_of_rows() -> None:
    grid = only("<table><thead><tr><td rowspan=9>甲</thead><tbody><tr><td>乙</tbody></table>")

    assert drawn(grid) == [(0, 0, 1, 1, "甲"), (1, 0, 1, 1, "乙")]


@pytest.mark.parametrize(("claimed", "columns"), [("100%", 2), ("-3", 1), ("abc", 1), ("", 1), ("0", 1), (" 2 ", 2)])
def test_a_number_of_columns_is_read_as_browsers_do(claimed: str, columns: int) -> None:
    grid = only(f'<table><tr><td>甲<td>乙<tr><td colspan="{claimed}">丙</table>')

    assert grid.cells[-1].columns == columns
    assert grid.width == 2


def test_two_cells_never_cover_one_place() -> None:
    grid = only("<table><tr><td>甲<td>乙<td rowspan=2>丙<tr><td colspan=3>丁</table>")

    assert drawn(grid)[-1] == (1, 0, 1, 2, "丁")
    assert grid.cells[-1].note == "与上方的合并单元格重叠"


def test_missing_end_tags_lose_nothing() -> None:
    assert drawn(only("<table><tr><td>甲<td>乙<tr><td>丙")) == [
        (0, 0, 1, 1, "甲"),
        (0, 1, 1, 1, "乙"),
        (1, 0, 1, 1, "丙"),
    ]


def test_a_table_within_a_cell_is_a_table_of_its_own() -> None:
    outer, inner = grids_of("<table><tr><td>外<table><tr><td>1</table>又外<td>邻</table>")

    assert drawn(outer) == [(0, 0, 1, 1, "外\n又外"), (0, 1, 1, 1, "邻")]
    assert drawn(inner) == [(0, 0, 1, 1, "1")]


# Text.


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("甲<br>乙", "甲\n乙"),
        ("<p>甲</p><p>乙</p>", "甲\n乙"),
        ("<div>甲</div>\n  <div>乙</div>", "甲\n乙"),
        ("  1,\n 234&nbsp;.50 ", "1, 234 .50"),
        ("&lt;5%&gt;", "<5%>"),
        ("<ol><li>甲<li>乙</ol>", "1. 甲\n2. 乙"),
        ("<ul><li>甲<li>乙</ul>", "甲\n乙"),
        ("<b>9</b>9", "99"),
        ("　　其中：", "　　其中："),
        ("&nbsp;", ""),
        ("甲<script>document.write('<td>9')</script><style>td{}</style><!-- 9 -->", "甲"),
    ],
)
def test_text_is_what_a_browser_shows(html: str, text: str) -> None:
    assert cell(html).text == text
    assert cell(html).note == ""


@pytest.mark.parametrize(
    ("html", "text", "note"),
    [
        ("5<span hidden>6</span>", "5", "有隐藏的内容，没有读取"),
        ('5<span style="color:red; DISPLAY : none">6</span>', "5", "有隐藏的内容，没有读取"),
        ('5<input type="hidden" value="6">', "5", "有隐藏的内容，没有读取"),
        ("99<sup>2</sup>", "99²", "有上标“2”，写作“²”"),
        ("CO<sub>2</sub>", "CO₂", "有下标“2”，写作“₂”"),
        ('9<span style="vertical-align: super">2</span>', "9²", "有上标“2”，写作“²”"),
        ("<s>6</s>5", "5", "画了删除线的“6”没有取"),
        ("<del>8</del><del>0</del>85", "85", "画了删除线的“80”没有取"),
        ('<span style="text-decoration: line-through">6</span>5', "5", "画了删除线的“6”没有取"),
        ("<s>6</s>", "6", "全部文字画了删除线，照录"),
        ('<input value="6">', "6", "有填写框，取了框里保存的内容"),
        ('<input type="number">', "", "有填写框，取了框里保存的内容"),
        ('<input type="password" value="6">', "", "有填写框，框里的内容没有读取"),
        ("<select><option>6<option selected>7</select>", "7", "有填写框，取了框里保存的内容"),
        ("<select><option>6<option>7</select>", "6", "有填写框，取了框里保存的内容"),
        ("<select multiple><option selected>6<option selected>7</select>", "6、7", "有填写框，取了框里保存的内容"),
        ("<textarea>甲\n乙</textarea>", "甲\n乙", "有填写框，取了框里保存的内容"),
        ("<input type=checkbox checked>是<input type=checkbox>否", "☑是☐否", "有勾选框，以☑、☐表示"),
        ('<img alt="6">', "", "有图片，图片里的文字没有读取"),
    ],
)
def test_what_may_mislead_is_noted(html: str, text: str, note: str) -> None:
    assert cell(html).text == text
    assert cell(html).note == note


def test_a_hidden_cell_takes_no_place_and_a_hidden_row_says_so() -> None:
    grid = only('<table><tr><td>甲<td style="display:none">9</td><td>乙<tr hidden><td>丙</table>')

    assert drawn(grid) == [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 0, 1, 1, "丙")]
    assert [one.note for one in grid.cells] == ["右边有隐藏的单元格，没有读取", "", "隐藏行"]


def test_lines_around_tables_stand_with_the_table_below_them() -> None:
    one, two = grids_of(
        "<h1>自评表</h1><p>单位：<b>万元</b></p><table><caption>一</caption><tr><td>1</table>中间<table><tr><td>2</table><p>填表人"
    )

    assert (one.above, one.below) == (("自评表", "单位：万元", "一"), ())
    assert (two.above, two.below) == (("中间",), ("填表人",))


def test_kinds_are_known_only_of_our_own_tables() -> None:
    table = "<table{}><tr><th>项目名称<td>甲</table>"

    assert [one.kind for one in only(table.format("")).cells] == [CellKind.LABEL, CellKind.UNKNOWN]
    assert [one.kind for one in only(table.format(" class=form-table")).cells] == [CellKind.LABEL, CellKind.VALUE]


def test_the_head_that_print_repeats_is_no_row() -> None:
    grid = only(
        '<table class="form-table"><thead class="form-print-header"><tr><td colspan="2" data-title="指标"></td></tr></thead>'
        "<tbody><tr><td>甲</td><td>乙</td></tr></tbody></table>"
    )

    assert grid.repeated == (("指标", 2),)
    assert drawn(grid) == [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙")]


# Pages that mean harm.


@pytest.mark.parametrize("html", ["", "  ", "文字", "<table>", "<table></table", "</td></table>", "<!--", "<td>散格"])
def test_a_page_without_cells_has_none(html: str) -> None:
    assert [one for grid in grids_of(html) for one in grid.cells] == []


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr>" + "<td>1" * 1001,
        "<table>" + "<tr><td colspan=1000 rowspan=65534>1" * 2,
        "<table>" + "<tr><td colspan=900>1" * 6000,
    ],
)
def test_a_table_larger_than_any_form_is_refused(html: str) -> None:
    with pytest.raises(TableTooLargeError, match="不像绩效表，没有读取"):
        grids_of(html)


@pytest.mark.parametrize(
    "piece", ["<table><tr><td>", "<div>", "<!--", '<a href="', "<a ", "<![CDATA[", "&", "<tr><td>1"]
)
def test_reading_takes_time_by_length_alone(piece: str) -> None:
    # By the square of its length it would not end before the time that every test has.
    grids_of(f"<table>{piece * 20_000}")
