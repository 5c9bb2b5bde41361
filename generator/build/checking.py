"""Read all content and ask the rules of it, without making a site."""

import glob
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from generator.build.cache import CacheLostError
from generator.build.check_cache import CheckCache, CheckState, forget_check_state, keep_check_state, read_check_state
from generator.build.grounds import Grounds
from generator.build.inputs import Stamps, Watched, stamps_of, to_keep
from generator.build.listeners import say_nothing
from generator.build.names import PUBLISHED, RELEASES
from generator.build.proved_list import read_proved_history
from generator.build.readers import Readers
from generator.build.reading import Reading, read_all
from generator.build.sources import Sources, load_sources
from generator.build.unit_findings import FindingsJob, UnitFindings, findings_of, kept_findings, ledgers_of
from generator.check.corrections import gone_findings
from generator.check.packs.pack_choice import PackChoice
from generator.check.packs.pack_library import load_packs
from generator.check.result import CheckReport
from generator.errors import JixiaoError
from generator.finding import in_reading_order
from generator.model.catalog import make_catalog
from generator.model.publications import Publications
from generator.settings import Settings

Given = TypeVar("Given")


class Content(NamedTuple):
    """What all records came to."""

    paths: Mapping[str, str]
    """The file of each record that could be read, by its id, in the order of the catalog."""
    check: CheckReport
    published: Publications
    """What was published before."""


class Manner(NamedTuple):
    """How a check goes about it, which changes nothing about what is found."""

    cache: CheckCache | None = None
    """What is known of records already; where it is about another folder than is checked, it is asked and not added to."""
    jobs: int = 1
    """Processes to work with."""


ALONE = Manner()


class _Order(NamedTuple):
    """What is to be checked, and how."""

    settings: Settings
    today: date
    published: Publications
    manner: Manner

    @property
    def own_cache(self) -> CheckCache | None:
        """What is known of the very folder that is checked."""
        known = self.manner.cache
        return known if known and known.project_dir == self.settings.project_dir else None


def check_content(
    settings: Settings, *, today: date, published: Publications | None = None, manner: Manner = ALONE
) -> Content:
    """Read everything, then ask the rules of all that could be read; waivers count until their last day.

    `published` is what was published before, by default as the project's list has it and its releases prove.
    Raises JixiaoError where a rule pack is faulty, or that list cannot be read.
    """
    published = read_proved_history(settings.project_dir) if published is None else published
    return _done(_checked, _Order(settings, today, published, manner))


def try_pack(settings: Settings, content: Content, pack: Path, *, today: date, manner: Manner = ALONE) -> CheckReport:
    """Check content once more, with a rule pack on trial laid over those selected.

    It takes the place of a pack of the same name; see `check.trial` for comparing the two reports.
    Raises JixiaoError where the pack is faulty, or no record is in its scope, so that there is nothing to compare.
    """
    return _done(partial(_tried, content, pack), _Order(settings, today, content.published, manner))


def _done(check: Callable[[_Order, Path], Given], order: _Order) -> Given:
    """Check with a folder for what nobody needs afterwards; where what was kept is lost, once more without it."""
    with TemporaryDirectory(prefix="jixiao-", ignore_cleanup_errors=True) as folder:
        try:
            return check(order, _made(folder, "first"))
        except CacheLostError:
            if order.own_cache is not None:
                forget_check_state(order.own_cache)
            return check(order._replace(manner=order.manner._replace(cache=None)), _made(folder, "again"))


def _made(folder: str, name: str) -> Path:
    place = Path(folder) / name
    place.mkdir()
    return place


def _checked(order: _Order, folder: Path) -> Content:
    known, settings = order.own_cache, order.settings
    keeps = known is not None and known.is_writable
    state = read_check_state(known) if known else None
    stamps = _stamps(settings)
    # Before anything is read, so that whatever changes from here on is seen the next time.
    stamps_to_keep = to_keep({"": stamps}, known.opened)[""] if known and keeps else {}
    sources = _sources(order, state, stamps)
    grounds = _grounds(order, sources, folder, adds=keeps)
    # A name that is no pack's is refused, even where there are no records.
    PackChoice(grounds.library, settings.rule_packs, make_catalog((), grounds.registry, grounds.forms))
    with Readers(grounds, str(folder), order.manner.jobs, progress=say_nothing) as readers:
        reading = read_all(grounds, sources, readers, state.read if state else {})
        units = _units(grounds, reading, readers)
    if known and keeps:
        _keep(known, state, CheckState(stamps_to_keep, sources.found, dict(reading.units)))
    is_there = partial(_is_there, settings.records_dir)
    gone = gone_findings(order.published, is_there, f"{RELEASES}/{PUBLISHED}")
    report = _report(reading, units)
    paths = {file.id: file.path for unit in reading.units.values() for file in unit.files}
    return Content(
        {identifier: paths[identifier] for identifier in report.records},
        replace(report, reading=in_reading_order((*report.reading, *gone))),
        order.published,
    )


def _tried(content: Content, pack: Path, order: _Order, folder: Path) -> CheckReport:
    settings = order.settings
    library = load_packs(settings.rule_packs_dir, settings.project_dir, trial=pack)
    selection = tuple(dict.fromkeys((*settings.rule_packs, pack.stem)))
    sources = _sources(order, None, _stamps(settings))
    on_trial = order._replace(settings=replace(settings, rule_packs=selection))
    is_known = pack.stem in sources.library.files
    grounds = _grounds(
        on_trial, sources._replace(library=library), folder, adds=False, trial="" if is_known else pack.stem
    )
    with Readers(grounds, str(folder), order.manner.jobs, progress=say_nothing) as readers:
        reading = read_all(grounds, sources, readers, {})
        if not any(pack.stem in file.packs for unit in reading.units.values() for file in unit.files):
            raise JixiaoError(
                f"没有一份表在规则包 {pack.stem} 的适用范围之内，无从比较。"
                "请核对规则包里的“适用”和登记表里单位的“所在区”；要拿全部的表来试，先去掉“适用”。"
            )
        units = _units(grounds, reading, readers)
    return replace(_report(reading, units), reading=content.check.reading)


def _stamps(settings: Settings) -> Stamps:
    return stamps_of(Watched({"records": str(settings.records_dir)}, ()))["records"]


def _sources(order: _Order, state: CheckState | None, stamps: Stamps) -> Sources:
    """Return everything but the records, and where these stand; `state` is what the last check left."""
    found, before = (state.found, state.stamps) if state else (None, {})
    return load_sources(order.settings, found, before, stamps)._replace(published=order.published)


def _grounds(order: _Order, sources: Sources, folder: Path, *, adds: bool, trial: str = "") -> Grounds:
    """Return what all jobs share; `adds` tells whether what is read anew is added to what is known."""
    known = order.manner.cache
    # For a single check, in a folder of its own, it is nobody's.
    tool, owner, whose = (known.tool, known.owner, known.record_owner) if known else (bytes(16),) * 3
    return Grounds(
        settings=order.settings,
        forms=sources.forms,
        library=sources.library,
        registry=sources.registry,
        today=order.today,
        tool=tool,
        owner=owner,
        record_owner=whose,
        record_cache=known.records if known and adds else folder / "kept" / "records",
        borrowed=known.records if known and not adds else None,
        trial=trial,
    )


def _units(grounds: Grounds, reading: Reading, readers: Readers[Grounds]) -> tuple[UnitFindings, ...]:
    """Return what rules found in each unit, in the order of slugs; where nothing has changed, as it was found before."""
    found: dict[str, UnitFindings] = {}
    jobs = []
    for slug, unit in reading.units.items():
        files = [file for file in unit.files if file.key]
        if not files:
            continue
        day = grounds.today.isoformat() if any(file.depends_on_day for file in files) else ""
        job = FindingsJob(unit.unit, {file.id: file.key for file in files}, reading.groups.get(slug, ()), day)
        known = kept_findings(grounds, job)
        if known is None:
            jobs.append(job)
        else:
            found[slug] = known
    found |= {one.slug: one for one in map(findings_of, readers.find(jobs))}
    return tuple(one for _, one in sorted(found.items()))


def _report(reading: Reading, units: tuple[UnitFindings, ...]) -> CheckReport:
    """Return what was found, record by record in the order of the catalog: newest year first, then unit by unit."""
    records = {identifier: findings for unit in units for identifier, findings in unit.findings.items()}
    # Within a unit's year they are in that order already.
    ordered = sorted(records, key=lambda identifier: (-int(identifier[:4]), identifier.split("/")[1]))
    packed = tuple(unit.ledgers for unit in units)
    return CheckReport(
        reading=reading.found,
        records={identifier: records[identifier] for identifier in ordered},
        ledgers=partial(ledgers_of, packed, ordered),
        fingerprint=reading.fingerprint,
    )


def _keep(known: CheckCache, before: CheckState | None, now: CheckState) -> None:
    """Keep what the next check starts from, unless it is what this one started from."""
    if before is None or before.stamps != now.stamps or before.read != now.read:
        keep_check_state(known, now)


def _is_there(records_dir: Path, one: str) -> bool:
    """Tell whether a record has a file, be it one that cannot be read."""
    place = records_dir / one
    return place.parent.is_dir() and any(place.parent.glob(f"{glob.escape(place.name)}.*"))
