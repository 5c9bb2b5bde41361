"""The list of files that belong to us, kept in the site, so that nobody else's file is ever touched."""

import json
from collections.abc import Iterable
from pathlib import Path, PureWindowsPath

from generator.build.names import MANIFEST
from generator.load.pages import OWN_FOLDERS
from generator.patterns import lazy_pattern

# As all our names are, but for pages' attachments; asking the rules of Windows takes twenty times as long.
_PLAIN = lazy_pattern(r"[a-z0-9_-][A-Za-z0-9_-]*(?:[./][A-Za-z0-9_-]+)*")


def make_manifest(paths: Iterable[str]) -> bytes:
    """Return the manifest's content."""
    data = {"format": 1, "files": sorted(paths)}
    return (json.dumps(data, ensure_ascii=False, indent=0) + "\n").encode()


def read_manifest(site_dir: Path) -> frozenset[str] | None:
    """Return the files of the last build, or None where there was none.

    A manifest that cannot be understood still says that the folder is a site of ours. What such a site holds by its
    addresses counts as ours then, so that the next build is a full one and nothing withdrawn stays published.
    """
    path = site_dir / MANIFEST
    try:
        data = json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, RecursionError):
        data = None
    files = data.get("files") if isinstance(data, dict) else None
    if not isinstance(files, list):
        return frozenset(_by_address(site_dir))
    return frozenset(name for name in files if isinstance(name, str) and _stays_inside(name))


def _by_address(site_dir: Path) -> Iterable[str]:
    """Yield the files that stand where only our pages and data do."""
    yield from (path.name for path in site_dir.iterdir() if path.suffix in (".html", ".xml") and path.is_file())
    for folder in OWN_FOLDERS:
        files = (path for path in (site_dir / folder).rglob("*") if path.is_file())
        yield from (path.relative_to(site_dir).as_posix() for path in files)


def _stays_inside(name: str) -> bool:
    if _PLAIN.fullmatch(name):
        return True
    # Windows' rules know both kinds of slash and drive letters; what they call inside is inside everywhere.
    path = PureWindowsPath(name)
    return bool(path.parts) and not path.drive and not path.root and ".." not in path.parts
