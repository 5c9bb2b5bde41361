"""Form definitions: read from the YAML beside each form template, the user's own before the packaged ones."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from generator.errors import JixiaoError
from generator.model.forms import FormDefinition, FormLibrary, FundingLabel
from generator.text import nearest
from generator.vocabulary import TERMS, Place, term_for

RECORD_TYPES = ("SelfEvaluation", "DepartmentEvaluation", "TargetDeclaration", "Other")

_KEYS = (
    "layout", "titles", "record_type", "schema", "description", "default", "any_title", "period", "required", "head", "prose",
    "funding", "indicators", "total", "labels",
)  # fmt: skip


def load_forms(template_dirs: Sequence[Path]) -> FormLibrary:
    """Load every definition in the folders `forms/` of the template folders.

    A definition in an earlier folder replaces one of the same name in a later one.
    Raises JixiaoError naming every fault of every definition.
    """
    found: dict[str, Path] = {}
    for folder in template_dirs:
        for path in sorted((folder / "forms").glob("*.yaml")):
            found.setdefault(path.stem, path)
    faults: list[str] = []
    definitions = [_load(path, template_dirs, faults) for path in found.values()]
    if faults:
        raise JixiaoError("表样定义有误：\n" + "\n".join(f"  {fault}" for fault in faults))
    return FormLibrary(tuple(definition for definition in definitions if definition is not None))


def _load(path: Path, template_dirs: Sequence[Path], faults: list[str]) -> FormDefinition | None:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        faults.append(f"{path}：读不出来（{' '.join(str(error).split())}）")
        return None
    before = len(faults)
    faults.extend(f"{path}：{fault}" for fault in _faults(data))
    if not any((folder / "forms" / f"{path.stem}.html").is_file() for folder in template_dirs):
        faults.append(f"{path}：旁边没有模板 {path.stem}.html，请加上")
    return _definition(path.stem, data) if len(faults) == before else None


def _faults(data: Any) -> list[str]:  # noqa: ANN401  what YAML gives is not known before it is looked at
    """Return what is wrong with a definition, in Chinese."""
    if not isinstance(data, dict):
        return ["内容应为“键: 值”"]
    faults = [_unknown(key, _KEYS) for key in data if key not in _KEYS]
    faults += [f"缺少 {key}" for key in ("layout", "titles", "record_type", "description") if not data.get(key)]
    if data.get("record_type") not in (None, *RECORD_TYPES):
        faults.append(f"record_type 是 {data['record_type']}，应为 {'、'.join(RECORD_TYPES)} 之一")
    faults += _shape_faults(data)
    if faults:
        return faults
    faults += [
        f"required 里的“{label}”不在词汇表中" for label in data.get("required", ()) if not term_for(Place.RECORD, label)
    ]
    faults += _identifier_faults("labels", data.get("labels", {}), (Place.RECORD, Place.OBJECTIVE))
    faults += _identifier_faults("head", data.get("head", ()), (Place.RECORD,))
    faults += _identifier_faults("prose", data.get("prose", ()), (Place.RECORD, Place.OBJECTIVE))
    faults += _identifier_faults("funding.columns", data.get("funding", {}).get("columns", {}), (Place.FUNDING_ROW,))
    faults += _identifier_faults(
        "indicators.columns", data.get("indicators", {}).get("columns", {}), (Place.INDICATOR,)
    )
    return faults


_PARTS = {"funding": ("title", "columns", "fixed", "rows"), "indicators": ("columns", "levels")}


def _unknown(key: object, known: Iterable[str], where: str = "") -> str:
    near = nearest(str(key), known)
    return f"不认识的键 {where}{key}" + (f"，是否为 {near}？" if near else "")


def _plain_faults(data: Mapping[str, Any]) -> list[str]:
    """Return the faults of single texts and switches."""
    funding = data.get("funding", {})
    texts = {key: data[key] for key in ("layout", "description", "schema", "period", "total") if key in data}
    texts |= {f"funding.{key}": funding[key] for key in ("title",) if key in funding}
    texts |= {f"labels.{key}": value for key, value in data.get("labels", {}).items()}
    switches = {key: data[key] for key in ("default", "any_title") if key in data}
    switches |= {f"funding.{key}": funding[key] for key in ("fixed",) if key in funding}
    faults = [f"{key} 应为文字，数字请加引号" for key, value in texts.items() if not isinstance(value, str)]
    faults += [f"{key} 应为 true 或 false" for key, value in switches.items() if not isinstance(value, bool)]
    for key, gap in (("period", "year"), ("funding.title", "unit")):
        if isinstance(texts.get(key), str) and not _fills(texts[key], gap):
            faults.append(f"{key} 里的花括号只能是 {{{gap}}}")
    return faults


def _fills(pattern: str, gap: str) -> bool:
    try:
        pattern.format(**{gap: ""})
    except (KeyError, IndexError, ValueError, AttributeError):
        return False
    return True


def _shape_faults(data: Mapping[str, Any]) -> list[str]:
    lists = [key for key in ("titles", "required", "head", "prose") if not _is_words(data.get(key, []))]
    maps = [key for key in ("funding", "indicators", "labels") if not isinstance(data.get(key, {}), dict)]
    faults = [f"{key} 应为文字的列表" for key in lists] + [f"{key} 应为“键: 值”" for key in maps]
    if maps:
        return faults
    faults += _plain_faults(data)
    faults += [
        _unknown(key, known, f"{part}.")
        for part, known in _PARTS.items()
        for key in data.get(part, {})
        if key not in known
    ]
    funding, indicators = data.get("funding", {}), data.get("indicators", {})
    for name, part in (
        ("funding.columns", funding.get("columns", {})),
        ("indicators.columns", indicators.get("columns", {})),
    ):
        if not isinstance(part, dict) or not all(isinstance(value, str) for value in part.values()):
            faults.append(f"{name} 应为“标识: 印出的栏名”")
    rows = funding.get("rows", [])
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and isinstance(row.get("label"), str) for row in rows
    ):
        faults.append("funding.rows 应为列表，每行写明 label")
    levels = indicators.get("levels", {})
    if not isinstance(levels, dict) or not all(_is_words(value) for value in levels.values()):
        faults.append("indicators.levels 应为“一级指标: [二级指标, …]”")
    return faults


def _is_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _identifier_faults(
    key: str, identifiers: Sequence[str] | Mapping[str, str], places: tuple[Place, ...]
) -> list[str]:
    known = [term.identifier for place in places for term in TERMS[place]]
    return [
        f"{key} 里的 {identifier} 不是词汇表的标识"
        + (f"，是否为 {near}？" if (near := nearest(identifier, known)) else "")
        for identifier in identifiers
        if identifier not in known
    ]


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
    return FundingLabel(row["label"], row.get("printed", row["label"]), row.get("group", ""), row.get("total", False))
