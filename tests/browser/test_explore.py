"""The explorer: all records in one table, sifted, sorted, added up, drawn and taken along."""

import csv
import io
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe_violations
from tests.browser.conftest import PageOpener
from tests.browser.explorer_site import Made, made_records, odd_records, records_of, write_site
from tests.browser.harness import OpenPage

RECORDS = made_records()
WAN = 10_000
_ROWS = ".explore-table tbody tr[data-id]"


@pytest.fixture(scope="session")
def explorer_site(own_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(own_site, tmp_path_factory.mktemp("explorer") / "site")


@pytest.fixture(scope="session")
def odd_site(own_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(own_site, tmp_path_factory.mktemp("odd") / "site", odd_records())


@pytest.fixture
def odd(odd_site: Path, serve: Callable[[Path], str], open_page: PageOpener) -> Callable[..., Page]:
    """Give a function that opens the explorer with records whose figures are out of the ordinary."""

    def opened(fragment: str = "", width: int = 1280) -> Page:
        page = open_page(f"{serve(odd_site)}/explore.html{fragment}", width=width).page
        expect(page.locator(_ROWS).first).to_be_visible()
        return page

    return opened


@pytest.fixture
def explore(explorer_site: Path, serve: Callable[[Path], str], open_page: PageOpener) -> Callable[[str, int], OpenPage]:
    """Give a function that opens the explorer with what stands behind the number sign."""

    def opened(fragment: str = "", width: int = 1280) -> OpenPage:
        found = open_page(f"{serve(explorer_site)}/explore.html{fragment}", width=width)
        expect(found.page.locator(_ROWS).first).to_be_visible()
        return found

    return opened


def choose(page: Page, facet: str, *labels: str) -> None:
    page.locator(".explore-facet > summary", has_text=facet).click()
    for label in labels:
        page.locator(".explore-facet[open]").get_by_label(label).click()
    page.keyboard.press("Escape")


def status(page: Page) -> str:
    return page.locator(".explore-status").inner_text()


def totals(page: Page, kind: str) -> list[str]:
    row = page.locator("table.figures tr", has=page.get_by_role("rowheader", name=kind))
    return [" ".join(text.split()) for text in row.locator("td").all_inner_texts()]


def yuan(amounts: Iterable[Decimal | None]) -> str:
    return f"{sum((one * WAN for one in amounts if one is not None), Decimal(0)):,.2f} 元"


def shown(page: Page) -> list[str]:
    """Return the ids of the rows that are elements now, in their order."""
    ids: list[str] = page.locator(_ROWS).evaluate_all("rows => rows.map(row => row.dataset.id)")
    return ids


def in_2023_east() -> list[Made]:
    return [one for one in RECORDS if one.year == "2023" and one.district == "东溪区"]


def test_sifting_by_district_and_year_leaves_those_records_and_adds_them_up(
    explore: Callable[..., OpenPage],
) -> None:
    opened = explore()
    page = opened.page
    choose(page, "所在区", "东溪区")
    choose(page, "年度", "2023")

    found = in_2023_east()
    projects = [one for one in found if one.form == "a1"]
    both = [one for one in projects if one.executed is not None]
    rate = sum(one.executed or 0 for one in both) / sum(one.budget for one in both) * 100

    assert status(page) == f"符合 {len(found)} 份，共 {len(RECORDS):,} 份"
    assert totals(page, "项目支出自评") == [
        str(len(projects)),
        yuan(one.budget for one in projects),
        f"{yuan(one.executed for one in projects)} 另 {len(projects) - len(both)} 份没有，未计入",
        f"{rate:.2f}% 执行率只按两个数都有的 {len(both)} 份计算",
    ]
    # None of the whole-unit forms says what was executed.
    assert totals(page, "整体支出自评")[2:] == ["数据不足", "数据不足"]
    opened.assert_clean()


def test_sorting_by_points_lost_begins_with_the_most_and_then_with_the_fewest(
    explore: Callable[..., OpenPage],
) -> None:
    page = explore().page
    heading = page.get_by_role("columnheader", name="失分")
    by_id = {one.id: one.lost for one in RECORDS}

    heading.get_by_role("button").click()
    assert heading.get_attribute("aria-sort") == "descending"
    assert by_id[shown(page)[0]] == max(by_id.values())
    heading.get_by_role("button").click()

    assert heading.get_attribute("aria-sort") == "ascending"
    assert by_id[shown(page)[0]] == 0


@pytest.mark.parametrize("sort", ["-executed", "executed"])
def test_records_without_a_figure_stand_last_either_way(explore: Callable[..., OpenPage], sort: str) -> None:
    page = explore(f"#unit=danwei-1&year=2024&sort={sort}").page
    page.locator(".explore-rows").evaluate("region => region.scrollTop = region.scrollHeight")
    page.locator(f'{_ROWS}[aria-rowindex="101"]').wait_for()
    blank = [one.id for one in RECORDS if one.unit == "danwei-1" and one.year == "2024" and one.executed is None]

    # Those without one keep the order of the site.
    assert shown(page)[-len(blank) :] == blank


def test_names_are_found_whatever_their_width_and_case(explore: Callable[..., OpenPage]) -> None:
    page = explore().page
    page.get_by_label("名称中有").fill("第５号项目 第3街道")

    expect(page.locator(".explore-status")).to_have_text(f"符合 3 份，共 {len(RECORDS):,} 份")


def test_each_choice_tells_how_many_records_it_would_leave(explore: Callable[..., OpenPage]) -> None:
    page = explore("#year=2023").page
    page.locator(".explore-facet > summary", has_text="年度").click()
    counts = page.locator(".explore-facet[open] label").all_inner_texts()
    assert [" ".join(text.split()) for text in counts] == ["2024 1,000", "2023 1,000", "2022 1,000"]

    page.locator(".explore-facet > summary", has_text="等级").click()
    best = sum(1 for one in RECORDS if one.year == "2023" and one.grade == "优")
    assert str(best) in page.locator(".explore-facet[open]").get_by_text("优").locator("..").inner_text()


def test_the_exported_file_holds_the_sifted_records_in_their_order(explore: Callable[..., OpenPage]) -> None:
    page = explore("#district=东溪区&year=2023&sort=-budget").page
    with page.expect_download() as download:
        page.get_by_role("button", name="导出").click()
    content = download.value.path().read_bytes()
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    wanted = sorted(in_2023_east(), key=lambda one: one.budget, reverse=True)

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == len(wanted) + 1
    assert [row["全年预算（或申请）"] for row in rows] == [f"{one.budget:,f}" for one in wanted]
    assert [Decimal(row["全年预算（或申请）（元）"]) for row in rows] == [one.budget * WAN for one in wanted]
    assert {row["记录标识"]: row["全年执行（元）"] for row in rows if not row["全年执行"]} == {
        one.id: "" for one in wanted if one.executed is None
    }
    # A name that a spreadsheet would take for a formula has an apostrophe before it.
    assert {row["项目名称"] for row in rows if row["记录标识"].endswith("xm-0")} == {"'=第0号项目"}


def test_what_is_chosen_stands_in_the_address_and_comes_back(explore: Callable[..., OpenPage]) -> None:
    page = explore().page
    choose(page, "年度", "2022")
    page.get_by_role("columnheader", name="失分").get_by_role("button").click()
    page.locator(".explore-facet > summary", has_text="显示的列").click()
    page.locator(".explore-facet[open]").get_by_label("主管部门").check()
    page.keyboard.press("Escape")
    address, first = unquote(page.url), shown(page)[0]
    assert "year=2022" in address
    assert "sort=-lost" in address

    page.reload()
    expect(page.get_by_role("columnheader", name="主管部门")).to_be_visible()
    assert status(page) == f"符合 1,000 份，共 {len(RECORDS):,} 份"
    assert shown(page)[0] == first

    for _ in range(2):
        page.go_back()
    expect(page.get_by_role("columnheader", name="失分")).not_to_have_attribute("aria-sort", "descending")
    page.go_back()
    expect(page.locator(".explore-status")).to_have_text(f"符合 3,000 份，共 {len(RECORDS):,} 份")


def test_all_of_it_can_be_done_with_the_keyboard(explore: Callable[..., OpenPage]) -> None:
    page = explore().page
    page.get_by_label("名称中有").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".explore-facet[open] li").first).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert status(page).startswith("符合 1,000 份")

    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent").startswith("年度")
    assert page.locator(".explore-facet[open]").count() == 0

    page.locator(".explore-table th button").first.focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("columnheader", name="项目").get_attribute("aria-sort") == "ascending"

    # From row to row, past what was in sight at first; each row has a box, and links to record and unit.
    page.locator(f"{_ROWS} input").first.focus()
    for _ in range(120):
        page.keyboard.press("Tab")
    place = page.evaluate("Number(document.activeElement.closest('tr').getAttribute('aria-rowindex'))")
    assert place >= 2 + 120 // 4
    expect(page.locator(":focus")).to_be_in_viewport()


def test_only_rows_in_sight_are_elements_and_each_tells_its_place(explore: Callable[..., OpenPage]) -> None:
    page = explore().page
    table = page.locator(".explore-table")
    assert table.get_attribute("aria-rowcount") == str(len(RECORDS) + 1)
    assert page.locator(_ROWS).count() < 80

    page.locator(".explore-rows").evaluate("region => region.scrollTop = region.scrollHeight")

    expect(page.locator(f'{_ROWS}[aria-rowindex="{len(RECORDS) + 1}"]')).to_be_visible()
    assert shown(page)[-1] == RECORDS[-1].id
    assert page.locator(_ROWS).count() < 80


def test_a_row_with_the_focus_stays_while_others_scroll_past(explore: Callable[..., OpenPage]) -> None:
    page = explore().page
    page.locator(f"{_ROWS} input").first.focus()

    page.locator(".explore-rows").evaluate("region => region.scrollTop = region.scrollHeight / 2")
    # Between the row and those in sight, and behind these.
    expect(page.locator(".explore-table .gap")).to_have_count(2)

    assert page.evaluate("document.activeElement.closest('tr').dataset.id") == RECORDS[0].id


def test_two_to_four_records_are_taken_to_the_comparison(explore: Callable[..., OpenPage]) -> None:
    page = explore().page
    boxes = page.locator(f"{_ROWS} input")
    assert page.locator(".explore-picked a").count() == 0
    for number in range(4):
        boxes.nth(number).check()

    link = page.get_by_role("link", name="对比所选的 4 份")
    ids = ",".join(one.id for one in RECORDS[:4])
    assert (link.get_attribute("href") or "").endswith(f"/compare.html#ids={ids}")
    assert boxes.nth(4).is_disabled()

    boxes.nth(0).uncheck()
    assert boxes.nth(4).is_enabled()


def test_charts_say_in_words_and_tables_what_they_draw(explore: Callable[..., OpenPage]) -> None:
    opened = explore("#year=2024&charts=1")
    page = opened.page
    drawn = [one for one in RECORDS if one.year == "2024" and one.executed is not None]
    expect(page.locator(".explore-scatter canvas")).to_have_attribute(
        "aria-label", f"散点图，横轴是本站计算的执行率，纵轴是总分，{len(drawn)} 份各为一点，数字见下面的表。"
    )
    assert "另 100 份算不出执行率" in page.locator(".explore-scatter figcaption").inner_text()

    page.locator(".explore-chart summary").nth(1).click()
    full = sum(1 for one in RECORDS if one.year == "2024" and one.lost == 0)
    assert page.get_by_role("table", name="总分的分布").get_by_role("row", name=re.compile("^满分")).inner_text().split() == [
        "满分", str(full), "份",
    ]  # fmt: skip
    opened.assert_clean()


def test_a_point_opens_its_record(explore: Callable[..., OpenPage]) -> None:
    # One record that lost nothing and spent all: its point is in the upper right corner of the plot.
    one = next(one for one in RECORDS if one.lost == 0 and one.executed)
    page = explore(f"#year={one.year}&unit={one.unit}&lost=0&charts=1&q={one.name.split('，')[0]}").page
    canvas = page.locator(".explore-scatter canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None

    corner = [(box["x"] + box["width"] - x, box["y"] + y) for y in range(20, 70, 4) for x in range(2, 40, 4)]
    for x, y in corner:
        page.mouse.move(x, y)
        if canvas.evaluate("canvas => canvas.style.cursor") == "pointer":
            page.mouse.click(x, y)
            break

    page.wait_for_url(f"**/records/{one.id}.html")


def cells(page: Page, name: str) -> dict[str, str]:
    titles = [text.strip().replace("\n", "") for text in page.locator(".explore-table thead th").all_inner_texts()]
    row = page.locator(f'{_ROWS}[data-id$="/{name}"]')
    return dict(zip(titles, map(str.strip, row.locator("th, td").all_inner_texts()), strict=True))


def numbers(page: Page, table: str) -> dict[str, str]:
    """Return what the table of a chart says."""
    page.locator(".explore-chart", has=page.get_by_role("table", name=table, include_hidden=True)).locator(
        "summary"
    ).click()
    rows = page.get_by_role("table", name=table).get_by_role("row").all_inner_texts()
    return dict(row.split("\t") for row in rows)


def test_the_printed_execution_rate_and_the_computed_one_are_told_apart(odd: Callable[..., Page]) -> None:
    page = odd()
    rates = {
        identifier.rpartition("/")[2]: tuple(
            cells(page, identifier.rpartition("/")[2])[title] for title in ("执行率（原表）", "执行率（计算）")
        )
        for identifier in shown(page)
    }

    assert rates == {
        "all": ("100", "100.00%"),
        "wrong-rate": ("100", "50.00%"),
        "nearly-all": ("100", "略低于 100%"),
        "hardly-more": ("100%", "略高于 100%"),
        "nothing-of-nothing": ("0", ""),
        "blank": ("", ""),
        "dash": ("-", ""),
        "applied-for": ("", ""),
        "unread": ("98", "98.00%"),
        "negative": ("-20", "-20.00%"),
        "summed": ("95", "95.01%"),
    }
    with page.expect_download() as download:
        page.get_by_role("button", name="导出").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    row = next(row for row in csv.DictReader(io.StringIO(text)) if row["项目名称"] == "wrong-rate")
    assert (row["执行率（原表）"], row["执行率（计算）"]) == ("100", "50.00%")


@pytest.mark.parametrize(
    ("band", "found"),
    [
        ("100", ["all"]),
        ("over-100", ["hardly-more"]),
        ("95-100", ["nearly-all", "unread", "summed"]),
        ("50-80", ["wrong-rate"]),
        ("under-50", ["negative"]),
        ("none", ["nothing-of-nothing", "blank", "dash", "applied-for"]),
    ],
)
def test_records_are_sifted_by_the_computed_rate_and_what_has_none_is_no_low_one(
    odd: Callable[..., Page], band: str, found: list[str]
) -> None:
    page = odd(f"#rate={band}")

    assert [one.rpartition("/")[2] for one in shown(page)] == found
    assert page.locator(".explore-choice").inner_text().startswith("执行率（计算）：")
    if band == "none":
        assert page.locator(".explore-choice").inner_text() == "执行率（计算）：数据不足"


@pytest.mark.parametrize(
    ("band", "found"),
    [
        ("above", ["nearly-all"]),
        ("least", ["blank", "unread"]),
        ("none", ["dash"]),
        ("0", ["all", "wrong-rate", "hardly-more", "applied-for", "negative", "summed"]),
    ],
)
def test_no_points_lost_is_neither_more_than_full_nor_unknown(
    odd: Callable[..., Page], band: str, found: list[str]
) -> None:
    assert [one.rpartition("/")[2] for one in shown(odd(f"#lost={band}"))] == found


def test_charts_draw_the_computed_rate_and_tell_more_than_full_from_full(odd: Callable[..., Page]) -> None:
    page = odd("#charts=1")

    assert numbers(page, "执行率的分布（计算）") == {
        "超过 100%": "1 份", "100%": "1 份", "95% 至不足 100%": "3 份", "90% 至不足 95%": "0 份",
        "80% 至不足 90%": "0 份", "50% 至不足 80%": "1 份", "不足 50%": "1 份", "数据不足": "4 份",
    }  # fmt: skip
    scores = numbers(page, "总分的分布（百分制）")
    assert (scores["高于满分"], scores["满分"], scores["90 至不足 95"]) == ("1 份", "9 份", "1 份")


def test_on_a_usual_screen_the_points_lost_and_the_findings_are_in_sight(explore: Callable[..., OpenPage]) -> None:
    page = explore().page
    titles = [text.strip().replace("\n", "") for text in page.locator(".explore-table thead th").all_inner_texts()]

    assert set(titles) >= {
        "项目", "单位", "年度", "全年预算（或申请）", "执行率（原表）", "执行率（计算）", "总分", "失分", "检查",
    }  # fmt: skip
    region = page.locator(".explore-rows")
    assert region.evaluate("region => region.scrollWidth <= region.clientWidth")
    assert not page.get_by_text("可以左右滑动").is_visible()


def test_on_a_phone_the_most_wanted_columns_stand_beside_the_name_and_the_sums_fit(
    explore: Callable[..., OpenPage],
) -> None:
    page = explore(width=360).page
    region = page.locator(".explore-rows").bounding_box()
    assert region is not None

    for title in ("项目", "失分", "检查", "总分"):
        box = page.get_by_role("columnheader", name=title).bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= region["x"] + region["width"], title
    expect(page.get_by_text("表格比屏幕宽，可以左右滑动。")).to_be_visible()
    sums = page.get_by_role("region", name="所选记录合计")
    assert sums.evaluate("region => region.scrollWidth <= region.clientWidth")
    assert totals(page, "项目支出自评")[0] == "2,970"

    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.get_by_text("表格比屏幕宽，可以左右滑动。")).to_be_hidden()
    assert page.locator(".explore-table thead th").nth(2).inner_text().strip() == "单位"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_nothing_bars_the_way_of_readers_with_assistive_technology(
    explorer_site: Path, serve: Callable[[Path], str], open_page: PageOpener, width: int, scheme: str
) -> None:
    url = f"{serve(explorer_site)}/explore.html#charts=1&year=2024&pick={RECORDS[0].id},{RECORDS[1].id}"
    opened = open_page(url, width=width, color_scheme="dark" if scheme == "dark" else "light")
    page = opened.page
    expect(page.locator(_ROWS).first).to_be_visible()
    # On a phone the lists are folded.
    if not page.locator(".explore-facet > summary").first.is_visible():
        page.locator(".explore-filters > summary").click()
    page.locator(".explore-facet > summary", has_text="单位").click()
    page.locator(".explore-facet[open] li").first.wait_for()

    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    opened.assert_clean()


def test_a_folder_opened_by_double_click_works_as_well(explorer_site: Path, open_page: PageOpener) -> None:
    opened = open_page((explorer_site / "explore.html").as_uri())
    page = opened.page
    expect(page.locator(_ROWS).first).to_be_visible()
    choose(page, "年度", "2022")

    assert status(page) == f"符合 1,000 份，共 {len(RECORDS):,} 份"
    page.go_back()
    expect(page.locator(".explore-status")).to_have_text(f"符合 3,000 份，共 {len(RECORDS):,} 份")
    opened.assert_clean()


def test_without_scripts_the_page_leads_to_the_lists(
    explorer_site: Path, serve: Callable[[Path], str], open_page: PageOpener
) -> None:
    page = open_page(f"{serve(explorer_site)}/explore.html", javascript=False).page
    text = page.get_by_role("article").inner_text()

    assert text.index("要由浏览器运行脚本") < text.index("全部记录")
    assert not [word for word in ("可筛选", "导出", "分享") if word in text]
    assert page.get_by_role("article").get_by_role("link", name="全部记录").get_attribute("href") == "records.html"
    assert page.get_by_role("article").get_by_role("link", name="开放数据").get_attribute("href") == "data.html"


def test_the_site_s_own_records_are_all_there_with_their_figures_as_printed(
    own_site: Path, serve: Callable[[Path], str], open_page: PageOpener
) -> None:
    opened = open_page(f"{serve(own_site)}/explore.html")
    page = opened.page
    expect(page.locator(_ROWS)).to_have_count(len(records_of(own_site)))
    row = page.locator(f'{_ROWS}[data-id="2023/jiuliting/zizhi"]').inner_text().split("\t")
    cells = [cell.strip() for cell in row]

    assert {"2734138.40 元", "2,734,138.4 元", "100.00%", "100"} <= set(cells)
    # 470.26 + 61.05 万元 of two units, 815,826.17 + 2,734,138.40 元 of a third.
    assert totals(page, "项目支出自评")[:2] == ["4", "8,863,064.57 元"]
    opened.assert_clean()
