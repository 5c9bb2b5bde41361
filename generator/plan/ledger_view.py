"""What became of every rule that was due for a record, told briefly."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from generator.check.outcome import OUTCOME_LABELS, Outcome
from generator.check.rule import Rule
from generator.check.runner import LedgerLine
from generator.plan.urls import rule_url


class RuleName(NamedTuple):
    """A rule in the ledger."""

    code: str
    url: str
    title: str
    """Empty where there are too many to tell more than their code."""


class LedgerLines(NamedTuple):
    """Rules that ended alike and for the same reasons."""

    reasons: str
    rules: tuple[RuleName, ...]


@dataclass(frozen=True, slots=True)
class LedgerGroup:
    """Rules that ended alike."""

    outcome: str
    label: str
    count: int
    lines: tuple[LedgerLines, ...]


def ledger_groups(ledger: Iterable[LedgerLine], rules: Mapping[str, Rule]) -> tuple[LedgerGroup, ...]:
    """Return the ledger by outcome and reason: one line for each rule would be most of the page."""
    found: dict[Outcome, dict[tuple[str, ...], list[str]]] = {}
    for line in ledger:
        found.setdefault(line.outcome, {}).setdefault(line.reasons, []).append(line.code)
    return tuple(
        LedgerGroup(
            outcome.value,
            label,
            sum(map(len, found[outcome].values())),
            tuple(
                LedgerLines("；".join(reasons), tuple(_rule_name(code, outcome, rules) for code in codes))
                for reasons, codes in found[outcome].items()
            ),
        )
        for outcome, label in OUTCOME_LABELS.items()
        if outcome in found
    )


_BRIEF = (Outcome.PASS, Outcome.NOT_APPLICABLE)


def _rule_name(code: str, outcome: Outcome, rules: Mapping[str, Rule]) -> RuleName:
    return RuleName(code, rule_url(code), "" if outcome in _BRIEF else rules[code].title)
