"""The data that the site's own scripts load.

Each file is itself a script that hands a value over, for a page opened by double click may load nothing else.
"""

from collections.abc import Mapping

from msgspec.json import Encoder

from generator.plan.urls import BROWSE

LONGEST = 100_000
"""Records that scripts load in one file; more have a file for each year."""

EXPLORE = "explore"
"""Name of the list of all records for the page that sifts them."""

_encode = Encoder().encode


def script_value(value: object) -> bytes:
    """Return a value as JSON that may stand in a script, wherever that script stands."""
    # As few values have them, looking is quicker than writing each value anew.
    data = _encode(value)
    for found, written in _UNSAFE:
        if found in data:
            data = data.replace(found, written)
    return data


_UNSAFE = ((b"</", rb"<\/"), ("\u2028".encode(), rb"\u2028"), ("\u2029".encode(), rb"\u2029"))


def script_url(name: str) -> str:
    """Return the file of a value."""
    return f"{BROWSE}/{name}.js"


def script_ends(name: str) -> tuple[bytes, bytes]:
    """Return what stands before and behind a value in its file."""
    return b"jixiaoData(" + script_value(name) + b",", b");\n"


def explore_names(counts: Mapping[str, int]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the names of the files of all records, each with its years; `counts` has the records of each year."""
    years = tuple(sorted((year for year, count in counts.items() if count), reverse=True))
    if sum(counts.values()) <= LONGEST:
        return ((EXPLORE, years),)
    return tuple((f"{EXPLORE}-{year}", (year,)) for year in years)
