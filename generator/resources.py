"""Where the files that come with jixiao stand, in a checkout and in an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def packaged(name: str) -> Path:
    """Return the folder or file of that name that comes with jixiao, such as `templates`.

    The wheel carries these folders inside the package; in a checkout they stand beside it.
    """
    inside = _PACKAGE / name
    return inside if inside.exists() else _PACKAGE.parent / name


def template_dirs_of(project_dir: Path) -> tuple[Path, ...]:
    """Return where a project's templates stand: its own folder first, where it has one."""
    own, ours = project_dir / "templates", packaged("templates")
    return (own, ours) if own.is_dir() and own.resolve() != ours.resolve() else (ours,)
