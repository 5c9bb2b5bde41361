"""The files that pages load: what they need of Material, and the project's and our own styles and scripts."""

import hashlib
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

from msgspec import Struct

from generator.errors import JixiaoError
from generator.settings import Settings

_MATERIAL_PATTERNS = ("assets/stylesheets/*.css", "assets/javascripts/bundle.*.js")


class Asset(Struct, frozen=True):
    """A file copied into the site as it is."""

    name: str
    """Under which templates ask for it, such as `shell.css` or `workers/search.js`; empty for a file of Material's."""
    path: str
    """POSIX path relative to the site folder."""
    source: Path


def theme_assets(settings: Settings) -> Iterator[Asset]:
    """Yield all static files of the site, in a fixed order, each path once."""
    yield from _material_assets(settings)
    yield from own_assets(settings)


def own_assets(settings: Settings) -> Iterator[Asset]:
    """Yield the files under `templates/assets/`; the project's file replaces ours of the same name.

    Their address carries a hash of their content, so that a browser never keeps an old one.
    """
    for name, source in sorted(_sources(settings.template_dirs).items()):
        yield Asset(name=name, path=_address(name, source), source=source)


class AssetPaths:
    """The addresses of the files under `templates/assets/`, for templates that link one that not every page needs."""

    def __init__(self, template_dirs: Sequence[Path]) -> None:
        self._template_dirs = tuple(template_dirs)
        self._known: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        """Return the path of a file relative to the site; raise JixiaoError where there is none of that name."""
        path = self.find(name)
        if not path:
            raise JixiaoError(_missing(name))
        return path

    def find(self, name: str) -> str:
        """Return the path of a file relative to the site, empty where there is none of that name."""
        if name not in self._known:
            source = next(filter(Path.is_file, (folder / "assets" / name for folder in self._template_dirs)), None)
            self._known[name] = _address(name, source) if source else ""
        return self._known[name]

    def all(self) -> tuple[str, ...]:
        """Return the paths of all files."""
        return tuple(map(self, sorted(_sources(self._template_dirs))))


def _missing(name: str) -> str:
    hint = f"：它在安装时生成，请在源码目录运行 {_INSTALL}" if name.startswith(BUNDLES) else ""
    return f"模板要用的文件 templates/assets/{name} 不存在{hint}。"


BUNDLES = "browse/"
"""Folder of the scripts that are bundled when jixiao is installed."""

EDITOR = f"{BUNDLES}edit.js"
"""The one of them that is no part of a site: `jixiao edit` serves it."""

_INSTALL = "python -m pip install --editable ."


def _sources(template_dirs: Sequence[Path]) -> dict[str, Path]:
    sources: dict[str, Path] = {}
    for templates in reversed(template_dirs):
        sources.update(_files_below(templates / "assets"))
    sources.pop(EDITOR, None)
    return sources


def _address(name: str, source: Path) -> str:
    return f"assets/jixiao/{_hashed(PurePosixPath(name), source)}"


def linked_assets(settings: Settings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the paths of the styles and of the scripts that every page links: those not in a folder of their own."""
    top = [asset.path for asset in own_assets(settings) if "/" not in asset.name]
    return tuple(path for path in top if path.endswith(".css")), tuple(path for path in top if path.endswith(".js"))


def _material_assets(settings: Settings) -> Iterator[Asset]:
    found: dict[str, Path] = {}
    for folder in reversed(settings.material.theme_dirs):
        for pattern in _MATERIAL_PATTERNS:
            found.update((file.relative_to(folder).as_posix(), file) for file in folder.glob(pattern))
        found.update((name, folder / name) for name in _pictures(settings) if (folder / name).is_file())
    # Material's licence asks that its notice goes with every copy.
    found.update(("assets/stylesheets/LICENSE.txt", notice) for notice in _notices())
    for path, source in sorted(found.items()):
        yield Asset(name="", path=path, source=source)


def _notices() -> Iterator[Path]:
    """Yield Material's licence; asking the package for the list of its files takes longer than a small build."""
    material = find_spec("material")
    beside = Path(material.origin).parents[1] if material is not None and material.origin else Path()
    for folder in sorted(beside.glob("mkdocs_material-*.dist-info")):
        yield from sorted(folder.rglob("LICENSE"))


def _pictures(settings: Settings) -> list[str]:
    options = settings.material.options
    return [str(options[key]) for key in ("favicon", "logo") if options.get(key)]


def _files_below(folder: Path) -> Iterator[tuple[str, Path]]:
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder)
        if file.is_file() and not any(part.startswith(".") for part in name.parts):
            yield name.as_posix(), file


def _hashed(name: PurePosixPath, source: Path) -> str:
    digest = hashlib.sha256(source.read_bytes()).hexdigest()[:8]
    return name.with_name(f"{name.stem}.{digest}{name.suffix}").as_posix()
