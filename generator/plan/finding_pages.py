"""What the rules found over the whole site."""

from collections import Counter
from collections.abc import Iterable

from generator.check.policy import Policy, PublicFindings
from generator.model.catalog import Catalog
from generator.plan import urls
from generator.plan.contexts import Entry, FindingsContext, Group
from generator.plan.group_pages import AllLines
from generator.plan.long_list import LongList
from generator.plan.page import Page
from generator.plan.rows import FindingRow, Link
from generator.plan.site_check import SiteCheck

_SHOWN = {
    PublicFindings.CONTRADICTIONS: "本站公开数字之间的矛盾和前后矛盾；方法、疑问和写法方面的检查结果只供内部使用。",
    PublicFindings.WARNINGS: "本站公开错误、警告和数字之间的矛盾；提示只供内部使用。",
    PublicFindings.ALL: "本站公开全部检查结果，涉及个人信息的除外。",
}


def shown_sentence(policy: Policy) -> str:
    """Say which findings the site shows."""
    return "内部版：列出全部检查结果，不得公开。" if policy.internal else _SHOWN[policy.public]


def finding_pages(catalog: Catalog, lines: AllLines, site: SiteCheck) -> Iterable[Page]:
    """Plan the list of all findings, by unit and year where one page would be too long."""
    rows = tuple(row for line in lines.values() for row in line.findings)
    undecided = sum(1 for line in lines.values() if line.check.undecided)

    def make(heading: str, found: tuple[FindingRow, ...], parts: tuple[Entry, ...]) -> FindingsContext:
        by_rule = Group("规则", urls.RULES, _by_rule(found))
        groups = (by_rule, *(() if heading else _by_place(found)))
        return FindingsContext(
            heading=heading,
            rows=() if parts else found,
            parts=parts,
            total=sum(1 for row in found if not row.is_waived),
            waived=sum(1 for row in found if row.is_waived),
            records=len({row.record.id for row in found}),
            checked=0 if heading else len(lines),
            undecided=undecided,
            counts=tuple(group for group in groups if group.entries),
            shown=shown_sentence(site.policy),
        )

    lead = "规则对每份表逐条核对的结果：哪一处、哪条规则、原表印的是什么、按规则应是什么。"
    yield from LongList(urls.FINDINGS, "检查结果", lead, "findings", make).pages(rows, catalog)


def _by_rule(rows: Iterable[FindingRow]) -> tuple[Entry, ...]:
    counts = Counter((row.code, row.rule_title, row.rule_url) for row in rows)
    return tuple(
        Entry(f"{code} {title}", f"{url}#findings" if url else f"{urls.FINDINGS}#list", count)
        for (code, title, url), count in sorted(counts.items())
    )


def _by_place(rows: Iterable[FindingRow]) -> tuple[Group, Group]:
    units: Counter[Link] = Counter()
    years: Counter[Link] = Counter()
    for row in rows:
        units[row.record.unit] += 1
        years[row.record.year] += 1
    return (
        Group("单位", urls.UNITS, _entries(sorted(units.items(), key=lambda one: one[0].url))),
        Group(
            "年度",
            urls.YEARS,
            tuple(
                Entry(f"{link.title}年度", f"{link.url}#findings", count)
                for link, count in sorted(years.items(), key=lambda one: one[0].url, reverse=True)
            ),
        ),
    )


def _entries(counts: Iterable[tuple[Link, int]]) -> tuple[Entry, ...]:
    return tuple(Entry(link.title, f"{link.url}#findings", count) for link, count in counts)
