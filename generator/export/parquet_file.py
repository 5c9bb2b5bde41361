"""The tables of the published CSV files as Parquet: texts as printed, amounts in yuan as exact decimals."""

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

# pyarrow publishes no types.
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.csv  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from generator.export.csv_table import APOSTROPHE
from generator.export.published import PublishedColumn, PublishedTable, Read, verified

_DIGITS = 38
"""Digits that a decimal of 128 bits holds."""
_PLACES = 2
"""Places of an amount in yuan, unless one has more."""


class _Extent(NamedTuple):
    """How long the amounts of a column get."""

    places: int = _PLACES
    whole: int = 0
    """Digits before the point, the sign among them."""


def write_parquet(table: PublishedTable, read: Read, target: Path) -> int:
    """Write one table to a file, and return how many rows it has."""
    amounts = [column for column in table.columns if column.is_amount]
    extents = _extents(table, amounts, read) if amounts else {}
    schema = _schema(table, extents)
    rows = 0
    with pq.ParquetWriter(target, schema, compression="zstd", compression_level=9) as writer:
        for batch in _batches(table, table.columns, read):
            arrays = [_cast(batch.column(position), field.type) for position, field in enumerate(schema)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
            rows += batch.num_rows
    return rows


def _batches(table: PublishedTable, columns: Sequence[PublishedColumn], read: Read) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a table, every cell as text and without the apostrophe; an empty one is null."""
    names = [column.name for column in columns]
    for file in table.files:
        content = verified(read(file), file)
        reader = pyarrow.csv.open_csv(
            io.BytesIO(content),
            read_options=pyarrow.csv.ReadOptions(block_size=1 << 24),
            parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                include_columns=names,
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
                null_values=[""],
            ),
        )
        for batch in reader:
            yield pa.record_batch([_undone(column) for column in batch.columns], names=names)


def _undone(cells: pa.Array) -> pa.Array:
    if not pc.any(pc.starts_with(cells, APOSTROPHE)).as_py():
        return cells
    return pc.replace_substring_regex(cells, rf"\A{APOSTROPHE}", "")


def _extents(table: PublishedTable, amounts: Sequence[PublishedColumn], read: Read) -> Mapping[str, _Extent]:
    """Return by identifier how long the amounts of each column get."""
    found = {column.identifier: _Extent() for column in amounts}
    for batch in _batches(table, amounts, read):
        for column, cells in zip(amounts, batch.columns, strict=True):
            lengths, point = pc.binary_length(cells), pc.find_substring(cells, ".")
            whole = pc.if_else(pc.less(point, 0), lengths, point)
            places = pc.if_else(pc.less(point, 0), 0, pc.subtract(pc.subtract(lengths, point), 1))
            known = found[column.identifier]
            found[column.identifier] = _Extent(
                max(known.places, pc.max(places).as_py() or 0), max(known.whole, pc.max(whole).as_py() or 0)
            )
    return found


def _schema(table: PublishedTable, extents: Mapping[str, _Extent]) -> pa.Schema:
    fields = [
        pa.field(
            column.identifier,
            _type(column, extents.get(column.identifier)),
            nullable=column.identifier not in table.key,
            metadata={"title": column.name, "description": column.description, "description_en": column.description_en},
        )
        for column in table.columns
    ]
    return pa.schema(fields, metadata={"title": table.title, "description": table.description})


def _type(column: PublishedColumn, extent: _Extent | None) -> pa.DataType:
    """Return the type of a column; an amount too long for a decimal leaves its column digit by digit as text."""
    if column.is_whole:
        return pa.int32()
    if extent is None or extent.whole + extent.places > _DIGITS:
        return pa.string()
    return pa.decimal128(_DIGITS, extent.places)


def _cast(cells: pa.Array, wanted: pa.DataType) -> pa.Array:
    return cells if wanted == pa.string() else pc.cast(cells, wanted)
