"""Pages that scripts fill: the search, the explorer and the comparison. Without scripts they lead on to the lists."""

from msgspec import Struct

from generator.plan import urls
from generator.plan.page import Page
from generator.plan.planned import Planned, key_of
from generator.plan.rows import Link
from generator.plan.script_data import explore_names
from generator.plan.site_view import SiteView


class BrowseContext(Struct, frozen=True):
    """pages/search.html and pages/compare.html: a page that a script fills."""

    ways: tuple[Link, ...]
    """Where to look without scripts."""


class ExploreContext(Struct, frozen=True):
    """pages/explore.html: all records in one table, which a script makes."""

    total: int
    parts: tuple[str, ...]
    """Names of the data that the script loads."""
    ways: tuple[Link, ...]
    """Where to look without scripts."""


_SEARCH_WAYS = (
    Link("全部记录", urls.RECORDS), Link("单位", urls.UNITS), Link("主管部门", urls.DEPARTMENTS),
    Link("项目", urls.PROJECTS), Link("全部指标", urls.INDICATORS),
)  # fmt: skip
_EXPLORE_WAYS = (
    Link("全部记录", urls.RECORDS), Link("年度", urls.YEARS), Link("单位", urls.UNITS),
    Link("主管部门", urls.DEPARTMENTS), Link("表样", urls.FORMS), Link("开放数据", urls.DATA),
)  # fmt: skip
_COMPARE_WAYS = (Link("项目", urls.PROJECTS), Link("单位", urls.UNITS))


def search_page() -> Planned:
    """Plan the search over all records and pages."""
    return _filled_by_script(urls.SEARCH, "搜索", "在全部绩效表和网页中查找名称、文字和数字。", _SEARCH_WAYS)


def explore_page(view: SiteView) -> Planned:
    """Plan the table of all records, which readers sift, sort and add up."""
    counts = {year: view.section(year=year).tally.records for year in view.years}
    parts = tuple(name for name, _ in explore_names(counts))
    title, description = "筛选与汇总", "按年度、单位、表样、执行率等筛选全部绩效表，排序、合计、作图并导出。"
    template, total = f"pages/{urls.EXPLORE}", sum(counts.values())

    def plan() -> Page:
        context = ExploreContext(total, parts, _EXPLORE_WAYS)
        return Page(urls.EXPLORE, template, context, title, description, "explore", (Link(title, ""),), wide=True)

    return Planned(urls.EXPLORE, template, key_of(total, parts, title, description, _EXPLORE_WAYS), plan)


def compare_page() -> Planned:
    """Plan the comparison of two to four records."""
    return _filled_by_script(urls.COMPARE, "对比", "把两份到四份绩效表并排列出，标出不同之处。", _COMPARE_WAYS)


def _filled_by_script(url: str, title: str, description: str, ways: tuple[Link, ...]) -> Planned:
    section = url.removesuffix(".html")
    template = f"pages/{url}"

    def plan() -> Page:
        return Page(
            url, template, BrowseContext(ways), title, description, section, (Link(title, ""),), wide=True,
        )  # fmt: skip

    return Planned(url, template, key_of(title, description, ways), plan)
