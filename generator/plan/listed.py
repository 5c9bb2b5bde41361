"""A record as lists know it: its row, and the rows that lists of indicators, deviations and findings have of it."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from generator.check.across.targets import Change
from generator.model.achievement import Outcome
from generator.model.records import Cell
from generator.model.shortfall import Miss
from generator.plan.correction_rows import correction_rows
from generator.plan.promises import PromiseRow, PromiseSide
from generator.plan.rows import CorrectionRow, FindingRow, IndicatorRow, Lines, RecordRow


class ListedRecord(Struct, frozen=True, array_like=True, gc=False):
    """One record in the lists of the site."""

    row: RecordRow
    form: str
    """Identifier of its form definition."""
    indicators: int
    """How many rows of indicators are filled in."""
    filled: tuple[IndicatorRow, ...]
    """These rows, where a list names them; so are the next two."""
    deviations: tuple[IndicatorRow, ...]
    findings: tuple[FindingRow, ...]
    is_undecided: bool
    """Whether a rule that is shown could not be decided."""
    promises: tuple[PromiseRow, ...] = ()
    """What became of the indicators declared for it, where a list names them."""
    corrections: tuple[CorrectionRow, ...] = ()
    """What was corrected in it, where a list names that."""


def listed(lines: Lines, promises: tuple[PromiseRow, ...] = ()) -> ListedRecord:
    """Return what lists need of a record; `promises` says what became of the indicators that were declared for it."""
    filled = lines.filled
    return ListedRecord(
        row=lines.row,
        form=lines.record.layout,
        indicators=len(filled),
        filled=filled,
        deviations=lines.deviations,
        findings=lines.findings,
        is_undecided=bool(lines.check.undecided),
        promises=promises,
        corrections=correction_rows(lines.record, lines.row),
    )


class UnitRows(Struct, frozen=True, array_like=True):
    """The rows of a unit as they are kept: each kind of list by itself, for few pages need all of them."""

    rows: bytes
    """The records alone."""
    deviations: bytes
    """The records that have any, with these."""
    findings: bytes
    """The records that have any, with these."""
    promises: bytes
    """The records that answer a declaration, with these."""
    full_marks: bytes
    """The records that give themselves every point."""
    corrections: bytes
    """The records that were corrected, with their corrections."""
    missed: bytes
    """The records of which a row missed its target, with these rows as their deviations."""
    indicators: bytes
    """The records with their indicators; none where these are not listed over the whole site."""


ROW_KINDS = UnitRows.__struct_fields__
"""Names of these kinds."""


def unit_rows(found: Sequence[ListedRecord], *, with_indicators: bool) -> UnitRows:
    """Return the rows of a unit as they are kept."""
    plain = [replace(one, filled=(), deviations=(), findings=(), promises=(), corrections=()) for one in found]
    return UnitRows(
        pack_listed(plain),
        pack_listed(
            replace(bare, deviations=one.deviations) for bare, one in zip(plain, found, strict=True) if one.deviations
        ),
        pack_listed(
            replace(bare, findings=one.findings) for bare, one in zip(plain, found, strict=True) if one.findings
        ),
        pack_listed(
            replace(bare, promises=one.promises) for bare, one in zip(plain, found, strict=True) if one.promises
        ),
        pack_listed(bare for bare in plain if bare.row.full_marks),
        pack_listed(
            replace(bare, corrections=one.corrections)
            for bare, one in zip(plain, found, strict=True)
            if one.corrections
        ),
        pack_listed(
            replace(bare, deviations=tuple(row for row in one.deviations if row.miss))
            for bare, one in zip(plain, found, strict=True)
            if bare.row.missed
        ),
        pack_listed(replace(bare, filled=one.filled) for bare, one in zip(plain, found, strict=True))
        if with_indicators
        else pack_listed(()),
    )


_IndicatorParts = tuple[str, tuple[str, ...], str, Cell, Cell, Cell, Cell, Cell, Decimal | None, Outcome, Miss | None]
_FindingParts = tuple[int, str, str, str, str, str, str, str, str, str, bool]
_CorrectionParts = tuple[int, str, str, str, bool, bool, str, str, str]
_PromiseParts = tuple[
    str, Change, PromiseSide | None, PromiseSide | None, Cell, Cell, Cell, Outcome, bool, bool, str
]  # fmt: skip


class _Stored(Struct, frozen=True, array_like=True, gc=False):
    """A listed record without the row that each of its lines repeats."""

    row: RecordRow
    form: str
    indicators: int
    filled: tuple[_IndicatorParts, ...]
    deviations: tuple[_IndicatorParts, ...]
    findings: tuple[_FindingParts, ...]
    is_undecided: bool
    promises: tuple[_PromiseParts, ...]
    corrections: tuple[_CorrectionParts, ...]


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(tuple[_Stored, ...])


def pack_listed(found: Iterable[ListedRecord]) -> bytes:
    """Return listed records as bytes, each line without its record's row."""
    return _ENCODER.encode(
        [
            (
                one.row, one.form, one.indicators, _parts(one.filled), _parts(one.deviations), _parts(one.findings),
                one.is_undecided, _parts(one.promises), _parts(one.corrections),
            )
            for one in found
        ]
    )  # fmt: skip


def _parts(rows: Iterable[Struct]) -> list[tuple[Any, ...]]:
    return [msgspec.structs.astuple(row)[1:] for row in rows]


def unpack_listed(data: bytes) -> tuple[ListedRecord, ...]:
    """Return the listed records that `pack_listed` was given; raise msgspec.DecodeError where the bytes are no such."""
    return tuple(
        ListedRecord(
            row=one.row,
            form=one.form,
            indicators=one.indicators,
            filled=tuple(IndicatorRow(one.row, *parts) for parts in one.filled),
            deviations=tuple(IndicatorRow(one.row, *parts) for parts in one.deviations),
            findings=tuple(FindingRow(one.row, *parts) for parts in one.findings),
            is_undecided=one.is_undecided,
            promises=tuple(PromiseRow(one.row, *parts) for parts in one.promises),
            corrections=tuple(CorrectionRow(one.row, *parts) for parts in one.corrections),
        )
        for one in _DECODER.decode(data)
    )
