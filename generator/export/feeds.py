"""Atom feeds of new and changed records, for the whole site and for each unit.

A record is dated by the last commit of its file. Where git cannot tell the day, the record is left out: a feed that
gives a wrong day tells its readers of changes that never happened. Git tells the day alone, so a change counts from
the start of its day.
"""

from collections.abc import Iterable
from heapq import nsmallest
from urllib.parse import quote

from msgspec import Struct

from generator.patterns import lazy_pattern
from generator.plan.contexts import Download
from generator.plan.record_page import describe_record
from generator.plan.rows import CorrectionRow, RecordRow
from generator.plan.urls import API, CORRECTIONS, CORRECTIONS_FEED, HOME, unit_url
from generator.text import as_html, as_xml

SITE_FEED = "atom.xml"
"""Where the feed of the site stands."""

MEDIA_TYPE = "application/atom+xml"
MOST = 50
"""Records a feed tells of."""

# XML has no way to write these, not even escaped.
_FORBIDDEN = lazy_pattern("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACEMENT = "\ufffd"


class FeedEntry(Struct, frozen=True, array_like=True, gc=False):
    """What feeds tell of a record."""

    updated: str
    """Day of the last commit, ISO."""
    url: str
    """Page of the record, relative to the site."""
    id: str
    title: str
    summary: str
    unit: str
    year: str


class Feed(Struct, frozen=True):
    """What a feed says of itself."""

    title: str
    author: str
    """Who answers for it."""
    url: str
    """Where it stands, relative to the site."""
    page: str
    """The page that shows the same, relative to the site."""
    site_url: str
    """Absolute address of the site, ending in /."""


def unit_feed_url(slug: str) -> str:
    """Return where the feed of a unit stands."""
    return f"units/{slug}.xml"


def feed_entry(row: RecordRow, updated: str) -> FeedEntry:
    """Return what feeds tell of a record that was last changed on this day."""
    title = f"{row.name}（{row.year.title}年度，{row.form.title}）"
    return FeedEntry(updated, row.url, row.id, title, describe_record(row), row.unit.title, row.year.title)


def newest(entries: Iterable[FeedEntry]) -> tuple[FeedEntry, ...]:
    """Return the latest records, those of one day in the order of their addresses."""
    return tuple(nsmallest(MOST, entries, key=lambda entry: (*_backwards(entry.updated), entry.url)))


def site_feed_title(site_name: str) -> str:
    """Return what the feed of the site is called."""
    return f"{site_name}：新增和更新的绩效表"


def site_feed(entries: Iterable[FeedEntry], *, site_url: str, site_name: str, publisher: str, day: str = "") -> bytes:
    """Return the feed of the site, or nothing where the site has no address or nobody knows of any day.

    `entries` may be those of all records, or the `newest` of each unit. `day` is the day of the feed where no record
    has one, so that pages which lead to the feed do not lead nowhere.
    """
    feed = Feed(site_feed_title(site_name), publisher or site_name, SITE_FEED, HOME, site_url)
    return _feed(feed, newest(entries), day)


def corrections_feed(
    rows: Iterable[CorrectionRow], *, site_url: str, site_name: str, publisher: str, day: str = ""
) -> bytes:
    """Return the feed of what was corrected, or nothing where the site has no address or nobody knows of any day.

    `day` is the day of the feed as long as nothing was corrected.
    """
    feed = Feed(f"{site_name}：更正", publisher or site_name, CORRECTIONS_FEED, CORRECTIONS, site_url)
    return _feed(feed, newest(map(_correction_entry, rows)), day)


def _correction_entry(row: CorrectionRow) -> FeedEntry:
    record = row.record
    old = "没有这一行" if row.is_added else row.old or "空白"
    new = "删去这一行" if row.is_removed else row.new or "空白"
    summary = f"{row.item}：{old} 更正为 {new}；原因：{row.reason}；{row.decided_by}决定。"
    title = f"更正：{record.name}（{record.year.title}年度，{record.form.title}）"
    return FeedEntry(row.date, row.url, record.id, title, summary, record.unit.title, record.year.title)


def corrections_feed_download() -> Download:
    """Return the feed of what was corrected as readers are told of it among the files of the open data."""
    return Download("订阅更正（Atom）", CORRECTIONS_FEED, f"公开之后改过的数字，最近 {MOST} 处。")


def unit_feed_title(unit: str) -> str:
    """Return what the feed of a unit is called."""
    return f"{unit}：新增和更新的绩效表"


def unit_feed(entries: Iterable[FeedEntry], *, slug: str, unit: str, site_url: str) -> bytes:
    """Return the feed of a unit, or nothing where the site has no address or none of its records has a day."""
    feed = Feed(unit_feed_title(unit), unit, unit_feed_url(slug), unit_url(slug), site_url)
    return _feed(feed, newest(entries))


def _feed(feed: Feed, entries: tuple[FeedEntry, ...], day: str = "") -> bytes:
    latest = entries[0].updated if entries else day
    if not feed.site_url or not latest:
        return b""
    address = feed.site_url + quote(feed.url)
    page = feed.site_url + quote("" if feed.page == HOME else feed.page)
    lines = (
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        f"<id>{_text(address)}</id>",
        f"<title>{_text(feed.title)}</title>",
        f"<updated>{_moment(latest)}</updated>",
        f"<author><name>{_text(feed.author)}</name></author>",
        f'<link rel="self" type="{MEDIA_TYPE}" href={_attribute(address)}/>',
        f'<link rel="alternate" type="text/html" href={_attribute(page)}/>',
        *(_entry(entry, feed.site_url) for entry in entries),
        "</feed>\n",
    )
    return "\n".join(lines).encode()


def _entry(entry: FeedEntry, site_url: str) -> str:
    address = site_url + quote(entry.url, safe="/#")
    data = f"{site_url}{API}/records/{quote(entry.id)}.json"
    return "\n".join(
        (
            "<entry>",
            f"<id>{_text(address)}</id>",
            f"<title>{_text(entry.title)}</title>",
            f"<updated>{_moment(entry.updated)}</updated>",
            f"<author><name>{_text(entry.unit)}</name></author>",
            f"<category term={_attribute(entry.year)}/>",
            f'<link rel="alternate" type="text/html" href={_attribute(address)}/>',
            f'<link rel="enclosure" type="application/json" href={_attribute(data)}/>',
            f"<summary>{_text(entry.summary)}</summary>",
            "</entry>",
        )
    )


def site_feed_download() -> Download:
    """Return the feed of the site as readers are told of it among the files of the open data."""
    return Download("订阅更新（Atom）", SITE_FEED, f"新增和更新的绩效表，最近 {MOST} 份；各单位的订阅在单位页上。")


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _text(text: str) -> str:
    # That of `xml.sax` would load what every build then waits for.
    return as_xml(_FORBIDDEN.sub(_REPLACEMENT, text))


def _attribute(text: str) -> str:
    return f'"{as_html(_FORBIDDEN.sub(_REPLACEMENT, text))}"'


def _backwards(day: str) -> tuple[int, ...]:
    """Return a key by which later days come first."""
    return tuple(-int(part) for part in day.split("-"))
