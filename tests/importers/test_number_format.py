import csv
import shutil
import subprocess
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from generator.importers.number_format import Shown, shown, shown_text

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '
FIGURES = st.decimals(min_value=-(10**9), max_value=10**9, places=4)


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        ("815826.17000000004", "General", "815826.17"),
        ("815826.17000000004", "0.00", "815826.17"),
        ("0.30000000000000004", "0.0000", "0.3000"),
        ("61.05", "0.00", "61.05"),
        ("100", "0.00", "100.00"),
        ("1.005", "0.00", "1.01"),
        ("99.995", "0.00", "100.00"),
        ("1E-3", "0.00", "0.00"),
        ("1234567.891", "#,##0.00", "1,234,567.89"),
        ("123", "#,##0", "123"),
        ("0.86180000000000001", "0.00%", "86.18%"),
        ("1", "0%", "100%"),
        ("123456", '0\\.0000"万"', "12.3456万"),
        ("9999", '[>=10000]0\\.0,"万";0', "9999"),
        ("-1234.5", ACCOUNTING, "-1,234.50"),
        ("0", ACCOUNTING, "-"),
        ("-3", "0.00_);(0.00)", "(3.00)"),
        ("-3", "0.00;[Red]-0.00", "-3.00"),
        ("5", '0"万元"', "5万元"),
        ("5", "[$¥-804]#,##0.00", "¥5.00"),
        ("7", "000", "007"),
        ("1234.5", "0.00E+00", "1.23E+03"),
        ("8", "@", "8"),
        ("45356", "yyyy-mm-dd", "2024-03-05"),
        ("45356", 'yyyy"年"m"月"d"日"', "2024年3月5日"),
        ("45356", 'yyyy"年"m"月"', "2024年3月"),
        ("45356", "[$-804]yyyy/m/d;@", "2024/3/5"),
        ("45356.75", "yyyy-mm-dd hh:mm", "2024-03-05 18:00"),
        ("33.333333333333336", "h:mm", "8:00"),
        ("1.5", "[h]:mm", "36:00"),
    ],
)
def test_a_figure_is_read_as_it_is_shown(stored: str, code: str, text: str) -> None:
    assert shown(stored, code)[:2] == (text, "")


@pytest.mark.parametrize(
    ("stored", "code", "held"),
    [
        ("94.604", "0.00", "94.604"),
        ("94.6", "0.00", ""),
        ("0.86184", "0.00%", "0.86184"),
        ("0.8618", "0.00%", ""),
        ("1234567.891", '#,##0.00"元"', "1234567.891"),
        ("61.049999999999997", "0.00", ""),
        ("45356.75", "yyyy-mm-dd", ""),
    ],
)
def test_a_rounded_figure_says_what_is_stored(stored: str, code: str, held: str) -> None:
    assert shown(stored, code).stored == held


@pytest.mark.parametrize(
    "code", ["0.00_);(0.00)", "0.00;-0.00", "0.00;[Red]-0.00", "0.00", '0.00;"负"0.00', "0.00;△0.00"]
)
def test_a_negative_figure_with_its_sign_is_sure(code: str) -> None:
    assert not shown("-3", code).note


def test_a_workbook_may_count_days_from_1904() -> None:
    assert shown("43894", "yyyy-mm-dd", since_1904=True) == Shown("2024-03-05")


@pytest.mark.parametrize(
    ("stored", "code", "text", "noted"),
    [
        ("33.333333333333336", "General", "33.33333333", "33.3333333333333"),
        ("0.5", "# ?/?", "0.5", "不能照样显示"),
        ("12", "[DBNum1]General", "12", "不能照样显示"),
        ("0", "0.00;-0.00;;@", "", "存储的数值是 0"),
        ("0", '[=0]"";0.00', "", "存储的数值是 0"),
        ("-0.004", "0.00", "-0.00", "存储的数值是 -0.004"),
        ("100", "0.##", "100", "存储的数值是 100"),
        ("1.005", "0%", "101%", "可能不同"),
        ("123456", '0!.0,"万"', "12.3万", "可能不同"),
        ("123456", '0\\.0,"万"', "12.3万", "存储的数值是 123456"),
        ("123456789", "0.00,,", "123.46", "缩小为 1,000,000 分之一"),
        ("1500000", '[>=10000]0\\.0,"万";0', "150.0万", "存储的数值是 1500000"),
        ("1234", '#,##0,"千"', "1千", "存储的数值是 1234"),
        ("-1000", "#,##0.00;[Red]#,##0.00", "1,000.00", "不显示负号，存储的数值是 -1000"),
        ("-1000", "0;0", "1000", "不显示负号"),
        ("-5", "General;[红色]General", "5", "不显示负号，存储的数值是 -5"),
        ("1000000", ";;;", "", "存储的数值是 1000000"),
        ("99", ";;", "", "存储的数值是 99"),
        ("45356", "[$-F800]yyyy/m/d", "2024/3/5", "随各台电脑"),
        ("45356", "mmm-yy", "2024-03-05", "随各台电脑"),
        ("-1", "yyyy-mm-dd", "-1", "不能照样显示"),
        ("-5", "[>=10]0.0;0", "-5", "不能照样显示"),
        ("60", "yyyy-mm-dd", "60", "不能照样显示"),
        ("1e999999999", "0.00", "1e999999999", "照原样保留"),
        ("九十", "0.00", "九十", "照原样保留"),
        ("1", "0" * 300, "1", "不能照样显示"),
    ],
)
def test_what_is_not_sure_has_a_note(stored: str, code: str, text: str, noted: str) -> None:
    found = shown(stored, code)

    assert found.text == text
    assert noted in found.note


@given(FIGURES, st.integers(0, 6))
def test_fixed_places_round_half_away_from_zero(value: Decimal, places: int) -> None:
    wanted = f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) if value else abs(value).quantize(Decimal(1).scaleb(-places)):f}"

    assert shown(str(value), f"0.{'0' * places}" if places else "0").text == wanted


@given(FIGURES)
def test_thousands_only_add_commas(value: Decimal) -> None:
    assert shown(str(value), "#,##0.0000").text.replace(",", "") == shown(str(value), "0.0000").text
    assert shown(str(value), "#,##0.0000").text == f"{value:,.4f}"


@given(FIGURES)
def test_a_figure_as_typed_comes_back_from_its_binary_fraction(value: Decimal) -> None:
    assert Decimal(shown(f"{float(value):.17g}", "0.0000").text) == value


@given(st.text('0#?,.%;@"_*[]<>=E+-/ymdhs\\!年General元 1', max_size=30), FIGURES)
def test_any_code_gives_some_text(code: str, value: Decimal) -> None:
    assert isinstance(shown(str(value), code).text, str)


def test_a_text_cell_keeps_its_text_whatever_its_number_format() -> None:
    assert shown_text("94.60", "0.00") == "94.60"
    assert shown_text("三", '0;0;0;@"次"') == "三次"


_CODES = ["General", "0", "0.00", "#,##0.00", ACCOUNTING, "0.00%", "0.00_);(0.00)", '0\\.0000"万"', "#,##0.00,,"]
_CODES += ["0.00E+00", '[>=10000]0\\.0,"万";0', "000-00", "yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "h:mm"]
_VALUES = ["0", "1", "0.5", "1.005", "2.675", "99.995", "815826.17", "33.3333333333333", "-1234.5", "45356.75", "9.97"]


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_libreoffice_shows_the_same(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for row, value in enumerate(_VALUES, 1):
        for column, code in enumerate(_CODES, 1):
            sheet.cell(row, column, float(value)).number_format = code
            sheet.column_dimensions[get_column_letter(column)].width = 40
    workbook.save(tmp_path / "a.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    as_shown = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true"
    subprocess.run(
        ["soffice", "--headless", profile, "--convert-to", as_shown, "--outdir", tmp_path, tmp_path / "a.xlsx"],
        check=True,
        capture_output=True,
        timeout=100,
    )
    rows = list(csv.reader((tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()))
    ours = {(value, code): shown(value, code) for value in _VALUES for code in _CODES}
    theirs = {
        (value, code): rows[row][column].strip()
        for row, value in enumerate(_VALUES)
        for column, code in enumerate(_CODES)
    }

    sure = {place: found.text for place, found in ours.items() if not found.note}
    assert len(sure) > 130
    assert sure == {place: theirs[place] for place in sure}
