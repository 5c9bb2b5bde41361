"""What a question is, and what all kinds of questions are made with."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from msgspec import Struct

from generator.check.outcome import Outcome as Decided
from generator.check.rule import Rule
from generator.check.subject import Row, Subject
from generator.finding import Finding
from generator.origin import START, Span
from generator.plan.plain_words import quoted, shortened
from generator.plan.promises import PromiseRow
from generator.plan.rows import Lines

LONGEST_PROJECT, LONGEST_NAME, LONGEST_VALUE, LONGEST_MESSAGE = 26, 26, 20, 100
"""Characters quoted of each, so that a question is a few lines; the link leads to the rest."""


class Fact(Struct, frozen=True):
    """One printed value of an indicator."""

    record: str
    row: str
    """Address of the row on the record's page."""
    column: str


class Question(NamedTuple):
    """One question."""

    text: str
    project: str
    """What the record is called."""
    url: str
    """Where its figures stand on the record's page."""
    path: str
    """The authored file, as messages print it; on a sheet, within the folder that the sheet names."""
    line: int
    """The line of the file, 0 where there is none to name."""
    weight: Decimal
    """The greatest come first within their kind."""
    facts: frozenset["Fact"] = frozenset()
    """The results in rows that it asks about; empty where it asks about something else."""


class YearOfUnit(NamedTuple):
    """The published records of a unit and year, as far as questions need them."""

    lines: Sequence[Lines]
    subjects: Mapping[str, Subject]
    """By record id."""
    promises: Mapping[str, Sequence[PromiseRow]]
    """What became of the indicators declared, by id of the self-evaluation."""
    rules: Mapping[str, Rule]
    others: Sequence[Lines] = ()
    """The published records of other years."""
    asked: frozenset[Fact] = frozenset()
    """What graver questions ask about already."""


def about_finding(lines: Lines, number: int, finding: Finding, asked: str, weight: Decimal) -> Question:
    """Ask what a finding says, in its own words."""
    said = shortened(finding.message, LONGEST_MESSAGE).rstrip("。")
    text = (
        f"{project_of(lines)}：{said}" if said.endswith("？") else f"{project_of(lines)}：{said}。{asked or '为什么？'}"
    )
    place = Span(finding.origin.line, finding.origin.column)
    return make_question(lines, text, f"{lines.row.url}#finding-{number}", place, weight)


def fact_of(row: Row, column: str) -> Fact:
    """Return a value of a row as a fact."""
    return Fact(row.record.id, row.indicator.anchor, column)


def waived_in(lines: Lines) -> dict[str, set[str]]:
    """Return the rows whose fault is waived, by the rule's name; a waived fault has its reason beside it."""
    found: dict[str, set[str]] = {}
    for finding in lines.check.findings:
        if finding.outcome == Decided.WAIVED:
            found.setdefault(finding.name, set()).add(finding.anchor)
    return found


def about_row(lines: Lines, row: Row, text: str, column: str, weight: Decimal, facts: Iterable[Fact]) -> Question:
    """Ask about a row; the line is that of one of its cells."""
    indicator = row.indicator
    cell = indicator.cells.get(column)
    span = cell.span if cell else indicator.span
    asked = make_question(lines, text, f"{lines.row.url}#{indicator.anchor}", span, weight)
    return asked._replace(facts=frozenset(facts))


def make_question(lines: Lines, text: str, url: str, span: Span, weight: Decimal) -> Question:
    """Return a question about a record."""
    line = 0 if span == START else span.line
    return Question(text, lines.row.name, url, lines.record.path, line, weight)


def project_of(lines: Lines) -> str:
    """Return what a record is called, in quotation marks."""
    return quoted(lines.row.name, LONGEST_PROJECT)


def name_of(name: str) -> str:
    """Return the name of an indicator, in quotation marks."""
    return quoted(name or "（无名称）", LONGEST_NAME)
