"""Documents keep what they promise: every package is described, every link leads somewhere, every rule holds."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted(path for pattern in ("*.md", "docs/*.md") for path in ROOT.glob(pattern))


def modules(*packages: str) -> list[Path]:
    return sorted(path for package in packages for path in (ROOT / "generator" / package).rglob("*.py"))


def test_the_architecture_names_every_package_and_every_shared_module() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    packages = {path.parent.name for path in (ROOT / "generator").glob("*/__init__.py")}
    shared = {path.stem for path in (ROOT / "generator").glob("*.py")} - {"__init__", "configuration_messages"}

    assert {name for name in packages | shared if f"`{name}`" not in text} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_of_a_document_leads_to_a_file(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8"))
    local = [target for target in targets if "://" not in target]

    assert [target for target in local if not (document.parent / target).exists()] == []


def test_no_float_touches_the_model() -> None:
    offenders = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in modules("model", "check", "plan", "export")
        # Where things stand on paper is measured; the figures themselves come and go as text.
        if not path.name.startswith(("form_", "docx_")) or path.parent.name != "export"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id == "float")
    ]

    assert offenders == []


def test_only_the_edges_touch_the_disk() -> None:
    calls = {
        "open",
        "read_text",
        "read_bytes",
        "write_text",
        "write_bytes",
        "mkdir",
        "unlink",
        "iterdir",
        "glob",
        "rglob",
    }
    # Packs are files of the package and of the project; the fingerprint is that of the rules as installed.
    readers = {"pack_library.py", "fingerprint.py"}
    offenders = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in modules("model", "check", "plan", "export")
        if path.name not in readers
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and (getattr(node.func, "attr", "") in calls or getattr(node.func, "id", "") in calls)
    ]

    assert offenders == []


def test_one_place_reads_the_clock() -> None:
    clock = re.compile(r"\b(?:datetime\.now|datetime\.today|date\.today|time\.time|time\.strftime|localtime|gmtime)\b")
    offenders = [
        path.relative_to(ROOT).as_posix() for path in modules(".") if clock.search(path.read_text(encoding="utf-8"))
    ]

    assert offenders == ["generator/build/today.py"]


def test_templates_do_not_compute() -> None:
    # Counting rows to merge is layout; anything else that calculates belongs to the plan.
    arithmetic = re.compile(r"\{[{%][^}]*?[\w)\]] (?:[*/%]|//|-) [\w(]")
    templates = sorted((ROOT / "templates").rglob("*.html"))
    offenders = [
        path.relative_to(ROOT).as_posix() for path in templates if arithmetic.search(path.read_text(encoding="utf-8"))
    ]

    assert [name for name in offenders if "theme" not in name] == []
