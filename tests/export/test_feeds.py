"""Feeds are valid Atom, tell of the latest changes first, and never give a day that nobody knows."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.export.feeds import (
    MOST,
    SITE_FEED,
    FeedEntry,
    feed_entry,
    newest,
    site_feed,
    unit_feed,
    unit_feed_url,
)
from generator.plan.rows import make_lines
from tests.checked import PUBLIC, site_check
from tests.export.exported import Exported

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://example.invalid/绩效/"
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


def entry(day: str, number: int = 1, title: str = "甲") -> FeedEntry:
    return FeedEntry(day, f"records/2024/a/b{number}.html", f"2024/a/b{number}", title, "一句话。", "某单位", "2024")


def parsed(feed: bytes) -> ET.Element:
    """Return a feed as read, after asserting all that Atom asks of it (RFC 4287, 4.1.1 and 4.1.2)."""
    root = ET.fromstring(feed)  # noqa: S314  our own
    assert root.tag == f"{ATOM}feed"
    assert root.find(f"{ATOM}link[@rel='self']") is not None
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    identifiers = []
    for one in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            (found,) = one.findall(f"{ATOM}{name}")
            assert found.text
        assert MOMENT.fullmatch(one.findtext(f"{ATOM}updated", ""))
        assert len(one.findall(f"{ATOM}link[@rel='alternate']")) == 1
        identifiers.append(one.findtext(f"{ATOM}id"))
    assert len(set(identifiers)) == len(identifiers)
    return root


def titles(feed: bytes) -> list[str]:
    return [one.findtext(f"{ATOM}title", "") for one in parsed(feed).iter(f"{ATOM}entry")]


def test_an_entry_names_the_record_and_its_main_figures(real: Exported) -> None:
    catalog = real.catalog
    record = next(one for one in catalog.records if one.id == "2024/xinzhuang/dangqun")
    row = make_lines(record, catalog, site_check(catalog, PUBLIC)).row
    root = parsed(site_feed([feed_entry(row, "2025-03-31")], site_url=SITE, site_name="示例站", publisher=""))
    one = next(root.iter(f"{ATOM}entry"))
    address = "https://example.invalid/绩效/records/2024/xinzhuang/dangqun.html"

    assert one.findtext(f"{ATOM}title") == "社区党群服务中心工作（2024年度，财政项目支出绩效自评表）"
    assert "全年预算 470.26 万元，执行 468.77 万元；总分 97.97，等级 优" in one.findtext(f"{ATOM}summary", "")
    assert one.findtext(f"{ATOM}updated") == root.findtext(f"{ATOM}updated") == "2025-03-31T00:00:00Z"
    assert one.findtext(f"{ATOM}id") == address
    assert {link.get("href") for link in one.iter(f"{ATOM}link")} == {
        address, "https://example.invalid/绩效/api/v1/records/2024/xinzhuang/dangqun.json",
    }  # fmt: skip


def test_the_latest_come_first_and_those_of_a_day_by_address() -> None:
    entries = [entry("2024-12-31", 3, "丙"), entry("2025-01-02", 2, "乙"), entry("2025-01-02", 1, "甲")]

    assert titles(site_feed(entries, site_url=SITE, site_name="站", publisher="某局")) == ["甲", "乙", "丙"]
    assert [one.title for one in newest(reversed(entries))] == ["甲", "乙", "丙"]


def test_the_latest_of_the_site_are_the_latest_of_the_latest_of_each_unit() -> None:
    units = [[entry(f"2025-01-{day:02}", number * 100 + day) for day in range(1, 29)] for number in range(4)]
    whole = [one for unit in units for one in unit]

    assert len(newest(whole)) == MOST
    assert newest(one for unit in units for one in newest(unit)) == newest(whole)


def test_without_an_address_or_a_day_there_is_no_feed() -> None:
    assert site_feed([entry("2025-01-01")], site_url="", site_name="站", publisher="") == b""
    assert site_feed([], site_url=SITE, site_name="站", publisher="") == b""
    assert unit_feed([], slug="a", unit="某单位", site_url=SITE) == b""


def test_a_site_whose_records_have_no_day_may_have_an_empty_feed() -> None:
    root = parsed(site_feed([], site_url=SITE, site_name="站", publisher="", day="2025-01-01"))

    assert root.findtext(f"{ATOM}updated") == "2025-01-01T00:00:00Z"
    assert list(root.iter(f"{ATOM}entry")) == []


def test_feeds_say_where_they_stand_and_who_publishes() -> None:
    site = parsed(site_feed([entry("2025-01-01")], site_url=SITE, site_name="站", publisher="某局"))
    unit = parsed(unit_feed([entry("2025-01-01")], slug="a", unit="某单位", site_url=SITE))

    assert site.findtext(f"{ATOM}author/{ATOM}name") == "某局"
    assert unit.findtext(f"{ATOM}author/{ATOM}name") == "某单位"
    for root, place, page in ((site, SITE_FEED, ""), (unit, unit_feed_url("a"), "units/a.html")):
        links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
        assert links == {"self": SITE + place, "alternate": SITE + page}
        assert root.findtext(f"{ATOM}id") == SITE + place


@given(st.text(max_size=20))
def test_whatever_a_record_is_called_the_feed_can_be_read(title: str) -> None:
    one = entry("2025-01-01", title="甲" + title)
    feed = unit_feed([one], slug="a", unit=title + "乙", site_url=SITE)
    read = parsed(feed)

    assert "<script" not in feed.decode().replace("&lt;script", "")
    if title.isprintable():
        assert next(read.iter(f"{ATOM}entry")).findtext(f"{ATOM}title") == one.title


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1b", "\ufffe", "\ud800"])
def test_what_xml_cannot_hold_becomes_a_replacement_sign(bad: str) -> None:
    assert titles(
        site_feed([entry("2025-01-01", title=f"甲{bad}乙")], site_url=SITE, site_name="站", publisher="")
    ) == ["甲\ufffd乙"]


def test_the_same_records_give_the_same_bytes() -> None:
    entries = [entry(f"2025-01-{day:02}", day) for day in range(1, 20)]
    first, second = (
        site_feed(order, site_url=SITE, site_name="站", publisher="") for order in (entries, entries[::-1])
    )

    assert first == second
