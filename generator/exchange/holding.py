"""Which differences must not be written into a record unseen: a blank never takes the place of what is there."""

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.exchange.imported import ImportedDraft
from generator.exchange.named_cells import named_spans
from generator.exchange.record_difference import STEP, Change, Difference, printed
from generator.importers.draft import Filled
from generator.model.records import Cell, Record
from generator.origin import Span

_NEVER_WRITTEN = re.compile(r"fiscal_year|.*\.level[123]")
"""Fields that no update changes: they decide which record or row is meant."""
_LONGEST = 30


def reasons_to_hold(differences: Sequence[Difference], record: Record, draft: ImportedDraft) -> Iterator[str]:
    """Yield in Chinese, field by field, why a record may not be changed by a draft; `record` is what the draft says."""
    unsure = _Unsure(record, draft)
    for difference in differences:
        if difference.change is Change.ADDED:
            continue
        field = STEP.join(difference.path)
        value = unsure.value_of(difference)
        if value is not None:
            yield f"“{field}”没有把握（{value.why or '凭位置或内容推断'}），记录里的“{_short(difference.before)}”没有动"
        elif difference.before.strip() and not difference.after.strip() and difference.change is Change.CHANGED:
            yield f"“{field}”原件是空白，不能代替记录里的“{_short(difference.before)}”"
        elif _is_lost(difference):
            yield f"“{field}”原件读不出来，不能代替记录里的“{_short(difference.before)}”"
    for value in unsure.nowhere:
        yield f"“{value.path}”没有把握（{value.why or '凭位置或内容推断'}）"


class _Unsure:
    """The values of a draft that a person must confirm, by each way a difference may name them."""

    def __init__(self, record: Record, draft: ImportedDraft) -> None:
        spans = named_spans(record)
        self._by_name: Mapping[str, Filled] = {value.field: value for value in draft.unconfirmed}
        self._by_path: Mapping[str, Filled] = {value.path: value for value in draft.unconfirmed}
        # Rows are matched by likeness, so the record that is there may know a field by another name.
        self._by_span: Mapping[Span, Filled] = {
            spans[value.field]: value for value in draft.unconfirmed if value.field in spans
        }
        self.nowhere = tuple(
            value
            for value in draft.unconfirmed
            if value.field not in spans and not _NEVER_WRITTEN.fullmatch(value.field)
        )
        """Values that cannot be told from others, so that any difference may be about them."""

    def value_of(self, difference: Difference) -> Filled | None:
        """Return the value that a difference would write, where it is to be confirmed."""
        cell = difference.cell_after
        by_span = self._by_span.get(cell.span) if cell is not None else None
        return by_span or self._by_name.get(difference.name) or self._by_path.get(STEP.join(difference.path))


def _is_lost(difference: Difference) -> bool:
    """Tell whether a value that could be read would give way to one that cannot."""
    before, after = difference.cell_before, difference.cell_after
    if not isinstance(after, Cell) or not after.unreadable:
        return False
    return bool(printed(before)) and not (isinstance(before, Cell) and before.unreadable)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
