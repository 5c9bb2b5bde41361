"""`jixiao data` makes files of a site that is whole and public, and never takes the place of another file."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from generator.check.policy import Policy
from generator.cli import main
from tests.export.exported import export

CONTENT = Path(__file__).parents[1] / "content"


def written(site: Path, policy: Policy | None = None) -> Path:
    files = export(CONTENT, policy=policy).files if policy else export(CONTENT).files
    for name, content in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content)
    return site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("public") / "site")


def records_in(database: Path) -> int:
    with closing(sqlite3.connect(database)) as opened:
        (count,) = opened.execute("SELECT count(*) FROM 记录").fetchone()
    return int(count)


def test_a_site_becomes_a_database_and_parquet_files(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database, folder = tmp_path / "绩效.sqlite", tmp_path / "parquet/new"

    assert main(["data", str(site), "--sqlite", str(database), "--parquet", str(folder)]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(f"已写入 {database}（")
    assert "：记录 8 行，资金 41 行，指标 195 行，" in first
    assert second.startswith(f"已写入 {folder} 里的 12 个 Parquet 文件：记录 8 行，")
    assert records_in(database) == 8
    names = "budget_changes corrections coverage deviations findings full_marks funding indicators missed_targets peers promises records"
    assert sorted(path.stem for path in folder.iterdir()) == names.split()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["parquet", "绩效.sqlite"]


def test_the_site_is_the_configured_one_unless_another_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text(
        "site_name: 示例\nsite_dir: public\ndocs_dir: pages\ntheme: material\nplugins: [jixiao]\n", encoding="utf-8"
    )
    (tmp_path / "pages").mkdir()
    written(tmp_path / "public")

    assert main(["data", "-f", str(config), "--sqlite", str(tmp_path / "a.sqlite")]) == 0
    assert records_in(tmp_path / "a.sqlite") == 8
    capsys.readouterr()


def test_nothing_asked_for_is_refused(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", str(site)]) == 2
    assert "请写 --sqlite 文件，或 --parquet 文件夹" in capsys.readouterr().err


def test_a_folder_without_open_data_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        assert main(["data", str(folder), "--sqlite", str(tmp_path / "a.sqlite")]) == 2
        assert f"{folder} 里没有 data/datapackage.json" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_internal_site_is_refused_unless_it_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    internal = written(tmp_path / "site", Policy(internal=True))
    asked = ["data", str(internal), "--sqlite", str(tmp_path / "a.sqlite")]

    assert main(asked) == 2
    assert "是内部版" in capsys.readouterr().err
    assert not (tmp_path / "a.sqlite").exists()
    assert main([*asked, "--internal"]) == 0
    assert records_in(tmp_path / "a.sqlite") == 8


@pytest.mark.parametrize("kind", ["--sqlite", "--parquet"])
def test_a_changed_file_is_named_and_nothing_is_left_behind(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = written(tmp_path / "site")
    with (changed / "data/funding.csv").open("ab") as file:
        file.write(b"x")
    target = tmp_path / "out" / "made"
    target.parent.mkdir()

    assert main(["data", str(changed), kind, str(target)]) == 2
    said = capsys.readouterr().err
    assert "funding.csv 与 datapackage.json 写的不符" in said
    assert "jixiao build --full" in said
    assert [path for path in target.parent.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(("kind", "name"), [("--sqlite", "made"), ("--parquet", "made/records.parquet")])
def test_a_file_that_is_there_stays_unless_told(
    kind: str, name: str, site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = tmp_path / name
    there.parent.mkdir(exist_ok=True)
    there.write_bytes(b"mine")
    asked = ["data", str(site), kind, str(tmp_path / "made")]

    assert main(asked) == 2
    assert f"{there} 已经存在，没有改动" in capsys.readouterr().err
    assert there.read_bytes() == b"mine"
    assert main([*asked, "--force"]) == 0
    assert there.stat().st_size > 1_000


def test_a_missing_folder_is_named(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", str(site), "--sqlite", str(tmp_path / "no/a.sqlite")]) == 2
    assert f"没有 {tmp_path / 'no'} 这个文件夹" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder that takes no file")
def test_a_folder_that_takes_no_file_is_named(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", str(site), "--sqlite", "/proc/a.sqlite"]) == 2
    said = capsys.readouterr().err
    assert "文件夹 /proc 里不能建文件" in said
    assert "空间" not in said
    assert "No such" not in said


def test_without_pyarrow_it_is_said_what_to_install(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "pyarrow"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "generator.export.parquet_file", raising=False)
    monkeypatch.setattr("sys.meta_path", [_NoPyarrow(), *sys.meta_path])

    assert main(["data", str(site), "--parquet", str(tmp_path / "made")]) == 2
    assert "pip install 'jixiao[parquet]'" in capsys.readouterr().err
    assert not (tmp_path / "made").exists()


class _NoPyarrow:
    """Makes pyarrow a package that is not installed."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        if name.partition(".")[0] == "pyarrow":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def test_amounts_that_are_no_whole_fen_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = tmp_path / "content"
    file = content / "records/2024/somewhere/something.yaml"
    file.parent.mkdir(parents=True)
    lines = (
        "表样: 项目支出绩效监控表",
        "版式: 通用",
        "年度: 2024",
        "项目名称: 甲",
        "项目资金:",
        "  单位: 万元",
        "  合计: {全年预算数: 0.1234567}",
    )
    file.write_text("\n".join(lines), encoding="utf-8")
    for name, made in export(content).files.items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_bytes(made)

    assert main(["data", str(tmp_path / "site"), "--sqlite", str(tmp_path / "a.sqlite")]) == 0
    assert "有 2 个金额不是整分" in capsys.readouterr().out
