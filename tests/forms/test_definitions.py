"""Form definitions: which one lays a record out, and what is wrong with one."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import JixiaoError
from generator.forms.definition_faults import definition_faults
from generator.forms.definition_yaml import read_definition
from generator.forms.definitions import load_forms
from generator.model.forms import FormLibrary
from generator.resources import packaged
from generator.vocabulary import TERMS, Place
from tests.site_tools import write_files

OURS = packaged("templates")
LIBRARY = load_forms([OURS])
SMALL = "layout: 自定\ntitles: [自定的表]\nrecord_type: Other\ndescription: 一张表\n"

KEYS = st.integers() | st.sampled_from(
    ["layout", "titles", "record_type", "description", "labels", "funding", "columns", "rows", "label", "group",
     "indicators", "levels", "required", "head", "period", "default"]
)  # fmt: skip


def library_with(folder: Path, definition: str, *, name: str = "own") -> FormLibrary:
    """Load a project's own definition before ours."""
    write_files(folder / "forms", [(f"{name}.yaml", definition), (f"{name}.html", "<table></table>")])
    return load_forms([folder, OURS])


def faults_of(folder: Path, definition: str) -> list[str]:
    with pytest.raises(JixiaoError) as caught:
        library_with(folder, definition)
    lines = str(caught.value).splitlines()
    assert lines[0] == "表样定义有误："
    return [line.partition("own.yaml：")[2] for line in lines[1:]]


WORDS = st.sampled_from(
    ["layout", "A1", "甲", "(次)", "true", "True", "false", "yes", "No", "on", "OFF", "null", "Null", "~", "nullable", "y", "n", "truest", "no one",
     "12", "-1", "+1", "1.5", ".5", "0x1f", "1_000", "12:30", "2024-01-01", "2024年", "-甲", "=", "<<", "1e3", ".inf", ".NaN", "'12'", '"是"', "[甲, 乙]", "[1, yes]",
     "{a: 1}", "[]", "{}", "", "甲  # 注"]
)  # fmt: skip


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4))
def test_a_definition_read_quickly_says_what_yaml_says(entries: list[tuple[str, str]]) -> None:
    text = "".join(f"{key}: {value}\n" for key, value in entries)
    try:
        expected = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return
    read = read_definition(text)
    assert (read, repr(read)) == (expected, repr(expected)) or "nan" in repr(expected)


@pytest.mark.parametrize("path", sorted((OURS / "forms").glob("*.yaml")), ids=lambda path: path.stem)
def test_our_definitions_say_what_yaml_says(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert repr(read_definition(text)) == repr(yaml.safe_load(text))


@pytest.mark.parametrize(
    ("title", "layout", "chosen"),
    [
        ("财政项目支出绩效自评表", "", "self_evaluation_a1"),
        ("财政项目支出绩效自评表", "A2", "self_evaluation_a2"),
        ("项目支出绩效自评表", "", "self_evaluation_a1"),
        ("财政项目支出绩效自评表", "通用", "general"),
        ("部门（单位）整体支出绩效自评表", "", "department_evaluation_b1"),
        ("部门(单位)整体支出绩效自评表", "", "department_evaluation_b1"),
        ("财政项目支出绩效目标申报表", "", "target_declaration_c1"),
        ("项目自评表", "", "general"),
        ("谁也没见过的表", "通用", "general"),
        ("谁也没见过的表", "", None),
        ("谁也没见过的表", "A1", None),
        ("财政项目支出绩效自评表", "B1", None),
        ("财政项目支出绩效自评表", "a1", None),
    ],
)
def test_title_and_layout_choose_the_form(title: str, layout: str, chosen: str | None) -> None:
    found = LIBRARY.choose(title, layout)

    assert (found.identifier if found else None) == chosen


def test_the_layouts_of_a_title_are_its_own_before_the_general_one() -> None:
    assert LIBRARY.layouts("财政项目支出绩效自评表") == ("A1", "A2", "通用")


def test_every_form_has_its_template_and_a_layout_name_of_its_own() -> None:
    layouts = [form.layout for form in LIBRARY.definitions]

    assert len(set(layouts)) == len(layouts)
    for form in LIBRARY.definitions:
        assert (OURS / f"forms/{form.identifier}.html").is_file()


def test_a_title_is_the_default_of_at_most_one_official_layout() -> None:
    for title in LIBRARY.titles():
        defaults = [
            form for form in LIBRARY.definitions if title in form.titles and form.default and not form.any_title
        ]
        assert len(defaults) <= 1, title


def test_a_project_s_definition_replaces_ours_of_the_same_name(tmp_path: Path) -> None:
    library = library_with(tmp_path, SMALL.replace("自定\n", "A1\n"), name="self_evaluation_a1")

    assert library.by_identifier("self_evaluation_a1").titles == ("自定的表",)


def test_a_project_s_default_comes_before_ours_for_the_same_title(tmp_path: Path) -> None:
    definition = SMALL.replace("自定的表", "财政项目支出绩效自评表") + "default: true\n"
    chosen = library_with(tmp_path, definition, name="zz_own").choose("财政项目支出绩效自评表", "")

    assert chosen is not None
    assert chosen.identifier == "zz_own"


def test_a_project_s_form_comes_before_the_general_one_that_knows_its_title(tmp_path: Path) -> None:
    definition = SMALL.replace("自定的表", "县级专项资金绩效目标自评表") + "default: true\n"
    chosen = library_with(tmp_path, definition, name="zz_own").choose("县级专项资金绩效目标自评表", "")

    assert chosen is not None
    assert chosen.identifier == "zz_own"


def test_an_official_layout_comes_before_the_general_one_whatever_their_names(tmp_path: Path) -> None:
    definition = SMALL.replace("自定的表", "财政项目支出绩效自评表") + "default: true\nany_title: true\n"
    chosen = library_with(tmp_path, definition, name="aa_own").choose("财政项目支出绩效自评表", "")

    assert chosen is not None
    assert chosen.identifier == "self_evaluation_a1"


@pytest.mark.parametrize(
    ("definition", "faults"),
    [
        ("- 甲\n", ["内容应为“键: 值”"]),
        ("", ["内容应为“键: 值”"]),
        (
            "titels: [甲]\n",
            ["不认识的键 titels，是否为 titles？", "缺少 layout", "缺少 titles", "缺少 record_type", "缺少 description"],
        ),
        (
            SMALL.replace("Other", "Report"),
            ["record_type 是 Report，应为 SelfEvaluation、DepartmentEvaluation、TargetDeclaration、Other 之一"],
        ),
        (SMALL.replace("[自定的表]", "自定的表") + "required: [1]\n", ["titles 应为文字的列表", "required 应为文字的列表"]),
        (SMALL + "funding: 甲\n", ["funding 应为“键: 值”"]),
        (SMALL.replace("自定\n", "7\n") + "default: 是\n", ["layout 应为文字，数字请加引号", "default 应为 true 或 false"]),
        (SMALL + 'period: "({yr}年度)"\n', ["period 里的花括号只能是 {year}"]),
        (SMALL + 'funding: {title: "资金({})", colums: {}}\n', ["funding.title 里的花括号只能是 {unit}", "不认识的键 funding.colums，是否为 columns？"]),
        (SMALL + "funding: {rows: [甲]}\n", ["funding.rows 应为列表，每行写明 label"]),
        (SMALL + "indicators: {columns: [target]}\n", ["indicators.columns 应为“标识: 印出的栏名”"]),
        (SMALL + "indicators: {levels: {1: [甲]}}\n", ["indicators.levels 应为“一级指标: [二级指标, …]”"]),
        (SMALL + "labels: {1: 甲}\n", ["labels 应为“标识: 印出的名称”"]),
        (SMALL + "labels: {grade: 1}\n", ["labels 应为“标识: 印出的名称”"]),
        (SMALL + "funding: {columns: {1: 甲}}\n", ["funding.columns 应为“标识: 印出的栏名”"]),
        (
            SMALL + "funding: {rows: [{label: A, group: 1}, {label: B, totl: true}, {label: C, printd: D}]}\n",
            [
                "funding.rows 第 1 行的 group 应为文字，数字请加引号",
                "不认识的键 funding.rows 第 2 行的 totl",
                "不认识的键 funding.rows 第 3 行的 printd，是否为 printed？",
            ],
        ),
        (SMALL + "1: 甲\nrecord: [1]\n", ["不认识的键 1", "不认识的键 record，是否为 record_type？"]),
        (SMALL + "indicators: {levels: {甲: [乙]}}\n", ["缺少 indicators.columns，不知道指标印哪些栏"]),
        (SMALL + "required: [绩效指标]\n", ["缺少 indicators.columns，不知道指标印哪些栏"]),
        (SMALL.replace("Other", "[1]"), ["record_type 是 [1]，应为 SelfEvaluation、DepartmentEvaluation、TargetDeclaration、Other 之一"]),
        (SMALL + "indicators: {levels: {甲: 乙}}\n", ["indicators.levels 应为“一级指标: [二级指标, …]”"]),
        (
            SMALL + "required: [天气]\nhead: [project_nam]\nprose: [expcted]\nlabels: {granted: 甲}\n"
            "funding: {columns: {excuted: 乙}}\nindicators: {columns: {targt: 丙}}\n",
            [
                "required 里的“天气”不在词汇表中",
                "labels 里的 granted 不是词汇表的标识，是否为 grade？",
                "head 里的 project_nam 不是词汇表的标识，是否为 project_name？",
                "prose 里的 expcted 不是词汇表的标识，是否为 expected？",
                "funding.columns 里的 excuted 不是词汇表的标识，是否为 executed？",
                "indicators.columns 里的 targt 不是词汇表的标识，是否为 target？",
            ],
        ),
    ],
)  # fmt: skip
def test_all_faults_of_a_definition_are_named(tmp_path: Path, definition: str, faults: list[str]) -> None:
    assert faults_of(tmp_path, definition) == faults


def test_broken_yaml_and_a_missing_template_are_named_for_every_definition(tmp_path: Path) -> None:
    write_files(tmp_path / "forms", [("jia.yaml", "layout: [\n"), ("yi.yaml", SMALL)])

    with pytest.raises(JixiaoError, match=r"(?s)jia\.yaml：读不出来.*yi\.yaml：旁边没有模板 yi\.html"):
        load_forms([tmp_path, OURS])


def test_bytes_that_are_no_utf_8_and_files_the_system_refuses_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path / "forms", [("jia.html", ""), ("yi.html", ""), ("yi.yaml", SMALL)])
    (tmp_path / "forms" / "jia.yaml").write_bytes("layout: 甲".encode("gbk"))
    read = Path.read_text

    def refuse(path: Path, encoding: str) -> str:
        if path.name == "yi.yaml":
            raise PermissionError(13, "Permission denied")
        return read(path, encoding=encoding)

    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(JixiaoError, match=r"(?s)jia\.yaml：不是 UTF-8 编码.*yi\.yaml：打不开（没有权限）"):
        load_forms([tmp_path, OURS])


@pytest.mark.parametrize("name", ["自评表", "Own", "con"])
def test_the_name_of_a_definition_is_an_address_too(tmp_path: Path, name: str) -> None:
    with pytest.raises(JixiaoError, match=rf"{name}\.yaml：文件名不能用作网址"):
        library_with(tmp_path, SMALL, name=name)


def test_two_definitions_with_one_address_are_named(tmp_path: Path) -> None:
    write_files(tmp_path / "forms", [(f"own{sign}b.{end}", SMALL) for sign in "-_" for end in ("yaml", "html")])

    with pytest.raises(JixiaoError, match=r"own_b\.yaml：与 .*own-b\.yaml 是同一网址"):
        load_forms([tmp_path, OURS])


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text("甲a{}", max_size=3),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
        max_leaves=12,
    )
)
def test_no_definition_whatever_it_holds_raises_anything_but_its_faults(data: Any) -> None:  # noqa: ANN401  what YAML gives
    assert all(isinstance(fault, str) for fault in definition_faults(data))


def test_every_identifier_of_the_vocabulary_stands_once_in_its_place() -> None:
    for place in Place:
        identifiers = [term.identifier for term in TERMS[place]]
        assert len(set(identifiers)) == len(identifiers)


def test_no_two_terms_of_a_place_share_a_printed_name() -> None:
    for place in Place:
        names = [name for term in TERMS[place] for name in (term.label, *term.synonyms)]
        assert sorted({name for name in names if names.count(name) > 1}) == [], place
