"""What of the rules' results may be seen by whom."""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from generator.check.corrections import PUBLIC_FAULTS
from generator.check.outcome import DECIDED, Outcome
from generator.check.pack import Pack
from generator.check.rule import Nature, Rule
from generator.check.runner import CalculationLine, LedgerLine, RecordCheck
from generator.check.waivers import WAIVER_FAULTS
from generator.finding import Finding, Severity
from generator.patterns import lazy_pattern


class PublicFindings(StrEnum):
    """Which findings a publisher shows; each word takes in what the one before it does."""

    CONTRADICTIONS = "contradictions"
    """Figures that contradict each other, and statements that cannot both hold."""
    WARNINGS = "warnings"
    """And whatever else is an error or a warning."""
    ALL = "all"
    """And notes. Personal data stays out even so."""


class Policy(Struct, frozen=True):
    """Who the results are shown to."""

    public: PublicFindings = PublicFindings.WARNINGS
    internal: bool = False
    """Whether they are for the publisher's own eyes, who sees everything."""

    @property
    def shows_scoring(self) -> bool:
        """Tell whether it is shown how each score comes about."""
        return self.internal or self.public is not PublicFindings.CONTRADICTIONS

    def shows(self, nature: Nature, severity: Severity) -> bool:
        """Tell whether findings of a rule of this nature and weight are shown."""
        if self.internal:
            return True
        if nature is Nature.PRIVACY:
            return False
        if nature is Nature.ARITHMETIC or self.public is PublicFindings.ALL:
            return True
        if severity is Severity.NOTE:
            return False
        return nature is Nature.CONTRADICTION or self.public is PublicFindings.WARNINGS


class SeenCheck(Struct, frozen=True, array_like=True, gc=False):
    """What may be seen of the check of one record."""

    record: str
    findings: tuple[Finding, ...]
    """In reading order."""
    ledger: tuple[LedgerLine, ...]
    """The rules that were due and are shown, in the order of codes."""
    calculations: tuple[CalculationLine, ...]
    internal_rules: int
    """How many rules were due and are not shown; the same whatever they decided, so that the number tells nothing."""

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """The findings that no waiver explains."""
        return tuple(finding for finding in self.findings if finding.outcome != Outcome.WAIVED)

    @property
    def undecided(self) -> tuple[LedgerLine, ...]:
        """The rules that could not be decided."""
        return tuple(line for line in self.ledger if line.outcome not in DECIDED)


def seen(check: RecordCheck, rules: Mapping[str, Rule], shown: frozenset[str], policy: Policy) -> SeenCheck:
    """Return what a policy lets be seen of a record's check; `shown` has the codes of the rules it shows.

    A rule that is not shown is left out of the ledger whatever it decided: were it missing only where it found
    something, its absence would tell. A waiver, and what is wrong with one, is shown although its rule is not, except
    about personal data.
    """
    if policy.internal:
        return SeenCheck(check.record, check.findings, check.ledger, check.calculations, 0)
    ledger = tuple(
        [
            line if line.outcome is not Outcome.ERROR else replace(line, reasons=())
            for line in check.ledger
            if line.code in shown
        ]
    )
    return SeenCheck(
        record=check.record,
        findings=tuple(_public_findings(check.findings, rules, shown)),
        ledger=ledger,
        calculations=tuple(line for line in check.calculations if line.code in shown),
        internal_rules=len(check.ledger) - len(ledger),
    )


def _public_findings(
    findings: Iterable[Finding], rules: Mapping[str, Rule], shown: frozenset[str]
) -> Iterable[Finding]:
    for finding in findings:
        rule = rules.get(finding.code)
        if (finding.code in WAIVER_FAULTS and _is_fit_to_name(finding, rules)) or finding.code in PUBLIC_FAULTS:
            yield finding
        elif rule is None or rule.nature is Nature.PRIVACY or finding.outcome == Outcome.ERROR:
            # That a rule broke down says nothing about the record, and what it says may quote anything.
            continue
        elif finding.code in shown or finding.outcome == Outcome.WAIVED:
            yield finding


_CODE = lazy_pattern(r"[A-Z]{3}\d{3}")


def _is_fit_to_name(finding: Finding, rules: Mapping[str, Rule]) -> bool:
    """Tell whether a fault of a waiver names no rule about personal data."""
    named = (rules.get(code) for code in _CODE.findall(finding.message))
    return not any(rule is not None and rule.nature is Nature.PRIVACY for rule in named)


def shown_codes(rules: Mapping[str, Rule], pack: Pack, policy: Policy) -> frozenset[str]:
    """Return the rules whose findings a policy shows, weighed as the pack weighs them."""
    return frozenset(
        code for code, rule in rules.items() if policy.shows(rule.nature, pack.severity_of(code, rule.severity))
    )


def seen_checks(
    checks: Mapping[str, RecordCheck],
    rules: Mapping[str, Rule],
    packs: Mapping[str, Pack],
    policy: Policy,
    published: Collection[str] | None = None,
) -> dict[str, SeenCheck]:
    """Return what may be seen of the check of every record that is published.

    `packs` has the pack of each by its id. A record that is not published is quoted nowhere; unless `published` says
    which are, by id, it is those that were checked.
    """
    by_pack: dict[Pack, frozenset[str]] = {}
    found: dict[str, SeenCheck] = {}
    for identifier, check in checks.items():
        pack = packs[identifier]
        shown = by_pack.get(pack)
        if shown is None:
            shown = by_pack[pack] = shown_codes(rules, pack, policy)
        found[identifier] = _quoting_only(checks if published is None else published, seen(check, rules, shown, policy))
    return found


def _quoting_only(published: Collection[str], check: SeenCheck) -> SeenCheck:
    """Leave out what findings quote of records that are not published."""
    if all(not one.record or one.record in published for finding in check.findings for one in finding.related):
        return check
    findings = (
        replace(finding, related=tuple(one for one in finding.related if not one.record or one.record in published))
        for finding in check.findings
    )
    return replace(check, findings=tuple(findings))
