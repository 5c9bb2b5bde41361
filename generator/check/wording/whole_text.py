"""All words of a record at once: one look at them tells most rules that there is nothing to look for."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from generator.check.lazily import lazily
from generator.check.subject import Subject
from generator.check.wording.brackets import are_paired, bracket_faults
from generator.model.records import Record
from generator.patterns import lazy_pattern

# Control, private and invisible signs, digits of other widths and what wrong encodings leave behind are not among them.
_UNUSUAL = lazy_pattern(
    "[^\t\n\r -~\u00b0-\u00b7\u00d7\u00f7\u2010-\u2027\u2030\u2103\u2160-\u216b\u2190-\u2193\u2248\u2260\u2264\u2265"
    "\u2460-\u2473\u25a0-\u25cf\u2605\u2606\u2611\u3000-\u301f\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff0f\uff1a-\uff5e\uffe5]"
)
LONG_NUMBER = lazy_pattern(r"\d(?:[ \-]?\d){10}")
"""Where no string has so many digits in a row, there is nothing to look for."""
_BREAK = "\n\n"
_DIGITS = bytes.maketrans(b"123456789", b"0" * 9)
_ELEVEN = b"0" * 11


class WholeText:
    """The strings of a record, parted so that no pattern, be it one that looks two signs back, can reach from one to the next."""

    def __init__(
        self, of_form: Iterable[str], beside: Iterable[str], labels: Iterable[str], notes: Iterable[str] = ()
    ) -> None:
        self._strings = list(filter(None, of_form))
        self.of_form = _BREAK.join(self._strings)
        """What the unit wrote: see `Piece.is_of_form`."""
        noted = list(filter(None, notes))
        self.has_notes = bool(noted)
        """Whether a cell or a row cannot be read, in words of the transcriber."""
        self.everything = _BREAK.join(filter(None, (self.of_form, *noted, *beside)))
        self.labels = "\n".join(labels)
        """Labels of fields and columns, which may say what the strings below them are."""

    @lazily
    def is_usual(self) -> bool:
        """Tell whether all signs are such as forms are made of, and all digits are ASCII."""
        return _UNUSUAL.search(self.everything) is None

    @lazily
    def has_long_number(self) -> bool:
        """Tell whether some string has eleven digits in a row, be it with blanks or hyphens between them."""
        if self.is_usual:
            # Figures are everywhere in a form; looking for a row of them is much faster in bytes.
            signs = self.everything.encode("ascii", "replace").translate(_DIGITS, b" -")
            if _ELEVEN not in signs:
                return False
        return LONG_NUMBER.search(self.everything) is not None

    @lazily
    def has_bracket_faults(self) -> bool:
        """Tell whether a bracket that the unit wrote lacks its other half, or has one of another width."""
        return not are_paired(self.of_form) and any(map(bracket_faults, self._strings))


@lru_cache(maxsize=8)
def whole_text(subject: Subject) -> WholeText:
    """Return the words of a record; the rules ask for them one after the other."""
    record = subject.record
    cells, words, notes = [*record.head.values()], [prose.text for prose in record.prose.values()], []
    for row in record.funding.rows if record.funding is not None else ():
        cells += (*row.cells.values(), *row.extra.values())
        words.append(row.label)
        notes.append(row.unreadable)
    above: tuple[str, ...] = ()
    for indicator in record.indicators:
        cells += indicator.cells.values()
        if indicator.extra:
            cells += indicator.extra.values()
        if indicator.path != above:
            above = indicator.path
            words += above
        words.append(indicator.name)
    for others in (record.level1_weights, record.total, record.extra):
        cells += others.values()
    for table in record.tables:
        words += (table.title, *table.columns)
        cells += (cell for cells_of_row in table.rows for cell in cells_of_row)
    words += [cell.text for cell in cells]
    sources = record.source.values()
    notes += [cell.unreadable for cell in (*cells, *sources)]
    return WholeText(words, [*[cell.text for cell in sources], *_remarks(record)], _labels(record), notes)


VALUE_COLUMNS = ("initial_target", "target", "adjusted_target", "actual")
"""Columns of an indicator row for what was promised and what was reached."""


@lru_cache(maxsize=8)
def printed_values(subject: Subject) -> tuple[str, ...]:
    """Return what stands in the columns for values, row by row, without blanks; two rules ask for it."""
    tables = [row.indicator.cells for row in subject.rows]
    columns = [key for key in VALUE_COLUMNS if any(key in cells for cells in tables)]
    return tuple([cells[key].text for cells in tables for key in columns if key in cells and cells[key].text])


def holds_any(text: str, marks: Iterable[str]) -> bool:
    """Tell whether a text holds one of some strings; a string whose first sign is missing is not looked for."""
    for mark in marks:  # noqa: SIM110  a generator takes longer than most of what it looks for
        if mark[0] in text and mark in text:
            return True
    return False


def _remarks(record: Record) -> Iterator[str]:
    """Yield what stands beside the form: comments, reasons of waivers, replies and corrections."""
    yield from (comment.text for comment in record.comments)
    for waiver in record.waivers:
        yield from (waiver.reason, waiver.approver)
    for reply in record.replies:
        yield from (reply.text, reply.respondent)
    for correction in record.corrections:
        yield from (correction.reason, correction.decided_by)


def _labels(record: Record) -> Iterator[str]:
    """Yield the labels that are an author's or a form's own words; all others are identifiers."""
    for cells in (record.head, record.source, record.level1_weights, record.extra):
        yield from cells
    if record.funding is not None:
        for row in record.funding.rows:
            yield from row.extra
    for indicator in record.indicators:
        if indicator.extra:
            yield from indicator.extra
    for table in record.tables:
        yield from table.columns
