"""What the site knows of the check of its content."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.check.pack import Pack
from generator.check.policy import Policy, SeenCheck
from generator.check.rule import Nature, Rule
from generator.check.scores.scoring import Scoring, explain_execution, explain_scoring
from generator.check.subject import EVALUATIONS, Subject
from generator.model.catalog import Catalog
from generator.model.records import Record

SHORT = 12
"""How much of a fingerprint a page shows."""


@dataclass(frozen=True, slots=True)
class SiteCheck:
    """The rules, and what of their results may be seen."""

    rules: Mapping[str, Rule]
    """Every rule by its code, in the order of codes."""
    packs: Mapping[str, Pack]
    """The pack that holds for each record, by its id."""
    seen: Mapping[str, SeenCheck]
    """What may be seen of each record's check, by its id."""
    policy: Policy
    fingerprint: str
    """Of the rules and packs that were used."""

    def shows_replies_to(self, code: str) -> bool:
        """Tell whether it may be seen that somebody answers to a rule."""
        rule = self.rules.get(code)
        return self.policy.internal or (rule is not None and rule.nature is not Nature.PRIVACY)

    def scoring(self, record: Record, catalog: Catalog) -> tuple[Scoring, ...]:
        """Explain the scores of a record, execution first; nothing for forms without scores, or where it is not shown.

        How points are given is a matter of method, so a publisher who shows contradictions alone does not show it.
        """
        form = catalog.form_of(record)
        if not self.policy.shows_scoring or form.record_type not in EVALUATIONS:
            return ()
        subject = Subject(record, form, catalog.unit_of(record), self.packs[record.id])
        execution = explain_execution(subject)
        rows = (explain_scoring(row, subject.pack) for row in subject.scored if row.has("score"))
        return (*((execution,) if execution else ()), *rows)
