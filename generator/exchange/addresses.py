"""Where a draft belongs among the records: its year, its unit as registered, its project; nothing is guessed."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from generator.address import fit_part
from generator.exchange.imported import ImportedDraft
from generator.model.catalog import Registry, Unit
from generator.text import folded, half_width

LONGEST_NAME = 48
"""Characters of a name derived from a project's; an address that long can still be read to somebody."""

WHOLE_UNIT = "zhengti"
"""Name of the form about a whole unit, which has no project to be named after."""

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_SUFFIXES = {"TargetDeclaration": ".target"}
_MONITORING = re.compile("监控|监测")
_WORD = re.compile(r"[a-z0-9]+")


class Known(NamedTuple):
    """One record that is there already, as far as an address depends on it."""

    id: str
    kind: str
    """SelfEvaluation, DepartmentEvaluation, TargetDeclaration or Other."""
    form: str
    project: str
    """The project's name as printed; empty for a form about a whole unit."""

    @property
    def year(self) -> str:
        """First part of its address."""
        return self.id.split("/")[0]

    @property
    def unit(self) -> str:
        """Second part of its address."""
        return self.id.split("/")[1]

    @property
    def name(self) -> str:
        """Last part of its address."""
        return self.id.split("/")[2]

    @property
    def key(self) -> str:
        """What the records of one project have in common: the name up to the first dot."""
        return self.name.split(".", 1)[0]


class Choice(NamedTuple):
    """One part of an address, or why there is none."""

    part: str
    fault: str = ""
    """In Chinese: what is missing and what to do; empty where there is a part."""


class Wishes(NamedTuple):
    """What the user said of the address."""

    year: str = ""
    unit: str = ""
    name: str = ""


def year_of(draft: ImportedDraft, wishes: Wishes) -> Choice:
    """Return the year of a draft: the one wished for, or the one its form prints."""
    year = wishes.year or (str(draft.fiscal_year) if draft.fiscal_year else "")
    if _YEAR.fullmatch(year):
        return Choice(year)
    return Choice("", "表上没有写年度；请用 --year 写明，例如 --year 2024")


def unit_of(
    draft: ImportedDraft, registry: Registry, wishes: Wishes, registry_path: str, of_record: Callable[[str], str]
) -> Choice:
    """Return the slug of the unit that a draft prints, by its registered name or one of its aliases.

    `of_record` gives the unit that the record of an id prints, empty where there is no such record.
    """
    if wishes.unit:
        return Choice(wishes.unit)
    name = draft.unit.strip()
    if not name:
        return Choice("", "表上没有写单位；请用 --unit 写明登记表里的单位标识")
    found = [unit for unit in registry.units.values() if is_called(unit, name)]
    if len(found) == 1:
        return Choice(found[0].slug)
    if found:
        slugs = "、".join(unit.slug for unit in found)
        return Choice("", f"“{name}”在 {registry_path} 里登记了不止一次（{slugs}）；请用 --unit 写明是哪一个")
    # Made from a record of ours that prints the same unit, whatever the registry calls it.
    if draft.record_id.count("/") == 2 and _key(of_record(draft.record_id)) == _key(name):  # noqa: PLR2004  slashes
        return Choice(draft.record_id.split("/")[1])
    slug = unique(name_from(name) or "danwei", registry.units)
    return Choice(
        "",
        f"{registry_path} 里没有单位“{name}”；请在它的“单位”下面加上一行 {slug}: {{名称: {name}}}，"
        "或在已登记的单位的“别名”里加上这个名称，或用 --unit 写明单位标识",
    )


def is_called(unit: Unit, name: str) -> bool:
    """Tell whether a unit is registered under a name; width, blanks and the look of brackets do not matter."""
    return _key(name) in {_key(one) for one in (unit.name, *unit.aliases)}


# Each draft of a unit is compared with all its records.
@lru_cache(maxsize=65_536)
def _key(name: str) -> str:
    return folded(name).translate(_BRACKETS)


_BRACKETS = str.maketrans("〔〕【】[]", "()()()")


def name_of(draft: ImportedDraft, year: str, unit: str, known: Iterable[Known], wishes: Wishes) -> Choice:
    """Return the name of the file of a draft, without its ending; `known` are the records of the unit."""
    suffix = suffix_of(draft)
    if wishes.name:
        return Choice(wishes.name if "." in wishes.name else f"{wishes.name}{suffix}")
    of_unit = [one for one in known if one.unit == unit]
    carried = _carried(draft, unit, of_unit)
    if carried:
        return Choice(carried)
    if not draft.project.strip() and not _is_whole_unit(draft):
        return Choice("", "表上没有写项目名称；请补上再导入，或用 --as 写明记录文件的名称")
    named = [one for one in of_unit if _same_project(one, draft)]
    # The very form of this year first: it may have been given a name of its own.
    same = [one for one in named if one.year == year and _same_form(one, draft)]
    if same:
        return Choice(same[0].name)
    if named:
        latest = max(named, key=lambda one: (one.year, one.name))
        return Choice(f"{latest.key}{suffix}")
    own = name_from(draft.project) if draft.project.strip() else WHOLE_UNIT
    return Choice(f"{unique(own or 'xiangmu', {one.key for one in of_unit})}{suffix}")


def _is_whole_unit(draft: ImportedDraft) -> bool:
    """Tell whether a form is about a unit and not about one of its projects."""
    return draft.kind == "DepartmentEvaluation" or "整体" in draft.title


def _carried(draft: ImportedDraft, unit: str, known: Iterable[Known]) -> str:
    """Return the name that the document itself carries, if it was made from a record of this unit."""
    parts = draft.record_id.split("/")
    if len(parts) != 3 or parts[1] != unit or fit_part(parts[2]) != parts[2]:  # noqa: PLR2004  year, unit, project
        return ""
    before = next((one for one in known if one.id == draft.record_id), None)
    # Somebody may have taken last year's form, or another project's, as the blank for this one.
    return parts[2] if before is None or (_same_project(before, draft) and before.kind == draft.kind) else ""


def _same_project(known: Known, draft: ImportedDraft) -> bool:
    if not draft.project.strip():
        return not known.project and known.kind == draft.kind and folded(known.form) == folded(draft.title)
    return _key(known.project) == _key(draft.project)


def _same_form(known: Known, draft: ImportedDraft) -> bool:
    return known.kind == draft.kind and (draft.kind != "Other" or folded(known.form) == folded(draft.title))


def suffix_of(draft: ImportedDraft) -> str:
    """Return what tells the forms of one project and year apart: .target for a declaration, .monitoring for a check."""
    monitoring = draft.kind == "Other" and _MONITORING.search(draft.title)
    return ".monitoring" if monitoring else _SUFFIXES.get(draft.kind, "")


def name_from(text: str) -> str:
    """Return a name for an address in the sounds of a Chinese one, cut between syllables; empty where none is left."""
    # Some hundred kilobytes of sounds, which few runs need.
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    sounds = lazy_pinyin(half_width(text).lower(), errors=lambda other: other)
    words = [word for sound in sounds for word in _WORD.findall(sound.replace("ü", "v"))]
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word
        if len(longer) > LONGEST_NAME:
            break
        name = longer
    return fit_part(name or "".join(words)[:LONGEST_NAME])


def unique(name: str, taken: Collection[str] | Mapping[str, object]) -> str:
    """Return a name that is not taken: the same, or with a number behind it."""
    number, wanted = 1, name
    while wanted in taken:
        number += 1
        wanted = f"{name}-{number}"
    return wanted
