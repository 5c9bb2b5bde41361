"""What `mkdocs.yml` said at the last build: reading it anew takes MkDocs longer than a small change takes us."""

from pathlib import Path
from typing import Any

import msgspec

from generator.build import cache
from generator.build.glance import Look
from generator.settings import Settings

_NOT_ALL = (b"!ENV", b"!relative", b"INHERIT", b"hooks")
"""What in mkdocs.yml makes it depend on more than its own text."""


def is_self_contained(config_file: Path) -> bool:
    """Tell whether a configuration is all in its file: no other file, no variable of the environment."""
    try:
        text = config_file.read_bytes()
    except OSError:
        return False
    return not any(words in text for words in _NOT_ALL)


def keep_settings(kept: Path, settings: Settings) -> None:
    """Keep what the configuration said; a value that is none of plain YAML is reason enough to read it again."""
    try:
        cache.keep(kept / "settings", msgspec.msgpack.encode(settings, enc_hook=_plain), _OWNER)
    except (TypeError, ValueError):
        cache.forget(kept / "settings")


def kept_settings(kept: Path, seen: Look, config_file: Path) -> Settings | None:
    """Return what the configuration said, where nothing that has a say in it changed since the last build."""
    then, now = seen.glance.stamps, seen.stamps
    files = then.get("", {})
    if any(now[""].get(path) != stamp for path, stamp in files.items()) or str(config_file.absolute()) not in files:
        return None
    # Which hand-written pages and folders there are decides about some settings and their warnings.
    if any(then[name].keys() != now[name].keys() for name in then if name.startswith(("pages", "templates", "theme"))):
        return None
    data = cache.kept(kept / "settings", _OWNER)
    try:
        return None if data is None else msgspec.msgpack.decode(data, type=Settings, dec_hook=_typed)
    except msgspec.MsgspecError:
        return None


_OWNER = b"settings 1".ljust(16)


def _plain(value: object) -> str:
    if isinstance(value, Path):
        return str(value)
    raise TypeError(type(value))


def _typed(kind: type, value: Any) -> Any:  # noqa: ANN401  as msgspec asks
    if issubclass(kind, Path):
        return Path(value)
    raise TypeError(kind)
