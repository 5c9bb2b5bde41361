"""What a record says of itself beside its form, as published: its rule pack, waivers, replies and corrections."""

from generator.export.plain import Data
from generator.model.frozen_corrections import correction_data
from generator.model.records import Record
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
        "corrections": [correction_data(one) for one in in_order(record.corrections)],
    }


def _texts(judgement: object, place: Place) -> Data:
    return {term.identifier: getattr(judgement, term.identifier) for term in TERMS[place]}
