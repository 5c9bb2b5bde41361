"""What a record says of itself beside its form, as published: its rule pack, waivers, replies and corrections."""

from generator.export.plain import Data
from generator.model.records import Record, Side
from generator.model.undoing import in_order
from generator.vocabulary import TERMS, Place


def judgement_data(record: Record) -> Data:
    """Return the pack a record asks for (null where it asks for none), its waivers, its replies and its corrections."""
    return {
        "rule_pack": record.rule_pack.text or None,
        "waivers": [
            {**_texts(waiver, Place.WAIVER), "valid_until": waiver.valid_until.isoformat()} for waiver in record.waivers
        ],
        "replies": [_texts(reply, Place.REPLY) for reply in record.replies],
        "corrections": [
            {
                "item": one.item,
                "old": _side(one.old, is_row=one.is_about_row),
                "new": _side(one.new, is_row=one.is_about_row),
                "position": one.position or None,
                "reason": one.reason,
                "decided_by": one.decided_by,
                "date": one.date,
            }
            for one in in_order(record.corrections)
        ],
    }


def _side(side: Side, *, is_row: bool) -> object:
    """Return a figure as printed, the figures of a row by their titles, or null where there was no such row."""
    return (dict(side.cells) or None) if is_row else side.text


def _texts(judgement: object, place: Place) -> Data:
    return {term.identifier: getattr(judgement, term.identifier) for term in TERMS[place]}
