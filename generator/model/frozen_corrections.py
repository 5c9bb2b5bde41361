"""What makes a correction that was published stay as it was: its digest."""

from collections.abc import Mapping

from generator.model.printed import digest_of_content, plain_prose
from generator.model.records import Correction, Side


def correction_data(correction: Correction) -> dict[str, object]:
    """Return a correction as the published JSON of its record has it."""
    is_row = correction.is_about_row
    return {
        "item": correction.item,
        "old": _side(correction.old, is_row=is_row),
        "new": _side(correction.new, is_row=is_row),
        "position": correction.position or None,
        "reason": correction.reason,
        "decided_by": correction.decided_by,
        "date": correction.date,
    }


def _side(side: Side, *, is_row: bool) -> object:
    """Return a figure as printed, the figures of a row by their titles, or null where there was no such row."""
    return (dict(side.cells) or None) if is_row else side.text


def digest_of_data(data: Mapping[str, object]) -> str:
    """Return the SHA-256 of a correction as published, 64 digits; how the lines of its reason are broken says nothing."""
    return digest_of_content({**data, "reason": plain_prose(str(data["reason"]))})


def correction_digest(correction: Correction) -> str:
    """Return the SHA-256 of all that a correction says, 64 digits."""
    return digest_of_data(correction_data(correction))
