"""The JSON Schemas: they take every published record, refuse what the reader refuses, and explain each field."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from generator.authoring.schema import MARK, make_schemas
from generator.authoring.schema_files import stale_schemas, write_schemas
from generator.errors import JixiaoError
from generator.finding import has_errors
from generator.forms.definitions import load_forms
from generator.load.assemble import markdown_sections
from generator.load.decode import decode_record
from generator.load.markdown_record import parse_markdown_record
from generator.load.tree import Mapping, Node, Scalar
from generator.load.yaml_tree import parse_tree
from generator.model.forms import FormDefinition, FormLibrary
from generator.money import is_figure
from generator.resources import packaged
from generator.vocabulary import TERMS, Place, Term
from tests.authoring.core_yaml import plain_value

ROOT = Path(__file__).parents[2]
FORMS = load_forms((packaged("templates"),))
SCHEMAS = make_schemas(FORMS)
RECORDS = sorted((ROOT / "content" / "records").rglob("*.*"))

COMPLETE = """\
表样: 财政项目支出绩效自评表
版式: A1
年度: 2024
项目名称: 示例项目
主管部门: 示例街道办事处
实施单位: 示例中心
项目资金:
  单位: 万元
  年度资金总额: {年初预算数: 94.60, 全年预算数: "1,061.05", 分数: "-", 执行率(%): 99.77%}
年度总体目标: {预期目标: 一段文字, 实际完成情况: 一段文字}
绩效指标:
  产出指标:
    数量指标:
      - {三级指标: 次数, 年度指标值: "≥2(次)", 实际完成值: 3, 分值: 10, 得分: 10}
总分: {分值: 100, 得分: 97}
"""


def tree_of(text: str, *, is_markdown: bool = False) -> Node:
    tree = parse_markdown_record(text, "f.md", markdown_sections()) if is_markdown else parse_tree(text, "f.yaml")
    assert tree.node is not None
    return tree.node


def schema_faults(text: str, schema: str = "self_evaluation", *, is_markdown: bool = False) -> list[str]:
    value = plain_value(tree_of(text, is_markdown=is_markdown))
    return [error.message for error in Draft7Validator(SCHEMAS[schema]).iter_errors(value)]


def is_readable(text: str) -> bool:
    return not has_errors(decode_record(tree_of(text), identifier="2024/a/b", path="f.yaml", forms=FORMS).findings)


def named_schema(path: Path) -> str:
    first = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n")[0]
    return first.rpartition("/")[2].removesuffix(".schema.json")


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_a_sound_one(name: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize("path", RECORDS, ids=[path.relative_to(ROOT / "content").as_posix() for path in RECORDS])
def test_a_published_record_keeps_to_the_schema_it_names(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert schema_faults(text, named_schema(path), is_markdown=path.suffix == ".md") == []


def test_the_registry_keeps_to_its_schema() -> None:
    text = (ROOT / "content" / "registry" / "units.yaml").read_text(encoding="utf-8")
    assert schema_faults(text, "units") == []


def test_the_complete_example_is_taken_by_reader_and_schema() -> None:
    assert is_readable(COMPLETE)
    assert schema_faults(COMPLETE) == []


REFUSED = {
    "a field nobody knows": ("项目名称: 示例项目", "项目名称: 示例项目\n项目名: 示例"),
    "a required field that is not there": ("项目名称: 示例项目\n", ""),
    "a required field left blank": ("项目名称: 示例项目", "项目名称:"),
    "a required block left blank": ("总分: {分值: 100, 得分: 97}", "总分:"),
    "words for a year": ("年度: 2024", "年度: 二〇二四"),
    "a year with its word": ("年度: 2024", "年度: 2024年"),
    "a form nobody knows": ("表样: 财政项目支出绩效自评表", "表样: 自评"),
    "a layout the form has not": ("版式: A1", "版式: C1"),
    "no unit of money": ("  单位: 万元\n", ""),
    "a wrong unit of money": ("单位: 万元", "单位: 万圆"),
    "a funding column nobody knows": ("年初预算数: 94.60", "年初预算额度: 94.60"),
    "words for an amount": ("年初预算数: 94.60", "年初预算数: 九十四万"),
    "a list for an amount": ("年初预算数: 94.60", "年初预算数: [94.60]"),
    "a mapping for an amount": ("年初预算数: 94.60", "年初预算数: {金额: 94.60}"),
    "an unreadable amount without a reason": ("年初预算数: 94.60", "年初预算数: {无法辨认: }"),
    "figures of unknown columns without a reason": ("{年初预算数: 94.60", '{印出数字: ["0"], 年初预算数: 94.60'),
    "a text for the money block": ("项目资金:\n  单位: 万元\n", "项目资金: 万元\n其他信息:\n"),
    "a part of the objective nobody knows": ("实际完成情况: 一段文字", "实际情形: 一段文字"),
    "a list for a text": ("预期目标: 一段文字", "预期目标: [一段文字]"),
    "an indicator column nobody knows": ("分值: 10, 得分", "分值分: 10, 得分"),
    "words for points": ("分值: 10, 得分", "分值: 十分, 得分"),
    "one indicator without its dash": ("      - {三级指标: 次数,", "        {三级指标: 次数,"),
    "too many levels of indicators": (
        "    数量指标:\n",
        "    数量指标: {甲: {乙: {丙: [{三级指标: 丁}]}}}\n    质量指标:\n",
    ),
    "a total nobody knows": ("得分: 97", "得分数字: 97"),
    "a source that is a text": ("总分:", "来源: 某公报\n总分:"),
    "a source field nobody knows": ("总分:", "来源: {作者: 某}\n总分:"),
    "a table without rows": ("总分:", "附表: [{标题: 甲, 表头: [乙]}]\n总分:"),
    "a project key that is no address": ("年度: 2024", "年度: 2024\n项目标识: 示例 项目"),
    "a waiver without a reason": ("总分:", "豁免: [{规则: BUD001, 批准人: 甲, 有效期至: 2025-12-31}]\n总分:"),
    "a waiver without a day": ("总分:", "豁免: [{规则: BUD001, 原因: 乙, 批准人: 甲, 有效期至: 长期}]\n总分:"),
    "a reply with a key nobody knows": (
        "总分:",
        "答复: [{规则: BUD001, 内容: 甲, 答复单位: 乙, 日期: 2025-03-01, 电话: 丙}]\n总分:",
    ),
    "words for a date": ("年度: 2024", "年度: 2024\n计划开始日期: 年初"),
}


@pytest.mark.parametrize(("before", "after"), REFUSED.values(), ids=REFUSED)
def test_what_the_reader_refuses_the_schema_refuses(before: str, after: str) -> None:
    assert COMPLETE.count(before) == 1
    text = COMPLETE.replace(before, after)
    assert not is_readable(text)
    assert schema_faults(text) != []


TAKEN = {
    "synonyms": ("主管部门: 示例街道办事处", "主管预算部门: 示例街道办事处"),
    "full-width brackets in a label": ("执行率(%)", "执行率（％）"),
    "marks instead of figures": ("年初预算数: 94.60", "年初预算数: —"),
    "blank cells": ("年初预算数: 94.60", "年初预算数: "),
    "an amount with its breakdown": ("年初预算数: 94.60", "年初预算数: 100.00(其中中央补助60.00)"),
    "an unreadable cell": ("年初预算数: 94.60", "年初预算数: {无法辨认: 原件模糊}"),
    "figures of unknown columns with a reason": (
        "{年初预算数: 94.60",
        '{印出数字: ["0"], 无法辨认: 栏位不明, 年初预算数: 94.60',
    ),
    "a single amount of a kind": ("  单位: 万元\n", "  单位: 万元\n  其他资金: 0\n"),
    "groups of money": ("  单位: 万元\n", "  单位: 万元\n  资金来源: {财政拨款: 1, 其他资金: {全年预算数: 2}}\n"),
    "a list of money": ("  单位: 万元\n", "  单位: 万元\n  构成: [{资金名称: 债券, 金额: 1}]\n"),
    "money within money": ("{年初预算数: 94.60", "{其中: {债券: {金额: 1}}, 年初预算数: 94.60"),
    "one text for the objective": (
        "年度总体目标: {预期目标: 一段文字, 实际完成情况: 一段文字}",
        "年度总体目标: 一段文字",
    ),
    "flat rows of indicators": (
        "  产出指标:\n    数量指标:\n      - {",
        "  - {一级指标: 产出指标, 二级指标: 数量指标, ",
    ),
    "a third level above the name": ("    数量指标:\n", "    数量指标: {甲: [{三级指标: 乙}]}\n    质量指标:\n"),
    "columns the form has besides": ("分值: 10, 得分", "其他栏目: {所在页: 3}, 分值: 10, 得分"),
    "a lone total": ("总分: {分值: 100, 得分: 97}", "总分: 97"),
    "a free table": ("总分:", "附表: [{标题: 甲, 表头: [乙, 丙], 行: [[1, 二]]}]\n总分:"),
    "the general layout": ("版式: A1", "版式: 通用"),
    "waivers and replies": (
        "总分:",
        "豁免: [{规则: BUD001, 对象: 得分, 原因: 乙, 批准人: 甲, 有效期至: 2025-12-31}]\n规则包: hubei\n总分:",
    ),
    "a single reply without the dash of a list": (
        "总分:",
        "答复: {规则: BUD001, 内容: 甲, 答复单位: 乙, 日期: 2025年3月1日}\n总分:",
    ),
    "fields the vocabulary does not have": ("总分:", "其他信息: {经办科室: 财务科}\n总分:"),
}


@pytest.mark.parametrize(("before", "after"), TAKEN.values(), ids=TAKEN)
def test_what_the_reader_takes_the_schema_takes(before: str, after: str) -> None:
    assert COMPLETE.count(before) == 1
    text = COMPLETE.replace(before, after)
    assert is_readable(text)
    assert schema_faults(text) == []


@given(
    st.from_regex(r"\s?[-+＋－]?[0-9０-９,.，．]{0,8}[%％—–/／-]{0,2}(\(.*\))?\s?", fullmatch=True).filter(is_figure)
)
def test_every_figure_of_the_reader_is_one_to_the_schema(text: str) -> None:
    figure = {**SCHEMAS["general"]["definitions"]["数字"], "$schema": SCHEMAS["general"]["$schema"]}
    assert Draft7Validator(figure).is_valid(text)


def test_the_general_schema_takes_any_title_and_proposes_the_known_ones() -> None:
    assert schema_faults("表样: 某县自评表\n版式: 通用\n年度: 2024\n", "general") == []
    assert "项目自评表" in json.dumps(SCHEMAS["general"]["properties"]["表样"], ensure_ascii=False)


@pytest.mark.parametrize("term", TERMS[Place.RECORD], ids=lambda term: term.identifier)
def test_every_name_of_a_field_is_completed_with_its_description(term: Term) -> None:
    for label in (term.label, *term.synonyms):
        assert term.description in SCHEMAS["general"]["properties"][label]["description"]


def test_editors_propose_the_words_a_form_prints_and_understand_the_others() -> None:
    columns = SCHEMAS["self_evaluation"]["definitions"]["资金行"]["properties"]
    assert "doNotSuggest" not in columns["分数"]
    assert columns["权重"]["doNotSuggest"] is True


def test_a_registry_entry_without_a_name_is_refused() -> None:
    assert schema_faults("单位: {example: {别名: [示例]}}\n", "units") != []
    assert schema_faults("单位: {示例: {名称: 示例}}\n", "units") != []
    assert schema_faults("机构: {}\n", "units") != []


def test_a_form_of_ones_own_has_its_own_schema(tmp_path: Path) -> None:
    own = FormDefinition(
        "own", "X1", ("本县自评表",), "SelfEvaluation", "own_form", "本县的表", required=("表样", "项目名称")
    )
    assert write_schemas(tmp_path, FormLibrary((own, *FORMS.definitions)), force=False)
    schema = json.loads((tmp_path / "own_form.schema.json").read_text(encoding="utf-8"))
    assert schema["properties"]["表样"] == {**schema["properties"]["表样"], "enum": ["本县自评表"]}


@pytest.mark.parametrize("name", ["../evil", "units", "", "a b"])
def test_a_schema_name_that_is_no_file_name_is_refused(name: str) -> None:
    own = FormDefinition("own", "X1", ("本县自评表",), "SelfEvaluation", name, "本县的表")
    with pytest.raises(JixiaoError, match="own"):
        make_schemas(FormLibrary((own,)))


def test_written_schemas_are_up_to_date_until_somebody_edits_one(tmp_path: Path) -> None:
    assert set(stale_schemas(tmp_path, FORMS)) == set(write_schemas(tmp_path, FORMS, force=False))
    assert stale_schemas(tmp_path, FORMS) == ()
    edited = tmp_path / "units.schema.json"
    edited.write_text(edited.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert stale_schemas(tmp_path, FORMS) == ("units.schema.json",)
    assert write_schemas(tmp_path, FORMS, force=False) == ("units.schema.json",)


def test_a_file_that_is_not_ours_is_kept_and_nothing_else_is_written(tmp_path: Path) -> None:
    foreign = tmp_path / "units.schema.json"
    foreign.write_text("{}", encoding="utf-8")
    with pytest.raises(JixiaoError, match=r"units\.schema\.json 不是 jixiao 生成的"):
        write_schemas(tmp_path, FORMS, force=False)
    assert [path.name for path in tmp_path.iterdir()] == ["units.schema.json"]
    assert foreign.read_text(encoding="utf-8") == "{}"
    write_schemas(tmp_path, FORMS, force=True)
    assert MARK in foreign.read_text(encoding="utf-8")


def test_a_mapping_of_the_tree_becomes_what_an_editor_sees() -> None:
    tree = tree_of("甲: 0012\n乙: '12'\n丙:\n丁: [1.50, 是, true]\n")
    assert isinstance(tree, Mapping)
    assert isinstance(tree.entries[0][1], Scalar)
    assert plain_value(tree) == {"甲": 12, "乙": "12", "丙": None, "丁": [1.5, "是", True]}
