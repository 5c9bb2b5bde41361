"""The names a record prints against those the registry knows."""

from pathlib import Path

from generator.finding import Severity
from generator.forms.definitions import load_forms
from generator.load.assemble import Loaded, load_catalog
from generator.resources import packaged

REGISTRY = """\
主管部门:
  jiedao: {名称: 示例街道办事处, 别名: [示例街道]}
单位:
  zhongxin: {名称: 示例街道服务中心, 主管部门: jiedao}
"""
CURE = "核对有没有写错；原表确实这样印，就在登记表的“别名”里加上它"
RECORD = """\
表样: 项目自评表
年度: 2024
主管部门: {department}
实施单位: {unit}
"""


def load(project: Path, *, folder: str = "zhongxin", unit: str, department: str = "示例街道") -> Loaded:
    """Load one record of a unit folder together with the registry."""
    for path, text in (
        ("content/registry/units.yaml", REGISTRY),
        (f"content/records/2024/{folder}/xiangmu.yaml", RECORD.format(unit=unit, department=department)),
    ):
        (project / path).parent.mkdir(parents=True)
        (project / path).write_text(text, encoding="utf-8")
    return load_catalog(
        records_dir=project / "content/records",
        registry_dir=project / "content/registry",
        project_dir=project,
        forms=load_forms([packaged("templates")]),
    )


def told(loaded: Loaded) -> list[str]:
    return [f"{one.origin} {one.code} {one.message} {one.hint}" for one in loaded.findings]


def test_registered_names_and_their_aliases_give_no_finding(tmp_path: Path) -> None:
    assert told(load(tmp_path, unit="示例街道服务中心", department="示例街道")) == []


def test_an_unknown_spelling_is_a_warning_at_its_cell(tmp_path: Path) -> None:
    loaded = load(tmp_path, unit="示例街道服务中心（盖章）", department="示例镇")

    assert told(loaded) == [
        f"content/records/2024/zhongxin/xiangmu.yaml:3:7 REC018 “示例镇”不是登记的名称 {CURE}",
        f"content/records/2024/zhongxin/xiangmu.yaml:4:7 REC018 “示例街道服务中心（盖章）”不是登记的名称 {CURE}",
    ]
    assert {finding.severity for finding in loaded.findings} == {Severity.WARNING}


def test_a_folder_nobody_registered_takes_the_name_its_records_print(tmp_path: Path) -> None:
    loaded = load(tmp_path, folder="xinban", unit="示例新办")

    assert told(loaded) == [
        "content/records/2024/xinban/xiangmu.yaml:1:1 REC015 文件夹“xinban”没有在登记表里登记 在登记表加上“xinban: {名称: 示例新办}”"
    ]
    assert loaded.catalog.registry.units["xinban"].name == "示例新办"


def test_neither_warning_keeps_a_record_from_being_published(tmp_path: Path) -> None:
    loaded = load(tmp_path, folder="xinban", unit="别的单位", department="别的街道")

    assert [record.id for record in loaded.catalog.records] == ["2024/xinban/xiangmu"]
