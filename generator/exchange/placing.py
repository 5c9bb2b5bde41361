"""Put drafts where they belong among the records: nothing is overwritten, and nothing is written twice."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from generator.authoring.files import write_new_text
from generator.exchange.addresses import Wishes
from generator.exchange.addressing import Wanted, addresses_of
from generator.exchange.existing import Existing, Present
from generator.exchange.holding import reasons_to_hold
from generator.exchange.imported import ImportedDraft
from generator.exchange.importing import open_fields, record_of
from generator.exchange.printed_prose import prose_key
from generator.exchange.record_difference import Difference, format_difference, record_differences
from generator.exchange.replacing import replace_text
from generator.exchange.updating import updated
from generator.load.cells import UNREADABLE
from generator.model.catalog import Registry
from generator.model.forms import FormLibrary
from generator.model.records import Cell, Prose, Record
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

    def run(self, claims: Sequence[Claim], progress: Callable[[int], None]) -> list[Placed]:
        target = self._target
        addresses = addresses_of(
            [claim.draft for claim in claims], target.wishes, target.registry, target.registry_path, self._existing,
            lambda identifier, text: record_of(text, identifier, self._shown(identifier), target.forms),
        )  # fmt: skip
        at: defaultdict[str, list[int]] = defaultdict(list)
        for number, address in enumerate(addresses):
            if isinstance(address, Wanted):
                at[address.identifier].append(number)
        placed: list[Placed] = []
        for number, (claim, address) in enumerate(zip(claims, addresses, strict=True)):
            if isinstance(address, str):
                placed.append(Placed(Outcome.UNPLACED, why=address, unconfirmed=claim.draft.unconfirmed_paths))
                continue
            others = [other for other in at[address.identifier] if other != number]
            settled = self._among(number, others, claims, addresses) if others else None
            placed.append(settled or self._put(claim.draft, address))
            progress(number + 1)
        return placed

    def _among(
        self, number: int, others: Sequence[int], claims: Sequence[Claim], addresses: Sequence[Wanted | str]
    ) -> Placed | None:
        """Settle a draft that shares its address with others; None where it is the first of equal ones."""
        mine = addresses[number]
        if isinstance(mine, str):
            return None
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

    def _put(self, draft: ImportedDraft, wanted: Wanted) -> Placed:
        present = self._existing.at(wanted.identifier)
        if present is not None:
            return self._beside(draft, wanted, present)
        path = self._target.folder / f"{wanted.identifier}.yaml"
        shown = self._shown(wanted.identifier)
        if path.exists() or path.is_symlink():
            return Placed(Outcome.REFUSED, shown, "这里已有一个不能用作记录的文件或文件夹，没有覆盖；请先移走它")
        if not path.parent.resolve().is_relative_to(self._target.folder.resolve()):
            return Placed(Outcome.REFUSED, shown, "文件夹是指到别处的链接，没有写入；请把它换成普通文件夹")
        if not self._target.dry_run and not write_new_text(path, draft.text):
            return Placed(Outcome.REFUSED, shown, "刚刚有别的程序写了这个文件，没有覆盖；请再运行一次")
        return Placed(Outcome.NEW, shown, unconfirmed=draft.unconfirmed_paths)

    def _beside(self, draft: ImportedDraft, wanted: Wanted, present: Present) -> Placed:
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
        return self._updated(draft, wanted.record, present, differences)

    def _updated(
        self, draft: ImportedDraft, record: Record, present: Present, differences: Sequence[Difference]
    ) -> Placed:
        path, told = present.file.path, tuple(map(format_difference, differences))
        held = "；".join(reasons_to_hold(differences, record, draft))
        if held:
            why = f"没有改动，这一份的其他各处也没有；下面各处先与原件核对，再手工修改：{held}"
            return Placed(Outcome.DIFFERENT, path, why, told, draft.unconfirmed_paths)
        result = updated(present, differences, self._target.forms)
        if result.fault:
            return Placed(Outcome.DIFFERENT, path, f"没有改动：{result.fault}", told, draft.unconfirmed_paths)
        if not self._target.dry_run:
            replace_text(present.file, present.data, result.text)
        return Placed(Outcome.UPDATED, path, "", told, open_fields(result.text, self._target.forms))

    def _shown(self, identifier: str) -> str:
        return shown_path(self._target.folder / f"{identifier}.yaml", self._target)


def shown_path(path: Path, target: Target) -> str:
    """Return a record's file as printed in messages."""
    root = target.project_dir
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def form_differences(before: Record, after: Record) -> tuple[Difference, ...]:
    """Return in what two records print another form.

    Where each of them comes from is no part of the form, nor why a cell of it cannot be read, nor marks of Markdown, nor
    a row that prints nothing but its label.
    """
    return tuple(_of_the_form(record_differences(before, after), before, after))


def _of_the_form(differences: Sequence[Difference], before: Record, after: Record) -> Iterator[Difference]:
    label = term_of(Place.RECORD, "source").label
    own = {record.labels.get(f"{Place.RECORD}.source", label) for record in (before, after)}
    kept = (one for one in differences if one.path[0] not in own and not _is_about_reasons(one))
    return (one for one in kept if not one.is_blank and not _is_about_marks(one))


def _is_about_marks(difference: Difference) -> bool:
    """Tell whether the words of a text are the same, and only bold type or bullets differ: documents show neither alike."""
    before, after = difference.cell_before, difference.cell_after
    return isinstance(before, Prose) and isinstance(after, Prose) and prose_key(before.text) == prose_key(after.text)


def _is_about_reasons(difference: Difference) -> bool:
    """Tell whether neither record can read a field, and only the reasons differ."""
    if difference.path[-1] == UNREADABLE:
        return bool(difference.before and difference.after)
    cells = (difference.cell_before, difference.cell_after)
    return all(isinstance(cell, Cell) and cell.unreadable for cell in cells)


def _is_same(mine: Wanted, claim: Claim, other: Wanted | str, other_claim: Claim) -> bool:
    if isinstance(other, str):
        return False
    if mine.record is None or other.record is None:
        return claim.draft.text == other_claim.draft.text
    return not form_differences(mine.record, other.record)
