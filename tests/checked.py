"""Check a catalog in tests as a build does, with the national pack."""

from datetime import date
from functools import cache

from generator.check.pack import national
from generator.check.policy import Policy, seen_checks
from generator.check.registry import all_rules
from generator.check.runner import check_catalog, make_subject
from generator.check.scores.scoring import scorings_of
from generator.model.catalog import Catalog
from generator.plan.site_check import SiteCheck

TODAY = date(2025, 3, 31)

PUBLIC = Policy()
INTERNAL = Policy(internal=True)


def site_check(catalog: Catalog, policy: Policy = PUBLIC) -> SiteCheck:
    """Return what a site with this policy knows of the check."""
    rules, pack = all_rules(), national()
    packs = {record.id: pack for record in catalog.records}
    checks = check_catalog(catalog, rules, lambda _: pack, today=TODAY)
    subjects = {record.id: make_subject(record, catalog, lambda _: pack) for record in catalog.records}
    scorings = cache(lambda identifier: scorings_of(subjects[identifier]))
    return SiteCheck(rules, packs, seen_checks(checks, rules, packs, policy), policy, "0123abcd", scorings)
