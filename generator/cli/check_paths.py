"""Paths on the command line of `jixiao check`, and the files its reports quote."""

import os
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path, PurePosixPath

from generator.errors import JixiaoError
from generator.load.text_file import SIZE_LIMIT, decode_text
from generator.settings import Settings
from generator.text import nearest

_KEPT = 64


def wanted_paths(given: Sequence[str], settings: Settings) -> Callable[[str], bool]:
    """Return a test for paths as findings print them: at or below any of those given, or any at all.

    Raises JixiaoError for a path that is not there or has nothing to do with the content.
    """
    if not given:
        return lambda _: True
    wanted = [_relative(path, settings) for path in given]

    def is_wanted(path: str) -> bool:
        pure = PurePosixPath(path)
        return any(pure == one or one in pure.parents for one in wanted)

    return is_wanted


def _relative(given: str, settings: Settings) -> PurePosixPath:
    """Return a path relative to the project folder; it may be written from where we stand or from there."""
    project = settings.project_dir
    found = next((path for path in (Path(given), project / given) if path.exists()), None)
    if found is None:
        raise JixiaoError(f"找不到 {given}。{_suggestion(Path(given), project)}")
    absolute = Path(os.path.abspath(found))  # noqa: PTH100  links are findings' business, so none is resolved
    if not absolute.is_relative_to(project):
        absolute = found.resolve()
    folders = (settings.records_dir, settings.registry_dir, settings.pages_dir)
    base = project if absolute.is_relative_to(project) else project.resolve()
    inside = absolute.is_relative_to(base) and any(
        _is_related(absolute.relative_to(base), folder.relative_to(project)) for folder in folders
    )
    if not inside:
        raise JixiaoError(
            f"{given} 不在内容文件夹里，没有可检查的。请写 {_shown(settings.records_dir, project)} 里的文件或文件夹。"
        )
    return PurePosixPath(absolute.relative_to(base).as_posix())


def _is_related(path: Path, folder: Path) -> bool:
    return path.is_relative_to(folder) or folder.is_relative_to(path)


def _shown(folder: Path, project: Path) -> str:
    return folder.relative_to(project).as_posix()


def _suggestion(missing: Path, project: Path) -> str:
    """Name what is most like a missing path in the folder it should stand in."""
    for base in (Path(), project):
        folder = base / missing.parent
        if folder.is_dir():
            like = nearest(missing.name, sorted(os.listdir(folder)))  # noqa: PTH208  names are all that is wanted
            if like:
                return f"是不是 {(missing.parent / like).as_posix()}？"
    return "路径从当前文件夹或项目文件夹写起，例如 content/records/2024。"


def source_lines(project_dir: Path) -> Callable[[str], Sequence[str]]:
    """Return what reads the lines of a file for quoting; what cannot be read has none, nor what stands elsewhere."""
    root = project_dir.resolve()

    # Findings come file by file, so few need to be kept.
    @lru_cache(maxsize=_KEPT)
    def lines(path: str) -> tuple[str, ...]:
        try:
            place = (project_dir / path).resolve()
            # A link may lead to what is nobody's business, and a pipe has no end.
            if not place.is_relative_to(root) or not place.is_file():
                return ()
            with place.open("rb") as handle:
                data = handle.read(SIZE_LIMIT)
        except (OSError, ValueError):
            return ()
        text, _ = decode_text(data, path)
        return tuple(text.split("\n")) if text is not None else ()

    return lines


def repository_prefix(project_dir: Path) -> str:
    """Return the way from the top of the repository to the project folder, for services that show files by it."""
    for folder in (project_dir, *project_dir.parents):
        if (folder / ".git").exists():
            way = project_dir.relative_to(folder).as_posix()
            return "" if way == "." else f"{way}/"
    return ""
