"""The keys of a record's file come into the order of its form, and nothing else about the file changes."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.cli import main
from generator.exchange import formatting
from generator.exchange.existing import Present, present_records
from generator.exchange.formatting import formatted, in_order
from generator.forms.definitions import load_forms
from generator.model.forms import FormLibrary
from generator.vocabulary import Place, term_for
from tests.site_tools import PROJECT, copied

RECORDS = PROJECT / "content/records"


@pytest.fixture(scope="module")
def forms() -> FormLibrary:
    return load_forms((PROJECT / "templates",))


def written(folder: Path, text: str, name: str = "2024/unit/road.yaml") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
    return file


def only_record(folder: Path, forms: FormLibrary) -> Present:
    (present,) = present_records(folder, folder, forms)
    return present


HEAD = """\
表样: 财政项目支出绩效自评表
版式: A1
年度: 2024
项目名称: 修路
主管部门: 示例局
实施单位: 示例所
"""


def test_the_records_of_the_project_are_in_order(forms: FormLibrary) -> None:
    found = [formatted(present, forms) for present in present_records(RECORDS, PROJECT, forms)]

    assert len(found) == 8
    assert [one.fault for one in found] == [""] * 8
    assert [one.text for one in found] == [one.text for one in present_records(RECORDS, PROJECT, forms)]


CASES = {
    "keys of the record": (
        HEAD.replace("年度: 2024\n", "") + "总分: {分值: 100, 得分: 97}\n年度: 2024\n",
        HEAD + "总分: {分值: 100, 得分: 97}\n",
    ),
    "keys in braces, and the blanks between them": (
        HEAD + "总分: { 得分:  97,分值: 100 }\n",
        HEAD + "总分: { 分值: 100,得分:  97 }\n",
    ),
    "cells of a row, behind the dash too, with the comments above them": (
        HEAD
        + "绩效指标:\n  产出指标:\n    数量指标:\n      # 第一行\n      - 得分: 8.00\n        # 照原表\n        三级指标: 次数\n"
        "        年度指标值: ≥2.00(次)  # 不换算\n        分值: 8.00\n",
        HEAD + "绩效指标:\n  产出指标:\n    数量指标:\n      # 第一行\n        # 照原表\n      - 三级指标: 次数\n"
        "        年度指标值: ≥2.00(次)  # 不换算\n        分值: 8.00\n        得分: 8.00\n",
    ),
    "texts of several lines that look like comments": (
        HEAD + "年度总体目标:\n  实际完成情况: |\n    完成。\n    # 不是注释\n  预期目标: |\n\n    修路。\n",
        HEAD + "年度总体目标:\n  预期目标: |\n\n    修路。\n  实际完成情况: |\n    完成。\n    # 不是注释\n",
    ),
    "amounts of a row of funding, below a group as well": (
        HEAD + "项目资金:\n  单位: 万元\n  来源:\n    当年财政拨款: {全年执行数: 1, 年初预算数: '2'}\n",
        HEAD + "项目资金:\n  单位: 万元\n  来源:\n    当年财政拨款: {年初预算数: '2', 全年执行数: 1}\n",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_stands_out_of_order_is_moved_as_it_is(case: str, tmp_path: Path, forms: FormLibrary) -> None:
    before, after = CASES[case]
    form = forms.choose("财政项目支出绩效自评表", "A1")
    assert form is not None

    record = written(tmp_path, before)
    assert in_order(only_record(tmp_path, forms), form) == after
    record.write_text(after, encoding="utf-8")
    assert in_order(only_record(tmp_path, forms), form) == after


@pytest.mark.parametrize("seed", range(6))
def test_any_other_order_comes_back_to_the_same_file(
    seed: int, tmp_path: Path, forms: FormLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every real record, with each mapping shuffled in which every key has its place."""
    chance = random.Random(seed)  # noqa: S311  not for secrets
    moved = 0

    def shuffled(keys: Sequence[str], place: Place, order: Sequence[str]) -> list[int]:
        terms = [term_for(place, key) for key in keys]
        found = list(range(len(keys)))
        if all(term is not None and term.identifier in order for term in terms):
            chance.shuffle(found)
        return found

    for present in present_records(RECORDS, PROJECT, forms):
        with monkeypatch.context() as patched:
            patched.setattr(formatting, "positions", shuffled)
            other = formatted(present, forms)
        assert other.fault == ""
        moved += other.text != present.text
        folder = tmp_path / present.file.id
        written(folder, other.text, f"{present.file.id}{Path(present.file.path).suffix}")
        back = formatted(only_record(folder, forms), forms)
        assert (back.fault, back.text) == ("", present.text)
    assert moved == 8


def test_a_file_with_errors_is_left_alone(tmp_path: Path, forms: FormLibrary) -> None:
    written(tmp_path, HEAD + "不认识的栏: 1\n表样: 两次\n")
    result = formatted(only_record(tmp_path, forms), forms)

    assert result.fault == "文件有错误，请先照 jixiao check 改正"
    assert result.text == only_record(tmp_path, forms).text


def test_the_command_writes_what_check_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = copied(PROJECT, tmp_path / "project")
    record = project / "content/records/2024/xinzhuang/liangxin.yaml"
    before = record.read_bytes()
    moved = before.replace(b"\n", b"\r\n").replace(
        "总分: {分值: 100.00, 得分: 97.00}".encode(), "总分: {得分: 97.00, 分值: 100.00}".encode()
    )
    assert moved.count(b"\r\n") == before.count(b"\n")
    record.write_bytes(b"\xef\xbb\xbf" + moved)
    options = ["-f", str(project / "mkdocs.yml")]

    assert main(["fmt", "--check", *options]) == 1
    said = capsys.readouterr().out
    assert "content/records/2024/xinzhuang/liangxin.yaml: 各栏的先后与表样不同" in said
    assert "共 8 个文件：要调整 1 个，都没有写入。" in said
    assert record.read_bytes() == b"\xef\xbb\xbf" + moved

    assert main(["fmt", *options]) == 0
    assert "共 8 个文件：调整了 1 个。" in capsys.readouterr().out
    assert record.read_bytes() == b"\xef\xbb\xbf" + before.replace(b"\n", b"\r\n")
    assert main(["fmt", "--check", *options]) == 0


def test_a_file_with_two_kinds_of_line_ends_is_left_alone(forms: FormLibrary, tmp_path: Path) -> None:
    text = (RECORDS / "2024/xinzhuang/liangxin.yaml").read_text(encoding="utf-8")
    text = text.replace("总分: {分值: 100.00, 得分: 97.00}", "总分: {得分: 97.00, 分值: 100.00}")
    for ends in ("\n", "\r\n"):
        written(tmp_path, text.replace("\n", ends))
        result = formatted(only_record(tmp_path, forms), forms)
        assert (result.fault, result.text == text) == ("", False)

    written(tmp_path, text.replace("\n", "\r\n", 1))
    result = formatted(only_record(tmp_path, forms), forms)

    assert "换行符不是一种" in result.fault
    assert result.text == text


def test_a_file_that_cannot_be_read_fails_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = copied(PROJECT, tmp_path / "project")
    record = project / "content/records/2024/xinzhuang/liangxin.yaml"
    record.write_text(record.read_text(encoding="utf-8") + "总分: 1\n", encoding="utf-8")

    assert main(["fmt", str(record), "-f", str(project / "mkdocs.yml")]) == 1
    told = capsys.readouterr()
    assert "liangxin.yaml: 没有调整：文件有错误，请先照 jixiao check 改正。" in told.err
    assert "共 1 个文件：调整了 0 个，不能调整的 1 个。" in told.out
