"""Questions on targets that were lowered or dropped since they were declared, or that lie below last year's."""

from collections.abc import Iterator
from decimal import Decimal

from generator.check.across.targets import Change
from generator.check.outcome import Outcome as Decided
from generator.check.rows.indicator_names import name_key
from generator.check.subject import Subject
from generator.model.records import Cell
from generator.money import EXACT
from generator.plan.plain_words import quoted
from generator.plan.promises import PromiseSide
from generator.plan.question import (
    LONGEST_VALUE,
    Question,
    YearOfUnit,
    about_finding,
    make_question,
    name_of,
    project_of,
    waived_in,
)
from generator.plan.rows import Lines


def promise_questions(year: YearOfUnit) -> Iterator[Question]:
    """Ask about targets that were lowered or dropped since they were declared, or that lie below last year's."""
    for lines in year.lines:
        waived = waived_in(lines)
        for row in year.promises.get(lines.record.id, ()):
            if row.change is Change.LOWERED and row.declared and row.evaluated:
                if row.evaluated.url.partition("#")[2] not in waived.get("target-lowered", ()):
                    yield _lowered(lines, row.declared, row.evaluated)
            elif row.change is Change.DROPPED and row.declared and "indicator-dropped" not in waived:
                declaration = year.subjects.get(row.declaration)
                if declaration is not None:
                    yield _dropped(lines, declaration, row.declared, _worth(year, declaration, row.declared))
        for number, finding in enumerate(lines.check.findings, 1):
            if finding.name == _LAST_YEAR and finding.outcome != Decided.WAIVED:
                yield about_finding(lines, number, finding, "", Decimal(0))


_LAST_YEAR = "target-below-last-result"
OF_PROMISES = frozenset({_LAST_YEAR, "target-lowered", "indicator-dropped"})
"""Rules that say what these questions ask."""

_LOWERED, _DROPPED = 1, 2
"""What a question weighs beside the points: a target that is gone is graver than one that is lower."""


def _lowered(lines: Lines, declared: PromiseSide, evaluated: PromiseSide) -> Question:
    text = (
        f"{project_of(lines)}的{name_of(declared.name)}申报时的指标值是{quoted(declared.target.text, LONGEST_VALUE)}，"
        f"自评表上是{quoted(evaluated.target.text, LONGEST_VALUE)}。为什么降低？"
    )
    return make_question(lines, text, evaluated.url, evaluated.target.span, _points(evaluated.points) + _LOWERED)


def _dropped(lines: Lines, declaration: Subject, declared: PromiseSide, worth: Decimal) -> Question:
    target = f"（指标值{quoted(declared.target.text, LONGEST_VALUE)}）" if declared.target.text.strip() else ""
    text = f"{project_of(lines)}申报时有{name_of(declared.name)}{target}，自评表上没有。为什么取消？"
    asked = make_question(lines, text, declared.url, declared.target.span, worth + _DROPPED)
    return asked._replace(path=declaration.record.path)


def _worth(year: YearOfUnit, declaration: Subject, declared: PromiseSide) -> Decimal:
    """Return the points of a dropped indicator, those it had in an earlier year, or those of one among equals."""
    printed = _points(declared.points)
    if printed:
        return printed
    record, name = declaration.record, name_key(declared.name)
    for lines in sorted(year.others, key=lambda one: (one.record.fiscal_year, one.record.id), reverse=True):
        other = lines.record
        if other.project_key == record.project_key and other.fiscal_year < record.fiscal_year:
            rows = year.subjects[other.id].scored
            worth = max((row.points or Decimal(0) for row in rows if name_key(row.name) == name), default=Decimal(0))
            if worth > 0:
                return worth
    return EXACT.divide(declaration.pack.total_points, Decimal(max(len(declaration.scored), 1)))


def _points(cell: Cell) -> Decimal:
    return max(cell.number or Decimal(0), Decimal(0))
