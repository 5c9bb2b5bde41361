"""What tells whether two checks were made by the same rules: a digest of the rules' source and of the packs used."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from msgspec import Struct

from generator.check.packs.pack_file import PackFile

_DECIDING = ("check", "load", "forms", "model", "money.py", "patterns.py", "text.py", "vocabulary.py")
"""Parts of the package that decide what a check finds; printing does not."""

_NOT_DECIDING = "check/report/"
_SHOWN = 12


def fingerprint(packs: Iterable[PackFile], selection: Iterable[str], *, source: str = "") -> str:
    """Return the SHA-256, in hexadecimal, of the rules as installed, the packs used and the order they are laid in.

    `source` is the digest of the rules where it is known already: hundreds of files are read for it.
    """
    data = {
        "packs": {file.identifier: {"base": file.base, "scope": file.scope, **file.values} for file in packs},
        "selection": list(selection),
        "source": source or source_digest(),
    }
    return hashlib.sha256(canonical(data).encode()).hexdigest()


def short(whole: str) -> str:
    """Return as much of a fingerprint as is printed."""
    return whole[:_SHOWN]


@cache
def source_digest() -> str:
    """Return the digest of the installed rules and of the model they ask."""
    return digest_of_sources(Path(__file__).parents[1])


def digest_of_sources(package: Path) -> str:
    """Return the digest of what decides below a package folder; line ends and the order of reading do not matter."""
    parts = (package / name for name in _DECIDING)
    files = (file for part in parts for file in (part.rglob("*.py") if part.is_dir() else (part,)))
    named = {file.relative_to(package).as_posix(): file for file in files}
    digest = hashlib.sha256()
    for name in sorted(name for name in named if not name.startswith(_NOT_DECIDING)):
        source = named[name].read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(source)}\0".encode())
        digest.update(source)
    return digest.hexdigest()


def canonical(data: object) -> str:
    """Return data as JSON in one way only: keys sorted, 10.00 as 10."""
    return json.dumps(_plain(data), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, Struct):
        return {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value
