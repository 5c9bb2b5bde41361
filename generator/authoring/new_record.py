"""Put an empty record of a form where its address says."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from generator.authoring.address import RecordAddress, file_with_this_address
from generator.authoring.files import write_text
from generator.authoring.skeleton import format_skeleton
from generator.errors import JixiaoError
from generator.load.registry import load_registry
from generator.model.catalog import Registry
from generator.model.forms import FormDefinition


class NewRecord(NamedTuple):
    """The file written, and what its author should know."""

    path: Path
    shown: str
    """The path as printed in messages, relative to the project."""
    notes: tuple[str, ...]


def write_record(
    address: RecordAddress,
    form: FormDefinition,
    title: str,
    *,
    records_dir: Path,
    registry_dir: Path,
    project_dir: Path,
    markdown: bool,
    force: bool,
) -> NewRecord:
    """Write the skeleton; a record that is there already stays unless `force` is given."""
    suffix = ".md" if markdown else address.suffix if address.suffix == ".yml" else ".yaml"
    path = records_dir / address.year / address.unit / f"{address.name}{suffix}"
    refuse_to_leave(records_dir, path)
    present = file_with_this_address(records_dir, address)
    if present is not None and present.name != path.name:
        raise JixiaoError(
            f"{_shown(present, project_dir)} 已经是这个地址的记录，没有另建。一个地址只有一个文件：请改用别的名称，或先移走它。"
        )
    if present is not None and not force:
        raise JixiaoError(
            f"{_shown(path, project_dir)} 已经存在，没有覆盖。请改用别的名称；确要用空表覆盖它，请加 --force。"
        )
    registry = load_registry(registry_dir, project_dir).registry
    names = _known_names(registry, address.unit)
    write_text(path, format_skeleton(form, title, address, names=names, markdown=markdown))
    notes = () if address.unit in registry.units else (_how_to_register(registry_dir, project_dir, address.unit),)
    return NewRecord(path, _shown(path, project_dir), notes)


def refuse_to_leave(records_dir: Path, path: Path) -> None:
    """Refuse a folder that is a link to somewhere else: the reader would not follow it either."""
    content = records_dir.parent.resolve()
    if not path.parent.resolve().is_relative_to(content):
        raise JixiaoError(f"{path.parent} 是指到 {content} 之外的链接，没有写入。请把它换成普通文件夹。")


def _known_names(registry: Registry, slug: str) -> Mapping[str, str]:
    """Return what the registry knows of the head of a record of this unit."""
    unit = registry.units.get(slug)
    if unit is None:
        return {}
    names = {"implementing_unit": unit.name, "evaluated_department": unit.name}
    department = registry.departments.get(unit.department)
    return {**names, "competent_department": department.name} if department else names


def _how_to_register(registry_dir: Path, project_dir: Path, slug: str) -> str:
    registry = _shown(registry_dir / "units.yaml", project_dir)
    return f"单位“{slug}”还没有登记：请在 {registry} 的“单位”下面加上 {slug}: {{名称: 单位全称}}。"


def _shown(path: Path, project_dir: Path) -> str:
    return (path.relative_to(project_dir) if path.is_relative_to(project_dir) else path).as_posix()
