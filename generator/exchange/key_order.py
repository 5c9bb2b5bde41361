"""In which order the keys of a record stand, as its form prints them."""

from collections.abc import Iterable, Mapping, Sequence

from generator.model.forms import FormDefinition
from generator.vocabulary import TERMS, Place, term_for

_BEFORE_HEAD = ("form", "layout", "fiscal_year", "period")
_BEHIND_HEAD = ("funding", "objective", "long_term_indicators", "indicators", "level1_weights", "total", "grade")
_LAST = ("source", "corrections", "waivers", "replies", "unconfirmed")


def key_order(form: FormDefinition) -> Mapping[Place, Sequence[str]]:
    """Return the identifiers of each part of a record in the order of its form; others have no order of their own."""
    head = [identifier for identifier in form.head if identifier != "grade"]
    return {
        Place.RECORD: list(dict.fromkeys((*_BEFORE_HEAD, *head, *_BEHIND_HEAD, *_LAST))),
        Place.FUNDING_ROW: list(form.funding_columns),
        Place.INDICATOR: list(dict.fromkeys(("name", *form.indicator_columns))),
        **{place: [term.identifier for term in TERMS[place]] for place in _BY_VOCABULARY},
    }


_BY_VOCABULARY = (
    Place.OBJECTIVE,
    Place.TOTAL,
    Place.SOURCE,
    Place.WAIVER,
    Place.REPLY,
    Place.UNCONFIRMED,
    Place.CORRECTION,
)


def positions(keys: Iterable[str], place: Place, order: Sequence[str]) -> list[int]:
    """Return the new order of keys as positions of the old one.

    A key that has no order of its own stays behind the one it stands behind now.
    """
    ranks = []
    rank = -1
    for key in keys:
        term = term_for(place, key)
        if term is not None and term.identifier in order:
            rank = order.index(term.identifier)
        ranks.append(rank)
    return sorted(range(len(ranks)), key=lambda number: (ranks[number], number))
