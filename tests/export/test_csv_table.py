"""The CSV files open in a spreadsheet as they are, hold the print, and never run."""

import csv
import io
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.export.csv_table import csv_cells, harmless, quoted, undone
from generator.export.tables import TABLES, Table
from generator.vocabulary import Place, term_of
from tests.export.exported import Exported

NAMES = ("records", "funding", "indicators", "deviations", "findings")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("site", ["real", "made_up"])
def test_a_file_has_a_byte_order_mark_and_ends_every_line_with_crlf(
    name: str, site: str, request: pytest.FixtureRequest
) -> None:
    exported: Exported = request.getfixturevalue(site)
    content = exported.files[f"data/{name}.csv"]
    outside_quotes = b"".join(content.split(b'"')[::2])

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\xef\xbb\xbf") == 1
    assert content.endswith(b"\r\n")
    assert outside_quotes.count(b"\n") == outside_quotes.count(b"\r\n") == outside_quotes.count(b"\r")


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_titles_are_chinese_and_each_stands_once(table: Table) -> None:
    titles = [column.name.label for column in table.columns]

    assert len(set(titles)) == len(titles)
    assert len({column.identifier for column in table.columns}) == len(titles)
    assert [title for title in titles if title.isascii()] == []


def test_titles_of_printed_columns_are_those_of_the_vocabulary(real: Exported) -> None:
    row = real.table("indicators")[0]

    for identifier in ("level1", "level2", "name", "target", "actual", "points", "score", "deviation_reason"):
        assert term_of(Place.INDICATOR, identifier).label in row


@pytest.mark.parametrize("name", NAMES)
def test_every_row_is_as_long_as_its_head(name: str, real: Exported, made_up: Exported) -> None:
    for exported in (real, made_up):
        text = exported.files[f"data/{name}.csv"].decode("utf-8-sig")
        lengths = {len(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True)}
        assert len(lengths) == 1


def test_there_is_a_row_for_each_record_amount_and_indicator(real: Exported) -> None:
    records = real.catalog.records

    assert [row["记录标识"] for row in real.table("records")] == [record.id for record in records]
    assert len(real.table("funding")) == sum(len(record.funding.rows) for record in records if record.funding) == 41
    assert len(real.table("indicators")) == sum(len(record.indicators) for record in records) == 195


def test_money_stands_as_printed_and_in_yuan(real: Exported) -> None:
    rows = {row["记录标识"]: row for row in real.table("records")}
    project, other = rows["2024/xinzhuang/dangqun"], rows["2023/jiuliting/dangqun"]

    assert (project["年初预算数"], project["全年预算数"], project["全年执行数"]) == ("417.32", "470.26", "468.77")
    assert (project["年初预算数（元）"], project["全年执行数（元）"]) == ("4173200.00", "4687700.00")
    assert (project["执行率"], project["总分（得分）"], project["评分等级"]) == ("99.68", "97.97", "优")
    assert (other["全年执行数"], other["全年执行数（元）"]) == ("815,826.17", "815826.17")


def test_deviations_are_the_rows_that_lost_points_or_missed(real: Exported) -> None:
    rows = real.table("deviations")
    lost = [row for row in real.table("indicators") if row["失分（计算）"] and Decimal(row["失分（计算）"]) > 0]

    assert {(row["记录标识"], row["序号"]) for row in lost} <= {(row["记录标识"], row["序号"]) for row in rows}
    assert all(Decimal(row["失分（计算）"] or 0) > 0 or row["完成判断（计算）"] == "missed" for row in rows)
    assert any(row["偏差原因"] == "部分活动推迟至下一年度举办" for row in rows)


def test_what_cannot_be_read_is_told_in_chinese(real: Exported) -> None:
    indicator = next(row for row in real.table("indicators") if row["三级指标"] == "项目管理活动完成数")
    carryover = next(row for row in real.table("funding") if row["印出数字"])

    assert (indicator["分值"], indicator["无法辨认"]) == ("", "分值：原件转换后这一栏缺失")
    assert (carryover["印出数字"], carryover["无法辨认"]) == ("0；0", "整行：三栏只印出两个 0，无法判断空白的是哪一栏")


def test_addresses_are_full_where_the_site_has_one(real: Exported, made_up: Exported) -> None:
    assert real.table("records")[0]["网址"] == "records/2024/xidu/dangjian.html"
    assert made_up.table("records")[0]["网址"].startswith("https://example.invalid/绩效/records/2025/")
    assert "#i-" in made_up.table("indicators")[0]["网址"]


@pytest.mark.parametrize(
    "text",
    [
        "=28人",
        "=1200人",
        "+3 万",
        "-追减",
        "@项目",
        "＝1",
        "＋1人",
        "－降低",
        "＠某",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\u3000=1",
        "-2+3",
        "=cmd|'/C calc'!A0",
    ],
)
def test_text_that_would_run_as_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["-", "—", "－", "-5.00", "-1,234.5", "+3.2", "-0.5%", "≥36次", ">1万人", "100%", "", "0012"]
)
def test_numbers_dashes_and_other_text_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


@given(st.text("=+-@＝＋－＠'\t\r\n 1.,%人", max_size=8) | st.text(max_size=8))
def test_the_text_can_always_be_had_back(text: str) -> None:
    assert undone(harmless(text)) == text


def could_run(cell: str) -> bool:
    """Tell whether a spreadsheet might take a cell for a formula, by a rule of its own, stricter than ours."""
    if re.fullmatch(r"[-+－＋]?[0-9０-９][0-9０-９,，]*([.．][0-9０-９]+)?[ ]?[%％]?|[-－]", cell):
        return False
    return bool(re.match(r"[\t\r\n]|\s*[=+\-@＝＋－＠]", cell))


@given(st.lists(st.text(',"\r\n; 1人', max_size=6) | st.text(max_size=6), min_size=2, max_size=5))
def test_a_line_is_read_back_by_the_csv_module(texts: list[str]) -> None:
    line = ",".join(map(quoted, texts)) + "\r\n"

    assert next(csv.reader(io.StringIO(line, newline=""), strict=True)) == texts


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@given(text=st.text(';\t=+@1人,"\n', min_size=1, max_size=8))
def test_a_spreadsheet_that_splits_at_semicolons_or_tabs_finds_the_same_cell(text: str, delimiter: str) -> None:
    lines = csv.reader(io.StringIO(quoted(text) + "\r\n", newline=""), delimiter=delimiter, strict=True)

    assert list(lines) == [[text]]


@given(st.lists(st.none() | st.text("=,\"'\n1人", max_size=4), min_size=1, max_size=5))
def test_a_row_has_its_cells_in_the_order_of_the_columns(texts: list[str | None]) -> None:
    columns = [str(position) for position in range(len(texts))]
    values = dict(zip(columns, texts, strict=True))

    expected = ",".join(quoted(harmless(text or "")) for text in (*texts, None))
    assert csv_cells([*columns, "no such value"], values) == expected


@given(st.text("=+-@＝＋－＠'\t\r\n 1.,%人", max_size=8))
def test_no_text_runs_as_a_formula(text: str) -> None:
    assert not could_run(harmless(text))


def test_printed_targets_that_look_like_formulas_are_kept_behind_an_apostrophe(real: Exported) -> None:
    row = next(row for row in real.table("indicators") if row["三级指标"] == "体检人数")

    assert (row["年度指标值"], row["实际完成值"], row["年度指标值·数字"]) == ("'=28人", "'=28人", "28")


@pytest.mark.parametrize("name", NAMES)
def test_no_file_has_a_live_formula(name: str, real: Exported, made_up: Exported) -> None:
    for exported in (real, made_up):
        for row in exported.table(name):
            for cell in row.values():
                assert not could_run(cell)


def test_quotes_commas_and_line_breaks_survive(made_up: Exported) -> None:
    row = made_up.table("records")[0]

    assert row["预期目标"] == "''A' 与 =B\n第二行，带\"引号\"和,逗号"
    assert (row["年度表述"], row["项目名称"], row["项目编码"]) == ("'=1+1 年", "'@项目", "0012")
