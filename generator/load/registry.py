"""The registry of units and departments: who publishes, and to whom they belong."""

import os
from pathlib import Path

from msgspec import Struct

from generator.address import ALLOWED, address_fault
from generator.finding import Finding
from generator.load.discover import SourceFile
from generator.load.parse import parse_tree
from generator.load.reading import Reading, is_blank, joined
from generator.load.record_faults import BAD_REGISTRY_SLUG, DEPARTMENT_NOT_REGISTERED, MISSING_FIELD, UNKNOWN_KEY
from generator.load.text_file import load_text
from generator.load.tree import Node, Scalar, Sequence
from generator.load.walk import Walk, printed_path
from generator.model.catalog import Department, Registry, Unit
from generator.text import nearest

DEPARTMENTS, UNITS = "主管部门", "单位"
_KEYS = {DEPARTMENTS: ("名称", "别名", "所在区"), UNITS: ("名称", "别名", "主管部门", "所在区")}


class RegistryResult(Struct, frozen=True):
    """The registry, with what was wrong in its file."""

    registry: Registry
    findings: tuple[Finding, ...]


class _Entry(Struct, frozen=True):
    """One registered body as written."""

    slug: Scalar
    name: str
    aliases: tuple[str, ...]
    district: str
    department: Scalar | None


def load_registry(registry_dir: Path, project_dir: Path) -> RegistryResult:
    """Load `units.yaml` of the registry folder; a missing file is an empty registry."""
    location = registry_dir / "units.yaml"
    empty = Registry({}, {})
    if is_missing(location):
        return RegistryResult(empty, ())
    path = printed_path(location, project_dir)
    walk = Walk.below(registry_dir, project_dir)
    if not walk.takes(path, os.path.realpath(location)):
        return RegistryResult(empty, tuple(walk.findings))
    loaded = load_text(SourceFile(path=path, location=location, id="units", is_markdown=False))
    if loaded.text is None:
        return RegistryResult(empty, loaded.findings)
    tree = parse_tree(loaded.text, path)
    reading = Reading(path)
    registry = _decode(tree.node, reading) if tree.node is not None else empty
    return RegistryResult(registry, (*loaded.findings, *tree.findings, *reading.findings))


def is_missing(location: Path) -> bool:
    """Tell whether a file of the registry is not there at all."""
    try:
        location.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        # It may well be there, only closed to us: opening it tells why.
        return False
    return False


def _decode(node: Node, reading: Reading) -> Registry:
    mapping = reading.mapping(node, "登记表")
    entries: dict[str, list[_Entry]] = {DEPARTMENTS: [], UNITS: []}
    for key, value in mapping.entries if mapping else ():
        if key.text not in entries:
            near = nearest(key.text, entries) or UNITS
            reading.report(
                UNKNOWN_KEY, key.span, f"登记表里不认识“{key.text}”", found=key.text, expected=f"“{DEPARTMENTS}”或“{UNITS}”",
                hint=f"改为“{near}”", field=key.text,
            )  # fmt: skip
        else:
            entries[key.text] = _entries(value, key.text, reading)
    departments = {e.slug.text: Department(e.slug.text, e.name, e.aliases, e.district) for e in entries[DEPARTMENTS]}
    for entry in entries[UNITS]:
        if entry.department is not None and entry.department.text not in departments:
            like = nearest(entry.department.text, departments)
            reading.report(
                DEPARTMENT_NOT_REGISTERED, entry.department.span, f"“{entry.name}”的主管部门没有登记",
                found=entry.department.text, expected="“主管部门”下面的标识之一" + (f"，例如“{like}”" if like else ""),
                hint=f"改为“{like}”" if like else "在“主管部门”下面登记它", field=joined(joined(UNITS, entry.slug.text), DEPARTMENTS),
            )  # fmt: skip
    units = {
        e.slug.text: Unit(
            e.slug.text, e.name, e.aliases,
            e.department.text if e.department and e.department.text in departments else "", e.district,
        )
        for e in entries[UNITS]
    }  # fmt: skip
    return Registry(units, departments)


def _entries(node: Node, field: str, reading: Reading) -> list[_Entry]:
    if isinstance(node, Scalar) and is_blank(node):
        return []
    mapping = reading.mapping(node, field)
    entries = (_entry(key, value, field, reading) for key, value in (mapping.entries if mapping else ()))
    return [entry for entry in entries if entry is not None]


def _entry(slug: Scalar, node: Node, field: str, reading: Reading) -> _Entry | None:
    here = joined(field, slug.text)
    fault = address_fault(slug.text)
    if fault:
        reading.report(
            BAD_REGISTRY_SLUG, slug.span, f"标识“{slug.text}”不能用作网址：{fault}", found=slug.text, expected=ALLOWED,
            hint="单位的标识就是它在记录文件夹里的文件夹名", field=here,
        )  # fmt: skip
        return None
    mapping = reading.mapping(node, here)
    if mapping is None:
        return None
    known = {key.text: value for key, value in reversed(mapping.entries)}
    for key, _ in mapping.entries:
        if key.text not in _KEYS[field]:
            near = nearest(key.text, _KEYS[field])
            reading.report(
                UNKNOWN_KEY, key.span, f"登记表里不认识“{key.text}”", found=key.text, expected="、".join(_KEYS[field]),
                hint=f"改为“{near}”" if near else "删去这一项", field=joined(here, key.text),
            )  # fmt: skip
    name = known.get("名称")
    if not isinstance(name, Scalar) or is_blank(name):
        reading.report(
            MISSING_FIELD,
            mapping.span,
            f"“{here}”没有写名称",
            expected="“名称: 全称”",
            hint="加上“名称: …”",
            field=here,
        )
        return None
    department = known.get("主管部门")
    return _Entry(
        slug, name.text, _aliases(known.get("别名"), here, reading), _word(known.get("所在区"), joined(here, "所在区"), reading),
        department if _word(department, joined(here, "主管部门"), reading) and isinstance(department, Scalar) else None,
    )  # fmt: skip


def _word(node: Node | None, field: str, reading: Reading) -> str:
    if node is None or is_blank(node):
        return ""
    if isinstance(node, Scalar):
        return node.text
    reading.wrong_shape(node, field, "一个值")
    return ""


def _aliases(node: Node | None, field: str, reading: Reading) -> tuple[str, ...]:
    if node is None or is_blank(node):
        return ()
    if not isinstance(node, Sequence):
        reading.wrong_shape(node, joined(field, "别名"), "名称的列表，例如 [旧名, 简称]")
        return ()
    aliases = (_word(item, joined(field, "别名"), reading) for item in node.items)
    return tuple(alias for alias in aliases if alias)
