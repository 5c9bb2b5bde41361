"""Regular expressions that are worked out when they are first asked.

Working one out takes Python a quarter of a millisecond, and the rules have hundreds, of which a small change asks few.
"""

import re
from typing import cast

_ASKED = (
    "match",
    "fullmatch",
    "search",
    "findall",
    "finditer",
    "split",
    "sub",
    "subn",
    "flags",
    "groups",
    "groupindex",
)


def lazy_pattern(expression: str, flags: int = 0) -> re.Pattern[str]:
    """Return a regular expression for a module to keep, equal to `re.compile` but for when it is worked out.

    A faulty one is found at its first use; functions of `re` itself do not take it.
    """
    return cast(re.Pattern[str], _Unasked(expression, flags))


class _Unasked:
    """Has nothing of a pattern until it is asked for anything of it, and from then on everything."""

    def __init__(self, expression: str, flags: int) -> None:
        self.pattern = expression
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        if name not in _ASKED:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        # Whoever asks again finds it here and does not come this way.
        self.__dict__.update({one: getattr(compiled, one) for one in _ASKED})
        return self.__dict__[name]
