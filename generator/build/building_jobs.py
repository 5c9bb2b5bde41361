"""What is to be made of each unit, and what is kept of it once it is made."""

from collections.abc import Callable, Iterator

from generator.build.common import Common
from generator.build.history import Log
from generator.build.reading import Reading
from generator.build.site_state import KeptUnit
from generator.build.sitemap import sitemap_lines
from generator.build.sources import Sources
from generator.build.unit_building import UnitBuilt
from generator.build.unit_checking import BuildingJob
from generator.plan import urls
from generator.plan.rows import LONGEST


def building_jobs(
    sources: Sources, reading: Reading, log: Log, digest_of: Callable[[str], bytes], common: Common
) -> Iterator[BuildingJob]:
    """Yield what is to be made of each unit that publishes anything.

    `digest_of` gives the digest of what git knows of a unit's files.
    """
    dates, uncommitted = log.dates, frozenset(log.uncommitted)
    published = [file for files in reading.published.values() for file in files]
    totals = (
        (urls.INDICATORS, sum(one.indicators for one in published)),
        (urls.DEVIATIONS, sum(one.deviations for one in published)),
        (urls.BUDGET_CHANGES, sum(one.budgets for one in published)),
        (urls.FULL_MARKS, sum(one.full_marks for one in published)),
        (urls.MISSED_TARGETS, sum(one.missed for one in published)),
        (urls.CORRECTIONS, sum(one.corrections for one in published)),
    )
    splits = tuple(url for url, total in totals if total > LONGEST)
    day = common.today.isoformat()
    for slug, unit in reading.units.items():
        shown = {file.id for file in reading.published[slug]}
        readable = [file for file in unit.files if file.key]
        if not shown:
            continue
        places = {file.id: file for file in sources.found.units[slug]}
        yield BuildingJob(
            unit=unit.unit,
            files=tuple(places[file.id] for file in readable),
            digests=tuple(file.digest for file in readable),
            keys=tuple(file.key for file in readable),
            kept_back=tuple(file.id for file in readable if file.id not in shown),
            shared=reading.groups.get(slug, ()),
            modified={file.path: dates[file.path] for file in readable if file.path in dates},
            splits=splits,
            fingerprint=reading.fingerprint,
            day=day if any(file.depends_on_day for file in readable) else "",
            uncommitted=tuple(file.id for file in readable if file.path in uncommitted) if uncommitted else (),
            published={file.id: file.first_published for file in readable if file.first_published[0]},
            histories_digest=digest_of(slug),
        )


def kept_unit(built: UnitBuilt, job: BuildingJob, key: bytes, site_url: str) -> KeptUnit:
    """Return what is kept of a unit that was just made; `key` is that of its job."""
    pages = sorted(path for path in built.outputs.files if path.endswith(".html"))
    dates = {f"records/{file.id}.html": job.modified.get(file.path, "") for file in job.files}
    return KeptUnit(
        key=key,
        summary=built.summary,
        broken=built.broken,
        rule_counts=built.rule_counts,
        pages=built.pages,
        files=len(built.outputs.files),
        digests=built.digests,
        sitemap=sitemap_lines(pages, site_url, dates) if site_url else b"",
        feed=built.feed,
        search=built.search,
        absent=built.absent,
    )
