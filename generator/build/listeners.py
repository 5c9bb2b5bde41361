"""Whoever wants to know how far a build is; light, for most often there is nothing to build."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from generator.build.left import Left

Progress = Callable[[str, int, int], None]
"""Takes what is being done, how many records or other parts of it are done, and how many there are."""


class PagesMade(NamedTuple):
    """Files of a site that are made while others are not, and so not yet in their place."""

    folder: str
    """Where they wait, each at its path in the site; they leave it as soon as the site is published."""
    paths: frozenset[str]


def say_nothing(_what: str, _done: int, _total: int) -> None:
    """Take progress that nobody wants to see."""


def ignore(_made: PagesMade) -> None:
    """Take pages that nobody waits for."""


def forget(_left: "Left") -> None:
    """Take what is never asked for again."""


def do_nothing() -> None:
    """Take the news that nobody waits for."""


class Listeners(NamedTuple):
    """Who is told what."""

    progress: Progress = say_nothing
    made: Callable[[PagesMade], None] = ignore
    """Called with each page of a unit as soon as it is made, where few are, and once more when all of that kind are."""
    published: Callable[[], None] = do_nothing
    """Called as soon as a site that changed is what it is to be; what the next build starts from is kept after that."""
    left: Callable[["Left"], None] = forget
    """Called with what the next build starts from, once that is kept."""


NOBODY = Listeners()
