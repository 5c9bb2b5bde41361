"""First letters of the readings of Chinese characters, by which names are found: lxdj for 良心党建."""

from functools import cache, lru_cache
from pathlib import Path

from generator.search.fold import fold

Initials = tuple[str, ...]
"""For each character of a name the letters it may be typed as, the usual one first; empty for what nobody types."""

TABLE = Path(__file__).with_name("initials.txt")
"""Made by `dev.initials`."""
_FIRST = 0x4E00


@lru_cache(maxsize=4096)
def initials_of(name: str) -> Initials:
    """Return the initials of a name."""
    table = _table()
    return tuple([table.get(character) or _typed(character) for character in name])


def written(initials: Initials) -> str:
    """Return initials as scripts read them: one sign for each character, `-` for none, several letters in brackets."""
    return "".join(letters if len(letters) == 1 else f"({letters})" if letters else "-" for letters in initials)


@lru_cache(maxsize=4096)
def written_initials(name: str) -> str:
    """Return the initials of a name as scripts read them."""
    return written(initials_of(name))


def _typed(character: str) -> str:
    folded = fold(character)
    return folded if len(folded) == 1 and folded.isascii() and folded.isalnum() else ""


@cache
def _table() -> dict[str, str]:
    rows, _, others = TABLE.read_text(encoding="utf-8").partition("\n\n")
    letters = rows.replace("\n", "")
    table = {chr(code): letter for code, letter in enumerate(letters, _FIRST) if letter != "-"}
    return table | {line[0]: line[1:] for line in others.split()}
