"""What a record says of its own findings, as published: its rule pack, waivers and replies."""

from generator.export.plain import Data
from generator.model.records import Record
from generator.vocabulary import TERMS, Place


def judgement_data(record: Record) -> Data:
    """Return the pack a record asks for (null where it asks for none), its waivers and its replies."""
    return {
        "rule_pack": record.rule_pack.text or None,
        "waivers": [
            {**_texts(waiver, Place.WAIVER), "valid_until": waiver.valid_until.isoformat()} for waiver in record.waivers
        ],
        "replies": [_texts(reply, Place.REPLY) for reply in record.replies],
    }


def _texts(judgement: object, place: Place) -> Data:
    return {term.identifier: getattr(judgement, term.identifier) for term in TERMS[place]}
