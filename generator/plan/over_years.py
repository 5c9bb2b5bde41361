"""A project over the years: its money, its scores and each indicator that recurs."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from generator.check.across.kinship import Stage, in_full_yuan, is_of_the_year, relate, stage_of
from generator.check.arithmetic import Relation
from generator.check.subject import Subject
from generator.model.amounts import Amount, percentage
from generator.model.records import BLANK, Cell
from generator.money import EXACT
from generator.plan.figures import format_amount, format_decimal, format_percent, format_yuan
from generator.plan.plain_words import say_change, with_percent_sign
from generator.plan.plots import Plot, Point, Series, years_chart
from generator.plan.recurring import IndicatorCourse, direction, indicator_courses, since
from generator.plan.rows import Link, RecordRow

_STAGES = {
    Stage.EVALUATION: "项目支出自评",
    Stage.DECLARATION: "绩效目标申报",
    Stage.WHOLE_UNIT: "整体支出自评",
}
"""Kinds of forms in the order of the page; forms that are none of these stand apart by their titles."""

_MONEY = (
    ("requested", "申请总额"),
    ("initial_budget", "年初预算数"),
    ("adjusted_budget", "全年预算数"),
    ("executed", "全年执行数"),
)


class YearFigure(Struct, frozen=True, gc=False):
    """One figure of one year."""

    text: str
    """As printed with its unit; empty where the form prints none."""
    yuan: str
    """The same in yuan where the years print different units."""
    change: str
    """How it differs from the year before, in words; empty where that cannot be told."""


class YearLine(Struct, frozen=True, gc=False):
    """One record in the table of the years."""

    year: Link
    form: Link
    amounts: tuple[YearFigure, ...]
    """One for each column of money."""
    rate: str
    """As printed, with a percent sign; empty where the form prints none."""
    computed_rate: str
    """What we compute where the form prints none, or another."""
    score: Cell
    points: Cell
    """Out of how many."""
    score_change: str
    grade: Cell


class FormYears(Struct, frozen=True, gc=False):
    """One kind of form over the years."""

    anchor: str
    title: str
    columns: tuple[str, ...]
    """Of money: those that any year prints."""
    has_rate: bool
    has_score: bool
    has_results: bool
    """Whether its indicators have results and scores."""
    lines: tuple[YearLine, ...]
    """The oldest first."""
    indicators: tuple[IndicatorCourse, ...]
    unclear: tuple[str, ...]
    """Years with several such forms, of which it cannot be told which holds."""
    charts: tuple[Plot, ...]

    @property
    def caption(self) -> str:
        """What its first table holds."""
        return "和".join(word for word, holds in (("资金", self.columns), ("总分", self.has_score)) if holds)


def over_years(subjects: Sequence[Subject], rows: Mapping[str, RecordRow]) -> tuple[FormYears, ...]:
    """Lay out a project kind by kind of form; only kinds that have at least two years.

    `subjects` are its published records, `rows` the same as lists show them, by id.
    """
    kinds: dict[tuple[int, str], list[Subject]] = {}
    for subject in subjects:
        stage = stage_of(subject)
        key = (tuple(_STAGES).index(stage), _STAGES[stage]) if stage else (len(_STAGES), subject.record.form)
        kinds.setdefault(key, []).append(subject)
    found = []
    for number, ((_, title), members) in enumerate(sorted(kinds.items()), 1):
        if len({one.record.fiscal_year for one in members}) > 1:
            ordered = sorted(members, key=lambda one: (one.record.fiscal_year, one.id))
            found.append(_form_years(f"years-{number}", title, ordered, rows))
    return tuple(found)


def _form_years(anchor: str, title: str, members: Sequence[Subject], rows: Mapping[str, RecordRow]) -> FormYears:
    by_year: dict[int, list[Subject]] = {}
    for one in members:
        by_year.setdefault(one.record.fiscal_year, []).append(one)
    clear = [found[0] for found in by_year.values() if len(found) == 1]
    money = [(key, label) for key, label in _MONEY if any(getattr(rows[one.id].amounts, key) for one in members)]
    lines = tuple(_lines(members, clear, rows, [key for key, _ in money]))
    indicators = indicator_courses(clear) if len(clear) > 1 else ()
    return FormYears(
        anchor=anchor,
        title=title,
        columns=tuple(label for _, label in money),
        has_rate=any(line.rate or line.computed_rate for line in lines),
        has_score=any(
            line.score.text or line.score.unreadable or line.grade.text or line.grade.unreadable for line in lines
        ),
        has_results=any(one.has("actual") or one.has("score") for each in clear for one in each.scored),
        lines=lines,
        indicators=indicators,
        unclear=tuple(str(year) for year, found in by_year.items() if len(found) > 1),
        charts=tuple(_charts(anchor, title, clear, rows, money)),
    )


def _lines(
    members: Sequence[Subject], clear: Sequence[Subject], rows: Mapping[str, RecordRow], money: Sequence[str]
) -> list[YearLine]:
    units = {amount.unit for one in members for key in money if (amount := getattr(rows[one.id].amounts, key))}
    lines = []
    before: Subject | None = None
    for one in members:
        last = before if one in clear else None
        row, earlier = rows[one.id], rows[last.id] if last else None
        words = since(last, one)
        amounts = tuple(_amount(one, row, earlier, key, words, show_yuan=len(units) > 1) for key in money)
        lines.append(
            YearLine(
                year=row.year,
                form=Link(row.form.title, row.url),
                amounts=amounts,
                rate=_rate(row),
                computed_rate=_computed_rate(row),
                score=row.total_score,
                points=row.total_points,
                score_change=_score_change(row, earlier, words),
                grade=row.grade,
            )
        )
        before = one if one in clear else before
    return lines


def _amount(
    subject: Subject, row: RecordRow, earlier: RecordRow | None, key: str, against: str, *, show_yuan: bool
) -> YearFigure:
    amount: Amount | None = getattr(row.amounts, key)
    if amount is None:
        return YearFigure(_instead(subject, key), "", "")
    yuan = format_yuan(amount.yuan) if show_yuan and amount.unit != "元" else ""
    if key == "requested" and not is_of_the_year(subject):
        return YearFigure(f"{format_amount(amount)}（整个项目）", yuan, "")
    before: Amount | None = getattr(earlier.amounts, key) if earlier else None
    return YearFigure(format_amount(amount), yuan, _amount_change(before, amount, against) if before else "")


def _instead(subject: Subject, key: str) -> str:
    """Return what the total row prints where that is no amount."""
    row = subject.total_row
    return _said(row.cells.get(key, BLANK)) if row else ""


def _said(cell: Cell) -> str:
    return "无法辨认" if cell.unreadable else cell.text.strip()


def _amount_change(before: Amount, after: Amount, against: str) -> str:
    one, other = in_full_yuan(before), in_full_yuan(after)
    if one is None or other is None:
        return ""
    relation = relate(one, other)
    if relation is Relation.EQUAL:
        return f"{against.replace('比', '与')}相同"
    if relation is Relation.ROUNDING:
        return f"{against.replace('比', '与')}在印出的位数内相同"
    change = percentage(EXACT.subtract(after.yuan, before.yuan), before.yuan)
    return against + (direction(before.yuan, after.yuan, "增加", "减少") if change is None else say_change(change))


def _rate(row: RecordRow) -> str:
    cell = row.amounts.execution_rate
    return with_percent_sign(_said(cell)) if cell else ""


def _computed_rate(row: RecordRow) -> str:
    """Return our own rate where the form prints none that reads the same to two places."""
    rate, cell = row.amounts.computed_execution_rate, row.amounts.execution_rate
    if rate is None:
        return ""
    text = format_percent(rate)
    printed = cell.number if cell else None
    return "" if printed is not None and format_percent(printed) == text else text


def _score_change(row: RecordRow, earlier: RecordRow | None, against: str) -> str:
    """Say how the total score changed; scores out of different totals do not compare."""
    if earlier is None or row.full_score is None or row.full_score != earlier.full_score:
        return ""
    before, after = earlier.total_score.number, row.total_score.number
    if before is None or after is None:
        return ""
    if before == after:
        return f"{against.replace('比', '与')}相同"
    size = EXACT.subtract(after, before).copy_abs()
    return f"{against}{direction(before, after, '高', '低')} {format_decimal(size)} 分"


def _charts(
    anchor: str,
    title: str,
    clear: Sequence[Subject],
    rows: Mapping[str, RecordRow],
    money: Sequence[tuple[str, str]],
) -> list[Plot]:
    found = [rows[one.id] for one in clear]
    # The money of a whole project is no figure of a year.
    money = [pair for pair in money if pair[0] != "requested" or all(map(is_of_the_year, clear))]
    years = [row.year.title for row in found]
    amounts = [Series(label, _KINDS[key], tuple(_amount_point(row, key) for row in found)) for key, label in money]
    plots = [years_chart(f"{title}：资金", years, amounts, anchor=f"{anchor}-money", note="按折算为元的金额画。")]
    if len({row.full_score for row in found} | {None}) == 2:  # noqa: PLR2004  one that is known
        scores = Series("总分", "score", tuple(_score_point(row) for row in found))
        plots.append(years_chart(f"{title}：总分", years, [scores], anchor=f"{anchor}-score", style="lines"))
    return [plot for plot in plots if plot is not None]


_KINDS = {"requested": "requested", "initial_budget": "initial", "adjusted_budget": "adjusted", "executed": "executed"}


def _amount_point(row: RecordRow, key: str) -> Point | None:
    amount: Amount | None = getattr(row.amounts, key)
    return Point(format_amount(amount), amount.yuan, row.url) if amount else None


def _score_point(row: RecordRow) -> Point | None:
    cell = row.total_score
    return Point(cell.text, cell.number, row.url) if cell.text else None
