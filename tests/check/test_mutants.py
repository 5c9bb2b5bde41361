"""Faults made systematically from clean records are all found, each where it stands; the clean records stay clean."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from generator.check.outcome import Outcome
from generator.check.pack import national
from generator.check.registry import all_rules
from generator.check.runner import RecordCheck
from generator.finding import Severity
from generator.forms.definitions import load_forms
from generator.load.assemble import load_catalog, markdown_sections
from generator.load.decode import decode_record
from generator.load.markdown_record import parse_markdown_record
from generator.load.yaml_tree import parse_tree
from generator.model.catalog import Catalog, make_catalog
from generator.model.records import Record
from generator.resources import packaged
from tests.check.mutants import MAKERS, Mutant, Source, make_mutants
from tests.checked import check_catalog

CLEAN = Path(__file__).parent / "clean"
TODAY = date(2025, 3, 31)
FORMS = load_forms([packaged("templates")])


@cache
def clean() -> Catalog:
    """Return the clean records."""
    content = CLEAN / "content"
    loaded = load_catalog(
        records_dir=content / "records", registry_dir=content / "registry", project_dir=CLEAN, forms=FORMS
    )
    assert loaded.findings == ()
    return loaded.catalog


@cache
def mutants() -> tuple[Mutant, ...]:
    """Return all mutants."""
    texts = {record.id: (CLEAN / record.path).read_text(encoding="utf-8") for record in clean().records}
    return tuple(make_mutants([Source(record, texts[record.id]) for record in clean().records]))


def checked(catalog: Catalog) -> Mapping[str, RecordCheck]:
    """Ask all rules of all records."""
    return check_catalog(catalog, all_rules(), lambda _: national(), today=TODAY)


def decoded(mutant: Mutant) -> Record:
    """Read a mutant as its file would be read."""
    path = next(record.path for record in clean().records if record.id == mutant.record)
    is_markdown = path.endswith(".md")
    tree = (
        parse_markdown_record(mutant.text, path, markdown_sections()) if is_markdown else parse_tree(mutant.text, path)
    )
    assert tree.node is not None, tree.findings
    result = decode_record(tree.node, identifier=mutant.record, path=path, forms=FORMS)
    assert result.record is not None, (mutant.title, result.findings)
    return result.record


def test_clean_records_are_clean_and_decided() -> None:
    assert len(clean().records) == 5
    for identifier, check in checked(clean()).items():
        assert check.findings == (), identifier
        undecided = [line for line in check.ledger if line.outcome in (Outcome.INSUFFICIENT, Outcome.ERROR)]
        assert undecided == [], identifier


def test_there_are_mutants_of_every_kind_and_of_many_rules() -> None:
    made = mutants()

    assert len(made) >= 200
    assert {mutant.title.split(":")[0] for mutant in made} == {make.__name__ for make in MAKERS}
    assert len({mutant.record for mutant in made}) == len(clean().records)


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_every_mutant_is_found_where_its_fault_stands(make: object) -> None:
    kind = getattr(make, "__name__", "")
    missed = [told for mutant in mutants() if mutant.title.startswith(f"{kind}:") and (told := _missed(mutant))]

    assert missed == []


def _missed(mutant: Mutant) -> str:
    """Return what was found instead, or nothing where the fault was found."""
    records = (decoded(mutant) if record.id == mutant.record else record for record in clean().records)
    catalog = make_catalog(records, clean().registry, FORMS)
    findings = [finding for check in checked(catalog).values() for finding in check.findings]
    wanted = [finding for finding in findings if finding.code in mutant.codes and finding.record == mutant.record]
    if any(finding.origin.line in (mutant.line, mutant.also) for finding in wanted):
        broken = [finding for finding in findings if finding.severity is Severity.ERROR and finding.outcome == "error"]
        return f"{mutant.title}: {broken}" if broken else ""
    found = ", ".join(f"{finding.code}@{finding.origin.line}" for finding in findings)
    return f"{mutant.title}: wanted {'/'.join(mutant.codes)}@{mutant.line}, found {found or 'nothing'}"
