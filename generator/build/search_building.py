"""The index of the whole site: put together from the grams of all units, or patched where a few of them changed."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from generator.build import cache
from generator.build.common import Common
from generator.build.making import Making
from generator.build.stage import FileState
from generator.build.staging import writing
from generator.build.unit_search import KIND, kept_search, script
from generator.load.assemble import digest_of
from generator.load.pages import HandWrittenPage
from generator.plan.planned import key_of
from generator.plan.script_data import script_url
from generator.plan.site_view import SiteView
from generator.search.directory import DIRECTORY, UnitEntry, directory
from generator.search.pages import PAGES, browse_page, found_pages, page_name, pages_postings
from generator.search.shards import (
    PostingChange,
    UnitPostings,
    changes_of,
    merged,
    patch,
    read_shard,
    shard_count,
    shard_name,
    shard_of,
    unit_digits,
    write_shard,
)  # fmt: skip


class SearchState(Struct, frozen=True, array_like=True):
    """The index as the last build left it."""

    units: tuple[str, ...]
    """Slugs of the units in the order of their numbers."""
    shards: int
    pages_key: bytes
    """Digest of the pages that can be found."""
    pages: int
    pages_digest: bytes
    """Of what is kept of their grams."""


NO_SEARCH = SearchState((), 0, b"", 0, b"")


class SearchUnit(NamedTuple):
    """What a unit gives to the index."""

    entry: UnitEntry
    digest: bytes
    """Of what is kept of its grams now."""
    former: bytes
    """The same at the last build; empty where there was none."""
    is_built: bool
    """Whether it was made by this build."""


class SearchPlaces(NamedTuple):
    """Where grams are kept: those that this build made, and those of the last one."""

    fresh: Path
    former: Path


_Changes = dict[int, list[PostingChange]]
"""By number of the shard."""

_PAGES_FILE = "search"
_DECODER = msgspec.msgpack.Decoder(UnitPostings)
_ENCODER = msgspec.msgpack.Encoder()
_MANY = 3
"""Where more than one unit in so many changed, it is quicker to put the index together anew."""


def build_search(
    making: Making,
    common: Common,
    view: SiteView,
    units: Mapping[str, SearchUnit],
    pages: Sequence[HandWrittenPage],
    fingerprint: str,
    places: SearchPlaces,
    before: tuple[SearchState, Mapping[str, FileState]],
) -> SearchState:
    """Make what scripts search in; `before` is the index as the last build left it, with all files of then."""
    return _Search(making, common, view, units, places, before).build(pages, fingerprint)


class _Search:
    def __init__(
        self,
        making: Making,
        common: Common,
        view: SiteView,
        units: Mapping[str, SearchUnit],
        places: SearchPlaces,
        before: tuple[SearchState, Mapping[str, FileState]],
    ) -> None:
        self._making = making
        self._common = common
        self._view = view
        self._slugs = tuple(view.units)
        self._units = units
        self._places = places
        self._former, self._files = before
        self._pages: UnitPostings | None = None
        """Grams of the pages, where this build worked them out."""

    def build(self, written: Sequence[HandWrittenPage], fingerprint: str) -> SearchState:
        pages = self._make_pages(written, fingerprint)
        view = self._view
        entries = {slug: self._units[slug].entry for slug in self._slugs}
        content = script(DIRECTORY, directory(view, entries, tuple(self._common.rules), pages.pages))
        self._making.make(script_url(DIRECTORY), key_of(content), lambda: content)
        self._make_shards(pages)
        return pages

    def _make_pages(self, written: Sequence[HandWrittenPage], fingerprint: str) -> SearchState:
        """Make the pages that can be found, unless they are those of the last build; return the state of the index to be."""
        view, registry = self._view, self._view.registry
        shown = (
            [(registry.units[slug], registry.departments.get(registry.units[slug].department)) for slug in self._slugs],
            [(page.url, page.title, page.description, page.markdown) for page in written],
        )
        key = key_of(PAGES, fingerprint, tuple(self._common.rules), *shown)
        shards = shard_count(view.whole.tally.records)
        if key == self._former.pages_key and self._making.keep_all_of(key):
            return msgspec.structs.replace(self._former, units=self._slugs, shards=shards)
        found = tuple(found_pages(view, self._common.rules.values(), written))
        for number, page in enumerate(found):
            name = page_name(number)
            self._making.make(script_url(name), key, partial(script, name, browse_page(page)))
        self._pages = pages_postings(found)
        content = _ENCODER.encode(self._pages)
        place = self._places.fresh / _PAGES_FILE
        with writing(place):
            place.write_bytes(cache.sealed(content, self._common.owner))
        return SearchState(self._slugs, shards, key, len(found), digest_of(content))

    def _make_shards(self, state: SearchState) -> None:
        """Make the shards: leave alone, patch or put together each of them."""
        intact = self._intact(state)
        changes = self._changes(state) if intact else None
        if changes is None:
            intact, changes = set(), {}
        width = unit_digits(len(self._slugs))
        lost = set()
        for number in sorted(intact):
            path = script_url(shard_name(number))
            own = changes.get(number)
            if not own:
                self._making.keep(path, self._files[path].key)
                continue
            try:
                shard = read_shard(number, (Path(self._making.stage.site_dir) / path).read_bytes())
            except (OSError, msgspec.DecodeError):
                lost.add(number)
                continue
            self._make(number, write_shard(number, patch(shard, own, width)))
        wanted = lost | (set(range(state.shards)) - intact)
        if wanted:
            for number, shard in merged(self._all_postings(state), state.shards, wanted).items():
                self._make(number, write_shard(number, shard))

    def _make(self, number: int, content: bytes) -> None:
        self._making.make(script_url(shard_name(number)), digest_of(content), lambda: content)

    def _intact(self, state: SearchState) -> set[int]:
        """Return the shards of the last build that are as it left them and can be patched."""
        if (self._former.units, self._former.shards) != (state.units, state.shards):
            return set()
        found = ((number, self._files.get(script_url(shard_name(number)))) for number in range(state.shards))
        stage = self._making.stage
        return {number for number, file in found if file and stage.is_intact(script_url(shard_name(number)), file)}

    def _changes(self, state: SearchState) -> _Changes | None:
        """Return what changed since the last build, by shard; None where that is not known, or is too much."""
        built = [
            (number, slug, self._units[slug])
            for number, slug in enumerate(self._slugs)
            if self._units[slug].digest != self._units[slug].former
        ]
        if len(built) * _MANY > len(self._slugs) + _MANY:
            return None
        found: list[Iterable[PostingChange]] = []
        for number, slug, unit in built:
            before = kept_search(self._places.former, slug, self._common.owner, unit.former)
            if before is None:
                return None
            found.append(changes_of(number, before.postings, self._postings_of(slug)))
        if state.pages_digest != self._former.pages_digest:
            former = self._kept_pages(self._former.pages_digest)
            # Lists of other pages have other numbers.
            if former is None or state.pages != self._former.pages:
                return None
            found.append(changes_of(len(self._slugs), former, self._pages_postings(state)))
        changes: _Changes = {}
        for one in (one for some in found for one in some):
            changes.setdefault(shard_of(one.gram, state.shards), []).append(one)
        return changes

    def _all_postings(self, state: SearchState) -> list[UnitPostings]:
        return [*map(self._postings_of, self._slugs), self._pages_postings(state)]

    def _postings_of(self, slug: str) -> UnitPostings:
        unit = self._units[slug]
        folder = self._places.fresh if unit.is_built else self._places.former
        found = kept_search(folder, slug, self._common.owner, unit.digest)
        if found is None:
            raise self._lost(folder / f"{slug}.{KIND}")
        return found.postings

    def _pages_postings(self, state: SearchState) -> UnitPostings:
        found = self._pages or self._kept_pages(state.pages_digest)
        if found is None:
            raise self._lost(self._places.former / _PAGES_FILE)
        return found

    def _kept_pages(self, digest: bytes) -> UnitPostings | None:
        data = cache.kept(self._places.former / _PAGES_FILE, self._common.owner)
        try:
            return None if data is None or digest_of(data) != digest else _DECODER.decode(data)
        except msgspec.DecodeError:
            return None

    @staticmethod
    def _lost(place: Path) -> cache.CacheLostError:
        return cache.CacheLostError(f"写到 {place} 的中间结果读不回来，网站没有改动。请检查磁盘空间和文件夹的权限。")
