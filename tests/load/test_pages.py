"""Hand-written pages: which files are pages, what they are called, and every way they can be wrong."""

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from generator.load.pages import OWN_FOLDERS, OWN_PAGES, PagesResult, load_pages
from generator.plan.menu import MENU
from generator.plan.urls import NOT_FOUND, RULES
from tests.site_tools import PROJECT, build, files_of, write_files


def load(project: Path, files: Iterable[tuple[str, str]] = ()) -> PagesResult:
    pages = write_files(project / "content" / "pages", files)
    return load_pages(pages, project, {})


def codes(result: PagesResult) -> list[str]:
    return [finding.code for finding in result.findings]


def title(project: Path, text: str) -> str:
    (page,) = load(project, [("a.md", text)]).pages
    return page.title


def link(place: Path, target: Path) -> None:
    try:
        place.symlink_to(target, target_is_directory=target.is_dir())
    except OSError:
        pytest.skip("this system allows no symbolic links")


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "content" / "pages"
    folder.mkdir(parents=True)
    return folder


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# 关于本站\n", "关于本站"),
        ("文字\n\n# 关于 #\n", "关于"),
        ("```\n# 注释\n```\n# 关于\n", "关于"),
        ("~~~~\n```\n# 注释\n~~~~\n\n# 关于\n", "关于"),
        ("关于\n===\n", "关于"),
        ("# **关于** [本站](a.md) `=1`\n", "关于 本站 =1"),
        ("#标签\n## 小节\n", "a"),
        ("---\ntitle: 题\n---\n# 关于\n", "题"),
    ],
)
def test_the_title_is_the_first_heading_a_reader_sees(tmp_path: Path, text: str, expected: str) -> None:
    assert title(tmp_path, text) == expected


def test_a_front_matter_that_does_not_end_is_reported(tmp_path: Path) -> None:
    result = load(tmp_path, [("a.md", "---\ntitle: 题\n\n正文\n")])

    assert codes(result) == ["SRC081"]
    assert result.pages == ()


def test_links_out_of_the_content_are_neither_followed_nor_published(tmp_path: Path, pages: Path) -> None:
    write_files(tmp_path / "outside", [("secret.md", "# 密"), ("secret.txt", "密")])
    link(pages / "a.md", tmp_path / "outside" / "secret.md")
    link(pages / "a.txt", tmp_path / "outside" / "secret.txt")
    link(pages / "sub", tmp_path / "outside")
    result = load(tmp_path)

    assert codes(result) == ["SRC009", "SRC009", "SRC009"]
    assert (result.pages, result.files) == ((), ())


def test_links_that_loop_or_lead_nowhere_are_reported(tmp_path: Path, pages: Path) -> None:
    link(pages / "up", pages)
    link(pages / "gone.md", pages / "nothing.md")

    assert codes(load(tmp_path)) == ["SRC010", "SRC010"]


def test_a_link_within_the_content_is_a_page(tmp_path: Path, pages: Path) -> None:
    write_files(tmp_path / "content" / "shared", [("a.md", "# 甲")])
    link(pages / "a.md", tmp_path / "content" / "shared" / "a.md")

    assert [page.title for page in load(tmp_path).pages] == ["甲"]


def test_names_that_are_no_utf_8_are_reported(tmp_path: Path, pages: Path) -> None:
    try:
        for name in (b"\xbc\xc6.png", b"\xbc.md"):
            (pages / os.fsdecode(name)).write_text("", encoding="utf-8")
        (pages / os.fsdecode(b"\xd5")).mkdir()
    except (OSError, UnicodeError):
        pytest.skip("this system allows no such names")
    result = load(tmp_path)

    assert codes(result) == ["SRC005", "SRC005", "SRC005"]
    assert str(result.findings).encode("utf-8")
    assert result.files == ()


def test_a_folder_the_system_refuses_is_reported(tmp_path: Path, pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (pages / "closed").mkdir()
    scan = os.scandir

    def refuse(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    result = load(tmp_path, [("a.md", "# 甲")])

    assert codes(result) == ["SRC002"]
    assert [page.url for page in result.pages] == ["a.html"]


@pytest.mark.parametrize("name", ["关于.md", "About.md", "con.md", "a.MD", "子/a.md", "aux/a.md"])
def test_a_page_has_a_name_fit_for_an_address(tmp_path: Path, name: str) -> None:
    result = load(tmp_path, [(name, "# 甲")])

    assert codes(result) == ["SRC005"]
    assert result.pages == ()


def test_a_picture_may_be_called_what_it_is_called(tmp_path: Path) -> None:
    result = load(tmp_path, [("图/莘庄 1.png", ""), ("Thumbs.db", "")])

    assert codes(result) == []
    assert [name for name, _ in result.files] == ["图/莘庄 1.png"]


ABOUT = ("about.md", "# 关于")
MAP = ("sub/map.png", "")
SISTER = ("sub/b.md", "# 乙")


@pytest.mark.parametrize(
    "text",
    [
        "[乙](b.md)",
        "[乙](b.md?x=1#y)",
        "[关于](../about.md)",
        "[关于](/about.md)",
        "[关于](../about.html)",
        "![图](map.png)",
        "![图](m%61p.png)",
        "[全部](../records.html)",
        "[首页](../)",
        "[记录](../records/2024/a/b.html)",
        "[别处](https://example.org/c.md)",
        "[本页](#c)",
        "`[丙](c.md)`",
        "```\n[丙](c.md)\n```",
        "[注]: 这是一句注释。 又一句",
    ],
)
def test_a_link_that_leads_somewhere_is_no_finding(tmp_path: Path, text: str) -> None:
    assert codes(load(tmp_path, [ABOUT, MAP, SISTER, ("sub/a.md", text)])) == []


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("见[乙](c.md)", 6, "sub/c.html"),
        ("[关于](about.md)", 6, "是不是 about.html？"),
        ("![图](../map.png)", 6, "map.png"),
        ("[![图](map.png)](d.md)", 17, "sub/d.html"),
        ("[出去](../../etc/passwd)", 6, "网站之外"),
        ("[记录](../record.html)", 6, "是不是 records.html？"),
        ("[丙]: c.md", 6, "sub/c.html"),
    ],
)
def test_a_dead_link_is_a_warning_at_its_place(tmp_path: Path, text: str, column: int, words: str) -> None:
    result = load(tmp_path, [ABOUT, MAP, SISTER, ("sub/a.md", f"---\ntitle: 甲\n---\n\n{text}\n")])
    (finding,) = result.findings

    assert (finding.code, finding.severity) == ("SRC013", "warning")
    assert (finding.origin.path, finding.origin.line, finding.origin.column) == ("content/pages/sub/a.md", 5, column)
    assert words in finding.message + finding.hint
    assert len(result.pages) == 3


def test_the_pages_and_folders_of_the_site_itself_are_known(tmp_path: Path) -> None:
    build(PROJECT, tmp_path / "site")
    names = files_of(tmp_path / "site")

    assert {entry.url for entry in MENU} | {RULES, NOT_FOUND, "sitemap.xml"} == OWN_PAGES
    assert {name.split("/")[0] for name in names if "/" in name} <= OWN_FOLDERS
