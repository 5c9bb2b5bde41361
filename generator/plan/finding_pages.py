"""What the rules found over the whole site."""

from collections.abc import Iterable

from generator.check.policy import Policy, PublicFindings
from generator.plan import urls
from generator.plan.contexts import Entry, FindingsContext, Group
from generator.plan.list_pages import counts_of
from generator.plan.long_list import Extent, LongList, is_split
from generator.plan.planned import Planned, key_of
from generator.plan.rows import FindingRow
from generator.plan.site_check import SiteCheck
from generator.plan.site_view import RuleFindings, Section, SiteView

_SHOWN = {
    PublicFindings.CONTRADICTIONS: "本站公开数字之间的矛盾和前后矛盾；方法、疑问和写法方面的检查结果只供内部使用。",
    PublicFindings.WARNINGS: "本站公开错误、警告和数字之间的矛盾；提示只供内部使用。",
    PublicFindings.ALL: "本站公开全部检查结果，涉及个人信息的除外。",
}


def shown_sentence(policy: Policy) -> str:
    """Say which findings the site shows."""
    return "内部版：列出全部检查结果，不得公开。" if policy.internal else _SHOWN[policy.public]


def finding_pages(view: SiteView, site: SiteCheck) -> Iterable[Planned]:
    """Plan the list of all findings, by unit and year where one page would be too long."""
    shown = shown_sentence(site.policy)

    def make(extent: Extent, rows: tuple[FindingRow, ...], parts: tuple[Entry, ...]) -> FindingsContext:
        tally = extent.tally
        by_rule = Group("规则", urls.RULES, _by_rule(extent.by_rule))
        groups = (by_rule, *(_by_place(extent.section) if extent.section else ()))
        return FindingsContext(
            heading=extent.heading,
            rows=rows,
            parts=parts,
            total=tally.findings,
            waived=tally.listed_findings - tally.findings,
            records=tally.with_findings,
            checked=tally.records if extent.section else 0,
            undecided=tally.undecided,
            counts=tuple(group for group in groups if group.entries),
            shown=shown,
        )

    lead = "规则对每份表逐条核对的结果：哪一处、哪条规则、原表印的是什么、按规则应是什么。"
    findings = LongList(urls.FINDINGS, "检查结果", lead, "findings", "findings", lambda one: one.findings, make)
    counts = counts_of(view, lambda tally: tally.listed_findings)
    yield findings.whole(view.whole, counts, shown)
    yield from unit_pages_of(findings, view, counts, shown)


def unit_pages_of(
    long_list: LongList[FindingRow], view: SiteView, counts: dict[str, int], *facts: object
) -> Iterable[Planned]:
    """Plan a list's pages for each unit, where it is too long for one page; `counts` has the rows of each unit."""
    if is_split(counts):
        for slug in (slug for slug, count in counts.items() if count):
            digest = key_of([part.digest for part in view.units[slug].parts])
            name = view.registry.units[slug].name
            yield from long_list.of_unit(slug, name, view.fetch(slug, long_list.kind), digest, *facts)


def _by_rule(counts: Iterable[RuleFindings]) -> tuple[Entry, ...]:
    return tuple(
        Entry(f"{one.code} {one.title}", f"{one.url}#findings" if one.url else f"{urls.FINDINGS}#list", one.count)
        for one in counts
    )


def _by_place(section: Section) -> tuple[Group, Group]:
    view = section.view
    units = (
        Entry(view.registry.units[slug].name, f"{urls.unit_url(slug)}#findings", count)
        for slug, count in sorted(counts_of(view, lambda tally: tally.listed_findings).items(), key=_by_address)
        if count
    )
    years = (
        Entry(f"{year}年度", f"{urls.year_url(year)}#findings", count)
        for year in view.years
        if (count := view.section(year=year).tally.listed_findings)
    )
    return Group("单位", urls.UNITS, tuple(units)), Group("年度", urls.YEARS, tuple(years))


def _by_address(count: tuple[str, int]) -> str:
    return urls.unit_url(count[0])
