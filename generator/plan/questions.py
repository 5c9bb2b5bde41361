"""Questions that a year's forms of a unit leave open, each with the figures as printed and where they stand."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from msgspec import Struct

from generator.check.money.carried_over import is_change_carried_over
from generator.check.money.explanations import is_money_explained, why_unexplained
from generator.check.outcome import Outcome as Decided
from generator.check.rows.indicator_rows import is_missed, is_near_full_execution
from generator.check.rule import Nature, Rule
from generator.check.subject import Row, Subject
from generator.finding import Finding, Severity
from generator.model.amounts import percentage
from generator.model.targets import has_number
from generator.model.values import Achievement, Words
from generator.money import EXACT
from generator.plan.budget_change import has_budget
from generator.plan.form_view import funding_anchor
from generator.plan.plain_words import (
    Told,
    quoted,
    reason_of,
    say_amount,
    say_change,
    say_percent,
    spaced,
    values_of,
)
from generator.plan.promise_questions import OF_PROMISES, promise_questions
from generator.plan.question import (
    LONGEST_VALUE,
    Fact,
    Question,
    YearOfUnit,
    about_finding,
    about_row,
    fact_of,
    make_question,
    name_of,
    project_of,
    waived_in,
)
from generator.plan.rows import Lines
from generator.text import folded


class Kind(Struct, frozen=True):
    """What questions are about."""

    title: str
    ask: Callable[[YearOfUnit], Iterator[Question]]
    more: str
    """Where the rest is listed, in words."""
    anchor: str
    """The same as an address on the unit's page."""
    order: int = 0
    """Kinds of a lower number are graver, and are the first to ask about a value."""


def questions_of(year: YearOfUnit) -> list[tuple[Kind, list[Question]]]:
    """Return the questions of each kind, the weightiest first; kinds without any are left out.

    Where several kinds would ask about one value of a row, the gravest does.
    """
    found: dict[str, list[Question]] = {}
    for kind in sorted(KINDS, key=lambda one: one.order):
        questions = sorted(kind.ask(year), key=lambda one: -one.weight)
        found[kind.title] = questions
        year = year._replace(asked=year.asked.union(*(one.facts for one in questions)))
    return [(kind, found[kind.title]) for kind in KINDS if found[kind.title]]


def _budget_questions(year: YearOfUnit) -> Iterator[Question]:
    """Ask about the largest changes of a budget, and about money that was not spent, beyond the pack's limits."""
    for lines in year.lines:
        if has_budget(lines.row):
            subject = year.subjects[lines.record.id]
            yield from _budget_change(lines, subject)
            yield from _unspent(lines, subject)


def _budget_change(lines: Lines, subject: Subject) -> Iterator[Question]:
    initial, adjusted = lines.row.amounts.initial_budget, lines.row.amounts.adjusted_budget
    change = lines.row.amounts.adjustment
    if initial is None or adjusted is None or not change or initial.number < 0 or adjusted.number < 0:
        return
    rate = percentage(change, initial.yuan)
    if rate is not None and abs(rate) <= subject.pack.thresholds.budget_change:
        return
    if "budget-change-unexplained" in waived_in(lines) or is_change_carried_over(subject):
        return
    how = f"，{say_change(rate)}（本站计算）" if rate is not None else ""
    text = (
        f"{project_of(lines)}年初预算数 {say_amount(initial)}，全年预算数 {say_amount(adjusted)}{how}"
        f"{_unexplained(subject)}。为什么调整？"
    )
    yield _about_money(lines, text, "adjusted_budget", abs(change))


def _unspent(lines: Lines, subject: Subject) -> Iterator[Question]:
    amounts = lines.row.amounts
    budget, executed, rate = amounts.adjusted_budget, amounts.executed, amounts.computed_execution_rate
    if (
        budget is None
        or executed is None
        or rate is None
        or rate < 0
        or "low-execution-unexplained" in waived_in(lines)
    ):
        return
    if rate < subject.pack.thresholds.low_execution:
        text = (
            f"{project_of(lines)}全年预算数 {say_amount(budget)}，全年执行数 {say_amount(executed)}，"
            f"执行率{spaced(say_percent(rate))}（本站计算）{_unexplained(subject)}。为什么没有用完？"
        )
        yield _about_money(lines, text, "executed", EXACT.subtract(budget.yuan, executed.yuan))


def _unexplained(subject: Subject) -> str:
    return "" if is_money_explained(subject) or why_unexplained(subject) else "，表里没有说明原因"


def _about_money(lines: Lines, text: str, column: str, weight: Decimal) -> Question:
    record, position = lines.record, lines.row.amounts.anchor_row
    rows = record.funding.rows if record.funding else ()
    row = rows[position or 0]
    cell = row.cells.get(column) or row.cells.get("budget")
    anchor = "form" if position is None else funding_anchor(row.group, row.label)
    return make_question(lines, text, f"{lines.row.url}#{anchor}", cell.span if cell else row.span, weight)


def _reason_questions(year: YearOfUnit) -> Iterator[Question]:
    """Ask why points were lost or a target missed where the form gives no reason anywhere."""
    for lines in year.lines:
        waived = waived_in(lines)
        subject = year.subjects[lines.record.id]
        for row in subject.scored:
            lost, is_short = row.lost, is_missed(row, lines.record.fiscal_year)
            if not (is_short or (lost is not None and lost > 0)) or _is_waived(waived, row):
                continue
            if is_near_full_execution(subject, row) or reason_of(lines.record, row.position).told is not Told.NOWHERE:
                continue
            asks = [("actual", is_short), ("score", lost is not None and lost > 0)]
            about = frozenset(fact_of(row, column) for column, is_asked in asks if is_asked)
            if about <= year.asked:
                continue
            scored = (
                f"{row.cell('points').text} 分得 {row.cell('score').text} 分" if lost is not None and lost > 0 else ""
            )
            values = _values(row) if is_short else ""
            asked = "为什么没有达到？" if is_short else "为什么扣分？"
            facts = "，".join(filter(None, (values, scored)))
            text = f"{project_of(lines)}的{name_of(row.name)}{facts}，表里没有写原因。{asked}"
            yield about_row(lines, row, text, "score", lost or Decimal(0), about)


_REASON_RULES = (
    "lost-points-without-reason", "missed-target-without-reason", "met-target-loses-points", "met-word-loses-points",
)  # fmt: skip


def _is_waived(waived: Mapping[str, set[str]], row: Row) -> bool:
    return any(row.indicator.anchor in waived.get(name, ()) for name in _REASON_RULES)


def _values(row: Row) -> str:
    target, actual = values_of(row.indicator)
    return f"指标值{quoted(target.text, LONGEST_VALUE)}、完成值{quoted(actual.text, LONGEST_VALUE)}"


def _contradiction_questions(year: YearOfUnit) -> Iterator[Question]:
    """Ask about every finding that says that the form contradicts itself."""
    for lines in year.lines:
        for number, finding in enumerate(lines.check.findings, 1):
            rule = year.rules.get(finding.code)
            if rule is None or finding.outcome == Decided.WAIVED or finding.name in OF_PROMISES:
                continue
            if rule.nature not in _ASKED:
                continue
            asked, more = _ASKED[rule.nature]
            question = about_finding(lines, number, finding, asked, _SEVERITIES[finding.severity] + more)
            yield question._replace(facts=_facts_of(finding, rule, year.subjects[lines.record.id]))


_ASKED = {Nature.ARITHMETIC: ("哪个数是对的？", 1), Nature.CONTRADICTION: ("怎样解释？", 0)}


def _facts_of(finding: Finding, rule: Rule, subject: Subject) -> frozenset[Fact]:
    """Return the results of a row that a finding points at; points for a result are about the result too."""
    place = (finding.origin.line, finding.origin.column)
    row = (
        next((row for row in subject.rows if row.indicator.anchor == finding.anchor), None) if finding.anchor else None
    )
    if row is None:
        return frozenset()
    found = {column for column in ("actual", "score") if tuple(row.cell(column).span) == place and row.has(column)}
    if "score" in found and "indicator.target" in rule.reads:
        found.add("actual")
    return frozenset(fact_of(row, column) for column in found)


_SEVERITIES = {Severity.ERROR: Decimal(4), Severity.WARNING: Decimal(2), Severity.NOTE: Decimal(0)}


def _number_questions(year: YearOfUnit) -> Iterator[Question]:
    """Ask for the number where the target has one and the result is a word; one question for a record."""
    for lines in year.lines:
        waived = waived_in(lines).get("number-answered-by-words", ())
        rows = [row for row in year.subjects[lines.record.id].scored if _is_word_for_number(row)]
        rows = [row for row in rows if row.indicator.anchor not in waived]
        # How many there are is what the form says, so those that are asked about elsewhere count as well.
        open_rows = [row for row in rows if fact_of(row, "actual") not in year.asked]
        if not open_rows:
            continue
        first = max(open_rows, key=lambda row: row.points or 0)
        if len(rows) == 1:
            text = f"{project_of(lines)}的{name_of(first.name)}{_values(first)}。实际完成了多少？"
        else:
            text = (
                f"{project_of(lines)}有 {len(rows)} 项的指标值有数，完成值只有文字，"
                f"例如{name_of(first.name)}{_values(first)}。实际各完成了多少？"
            )
        yield about_row(lines, first, text, "actual", Decimal(len(rows)), ())


_NONE = ("无", "未发生", "未出现", "零", "没有", "未接到", "未收到")
"""Words that are a number: nought."""


def _is_word_for_number(row: Row) -> bool:
    return (
        has_number(row.target)
        and isinstance(row.actual, (Words, Achievement))
        and row.is_readable
        and not folded(row.actual.text).startswith(_NONE)
    )


KINDS: Iterable[Kind] = (
    Kind("预算变动大、钱没有用完", _budget_questions, "本单位的记录", "records"),
    Kind("扣了分或没有达到目标，没有写原因", _reason_questions, "本单位的偏差", "deviations", 1),
    Kind("目标降低或取消", promise_questions, "本单位的项目", "records"),
    Kind("表里的数字或说法前后不一致", _contradiction_questions, "本单位的检查结果", "findings"),
    Kind("目标有数，结果没有数", _number_questions, "本单位的记录", "records", 2),
)
"""What is asked about, in the order of the sheet."""
