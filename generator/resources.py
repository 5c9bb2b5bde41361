"""Where the files that come with jixiao stand, in a checkout and in an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def packaged(name: str) -> Path:
    """Return the folder or file of that name that comes with jixiao, such as `templates`.

    The wheel carries these folders inside the package; in a checkout they stand beside it.
    """
    inside = _PACKAGE / name
    return inside if inside.exists() else _PACKAGE.parent / name
