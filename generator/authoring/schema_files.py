"""The schema folder on disk: write it, or tell whether it is up to date."""

import json
from pathlib import Path

from generator.authoring.files import read_text, write_text
from generator.authoring.schema import MARK, make_schemas
from generator.errors import JixiaoError
from generator.model.forms import FormLibrary

ENDING = ".schema.json"


def format_schemas(forms: FormLibrary) -> dict[str, str]:
    """Return the text of every schema file by file name."""
    return {
        f"{name}{ENDING}": json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        for name, schema in make_schemas(forms).items()
    }


def stale_schemas(folder: Path, forms: FormLibrary) -> tuple[str, ...]:
    """Return the names of schema files that are missing or not what would be written now."""
    return tuple(name for name, text in format_schemas(forms).items() if read_text(folder / name) != text)


def write_schemas(folder: Path, forms: FormLibrary, *, force: bool) -> tuple[str, ...]:
    """Write the schema files that are not up to date and return their names.

    Raises JixiaoError, before anything is written, where a file of that name is not one of ours.
    """
    files = format_schemas(forms)
    stale = [name for name, text in files.items() if read_text(folder / name) != text]
    foreign = [name for name in stale if not force and (folder / name).exists() and not _is_ours(folder / name)]
    if foreign:
        raise JixiaoError(f"{folder} 里的 {'、'.join(foreign)} 不是 jixiao 生成的，没有覆盖。确要覆盖，请加 --force。")
    for name in stale:
        write_text(folder / name, files[name])
    return tuple(stale)


def _is_ours(path: Path) -> bool:
    """Tell whether a file carries our mark; one we wrote and somebody broke does so still."""
    return MARK in (read_text(path) or "")
