"""What became of every rule that was due for a record, told briefly."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from msgspec import Struct

from generator.check.outcome import OUTCOME_LABELS, Outcome
from generator.check.rule import Rule
from generator.check.runner import LedgerLine
from generator.plan.urls import rule_url


class RuleName(Struct, frozen=True, gc=False):
    """A rule in the ledger."""

    code: str
    url: str
    title: str
    """Empty where there are too many to tell more than their code."""


class LedgerLines(Struct, frozen=True, gc=False):
    """Rules that ended alike and for the same reasons."""

    reasons: str
    rules: tuple[RuleName, ...]


class LedgerGroup(Struct, frozen=True, gc=False):
    """Rules that ended alike."""

    outcome: str
    label: str
    count: int
    lines: tuple[LedgerLines, ...]


_Line = tuple[tuple[str, ...], tuple[str, ...]]
"""Reasons, and the codes of the rules that ended so."""


def ledger_groups(ledger: Iterable[LedgerLine], rules: Mapping[str, Rule]) -> tuple[LedgerGroup, ...]:
    """Return the ledger by outcome and reason: one line for each rule would be most of the page."""
    found: dict[Outcome, dict[tuple[str, ...], list[str]]] = {outcome: {} for outcome in OUTCOME_LABELS}
    for line in ledger:
        found[line.outcome].setdefault(line.reasons, []).append(line.code)
    return tuple([_group_of(outcome, lines, rules) for outcome, lines in found.items() if lines])


def _group_of(outcome: Outcome, lines: Mapping[tuple[str, ...], list[str]], rules: Mapping[str, Rule]) -> LedgerGroup:
    found = tuple([(reasons, tuple(codes)) for reasons, codes in lines.items()])
    if outcome in (Outcome.PASS, Outcome.NOT_APPLICABLE):
        return _brief_group(outcome, found)
    return _group(outcome, found, {code: rules[code].title for _, codes in found for code in codes})


# What passes and what does not apply is the same for most records of a form.
@lru_cache(maxsize=1024)
def _brief_group(outcome: Outcome, lines: tuple[_Line, ...]) -> LedgerGroup:
    return _group(outcome, lines, {})


def _group(outcome: Outcome, lines: tuple[_Line, ...], titles: Mapping[str, str]) -> LedgerGroup:
    return LedgerGroup(
        outcome.value,
        OUTCOME_LABELS[outcome],
        sum(len(codes) for _, codes in lines),
        tuple(
            LedgerLines(
                "；".join(reasons), tuple(RuleName(code, rule_url(code), titles.get(code, "")) for code in codes)
            )
            for reasons, codes in lines
        ),
    )
