"""A finance officer fills in a form in the browser, from an empty one to a commit."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect

from tests.browser.axe import axe_violations
from tests.browser.conftest import PageOpener
from tests.browser.harness import horizontal_overflow
from tests.editing.office import Office, open_office
from tests.site_tools import PROJECT, copied

ADDRESS = "2025/xinzhuang/dang-yuan-jiao-yu"


Hasty = Callable[[str, str], Page]
"""Types a text into the box of a label, and returns the page once its script has come."""


def git(project: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=project, capture_output=True, text=True, encoding="utf-8", check=True)
    return done.stdout


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    for name in [name for name in os.environ if name.startswith(("GIT_", "EMAIL"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    project = copied(PROJECT, tmp_path / "项 目")
    git(project, "init", "--quiet", "--initial-branch=main")
    git(project, "add", "--all")
    git(project, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "--message", "开始")
    with open_office(project) as found:
        yield found


def press_and_wait(page: Page, button: str) -> None:
    """Press a button that lays the page out again; wait until its script runs, as it does before anybody can type."""
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


def begin_form(page: Page) -> None:
    """Begin an empty form."""
    left = page.locator("form").first
    left.get_by_label("表样").select_option("财政项目支出绩效自评表 › A1")
    for label, text in (("年度", "2025"), ("单位", "xinzhuang"), ("项目名称", "党员教育")):
        left.get_by_label(label, exact=True).fill(text)
    with page.expect_navigation():
        left.get_by_role("button", name="新建空表").click()
    expect(page.get_by_text("已新建 content/records/2025/xinzhuang/dang-yuan-jiao-yu.yaml")).to_be_visible()
    expect(page.get_by_label("项目名称", exact=True)).to_have_value("党员教育")


def fill_in_by_keyboard(page: Page) -> None:
    """Fill in the first row; Enter goes on to the next cell. A score above its points is said, until it is right."""
    page.get_by_label("金额单位", exact=True).fill("万元")
    page.get_by_label("数量指标 › 三级指标", exact=True).fill("开展培训次数")
    page.keyboard.press("Enter")
    for text in ("≥2(次)", "4(次)", "8.00", "9.00"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    score = page.get_by_label("数量指标 › 得分", exact=True)
    expect(score).to_have_value("9.00")

    beside = page.locator(f'[id="{score.get_attribute("aria-describedby")}"]')
    expect(beside).to_contain_text("9.00")
    expect(score).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#panel")).to_contain_text("数量指标 › 得分")
    assert axe_violations(page) == []
    score.fill("8.00")
    expect(beside).to_be_empty()
    expect(score).not_to_have_attribute("aria-invalid", "true")


def add_and_remove_rows(page: Page) -> None:
    """Put in one more row and take out a level that the form at hand does not have."""
    press_and_wait(page, "在“数量指标”这一行下面增加一行")
    page.get_by_label("数量指标 › 第 2 行 › 三级指标", exact=True).fill("参加人数")
    page.get_by_label("数量指标 › 第 2 行 › 年度指标值", exact=True).fill("≥100(人)")
    press_and_wait(page, "删去“时效指标”这一行")
    expect(page.get_by_label("时效指标 › 三级指标", exact=True)).to_have_count(0)


def commit(page: Page) -> None:
    """Hand the record to git, which does not know yet who that is."""
    page.get_by_role("link", name="提交").click()
    expect(page.get_by_role("checkbox")).to_be_checked()
    assert axe_violations(page) == []
    page.get_by_label("这次改了什么，为什么").fill("新报 2025 年党员教育自评表")
    page.get_by_label("姓名").fill("张三")
    page.get_by_label("电子邮箱").fill("zhang@example.com")
    page.get_by_role("button", name="提交所选的表").click()
    expect(page.get_by_text("已提交，还没有推送到别处。")).to_be_visible()


ROWS = """\
    数量指标:
      - 三级指标: 开展培训次数
        年度指标值: ≥2(次)
        实际完成值: 4(次)
        分值: 8.00
        得分: 8.00
        偏差原因分析及改进措施:
      - 三级指标: 参加人数
        年度指标值: ≥100(人)
    质量指标:
"""


def test_from_an_empty_form_to_a_commit(office: Office, open_page: PageOpener) -> None:
    opened = open_page(office.server.address("/new"))
    page = opened.page
    assert "token" not in page.url
    begin_form(page)
    file = office.record(ADDRESS)
    skeleton = file.read_text(encoding="utf-8")

    fill_in_by_keyboard(page)
    add_and_remove_rows(page)
    page.get_by_label("预期目标", exact=True).fill("全年培训四次。\n\n覆盖全部支部。")
    expect(page.locator("#state")).to_have_text("有没保存的改动")
    assert file.read_text(encoding="utf-8") == skeleton
    page.keyboard.press("Control+s")
    expect(page.get_by_text("已保存。", exact=True)).to_be_visible()
    expect(page.get_by_text("作为草稿保存；改正之前这份表不会公开")).to_be_visible()

    text = file.read_text(encoding="utf-8")
    assert ROWS in text
    assert "  预期目标: |\n    全年培训四次。\n\n    覆盖全部支部。\n" in text
    assert "时效指标" not in text
    comments = [line for line in skeleton.split("\n") if line.startswith("#")]
    assert [line for line in text.split("\n") if line.startswith("#")] == comments

    commit(page)
    assert git(office.project, "log", "-1", "--format=%an|%s") == "张三|新报 2025 年党员教育自评表\n"
    assert git(office.project, "show", f"HEAD:content/records/{ADDRESS}.yaml") == text
    assert git(office.project, "status", "--short") == ""
    opened.assert_clean()


def test_what_was_typed_outlives_a_closed_page(office: Office, open_page: PageOpener) -> None:
    page = open_page(office.server.address("/record/2024/xinzhuang/liangxin")).page
    press_and_wait(page, "在“有效加强人文关怀情况”这一行下面增加一行")
    page.get_by_label("社会效益指标 › 三级指标", exact=True).fill("新的一行")
    page.get_by_label("评分等级", exact=True).fill("良")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"http://{office.host}/record/2024/xinzhuang/liangxin")

    expect(page.get_by_label("评分等级", exact=True)).to_have_value("优")
    press_and_wait(page, "接着填")
    expect(page.get_by_label("评分等级", exact=True)).to_have_value("良")
    expect(page.get_by_label("社会效益指标 › 三级指标", exact=True)).to_have_value("新的一行")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    assert "- 三级指标: 新的一行\n" in office.record("2024/xinzhuang/liangxin").read_text(encoding="utf-8")


@pytest.fixture
def hasty(office: Office, open_page: PageOpener) -> Hasty:
    """Return a way to type into a form before its script has come."""
    page = open_page(office.server.address()).page
    page.on("dialog", lambda dialog: dialog.accept())

    def type_before_the_script(label: str, text: str) -> Page:
        held: list[Route] = []

        def hold(route: Route) -> None:
            held.append(route)

        page.route("**/assets/edit.js", hold)
        page.goto(f"http://{office.host}/record/2024/xinzhuang/liangxin", wait_until="commit")
        page.get_by_label(label, exact=True).fill(text)
        expect(page.locator("#state")).to_be_empty()
        held[0].continue_()
        page.unroute("**/assets/edit.js")
        expect(page.locator("#state")).to_have_text("有没保存的改动")
        return page

    return type_before_the_script


def test_what_was_typed_before_the_script_came_is_kept_too(office: Office, hasty: Hasty) -> None:
    page = hasty("评分等级", "良")
    page.goto(f"http://{office.host}/record/2024/xinzhuang/liangxin")

    expect(page.get_by_label("评分等级", exact=True)).to_have_value("优")
    press_and_wait(page, "接着填")
    expect(page.get_by_label("评分等级", exact=True)).to_have_value("良")


def test_typing_before_the_script_came_takes_nothing_that_was_kept(hasty: Hasty) -> None:
    hasty("评分等级", "良")
    page = hasty("总分 › 得分", "96.00")

    press_and_wait(page, "接着填")
    expect(page.get_by_label("评分等级", exact=True)).to_have_value("良")


def test_the_form_saves_without_scripts(office: Office, open_page: PageOpener) -> None:
    page = open_page(office.server.address("/record/2024/xinzhuang/liangxin"), javascript=False).page
    page.get_by_label("评分等级", exact=True).fill("良")
    page.get_by_role("button", name="保存").click()

    expect(page.get_by_text("已保存。")).to_be_visible()
    assert "评分等级: 良" in office.record("2024/xinzhuang/liangxin").read_text(encoding="utf-8")


def test_another_program_is_noticed_while_typing_and_both_are_offered(office: Office, open_page: PageOpener) -> None:
    opened = open_page(office.server.address("/record/2024/xinzhuang/liangxin"))
    page = opened.page
    file = office.record("2024/xinzhuang/liangxin")
    file.write_text(file.read_text(encoding="utf-8").replace("评分等级: 优", "评分等级: 中"), encoding="utf-8")

    page.get_by_label("总分 › 得分", exact=True).fill("96.00")
    expect(page.locator("#state")).to_contain_text("被别的程序改过")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", name="没有保存：文件被别的程序改过")).to_be_visible()
    assert axe_violations(page) == []
    page.get_by_role("button", name="两边合在一起，看过再保存").click()
    expect(page.get_by_label("评分等级", exact=True)).to_have_value("中")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存。")).to_be_visible()

    text = file.read_text(encoding="utf-8")
    assert "评分等级: 中" in text
    assert "得分: 96.00" in text


def test_what_was_typed_into_a_deleted_file_is_offered_and_written_again(office: Office, open_page: PageOpener) -> None:
    page = open_page(office.server.address("/record/2024/xinzhuang/liangxin")).page
    file = office.record("2024/xinzhuang/liangxin")
    file.unlink()
    page.get_by_label("总分 › 得分", exact=True).fill("96.00")
    expect(page.locator("#state")).to_contain_text("被删去或移走")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("heading", name="没有保存：文件已被删去或移走")).to_be_visible()
    assert axe_violations(page) == []

    # Gone away and come back by the list.
    page.get_by_role("link", name="先返回全部记录").click()
    page.get_by_role("link", name="2024/xinzhuang/liangxin").click()
    expect(page.get_by_role("button", name="打开填过的内容")).to_be_visible()
    assert axe_violations(page) == []
    page.get_by_role("button", name="打开填过的内容").click()
    page.get_by_role("button", name="写回去").click()
    expect(page.get_by_text("已写回")).to_be_visible()

    assert "得分: 96.00" in file.read_text(encoding="utf-8")
    page.get_by_role("link", name="全部记录").click()
    expect(page.get_by_role("heading", name="全部记录")).to_be_visible()
    expect(page.get_by_text("有填过而没有保存的内容")).to_have_count(0)


def test_what_was_typed_before_the_file_became_another_is_offered_with_a_choice(
    office: Office, open_page: PageOpener
) -> None:
    page = open_page(office.server.address("/record/2024/xinzhuang/liangxin")).page
    page.get_by_label("社会效益指标 › 有效加强人文关怀情况 › 得分", exact=True).fill("3.00")
    page.on("dialog", lambda dialog: dialog.accept())
    file = office.record("2024/xinzhuang/liangxin")
    before = file.read_text(encoding="utf-8")
    row = before[before.index("      - 三级指标: 有效加强人文关怀情况") : before.index("      - 三级指标: '增强党员")]
    file.write_text(before.replace(row, ""), encoding="utf-8")
    page.goto(f"http://{office.host}/record/2024/xinzhuang/liangxin")

    page.get_by_role("button", name="看两边各改了什么").click()
    join = page.get_by_role("button", name="两边合在一起，看过再保存")
    assert axe_violations(page) == []
    join.click()
    # The browser asks for the choice that is missing.
    expect(page.get_by_role("heading", name="没有保存：文件被别的程序改过")).to_be_visible()
    page.get_by_label("加上这一行，用你填的").check()
    join.click()
    expect(page.get_by_label("社会效益指标 › 三级指标", exact=True)).to_have_value("有效加强人文关怀情况")
    expect(page.get_by_label("社会效益指标 › 得分", exact=True)).to_have_value("3.00")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    assert "得分: 3.00" in file.read_text(encoding="utf-8")


def test_every_page_is_accessible_and_fits_a_phone_in_the_dark(office: Office, browser: Browser) -> None:
    context = browser.new_context(viewport=ViewportSize(width=360, height=740), color_scheme="dark")
    page = context.new_page()
    page.goto(office.server.address())
    for path in ("/", "/new", "/record/2024/xidu/dangjian", "/nothing"):
        page.goto(f"http://{office.host}{path}")
        assert axe_violations(page) == [], path
        assert horizontal_overflow(page) == 0, path
    context.close()


def test_other_sites_of_this_browser_can_neither_read_nor_write(
    office: Office, open_page: PageOpener, tmp_path: Path
) -> None:
    opened = open_page(office.server.address("/record/2024/xinzhuang/liangxin"))
    page = opened.page
    before = office.record("2024/xinzhuang/liangxin").read_bytes()
    evil = tmp_path / "evil.html"
    evil.write_text(
        f'<form method="post" action="http://{office.host}/record/2024/xinzhuang/liangxin"><input name="v.head.grade" value="x"></form>'
        "<script>document.forms[0].submit()</script>",
        encoding="utf-8",
    )
    page.goto(evil.as_uri())

    expect(page.get_by_text("请求来自别的网页")).to_be_visible()
    assert office.record("2024/xinzhuang/liangxin").read_bytes() == before
