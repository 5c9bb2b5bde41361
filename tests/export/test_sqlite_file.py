"""The database holds what the CSV files hold, adds up exactly, and answers the documented questions."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from generator.errors import JixiaoError
from generator.export.csv_table import undone
from generator.export.published import PublishedTable
from generator.export.sqlite_file import APPLICATION, Loaded, write_sqlite
from tests.export.exported import Exported

ROOT = Path(__file__).parents[2]
QUESTIONS = (ROOT / "docs/open-data-questions.md").read_text(encoding="utf-8")
ASKED = re.findall(r"^## (\d+\. .*?)\n.*?```sql\n(.*?);\n```\n\n(.*?)(?=\n\n|\Z)", QUESTIONS, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def database(
    real: Exported, real_tables: tuple[PublishedTable, ...], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sqlite3.Connection]:
    target = tmp_path_factory.mktemp("sqlite") / "real.sqlite"
    write_sqlite(real_tables, real.read, target)
    with closing(sqlite3.connect(f"file:{target}?mode=ro", uri=True)) as opened:
        yield opened


def made_up_database(made_up: Exported, tables: tuple[PublishedTable, ...], target: Path) -> tuple[Loaded, Path]:
    return write_sqlite(tables, made_up.read, target), target


@pytest.mark.parametrize("name", ["records", "funding", "indicators", "deviations", "findings"])
def test_every_cell_stands_as_printed(database: sqlite3.Connection, real: Exported, name: str) -> None:
    (title,) = database.execute("SELECT title FROM tables WHERE name = ?", (name,)).fetchone()
    rows = real.table(name)
    words = ", ".join(f'"{column}"' for column in rows[0])
    found = database.execute(f'SELECT {words} FROM "{title}"').fetchall()  # noqa: S608  our own words

    assert [["" if cell is None else str(cell) for cell in row] for row in found] == [
        [undone(cell) for cell in row.values()] for row in rows
    ]


def test_sums_of_money_are_exact(database: sqlite3.Connection, real: Exported) -> None:
    (fen,) = database.execute("SELECT sum(executed_fen) FROM funding").fetchone()
    amounts = [Decimal(row["全年执行数（元）"]) for row in real.table("funding") if row["全年执行数（元）"]]

    assert isinstance(fen, int)
    assert Decimal(fen) / 100 == sum(amounts) > 10_000_000


def test_every_amount_has_its_fen_or_is_listed(
    made_up: Exported, made_up_tables: tuple[PublishedTable, ...], tmp_path: Path
) -> None:
    loaded, target = made_up_database(made_up, made_up_tables, tmp_path / "made.sqlite")
    with closing(sqlite3.connect(target)) as database:
        printed = database.execute("SELECT adjusted_budget, adjusted_budget_yuan, adjusted_budget_fen FROM funding")
        figures = [row for row in printed if row[1]]
        listed = database.execute(
            "SELECT column_name, yuan, label FROM amounts_not_in_fen JOIN funding ON funding.rowid = row_id "
            "WHERE table_name = 'funding'"
        ).fetchall()
        deducted = database.execute("SELECT executed, executed_fen FROM funding WHERE executed LIKE '-_%'").fetchall()

    assert figures == [("0.1234567", "1234.567", None), ("94.6", "946000.00", 94_600_000)]
    assert ("adjusted_budget_yuan", "1234.567", "财政拨款") in listed
    assert loaded.not_in_fen >= len(listed) > 0
    assert deducted == [("-5.00", -5_000_000)]


def test_rows_lead_to_their_record_and_parts_to_their_whole(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    owners = {
        (table, row[2], row[4])
        for table in ("funding", "indicators", "deviations", "findings")
        for row in database.execute(f"PRAGMA foreign_key_list({table})")
    }
    assert {(table, "records", "id") for table in ("funding", "indicators", "deviations", "findings")} <= owners
    assert {("funding", "funding", "number"), ("indicators", "indicators", "number")} <= owners


def test_every_column_is_described_in_both_languages(database: sqlite3.Connection) -> None:
    for table in ("records", "funding", "indicators", "deviations", "findings"):
        names = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
        query = "SELECT name, title, description, description_en FROM columns WHERE table_name = ? ORDER BY position"
        described = database.execute(query, (table,)).fetchall()
        assert [row[0] for row in described] == names
        assert all(text for row in described for text in row)


def test_the_same_site_gives_the_same_bytes_in_another_process(
    real: Exported, real_tables: tuple[PublishedTable, ...], tmp_path: Path
) -> None:
    site = tmp_path / "site"
    for name, content in real.files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content)
    here, there = tmp_path / "here.sqlite", tmp_path / "there.sqlite"
    write_sqlite(real_tables, real.read, here)
    subprocess.run(
        [sys.executable, "-m", "generator.cli", "data", str(site), "--sqlite", str(there)],
        check=True, capture_output=True, env={"PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip

    assert here.read_bytes() == there.read_bytes()
    assert int.from_bytes(here.read_bytes()[68:72], "big") == APPLICATION


def test_files_of_different_builds_are_refused(
    real: Exported, real_tables: tuple[PublishedTable, ...], tmp_path: Path
) -> None:
    (records, *others) = real_tables
    nothing = records._replace(files=())
    with pytest.raises(JixiaoError, match="不是同一次生成的"):
        write_sqlite((nothing, *others), real.read, tmp_path / "loose.sqlite")


def test_ten_questions_are_asked() -> None:
    assert len(ASKED) == QUESTIONS.count("```sql") == 10


@pytest.mark.parametrize(("question", "query", "answer"), ASKED, ids=[question for question, _, _ in ASKED])
def test_a_documented_question_has_the_documented_answer(
    database: sqlite3.Connection, question: str, query: str, answer: str
) -> None:
    found = database.execute(query)
    head = [name for name, *_ in found.description]
    rows = [head, ["---"] * len(head), *found.fetchall()]

    lines = [f"| {' | '.join('' if cell is None else str(cell) for cell in row)} |" for row in rows]
    assert lines == answer.strip().splitlines(), question
