"""The Parquet files hold what the CSV files hold, and amounts as exact decimals."""

from decimal import Decimal
from pathlib import Path

import pytest

from generator.errors import JixiaoError
from generator.export.csv_table import undone
from generator.export.parquet_file import write_parquet
from generator.export.published import PublishedTable
from tests.export.exported import Exported

pq = pytest.importorskip("pyarrow.parquet")
pa = pytest.importorskip("pyarrow")


@pytest.mark.parametrize("position", range(5))
@pytest.mark.parametrize("site", ["real", "made_up"])
def test_every_cell_stands_as_printed(site: str, position: int, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    exported: Exported = request.getfixturevalue(site)
    table: PublishedTable = request.getfixturevalue(f"{site}_tables")[position]
    rows = exported.table(table.name)

    assert write_parquet(table, exported.read, tmp_path / "made.parquet") == len(rows)
    found = pq.read_table(tmp_path / "made.parquet")
    assert found.column_names == [column.identifier for column in table.columns]
    for column, cells in zip(table.columns, found.columns, strict=True):
        printed = [undone(row[column.name]) for row in rows]
        if pa.types.is_decimal(cells.type):
            assert cells.to_pylist() == [Decimal(text) if text else None for text in printed], column.identifier
        else:
            assert ["" if cell is None else str(cell) for cell in cells.to_pylist()] == printed, column.identifier


def test_amounts_are_decimals_with_as_many_places_as_they_need(
    real: Exported,
    real_tables: tuple[PublishedTable, ...],
    made_up: Exported,
    made_up_tables: tuple[PublishedTable, ...],
    tmp_path: Path,
) -> None:
    write_parquet(real_tables[1], real.read, tmp_path / "real.parquet")
    write_parquet(made_up_tables[1], made_up.read, tmp_path / "made.parquet")

    assert pq.read_schema(tmp_path / "real.parquet").field("executed_yuan").type == pa.decimal128(38, 2)
    long = pq.read_table(tmp_path / "made.parquet", columns=["adjusted_budget_yuan"])
    assert long.schema.field(0).type == pa.decimal128(38, 3)
    assert Decimal("1234.567") in long.column(0).to_pylist()


def test_what_was_computed_keeps_all_its_digits(
    real: Exported, real_tables: tuple[PublishedTable, ...], tmp_path: Path
) -> None:
    write_parquet(real_tables[0], real.read, tmp_path / "made.parquet")
    rates = pq.read_table(tmp_path / "made.parquet", columns=["computed_execution_rate"]).column(0).to_pylist()

    assert "99.68315399991494067111810488" in rates


def test_columns_are_described_in_both_languages(
    real: Exported, real_tables: tuple[PublishedTable, ...], tmp_path: Path
) -> None:
    for table in real_tables:
        write_parquet(table, real.read, tmp_path / "made.parquet")
        schema = pq.read_schema(tmp_path / "made.parquet")
        assert schema.metadata[b"title"].decode() == table.title
        for column, field in zip(table.columns, schema, strict=True):
            assert field.metadata[b"title"].decode() == column.name
            assert field.metadata[b"description"].decode() == column.description
            assert field.metadata[b"description_en"].decode() == column.description_en


def test_the_same_site_gives_the_same_bytes(
    real: Exported, real_tables: tuple[PublishedTable, ...], tmp_path: Path
) -> None:
    for name in ("first", "second"):
        write_parquet(real_tables[2], real.read, tmp_path / name)

    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


def test_a_file_that_was_changed_is_refused(
    real: Exported, real_tables: tuple[PublishedTable, ...], tmp_path: Path
) -> None:
    with pytest.raises(JixiaoError, match="写的不符"):
        write_parquet(real_tables[0], lambda file: real.read(file) + b" ", tmp_path / "made.parquet")
