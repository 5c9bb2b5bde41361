"""The tools of the browser tests see what they are there to see."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.axe import axe_violations
from tests.browser.conftest import PageOpener
from tests.browser.harness import horizontal_overflow, pdf_pages, pdf_text

POLICY = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self'; script-src 'self'\">"
)


@pytest.fixture
def page_of(tmp_path: Path, serve: Callable[[Path], str]) -> Callable[..., str]:
    """Serve one page with this body and return its address."""

    def page_of(body: str, *, head: str = "") -> str:
        (tmp_path / "icon.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
        (tmp_path / "index.html").write_text(
            f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>绩效</title>{head}'
            f'<link rel="icon" href="icon.svg"></head><body><main><h1>绩效目标</h1>{body}</main></body></html>',
            encoding="utf-8",
        )
        return f"{serve(tmp_path)}/index.html"

    return page_of


@pytest.mark.parametrize("javascript", [True, False])
def test_a_sound_page_is_clean(page_of: Callable[..., str], open_page: PageOpener, *, javascript: bool) -> None:
    open_page(page_of("<p>自评</p>", head=POLICY), javascript=javascript).assert_clean()


def test_a_page_opened_from_a_folder_is_clean(
    tmp_path: Path, page_of: Callable[..., str], open_page: PageOpener
) -> None:
    page_of("<p>自评</p>", head=POLICY.replace("'self'", "file:"))
    open_page((tmp_path / "index.html").as_uri()).assert_clean()


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<script>console.error('broken')</script>", "console error: broken"),
        ("<script>throw new Error('thrown')</script>", "uncaught error: thrown"),
        ("<script>Promise.reject(new Error('refused'))</script>", "uncaught error: refused"),
        ("<img src='missing.png' alt=''>", "console error: Failed to load resource"),
        ("<img src='http://elsewhere.example/a.png' alt=''>", "outside request: http://elsewhere.example/a.png"),
        ("<script>fetch('http://127.0.0.1:9/').catch(() => 0)</script>", "outside request: http://127.0.0.1:9/"),
    ],
)
def test_each_fault_of_a_page_is_noticed(
    page_of: Callable[..., str], open_page: PageOpener, body: str, fault: str
) -> None:
    opened = open_page(page_of(body))
    opened.page.wait_for_load_state("networkidle")
    with pytest.raises(AssertionError) as failure:
        opened.assert_clean()
    assert fault in str(failure.value)


def test_what_the_policy_forbids_is_noticed_and_does_not_happen(
    page_of: Callable[..., str], open_page: PageOpener
) -> None:
    opened = open_page(page_of("<script>document.title = 'changed'</script>", head=POLICY))
    assert "Content-Security-Policy violation: script-src-elem inline" in opened.faults()
    assert opened.page.title() == "绩效"


def test_the_policy_is_in_force_during_the_audit(page_of: Callable[..., str], open_page: PageOpener) -> None:
    opened = open_page(page_of("<p>自评</p>", head=POLICY))
    assert axe_violations(opened.page) == []
    opened.page.evaluate("() => { const s = document.createElement('script'); s.text = '1'; document.body.append(s); }")
    assert "Content-Security-Policy violation: script-src-elem inline" in opened.faults()


def test_the_audit_names_rule_and_element(page_of: Callable[..., str], open_page: PageOpener) -> None:
    opened = open_page(
        page_of("<img id='chart' src='icon.svg'><p style='color:#ccc;background:#fff'>浅色的说明文字</p>")
    )
    found = axe_violations(opened.page)
    assert [line.split(" at ")[0] for line in found] == ["color-contrast (serious)", "image-alt (critical)"]
    assert "#chart" in found[1]


@pytest.mark.parametrize("touch", [False, True])
@pytest.mark.parametrize(("content_width", "fits"), [(360, True), (400, False)])
def test_what_sticks_out_of_a_narrow_window_is_measured(
    page_of: Callable[..., str], open_page: PageOpener, content_width: int, *, touch: bool, fits: bool
) -> None:
    head = '<meta name="viewport" content="width=device-width, initial-scale=1"><style>body{margin:0}</style>'
    body = f"<div style='width:{content_width}px'>宽</div>"
    opened = open_page(page_of(body, head=head), width=360, touch=touch)
    # A phone zooms out to show what sticks out, and its widths are rounded then.
    assert horizontal_overflow(opened.page) == pytest.approx(0 if fits else 40, abs=0 if fits else 1)


def test_a_print_has_the_characters_that_were_typed(page_of: Callable[..., str], open_page: PageOpener) -> None:
    text = "项目名称：见长门面，用于一二八十人民；水利、马车、西北风、龙门、鱼类、黄色食品（万元）94.60"
    opened = open_page(page_of(f"<p>{text}</p><p style='break-before: page'>第二页</p>"))
    assert pdf_text(opened.page) == f"绩效目标{text}第二页"
    assert [sheet[-3:] for sheet in pdf_pages(opened.page)] == [".60", "第二页"]
