"""A record with values to confirm is kept back, and reads like any other once they are confirmed."""

from pathlib import Path

import pytest

from generator.cli import main
from generator.forms.definitions import load_forms
from generator.load.decode import decode_record, decode_with_errors
from generator.load.parse import parse_tree
from generator.resources import packaged
from tests.site_tools import PROJECT, copied

FORMS = load_forms([packaged("templates")])
TREE = parse_tree(
    """\
表样: 项目自评表
年度: 2024
项目名称: 示例道路养护
待确认:
  - {栏: 项目名称, 依据: 扫描件模糊}
""",
    "a.yaml",
).node


def test_a_value_to_confirm_keeps_the_record_back() -> None:
    assert TREE is not None

    assert decode_record(TREE, identifier="2024/shili/a", path="a.yaml", forms=FORMS).record is None


def test_what_can_be_read_of_such_a_record_can_still_be_compared() -> None:
    assert TREE is not None
    decoded = decode_with_errors(TREE, identifier="2024/shili/a", path="a.yaml", forms=FORMS)

    assert decoded.record is not None
    assert decoded.record.text("project_name") == "示例道路养护"
    assert [finding.code for finding in decoded.findings] == ["REC022"]


def test_check_and_build_both_name_the_value_and_publish_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = copied(PROJECT, tmp_path / "project")
    record = project / "content/records/2024/xinzhuang/liangxin.yaml"
    text = record.read_text(encoding="utf-8") + "待确认:\n  - {栏: 项目资金 › 单位, 依据: 原表没有印单位}\n"
    record.write_text(text, encoding="utf-8")
    line = text.count("\n")

    assert main(["check", "-f", str(project / "mkdocs.yml")]) == 1
    assert f"liangxin.yaml:{line}:5" in (checked := capsys.readouterr().out)
    assert "“项目资金 › 单位”还没有与原件核对：原表没有印单位" in checked

    assert main(["build", "-f", str(project / "mkdocs.yml"), "-d", str(tmp_path / "site")]) == 1
    assert f"liangxin.yaml:{line}:5: REC022" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()
