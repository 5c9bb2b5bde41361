"""Where a draft belongs among the records: its year, its unit as registered, its project; nothing is guessed."""

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
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
_DIGITS = re.compile(r"[0-9一二三四五六七八九十]+")
_MARK_BYTES = 3
_NEAR = 0.7
"""Likeness of two names from which on one may be a slip of the other."""


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


def name_of(
    draft: ImportedDraft,
    year: str,
    unit: str,
    known: Iterable[Known],
    wishes: Wishes,
    *,
    is_contested: bool = False,
) -> Choice:
    """Return the name of the file of a draft, without its ending; `known` are the records of the unit.

    `is_contested` says whether another project that is as new would get the same name by its sounds.
    """
    of_unit = [one for one in known if one.unit == unit]
    return settled_name(draft, year, unit, of_unit, wishes) or new_name(draft, of_unit, is_contested=is_contested)


def settled_name(draft: ImportedDraft, year: str, unit: str, known: Sequence[Known], wishes: Wishes) -> Choice | None:
    """Return the name that the user, the document or a record of the unit gives; None where a new one is needed."""
    suffix = suffix_of(draft)
    if wishes.name:
        return Choice(wishes.name if "." in wishes.name else f"{wishes.name}{suffix}")
    carried = _carried(draft, unit, known)
    if carried is not None:
        return carried
    if not draft.project.strip() and not _is_whole_unit(draft):
        return Choice("", "表上没有写项目名称；请补上再导入，或用 --as 写明记录文件的名称")
    named = [one for one in known if _same_project(one, draft)]
    # The very form of this year first: it may have been given a name of its own.
    same = sorted(one.name for one in named if one.year == year and _same_form(one, draft))
    if same:
        return Choice(same[0])
    if named:
        latest = max(named, key=lambda one: (one.year, one.name))
        return Choice(f"{latest.key}{suffix}")
    return None


def new_name(draft: ImportedDraft, known: Iterable[Known], *, is_contested: bool) -> Choice:
    """Return the name of a draft that nothing else names: its sounds, with a mark of its own where others sound alike.

    The mark comes from the project's name alone, so that neither the order of the files nor their number changes it.
    """
    suffix, plain = suffix_of(draft), plain_name(draft)
    taken = {(f"{one.key}{suffix}" if draft.project.strip() else one.name) for one in known}
    name = f"{plain}{suffix}"
    if not is_contested and name not in taken:
        return Choice(name)
    name = f"{plain}-{_mark(identity(draft))}{suffix}"
    if name in taken:
        return Choice("", f"“{name}”已经是另一个项目的名称；请用 --as 另写一个")
    return Choice(name)


def plain_name(draft: ImportedDraft) -> str:
    """Return the name that a draft would get if no other sounded alike, without the ending of its kind."""
    if not draft.project.strip():
        return WHOLE_UNIT
    return name_from(draft.project) or "xiangmu"


def identity(draft: ImportedDraft) -> str:
    """Return what is the same for all forms of one project; a form about a whole unit is one of its own."""
    return _key(draft.project) if draft.project.strip() else f"{draft.kind}\0{folded(draft.title)}"


def _mark(words: str) -> str:
    return hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=_MARK_BYTES).hexdigest()


def _is_whole_unit(draft: ImportedDraft) -> bool:
    """Tell whether a form is about a unit and not about one of its projects."""
    return draft.kind == "DepartmentEvaluation" or "整体" in draft.title


def _carried(draft: ImportedDraft, unit: str, known: Iterable[Known]) -> Choice | None:
    """Return the name that the document itself carries, if it was made from a record of this unit; None for no name."""
    parts = draft.record_id.split("/")
    if len(parts) != 3 or parts[1] != unit or fit_part(parts[2]) != parts[2]:  # noqa: PLR2004  year, unit, project
        return None
    before = next((one for one in known if one.id == draft.record_id), None)
    if before is None or (_same_project(before, draft) and before.kind == draft.kind):
        return Choice(parts[2])
    # Somebody may have taken last year's form, or another project's, as the blank for this one.
    if not _is_near(before.project, draft.project) or any(_same_project(one, draft) for one in known):
        return None
    return Choice(
        "",
        f"项目名称“{draft.project}”与“{before.project}”相近：文件自带的标识指向 {before.id}，那里写的是后一个名称；"
        f"是同一个项目的，用 --as {parts[2]} 写到那份记录，另一个项目，用 --as 另起名称",
    )


def _is_near(before: str, after: str) -> bool:
    """Tell whether two names differ in a few characters; in numbers alone, as those of two years do, is no slip."""
    one, other = _key(before), _key(after)
    if not one or not other or one == other or _DIGITS.sub("", one) == _DIGITS.sub("", other):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _NEAR


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


@lru_cache(maxsize=4096)
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
