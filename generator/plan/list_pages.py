"""Lists over the whole site: all records, all indicators, all deviations; and the pages that are not about records."""

from collections.abc import Iterable, Sequence

from generator.model.catalog import Catalog
from generator.plan import urls
from generator.plan.contexts import (
    DataContext,
    DeviationsContext,
    Download,
    Entry,
    IndicatorsContext,
    NotFoundContext,
    ProseContext,
    RecordsContext,
)  # fmt: skip
from generator.plan.group_pages import AllLines
from generator.plan.long_list import LongList
from generator.plan.page import Page, PageHeading
from generator.plan.rows import LONGEST, IndicatorRow, Link


def records_page(catalog: Catalog, lines: AllLines) -> Page:
    """Plan the list of all records; where it would be too long it leads to the years."""
    rows = tuple(line.row for line in lines.values())
    years = sorted(catalog.by_year.items(), reverse=True)
    parts = (
        tuple(Entry(f"{year}年度", urls.year_url(year), len(found)) for year, found in years)
        if len(rows) > LONGEST
        else ()
    )
    context = RecordsContext(() if parts else rows, parts, len(rows))
    return Page(
        urls.RECORDS, "pages/records.html", context, "全部记录", f"本站公开的全部 {len(rows)} 份绩效表。", "records",
        (Link("全部记录", ""),), wide=True,
    )  # fmt: skip


def indicator_pages(catalog: Catalog, lines: AllLines) -> Iterable[Page]:
    """Plan the list of all indicators, by unit and year where one page would be too long."""

    def make(heading: str, rows: tuple[IndicatorRow, ...], parts: tuple[Entry, ...]) -> IndicatorsContext:
        return IndicatorsContext(heading, () if parts else rows, parts, len(rows))

    rows = tuple(row for line in lines.values() for row in line.filled)
    lead = "每项绩效指标一行，点开即到原表中的那一行。"
    yield from LongList(urls.INDICATORS, "全部指标", lead, "indicators", make).pages(rows, catalog)


def deviation_pages(catalog: Catalog, lines: AllLines) -> Iterable[Page]:
    """Plan the list of all deviations, by unit and year where one page would be too long."""

    def make(heading: str, rows: tuple[IndicatorRow, ...], parts: tuple[Entry, ...]) -> DeviationsContext:
        explained = sum(1 for row in rows if row.reason.text)
        return DeviationsContext(heading, () if parts else rows, parts, len(rows), explained)

    rows = tuple(row for line in lines.values() for row in line.deviations)
    lead = "被扣分或未达目标的每一行指标，连同填报的原因；没有填报原因的也列出。"
    yield from LongList(urls.DEVIATIONS, "全部偏差", lead, "deviations", make).pages(rows, catalog)


def data_page(catalog: Catalog, downloads: tuple[Download, ...], site_url: str) -> Page:
    """Plan the page about the open data."""
    example = urls.record_json_url(catalog.records[0]) if catalog.records else ""
    context = DataContext(downloads, len(catalog.records), example, site_url)
    headings = (PageHeading("files", "文件"), PageHeading("fields", "字段"), PageHeading("use", "怎样使用"))
    return Page(
        urls.DATA, "pages/data.html", context, "开放数据", "全部记录的 JSON 和 CSV，附字段说明，可自由使用。", "data",
        (Link("开放数据", ""),), headings,
    )  # fmt: skip


def prose_page(url: str, title: str, description: str, markdown: str, headings: Sequence[PageHeading]) -> Page:
    """Plan a page written by hand."""
    section = url.removesuffix(".html")
    return Page(
        url,
        "pages/prose.html",
        ProseContext(markdown, url.rpartition("/")[0]),
        title,
        description,
        section,
        (Link(title, ""),),
        tuple(headings),
    )


def not_found_page() -> Page:
    """Plan the page for addresses that do not exist."""
    ways = (Link("首页", urls.HOME), Link("全部记录", urls.RECORDS), Link("单位", urls.UNITS), Link("年度", urls.YEARS))
    return Page(
        urls.NOT_FOUND,
        "pages/not_found.html",
        NotFoundContext(ways),
        "没有这个页面",
        "您要找的页面不存在，可能已移动或改名。",
        "",
    )
