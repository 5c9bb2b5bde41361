"""What a row prints, as far as its score follows from it."""

from msgspec import Struct

from generator.check.rows.row_facts import ValueFacts
from generator.model.targets import Printed
from generator.model.values import Value


class Case(Struct, frozen=True):
    """All of a row that decides what it should score: rows that print the same share the answer."""

    values: ValueFacts
    unreadable: str
    """Which of target and actual value cannot be read, in words; empty where both can."""
    points: str
    """As printed."""
    points_unreadable: str
    """Why they cannot be read; empty where they can."""
    score: str
    """As printed."""
    score_unreadable: str
    """Why it cannot be read; empty where it can."""
    is_adjusted: bool
    """Whether the target is one that was adjusted during the year."""
    is_lower_better: bool
    """Whether the target is one number exactly, of costs or faults."""
    year: int
    """Fiscal year of the record where the target is a date; 0 elsewhere."""

    @property
    def printed(self) -> Printed:
        """What the row prints of both."""
        return self.values.printed

    @property
    def target(self) -> Value:
        """The target, parsed."""
        return self.values.target

    @property
    def actual(self) -> Value:
        """The actual value, parsed."""
        return self.values.actual


Parts = tuple[ValueFacts, str, str, str, str, str, bool, bool, int]
"""The fields of a `Case`, in their order."""
