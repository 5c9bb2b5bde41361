"""What a project's target declaration promised beside what its self-evaluation of the same year reports."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from generator.check.across.kinship import Stage, is_legible, is_of_the_year, stage_of
from generator.check.across.promises import compare_promises, rows_compared
from generator.check.across.targets import Change
from generator.check.rows.indicator_names import name_key
from generator.check.subject import Row, Subject
from generator.model.achievement import Outcome
from generator.model.amounts import Amount
from generator.model.records import BLANK, Cell, Record
from generator.model.values import Blank
from generator.plan.rows import Link, RecordRow
from generator.plan.urls import record_url
from generator.vocabulary import Place

CHANGES = {
    Change.LOWERED: ("降低", "↓"),
    Change.DROPPED: ("删除", "−"),
    Change.CHANGED: ("改动", "≠"),
    Change.REWORDED: ("改名", "≈"),
    Change.ADDED: ("新增", "+"),
    Change.RAISED: ("提高", "↑"),
    Change.UNDECIDED: ("无法判断", "?"),
    Change.KEPT: ("保留", "="),
}
"""What became of an indicator as a word and a sign, in the order of lists: what was kept comes last."""

ORDER = tuple(CHANGES)


class PromiseSide(Struct, frozen=True, array_like=True, gc=False):
    """One indicator as one of the two forms prints it."""

    name: str
    levels: tuple[str, ...]
    target: Cell
    """The target that counts."""
    beside: tuple[tuple[str, Cell], ...]
    """What else the form prints of the target: label and cell of columns for its sign, its unit, earlier targets."""
    points: Cell
    url: str
    """The row on the record's page."""


class PromiseRow(Struct, frozen=True, array_like=True, gc=False):
    """What became of one indicator between the target declaration and the self-evaluation of a project and year."""

    record: RecordRow
    """The self-evaluation."""
    declaration: str
    """Id of the declaration."""
    change: Change
    declared: PromiseSide | None
    """None where the indicator was added, or where it cannot be told which row of the declaration it answers."""
    evaluated: PromiseSide | None
    """None where the indicator was dropped, or where it cannot be told which row answers it."""
    actual: Cell
    score: Cell
    reason: Cell
    """The reason of the deviation, as printed."""
    outcome: Outcome
    """Whether the result reaches the target of the self-evaluation."""
    is_reworded: bool
    """Whether the two names differ by more than notation; the target may have changed as well."""
    is_reweighted: bool
    """Whether both print points, and not the same."""
    why: str
    """Why it cannot be told what became of it; empty where it can."""

    @property
    def name(self) -> str:
        """The name as declared, or as reported where it was not declared."""
        return self._first.name

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels above the name."""
        return self._first.levels

    @property
    def label(self) -> str:
        """The change in a word."""
        return CHANGES[self.change][0]

    @property
    def sign(self) -> str:
        """The change as a sign, which says nothing that the word does not."""
        return CHANGES[self.change][1]

    @property
    def url(self) -> str:
        """Where the row stands: in the self-evaluation, or where it is missing there in the declaration."""
        side = self.evaluated or self.declared
        return side.url if side else self.record.url

    @property
    def _first(self) -> PromiseSide:
        return self.declared or self.evaluated or _NOWHERE


_NOWHERE = PromiseSide("", (), BLANK, (), BLANK, "")


class PromisedMoney(Struct, frozen=True, array_like=True, gc=False):
    """The money that was applied for beside what was budgeted and spent."""

    requested: Amount | None
    is_of_the_year: bool
    """Whether what was applied for is the year's money, not that of a project over several years."""
    initial_budget: Amount | None
    adjusted_budget: Amount | None
    executed: Amount | None


class Comparison(Struct, frozen=True, array_like=True, gc=False):
    """A target declaration and a self-evaluation of one project and year."""

    declaration: Link
    evaluation: Link
    rows: tuple[PromiseRow, ...]
    """In the order of the declaration, then what was added."""
    money: PromisedMoney
    missing: str
    """Why there are no rows; empty where there are."""


class YearPromises(Struct, frozen=True, array_like=True, gc=False):
    """Promise and result of a project in one year in which it has forms of both kinds."""

    year: str
    declarations: tuple[Link, ...]
    """The published ones."""
    evaluations: tuple[str, ...]
    """Ids of the published self-evaluations."""
    comparisons: tuple[Comparison, ...]
    """One for each self-evaluation; none where it cannot be told which declaration holds."""
    several: int = 0
    """How many declarations there are where there is not just one; 0 otherwise."""

    @property
    def anchor(self) -> str:
        """Its address on the project's page."""
        return f"promises-{self.year}"

    def is_about(self, record: Record) -> bool:
        """Tell whether a record is one of the forms."""
        return record.id in self.evaluations or any(one.url == record_url(record) for one in self.declarations)


def promise_rows(declaration: Subject, evaluation: Subject, record: RecordRow) -> tuple[PromiseRow, ...]:
    """Return what became of each indicator, in the order of the declaration; `record` is the evaluation's row.

    There are none where either form has no indicator at all, for then nothing was dropped or added.
    """
    if not declaration.scored or not evaluation.scored:
        return ()
    rows = []
    for promise in compare_promises(declaration, evaluation):
        before, after = promise.declared, promise.reported
        undecided = promise.change is Change.UNDECIDED
        cells = after.indicator.cells if after else {}
        rows.append(
            PromiseRow(
                record=record,
                declaration=declaration.id,
                change=promise.change,
                declared=_side(before, declaration.record) if before else None,
                evaluated=_side(after, evaluation.record) if after else None,
                actual=cells.get("actual", BLANK),
                score=cells.get("score", BLANK),
                reason=cells.get("deviation_reason", BLANK),
                outcome=after.achieved if after else Outcome.UNDECIDED,
                is_reworded=promise.reworded,
                is_reweighted=promise.is_reweighted,
                why=_why_undecided(before, after, declaration, evaluation) if undecided else "",
            )
        )
    return tuple(rows)


def project_promises(subjects: Iterable[Subject], rows: Mapping[str, RecordRow]) -> dict[str, tuple[YearPromises, ...]]:
    """Compare the forms of each project year by year; by project key, the newest year first.

    `subjects` are all records of one unit that rules see, `rows` those of them that are published, by id.
    """
    groups: dict[tuple[str, str], dict[Stage, list[Subject]]] = {}
    for subject in subjects:
        stage = stage_of(subject)
        if stage is Stage.DECLARATION or stage is Stage.EVALUATION:
            key = (subject.record.project_key, subject.record.year)
            groups.setdefault(key, {}).setdefault(stage, []).append(subject)
    found: dict[str, list[YearPromises]] = {}
    for key, stages in sorted(groups.items(), key=lambda group: group[0], reverse=True):
        if len(stages) > 1:
            of_year = _year_promises(stages[Stage.DECLARATION], stages[Stage.EVALUATION], rows)
            found.setdefault(key[0], []).extend(of_year)
    return {key: tuple(years) for key, years in found.items() if years}


def promises_by_record(promises: Mapping[str, Iterable[YearPromises]]) -> dict[str, tuple[PromiseRow, ...]]:
    """Return what became of the indicators declared for each self-evaluation, by its id; only where there are any."""
    comparisons = (one for years in promises.values() for year in years for one in year.comparisons)
    return {one.rows[0].record.id: one.rows for one in comparisons if one.rows}


def count_changes(rows: Iterable[PromiseRow]) -> dict[Change, int]:
    """Count the rows by what became of them, in the order of lists; only what occurs."""
    counts = Counter(row.change for row in rows)
    return {change: counts[change] for change in ORDER if counts[change]}


def _year_promises(
    declarations: Sequence[Subject], evaluations: Sequence[Subject], rows: Mapping[str, RecordRow]
) -> Iterable[YearPromises]:
    published = [one for one in sorted(declarations, key=_id) if one.id in rows]
    answers = [one for one in sorted(evaluations, key=_id) if one.id in rows]
    # What is kept back must not show through what it is compared with.
    if not published or not answers:
        return
    several = len(declarations) if len(declarations) > 1 else 0
    yield YearPromises(
        year=answers[0].record.year,
        declarations=tuple(_link(one.record) for one in published),
        evaluations=tuple(one.id for one in answers),
        comparisons=() if several else tuple(_compared(published[0], one, rows[one.id]) for one in answers),
        several=several,
    )


def _id(subject: Subject) -> str:
    return subject.id


def _link(record: Record) -> Link:
    return Link(record.form, record_url(record))


def _compared(declaration: Subject, evaluation: Subject, row: RecordRow) -> Comparison:
    requested, amounts = declaration.amounts.requested, evaluation.amounts
    of_year = is_of_the_year(declaration)
    found = promise_rows(declaration, evaluation, row)
    missing = "" if found else "没有可以逐项对照的指标。"
    for subject, name in ((evaluation, "自评表"), (declaration, "申报表")):
        missing = missing if subject.scored else f"{name}没有列出任何指标，无法逐项对照。"
    return Comparison(
        declaration=_link(declaration.record),
        evaluation=_link(evaluation.record),
        rows=found,
        money=PromisedMoney(requested, of_year, amounts.initial_budget, amounts.adjusted_budget, amounts.executed),
        missing=missing,
    )


_TARGET_COLUMNS = ("nature", "initial_target", "target", "adjusted_target", "target_unit")
_APART = frozenset(_TARGET_COLUMNS) - {"target"}


def _side(row: Row, record: Record) -> PromiseSide:
    cells = row.indicator.cells
    return PromiseSide(
        name=row.name,
        levels=row.indicator.path,
        target=row.target_cell,
        beside=beside_target(row, record),
        points=cells.get("points", BLANK),
        url=f"{record_url(record)}#{row.indicator.anchor}",
    )


def beside_target(row: Row, record: Record) -> tuple[tuple[str, Cell], ...]:
    """Return what a form prints of a target beside the one that counts: label and cell of each further column."""
    cells, counts = row.indicator.cells, row.target_cell
    if _APART.isdisjoint(cells):
        return ()
    columns = [key for key in _TARGET_COLUMNS if key in cells and cells[key] is not counts]
    found = ((record.label(Place.INDICATOR, key), cells[key]) for key in columns)
    return tuple((label, cell) for label, cell in found if cell.text or cell.unreadable)


def _why_undecided(before: Row | None, after: Row | None, declaration: Subject, evaluation: Subject) -> str:
    if before is not None and after is not None:
        return "；".join(filter(None, (_why_no_target("申报", before), _why_no_target("自评", after))))
    if after is None:
        return _why_unmatched(before, evaluation, "自评表") if before else ""
    return _why_unmatched(after, declaration, "申报表")


def _why_no_target(side: str, row: Row) -> str:
    cell = row.target_cell
    if cell.unreadable:
        return f"{side}的指标值无法辨认"
    if not isinstance(row.target, Blank):
        return ""
    return f"{side}的指标值只印了“{cell.text.strip()}”" if cell.text.strip() else f"{side}的指标值空白"


def _why_unmatched(row: Row, other: Subject, form: str) -> str:
    if not is_legible(row.name):
        return "指标名称无法辨认"
    name = name_key(row.name)
    if any(name_key(one.name) == name for one in rows_compared(other)):
        return f"{form}有同名的行，不能确定是哪一行"
    return f"{form}有指标名称无法辨认，可能就是这一项"
