"""What the page of a record shows of its check."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from msgspec import Struct

from generator.check.outcome import OUTCOME_LABELS, Outcome
from generator.check.policy import SeenCheck
from generator.check.runner import CalculationLine, LedgerLine
from generator.check.scores.scoring import Scoring
from generator.check.waivers import replies_to
from generator.finding import Finding, Related
from generator.model.records import Cell, Record, Reply
from generator.origin import START, Span
from generator.plan.form_view import FormView, Mark
from generator.plan.ledger_view import LedgerGroup, ledger_groups
from generator.plan.rows import FindingRow, Lines, Link
from generator.plan.site_check import SHORT, SiteCheck
from generator.plan.urls import rule_url
from generator.text import folded


class Quotation(Struct, frozen=True):
    """Another place that a finding is about."""

    words: str
    title: str
    """Of the record it stands in; empty for the record itself."""
    url: str
    """Of that record, relative to the site; empty where it is this one or has no page."""


class FindingView(Struct, frozen=True):
    """A finding on the page of its record."""

    row: FindingRow
    place: str
    """Address of the form's row on the same page; empty where it is not about one row."""
    quotations: tuple[Quotation, ...]
    hint: str
    """What the author may do; shown inside only."""
    reason: str
    """Where it is waived: why, who and until when."""
    replies: tuple[Reply, ...]
    """What the reporting unit says of it."""


class CalculationView(Struct, frozen=True, gc=False):
    """A printed figure with ours beside it."""

    code: str
    rule_url: str
    title: str
    formula: str
    printed: str
    computed: Decimal | None
    outcome: str
    """pass, fail ...; in Chinese, `label`."""
    label: str
    message: str


class ScoringView(Struct, frozen=True, gc=False):
    """How one printed score comes about."""

    name: str
    place: str
    """Address of the form's row on the same page; empty where it has none."""
    method: str
    formula: str
    expected: str
    printed: str
    outcome: str
    """pass, fail ...; in Chinese, `label`."""
    label: str
    remark: str
    """Why nothing is expected, and what else a reader should know."""


class CheckView(Struct, frozen=True):
    """The part of a record's page that tells what the check found."""

    summary: str
    """What came out, in a few sentences."""
    is_fine: bool
    """Whether nothing was found and nothing left open."""
    undecided: int
    """How many of the rules that are shown could not be decided."""
    findings: tuple[FindingView, ...]
    other_replies: tuple[Reply, ...]
    """What the reporting unit says of rules that found nothing, or nothing that is shown."""
    calculations: tuple[CalculationView, ...]
    scoring: tuple[ScoringView, ...]
    ledger: tuple[LedgerGroup, ...]
    due: int
    """How many rules the ledger tells of."""
    internal_rules: int
    """How many rules are not shown; the number is the same whatever they found."""
    fingerprint: str
    """As much of it as tells editions apart; the data has all of it."""
    internal: bool


def make_check_view(
    lines: Lines, form: FormView, site: SiteCheck, named: Mapping[str, Link]
) -> tuple[CheckView, Mapping[str, Mark]]:
    """Return what the page shows of the check, and the marks beside the form's rows.

    `named` has the pages of the records that findings may name, by id.
    """
    check, undecided = lines.check, lines.check.undecided
    places = _places(lines.record, form) if check.findings else {}
    pairs = zip(check.findings, lines.findings, strict=True)
    findings = tuple(_finding_view(finding, row, places, named, lines.record) for finding, row in pairs)
    answered = {reply for finding in findings for reply in finding.replies}
    view = CheckView(
        summary=summary_of(check),
        is_fine=not check.findings and not undecided,
        undecided=len(undecided),
        findings=findings,
        other_replies=tuple(
            reply for reply in lines.record.replies if reply not in answered and site.shows_replies_to(reply.rule)
        ),
        calculations=tuple([_calculation_view(line) for line in check.calculations]),
        scoring=tuple([_scoring_view(one) for one in site.scoring_of(lines.record.id)]),
        ledger=ledger_groups(check.ledger, site.rules),
        due=len(check.ledger),
        internal_rules=check.internal_rules,
        fingerprint=site.fingerprint[:SHORT],
        internal=site.policy.internal,
    )
    return view, _marks(findings)


def summary_of(check: SeenCheck) -> str:
    """Say what came out; that nothing is wrong is said only where every rule that is shown could be decided."""
    if not check.ledger and not check.findings:
        return "没有适用于这张表的规则。"
    found, undecided = check.open_findings, check.undecided
    waived = len(check.findings) - len(found)
    due = f"应查 {len(check.ledger)} 条规则"
    sentences = []
    if found:
        sentences.append(f"{due}，查出 {len(found)} 处与规则不符。")
    elif undecided:
        sentences.append(f"{due}，已判定的 {len(check.ledger) - len(undecided)} 条没有不符。")
    elif waived:
        sentences.append(f"{due}，全部判定，除已豁免的外没有不符。")
    else:
        sentences.append(f"没有发现问题：{due}，全部判定。")
    if undecided:
        sentences.append(f"{len(undecided)} 条没有判定{_why_open(undecided)}。")
    if waived:
        sentences.append(f"另有 {waived} 处已豁免，理由一并列出。")
    return "".join(sentences)


def _why_open(undecided: Iterable[LedgerLine]) -> str:
    counts = Counter(line.outcome for line in undecided)
    return "（" + "，".join(f"{OUTCOME_LABELS[outcome]} {count} 条" for outcome, count in counts.items()) + "）"


def _finding_view(
    finding: Finding, row: FindingRow, places: Mapping[Span, str], named: Mapping[str, Link], record: Record
) -> FindingView:
    span = Span(finding.origin.line, finding.origin.column)
    return FindingView(
        row=row,
        place=finding.anchor or places.get(span, ""),
        quotations=tuple(_quotation(one, finding.record, named) for one in finding.related),
        hint=finding.hint,
        reason=finding.reason,
        replies=replies_to(finding, record),
    )


def _quotation(related: Related, own: str, named: Mapping[str, Link]) -> Quotation:
    page = named.get(related.record) if related.record != own else None
    return Quotation(related.words, page.title if page else "", page.url if page else "")


def _calculation_view(line: CalculationLine) -> CalculationView:
    calculation = line.calculation
    return CalculationView(
        code=line.code,
        rule_url=rule_url(line.code),
        title=calculation.title,
        formula=calculation.formula,
        printed=calculation.printed,
        computed=calculation.computed,
        outcome=_VALUES[line.outcome],
        label=_CALCULATED[line.outcome],
        message=line.message,
    )


# An enumeration looks up its value at length each time.
_VALUES = {outcome: outcome.value for outcome in Outcome}

_CALCULATED = OUTCOME_LABELS | {Outcome.PASS: "相符", Outcome.FAIL: "不符"}
"""Words for a comparison of two figures, where the ledger has those for a rule."""


def _scoring_view(scoring: Scoring) -> ScoringView:
    outcome, reason, remark = scoring.outcome, scoring.reason, scoring.remark
    return ScoringView(
        scoring.name or "（无名称）",
        scoring.anchor,
        scoring.method_label,
        scoring.formula,
        scoring.expected,
        scoring.printed,
        _VALUES[outcome],
        _SCORED[outcome],
        f"{reason}；{remark}" if reason and remark else reason or remark,
    )


_SCORED = _CALCULATED | {Outcome.INSUFFICIENT: "没有判定"}
"""Words for a score beside the one expected."""


def _marks(findings: Iterable[FindingView]) -> Mapping[str, Mark]:
    about: dict[str, list[FindingRow]] = {}
    for finding in findings:
        if finding.place:
            about.setdefault(finding.place, []).append(finding.row)
    return {place: Mark("、".join(str(row.number) for row in own), f"#{own[0].anchor}") for place, own in about.items()}


def _places(record: Record, form: FormView) -> dict[Span, str]:
    """Return the row's address by where its cells are authored, for rows that findings know by their place alone."""
    places: dict[Span, str] = {}
    drawn = {(folded(row.label), row.group) for row in form.form.funding_rows}
    lines = [line for line in form.funding if not form.form.fixed_funding or (folded(line.name), line.group) in drawn]
    for line in lines:
        _note(places, line.anchor, (*line.cells.values(), *line.printed_cells, *line.extra.values()))
    anchors = {(folded(line.name), line.group): line.anchor for line in reversed(lines)}
    for row in record.funding.rows if record.funding else ():
        anchor = anchors.get((folded(row.label), row.group))
        if anchor:
            places.setdefault(row.span, anchor)
            _note(places, anchor, (*row.cells.values(), *row.printed_cells, *row.extra.values()))
    if form.draws_total:
        _note(places, "total", record.total.values())
        if "total" in record.keys:
            places.setdefault(record.keys["total"], "total")
    places.pop(START, None)
    return places


def _note(places: dict[Span, str], anchor: str, cells: Iterable[Cell]) -> None:
    for cell in cells:
        places.setdefault(cell.span, anchor)
