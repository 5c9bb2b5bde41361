"""Weights printed beside the labels of levels, with the rows they are weights of."""

from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from generator.check.arithmetic import exact
from generator.check.outcome import Spot
from generator.check.scores.points import EXECUTION, Term, counted, execution_of, missing_words
from generator.check.subject import JOIN, Subject
from generator.model.records import Cell
from generator.money import exact_sum
from generator.text import folded
from generator.vocabulary import Place

SUM_LABELS = frozenset({"合计", "总计", "总分"})


class Weight(Struct, frozen=True):
    """One printed weight."""

    label: str
    cell: Cell
    spot: Spot
    terms: tuple[Term, ...]
    """The points below its level; empty where the table has no such level."""
    is_level1: bool
    """Whether its label is one of level 1, or of the execution rate, and so counts in the sum of weights."""

    @property
    def total(self) -> Decimal:
        """Sum of the points below its level."""
        return exact_sum(term.figure.number for term in self.terms if term.figure is not None)

    @property
    def formula(self) -> str:
        """The sum with its numbers."""
        return " + ".join(f"{term.figure.number:f}" for term in self.terms if term.figure is not None) or "没有一行"


@lru_cache(maxsize=8)
def weights_of(subject: Subject) -> tuple[Weight, ...]:
    """Return the printed weights with the rows below them, without their printed sum."""
    weights = subject.record.level1_weights
    if not weights:
        return ()
    rows = counted(subject)
    first = {row.indicator.path[0] for row in rows if row.indicator.path}
    deeper = {level for row in rows for level in row.indicator.path[1:]} - first
    made = []
    for label, cell in weights.items():
        if folded(label) in SUM_LABELS:
            continue
        terms = tuple(
            Term(row.name, label, row.cell("points"), exact(row.cell("points")))
            for row in rows
            if (
                label == row.indicator.path[:1][0]
                if label in first and row.indicator.path
                else label in row.indicator.path
            )
        )
        if not terms and "执行" in label:
            execution = execution_of(subject)
            terms = (Term(EXECUTION, label, execution.points, exact(execution.points)),) if execution else ()
        made.append(Weight(label, cell, weight_spot(subject, label, cell), terms, label not in deeper))
    return tuple(made)


def weight_spot(subject: Subject, label: str, cell: Cell) -> Spot:
    """Return where a weight stands."""
    return Spot(cell.span, f"{subject.record.label(Place.RECORD, 'level1_weights')}{JOIN}{label}")


def missing_of(subject: Subject, weight: Weight) -> str:
    """Say why the points below a level cannot be added up; empty where they can."""
    if not weight.terms:
        return "表中没有这一级的指标行"
    empty = [
        row.path[-1] for row in subject.record.indicators if weight.label in row.path and not (row.name or row.cells)
    ]
    blank = f"“{empty[0]}”没有填写" if empty else ""
    words = missing_words(weight.terms)
    return "；".join(part for part in (f"各行的分值：{words}" if words else "", blank) if part)
