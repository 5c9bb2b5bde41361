"""The first half of a build and of a check: every record read and checked by itself, and what that says about the whole."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from itertools import chain

from msgspec import Struct

from generator.build.grounds import Grounds
from generator.build.readers import Readers, Shared
from generator.build.sources import Sources
from generator.build.unit_judging import Member, SharedGroup
from generator.build.unit_reading import FileRead, ReadingJob, UnitRead
from generator.check.fingerprint import fingerprint
from generator.check.outcome import Outcome
from generator.check.pack import NATIONAL
from generator.check.packs.pack_choice import idle_packs
from generator.finding import Finding, has_errors, in_reading_order
from generator.load.assemble import load_record
from generator.model.catalog import Registry, Unit
from generator.plan.planned import key_of


class Reading(Struct, frozen=True, dict=True):
    """All records, each read and checked by itself."""

    units: Mapping[str, UnitRead]
    """By slug."""
    registry: Registry
    """With the units that nobody registered."""
    found: tuple[Finding, ...]
    """What reading found, in reading order."""
    findings: tuple[Finding, ...]
    """That, what keeps records from being published, and rules that broke down, in reading order."""
    failed: tuple[str, ...]
    """Paths of the files that cannot be published, in reading order."""
    fingerprint: str
    """Of the rules and packs that were used."""

    @cached_property
    def published(self) -> Mapping[str, tuple[FileRead, ...]]:
        """The files that can be published, by slug of their unit."""
        failed = frozenset(self.failed)
        return {
            slug: tuple(file for file in unit.files if file.key and file.path not in failed)
            for slug, unit in self.units.items()
        }

    @property
    def depends_on_day(self) -> bool:
        """Tell whether anything depends on the day."""
        return any(file.depends_on_day for unit in self.units.values() for file in unit.files)

    @cached_property
    def groups(self) -> Mapping[str, tuple[SharedGroup, ...]]:
        """The groups of several records that each unit has a part in, by slug."""
        return _groups(self.units.values(), {file.id for files in self.published.values() for file in files})


def read_all(common: Grounds, sources: Sources, crew: Readers[Shared], former: Mapping[str, UnitRead]) -> Reading:
    """Read and check the records that changed since the last time, which left `former`."""
    shared_key = _shared_key(common)
    jobs = []
    units: dict[str, UnitRead] = {}
    for slug, files in sources.found.units.items():
        published = {file.id: found for file in files if (found := sources.published.figures_of(file.id))}
        known, key = former.get(slug), _key(common, shared_key, slug, published)
        job = ReadingJob(slug, key, files, known if known is not None and known.key == key else None, published)
        if job.known is not None and _is_current(job.known, job):
            units[slug] = job.known
        else:
            jobs.append(job)
    units |= {read.slug: read for read in crew.read(jobs)}
    return _put_together(common, sources, {slug: units[slug] for slug in sources.found.units})


def _put_together(common: Grounds, sources: Sources, units: Mapping[str, UnitRead]) -> Reading:
    read = [file for unit in units.values() for file in unit.files]
    names = {name for file in read for name in file.packs}
    library, selection = common.library, common.settings.rule_packs
    reading = (
        *sources.found.findings,
        *sources.registry_findings,
        *sources.pages.findings,
        *(finding for file in read for finding in file.findings),
        *_of_set_aside(common, sources),
        *(idle_packs(selection, names) if any(file.key for file in read) else ()),
    )
    grave = tuple(finding for file in read for finding in file.grave)
    keeping_back = (
        *(one for one in reading if has_errors((one,))),
        *(one for one in grave if one.outcome == Outcome.FAIL),
    )
    return Reading(
        units=units,
        registry=_with_unregistered(common.registry, units.values()),
        found=in_reading_order(reading),
        findings=in_reading_order((*reading, *grave)),
        failed=tuple(dict.fromkeys(finding.origin.path for finding in in_reading_order(keeping_back))),
        fingerprint=fingerprint(
            [library.files[name] for name in sorted({NATIONAL, *names})],
            tuple(dict.fromkeys((NATIONAL, *selection))),
            source=common.source_digest,
        ),
    )


def _shared_key(common: Grounds) -> bytes:
    files = [common.layers_key((name,)) for name in sorted(common.library.files)]
    return key_of(common.decoding_key, files, common.settings.rule_packs, common.asks_rules)


def _key(common: Grounds, shared_key: bytes, slug: str, published: Mapping[str, object]) -> bytes:
    unit = common.registry.units.get(slug)
    return key_of(shared_key, unit, common.registry.departments.get(unit.department) if unit else None, published)


def _is_current(known: UnitRead, job: ReadingJob) -> bool:
    """Tell whether a unit reads as the last time; waivers may have ended, the day of a correction may have come since."""
    same = [file.id for file in known.files] == [file.id for file in job.files]
    return (
        same
        and not any(file.may_have_changed for file in job.files)
        and not any(file.depends_on_day or not file.is_settled for file in known.files)
    )


def _of_set_aside(common: Grounds, sources: Sources) -> Iterable[Finding]:
    """Return what is wrong inside files that have a faulty address as well."""
    for file in sources.found.set_aside:
        yield from load_record(file.source, common.forms, common.pack_names).findings


def _with_unregistered(registry: Registry, units: Iterable[UnitRead]) -> Registry:
    named: dict[str, Unit] = {**registry.units}
    named |= {unit.slug: unit.unit for unit in units if any(file.key for file in unit.files)}
    return Registry(named, registry.departments)


def _groups(units: Iterable[UnitRead], published: Collection[str]) -> dict[str, tuple[SharedGroup, ...]]:
    files = [(unit.unit, file) for unit in units for file in unit.files if file.groups]
    # Most groups have one member and need nobody's attention; where all have, counting takes longer than seeing that.
    every = [*chain.from_iterable([file.groups for _, file in files])]
    sizes = Counter(every) if len(set(every)) < len(every) else {}
    members: dict[tuple[str, str], list[Member]] = {group: [] for group, size in sizes.items() if size > 1}
    for unit, file in files:
        for group in file.groups:
            if group in members:
                members[group].append(Member(unit, file.id, file.key, file.id in published))
    found: dict[str, list[SharedGroup]] = {}
    for (code, _), own in sorted(members.items()):
        shared = SharedGroup(code, tuple(sorted(own, key=_order)))
        for slug in dict.fromkeys(member.unit.slug for member in own):
            found.setdefault(slug, []).append(shared)
    return {slug: tuple(groups) for slug, groups in found.items()}


def _order(member: Member) -> tuple[int, str]:
    year, _, rest = member.id.partition("/")
    return -int(year), rest
