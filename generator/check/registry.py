"""All rules there are, found by where they stand."""

import importlib
import os
from collections.abc import Iterator, Mapping
from functools import cache

from generator.check import rules
from generator.check.rule import Rule


@cache
def all_rules() -> Mapping[str, Rule]:
    """Return every rule by its code, in the order of codes.

    A module below `rules` holds one rule; raises ValueError where a code or a name is used twice.
    """
    found: dict[str, Rule] = {}
    names: set[str] = set()
    for module in _modules_below(rules.__path__[0], rules.__name__):
        loaded = importlib.import_module(module)
        for made in (value for value in vars(loaded).values() if isinstance(value, Rule)):
            if made.code in found or made.name in names:
                raise ValueError(f"rule given twice: {made.code} {made.name}")
            found[made.code] = made
            names.add(made.name)
    return dict(sorted(found.items()))


def _modules_below(folder: str, package: str) -> Iterator[str]:
    """Yield the names of the modules in the folder of a package and in those below it, in order."""
    # `pkgutil` finds the same after asking of every file whether it is a module of any kind there is.
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        name, _, ending = entry.name.partition(".")
        if not name.isidentifier() or name.startswith("__"):
            continue
        if ending == "py":
            yield f"{package}.{name}"
        elif not ending and entry.is_dir():
            yield from _modules_below(entry.path, f"{package}.{name}")
