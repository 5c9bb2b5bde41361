"""Form definitions: read from the YAML beside each form template, the user's own before the packaged ones."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.errors import JixiaoError, disk_reason
from generator.forms.definition_faults import definition_faults, name_fault
from generator.forms.definition_yaml import DefinitionUnreadError, read_definition
from generator.model.forms import FormDefinition, FormLibrary, FundingLabel
from generator.text import printable


def load_forms(template_dirs: Sequence[Path]) -> FormLibrary:
    """Load every definition in the folders `forms/` of the template folders.

    A definition in an earlier folder replaces one of the same name in a later one.
    Raises JixiaoError naming every fault of every definition.
    """
    faults: list[str] = []
    found: dict[str, Path] = {}
    for folder in template_dirs:
        for path in _definition_files(folder / "forms", faults):
            found.setdefault(path.stem, path)
    definitions = [_load(path, template_dirs, faults) for path in found.values()]
    faults += _clashes(found)
    if faults:
        raise JixiaoError("表样定义有误：\n" + "\n".join(f"  {printable(fault)}" for fault in faults))
    return FormLibrary(tuple(definition for definition in definitions if definition is not None))


def _definition_files(folder: Path, faults: list[str]) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".yaml" and path.name[0] not in ".~")
    except FileNotFoundError:
        return []
    except OSError as error:
        faults.append(f"{folder}：文件夹打不开（{disk_reason(error)}）")
        return []


def _clashes(found: Mapping[str, Path]) -> list[str]:
    """Return the definitions that would share a page: an address has hyphens for underscores."""
    by_address: dict[str, Path] = {}
    faults = []
    for identifier, path in found.items():
        other = by_address.setdefault(identifier.replace("_", "-"), path)
        if other != path:
            faults.append(f"{path}：与 {other} 是同一网址，请给其中一个改名")
    return faults


def _load(path: Path, template_dirs: Sequence[Path], faults: list[str]) -> FormDefinition | None:
    try:
        data = read_definition(path.read_text(encoding="utf-8"))
    except (DefinitionUnreadError, UnicodeDecodeError, OSError) as error:
        faults.append(f"{path}：{_why(error)}")
        return None
    own = [fault for fault in (name_fault(path.stem), *definition_faults(data)) if fault]
    if not any((folder / "forms" / f"{path.stem}.html").is_file() for folder in template_dirs):
        own.append(f"旁边没有模板 {path.stem}.html，请加上")
    faults.extend(f"{path}：{fault}" for fault in own)
    return None if own else _definition(path.stem, data)


def _why(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "不是 UTF-8 编码，请在编辑器里另存为 UTF-8"
    if isinstance(error, OSError):
        return f"打不开（{disk_reason(error)}），请检查文件的权限"
    return f"读不出来（{' '.join(str(error).split())}）"


def _definition(identifier: str, data: Mapping[str, Any]) -> FormDefinition:
    funding, indicators = data.get("funding", {}), data.get("indicators", {})
    return FormDefinition(
        identifier=identifier,
        layout=data["layout"],
        titles=tuple(data["titles"]),
        record_type=data["record_type"],
        schema=data.get("schema", identifier),
        description=data["description"],
        default=data.get("default", False),
        any_title=data.get("any_title", False),
        period=data.get("period", ""),
        required=tuple(data.get("required", ())),
        head=tuple(data.get("head", ())),
        prose=tuple(data.get("prose", ())),
        funding_title=funding.get("title", ""),
        funding_columns=dict(funding.get("columns", {})),
        funding_rows=tuple(_funding_label(row) for row in funding.get("rows", ())),
        fixed_funding=funding.get("fixed", False),
        indicator_columns=dict(indicators.get("columns", {})),
        indicator_levels={level1: tuple(level2) for level1, level2 in indicators.get("levels", {}).items()},
        total_label=data.get("total", "总分"),
        labels=dict(data.get("labels", {})),
    )


def _funding_label(row: Mapping[str, Any]) -> FundingLabel:
    return FundingLabel(row["label"], row.get("printed", row["label"]), row.get("group", ""))
