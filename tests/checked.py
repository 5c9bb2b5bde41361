"""Check a catalog in tests as a build does."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from generator.check.corrections import correction_findings
from generator.check.pack import national
from generator.check.policy import Policy, seen_checks
from generator.check.registry import all_rules
from generator.check.rule import Rule
from generator.check.runner import PackOf, RecordCheck, conclude, decide, decide_across, make_subject
from generator.check.scores.scoring import scorings_of
from generator.check.waivers import Codes
from generator.model.catalog import Catalog
from generator.model.publications import NOTHING_PUBLISHED, Publications
from generator.plan.site_check import SiteCheck

TODAY = date(2025, 3, 31)

PUBLIC = Policy()
INTERNAL = Policy(internal=True)


def check_catalog(
    catalog: Catalog,
    rules: Mapping[str, Rule],
    pack_of: PackOf,
    *,
    today: date,
    published: Publications = NOTHING_PUBLISHED,
) -> dict[str, RecordCheck]:
    """Ask some rules of all records; by record id, in the order of the catalog.

    Waivers count until their last day, seen from `today`; figures are held against those `published` before.
    """
    codes = Codes({*all_rules(), *rules}, rules)
    subjects = {record.id: make_subject(record, catalog, pack_of) for record in catalog.records}
    across = decide_across(tuple(subjects.values()), rules)
    return {
        identifier: conclude(
            subject,
            (*decide(subject, rules), *across.get(identifier, ())),
            codes,
            today,
            correction_findings(subject.record, published.figures_of(identifier), today),
        )
        for identifier, subject in subjects.items()
    }


def site_check(catalog: Catalog, policy: Policy = PUBLIC) -> SiteCheck:
    """Return what a site with this policy knows of the check with the national pack."""
    rules, pack = all_rules(), national()
    packs = {record.id: pack for record in catalog.records}
    checks = check_catalog(catalog, rules, lambda _: pack, today=TODAY)
    subjects = {record.id: make_subject(record, catalog, lambda _: pack) for record in catalog.records}
    scorings = cache(lambda identifier: scorings_of(subjects[identifier]))
    return SiteCheck(rules, packs, seen_checks(checks, rules, packs, policy), policy, "0123abcd", scorings)
