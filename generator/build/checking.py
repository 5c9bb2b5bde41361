"""Read all content and ask the rules of it, without making a site."""

import glob
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator.build.addresses import beside_our_own
from generator.build.names import PUBLISHED, RELEASES
from generator.build.proved_list import read_proved_history
from generator.check.corrections import gone_findings
from generator.check.fingerprint import fingerprint
from generator.check.pack import Pack
from generator.check.packs.pack_choice import PackChoice
from generator.check.packs.pack_library import load_packs
from generator.check.registry import all_rules
from generator.check.result import CheckReport
from generator.check.runner import check_catalog
from generator.errors import JixiaoError
from generator.finding import Finding, in_reading_order
from generator.forms.definitions import load_forms
from generator.load.assemble import Loaded, load_catalog
from generator.load.pages import PagesResult, load_pages
from generator.model.catalog import Catalog
from generator.model.publications import Publications
from generator.settings import Settings


class Content(NamedTuple):
    """Everything that was read, and all that is wrong with it."""

    loaded: Loaded
    pages: PagesResult
    check: CheckReport
    packs: Mapping[str, Pack]
    """The rule pack that holds for each record, by its id."""
    published: Publications
    """What was published before."""


def check_content(settings: Settings, *, today: date, published: Publications | None = None) -> Content:
    """Read everything, then ask the rules of all that could be read; waivers count until their last day.

    `published` is what was published before, by default as the project's list has it and its releases prove.
    Raises JixiaoError where a rule pack is faulty, or that list cannot be read.
    """
    published = read_proved_history(settings.project_dir) if published is None else published
    forms = load_forms(settings.template_dirs)
    library = load_packs(settings.rule_packs_dir, settings.project_dir)
    loaded = load_catalog(
        records_dir=settings.records_dir,
        registry_dir=settings.registry_dir,
        project_dir=settings.project_dir,
        forms=forms,
        packs=library.files,
    )
    choice = PackChoice(library, settings.rule_packs, loaded.catalog)
    pages = beside_our_own(load_pages(settings.pages_dir, settings.project_dir, settings.page_titles), settings)
    gone = gone_findings(published, lambda one: _is_there(settings.records_dir / one), f"{RELEASES}/{PUBLISHED}")
    reading = in_reading_order((*loaded.findings, *pages.findings, *choice.idle(), *gone))
    packs = {record.id: choice(record) for record in loaded.catalog.records}
    return Content(loaded, pages, _checked(reading, loaded.catalog, choice, today, published), packs, published)


def _is_there(place: Path) -> bool:
    """Tell whether a record has a file, be it one that cannot be read."""
    return place.parent.is_dir() and any(place.parent.glob(f"{glob.escape(place.name)}.*"))


def try_pack(settings: Settings, content: Content, pack: Path, *, today: date) -> CheckReport:
    """Check content that was read once more, with a rule pack on trial laid over those selected.

    It takes the place of a pack of the same name; see `check.trial` for comparing the two reports.
    Raises JixiaoError where the pack is faulty, or no record is in its scope, so that there is nothing to compare.
    """
    library = load_packs(settings.rule_packs_dir, settings.project_dir, trial=pack)
    selection = tuple(dict.fromkeys((*settings.rule_packs, pack.stem)))
    choice = PackChoice(library, selection, content.loaded.catalog)
    if pack.stem not in {file.identifier for file in choice.used()}:
        raise JixiaoError(
            f"没有一份表在规则包 {pack.stem} 的适用范围之内，无从比较。"
            "请核对规则包里的“适用”和登记表里单位的“所在区”；要拿全部的表来试，先去掉“适用”。"
        )
    return _checked(content.check.reading, content.loaded.catalog, choice, today, content.published)


def _checked(
    reading: tuple[Finding, ...], catalog: Catalog, choice: PackChoice, today: date, published: Publications
) -> CheckReport:
    checks = check_catalog(catalog, all_rules(), choice, today=today, published=published)
    return CheckReport(reading, checks, fingerprint=fingerprint(choice.used(), choice.selection))
