"""What follows from a record's text alone and is asked again and again, so that it is kept beside the record."""

from msgspec import Struct

from generator.model.achievement import Outcome, outcome_of
from generator.model.printed import printed_digest
from generator.model.records import Record


class Gist(Struct, frozen=True, array_like=True, gc=False):
    """What was worked out of a record when it was read."""

    outcomes: tuple[Outcome, ...]
    """What comparing target and actual value gives, of every row."""
    digest: str
    """See `printed.printed_digest`."""


def gist_of(record: Record) -> Gist:
    """Work out of a record what is worth keeping."""
    return Gist(tuple([outcome_of(indicator) for indicator in record.indicators]), printed_digest(record))
