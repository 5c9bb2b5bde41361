"""Put drafts where they belong among the records: nothing is overwritten, and nothing is written twice."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from generator.address import address_fault
from generator.authoring.files import write_text
from generator.exchange.addresses import Known, Wishes, name_of, unit_of, year_of
from generator.exchange.existing import Existing, Present, known_of
from generator.exchange.imported import ImportedDraft
from generator.exchange.importing import is_sound, open_fields, record_of
from generator.exchange.record_difference import Difference, format_difference, record_differences
from generator.exchange.replacing import replace_text
from generator.exchange.updating import updated
from generator.load.cells import UNREADABLE
from generator.model.catalog import Registry
from generator.model.forms import FormLibrary
from generator.model.records import Cell, Record
from generator.vocabulary import Place, term_of


class Outcome(StrEnum):
    """What became of a draft."""

    SHOWN = "shown"
    """Only shown; nothing was to be written."""
    NEW = "new"
    """Written as a new record."""
    UNCHANGED = "unchanged"
    """The record is there already and prints the same."""
    UPDATED = "updated"
    """The record was there and was changed as asked."""
    DUPLICATE = "duplicate"
    """Another file of this import holds the same form."""
    DIFFERENT = "different"
    """The record is there and prints something else; it was left alone."""
    CLAIMED = "claimed"
    """Another file of this import claims the same address with other content; neither was written."""
    UNPLACED = "unplaced"
    """It is not known where it belongs."""
    REFUSED = "refused"
    """It could not be written."""


NEEDS_A_PERSON = (Outcome.DIFFERENT, Outcome.CLAIMED, Outcome.UNPLACED, Outcome.REFUSED)
"""Outcomes that leave something undone."""


class Placed(Struct, frozen=True):
    """Where one draft went."""

    outcome: Outcome
    path: str = ""
    """The record's file as printed in messages; empty where there is none."""
    why: str = ""
    """In Chinese: what stood in the way and what to do; empty where nothing did."""
    differences: tuple[str, ...] = ()
    """What differs from the record that is there, or what was changed."""
    unconfirmed: tuple[str, ...] = ()
    """Fields that a person must compare with the document still: of the draft, or left in the record that is there."""


class Claim(NamedTuple):
    """One draft with the name of its file, in the order of the import."""

    source: str
    draft: ImportedDraft


class Target(NamedTuple):
    """Where records are, and what the user said of the import."""

    folder: Path
    """Where records go: <folder>/<year>/<unit>/<project>.yaml."""
    project_dir: Path
    registry: Registry
    registry_path: str
    """As printed in messages."""
    forms: FormLibrary
    wishes: Wishes = Wishes()
    update: bool = False
    """Whether to change records that are there."""
    dry_run: bool = False
    """Whether to write nothing."""


class _Wanted(NamedTuple):
    """One draft with its address."""

    identifier: str
    record: Record | None
    """As far as the draft can be read; None where nothing can."""
    is_sound: bool
    """Whether nothing is wrong with it, values to confirm aside."""


def place(claims: Sequence[Claim], target: Target, progress: Callable[[int], None]) -> list[Placed]:
    """Find the address of every draft, then write what is new; return what became of each, in the same order.

    `progress` is told how many are done.
    """
    return _Placing(target).run(claims, progress)


class _Placing:
    """One import into one folder."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._existing = Existing(target.folder, target.project_dir, target.forms)
        self._new: defaultdict[str, list[Known]] = defaultdict(list)
        """Drafts of each unit that have their address already."""

    def run(self, claims: Sequence[Claim], progress: Callable[[int], None]) -> list[Placed]:
        addresses = [self._address(claim.draft) for claim in claims]
        at: defaultdict[str, list[int]] = defaultdict(list)
        for number, address in enumerate(addresses):
            if isinstance(address, _Wanted):
                at[address.identifier].append(number)
        placed: list[Placed] = []
        for number, (claim, address) in enumerate(zip(claims, addresses, strict=True)):
            if isinstance(address, Placed):
                placed.append(address)
                continue
            others = [other for other in at[address.identifier] if other != number]
            settled = self._among(number, others, claims, addresses) if others else None
            placed.append(settled or self._put(claim.draft, address))
            progress(number + 1)
        return placed

    def _address(self, draft: ImportedDraft) -> _Wanted | Placed:
        target = self._target
        year = year_of(draft, target.wishes)
        unit = unit_of(draft, target.registry, target.wishes, target.registry_path, self._existing.unit_of)
        faults = "；".join(choice.fault for choice in (year, unit) if choice.fault)
        if faults:
            return Placed(Outcome.UNPLACED, why=faults, unconfirmed=draft.unconfirmed_paths)
        known = (*self._existing.of_unit(unit.part), *self._new[unit.part])
        name = name_of(draft, year.part, unit.part, known, target.wishes)
        if name.fault:
            return Placed(Outcome.UNPLACED, why=name.fault, unconfirmed=draft.unconfirmed_paths)
        fault = address_fault(name.part)
        if fault:
            return Placed(Outcome.UNPLACED, why=f"“{name.part}”不能用作文件名：{fault}；请用 --as 另写一个")
        identifier = f"{year.part}/{unit.part}/{name.part}"
        record, findings = record_of(draft.text, identifier, self._shown(identifier), target.forms)
        own = known_of(record, target.forms) if record else Known(identifier, draft.kind, draft.title, draft.project)
        self._new[unit.part].append(own)
        return _Wanted(identifier, record, is_sound(findings))

    def _among(
        self, number: int, others: Sequence[int], claims: Sequence[Claim], addresses: Sequence[_Wanted | Placed]
    ) -> Placed | None:
        """Settle a draft that shares its address with others; None where it is the first of equal ones."""
        mine = addresses[number]
        if isinstance(mine, Placed):
            return mine
        path = self._shown(mine.identifier)
        same = [other for other in others if _is_same(mine, claims[number], addresses[other], claims[other])]
        if len(same) == len(others):
            first = min(others)
            return None if number < first else Placed(Outcome.DUPLICATE, path, f"与 {claims[first].source} 的内容相同")
        names = "、".join(dict.fromkeys(claims[other].source for other in others))
        return Placed(
            Outcome.CLAIMED,
            path,
            f"{names} 也要写这个文件，内容不同，都没有写；请只留正确的一份，或分别导入，用 --as 给其中一份另起名称",
            unconfirmed=claims[number].draft.unconfirmed_paths,
        )

    def _put(self, draft: ImportedDraft, wanted: _Wanted) -> Placed:
        present = self._existing.at(wanted.identifier)
        if present is not None:
            return self._beside(draft, wanted, present)
        path = self._target.folder / f"{wanted.identifier}.yaml"
        shown = self._shown(wanted.identifier)
        if path.exists() or path.is_symlink():
            return Placed(Outcome.REFUSED, shown, "这里已有一个不能用作记录的文件或文件夹，没有覆盖；请先移走它")
        if not path.parent.resolve().is_relative_to(self._target.folder.resolve()):
            return Placed(Outcome.REFUSED, shown, "文件夹是指到别处的链接，没有写入；请把它换成普通文件夹")
        if not self._target.dry_run:
            write_text(path, draft.text)
        return Placed(Outcome.NEW, shown, unconfirmed=draft.unconfirmed_paths)

    def _beside(self, draft: ImportedDraft, wanted: _Wanted, present: Present) -> Placed:
        """Compare a draft with the record that has its address."""
        path = present.file.path
        unsure = draft.unconfirmed_paths
        left = open_fields(present.text, self._target.forms)
        if present.text == draft.text:
            return Placed(Outcome.UNCHANGED, path, unconfirmed=left)
        if present.record is None or wanted.record is None:
            which = "现有的文件" if present.record is None else "这份草稿"
            return Placed(
                Outcome.DIFFERENT,
                path,
                f"{which}读不出来，无法逐栏比较，没有覆盖；请先改正，或移走现有的文件",
                (),
                unsure,
            )
        differences = form_differences(present.record, wanted.record)
        if not differences:
            return Placed(Outcome.UNCHANGED, path, unconfirmed=left)
        told = tuple(map(format_difference, differences))
        if not self._target.update:
            return Placed(Outcome.DIFFERENT, path, "现有的记录没有改动；确要照这个文件改，请加 --update", told, unsure)
        if not wanted.is_sound:
            why = "没有改动，因为原件里有读不出来的地方，见下面的检查；请改正原件再导入，或手工修改"
            return Placed(Outcome.DIFFERENT, path, why, told, unsure)
        return self._updated(draft, present, differences)

    def _updated(self, draft: ImportedDraft, present: Present, differences: Sequence[Difference]) -> Placed:
        path, told = present.file.path, tuple(map(format_difference, differences))
        unsure = {value.field: value for value in draft.unconfirmed}
        doubtful = [value for one in differences if (value := unsure.get(one.name)) is not None]
        if doubtful:
            why = "；".join(f"“{value.path}”{value.why}" for value in doubtful)
            return Placed(
                Outcome.DIFFERENT,
                path,
                f"没有改动，因为有的值没有把握，要先与原件核对：{why}",
                told,
                draft.unconfirmed_paths,
            )
        result = updated(present, differences, self._target.forms)
        if result.fault:
            return Placed(Outcome.DIFFERENT, path, f"没有改动：{result.fault}", told, draft.unconfirmed_paths)
        if not self._target.dry_run:
            replace_text(present.file, present.data, result.text)
        return Placed(Outcome.UPDATED, path, "", told, open_fields(result.text, self._target.forms))

    def _shown(self, identifier: str) -> str:
        path = self._target.folder / f"{identifier}.yaml"
        root = self._target.project_dir
        return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def form_differences(before: Record, after: Record) -> tuple[Difference, ...]:
    """Return in what two records print another form.

    Where each of them comes from is no part of the form, nor why a cell of it cannot be read.
    """
    return tuple(_of_the_form(record_differences(before, after), before, after))


def _of_the_form(differences: Sequence[Difference], before: Record, after: Record) -> Iterator[Difference]:
    label = term_of(Place.RECORD, "source").label
    own = {record.labels.get(f"{Place.RECORD}.source", label) for record in (before, after)}
    return (one for one in differences if one.path[0] not in own and not _is_about_reasons(one))


def _is_about_reasons(difference: Difference) -> bool:
    """Tell whether neither record can read a field, and only the reasons differ."""
    if difference.path[-1] == UNREADABLE:
        return bool(difference.before and difference.after)
    cells = (difference.cell_before, difference.cell_after)
    return all(isinstance(cell, Cell) and cell.unreadable for cell in cells)


def _is_same(mine: _Wanted, claim: Claim, other: "_Wanted | Placed", other_claim: Claim) -> bool:
    if isinstance(other, Placed):
        return False
    if mine.record is None or other.record is None:
        return claim.draft.text == other_claim.draft.text
    return not form_differences(mine.record, other.record)
