"""All rules there are, found by where they stand."""

import importlib
import pkgutil
from collections.abc import Mapping
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
    for module in pkgutil.walk_packages(rules.__path__, f"{rules.__name__}."):
        if module.ispkg:
            continue
        loaded = importlib.import_module(module.name)
        for made in (value for value in vars(loaded).values() if isinstance(value, Rule)):
            if made.code in found or made.name in names:
                raise ValueError(f"rule given twice: {made.code} {made.name}")
            found[made.code] = made
            names.add(made.name)
    return dict(sorted(found.items()))
