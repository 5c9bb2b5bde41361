"""Regular expressions are worked out when they are first asked, and then are as any other."""

import re
import subprocess
import sys

import pytest

from generator.patterns import lazy_pattern


def test_a_pattern_answers_as_a_compiled_one() -> None:
    one, other = lazy_pattern(r"(?P<sum>\d+) *元", re.IGNORECASE), re.compile(r"(?P<sum>\d+) *元", re.IGNORECASE)
    text = "12 元，3元"
    assert one.pattern == other.pattern
    assert (
        [found["sum"] for found in one.finditer(text)]
        == [found["sum"] for found in other.finditer(text)]
        == ["12", "3"]
    )
    assert one.sub("x", text) == other.sub("x", text)
    assert (one.flags, one.groups, one.groupindex) == (other.flags, other.groups, other.groupindex)
    assert one.match("元") is None


def test_what_no_pattern_has_is_not_found() -> None:
    assert not hasattr(lazy_pattern("x"), "unknown")


def test_a_faulty_pattern_is_found_when_it_is_asked() -> None:
    with pytest.raises(re.error):
        lazy_pattern("(").search("x")


EVERY_PATTERN = """
import gc, importlib, pkgutil, generator
from generator.patterns import _Unasked

for module in pkgutil.walk_packages(generator.__path__, "generator."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
kept = [one for one in gc.get_objects() if type(one) is _Unasked]
for one in kept:
    one.search("")
print(len(kept))
"""
"""In a process of its own: whoever runs tests may have set what was imported before aside from the collector."""


def test_no_pattern_of_the_program_is_faulty() -> None:
    done = subprocess.run([sys.executable, "-c", EVERY_PATTERN], check=True, capture_output=True, encoding="utf-8")
    assert int(done.stdout) > 200
