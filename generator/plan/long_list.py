"""A list over the whole site, on as many pages as it takes."""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from generator.plan.contexts import Entry
from generator.plan.listed import ListedRecord
from generator.plan.page import Page
from generator.plan.planned import Planned, key_of
from generator.plan.rows import LONGEST, Link
from generator.plan.site_view import RuleFindings, Section, rule_findings
from generator.plan.tally import Tally, tally_of

Row = TypeVar("Row")


class Extent(Struct, frozen=True):
    """What a page of a list is about."""

    heading: str
    """The unit and year; empty for the whole site."""
    tally: Tally
    by_rule: tuple[RuleFindings, ...]
    section: Section | None
    """The whole site; None for a unit or its year."""
    files: tuple[Link, ...] = ()
    """The same rows to download; on the page of the whole site alone."""


class LongList(Struct, Generic[Row], frozen=True):
    """A list that is split by unit and year where one page would be too long."""

    url: str
    title: str
    lead: str
    section: str
    """Entry of the menu."""
    kind: str
    """What of a record the rows come from, as `listed.ROW_KINDS` names it."""
    rows_of: Callable[[ListedRecord], tuple[Row, ...]]
    """The rows of one record."""
    make: Callable[[Extent, tuple[Row, ...], tuple[Entry, ...]], object]
    """Makes the context of one page from what it is about, its rows, and the pages it leads to instead."""
    template: str = ""
    """Of all its pages; by default the one called like the section."""
    above: tuple[Link, ...] = ()
    """The way to it."""
    is_by_itself: bool = False
    """Whether its page shows nothing but what follows from its own rows, the digest of which is kept by its section."""

    @property
    def folder(self) -> str:
        """Where the parts stand."""
        return self.url.removesuffix(".html")

    @property
    def template_name(self) -> str:
        """Name of the template of all its pages."""
        return self.template or f"pages/{self.section}.html"

    def whole(self, section: Section, counts: dict[str, int], *facts: object, files: tuple[Link, ...] = ()) -> Planned:
        """Plan the page of the whole site: all rows, or the way to the units; `counts` has the rows of each unit.

        `facts` are what its context shows beyond the rows, `files` have the same rows to download.
        """
        names = {slug: section.view.registry.units[slug].name for slug, count in counts.items() if count}
        parts = tuple(Entry(name, f"{self.folder}/{slug}.html", counts[slug]) for slug, name in names.items())
        extent = Extent("", section.tally, section.view.rule_findings, section, files)

        def plan() -> Page:
            if is_split(counts):
                return self._page(self.url, extent, (), parts)
            return self._page(self.url, extent, self._rows(section.records(self.kind)), ())

        digest = section.digest_of(self.section) if self.is_by_itself else section.digest
        return Planned(self.url, self.template_name, key_of(digest, list(names.items()), files, *facts), plan)

    def of_unit(
        self, slug: str, name: str, records: Sequence[ListedRecord], digest: bytes, *facts: object
    ) -> Iterable[Planned]:
        """Plan the pages of a unit: one for all its rows, or an overview and a page for each of its years.

        `digest` is that of the records with all their rows; `facts` as in `whole`.
        """
        rows = self._rows(records)
        if not rows:
            return
        url = f"{self.folder}/{slug}.html"
        years: dict[str, list[ListedRecord]] = {}
        for one in records if len(rows) > LONGEST else ():
            if self.rows_of(one):
                years.setdefault(one.row.year.title, []).append(one)
        counts = {year: sum(len(self.rows_of(one)) for one in own) for year, own in years.items()}
        parts = tuple(
            Entry(f"{year}年度", f"{self.folder}/{slug}/{year}.html", count) for year, count in counts.items()
        )
        key = key_of(name, digest, *facts)
        yield self._planned(url, key, name, records, parts)
        for part, own in zip(parts, years.values(), strict=True):
            yield self._planned(part.url, key, f"{name}{part.title}", own, (), Link(name, url))

    def _rows(self, records: Iterable[ListedRecord]) -> tuple[Row, ...]:
        return tuple([row for one in records for row in self.rows_of(one)])

    def _planned(
        self,
        url: str,
        key: bytes,
        heading: str,
        records: Sequence[ListedRecord],
        parts: tuple[Entry, ...],
        *between: Link,
    ) -> Planned:
        def plan() -> Page:
            extent = Extent(heading, tally_of(records), rule_findings(records), None)
            return self._page(url, extent, () if parts else self._rows(records), parts, *between)

        return Planned(url, self.template_name, key, plan)

    def _page(self, url: str, extent: Extent, rows: tuple[Row, ...], parts: tuple[Entry, ...], *between: Link) -> Page:
        heading = extent.heading
        title = f"{self.title}：{heading}" if heading else self.title
        trail = (Link(self.title, self.url), *between) if heading else ()
        return Page(
            url=url,
            template=self.template_name,
            context=self.make(extent, rows, parts),
            title=title,
            description=self.lead,
            section=self.section,
            crumbs=(*self.above, *trail, Link(heading or self.title, "")),
            wide=True,
        )


def is_split(counts: dict[str, int]) -> bool:
    """Tell whether a list is too long for one page; `counts` has the rows of each unit."""
    return sum(counts.values()) > LONGEST
