"""What a unit gives to the search: a file of each record for scripts, the list of its records, and its grams."""

from functools import partial
from pathlib import Path

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
from generator.search.browse_record import Shown, browse_record, search_names
from generator.search.directory import UnitEntry, unit_entry, unit_ids
from generator.search.fold import fold_all
from generator.search.grams import grams_of, initials_grams, text_grams
from generator.search.initials import initials_of
from generator.search.postings import patched, postings_of
from generator.search.shards import UnitPostings, WrittenPostings


class UnitSearch(Struct, frozen=True, array_like=True):
    """The grams of a unit as they are kept."""

    records: tuple[tuple[str, bytes], ...]
    """Id of each record, and the digest of what it is found by."""
    written: WrittenPostings

    @property
    def postings(self) -> UnitPostings:
        """The grams, read anew each time."""
        return self.written.read()


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
    keys = tuple([(record.id, key_of(unit.keys[record.id], unit.lines[record.id].row)) for record in records])
    new = _changed(keys, former)
    # One step for all records, then the next for all, is a third quicker than all steps for one record after the other.
    shown = _Shown(unit)
    for number in range(len(records)) if new is None else new:
        at_work_on(records[number].path)
        shown[number] = browse_record(unit.lines[records[number].id], unit.catalog)
    postings = _postings(unit, shown, new, former)
    for number, (identifier, key) in enumerate(keys):
        making.make(
            urls.browse_record_url(records[number]), key, partial(_script, f"records/{identifier}", shown, number)
        )
    ids = unit_ids(identifier for identifier, _ in keys)
    name = f"units/{unit.slug}"
    making.make(script_url(name), key_of(ids), partial(script, name, ids))
    entry = unit_entry(((one.year, one.layout) for one in records), common.forms)
    return _ENCODER.encode(UnitSearch(keys, WrittenPostings.of(postings))), entry


def _changed(keys: tuple[tuple[str, bytes], ...], former: UnitSearch | None) -> list[int] | None:
    """Return the numbers of the records that are not as before; None where it is quicker to begin anew."""
    if former is None or [one for one, _ in former.records] != [one for one, _ in keys]:
        return None
    new = [number for number, one in enumerate(keys) if former.records[number] != one]
    return new if len(new) * _MANY <= len(keys) else None


def script(name: str, value: object) -> bytes:
    """Return the file that hands a value to scripts."""
    start, end = script_ends(name)
    return start + script_value(value) + end


class _Shown(dict[int, Shown]):
    """The records as scripts load them, by number; those that nobody foresaw are made where they are asked for."""

    def __init__(self, unit: UnitRecords) -> None:
        super().__init__()
        self._unit = unit

    def __missing__(self, number: int) -> Shown:
        record = self._unit.catalog.records[number]
        return browse_record(self._unit.lines[record.id], self._unit.catalog)


def _script(name: str, shown: _Shown, number: int) -> bytes:
    return script(name, shown[number].value)


def _postings(unit: UnitRecords, shown: _Shown, new: list[int] | None, former: UnitSearch | None) -> UnitPostings:
    """Return the grams of the unit; those of records that are not new are taken from the last build."""
    names = [search_names(lines) for lines in unit.lines.values()]
    count = len(names)
    if new is None or former is None:
        return UnitPostings(
            postings_of(text_grams(shown[number].texts for number in range(count)), count),
            postings_of(text_grams(names), count),
            postings_of(initials_grams(map(initials_of, own) for own in names), count),
        )
    before = former.postings
    texts = {number: grams_of(fold_all(shown[number].texts)) for number in new}
    named = {number: grams_of(fold_all(names[number])) for number in new}
    letters = {number: set(initials_grams([map(initials_of, names[number])])) for number in new}
    return UnitPostings(
        patched(before.texts, count, texts),
        patched(before.names, count, named),
        patched(before.initials, count, letters),
    )
