"""`jixiao import` as a user meets it: what it writes, what it says, how it ends."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.cli import main
from generator.load.text_file import SIZE_LIMIT
from tests.cli.held_import import READ
from tests.exchange.import_forms import RECORD, form_xlsx, project_in
from tests.exchange.test_import_report import CITIZEN_ID
from tests.site_tools import PROJECT


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return project_in(tmp_path)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "报来"
    folder.mkdir()
    return folder


def run(project: Path, *words: str | Path) -> int:
    return main(["import", "-f", str(project / "mkdocs.yml"), *map(str, words)])


def into(project: Path) -> tuple[str, str]:
    return "--into", str(project / "content/records")


def records_of(project: Path) -> dict[str, bytes]:
    folder = project / "content/records"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_without_a_place_to_write_the_record_is_only_shown(
    project: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / "自评表.xlsx").write_bytes(form_xlsx())
    before = records_of(project)

    assert run(project, inbox / "自评表.xlsx") == 0

    shown = capsys.readouterr()
    assert shown.out.startswith("# yaml-language-server:")
    assert "项目名称: 示例道路养护\n" in shown.out
    assert "自评表!B3 → 项目名称：示例道路养护" in shown.err
    assert records_of(project) == before


def test_what_is_only_shown_or_tried_leaves_nothing_on_the_disk(project: Path, inbox: Path) -> None:
    (inbox / "自评表.xlsx").write_bytes(form_xlsx())
    before = set(project.rglob("*"))

    assert run(project, inbox) == 0
    assert run(project, inbox, *into(project), "--dry-run") == 0

    assert set(project.rglob("*")) == before


def test_neither_personal_data_nor_a_passing_fault_is_kept_for_the_next_import(
    project: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / "自评表.xlsx").write_bytes(form_xlsx())
    (inbox / "名单.xlsx").write_bytes(form_xlsx({"B3": "困难补助", "B8": f"补助 1 人（{CITIZEN_ID}）"}))
    (inbox / "坏.xlsx").write_bytes(form_xlsx()[:3000])
    (inbox / "锁.xlsx").symlink_to(inbox / "没有")

    for _ in range(2):
        assert run(project, inbox, *into(project)) == 1
        assert len(list((project / ".jixiao-cache/import").glob("*/*.file"))) == 1
        said = capsys.readouterr().out

    assert "其中 1 个文件以前导入过" in said
    assert (project / RECORD).with_name("kun-nan-bu-zhu.yaml").is_file()


def test_a_folder_is_imported_whatever_lies_in_it(
    project: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / "下级").mkdir()
    (inbox / "下级/自评表.xlsx").write_bytes(form_xlsx())
    (inbox / "坏.xlsx").write_bytes(form_xlsx()[:3000])
    for name in ("Thumbs.db", "~$自评表.xlsx", ".DS_Store", "旧.tmp"):
        (inbox / name).write_bytes(b"x")
    (inbox / "照片.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (inbox / "没有扩展名").write_bytes(form_xlsx())
    before = records_of(project)

    assert run(project, inbox, *into(project)) == 1

    said = capsys.readouterr().out
    assert "坏.xlsx\n  没有导入：" in said
    assert "照片.jpg\n  没有导入：这是JPEG 图片" in said
    assert "共 4 个文件，2 份表：新建 1 份，内容重复，没有另写 1 份。" in said
    assert "跳过：临时文件 1 个，文档打开时的临时文件 1 个，系统文件 2 个。\n" in said
    assert f"  {(inbox / '旧.tmp').as_posix()}\n" in said
    assert "需要人处理：2 个文件没有导入。" in said
    assert set(records_of(project)) - set(before) == {RECORD.removeprefix("content/records/")}


def test_importing_again_skips_what_is_as_it_was_left(
    project: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / "自评表.xlsx").write_bytes(form_xlsx())
    assert run(project, inbox, *into(project)) == 0
    before = records_of(project)
    capsys.readouterr()

    assert run(project, inbox, *into(project)) == 0

    assert "其中 1 个文件以前导入过，记录没有动过，没有再读。" in capsys.readouterr().out
    assert records_of(project) == before


def test_a_record_changed_by_hand_is_compared_with_what_was_read_before(
    project: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / "自评表.xlsx").write_bytes(form_xlsx())
    assert run(project, inbox, *into(project)) == 0
    record = project / RECORD
    record.write_text(record.read_text(encoding="utf-8").replace("得分: 38", "得分: 36"), encoding="utf-8")
    capsys.readouterr()

    assert run(project, inbox, *into(project)) == 1

    assert "出行便利情况 › 得分：36 → 38" in capsys.readouterr().out
    assert "得分: 36" in record.read_text(encoding="utf-8")


def test_a_damaged_journal_is_no_journal(project: Path, inbox: Path) -> None:
    (inbox / "自评表.xlsx").write_bytes(form_xlsx())
    assert run(project, inbox, *into(project)) == 0
    before = records_of(project)
    for file in (project / ".jixiao-cache/import").glob("*/*"):
        file.write_bytes(b"\x00" * 40)

    assert run(project, inbox, *into(project)) == 0
    assert records_of(project) == before


def test_the_outcome_does_not_depend_on_the_number_of_processes(tmp_path: Path, inbox: Path) -> None:
    for number in range(6):
        (inbox / f"{number}.xlsx").write_bytes(form_xlsx({"B3": f"示例道路{'养氧'[number % 2]}护{number // 2}期"}))
    found = []
    for jobs in ("1", "3"):
        project = project_in(tmp_path / jobs)
        assert run(project, inbox, *into(project), "--jobs", jobs) == 0
        found.append(records_of(project))

    assert found[0] == found[1]


def test_programs_read_the_report_from_the_standard_output(
    project: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / "自评表.xlsx").write_bytes(form_xlsx())

    assert run(project, inbox, *into(project), "--format", "json", "--dry-run") == 0

    data = json.loads(capsys.readouterr().out)
    assert data["dry_run"] is True
    assert data["files"][0]["drafts"][0]["path"] == RECORD
    assert not (project / RECORD).exists()


def test_year_unit_and_name_may_be_said(project: Path, inbox: Path) -> None:
    (inbox / "自评表.xlsx").write_bytes(form_xlsx({"A2": None, "E4": "不知道的中心"}))

    words = ("--year", "2022", "--unit", "xidu", "--as", "road")
    assert run(project, inbox / "自评表.xlsx", *into(project), *words) == 0

    text = (project / "content/records/2022/xidu/road.yaml").read_text(encoding="utf-8")
    assert "\n年度: 2022\n" in text
    assert len(text) < SIZE_LIMIT


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("不存在.xlsx",), "找不到"),
        ((".", "--update"), "--update 要与 --into 一起用"),
        ((".", "--as", "road"), "--as 要与 --into 一起用"),
        ((".", "--year", "二〇二四"), "--year 应是四位数字"),
        ((".", "--unit", "单位"), "--unit 写的“单位”不能用作网址"),
        ((".", "--unit", "xidu-jie"), "登记表里没有单位 xidu-jie。是不是想写 xidu？"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_read(
    project: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert run(project, *words) == 2
    assert said in capsys.readouterr().err


def test_a_registry_with_errors_is_not_taken_for_one_without_the_unit(
    project: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    registry = project / "content/registry/units.yaml"
    registry.write_text(
        registry.read_text(encoding="utf-8").replace("  xinzhuang:\n    名称", "  xinzhuang:\n    名"), "utf-8"
    )

    assert run(project, inbox, *into(project)) == 2
    assert "登记表有错误" in capsys.readouterr().err


def test_a_folder_the_site_does_not_read_is_pointed_out(
    project: Path, inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / "自评表.xlsx").write_bytes(form_xlsx())

    assert run(project, inbox, "--into", tmp_path / "草稿") == 0

    assert "网站只读 content/records 里的记录" in capsys.readouterr().err
    assert (tmp_path / "草稿/2024/xinzhuang/shi-li-dao-lu-yang-hu.yaml").is_file()


def test_one_name_is_not_given_to_several_forms(project: Path, inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (inbox / "一.xlsx").write_bytes(form_xlsx())
    (inbox / "二.xlsx").write_bytes(form_xlsx({"B3": "示例桥梁"}))
    before = records_of(project)

    assert run(project, inbox, *into(project), "--as", "road") == 2

    assert "--as 只用于导入一份表，这里有 2 份" in capsys.readouterr().err
    assert records_of(project) == before


@pytest.mark.skipif(sys.platform == "win32", reason="sends the signal of Ctrl-C")
def test_an_interrupted_import_leaves_whole_files_and_goes_on_later(
    project: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(30):
        (inbox / f"{number:02}.xlsx").write_bytes(form_xlsx({"B3": f"示例道路{number}"}))
    words = ["import", "-f", str(project / "mkdocs.yml"), str(inbox), *into(project), "--jobs", "1"]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.cli.held_import", *words], cwd=PROJECT,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    journal = project / ".jixiao-cache/import"
    deadline = time.monotonic() + 60
    while len(list(journal.glob("*/*.file"))) < READ and time.monotonic() < deadline:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGINT)

    said = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    known = {path.name for path in journal.glob("*/*.file")}
    assert len(known) == READ
    assert not list(project.rglob("*.tmp"))
    stopped = re.search(r"已停下（Ctrl-C）：30 个文件读了 (\d+) 个，记录一份也没有写：.*再运行同一条命令", said)
    assert stopped is not None
    assert abs(int(stopped[1]) - len(known)) <= 1
    assert not list((project / RECORD).parent.glob("shi-li-dao-lu*.yaml"))
    capsys.readouterr()

    assert run(project, inbox, *into(project), "--jobs", "2") == 0
    told = capsys.readouterr()
    assert f"其中 {len(known)} 个文件以前读过，没有再读。" in told.out
    assert "读取文件：30/30" in told.err
    assert len(list((project / RECORD).parent.glob("shi-li-dao-lu*.yaml"))) == 30
    assert known < {path.name for path in journal.glob("*/*.file")}
