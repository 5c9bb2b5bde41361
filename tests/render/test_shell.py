"""What stands around a page, and that nothing in a page can break out of its place."""

import base64
import hashlib
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from generator.configuration import load_settings
from generator.errors import JixiaoError
from generator.render.shell import Crumb, Frame, Heading, NavEntry, Shell, load_shell
from generator.settings import Settings

NAV = (
    NavEntry("首页", "index.html", "home"),
    NavEntry("全部记录", "records.html", "records"),
    NavEntry("关于 & 口径", "关于.html", "about"),
)
FRAME = Frame(
    url="records/2024/unit/project.html",
    title="培训项目",
    body="<h1>培训项目</h1>",
    description="示例单位 2024 年度",
    section="records",
    crumbs=(Crumb("首页", "index.html"), Crumb("示例单位", "units/示例.html"), Crumb("培训项目", "")),
    headings=(Heading("form", "自评表", 2), Heading("money", "资金", 3), Heading("cite", "引用", 2)),
)


class Elements(HTMLParser):
    """Collect start tags with their attributes, and the code of inline scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self._inline = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._inline = tag == "script" and not {"src", "type"} & set(dict(attrs))

    def handle_data(self, data: str) -> None:
        if self._inline:
            self.scripts.append(data)
            self._inline = False

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "content/pages").mkdir(parents=True)
    config = Path(__file__).parents[2] / "mkdocs.yml"
    (tmp_path / "mkdocs.yml").write_text(config.read_text(encoding="utf-8"), encoding="utf-8")
    return load_settings(tmp_path / "mkdocs.yml")


@pytest.fixture
def shell(settings: Settings) -> Shell:
    return load_shell(settings, NAV)


def policy(html: str) -> str:
    return next(str(meta["content"]) for meta in Elements(html).named("meta") if "http-equiv" in meta)


def test_a_page_carries_its_title_description_and_body(shell: Shell) -> None:
    html = shell.wrap(FRAME).decode()

    assert "<title>培训项目 - 预算绩效信息公开（示例）</title>" in html
    assert '<meta name="description" content="示例单位 2024 年度">' in html
    assert '<html lang="zh-CN"' in html
    assert html.count("<h1>培训项目</h1>") == 1
    assert "qjx" not in html


def test_a_page_named_like_the_site_says_the_name_once(shell: Shell) -> None:
    html = shell.wrap(replace(FRAME, url="index.html", title="预算绩效信息公开（示例）")).decode()

    assert "<title>预算绩效信息公开（示例）</title>" in html


@pytest.mark.parametrize("hostile", ['"><script>alert(1)</script>', "</title><b>", "qjxgap_body_qz", "'\"&<>"])
def test_text_of_a_page_never_becomes_markup(shell: Shell, hostile: str) -> None:
    frame = replace(
        FRAME,
        title=hostile,
        description=hostile,
        crumbs=(Crumb(hostile, hostile),),
        headings=(Heading(hostile, hostile, 2), Heading(hostile, hostile, 3)),
    )
    plain = replace(
        frame,
        title="t",
        description="t",
        crumbs=(Crumb("t", "t"),),
        headings=(Heading("t", "t", 2), Heading("t", "t", 3)),
    )

    assert [tag for tag, _ in Elements(shell.wrap(frame).decode()).found] == [
        tag for tag, _ in Elements(shell.wrap(plain).decode()).found
    ]
    assert shell.wrap(frame).decode().count("<h1>培训项目</h1>") == 1


def test_the_section_is_marked_as_current_and_no_other(shell: Shell) -> None:
    def current(section: str) -> list[str | None]:
        links = Elements(shell.wrap(replace(FRAME, section=section)).decode()).named("a")
        return [link["href"] for link in links if "aria-current" in link]

    assert current("records") == ["../../../records.html"]
    assert current("") == []
    assert current("no such section") == []


@pytest.mark.parametrize(("url", "base"), [("index.html", ""), ("units/a.html", "../"), ("a/b/c/d.html", "../../../")])
def test_addresses_lead_from_any_depth_to_the_root(shell: Shell, url: str, base: str) -> None:
    html = shell.wrap(replace(FRAME, url=url)).decode()

    assert f'href="{base}records.html"' in html
    assert f'href="{base}units/%E7%A4%BA%E4%BE%8B.html"' in html
    assert f'new URL("{base or "./"}",location)' in html


def test_a_page_served_under_any_address_takes_a_base_of_its_own(shell: Shell) -> None:
    html = shell.wrap(replace(FRAME, url="404.html", base="/budget/")).decode()

    assert 'href="/budget/records.html"' in html
    assert 'href="/budget/assets/' in html


def test_a_base_that_is_no_path_is_refused(shell: Shell) -> None:
    with pytest.raises(ValueError, match="not a path"):
        shell.wrap(replace(FRAME, base='");alert(1)//')).decode()


def test_the_canonical_address_is_there_only_where_the_site_has_one(settings: Settings) -> None:
    assert 'rel="canonical"' not in load_shell(replace(settings, site_url=""), NAV).wrap(FRAME).decode()

    shell = load_shell(replace(settings, site_url="https://example.gov.cn/budget/"), NAV)

    assert (
        '<link rel="canonical" href="https://example.gov.cn/budget/records/2024/unit/project.html">'
        in shell.wrap(FRAME).decode()
    )
    assert (
        '<link rel="canonical" href="https://example.gov.cn/budget/">'
        in shell.wrap(replace(FRAME, url="index.html")).decode()
    )


def test_breadcrumbs_and_contents_are_lists_with_a_name(shell: Shell) -> None:
    html = shell.wrap(FRAME).decode()
    names = [nav["aria-label"] for nav in Elements(html).named("nav")]

    assert names == ["页首", "栏目", "目录", "面包屑"]
    assert '<li class="md-path__item"><span class="md-ellipsis">培训项目</span></li>' in html
    contents = html[html.index('aria-label="目录"') : html.index('<div class="md-content"')]
    bare = re.sub(r' class="[^"]*"|</?span[^>]*>|\n', "", contents)
    assert (
        '<li><a href="#form">自评表</a><ul><li><a href="#money">资金</a></li></ul></li>'
        '<li><a href="#cite">引用</a></li></ul></nav>'
    ) in bare


@pytest.mark.parametrize("bare", [replace(FRAME, wide=True, crumbs=()), replace(FRAME, headings=(), crumbs=())])
def test_a_page_without_crumbs_or_contents_has_no_empty_lists(shell: Shell, bare: Frame) -> None:
    assert [nav["aria-label"] for nav in Elements(shell.wrap(bare).decode()).named("nav")] == ["页首", "栏目"]


def test_a_wide_page_gives_its_contents_column_away(shell: Shell) -> None:
    def column(frame: Frame) -> dict[str, str | None]:
        return next(
            div for div in Elements(shell.wrap(frame).decode()).named("div") if div.get("data-md-type") == "toc"
        )

    assert "hidden" not in column(FRAME)
    assert "hidden" in column(replace(FRAME, wide=True))


def test_the_skip_link_leads_to_the_main_text(shell: Shell) -> None:
    elements = Elements(shell.wrap(FRAME).decode())

    assert elements.named("a")[0] == {"href": "#main", "class": "md-skip"}
    assert [article["id"] for article in elements.named("article")] == ["main"]


def test_nothing_is_asked_of_an_outside_host(settings: Settings) -> None:
    shell = load_shell(replace(settings, site_url="https://example.gov.cn/"), NAV)
    elements = Elements(shell.wrap(replace(FRAME, body="")).decode())
    addresses = [
        (attributes.get("href") or attributes.get("src") or "", attributes.get("rel"))
        for _, attributes in elements.found
    ]

    assert [(address, rel) for address, rel in addresses if "//" in address] == [
        ("https://example.gov.cn/records/2024/unit/project.html", "canonical")
    ]


def test_no_element_carries_a_style_or_a_handler_that_the_policy_forbids(shell: Shell) -> None:
    attributes = {name for _, attributes in Elements(shell.wrap(FRAME).decode()).found for name in attributes}

    assert not {name for name in attributes if name == "style" or name.startswith("on")}


@pytest.mark.parametrize("url", ["index.html", "units/a.html", "a/b/c/d.html"])
def test_the_policy_names_each_inline_script_by_its_hash_and_no_other(shell: Shell, url: str) -> None:
    html = shell.wrap(replace(FRAME, url=url)).decode()
    hashes = [
        f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"
        for code in Elements(html).scripts
    ]
    directives = dict(part.split(" ", 1) for part in policy(html).split("; "))

    assert hashes
    assert directives["script-src"].split() == ["'self'", *hashes]
    assert directives["default-src"] == directives["object-src"] == directives["base-uri"] == "'none'"
    assert "unsafe" not in policy(html)


def test_the_policy_stands_before_whatever_it_governs(shell: Shell) -> None:
    tags = [tag for tag, _ in Elements(shell.wrap(FRAME).decode()).found]

    assert tags[:5] == ["html", "head", "meta", "meta", "meta"]
    assert shell.wrap(FRAME).decode().index("Content-Security-Policy") < shell.wrap(FRAME).decode().index("<link")


def test_a_script_in_the_body_gets_no_hash(shell: Shell) -> None:
    assert policy(shell.wrap(replace(FRAME, body="<script>alert(1)</script>")).decode()) == policy(
        shell.wrap(FRAME).decode()
    )


def test_a_live_preview_has_no_policy(settings: Settings) -> None:
    assert "Content-Security-Policy" not in load_shell(settings, NAV, live=True).wrap(FRAME).decode()


def test_publisher_and_copyright_stand_at_the_foot(settings: Settings) -> None:
    html = load_shell(replace(settings, publisher="区财政局 <财>", copyright="&copy; 2024"), NAV).wrap(FRAME).decode()

    assert "发布：区财政局 &lt;财&gt;" in html
    assert "&copy; 2024" in html


def test_a_template_of_the_project_replaces_ours(settings: Settings, tmp_path: Path) -> None:
    footer = tmp_path / "templates/theme/partials/footer.html"
    footer.parent.mkdir(parents=True)
    footer.write_text("<footer>本区自用</footer>", encoding="utf-8")

    shell = load_shell(load_settings(settings.project_dir / "mkdocs.yml"), NAV)

    assert "<footer>本区自用</footer>" in shell.wrap(FRAME).decode()


@pytest.mark.parametrize(
    "palette", ["{scheme: default, primary: indigo}", "[{scheme: default}, {scheme: slate}]", "false"]
)
def test_any_palette_of_material_will_do(settings: Settings, palette: str) -> None:
    config = settings.project_dir / "mkdocs.yml"
    config.write_text(
        f"site_name: 甲\ndocs_dir: content/pages\nplugins: [jixiao]\n"
        f"theme: {{name: material, language: zh, font: false, palette: {palette}}}\n",
        encoding="utf-8",
    )

    assert "<h1>培训项目</h1>" in load_shell(load_settings(config), NAV).wrap(FRAME).decode()


def test_a_shell_sent_to_a_worker_gives_the_same_page(shell: Shell, settings: Settings) -> None:
    pages: list[Callable[[Frame], bytes]] = [
        pickle.loads(pickle.dumps(shell)).wrap,  # noqa: S301 - our own bytes
        msgspec.msgpack.decode(msgspec.msgpack.encode(shell), type=Shell).wrap,
        load_shell(settings, NAV).wrap,
    ]

    assert {page(FRAME) for page in pages} == {shell.wrap(FRAME)}


def test_the_digest_of_a_shell_tells_whether_pages_look_different(shell: Shell, settings: Settings) -> None:
    assert load_shell(settings, NAV).digest == shell.digest
    assert load_shell(settings, NAV[:2]).digest != shell.digest
    assert load_shell(replace(settings, publisher="区财政局"), NAV).digest != shell.digest


def test_what_stands_around_a_page_is_loaded_without_mkdocs_and_markdown() -> None:
    code = "import sys, generator.render.renderer as _; print({name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert not {"'mkdocs'", "'material'", "'markdown_it'"} & set(loaded.strip("{}\n").split(", "))


@pytest.mark.parametrize(
    ("template", "message"),
    [("{% if %}", r"main\.html 第 1 行写法有误"), ("{{ gap.nothing.at_all }}", r"main\.html 第 1 行用了没有的名称")],
)
def test_a_slip_in_a_theme_of_ones_own_is_told_with_its_place(
    settings: Settings, tmp_path: Path, template: str, message: str
) -> None:
    (tmp_path / "main.html").write_text(template, encoding="utf-8")
    material = replace(settings.material, theme_dirs=(tmp_path, *settings.material.theme_dirs))

    with pytest.raises(JixiaoError, match=message):
        load_shell(replace(settings, material=material), NAV)


def test_a_language_that_material_does_not_have_is_told(settings: Settings) -> None:
    material = replace(settings.material, options={**settings.material.options, "language": "xx"})

    with pytest.raises(JixiaoError, match=r"languages/xx\.html"):
        load_shell(replace(settings, material=material), NAV)
