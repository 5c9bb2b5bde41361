"""What the site knows of the check of its content."""

from collections.abc import Callable, Mapping

from msgspec import Struct

from generator.check.pack import Pack
from generator.check.policy import Policy, SeenCheck
from generator.check.rule import Nature, Rule
from generator.check.scores.scoring import Scoring

SHORT = 12
"""How much of a fingerprint a page shows."""


class SiteCheck(Struct, frozen=True):
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
    scorings: Callable[[str], tuple[Scoring, ...]] = lambda _: ()
    """How the scores of a record come about, by its id; asked only for what shows it."""

    def scoring_of(self, record: str) -> tuple[Scoring, ...]:
        """Return how each printed score of a record comes about, where that is shown: it is a matter of method."""
        return self.scorings(record) if self.policy.shows_scoring else ()

    def shows_replies_to(self, code: str) -> bool:
        """Tell whether it may be seen that somebody answers to a rule."""
        rule = self.rules.get(code)
        return self.policy.internal or (rule is not None and rule.nature is not Nature.PRIVACY)
