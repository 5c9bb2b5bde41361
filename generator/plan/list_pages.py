"""Lists over the whole site: all records, all indicators, all deviations; and the pages that are not about records."""

from collections.abc import Callable, Sequence

from generator.plan import urls
from generator.plan.choices import Choice, Option
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
from generator.plan.long_list import Extent, LongList
from generator.plan.page import Page, PageHeading
from generator.plan.planned import Planned
from generator.plan.rows import LONGEST, IndicatorRow, Link
from generator.plan.site_view import SiteView
from generator.plan.tally import Tally


def records_page(view: SiteView) -> Planned:
    """Plan the list of all records; where it would be too long it leads to the years."""

    def plan() -> Page:
        count = view.whole.tally.records
        too_long = count > LONGEST
        years = ((year, view.section(year=year).tally.records) for year in view.years)
        context = RecordsContext(
            () if too_long else tuple(one.row for one in view.whole.records()),
            tuple(Entry(f"{year}年度", urls.year_url(year), found) for year, found in years) if too_long else (),
            count,
        )
        return Page(
            urls.RECORDS, "pages/records.html", context, "全部记录", f"本站公开的全部 {count} 份绩效表。", "records",
            (Link("全部记录", ""),), wide=True,
        )  # fmt: skip

    return Planned(urls.RECORDS, "pages/records.html", view.whole.digest, plan)


def _indicators(extent: Extent, rows: tuple[IndicatorRow, ...], parts: tuple[Entry, ...]) -> IndicatorsContext:
    return IndicatorsContext(extent.heading, rows, parts, extent.tally.indicators)


INDICATORS = LongList(
    urls.INDICATORS, "全部指标", "每项绩效指标一行，点开即到原表中的那一行。", "indicators", "indicators", lambda one: one.filled, _indicators,
)  # fmt: skip
"""The list of all indicators."""


def _deviations(extent: Extent, rows: tuple[IndicatorRow, ...], parts: tuple[Entry, ...]) -> DeviationsContext:
    total = extent.tally.deviations
    explained = total - extent.tally.unexplained
    choices = (reason_choice(explained, total),)
    return DeviationsContext(extent.heading, rows, parts, total, explained, choices, extent.files)


def reason_choice(explained: int, total: int) -> Choice:
    """Return the choice of rows with and without a printed reason."""
    options = (("", "全部", total), ("given", "有原因", explained), ("missing", "无原因", total - explained))
    return Choice("reason", "填报的原因", tuple(Option(*one) for one in options))


DEVIATIONS = LongList(
    urls.DEVIATIONS, "全部偏差", "被扣分或未达目标的每一行指标，连同填报的原因；没有填报原因的也列出。", "deviations",
    "deviations",
    lambda one: one.deviations, _deviations,
)  # fmt: skip
"""The list of all deviations."""


def counts_of(view: SiteView, of: Callable[[Tally], int]) -> dict[str, int]:
    """Return how much of something each unit has."""
    return {slug: sum(of(part.tally) for part in unit.parts) for slug, unit in view.units.items()}


def data_page(downloads: tuple[Download, ...], records: int, example: str, site_url: str) -> Page:
    """Plan the page about the open data; `example` is the address of one record's JSON, empty where there is none."""
    context = DataContext(downloads, records, example, site_url)
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
