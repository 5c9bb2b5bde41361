"""What the check found, on the pages and in the data: the same everywhere, and nothing that is kept inside."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.build.pipeline import build_site
from generator.check.policy import Policy, PublicFindings
from generator.check.registry import all_rules
from generator.plan.site_check import SiteCheck
from tests.checked import INTERNAL, PUBLIC, site_check
from tests.export.exported import load
from tests.site_tools import PROJECT, copied, document, files_of, lines_of, order_for, squeezed

MARK = re.compile(r'<a class="row-finding" href="(?P<target>[^"]+)" data-numbers="(?P<numbers>[^"]+)"[^>]*></a>')


def own_check(policy: Policy) -> SiteCheck:
    return site_check(load(PROJECT / "content"), policy)


@pytest.fixture(scope="module")
def public() -> SiteCheck:
    return own_check(PUBLIC)


@pytest.fixture(scope="module")
def inside() -> SiteCheck:
    return own_check(INTERNAL)


def build_as(folder: Path, public_findings: str, *, internal: bool = False) -> Path:
    order = order_for(copied(PROJECT, folder / "project"), folder / "site")
    settings = replace(order.settings, public_findings=public_findings, internal=internal)
    assert build_site(replace(order, settings=settings)).published
    return folder / "site"


@pytest.fixture(scope="module")
def internal_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_as(tmp_path_factory.mktemp("internal"), "warnings", internal=True)


def test_every_finding_that_may_be_seen_stands_on_the_page_of_its_record(own_site: Path, public: SiteCheck) -> None:
    assert sum(len(seen.findings) for seen in public.seen.values()) > 0
    for identifier, seen in public.seen.items():
        page = document(own_site / f"records/{identifier}.html")
        text = squeezed(page.between("check", "related"))
        for number, finding in enumerate(seen.findings, 1):
            assert f"finding-{number}" in page.ids
            assert squeezed(finding.message) in text
            assert squeezed(finding.found) in text
            assert squeezed(finding.expected) in text
        assert f"finding-{len(seen.findings) + 1}" not in page.ids


def text_of(data: bytes) -> str:
    """Return the text of a file; of a document, that of all its parts."""
    if not data.startswith(b"PK"):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return "".join(package.read(name).decode(errors="replace") for name in package.namelist())


def test_no_file_of_a_public_site_tells_what_is_kept_inside(
    own_site: Path, public: SiteCheck, inside: SiteCheck
) -> None:
    kept = [
        finding
        for identifier, seen in inside.seen.items()
        for finding in seen.findings
        if finding not in public.seen[identifier].findings
    ]
    # What a database holds of texts stands in it as it is.
    texts = {
        name: squeezed(data.decode("utf-8", "ignore") if name.endswith(".sqlite") else text_of(data))
        for name, data in files_of(own_site).items()
        if not name.startswith("assets")
    }

    assert kept
    for finding in kept:
        assert [name for name, text in texts.items() if squeezed(finding.message) in text] == []


def test_a_stricter_publisher_shows_contradictions_alone(tmp_path: Path) -> None:
    site = build_as(tmp_path, "contradictions")
    check = own_check(Policy(PublicFindings.CONTRADICTIONS))
    expected = {(identifier, one.code) for identifier, seen in check.seen.items() for one in seen.findings}
    found = json.loads((site / "api/v1/findings.json").read_text(encoding="utf-8"))["findings"]

    assert {(finding["id"], finding["code"]) for finding in found} == expected
    assert not any("得分怎样来的" in page.read_text(encoding="utf-8") for page in site.glob("records/*/*/*.html"))


def test_marks_stand_beside_the_rows_and_add_nothing_to_the_words_of_the_form(own_site: Path) -> None:
    found = 0
    for path in own_site.glob("records/*/*/*.html"):
        page = document(path)
        form = page.html[page.html.index('<div class="official-form') :]
        for mark in MARK.finditer(page.html):
            found += 1
            assert mark["target"].removeprefix("#") in page.ids
            assert mark["target"] == f"#finding-{mark['numbers'].split('、')[0]}"
            assert mark[0] in form
        assert page.html.count("row-finding") == len(MARK.findall(page.html))
    assert found


def test_every_rule_has_a_page_that_says_what_it_rests_on(own_site: Path) -> None:
    for code, rule in all_rules().items():
        text = document(own_site / f"rules/{code}.html").text
        assert rule.title in text
        assert all(basis.text in text for basis in rule.basis)
        assert ("依据（未核实）" in text) == any(basis.confidence.value == "unverified" for basis in rule.basis)
        assert rule.since in lines_of(text)
        html = (own_site / f"rules/{code}.html").read_text(encoding="utf-8")
        assert html.count('<pre class="source"') == 2


def test_the_list_of_rules_names_every_rule_under_a_chinese_heading(own_site: Path) -> None:
    page = document(own_site / "rules.html")
    targets = {link.target for link in page.links}

    assert {f"rules/{code}.html" for code in all_rules()} <= targets
    for letters in {code[:3] for code in all_rules()}:
        heading = re.search(rf'<h2 id="family-{letters}">([^<]+)<', page.html)
        assert heading is not None
        assert not heading[1].isascii()


def test_counts_agree_from_page_to_page_and_with_the_data(own_site: Path, public: SiteCheck) -> None:
    total = sum(len(seen.findings) for seen in public.seen.values())
    touched = sum(1 for seen in public.seen.values() if seen.findings)
    data = json.loads((own_site / "api/v1/findings.json").read_text(encoding="utf-8"))

    assert f"{touched} 份表查出 {total} 处与规则不符" in document(own_site / "findings.html").text
    assert data["count"] == len(data["findings"]) == total
    for unit in own_site.glob("units/*.html"):
        own = [finding for finding in data["findings"] if finding["id"].split("/")[1] == unit.stem]
        rows = re.findall(r'href="[^"]*#finding-\d+"', unit.read_text(encoding="utf-8"))
        assert len(rows) == len(own)


def test_the_home_page_says_how_many_records_contradict_themselves(own_site: Path, public: SiteCheck) -> None:
    contradicting = sum(
        any(public.rules[one.code].nature.value in ("arithmetic", "contradiction") for one in seen.open_findings)
        for seen in public.seen.values()
    )

    assert f"{contradicting} 份表的数字或文字有矛盾" in document(own_site / "index.html").text


def test_the_menu_leads_to_the_check(own_site: Path) -> None:
    assert "findings.html" in {link.target for link in document(own_site / "index.html").links}


def test_the_inside_edition_says_so_on_every_page_and_asks_not_to_be_indexed(internal_site: Path) -> None:
    for path in internal_site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert "内部版，不得公开" in html, path
        assert '<meta name="robots" content="noindex,nofollow">' in html, path
    assert not (internal_site / "sitemap.xml").exists()


def test_a_public_page_says_nothing_of_an_inside_edition(own_site: Path) -> None:
    for path in own_site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert "内部版" not in html, path
        assert "noindex" not in html, path


def test_the_inside_edition_shows_every_finding(internal_site: Path, inside: SiteCheck) -> None:
    data = json.loads((internal_site / "api/v1/findings.json").read_text(encoding="utf-8"))

    assert data["public_findings"] == "internal"
    assert data["count"] == sum(len(seen.findings) for seen in inside.seen.values())
