"""The driver that git calls gives a file back with the line ends it had."""

from pathlib import Path

from generator.build.file_merging import Joined, Versions, joined
from generator.forms.definitions import load_forms
from generator.load.discover import SourceFile
from generator.resources import packaged

FILE = SourceFile("content/records/2024/u/a.yaml", Path("a.yaml"), "2024/u/a", is_markdown=False)
BASE = "表样: 表\n年度: 2024\n项目名称: 修路\n主管部门: 甲\n项目资金:\n  单位: 元\n评分等级: 优\n"
THEIRS = BASE.replace("修路", "道路")


def driven(folder: Path, ours: str) -> Joined:
    versions = Versions(*(text.encode() for text in (BASE, ours, THEIRS)))
    return joined(versions, FILE, load_forms([packaged("templates")]), 7, folder)


def test_lines_of_a_file_with_two_kinds_of_ends_keep_theirs(tmp_path: Path) -> None:
    ours = BASE.replace("评分等级: 优\n", "评分等级: 良\r\n")

    outcome = driven(tmp_path, ours)

    assert outcome.is_clean
    assert "换行符不是一种" in outcome.fault
    assert outcome.data == ours.replace("修路", "道路").encode()


def test_a_file_with_one_kind_of_ends_keeps_it(tmp_path: Path) -> None:
    ours = BASE.replace("优", "良").replace("\n", "\r\n")

    outcome = driven(tmp_path, ours)

    assert (outcome.is_clean, outcome.fault) == (True, "")
    assert outcome.data == ours.replace("修路", "道路").encode()
