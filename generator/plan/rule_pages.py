"""The list of all rules, and a page for each."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby, islice

from msgspec.structs import replace

from generator.check.outcome import OUTCOME_LABELS, Outcome
from generator.check.policy import Policy
from generator.check.rule import NATURE_LABELS, Basis, Rule
from generator.check.rule_labels import CONFIDENCE_LABELS, FAMILY_LABELS, forms_of
from generator.finding import SEVERITY_LABELS
from generator.patterns import lazy_pattern
from generator.plan import urls
from generator.plan.contexts import Entry, RuleContext, RuleFamily, RuleLine, RulesContext
from generator.plan.finding_pages import shown_sentence, unit_pages_of
from generator.plan.listed import ListedRecord
from generator.plan.long_list import Extent, LongList
from generator.plan.page import Page
from generator.plan.planned import Planned, key_of
from generator.plan.rows import FindingRow, Link
from generator.plan.site_check import SHORT, SiteCheck
from generator.plan.site_view import RuleFindings, SiteView
from generator.plan.tally import OUTCOMES

_Counts = Mapping[Outcome, int]
"""How often a rule ended how."""


def rule_pages(view: SiteView, site: SiteCheck) -> Iterable[Planned]:
    """Plan the list of rules and the page of each."""
    found = {one.code: one for one in view.rule_findings}
    counts = _counts(view, tuple(site.rules))
    none = RuleFindings("", "", "", 0)
    lines = {
        code: _line(rule, counts[code], found.get(code, none).count, site.policy) for code, rule in site.rules.items()
    }
    key = key_of([(line.due, line.findings, line.is_shown) for line in lines.values()], site.fingerprint, site.policy)
    yield Planned(urls.RULES, "pages/rules.html", key, lambda: _rules_page(lines.values(), site))
    holders = _holders(view)
    for code, rule in site.rules.items():
        yield from _pages_of(rule, lines[code], counts[code], found.get(code, none), view, holders.get(code, {}))


def _counts(view: SiteView, codes: Sequence[str]) -> dict[str, _Counts]:
    numbers = iter(view.outcomes or (0,) * (len(codes) * len(OUTCOMES)))
    return {code: dict(zip(OUTCOMES, islice(numbers, len(OUTCOMES)), strict=True)) for code in codes}


def _holders(view: SiteView) -> dict[str, dict[str, int]]:
    """Return how many findings of each rule each unit has."""
    found: dict[str, dict[str, int]] = {}
    for slug, unit in view.units.items():
        for one in unit.rule_findings:
            found.setdefault(one.code, {})[slug] = one.count
    return found


def _line(rule: Rule, counts: _Counts, findings: int, policy: Policy) -> RuleLine:
    return RuleLine(
        code=rule.code,
        title=rule.title,
        url=urls.rule_url(rule.code),
        severity=rule.severity.value,
        label=SEVERITY_LABELS[rule.severity],
        nature=NATURE_LABELS[rule.nature],
        is_unverified=rule.is_unverified,
        is_shown=policy.shows(rule.nature, rule.severity),
        due=sum(counts.values()),
        findings=findings,
    )


def _rules_page(rules: Iterable[RuleLine], site: SiteCheck) -> Page:
    families = tuple(
        RuleFamily(letters, FAMILY_LABELS.get(letters, letters), tuple(own))
        for letters, own in groupby(rules, key=lambda line: line.code[:3])
    )
    context = RulesContext(
        families=families,
        total=len(site.rules),
        unverified=sum(1 for rule in site.rules.values() if rule.is_unverified),
        fingerprint=site.fingerprint[:SHORT],
        shown=shown_sentence(site.policy),
    )
    lead = "检查用的全部规则：查什么、为什么、怎样算、依据是什么。"
    crumbs = (Link("检查结果", urls.FINDINGS), Link("检查规则", ""))
    return Page(urls.RULES, "pages/rules.html", context, "检查规则", lead, "findings", crumbs, wide=True)


def _pages_of(
    rule: Rule, line: RuleLine, outcomes: _Counts, found: RuleFindings, view: SiteView, holders: dict[str, int]
) -> Iterable[Planned]:
    def make(extent: Extent, rows: tuple[FindingRow, ...], parts: tuple[Entry, ...]) -> RuleContext:
        total = sum(one.count for one in extent.by_rule if one.code == rule.code)
        return RuleContext(
            line=line,
            name=rule.name,
            heading=extent.heading,
            why=_flowing(rule.why),
            formula=rule.formula,
            otherwise=rule.otherwise,
            forms=forms_of(rule),
            since=rule.since,
            basis=tuple(map(_basis, rule.basis)),
            keeps_back=rule.keeps_back,
            bad=rule.bad,
            good=rule.good,
            outcomes=tuple((label, outcomes[one]) for one, label in OUTCOME_LABELS.items() if outcomes[one]),
            rows=rows,
            parts=parts,
            total=total,
        )

    def rows_of(one: ListedRecord) -> tuple[FindingRow, ...]:
        return tuple(row for row in one.findings if row.code == rule.code)

    above = (Link("检查结果", urls.FINDINGS), Link("检查规则", urls.RULES))
    title, lead = f"{rule.code} {rule.title}", f"检查规则 {rule.code}：{rule.title}。"
    pages = LongList(line.url, title, lead, "findings", "findings", rows_of, make, "pages/rule.html", above)
    counts = {slug: holders[slug] for slug in view.units if slug in holders}
    facts = (line.due, line.is_shown, tuple(outcomes.items()), found.digest)
    yield replace(pages.whole(view.whole, counts), key=key_of(list(counts), facts))
    yield from unit_pages_of(pages, view, counts, facts)


def _basis(basis: Basis) -> tuple[str, str]:
    return basis.text, CONFIDENCE_LABELS[basis.confidence]


# A line break between two Chinese characters would come out as a blank.
_BREAK = lazy_pattern(r"(?<=[^\x00-\x7f])\n(?=[^\x00-\x7f])")


def _flowing(text: str) -> str:
    return _BREAK.sub("", text)
