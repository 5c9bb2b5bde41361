"""The list of all figures that were changed after they had been published."""

from collections.abc import Sequence

from msgspec import Struct

from generator.plan import urls
from generator.plan.contexts import Entry
from generator.plan.long_list import Extent, LongList
from generator.plan.rows import CorrectionRow, Link


class CorrectionsContext(Struct, frozen=True):
    """pages/corrections.html: every figure that was changed after it had been published, the newest first."""

    heading: str
    rows: tuple[CorrectionRow, ...]
    parts: tuple[Entry, ...]
    total: int
    records: int
    """How many records were corrected."""
    files: tuple[Link, ...]
    """The same rows to download and to subscribe to."""


def _context(extent: Extent, rows: tuple[CorrectionRow, ...], parts: tuple[Entry, ...]) -> CorrectionsContext:
    return CorrectionsContext(
        extent.heading, newest_first(rows), parts, extent.tally.corrections, extent.tally.corrected, extent.files
    )


def newest_first(rows: Sequence[CorrectionRow]) -> tuple[CorrectionRow, ...]:
    """Return corrections by their days, the newest first; those of one day by record, the last one first."""
    ordered = sorted(rows, key=lambda row: (row.record.url, -row.number))
    return tuple(sorted(ordered, key=lambda row: row.date, reverse=True))


CORRECTIONS = LongList(
    urls.CORRECTIONS, "更正", "公开之后改过的每一个数字：原来是多少，改为多少，为什么，谁决定的。", "corrections",
    "corrections", lambda one: one.corrections, _context, is_by_itself=True,
)  # fmt: skip
"""The list of all corrections."""
