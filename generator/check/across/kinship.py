"""Which records belong together: stages and years of one project, projects of one unit."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from generator.check.arithmetic import Figure, Relation, money
from generator.check.money.funding import why_unknown
from generator.check.outcome import PASSED, Spot, Verdict, about, insufficient
from generator.check.subject import Subject
from generator.finding import Related
from generator.model.amounts import Amount
from generator.model.records import Cell
from generator.money import EXACT, MONEY_UNITS, exact_sum
from generator.origin import Origin
from generator.patterns import lazy_pattern
from generator.text import folded

_SEPARATOR = "\x1f"

PROJECT_RECORDS = frozenset({"SelfEvaluation", "TargetDeclaration", "Other"})
"""Kinds of forms that can be about one project; a form without a layout of its own says by its title what it is."""


class Stage(StrEnum):
    """What a form is in the life of a project."""

    DECLARATION = "declaration"
    EVALUATION = "evaluation"
    WHOLE_UNIT = "whole_unit"
    """An evaluation of all a unit spent."""


# Reports, lists and what a reviewer adds speak of the same project, but are no second set of figures of the unit.
_NEITHER = lazy_pattern("复核|评审|监控|报告|基础数据|明细|评分表|批复")
_OWN_EVALUATION = lazy_pattern("自评")
_DECLARATION = lazy_pattern("目标(?:申报)?表$")


@lru_cache(maxsize=1_024)
def _stage(record_type: str, title: str) -> Stage | None:
    if record_type == "DepartmentEvaluation":
        return Stage.WHOLE_UNIT
    if record_type == "TargetDeclaration":
        return Stage.DECLARATION
    if record_type == "SelfEvaluation":
        return Stage.EVALUATION
    if _NEITHER.search(title):
        return None
    if _OWN_EVALUATION.search(title):
        return Stage.WHOLE_UNIT if "整体" in title else Stage.EVALUATION
    return Stage.DECLARATION if _DECLARATION.search(title) else None


def stage_of(subject: Subject) -> Stage | None:
    """Return what a record is in the life of its project, or None where that is not plain."""
    return _stage(subject.record_type, subject.record.form)


def in_stage(group: Iterable[Subject], stage: Stage) -> list[Subject]:
    """Return the records of one stage, in the order of their ids."""
    return sorted((subject for subject in group if stage_of(subject) is stage), key=lambda subject: subject.id)


def joined_key(*parts: str) -> str:
    """Join the parts of a group's key."""
    return _SEPARATOR.join(parts)


def by_unit(subject: Subject) -> Iterator[str]:
    """Group all records of a unit that are about projects."""
    if stage_of(subject) in (Stage.DECLARATION, Stage.EVALUATION):
        yield subject.record.unit


def by_unit_and_year(subject: Subject) -> Iterator[str]:
    """Group the records of a unit and a year that are about projects."""
    if stage_of(subject) in (Stage.DECLARATION, Stage.EVALUATION):
        yield joined_key(subject.record.unit, subject.record.year)


def by_stage_of_unit_and_year(subject: Subject) -> Iterator[str]:
    """Group the project records of a unit, a year and a stage."""
    stage = stage_of(subject)
    if stage in (Stage.DECLARATION, Stage.EVALUATION):
        yield joined_key(subject.record.unit, subject.record.year, stage.value)


def by_project_and_year(subject: Subject) -> Iterator[str]:
    """Group the stages of a project within a year."""
    if stage_of(subject) in (Stage.DECLARATION, Stage.EVALUATION):
        yield joined_key(subject.record.unit, subject.record.year, subject.record.project_key)


def by_project(subject: Subject) -> Iterator[str]:
    """Group the years and stages of a project."""
    if stage_of(subject) in (Stage.DECLARATION, Stage.EVALUATION):
        yield joined_key(subject.record.unit, subject.record.project_key)


def beside_declaration(
    group: Sequence[Subject], judge: Callable[[Subject, Subject], Iterator[Verdict]]
) -> Iterator[Verdict]:
    """Judge each self-evaluation of a project and year beside its target declaration; verdicts are about the former."""
    declarations = in_stage(group, Stage.DECLARATION)
    if not declarations:
        return
    for evaluation in in_stage(group, Stage.EVALUATION):
        if len(declarations) > 1:
            message = f"同一项目同一年度有 {len(declarations)} 份绩效目标申报表，无法确定与哪一份比较"
            yield about(evaluation.id, insufficient(Spot(), message))
            continue
        right = about(evaluation.id, PASSED)
        for verdict in judge(declarations[0], evaluation):
            yield right if verdict is PASSED else about(evaluation.id, verdict)


def following_years(group: Sequence[Subject]) -> Iterator[tuple[Subject, Subject]]:
    """Yield each self-evaluation of a project with the next year's record, its declaration before its evaluation.

    A year with several records of one stage is left out, for it cannot be told which of them holds.
    """
    declared, evaluated = _only_by_year(group, Stage.DECLARATION), _only_by_year(group, Stage.EVALUATION)
    for year, earlier in sorted(evaluated.items()):
        later = declared.get(year + 1) or evaluated.get(year + 1)
        if later is not None:
            yield earlier, later


def same_stage_years(group: Sequence[Subject], stage: Stage) -> Iterator[tuple[Subject, Subject]]:
    """Yield the records of one stage of a project, each with the next year's."""
    by_year = _only_by_year(group, stage)
    for year, earlier in sorted(by_year.items()):
        if year + 1 in by_year:
            yield earlier, by_year[year + 1]


def _only_by_year(group: Sequence[Subject], stage: Stage) -> dict[int, Subject]:
    years: dict[int, list[Subject]] = {}
    for subject in in_stage(group, stage):
        years.setdefault(subject.record.fiscal_year, []).append(subject)
    return {year: found[0] for year, found in years.items() if len(found) == 1}


def project_name(subject: Subject) -> str:
    """Return the folded project name; empty where none is printed."""
    return folded(subject.record.text("project_name"))


def is_legible(text: str) -> bool:
    """Tell whether a transcribed text has no gap where the original could not be read."""
    return not any(mark in text for mark in ("[…]", "无法辨认", "□", "■", "\ufffd"))


def place_in(subject: Subject, spot: Spot, words: str) -> Related:
    """Return a place in another record, with what stands there."""
    return Related(Origin(subject.record.path, *spot.span), words, subject.id)


def title_of(subject: Subject) -> str:
    """Return what to call another record in a sentence: its year, project and form."""
    record = subject.record
    return f"{record.year} 年“{record.name}”的{record.form}"


def amount_spot(subject: Subject, *identifiers: str) -> Spot:
    """Return where the first printed of some amounts of the total row stands."""
    row = subject.total_row
    if row is None:
        return subject.block_spot("funding")
    found = next((key for key in identifiers if row.cells.get(key) and row.cells[key].text), "")
    return subject.funding_spot(row, found)


def in_full_yuan(amount: Amount | None, label: str = "") -> Figure | None:
    """Return an amount in yuan with what its printing leaves open; a sum of ours is as open as its parts together."""
    if amount is None or amount.unit not in MONEY_UNITS:
        return None
    radii = [_radius_in_yuan(f"{number:f}", amount.unit) for number in amount.parts or (amount.number,)]
    return Figure(amount.yuan, radii[0] if len(radii) == 1 else exact_sum(radii), label)


@lru_cache(maxsize=16_384)
def _radius_in_yuan(printed: str, unit: str) -> Decimal:
    figure = money(Cell(printed), unit)
    return EXACT.multiply(figure.radius, MONEY_UNITS[unit]) if figure is not None else Decimal(0)


def is_of_the_year(declaration: Subject) -> bool:
    """Tell whether the total of a declaration is the year's, not that of a project over several years."""
    row = declaration.total_row
    return row is None or not (folded(row.label) == "项目资金总额" and row.group)


def why_unknown_amount(subject: Subject, *columns: str) -> str:
    """Say which main amount of a record cannot be known though it has one; empty where none is so."""
    unknown = why_unknown(subject, *columns)
    return f"{title_of(subject)}：{unknown}" if unknown else ""


def relate(one: Figure, other: Figure) -> Relation:
    """Compare two figures in one unit, however each was printed."""
    if one.number == other.number:
        return Relation.EQUAL
    if one.radius and other.radius:
        shared = one.low < other.high and other.low < one.high
    elif one.radius:
        shared = one.low <= other.number < one.high
    else:
        shared = other.low <= one.number < other.high
    return Relation.ROUNDING if shared else Relation.CONTRADICTION


def surely_above(one: Figure, other: Figure) -> bool:
    """Tell whether one figure is larger whatever their printing leaves open."""
    return one.number > other.number and relate(one, other) is Relation.CONTRADICTION


def said(amount: Amount) -> str:
    """Return an amount with its unit, as printed where it was printed."""
    return f"{amount.printed or format(amount.number, ',f')}{amount.unit}"


def listed(names: Sequence[str], most: int = 5) -> str:
    """Name a few things in a sentence, and how many there are in all."""
    shown = "、".join(f"“{name}”" for name in names[:most])
    return shown if len(names) <= most else f"{shown}等 {len(names)} 项"
