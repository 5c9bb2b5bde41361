"""A new site of one's own: small complete examples that build at once."""

from pathlib import Path, PurePosixPath
from typing import NamedTuple

from generator.authoring.files import write_text
from generator.authoring.schema_files import format_schemas
from generator.errors import JixiaoError, disk_reason
from generator.model.forms import FormLibrary

# A file of the final name would hide the examples from git in this very repository.
_RENAMED = {"gitignore": ".gitignore"}

# What a folder may hold and still count as empty: a repository was made first, or a system left its traces.
_NOTHING = frozenset({".git", ".ds_store", "thumbs.db", "desktop.ini"})


class NewSite(NamedTuple):
    """What became of each file, by path below the site's folder."""

    written: tuple[str, ...]
    kept: tuple[str, ...]
    """Files that stood there already and were left as they are."""


def load_starter(folder: Path) -> dict[str, str]:
    """Return the text of every file a new site starts with, by its path in the new site."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    named = {path.relative_to(folder): path for path in paths if not path.name.startswith(".")}
    return {
        (name.parent / _RENAMED.get(name.name, name.name)).as_posix(): path.read_text(encoding="utf-8")
        for name, path in named.items()
    }


def write_site(target: Path, starter: Path, forms: FormLibrary, *, force: bool) -> NewSite:
    """Write a new site into a folder; a file that is there already is never touched.

    Raises JixiaoError where the folder is not empty and `force` is not given.
    """
    if target.exists() and not target.is_dir():
        raise JixiaoError(f"{target} 是一个文件，不能在这里建网站。请换一个文件夹的名称。")
    if not force and _has_content(target):
        raise JixiaoError(
            f"{target} 里已经有文件，没有改动。请换一个新的文件夹；"
            "确要在这里补上缺少的文件，请加 --force（已有的文件不会覆盖）。"
        )
    files = load_starter(starter) | {f"content/schema/{name}": text for name, text in format_schemas(forms).items()}
    written, kept = [], []
    for name, text in sorted(files.items()):
        path = target / PurePosixPath(name)
        if path.exists() or path.is_symlink():
            kept.append(name)
        else:
            write_text(path, text)
            written.append(name)
    return NewSite(tuple(written), tuple(kept))


def _has_content(folder: Path) -> bool:
    try:
        return folder.is_dir() and any(path.name.lower() not in _NOTHING for path in folder.iterdir())
    except OSError as error:
        raise JixiaoError(f"打不开 {folder}：{disk_reason(error)}。请检查文件夹的权限。") from error
