"""What a unit gives to the search: a file of each record for scripts, the list of its records, and its grams."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from generator.build import cache
from generator.build.breadcrumb import at_work_on
from generator.build.common import Common
from generator.build.making import Making
from generator.load.assemble import digest_of
from generator.plan import urls
from generator.plan.planned import key_of
from generator.plan.planner import UnitRecords
from generator.plan.script_data import script_ends, script_url, script_value
from generator.search.browse_record import browse_record, search_names, search_texts
from generator.search.directory import UnitEntry, unit_entry, unit_ids
from generator.search.fold import fold_all
from generator.search.grams import grams_of, initials_grams, text_grams
from generator.search.initials import initials_of
from generator.search.postings import patched, postings_of
from generator.search.shards import UnitPostings


class UnitSearch(Struct, frozen=True, array_like=True):
    """The grams of a unit as they are kept."""

    records: tuple[tuple[str, bytes], ...]
    """Id of each record, and the digest of what it is found by."""
    postings: UnitPostings


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(UnitSearch)

KIND = "search"
"""Ending of the file that is kept."""

_MANY = 3
"""Where more than one record in so many changed, it is quicker to begin anew."""


def kept_search(folder: Path, slug: str, owner: bytes, digest: bytes) -> UnitSearch | None:
    """Return what is kept of a unit's grams; None where it is not what has this digest."""
    data = cache.kept(folder / f"{slug}.{KIND}", owner) if digest else None
    try:
        return None if data is None or digest_of(data) != digest else _DECODER.decode(data)
    except msgspec.DecodeError:
        return None


def add_search(making: Making, common: Common, unit: UnitRecords, former: UnitSearch | None) -> tuple[bytes, UnitEntry]:
    """Make the files that scripts load of a unit; return its grams to be kept, and its entry in the directory."""
    records = unit.catalog.records
    shown = _Shown(unit)
    keys = []
    for number, record in enumerate(records):
        at_work_on(record.path)
        key = key_of(unit.keys[record.id], unit.lines[record.id].row)
        keys.append((record.id, key))
        making.make(urls.browse_record_url(record), key, partial(_script, f"records/{record.id}", shown, number))
    ids = unit_ids(record.id for record in records)
    name = f"units/{unit.slug}"
    making.make(script_url(name), key_of(ids), partial(script, name, ids))
    search = UnitSearch(tuple(keys), _postings(unit, tuple(keys), shown, former))
    return _ENCODER.encode(search), unit_entry(((one.year, one.layout) for one in records), common.forms)


def script(name: str, value: object) -> bytes:
    """Return the file that hands a value to scripts."""
    start, end = script_ends(name)
    return start + script_value(value) + end


class _Shown(dict[int, Mapping[str, Any]]):
    """The records as scripts load them, by number, each made where it is asked for."""

    def __init__(self, unit: UnitRecords) -> None:
        super().__init__()
        self._unit = unit

    def __missing__(self, number: int) -> Mapping[str, Any]:
        record = self._unit.catalog.records[number]
        self[number] = shown = browse_record(self._unit.lines[record.id], self._unit.catalog)
        return shown


def _script(name: str, shown: _Shown, number: int) -> bytes:
    return script(name, shown[number])


def _postings(
    unit: UnitRecords, keys: tuple[tuple[str, bytes], ...], shown: _Shown, former: UnitSearch | None
) -> UnitPostings:
    """Return the grams of the unit; those of records that did not change are taken from the last build."""
    count = len(keys)
    names = [search_names(lines) for lines in unit.lines.values()]
    if former is not None and [one for one, _ in former.records] == [one for one, _ in keys]:
        new = [number for number in range(count) if former.records[number] != keys[number]]
        if len(new) * _MANY <= count:
            texts = {number: grams_of(fold_all(search_texts(shown[number]))) for number in new}
            named = {number: grams_of(fold_all(names[number])) for number in new}
            letters = {number: set(initials_grams([map(initials_of, names[number])])) for number in new}
            before = former.postings
            return UnitPostings(
                patched(before.texts, count, texts),
                patched(before.names, count, named),
                patched(before.initials, count, letters),
            )
    return UnitPostings(
        postings_of(text_grams(search_texts(shown[number]) for number in range(count)), count),
        postings_of(text_grams(names), count),
        postings_of(initials_grams(map(initials_of, own) for own in names), count),
    )
