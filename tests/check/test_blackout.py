"""A cell that cannot be read never lets a rule pass, or not apply, in silence, and is never held against a unit."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from generator.check.outcome import Outcome, Verdict, gravest
from generator.check.pack import national
from generator.check.registry import all_rules
from generator.check.rule import Rule
from generator.check.runner import decide, is_due, make_subject
from generator.forms.definitions import load_forms
from generator.load.assemble import load_catalog
from generator.model.catalog import Catalog, Registry, Unit, make_catalog
from generator.model.records import Record
from generator.resources import packaged
from tests.check.blackout import blackouts
from tests.check.examples import run_example
from tests.check.test_mutants import TODAY
from tests.checked import check_catalog
from tests.site_tools import PROJECT, TESTS

FORMS = load_forms([packaged("templates")])
RULES = all_rules()
SINGLE = {code: rule for code, rule in RULES.items() if rule.check is not None}
ACROSS = {code: rule for code, rule in RULES.items() if rule.cross_check is not None}

TELLS_OF_IT = frozenset({"REC042"})
"""Its finding is that cells cannot be read."""
_SILENT = (Outcome.PASS, Outcome.NOT_APPLICABLE, Outcome.ROUNDING)


@cache
def catalogs() -> tuple[Catalog, ...]:
    """Return the records of the project and of the tests."""
    folders = (PROJECT, TESTS / "families", Path(__file__).parent / "clean", Path(__file__).parent / "honest")
    return tuple(
        load_catalog(
            records_dir=folder / "content/records",
            registry_dir=folder / "content/registry",
            project_dir=folder,
            forms=FORMS,
        ).catalog
        for folder in folders
    )


def outcomes(rule: Rule, record: Record, catalog: Catalog) -> tuple[Verdict, ...]:
    """Ask one rule of one record."""
    subject = make_subject(record, catalog, lambda _: national())
    return decide(subject, {rule.code: rule})[0].verdicts if is_due(rule, subject) else ()


def asked(rule: Rule) -> Iterator[tuple[Record, Catalog]]:
    """Yield the records a rule is tried on: those of its page, and all others."""
    for text in (rule.good, rule.bad):
        records = run_example(text, {rule.code: rule}, FORMS, national()).records
        units = {record.unit: _unit(record) for record in records}
        catalog = make_catalog(records, Registry(units, {}), FORMS)
        yield from ((record, catalog) for record in records)
    yield from ((record, catalog) for catalog in catalogs() for record in catalog.records)


def _unit(record: Record) -> Unit:
    return Unit(record.unit, record.unit)


@pytest.mark.parametrize("rule", SINGLE.values(), ids=SINGLE)
def test_what_cannot_be_read_is_said_and_never_judged(rule: Rule) -> None:
    faults = []
    for record, catalog in asked(rule):
        before = outcomes(rule, record, catalog)
        if gravest(one.outcome for one in before) not in (Outcome.PASS, Outcome.FAIL, Outcome.ROUNDING):
            continue
        failed = sum(one.outcome is Outcome.FAIL for one in before)
        for kind, dark in blackouts(record):
            after = outcomes(rule, dark, catalog)
            now = gravest(one.outcome for one in after)
            if now is Outcome.NOT_APPLICABLE or (now in _SILENT and len(after) < len(before)):
                faults.append(f"{record.id} without {kind}: {gravest(one.outcome for one in before)} -> {now}")
            if rule.code not in TELLS_OF_IT and sum(one.outcome is Outcome.FAIL for one in after) > failed:
                faults.append(
                    f"{record.id} without {kind}: a new finding: {[one.message for one in after if one.outcome is Outcome.FAIL][:2]}"
                )

    assert faults == []


@pytest.mark.parametrize("rule", ACROSS.values(), ids=ACROSS)
def test_what_cannot_be_read_is_said_across_records_too(rule: Rule) -> None:
    faults = []
    for text in (rule.good, rule.bad):
        records = run_example(text, {rule.code: rule}, FORMS, national()).records
        registry = Registry({record.unit: _unit(record) for record in records}, {})
        before = _ledger(rule, make_catalog(records, registry, FORMS))
        for record in records:
            for kind, dark in blackouts(record):
                others = (dark if one.id == record.id else one for one in records)
                after = _ledger(rule, make_catalog(others, registry, FORMS))
                if after.get(record.id) is Outcome.NOT_APPLICABLE is not before.get(record.id):
                    faults.append(f"{record.id} without {kind}: {before[record.id]} -> {after[record.id]}")

    assert faults == []


def _ledger(rule: Rule, catalog: Catalog) -> dict[str, Outcome]:
    checks = check_catalog(catalog, {rule.code: rule}, lambda _: national(), today=TODAY)
    return {identifier: check.ledger[0].outcome for identifier, check in checks.items() if check.ledger}
