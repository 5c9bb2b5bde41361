"""What holds for every page of a built site."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import pytest

from tests.authored import authored, missing
from tests.site_tools import PROJECT, Document, document

RECORDS = PROJECT / "content/records"
FILES = sorted(path for path in RECORDS.rglob("*") if path.is_file())


def pages(site: Path) -> Iterator[tuple[str, Document]]:
    for path in sorted(site.rglob("*.html")):
        yield path.relative_to(site).as_posix(), document(path)


def resolved(page: str, target: str) -> str:
    """Return where a link leads, as a path below the site."""
    parts = list(PurePosixPath(page).parent.parts) if not target.startswith("/") else []
    for part in target.split("/"):
        if part == "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def broken(site: Path, page: str, target: str) -> str:
    """Say what is wrong with a link, or nothing."""
    link = urlsplit(target)
    if link.scheme in ("mailto", "tel", "data", "http", "https"):
        return ""
    path = resolved(page, unquote(link.path)) if link.path else page
    file = site / path
    if not file.is_file():
        return f"{page}: {target} leads to no file"
    # A fragment such as unit=xidu is for the page's script.
    if (
        link.fragment
        and "=" not in link.fragment
        and file.suffix == ".html"
        and unquote(link.fragment) not in document(file).ids
    ):
        return f"{page}: {target} leads to no anchor"
    return ""


def test_every_link_leads_to_a_file_and_an_anchor_that_exist(own_site: Path) -> None:
    faults = [
        fault
        for page, found in pages(own_site)
        for link in found.links
        if (fault := broken(own_site, page, link.target))
    ]

    assert faults == []


def test_no_page_asks_another_host_for_anything(own_site: Path) -> None:
    outside = [
        f"{page}: {link.tag} {link.target}"
        for page, found in pages(own_site)
        for link in found.links
        if link.tag != "a"
        and link.rel != "canonical"
        and (urlsplit(link.target).netloc or link.target.startswith("//"))
    ]

    assert outside == []


def test_no_style_sheet_asks_another_host_for_anything(own_site: Path) -> None:
    for path in own_site.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        targets = re.findall(r"url\(\s*['\"]?([^'\")]+)", text) + re.findall(r"@import\s+['\"]([^'\"]+)", text)

        assert [target for target in targets if urlsplit(target).netloc] == [], path.name


def test_every_page_is_chinese_and_has_one_title_of_its_own(own_site: Path) -> None:
    found = dict(pages(own_site))
    titles = Counter(page.title for page in found.values())

    assert {page.lang for page in found.values()} <= {"zh", "zh-CN", "zh-Hans", "zh-Hans-CN"}
    assert [title for title, count in titles.items() if count > 1 or not title.strip()] == []


def test_every_page_has_one_main_heading_and_no_id_twice(own_site: Path) -> None:
    for page, found in pages(own_site):
        assert len(re.findall(r"<h1[ >]", found.html)) == 1, page
        assert [name for name, count in Counter(found.ids).items() if count > 1] == [], page


def test_no_template_left_a_trace_of_itself(own_site: Path) -> None:
    for page, found in pages(own_site):
        text = found.text
        assert not re.search(r"\{\{|\{%|\bNone\b|Decimal\(|Cell\(|Undefined", text), page


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(RECORDS).as_posix())
def test_a_record_page_shows_all_that_its_author_wrote(own_site: Path, file: Path) -> None:
    address = file.relative_to(RECORDS).with_suffix(".html").as_posix()

    assert missing(authored(file), document(own_site / "records" / address)) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(RECORDS).as_posix())
def test_the_authored_file_is_published_byte_for_byte(own_site: Path, file: Path) -> None:
    assert (own_site / "records" / file.relative_to(RECORDS)).read_bytes() == file.read_bytes()
