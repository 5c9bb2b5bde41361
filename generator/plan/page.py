"""A page before it is rendered: plain values only, so that it can go to a worker process."""

from typing import Any

from msgspec import Struct

from generator.plan.rows import Link


class PageHeading(Struct, frozen=True):
    """A line of the page's table of contents."""

    id: str
    title: str
    level: int = 2


class Page(Struct, frozen=True):
    """One page of the site."""

    url: str
    """Relative to the root of the site."""
    template: str
    """Name of the template of its body, such as pages/record.html."""
    context: Any
    """One dataclass of `contexts`; the template knows it as `page`."""
    title: str
    description: str
    section: str
    """Entry of the menu it belongs to."""
    crumbs: tuple[Link, ...] = ()
    headings: tuple[PageHeading, ...] = ()
    wide: bool = False
    """Whether it needs the whole width and so has no table of contents."""
    form: str = ""
    """Identifier of the form definition whose template the page includes, empty where it has none."""
    feed: Link | None = None
    """The feed of what the page is about."""
