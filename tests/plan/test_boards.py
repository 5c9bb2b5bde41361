"""The boards: changed budgets, full marks, targets missed, deviations, each as a reader sees it."""

import csv
import io
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.build import building_jobs
from generator.model.amounts import main_amounts
from generator.model.full_marks import FullMarks, full_marks
from generator.model.records import Cell
from generator.model.shortfall import shortfall_of
from generator.plan import board_pages, long_list
from generator.plan.board_pages import gap_text, rate_of
from generator.plan.budget_change import Change, change_of, is_halved_and_spent
from generator.plan.figures import format_change
from tests.model.made import cells, indicator, money, record, row
from tests.plan.board_site import write_board_site
from tests.site_tools import build, document, lines_of


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("boards")
    assert build(write_board_site(folder / "project"), folder / "site").findings == ()
    return folder / "site"


def rows_of(page: Path) -> list[list[str]]:
    """Return the cells of each row of a page's table, as they are read."""
    body = re.findall(r"<tr data-is.*?</tr>", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    texts = (
        [re.sub(r"<[^>]+>", " ", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", one, re.DOTALL)] for one in body
    )
    return [[" ".join(text.split()) for text in one] for one in texts]


def tokens_of(page: Path) -> list[str]:
    return re.findall(r'<tr data-is="([^"]*)"', page.read_text(encoding="utf-8"))


def table(site: Path, name: str) -> list[dict[str, str]]:
    text = (site / "data" / f"{name}.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_each_evaluation_shows_its_budget_first_adjusted_and_executed_the_largest_change_first(site: Path) -> None:
    assert [one[3:10] for one in rows_of(site / "budget-changes.html")] == [
        ["300.00 万元", "100.00 万元", "94.99 万元", "−200.00 万元", "−66.67%", "94.99%", "31.66%"],
        ["200.00 万元", "100.00 万元", "95.00 万元", "−100.00 万元", "−50.00%", "95.00%", "47.50%"],
        ["40.00 万元", "50.00 万元", "无法辨认", "+10.00 万元", "+25.00%", "数据不足", "数据不足"],
        ["60.00 万元", "60.00 万元", "60.00 万元", "0 万元", "0.00%", "100.00%", "100.00%"],
        ["-", "50.00 万元", "60.00 万元", "数据不足", "数据不足", "120.00%", "数据不足"],
    ]


@pytest.mark.parametrize(
    ("initial", "adjusted", "said"),
    [
        ("1000000", "999999.99", "减少不到 0.01%"),
        ("100", "100", "0.00%"),
        ("0", "12", "无法计算"),
        ("-", "12", ""),
        ("12", "-", ""),
    ],
)
def test_a_change_is_never_rounded_away_and_none_is_given_of_nothing(initial: str, adjusted: str, said: str) -> None:
    amounts = main_amounts(record(funding=money(row("年度资金总额", initial_budget=initial, adjusted_budget=adjusted))))

    assert rate_of(amounts.adjustment_rate, amounts.initial_budget, format_change).text == said


def test_cut_by_half_and_then_almost_all_spent_is_marked_and_nothing_else(site: Path) -> None:
    page = site / "budget-changes.html"

    assert tokens_of(page) == ["down", "down halved", "up", "same", "unknown"]
    assert [one[0] for one in rows_of(page) if "调减一半以上且基本执行完" in one[0]] == [
        "演出 项目支出自评 调减一半以上且基本执行完"
    ]
    assert "全年预算不超过年初预算的一半，而执行数达到全年预算的 95%" in document(page).text


def test_counts_of_every_choice_stand_on_the_page_without_the_script(site: Path) -> None:
    lines = lines_of(document(site / "budget-changes.html").text)
    start = lines.index("全部 5")

    assert lines[start : start + 6] == [
        "全部 5",
        "调减一半以上且基本执行完 1",
        "调减 2",
        "调增 1",
        "没有变动 1",
        "数据不足 1",
    ]


def test_the_page_of_a_board_leads_to_its_data_which_has_the_same_rows(site: Path) -> None:
    for name, page in (
        ("budget_changes", "budget-changes"), ("full_marks", "full-marks"), ("missed_targets", "missed-targets"),
    ):  # fmt: skip
        html = (site / f"{page}.html").read_text(encoding="utf-8")
        assert f'href="data/{name}.csv"' in html
        assert len(table(site, name)) == len(rows_of(site / f"{page}.html"))
    changes = {one["记录标识"]: one for one in table(site, "budget_changes")}
    assert changes["2024/dongxi/yanchu"]["变动幅度（计算）"] == "-50"
    assert changes["2024/dongxi/yanchu"]["调减一半以上且基本执行完（计算）"] == "yes"
    assert changes["2024/nanwan/guangai"]["年初预算数"] == "-"
    assert changes["2024/nanwan/guangai"]["预算变动（计算）"] == "unknown"
    assert changes["2023/nanwan/guangai"]["调减一半以上且基本执行完（计算）"] == ""


def test_full_marks_stand_beside_what_speaks_against_them(site: Path) -> None:
    page = site / "full-marks.html"

    assert [one[3:10] for one in rows_of(page)] == [
        ["100", "100", "总分", "1", "1", "95.00", "95.00%"],
        ["100", "100", "总分", "0", "0", "100.00", "100.00%"],
        ["", "100", "各行", "0", "0", "100.00", "数据不足"],
    ]
    assert tokens_of(page) == ["missed contradiction execution", "none", "none"]
    assert "3 份表自评得满分；其中 1 份另有未达目标的指标。" in document(page).text


def test_a_missed_target_says_how_far_what_it_cost_and_why(site: Path) -> None:
    page = site / "missed-targets.html"

    assert [one[4:] for one in rows_of(page)] == [
        ["≥2000人次", "1500人次", "少 500 人次（差 25.00%）", "90", "90", "0 仍得满分", "雨天"],
        ["≥90%", "87.5%", "少 2.5 个百分点", "90", "80", "10", "未填写原因"],
    ]
    assert tokens_of(page) == ["full given", "lost missing"]
    assert "共 2 行；其中 1 行仍得满分。" in document(page).text


def test_less_than_an_exact_cost_is_no_miss(site: Path) -> None:
    assert "每场成本" not in document(site / "missed-targets.html").text
    assert "每场成本" in document(site / "indicators.html").text


def test_deviations_are_told_apart_by_their_reason(site: Path) -> None:
    page = site / "deviations.html"

    assert tokens_of(page) == ["given", "missing", "missing"]
    assert [line for line in lines_of(document(page).text) if line.startswith(("有原因", "无原因"))] == [
        "有原因 1",
        "无原因 2",
    ]


def test_rows_lead_to_their_place_on_the_record(site: Path) -> None:
    html = (site / "missed-targets.html").read_text(encoding="utf-8")
    (anchor,) = set(re.findall(r'href="records/2024/dongxi/yanchu.html#(i-[0-9a-f]+)"', html))

    assert anchor in document(site / "records/2024/dongxi/yanchu.html").ids


def test_the_home_page_leads_to_the_boards_with_their_counts(site: Path) -> None:
    text = " ".join(lines_of(document(site / "index.html").text))

    assert "预算变动 5 份自评表，1 份调减一半以上且基本执行完" in text
    assert "未达目标 2 行指标，1 行仍得满分" in text
    assert "满分 3 份自评得满分，1 份有未达目标的指标" in text
    assert "公开情况 2 个单位有公开的表" in text


def test_long_boards_are_split_by_unit_with_the_same_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (long_list, building_jobs):
        monkeypatch.setattr(module, "LONGEST", 1)
    site = tmp_path / "site"
    assert build(write_board_site(tmp_path / "project"), site).published

    assert "其中 1 份调减一半以上" in document(site / "budget-changes.html").text
    assert rows_of(site / "budget-changes.html") == []
    assert 'href="budget-changes/dongxi.html"' in (site / "budget-changes.html").read_text(encoding="utf-8")
    assert len(rows_of(site / "budget-changes/dongxi/2024.html")) == 2
    assert len(rows_of(site / "missed-targets/nanwan.html")) == 1
    assert "2 份表自评得满分；其中 1 份" in document(site / "full-marks/dongxi.html").text


def test_what_a_board_does_not_show_of_a_record_makes_none_of_its_lines_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = write_board_site(tmp_path / "project")
    build(project, tmp_path / "site")
    made: list[str] = []
    for name in ("budget_line", "full_marks_line", "missed_line"):
        monkeypatch.setattr(board_pages, name, _noted(getattr(board_pages, name), name, made))
    source = project / "content/records/2024/dongxi/yanchu.yaml"
    text = source.read_text(encoding="utf-8")

    source.write_text(text + "来源: {发布日期: 2025-12-01}\n", encoding="utf-8")
    assert build(project, tmp_path / "site").written
    assert made == []

    source.write_text(text.replace("雨天", "雨天停演"), encoding="utf-8")
    assert "missed-targets.html" in build(project, tmp_path / "site").written
    assert set(made) == {"missed_line"}


def _noted(make: Callable[[Any], object], name: str, made: list[str]) -> Callable[[Any], object]:
    def call(row: object) -> object:
        made.append(name)
        return make(row)

    return call


@pytest.mark.parametrize(
    ("initial", "adjusted", "executed", "change", "is_marked"),
    [
        ("100", "50", "47.5", Change.DOWN, True),
        ("100", "50", "47.49", Change.DOWN, False),
        ("100", "50.01", "50.01", Change.DOWN, False),
        ("100", "0", "0", Change.DOWN, False),
        ("0", "0", "0", Change.SAME, False),
        ("0", "10", "10", Change.UP, False),
        ("", "10", "10", Change.UNKNOWN, False),
        ("-", "10", "10", Change.UNKNOWN, False),
        ("100", "/", "50", Change.UNKNOWN, False),
        ("100", "40", "", Change.DOWN, False),
    ],
)
def test_a_blank_or_a_dash_is_never_a_zero(
    initial: str,
    adjusted: str,
    executed: str,
    change: Change,
    is_marked: bool,  # noqa: FBT001  one fact of each case
) -> None:
    total = row("年度资金总额", initial_budget=initial, adjusted_budget=adjusted, executed=executed)
    amounts = main_amounts(record(funding=money(total)))

    assert change_of(amounts) is change
    assert is_halved_and_spent(amounts) is is_marked
    assert {name: cell.text for name, cell in amounts.unusable.items()} == {
        name: text
        for name, text in (("initial_budget", initial), ("adjusted_budget", adjusted), ("executed", executed))
        if text in ("", "-", "/")
    }


def test_rates_say_against_which_budget() -> None:
    total = row("年度资金总额", initial_budget="80", adjusted_budget="40", executed="30")
    amounts = main_amounts(record(funding=money(total)))

    assert (amounts.adjustment_rate, amounts.computed_execution_rate, amounts.initial_execution_rate) == (
        Decimal(-50), Decimal(75), Decimal("37.5"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("target", "actual", "words"),
    [
        ("≥100人", "80人", "少 20 人（差 20.00%）"),
        ("≥1万人次", "0.75万人次", "少 2500 人次（差 25.00%）"),
        ("≤5天", "7天", "多 2 天（差 40.00%）"),
        ("≥90%", "89.99%", "少 0.01 个百分点"),
        ("85%-100%", "80%", "少 5 个百分点"),
        (">2000人", "2000人", "刚到界限，没有超过"),
        ("<10次", "10次", "刚到界限，没有低于"),
        ("=10次", "8次", "少 2 次（差 20.00%）"),
        (">10%", "<10%", None),
        ("≥100人", "未完成", None),
        ("≥100人", "100人", None),
        ("≥100人", "100场", None),
    ],
)
def test_how_far_a_result_is_from_its_target_is_exact_or_not_said(target: str, actual: str, words: str | None) -> None:
    gap = shortfall_of(indicator(target=target, actual=actual))

    assert (gap_text(gap) if gap else None) == words


@pytest.mark.parametrize(
    ("total", "rows", "expected"),
    [
        ({"points": "100", "score": "100"}, [("90", "80")], FullMarks.TOTAL),
        ({"points": "100", "score": "99.9"}, [("100", "100")], FullMarks.NONE),
        ({"points": "0", "score": "0"}, [("0", "0")], FullMarks.NONE),
        ({"score": "100"}, [("60", "60"), ("40", "40")], FullMarks.ROWS),
        ({"score": "95"}, [("60", "60"), ("40", "40")], FullMarks.NONE),
        ({}, [("60", "60"), ("40", "40")], FullMarks.ROWS),
        ({}, [("60", "60"), ("40", "39")], FullMarks.NONE),
        ({}, [("60", "60"), ("40", "")], FullMarks.NONE),
        ({"score": "优"}, [("100", "100")], FullMarks.NONE),
        ({}, [], FullMarks.NONE),
    ],
)
def test_full_marks_are_those_of_the_total_or_else_of_every_row(
    total: dict[str, str], rows: list[tuple[str, str]], expected: FullMarks
) -> None:
    one = record(
        indicators=tuple(indicator(f"第{n}项", points=points, score=score) for n, (points, score) in enumerate(rows)),
        total=cells(**total),
    )

    assert full_marks(one) is expected


def test_full_marks_are_not_claimed_where_a_cell_cannot_be_read() -> None:
    rows = (indicator("甲", points="50", score="50"), indicator("乙", points="50", score="50"))
    unreadable = Cell("", unreadable="污渍")

    assert full_marks(record(indicators=rows)) is FullMarks.ROWS
    assert full_marks(record(indicators=rows, total={"score": unreadable})) is FullMarks.NONE
    assert full_marks(record(indicators=(*rows, indicator("丙", points="5")), total={})) is FullMarks.NONE
