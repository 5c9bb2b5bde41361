"""The list of all rules, and a page for each."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby

from generator.check.outcome import OUTCOME_LABELS, Outcome
from generator.check.policy import Policy
from generator.check.rule import NATURE_LABELS, Basis, Rule
from generator.check.rule_labels import CONFIDENCE_LABELS, FAMILY_LABELS, forms_of
from generator.finding import SEVERITY_LABELS
from generator.model.catalog import Catalog
from generator.plan import urls
from generator.plan.contexts import Entry, RuleContext, RuleFamily, RuleLine, RulesContext
from generator.plan.finding_pages import shown_sentence
from generator.plan.group_pages import AllLines
from generator.plan.long_list import LongList
from generator.plan.page import Page
from generator.plan.rows import FindingRow, Link
from generator.plan.site_check import SHORT, SiteCheck

_Counts = Mapping[str, Counter[Outcome]]
"""How often each rule ended how."""


def rule_pages(catalog: Catalog, lines: AllLines, site: SiteCheck) -> Iterable[Page]:
    """Plan the list of rules and the page of each."""
    found: dict[str, list[FindingRow]] = {}
    counts: dict[str, Counter[Outcome]] = {code: Counter() for code in site.rules}
    for line in lines.values():
        for row in line.findings:
            found.setdefault(row.code, []).append(row)
        for ledger in line.check.ledger:
            counts[ledger.code][ledger.outcome] += 1
    rule_lines = {code: _line(rule, counts, len(found.get(code, ())), site.policy) for code, rule in site.rules.items()}
    yield _rules_page(rule_lines.values(), site)
    for code, rule in site.rules.items():
        yield from _pages_of(rule, rule_lines[code], counts[code], tuple(found.get(code, ())), catalog)


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
        due=counts[rule.code].total(),
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
    rule: Rule, line: RuleLine, outcomes: Counter[Outcome], rows: tuple[FindingRow, ...], catalog: Catalog
) -> Iterable[Page]:
    def make(heading: str, found: tuple[FindingRow, ...], parts: tuple[Entry, ...]) -> RuleContext:
        return RuleContext(
            line=line,
            name=rule.name,
            heading=heading,
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
            rows=() if parts else found,
            parts=parts,
            total=len(found),
        )

    above = (Link("检查结果", urls.FINDINGS), Link("检查规则", urls.RULES))
    title, lead = f"{rule.code} {rule.title}", f"检查规则 {rule.code}：{rule.title}。"
    yield from LongList(line.url, title, lead, "findings", make, "pages/rule.html", above).pages(rows, catalog)


def _basis(basis: Basis) -> tuple[str, str]:
    return basis.text, CONFIDENCE_LABELS[basis.confidence]


# A line break between two Chinese characters would come out as a blank.
_BREAK = re.compile(r"(?<=[^\x00-\x7f])\n(?=[^\x00-\x7f])")


def _flowing(text: str) -> str:
    return _BREAK.sub("", text)
