"""Records side by side: what differs is marked and nothing else, and the comparison can be shared, printed and changed."""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.browser.axe import axe_violations
from tests.browser.conftest import PageOpener
from tests.browser.found_site import IDS
from tests.browser.harness import OpenPage, horizontal_overflow

Compare = Callable[..., OpenPage]

DECLARATION = "2024/xidu/dangjian"


@pytest.fixture
def compare(found_site: Path, serve: Callable[[Path], str], open_page: PageOpener) -> Iterator[Compare]:
    """Give a function that opens a comparison and waits for it; nothing may go wrong in it."""
    opened: list[OpenPage] = []

    def opener(*ids: str, more: str = "", width: int = 1280, way: str = "server") -> OpenPage:
        root = serve(found_site) if way == "server" else found_site.as_uri()
        found = open_page(f"{root}/compare.html#ids={','.join(ids)}{more}", width=width)
        opened.append(found)
        expect(status(found.page)).to_contain_text("对比" if len(ids) > 1 else "选")
        return found

    yield opener
    for page in opened:
        page.assert_clean()


def status(page: Page) -> Locator:
    return page.locator("#compare-status")


def lines(page: Page, *, marked: bool) -> list[tuple[str, ...]]:
    """Return the lines as block, label and texts of the cells as they are heard; `marked`: those with marked cells."""
    found: list[tuple[str, ...]] = page.evaluate(
        """marked => [...document.querySelectorAll(".compare tbody")].flatMap((body) => {
            const block = body.querySelector(".compare-heading")?.childNodes;
            const name = block ? [...block].filter((node) => node.nodeType === 3).map((node) => node.data.trim())[0] : "";
            const heard = (cell) => {
                const copy = cell.cloneNode(true);
                for (const hidden of copy.querySelectorAll("[aria-hidden], .badge, small")) hidden.remove();
                return copy.textContent.trim();
            };
            return [...body.rows].filter((row) => !row.matches(".compare-block"))
                .filter((row) => !marked || row.querySelector(".compare-differs"))
                .map((row) => [name, ...[...row.cells].map(heard)]);
        })""",
        marked,
    )
    return [tuple(line) for line in found]


def heading(page: Page, name: str) -> str:
    return page.locator(".compare-block", has_text=name).first.inner_text()


@pytest.mark.parametrize("way", ["server", "folder"])
def test_exactly_what_differs_is_marked(compare: Compare, way: str) -> None:
    page = compare(IDS["2023"], IDS["2024"], way=way).page

    # What only one of them has is not in here: it stands beside “没有这一项”.
    assert lines(page, marked=True) == [
        ("", "年度", "2023", "不同：2024"),
        ("", "年度表述", "(2023年度)", "不同：(2024年度)"),
        ("", "全年执行数", "580,000.00 元", "不同：61.05 万元"),
        ("", "金额单位", "元", "不同：万元"),
        ("年度资金总额", "全年执行数", "580,000.00", "不同：61.05"),
        ("当年财政拨款", "全年执行数", "580,000.00", "不同：61.05"),
        ("", "总分（得分）", "96.00", "不同：97.00"),
        *[line for line in lines(page, marked=True) if line[1] == "预期目标"],
        ('"两新"党员主题教育活动费用标准', "实际完成值", "空白", "不同：130.00(元/人次)"),
        ('开展"两新"党员主题教育活动', "实际完成值", "3.00(次)", "不同：4.00(次)"),
        ('开展"两新"党员主题教育活动', "年度指标值", "2023年12月前完成", "不同：2024年12月前完成"),
        ("两新党组织参与度提高", "实际完成值", "-", "不同：达成指标"),
        ("两新党支部书记满意度", "年度指标值", "≥80.00(分)", "不同：≥80.00(%)"),
        ("两新党支部书记满意度", "实际完成值", "90.00(分)", "不同：90.00(%)"),
    ]
    # The same amount in another unit, and a rate with and without its sign, say the same.
    assert ("", "年初预算数", "946,000.00 元", "94.60 万元") in lines(page, marked=False)
    assert "合 946,000.00 元（本站换算）" in page.inner_text("#compare-result")
    assert ("", "执行率（原表）", "100.00%", "100.00") in lines(page, marked=False)
    assert ('开展"两新"党员主题教育活动', "年度指标值", "≥2(次)", "≥2.00(次)") in lines(page, marked=False)


def test_an_indicator_of_one_record_alone_is_said_to_be_so(compare: Compare) -> None:
    page = compare(IDS["2022"], IDS["2023"], IDS["2024"]).page

    assert "仅第 2 份有" in heading(page, "津贴发放及时率")
    assert "第 2 份没有" in heading(page, "两新党支部书记津贴发放及时性")
    assert page.get_by_role("cell", name="没有这一项").count() == 3
    assert "所在的上级指标不同" in heading(page, "两新党建工作机制健全性")
    assert "计量单位不同（%、分），数值不可直接比较" in heading(page, "两新党支部书记满意度")
    assert "各份都有的绩效指标 14 项，其中" in status(page).inner_text()
    assert "另有 2 项不是每份都有" in status(page).inner_text()
    # Leads to the row of each form.
    page.locator(".compare-block", has_text="津贴发放及时率").get_by_role("link", name="第 2 份原表").click()
    expect(page.locator("tr:target")).to_contain_text("津贴发放及时率")


def test_only_what_differs_can_be_shown_and_shared(compare: Compare, open_page: PageOpener) -> None:
    page = compare(IDS["2022"], IDS["2024"]).page
    differing = lines(page, marked=True)
    assert len(differing) < len(lines(page, marked=False))

    page.get_by_label("只看不同之处").check()

    expect(page.locator(".compare tbody tr:not(.compare-block)")).to_have_count(len(differing))
    assert lines(page, marked=False) == differing
    shared = open_page(page.url).page
    expect(status(shared)).to_contain_text("对比 2 份表")
    assert lines(shared, marked=False) == differing
    page.go_back()
    expect(page.get_by_label("只看不同之处")).not_to_be_checked()


def test_records_are_added_moved_and_removed_with_the_keyboard(compare: Compare) -> None:
    page = compare(IDS["2024"]).page
    expect(page.get_by_role("heading", name="同一项目的其他表")).to_be_visible()
    page.get_by_role("button", name="加入 两新党建工作 2022年度").focus()

    page.keyboard.press("Enter")
    expect(status(page)).to_contain_text("对比 2 份表")
    assert page.url.endswith(f"#ids={IDS['2024']},{IDS['2022']}")
    expect(page.locator(".compare-records li").nth(1).locator("a")).to_be_focused()
    page.get_by_role("button", name="把第 2 份移到最前").press("Enter")
    expect(page.locator(".compare-records a").first).to_have_attribute("href", re.compile(f"/{IDS['2022']}.html$"))

    page.locator("#compare-add summary").press("Enter")
    page.get_by_label("按名称、单位或文字查找").fill("党建经费")
    page.get_by_role("button", name="加入 党建经费").press("Enter")
    expect(status(page)).to_contain_text("对比 3 份表")
    assert "这几份表的种类不同（项目支出绩效自评表、绩效目标申报表）" in page.inner_text("#compare-notes")
    page.get_by_role("button", name="移除第 3 份").press("Enter")

    expect(status(page)).to_contain_text("对比 2 份表")
    assert page.url.endswith(f"#ids={IDS['2022']},{IDS['2024']}")


def test_four_are_enough(compare: Compare) -> None:
    page = compare(*IDS.values(), DECLARATION, "2024/xidu/zhuanhu").page

    assert page.locator(".compare-records > li").count() == 4
    assert not page.locator("#compare-add").is_visible()


def test_a_blank_a_zero_and_a_dash_are_three_things(compare: Compare) -> None:
    page = compare(IDS["2023"], IDS["2024"]).page

    blank = page.locator("tr", has_text="实际完成值").filter(has_text="130.00(元/人次)").locator("td").first
    assert blank.inner_text().strip() == "空白"
    assert blank.locator(":visible:not(.visually-hidden)").count() == 0
    printed = [line[2] for line in lines(page, marked=False) if line[:2] == ("其他资金", "全年预算数")]
    assert printed == ["0.00"]
    assert ("其他资金", "分数", "-", "-") in lines(page, marked=False)


@pytest.mark.parametrize("asked", ["nosuch", "<script>"])
def test_what_cannot_be_a_record_is_said_not_to_be_found(compare: Compare, asked: str) -> None:
    page = compare(IDS["2023"], asked, IDS["2024"]).page

    assert page.inner_text("#compare-lost") == f"找不到：{asked}"
    assert page.locator(".compare-records > li").count() == 2
    page.get_by_role("button", name="移除第 2 份").click()
    expect(page.locator("#compare-lost")).to_be_empty()


def test_a_record_too_many_is_said_to_be_left_out(compare: Compare) -> None:
    page = compare(*IDS.values(), DECLARATION, "2024/xidu/zhuanhu").page

    assert page.inner_text("#compare-lost") == "最多对比 4 份，没有列入：2024/xidu/zhuanhu"


def test_a_column_that_a_form_does_not_have_is_no_difference(compare: Compare) -> None:
    page = compare(IDS["2024"], DECLARATION).page
    shown = lines(page, marked=False)

    assert ("", "项目性质", "无此栏", "其他经常性项目") in shown
    assert ("", "年初预算数", "94.60 万元", "无此栏") in shown
    assert ("", "申请资金", "无此栏", "1,217,200.00 元") in shown
    assert ("", "执行率（原表）", "100.00", "无此栏") in shown
    assert ("", "总分（得分）", "97.00", "无此栏") in shown
    assert ("", "评分等级", "优", "无此栏") in shown
    assert not [line for line in lines(page, marked=True) if "无此栏" in line]
    plain = page.locator("tr", has_text="项目性质")
    assert plain.locator(".badge, .compare-differs, .compare-mark").count() == 0
    # No indicator stands on both, so that none of them can differ.
    assert "其中" not in status(page).inner_text()


def test_a_blank_beside_a_figure_is_a_difference(compare: Compare) -> None:
    page = compare("2023/xinhong/small-02", IDS["2024"]).page

    assert ("", "评分等级", "空白", "不同：优") in lines(page, marked=True)


def test_an_amount_that_is_no_amount_is_shown_as_printed_and_differs(compare: Compare) -> None:
    page = compare("2023/xinhong/dash", "2023/xinhong/small-02").page

    marked = lines(page, marked=True)
    assert ("", "年初预算数", "-", "不同：2,234,567.89 元") in marked
    assert ("", "全年执行数", "没有印出", "不同：2,234,567.89 元") in marked


def test_a_phone_is_told_that_there_is_more_beside_its_window(compare: Compare) -> None:
    page = compare(*IDS.values(), width=360).page
    expect(page.get_by_text("右边还有内容，表格可以左右滑动。")).to_be_visible()

    page.set_viewport_size({"width": 1280, "height": 800})

    expect(page.get_by_text("右边还有内容，表格可以左右滑动。")).to_be_hidden()


def test_a_long_text_goes_on_overleaf_and_leaves_no_page_half_empty(compare: Compare) -> None:
    page = compare(IDS["2023"], IDS["2024"]).page
    page.locator("tr", has_text="预期目标").locator(".compare-text").first.evaluate(
        "text => { text.textContent = Array(38).fill('完成全年工作。').join('\\n'); }"
    )

    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages

    for sheet in sheets[:-1]:
        heights: list[float] = []

        def note(text: str, cm: list[float], tm: list[float], *_: object, heights: list[float] = heights) -> None:
            if text.strip() and not re.fullmatch(r"[-–\s\d]+", text):
                heights.append(tm[4] * cm[1] + tm[5] * cm[3] + cm[5])

        sheet.extract_text(visitor_text=note)
        assert min(heights) < float(sheet.mediabox.height) / 2


def test_what_is_not_there_is_said(found_site: Path, serve: Callable[[Path], str], open_page: PageOpener) -> None:
    page = open_page(f"{serve(found_site)}/compare.html#ids={IDS['2024']},2024/xinzhuang/none,../../x").page

    expect(page.locator("#compare-lost")).to_contain_text("没有读到 2024/xinzhuang/none 的数据")
    expect(page.locator("#compare-lost")).to_contain_text("找不到：../../x")
    expect(status(page)).to_have_text("还要再选一份，才能对比。")
    page.get_by_role("button", name="移除 2024/xinzhuang/none").click()

    expect(page.locator("#compare-lost")).to_be_empty()
    assert page.url.endswith(f"#ids={IDS['2024']}")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_comparison_has_no_accessibility_fault_and_keeps_to_its_window(compare: Compare, width: int) -> None:
    page = compare(*IDS.values(), width=width).page

    assert axe_violations(page) == []
    assert horizontal_overflow(page) == 0
    if width == 360:
        region = page.locator("#compare-result .compare-scroll").last
        region.evaluate("element => element.scrollBy(300, 200)")
        box = region.locator("tbody [scope=row]").nth(8).bounding_box()
        assert box is not None
        assert box["x"] < 40, "the labels stay in sight"


def test_paper_lies_across_and_repeats_the_names(compare: Compare) -> None:
    page = compare(*IDS.values()).page

    sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages

    texts = ["".join(sheet.extract_text().split()) for sheet in sheets]
    assert all(sheet.mediabox.width > sheet.mediabox.height for sheet in sheets)
    assert len(sheets) > 2
    assert all("第1份2022年度" in text for text in texts)
    assert not [word for word in ("加入一份表", "移除", "只看不同之处", "打印") if word in "".join(texts)]
    assert "≠" in "".join(texts)


def test_records_and_projects_lead_to_their_comparison(found_site: Path, open_page: PageOpener) -> None:
    page = open_page(f"{found_site.as_uri()}/records/2023/xinzhuang/liangxin.html").page

    page.get_by_role("link", name="与上年对比").click()
    expect(status(page)).to_contain_text("对比 2 份表")
    assert page.url.endswith(f"compare.html#ids={IDS['2022']},{IDS['2023']}")
    page.goto(f"{found_site.as_uri()}/projects/xinzhuang/liangxin.html")
    page.get_by_role("link", name="对比 3 份自评表").click()

    expect(status(page)).to_contain_text("对比 3 份表")
    assert page.url.endswith(f"#ids={','.join(IDS.values())}")


def test_without_scripts_the_page_leads_to_the_projects(found_site: Path, open_page: PageOpener) -> None:
    page = open_page(f"{found_site.as_uri()}/compare.html#ids={IDS['2024']}", javascript=False).page

    assert "对比要由浏览器运行脚本" in page.inner_text("#main")
    page.locator("#main").get_by_role("link", name="项目").click()
    page.wait_for_url("**/projects.html")
