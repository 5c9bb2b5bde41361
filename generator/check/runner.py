"""Ask every rule that is due of every record, and keep what each decided."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from operator import attrgetter
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from generator.check.outcome import PASSED, Calculation, Outcome, Spot, Verdict, gravest, insufficient
from generator.check.pack import Pack
from generator.check.rule import Rule
from generator.check.subject import Subject
from generator.check.waivers import Codes, fields_found, judgement_findings, waived
from generator.finding import Finding, Severity, in_reading_order
from generator.model.catalog import Catalog
from generator.model.records import Record
from generator.origin import Origin

Given = TypeVar("Given")

PackOf = Callable[[Record], Pack]
"""Chooses the pack that holds for a record."""

SharedGroups = Mapping[str, Sequence[Sequence[Subject]]]
"""Groups of records of several units, by code of the rule that asks about them."""

Recall = Callable[[Rule, Sequence[Subject], Callable[[], tuple[Verdict, ...]]], tuple[Verdict, ...]]
"""Returns what a rule decides about a group, which it may know without asking."""


class LedgerLine(Struct, frozen=True, array_like=True, gc=False):
    """What became of one rule that was due for a record."""

    code: str
    outcome: Outcome
    examined: int
    """How many places were looked at."""
    reasons: tuple[str, ...]
    """Why it does not apply, or which data is missing; each sentence once."""


class CalculationLine(Struct, frozen=True, array_like=True, gc=False):
    """One printed figure computed again by a rule."""

    code: str
    outcome: Outcome
    calculation: Calculation
    message: str
    """What is wrong or missing; empty where the figure is right."""


class RecordCheck(Struct, frozen=True, array_like=True, gc=False):
    """All that rules decided about one record."""

    record: str
    findings: tuple[Finding, ...]
    ledger: tuple[LedgerLine, ...]
    """Every rule that was due, in the order of codes."""
    calculations: tuple[CalculationLine, ...]


class Decision(Struct, frozen=True, gc=False):
    """One rule's verdicts about one record."""

    rule: Rule
    verdicts: tuple[Verdict, ...]


def make_subject(record: Record, catalog: Catalog, pack_of: PackOf) -> Subject:
    """Return a record as rules see it."""
    return Subject(record, catalog.form_of(record), catalog.unit_of(record), pack_of(record))


def is_due(rule: Rule, subject: Subject) -> bool:
    """Tell whether a rule is to be asked of a record: by its kind of form, and by its pack."""
    return subject.record_type in rule.record_types and subject.pack.is_on(rule.code)


def decide(subject: Subject, rules: Mapping[str, Rule]) -> tuple[Decision, ...]:
    """Ask the rules over single records that are due."""
    # As `is_due` has it, without asking the pack for each of so many rules.
    kind, switched_off = subject.record_type, subject.pack.switched_off()
    is_legible = not subject.unreadable
    decisions = []
    for rule in rules.values():
        if rule.check is None or kind not in rule.record_types or rule.code in switched_off:
            continue
        verdicts = _asked(rule.check, subject, (subject,))
        decisions.append(Decision(rule, verdicts if is_legible else with_unreadable(rule, verdicts, subject)))
    return tuple(decisions)


def with_unreadable(rule: Rule, verdicts: tuple[Verdict, ...], subject: Subject) -> tuple[Verdict, ...]:
    """Add that a rule could not see a cell it reads, where it would otherwise pass or not apply in silence."""
    unseen = rule.reads & subject.unreadable.keys()
    if not unseen or gravest(verdict.outcome for verdict in verdicts) not in _SILENT:
        return verdicts
    spots = [spot for kind in sorted(unseen) for spot in subject.unreadable[kind]]
    more = f"等 {len(spots)} 处" if len(spots) > 1 else ""
    return (*verdicts, insufficient(spots[0], f"“{spots[0].field}”{more}无法辨认")._replace(record=subject.id))


_SILENT = frozenset({Outcome.PASS, Outcome.NOT_APPLICABLE, Outcome.ROUNDING})


def _asked(check: Callable[[Given], Iterable[Verdict]], given: Given, about: Sequence[Subject]) -> tuple[Verdict, ...]:
    """Run a rule; one that breaks down says so, and all others go on."""
    try:
        return tuple(check(given))
    except Exception as error:  # noqa: BLE001  whatever a rule does wrong must not stop the others
        return _broken(error, about)


def _broken(error: Exception, about: Iterable[Subject]) -> tuple[Verdict, ...]:
    message = f"规则运行出错：{type(error).__name__}: {error}"
    return tuple(Verdict(Outcome.ERROR, message, hint=_REPORT_IT, record=subject.id) for subject in about)


_REPORT_IT = "这不是这份表的错；请把这条信息和这份表报告给维护者"


def ask_anew(_rule: Rule, _group: Sequence[Subject], ask: Callable[[], tuple[Verdict, ...]]) -> tuple[Verdict, ...]:
    """Remember nothing of what a rule decided before; see `Recall`."""
    return ask()


def decide_across(
    subjects: Sequence[Subject],
    rules: Mapping[str, Rule],
    shared: SharedGroups | None = None,
    recall: Recall = ask_anew,
) -> dict[str, list[Decision]]:
    """Ask the rules over groups of records; by id of the record that a decision is about.

    `shared` has the groups of the rules that span units, where `subjects` are the records of one unit alone; members
    that are of other units are not decided about. Without it all records there are must be given. `recall` may know what a group comes to.
    """
    decisions: dict[str, list[Decision]] = {}
    for rule in rules.values():
        if rule.cross_check is None:
            continue
        due = {subject.id: subject for subject in subjects if is_due(rule, subject)}
        verdicts: dict[str, list[Verdict]] = {identifier: [] for identifier in due}
        given = shared.get(rule.code, ()) if shared is not None and rule.spans_units else None
        for verdict in _across(rule, tuple(due.values()), given, recall):
            if verdict.record in verdicts:
                verdicts[verdict.record].append(verdict)
        for identifier, found in verdicts.items():
            subject, seen = due[identifier], tuple(found)
            if subject.unreadable:
                seen = with_unreadable(rule, seen, subject)
            decisions.setdefault(identifier, []).append(Decision(rule, seen))
    return decisions


def _across(
    rule: Rule, due: Sequence[Subject], given: Sequence[Sequence[Subject]] | None, recall: Recall
) -> Iterable[Verdict]:
    """Ask a rule of every group there is; each verdict is about a record of its group."""
    if rule.cross_check is None:
        return
    try:
        groups = tuple(_groups(rule, due)) if given is None else given
    except Exception as error:  # noqa: BLE001  as above
        yield from _broken(error, due)
        return
    for group in groups:
        verdicts = recall(rule, group, partial(_asked, rule.cross_check, group, group))
        strange = {verdict.record for verdict in verdicts} - {subject.id for subject in group}
        yield from _broken(KeyError(*sorted(strange)), group) if strange else verdicts


def _groups(rule: Rule, subjects: Sequence[Subject]) -> Iterable[Sequence[Subject]]:
    if rule.group_by is None:
        return
    groups: dict[str, list[Subject]] = {}
    for subject in subjects:
        for key in dict.fromkeys(rule.group_by(subject)):
            groups.setdefault(key, []).append(subject)
    yield from (group for _, group in sorted(groups.items()) if len(group) > 1)


def conclude(
    subject: Subject,
    decisions: Iterable[Decision],
    codes: Codes,
    today: date,
    of_corrections: Iterable[Finding] = (),
) -> RecordCheck:
    """Make findings, ledger and calculations of what the rules decided, heeding the record's waivers.

    `of_corrections` is what is wrong with its corrections; no waiver sets that aside.
    """
    ordered = sorted(_with_waivers(decisions, subject.record, today), key=_BY_CODE)
    findings: list[Finding] = [replace(finding, record=subject.id) for finding in of_corrections]
    ledger: list[LedgerLine] = []
    calculations: list[CalculationLine] = []
    for decision in ordered:
        rule, verdicts = decision.rule, decision.verdicts
        if verdicts.count(PASSED) == len(verdicts):
            # So most rules end: there is nothing to tell but that.
            ledger.append(_passed_line(rule.code, len(verdicts)) if verdicts else _idle_line(rule.code, rule.otherwise))
            continue
        ledger.append(_ledger_line(decision))
        for verdict in verdicts:
            if verdict.outcome in _TOLD:
                findings.append(finding_of(rule, verdict, subject))
            if verdict.calculation is not None:
                calculations.append(CalculationLine(rule.code, verdict.outcome, verdict.calculation, verdict.message))
    if subject.record.waivers or subject.record.replies:
        findings += _judged(subject, ordered, codes, today)
    return RecordCheck(subject.id, in_reading_order(findings), tuple(ledger), tuple(calculations))


def _judged(subject: Subject, decisions: Sequence[Decision], codes: Codes, today: date) -> Iterable[Finding]:
    """Return what is wrong with the waivers and replies of a record."""
    fields = fields_found((decision.rule.code, decision.verdicts) for decision in decisions)
    # What could not be decided may still be there.
    open_ = {one.rule.code for one in decisions if any(verdict.outcome in _OPEN for verdict in one.verdicts)}
    judged = judgement_findings(subject.record, fields, codes._replace(asked=set(codes.asked) - open_), today)
    return (replace(finding, record=subject.id) for finding in judged)


_BY_CODE = attrgetter("rule.code")

_REMEMBERED = 16_384

_OPEN = frozenset({Outcome.INSUFFICIENT, Outcome.ERROR})

_TOLD = (Outcome.FAIL, Outcome.WAIVED, Outcome.ERROR)
"""Outcomes that make a finding."""


def _with_waivers(decisions: Iterable[Decision], record: Record, today: date) -> Iterable[Decision]:
    if not record.waivers:
        return decisions
    return (
        Decision(one.rule, tuple(waived(one.rule.code, verdict, record.waivers, today) for verdict in one.verdicts))
        for one in decisions
    )


# Every record has the same lines for the rules that found nothing to say.
@lru_cache(maxsize=_REMEMBERED)
def _idle_line(code: str, otherwise: str) -> LedgerLine:
    return LedgerLine(code, Outcome.NOT_APPLICABLE, 0, (otherwise,))


@lru_cache(maxsize=_REMEMBERED)
def _passed_line(code: str, examined: int) -> LedgerLine:
    return LedgerLine(code, Outcome.PASS, examined, ())


def _ledger_line(decision: Decision) -> LedgerLine:
    verdicts = decision.verdicts
    outcome = gravest(verdict.outcome for verdict in verdicts)
    open_questions = (verdict.message for verdict in verdicts if verdict.outcome is outcome and verdict.message)
    reasons: tuple[str, ...] = (decision.rule.otherwise,) if outcome is Outcome.NOT_APPLICABLE and not verdicts else ()
    if outcome in (Outcome.INSUFFICIENT, Outcome.ROUNDING, Outcome.ERROR, Outcome.NOT_APPLICABLE):
        reasons = tuple(dict.fromkeys((*reasons, *open_questions)))
    elif outcome is Outcome.WAIVED:
        reasons = tuple(dict.fromkeys(verdict.reason for verdict in verdicts if verdict.reason))
    return LedgerLine(decision.rule.code, outcome, len(verdicts), reasons)


def finding_of(rule: Rule, verdict: Verdict, subject: Subject) -> Finding:
    """Return what an author is told of a verdict."""
    spot: Spot = verdict.spot
    broken = verdict.outcome is Outcome.ERROR
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=Severity.ERROR if broken else subject.pack.severity_of(rule.code, rule.severity),
        message=verdict.message,
        origin=Origin(subject.record.path, *spot.span),
        found=verdict.found,
        expected=verdict.expected,
        hint=verdict.hint,
        field=spot.field,
        outcome=verdict.outcome.value,
        record=subject.id,
        anchor=spot.anchor,
        related=verdict.related,
        reason=verdict.reason,
    )
