"""All that is authored besides the text of the records: forms, rule packs, registry, hand-written pages, and where records stand."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.build.addresses import beside_our_own
from generator.build.found_files import FoundFiles
from generator.build.inputs import Stamps, changed, plain, same_places
from generator.build.published_list import list_of, read_history
from generator.build.unit_reading import FileToRead
from generator.check.packs.pack_library import PackLibrary, load_packs
from generator.finding import Finding
from generator.forms.definitions import load_forms
from generator.load.discover import SourceFile, discover
from generator.load.faults import UNREADABLE_FOLDER
from generator.load.obligations import load_obligations
from generator.load.pages import PagesResult, load_pages
from generator.load.registry import load_registry
from generator.model.catalog import Registry
from generator.model.forms import FormLibrary
from generator.model.obligations import Obligation
from generator.model.publications import Publications
from generator.settings import Settings


class Sources(NamedTuple):
    """What was read before any record."""

    forms: FormLibrary
    library: PackLibrary
    registry: Registry
    registry_findings: tuple[Finding, ...]
    """What is wrong with the registry and the obligations."""
    obligations: tuple[Obligation, ...]
    pages: PagesResult
    found: FoundFiles
    published: Publications
    """What was published before."""


def load_sources(settings: Settings, former: FoundFiles | None, before: Stamps, now: Stamps) -> Sources:
    """Read everything but the records; raises JixiaoError where a form definition, a pack or the list of what was published is faulty.

    `before` and `now` are the stamps of the files of records at the last build, which left `former`, and now.
    """
    forms = load_forms(settings.template_dirs)
    library = load_packs(settings.rule_packs_dir, settings.project_dir)
    listed = load_registry(settings.registry_dir, settings.project_dir)
    owed = load_obligations(settings.registry_dir, settings.project_dir, listed.registry, forms)
    pages = beside_our_own(load_pages(settings.pages_dir, settings.project_dir, settings.page_titles), settings)
    findings = (*listed.findings, *owed.findings)
    found = _found(settings, former, before, now)
    published = read_history(list_of(settings.project_dir))
    return Sources(forms, library, listed.registry, findings, owed.obligations, pages, found, published)


def with_records(sources: Sources, settings: Settings, former: FoundFiles, before: Stamps, now: Stamps) -> Sources:
    """Return what was read at the last build, with the records that stand there now; see `load_sources`."""
    return sources._replace(found=_found(settings, former, before, now))


def _found(settings: Settings, former: FoundFiles | None, before: Stamps, now: Stamps) -> FoundFiles:
    # Where files stand has not changed where the same names are there; what a link leads to is stamped as well.
    # A folder that could not be read has its names all the same, and is tried again.
    is_known = former is not None and all(one.code != UNREADABLE_FOLDER.code for one in former.findings)
    found = former if former is not None and is_known and same_places(before, now) else _discovered(settings)
    return _with_changes(found, before, now)


def _discovered(settings: Settings) -> FoundFiles:
    discovery = discover(settings.records_dir, settings.project_dir)
    units: dict[str, list[FileToRead]] = {}
    for file in discovery.files:
        units.setdefault(file.id.split("/")[1], []).append(_to_read(file))
    return FoundFiles(
        {slug: tuple(units[slug]) for slug in sorted(units)},
        tuple(map(_to_read, discovery.set_aside)),
        discovery.findings,
    )


def _to_read(file: SourceFile) -> FileToRead:
    return FileToRead(file.path, os.fsencode(file.location), file.id, file.is_markdown, may_have_changed=True)


def _with_changes(found: FoundFiles, before: Stamps, now: Stamps) -> FoundFiles:
    """Mark the files that may have changed since the last build."""
    touched = changed(before, now)
    return FoundFiles(_marked(found.units, touched), found.set_aside, found.findings)


def _marked(units: Mapping[str, tuple[FileToRead, ...]], touched: frozenset[str]) -> dict[str, tuple[FileToRead, ...]]:
    is_touched = _touches(touched)
    return {
        slug: tuple(
            file
            if file.may_have_changed is is_touched(file)
            else FileToRead(file.path, file.location, file.id, file.is_markdown, not file.may_have_changed)
            for file in files
        )
        for slug, files in units.items()
    }


def _touches(touched: frozenset[str]) -> Callable[[FileToRead], bool]:
    """Return what tells whether a file is among those touched, which are named as `inputs.plain` has them."""
    if any("\\" in path for path in touched):
        return lambda file: plain(file.place) in touched
    # No name among them had to be written otherwise, so the files' own will do, which saves the time of ten thousand.
    locations = frozenset(map(os.fsencode, touched))
    return lambda file: file.location in locations


def watched_folders(settings: Settings) -> dict[str, Path]:
    """Return the folders whose content a build depends on."""
    folders = {
        "records": settings.records_dir,
        "registry": settings.registry_dir,
        "pages": settings.pages_dir,
        "packs": settings.rule_packs_dir,
    }
    folders |= {f"templates {number}": folder for number, folder in enumerate(settings.template_dirs)}
    # Where there is none yet, there may be one the next time.
    folders["templates"] = settings.project_dir / "templates"
    if settings.material.custom_dir is not None:
        folders["theme"] = settings.material.custom_dir
    return folders
