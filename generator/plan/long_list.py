"""A list over the whole site, on as many pages as it takes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from generator.model.catalog import Catalog
from generator.plan.contexts import Entry
from generator.plan.page import Page
from generator.plan.rows import LONGEST, Link, RecordRow


class _OfRecord(Protocol):
    """A row that belongs to a record."""

    @property
    def record(self) -> RecordRow: ...


Row = TypeVar("Row", bound=_OfRecord)


@dataclass(frozen=True, slots=True)
class LongList(Generic[Row]):
    """A list that is split by unit and year where one page would be too long."""

    url: str
    title: str
    lead: str
    section: str
    """Entry of the menu."""
    make: Callable[[str, tuple[Row, ...], tuple[Entry, ...]], object]
    """Makes the context of one page from its heading, the rows it is about and the pages it leads to instead."""
    template: str = ""
    """Of all its pages; by default the one called like the section."""
    above: tuple[Link, ...] = ()
    """The way to it."""

    @property
    def folder(self) -> str:
        """Where the parts stand."""
        return self.url.removesuffix(".html")

    def pages(self, rows: tuple[Row, ...], catalog: Catalog) -> Iterable[Page]:
        """Plan one page for all rows, or an overview and the pages of each unit."""
        if len(rows) <= LONGEST:
            yield self._page(self.url, "", rows, ())
            return
        units: dict[str, list[Row]] = {}
        for row in rows:
            units.setdefault(row.record.id.split("/")[1], []).append(row)
        names = {slug: catalog.registry.units[slug].name for slug in sorted(units)}
        parts = tuple(Entry(name, f"{self.folder}/{slug}.html", len(units[slug])) for slug, name in names.items())
        yield self._page(self.url, "", rows, parts)
        for slug, name in names.items():
            yield from self._unit_pages(slug, name, tuple(units[slug]))

    def _unit_pages(self, slug: str, name: str, rows: tuple[Row, ...]) -> Iterable[Page]:
        """Plan one page for the rows of a unit, or an overview and a page for each of its years."""
        url = f"{self.folder}/{slug}.html"
        years: dict[str, list[Row]] = {}
        for row in rows if len(rows) > LONGEST else ():
            years.setdefault(row.record.year.title, []).append(row)
        parts = tuple(
            Entry(f"{year}年度", f"{self.folder}/{slug}/{year}.html", len(own)) for year, own in years.items()
        )
        yield self._page(url, name, rows, parts)
        for part, own in zip(parts, years.values(), strict=True):
            yield self._page(part.url, f"{name}{part.title}", tuple(own), (), Link(name, url))

    def _page(self, url: str, heading: str, rows: tuple[Row, ...], parts: tuple[Entry, ...], *between: Link) -> Page:
        title = f"{self.title}：{heading}" if heading else self.title
        trail = (Link(self.title, self.url), *between) if heading else ()
        return Page(
            url=url,
            template=self.template or f"pages/{self.section}.html",
            context=self.make(heading, rows, parts),
            title=title,
            description=self.lead,
            section=self.section,
            crumbs=(*self.above, *trail, Link(heading or self.title, "")),
            wide=True,
        )
