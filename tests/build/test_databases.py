"""A site offers its open data as databases where its configuration asks for them, and keeps them up to date."""

import hashlib
import json
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq  # type: ignore[import-untyped]  # it publishes no types
import pytest

from generator.errors import JixiaoError
from tests.site_tools import PROJECT, build, copied, document, files_of

TABLES = "budget_changes corrections coverage deviations findings full_marks funding indicators missed_targets peers promises records".split()
SQLITE = "data/jixiao.sqlite"


def offering(folder: Path, databases: str) -> Path:
    """Return a copy of the project of one unit, that offers databases."""
    project = copied(PROJECT, folder / "project")
    ask_for(project, databases)
    for path in (project / "content/records").rglob("*.*"):
        if "xinzhuang" not in path.parts:
            path.unlink()
    return project


def ask_for(project: Path, databases: str) -> None:
    file = project / "mkdocs.yml"
    plain = re.sub(r"plugins:\n(?s:.*)", "", file.read_text(encoding="utf-8"))
    file.write_text(f"{plain}plugins:\n  - jixiao:\n      databases: {databases}\n", encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return offering(tmp_path, "[sqlite, parquet]")


def databases_of(site: Path) -> list[str]:
    return [path for path in files_of(site) if path.endswith((".sqlite", ".parquet"))]


def resources_of(site: Path) -> dict[str, dict[str, Any]]:
    package = json.loads((site / "data/datapackage.json").read_bytes())
    return {one["path"]: one for one in package["resources"]}


def printed_in(database: Path, query: str) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(database)) as opened:
        return opened.execute(query).fetchall()


def test_no_database_is_made_unless_it_is_asked_for(project: Path, tmp_path: Path) -> None:
    ask_for(project, "false")
    assert build(project, tmp_path / "site").published

    assert databases_of(tmp_path / "site") == []


def test_each_is_listed_with_its_size_and_described_with_its_digest(project: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert build(project, site).published

    assert databases_of(site) == sorted([SQLITE, *(f"data/{name}.parquet" for name in TABLES)])
    page, described = document(site / "data.html").text, resources_of(site)
    for path in databases_of(site):
        content = (site / path).read_bytes()
        one = described[path.removeprefix("data/")]
        assert (one["bytes"], one["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        assert path in page
        assert f"大小 {len(content) // 100 / 10} KB" in page


def test_they_hold_the_printed_figures(project: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert build(project, site).published

    query = "SELECT 项目名称, 年初预算数, total_score FROM 记录 JOIN records USING (id) WHERE id = '2024/xinzhuang/liangxin'"
    query = query.replace("id = ", "records.id = ").replace("USING (id)", "ON 记录.记录标识 = records.id")
    assert printed_in(site / SQLITE, query) == [("两新党建工作", "94.60", "97.00")]
    rows = pq.read_table(site / "data/records.parquet").to_pylist()
    assert [row["initial_budget"] for row in rows if row["id"] == "2024/xinzhuang/liangxin"] == ["94.60"]


def test_a_change_reaches_them_and_what_does_not_concern_them_leaves_them_alone(project: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert build(project, site).published
    record = project / "content/records/2024/xinzhuang/liangxin.yaml"
    text = record.read_text(encoding="utf-8")

    record.write_text(f"{text}# 与表无关\n", encoding="utf-8")
    assert not {*build(project, site).written} & {*databases_of(site)}

    record.write_text(text.replace("年初预算数: 94.60", "年初预算数: 94.61", 1), encoding="utf-8")
    assert SQLITE in build(project, site).written
    query = "SELECT initial_budget FROM records WHERE id = '2024/xinzhuang/liangxin'"
    assert printed_in(site / SQLITE, query) == [("94.61",)]
    fresh = tmp_path / "fresh"
    assert build(project, fresh).published
    assert files_of(site) == files_of(fresh)


def test_what_is_asked_for_no_longer_is_taken_away(project: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert build(project, site).published
    ask_for(project, "[sqlite]")
    report = build(project, site)

    assert {*report.removed} == {f"data/{name}.parquet" for name in TABLES}
    assert databases_of(site) == [SQLITE]
    assert [path for path in resources_of(site) if path.endswith((".sqlite", ".parquet"))] == ["jixiao.sqlite"]


def test_without_pyarrow_the_build_says_what_to_do_and_leaves_the_site_alone(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "generator.export.parquet_file", raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(JixiaoError) as raised:
        build(project, tmp_path / "site")
    message = str(raised.value)
    assert "pip install 'jixiao[parquet]'" in message
    assert "mkdocs.yml 的 databases 要求生成 sqlite、parquet" in message
    assert files_of(tmp_path / "site") == {}
