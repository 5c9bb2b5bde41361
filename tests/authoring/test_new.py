"""`jixiao new`: a skeleton that can be read, whose blanks are named, and that never costs anybody a file."""

import re
from pathlib import Path

import pytest

from generator.authoring.address import parse_address
from generator.authoring.choice import choose_form
from generator.authoring.skeleton import format_skeleton
from generator.errors import JixiaoError
from generator.forms.definitions import load_forms
from generator.load.assemble import load_record
from generator.load.discover import SourceFile
from generator.load.quoting import yaml_text
from generator.load.registry import load_registry
from generator.model.forms import FormDefinition
from generator.resources import packaged
from tests.authoring.conftest import Run

FORMS = load_forms((packaged("templates"),))
ADDRESS = parse_address("2024/example-center/road")
EVERY_FORM = pytest.mark.parametrize("form", FORMS.definitions, ids=lambda form: form.identifier)
BOTH_KINDS = pytest.mark.parametrize("markdown", [False, True], ids=["yaml", "markdown"])

# What a finance officer types first: something in every part that the form requires.
FILLED = {
    "项目名称:": "项目名称: 示例道路养护",
    "主管部门:": "主管部门: 示例街道办事处",
    "实施单位:": "实施单位: 示例中心",
    "所属部门:": "所属部门: 示例中心",
    "  单位:": "  单位: 万元",
    "年度总体目标:": "年度总体目标: 一段文字",
    "  预期目标:": "  预期目标: 一段文字",
    "  年初设定目标:": "  年初设定目标: 一段文字",
    "## 预期目标": "## 预期目标\n\n一段文字",
    "## 年初设定目标": "## 年初设定目标\n\n一段文字",
    "## 年度总体目标": "## 年度总体目标\n\n一段文字",
    "      - 三级指标:": "      - 三级指标: 示例指标",
    "  分值:": "  分值: 100",
}


def read(text: str, folder: Path, *, markdown: bool) -> tuple[list[str], list[str]]:
    """Return what the reader finds wrong: codes, and the lines they point at."""
    path = folder / ("road.md" if markdown else "road.yaml")
    path.write_text(text, encoding="utf-8")
    file = SourceFile("road", path, str(ADDRESS), is_markdown=markdown)
    findings = load_record(file, FORMS).findings
    lines = text.splitlines()
    return [finding.code for finding in findings], [lines[finding.origin.line - 1] for finding in findings]


@EVERY_FORM
@BOTH_KINDS
def test_all_that_is_wrong_with_a_fresh_skeleton_are_blanks_to_fill_in(
    form: FormDefinition, tmp_path: Path, *, markdown: bool
) -> None:
    text = format_skeleton(form, form.titles[0], ADDRESS, names={}, markdown=markdown)
    codes, lines = read(text, tmp_path, markdown=markdown)
    assert codes
    assert set(codes) <= {"REC002", "REC011"}
    assert [line for line in lines if not re.fullmatch(r".*:\s*|## .+|\s*", line)] == []


@EVERY_FORM
@BOTH_KINDS
def test_a_skeleton_whose_named_blanks_are_filled_in_can_be_read(
    form: FormDefinition, tmp_path: Path, *, markdown: bool
) -> None:
    text = format_skeleton(form, form.titles[0], ADDRESS, names={}, markdown=markdown)
    whole = {"年度总体目标:"} if form.prose.count("achieved") or form.any_title else set()
    filled = "\n".join(line if line in whole else FILLED.get(line, line) for line in text.splitlines()) + "\n"
    assert read(filled, tmp_path, markdown=markdown)[0] == []


@EVERY_FORM
def test_a_skeleton_asks_for_all_that_the_form_requires(form: FormDefinition) -> None:
    lines = format_skeleton(form, form.titles[0], ADDRESS, names={}).splitlines()
    for label in form.required:
        assert any(line.startswith(f"{label}:") for line in lines), label


@EVERY_FORM
def test_every_line_of_a_skeleton_that_is_required_says_so_above_it(form: FormDefinition) -> None:
    lines = format_skeleton(form, form.titles[0], ADDRESS, names={}).splitlines()
    known = ("表样", "版式", "年度")
    for label in set(form.required) - set(known):
        position = next(number for number, line in enumerate(lines) if line.startswith(f"{label}:"))
        above = next(line for line in reversed(lines[:position]) if re.match(r"# \S", line))
        assert above.startswith("# 必填。"), label


def test_the_skeleton_prints_the_columns_as_its_form_does() -> None:
    text = format_skeleton(FORMS.by_identifier("self_evaluation_a1"), "财政项目支出绩效自评表", ADDRESS, names={})
    assert "    分数:\n    执行率(%):\n" in text
    assert "    经济成本指标:\n      - 三级指标:\n        年度指标值:\n        实际完成值:\n" in text
    assert "版式: A1\n" in text


def test_the_skeleton_names_its_schema_first() -> None:
    text = format_skeleton(FORMS.by_identifier("target_declaration_c1"), "绩效目标申报表", ADDRESS, names={})
    assert text.startswith("# yaml-language-server: $schema=../../../schema/target_declaration.schema.json\n")


def test_the_period_does_not_repeat_the_label_that_stands_before_it() -> None:
    form = FORMS.by_identifier("department_evaluation_b1")
    assert "申报时段: (2024年1月-2024年12月)\n" in format_skeleton(form, form.titles[0], ADDRESS, names={})


@pytest.mark.parametrize(
    "text", ["示例: 中心", "示例 #1", "- 示例", ">80", "'示例'", "", "null", "示例", "部门（单位）", "a'b: c"]
)
def test_any_text_is_written_so_that_the_reader_gets_it_back(text: str, tmp_path: Path) -> None:
    registry = tmp_path / "units.yaml"
    registry.write_text(
        f"单位: {{a: {{名称: 甲}}}}\n主管部门:\n  b:\n    名称: 乙\n    所在区: {yaml_text(text)}\n", encoding="utf-8"
    )
    loaded = load_registry(tmp_path, tmp_path)
    assert loaded.findings == ()
    assert loaded.registry.departments["b"].district == text


@pytest.mark.parametrize(
    "typed",
    [
        "2024/xinzhuang/liangxin",
        "2024\\xinzhuang\\liangxin",
        "content/records/2024/xinzhuang/liangxin.yaml",
        "content\\records\\2024\\xinzhuang\\liangxin.md",
        " ./2024/xinzhuang/liangxin.yml",
    ],
)
def test_an_address_may_be_typed_as_a_path(typed: str) -> None:
    assert str(parse_address(typed)) == "2024/xinzhuang/liangxin"


def test_an_address_the_reader_takes_is_taken() -> None:
    assert str(parse_address("2024/a--b/c_")) == "2024/a--b/c_"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2024/liangxin", "三段"),
        ("2024/a/b/c", "三段"),
        ("2024//b", "三段"),
        ("24/a/b", "四位数字"),
        ("2024年/a/b", "四位数字"),
        ("2024/新庄/b", "单位文件夹“新庄”不能用作网址"),
        ("2024/a/两新", "文件名“两新”不能用作网址"),
        ("2024/a/B", "文件名“B”不能用作网址"),
        ("2024/../b", "单位文件夹“..”不能用作网址"),
        ("2024/a/con", "Windows 保留的名称"),
        ("2024/nul/b", "Windows 保留的名称"),
    ],
)
def test_an_address_the_reader_would_not_take_is_refused(typed: str, words: str) -> None:
    with pytest.raises(JixiaoError, match=words):
        parse_address(typed)


def test_a_form_is_found_by_its_title_its_layout_and_with_other_brackets() -> None:
    assert choose_form(FORMS, "财政项目支出绩效自评表", "")[0].layout == "A1"
    assert choose_form(FORMS, "财政项目支出绩效自评表", "A2")[0].layout == "A2"
    assert choose_form(FORMS, "C1", "") == (FORMS.by_identifier("target_declaration_c1"), "财政项目支出绩效目标申报表")
    assert choose_form(FORMS, "某县自评表", "通用")[1] == "某县自评表"
    assert choose_form(FORMS, " 部门（单位)整体支出绩效自评表", "")[0].layout == "B1"


def test_an_unknown_form_is_refused_with_the_nearest_title_and_a_way_out() -> None:
    with pytest.raises(JixiaoError, match=r"是不是“财政项目支出绩效自评表”？.*--list.*--layout 通用"):
        choose_form(FORMS, "财政项目支出绩效自评", "")
    with pytest.raises(JixiaoError, match="没有“C1”这种版式，可用的有 A1、A2、通用"):
        choose_form(FORMS, "项目支出绩效自评表", "C1")


def test_new_writes_a_record_with_the_names_of_the_registry(
    jixiao: Run, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert jixiao("new", "2024/example-center/road", "--form", "财政项目支出绩效自评表") == 0
    text = (project / "content/records/2024/example-center/road.yaml").read_text(encoding="utf-8")
    assert "主管部门: 示例区示例街道办事处\n" in text
    assert "实施单位: 示例街道社区文化活动中心\n" in text
    said = capsys.readouterr().out
    assert "已新建 content/records/2024/example-center/road.yaml" in said
    assert "登记" not in said


def test_check_names_the_blanks_of_a_new_record(jixiao: Run, capsys: pytest.CaptureFixture[str]) -> None:
    jixiao("new", "2024/example-center/road", "--form", "A1")
    assert jixiao("check") == 1
    said = capsys.readouterr().out
    assert "必须有“项目名称”" in said
    assert "金额单位" in said


def test_new_writes_markdown_where_asked_or_typed(jixiao: Run, project: Path) -> None:
    assert jixiao("new", "2024/example-center/road", "--form", "B1", "--markdown") == 0
    assert jixiao("new", "2024/example-center/park.md", "--form", "C1") == 0
    folder = project / "content/records/2024/example-center"
    assert sorted(path.name for path in folder.iterdir()) == ["park.md", "road.md"]
    assert (
        (folder / "road.md").read_text(encoding="utf-8").endswith("## 部门职责\n\n## 年初设定目标\n\n## 全年完成情况\n")
    )


def test_new_tells_how_to_register_an_unknown_unit(jixiao: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert jixiao("new", "2024/library/books", "--form", "A1") == 0
    assert "content/registry/units.yaml 的“单位”下面加上 library: {名称: 单位全称}" in capsys.readouterr().out


def test_new_never_overwrites_a_record_unless_told(
    jixiao: Run, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / "content/records/2024/example-center/road.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("表样: 我的\n", encoding="utf-8")
    assert jixiao("new", "2024/example-center/road", "--form", "A1") == 2
    assert "road.yaml 已经存在，没有覆盖" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "表样: 我的\n"
    assert jixiao("new", "2024/example-center/road", "--form", "A1", "--force") == 0
    assert "版式: A1" in path.read_text(encoding="utf-8")


def test_new_makes_no_second_file_of_one_address_even_by_force(jixiao: Run, project: Path) -> None:
    path = project / "content/records/2024/example-center/road.md"
    path.parent.mkdir(parents=True)
    path.write_text("---\n表样: 我的\n---\n", encoding="utf-8")
    assert jixiao("new", "2024/example-center/road", "--form", "A1", "--force") == 2
    assert [found.name for found in path.parent.iterdir()] == ["road.md"]


def test_new_does_not_follow_a_link_out_of_the_content(jixiao: Run, project: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (project / "content/records/2024").mkdir()
    (project / "content/records/2024/example-center").symlink_to(outside, target_is_directory=True)
    assert jixiao("new", "2024/example-center/road", "--form", "A1") == 2
    assert list(outside.iterdir()) == []


def test_new_without_a_form_or_an_address_says_what_to_type(jixiao: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert jixiao("new") == 2
    assert "没有写地址" in capsys.readouterr().err
    assert jixiao("new", "2024/example-center/road") == 2
    assert "没有写表样" in capsys.readouterr().err


def test_new_lists_every_form_and_layout(jixiao: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert jixiao("new", "--list") == 0
    said = capsys.readouterr().out
    assert all(title in said for title in FORMS.titles())
    assert all(f"版式 {definition.layout}" in said for definition in FORMS.definitions)
