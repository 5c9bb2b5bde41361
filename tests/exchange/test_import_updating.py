"""A value is changed where it stands; what cannot be changed without touching anything else is left to a person."""

from pathlib import Path

import pytest

from generator.exchange.existing import Existing, Present, read_again
from generator.exchange.placing import form_differences
from generator.exchange.updating import Updated, updated
from generator.forms.definitions import load_forms
from generator.resources import packaged
from tests.site_tools import write_files

FORMS = load_forms([packaged("templates")])
HEAD = "表样: 项目自评表\n年度: 2024\n"


def present(tmp_path: Path, text: str, suffix: str = ".yaml") -> Present:
    folder = write_files(tmp_path, [(f"content/records/2024/a/b{suffix}", text)])
    found = Existing(folder / "content/records", folder, FORMS).at("2024/a/b")
    assert found is not None
    assert found.is_sound
    return found


def updating(tmp_path: Path, before: str, after: str, suffix: str = ".yaml") -> Updated:
    """Update a record so that it prints what another text prints."""
    old = present(tmp_path, before, suffix)
    new, _ = read_again(after, old.file, FORMS)
    assert old.record is not None
    assert new is not None
    return updated(old, form_differences(old.record, new), FORMS)


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("评分等级: 优  # 自评\n", "评分等级: 良\n", "评分等级: 良  # 自评\n"),
        ("评分等级: '优'\n", "评分等级: 良\n", "评分等级: 良\n"),
        ("评分等级:\n项目名称: 路\n", "评分等级: 良\n项目名称: 路\n", "评分等级: 良\n项目名称: 路\n"),
        ("评分等级: 优\n项目名称: 路\n", "评分等级:\n项目名称: 路\n", "评分等级:\n项目名称: 路\n"),
        ("评分等级: 优\n", '评分等级: "-"\n', '评分等级: "-"\n'),
        ("评分等级: 优\n", "评分等级: 'a: b'\n", '评分等级: "a: b"\n'),
        ("评分等级: 优\n", "评分等级: '引\"号'\n", "评分等级: '引\"号'\n"),
        ("评分等级: 优\n", "评分等级: {无法辨认: 污渍}\n", '评分等级: {无法辨认: "污渍"}\n'),
        ("评分等级: {无法辨认: 污渍}\n", "评分等级: 优\n", "评分等级: 优\n"),
        ("总分: {分值: 100, 得分: 97}\n", '总分: {分值: 100, 得分: "1,097"}\n', '总分: {分值: 100, 得分: "1,097"}\n'),
        ("总分: {分值: 100, 得分: }\n", "总分: {分值: 100, 得分: 97}\n", "总分: {分值: 100, 得分: 97}\n"),
        ("总分: 97  # 合计\n", "总分: 96\n", "总分: 96  # 合计\n"),
        ("项目概况: 修路。\n", "项目概况: |\n  修路。\n\n  架桥。\n", "项目概况: |\n  修路。\n\n  架桥。\n"),
        (
            "年度总体目标:\n  预期目标: |\n    修路。\n  # 注\n  实际完成情况: 好\n",
            "年度总体目标:\n  预期目标: 架桥。\n  实际完成情况: 好\n",
            "年度总体目标:\n  预期目标: |\n    架桥。\n  # 注\n  实际完成情况: 好\n",
        ),
        (
            "绩效指标:\n  产出指标:\n    - {三级指标: 甲, 得分: 8}\n    - {三级指标: 乙, 得分: 8}\n",
            "绩效指标:\n  产出指标:\n    - {三级指标: 甲, 得分: 8}\n    - {三级指标: 乙, 得分: 7}\n",
            "绩效指标:\n  产出指标:\n    - {三级指标: 甲, 得分: 8}\n    - {三级指标: 乙, 得分: 7}\n",
        ),
    ],
)
def test_only_the_value_changes(tmp_path: Path, before: str, after: str, wanted: str) -> None:
    result = updating(tmp_path, HEAD + before, HEAD + after)

    assert result == Updated(HEAD + wanted)


def test_a_field_of_a_markdown_record_changes_above_its_texts(tmp_path: Path) -> None:
    text = f"---\n{HEAD}评分等级: 优\n---\n\n## 预期目标\n\n修路。\n"

    assert updating(tmp_path, text, text.replace("优", "良"), ".md") == Updated(text.replace("优", "良"))


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("项目名称: 路\n", "项目名称: 路\n评分等级: 优\n", "没有这一栏，要手工加上：评分等级：空白 → 优"),
        ("绩效指标:\n  - {三级指标: 甲}\n", "绩效指标:\n  - {三级指标: 甲}\n  - {三级指标: 丁}\n", "增减整行"),
        ("绩效指标:\n  - {三级指标: 开展培训次数}\n", "绩效指标:\n  - {三级指标: 开展培训数}\n", "要手工修改"),
        ("评分等级: &x 优\n绩效指标:\n  - {三级指标: 甲, 备注: *x}\n", "评分等级: 优\n绩效指标:\n  - {三级指标: 甲, 备注: 良}\n", ""),
    ],
)  # fmt: skip
def test_what_cannot_be_changed_in_place_is_said(tmp_path: Path, before: str, after: str, why: str) -> None:
    result = updating(tmp_path, HEAD + before, HEAD + after)

    assert result.text == ""
    assert result.fault
    assert why in result.fault


def test_a_text_in_a_section_is_left_to_a_person(tmp_path: Path) -> None:
    text = f"---\n{HEAD}---\n\n## 预期目标\n\n修路。\n"

    result = updating(tmp_path, text, text.replace("修路", "架桥"), ".md")

    assert "要手工修改" in result.fault
