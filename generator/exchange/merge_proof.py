"""Prove that a merged text says what both sides changed, and nothing else."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import NamedTuple

import yaml

from generator.exchange.existing import read_again
from generator.exchange.line_merging import merged_lines
from generator.exchange.moved_parts import doubtful, guesses, key_of
from generator.exchange.outline import Block, UnusualError, outline_of
from generator.exchange.part_matching import matched
from generator.exchange.record_difference import ORDER, Change, Difference, record_differences
from generator.exchange.section_outline import halves_of, sections_of
from generator.finding import Finding, Severity
from generator.load.discover import SourceFile
from generator.load.text_file import conflict_findings
from generator.model.forms import FormLibrary
from generator.model.places import without_places
from generator.model.records import Record
from generator.vocabulary import Place, term_for

_BESIDE_PRINT = ("waivers", "replies", "corrections", "rule_pack", "project_key", "labels")
"""What a record has that its form does not print."""

_Path = tuple[Hashable, ...]
_Words = tuple[str, ...]
_Guesses = Mapping[int, frozenset[Hashable]]
"""What a part of the base, by its id, may be called in other texts."""


class Proof:
    """Three versions of a record, and what a text made from them has to say."""

    def __init__(self, texts: Sequence[str], file: SourceFile, forms: FormLibrary) -> None:
        """Read the base, ours and theirs."""
        self._file, self._forms = file, forms
        read = [(None, ()) if conflict_findings(text, file.path) else read_again(text, file, forms) for text in texts]
        self._records = [record for record, _ in read if record is not None]
        self.records = tuple(self._records)
        """Those that can be read."""
        self.is_readable = len(self._records) == len(texts)
        """Whether all three are records; where they are not, nothing can be proved."""
        self._faults = {fault for _, findings in read for fault in _faults(findings)}
        self._blocks = [_blocks(text, is_markdown=file.is_markdown) for text in texts]
        triples = list(zip(*self._blocks, strict=True)) if all(self._blocks) and len(texts) == 3 else []  # noqa: PLR2004
        self._is_doubtful = any(doubtful(*blocks) for blocks in triples)
        self._guesses = {part: keys for blocks in triples for part, keys in guesses(*blocks).items()}

    def holds(self, text: str, chosen: Sequence[_Words] = ()) -> bool:
        """Tell whether a text says what it has to.

        `chosen` names the parts of which both sides have another version and the text either.
        """
        record, findings = read_again(text, self._file, self._forms)
        if record is None or not set(_faults(findings)) <= self._faults:
            return False
        if not chosen and (self._is_doubtful or not self._prints_all(record)):
            return False
        base, ours, other = self._blocks
        if base is None or ours is None or other is None:
            return not chosen and not self._may_be_double() and self._has_all_beside_print(record)
        made = _blocks(text, is_markdown=self._file.is_markdown)
        if made is None:
            return False
        old, one, two, new = (_values_of(base, side, self._guesses) for side in (base, ours, other, made))
        return all(_is_right(path, (old, one, two, new), chosen) for path in {**old, **one, **two, **new})

    def _prints_all(self, record: Record) -> bool:
        base, ours, theirs = self._records
        one, other, made = (record_differences(base, side) for side in (ours, theirs, record))
        both = {found.path for found in one} & {found.path for found in other}
        wanted, found = ({_said(each) for each in some if _is_apart(each, both)} for some in ((*one, *other), made))
        return wanted == found

    def _may_be_double(self) -> bool:
        """Tell whether both sides took a row out and one of them added another: it may be the same one."""
        base, *sides = self._records
        gone, new = (
            [{found.path for found in record_differences(base, side) if found.change is change} for side in sides]
            for change in (Change.REMOVED, Change.ADDED)
        )
        return bool(gone[0] & gone[1] and new[0] ^ new[1])

    def _has_all_beside_print(self, record: Record) -> bool:
        for name in _BESIDE_PRINT:
            base, ours, theirs, made = (without_places(getattr(one, name)) for one in (*self._records, record))
            if made != (theirs if ours == base else ours) or (theirs not in (base, ours) and ours != base):
                return False
        return True


def _faults(findings: Sequence[Finding]) -> Iterator[str]:
    return (finding.code for finding in findings if finding.severity is Severity.ERROR)


def _said(difference: Difference) -> tuple[object, ...]:
    return difference.path, difference.change, difference.before, difference.after


def _is_apart(difference: Difference, both: set[tuple[str, ...]]) -> bool:
    """Tell whether a difference is the same whatever else changed.

    A text that both sides changed is neither's; the order of rows and the rows of a table depend on all of them.
    """
    term = term_for(Place.RECORD, difference.path[0])
    is_table = term is not None and term.identifier == "tables"
    return not is_table and difference.path[-1] != ORDER and difference.path not in both


_OPEN = object()
"""What nothing is equal to: nobody can say what a value has to be."""


class _Value(NamedTuple):
    words: _Words
    """Of the parts it stands in."""
    value: Hashable


def _blocks(text: str, *, is_markdown: bool) -> tuple[Block, ...] | None:
    """Return the parts of a text; None where it is written in a way that has none."""
    try:
        if not is_markdown:
            return (outline_of(text).root,)
        halves = halves_of(text)
        return outline_of(halves.yaml).root, sections_of(halves.body).root
    except (UnusualError, yaml.YAMLError):
        return None


def _values_of(base: Sequence[Block], side: Sequence[Block], others: _Guesses) -> Mapping[_Path, _Value]:
    """Return every value of a text by the parts of the base it stands in."""
    found: dict[_Path, _Value] = {}
    for number, (old, block) in enumerate(zip(base, side, strict=True)):
        found |= _values(old, block, ((number,), ()), others)
    return found


def _values(
    base: Block | None, block: Block, at: tuple[_Path, _Words], others: _Guesses
) -> Iterator[tuple[_Path, _Value]]:
    path, words = at
    numbers = {id(part): number for number, part in enumerate(base.parts)} if base else {}
    seen: dict[Hashable, int] = {}
    pairs = matched(base, block) if base else [(None, part) for part in block.parts]
    left = [before for before, after in pairs if before is not None and after is None]
    for former, after in pairs:
        if after is None:
            continue
        before = former or next((one for one in left if key_of(after) in others.get(id(one), ())), None)
        left = [one for one in left if one is not before]
        if before is not None:
            name: Hashable = numbers[id(before)]
        else:
            new = (after.identity, after.meaning if after.identity is None else None)
            seen[new] = seen.get(new, 0) + 1
            name = (new, seen[new])
        here, named = (*path, name), (*words, (before or after).word)
        if not after.dash:
            yield (*here, "key"), _Value(named, after.word)
        if after.below is not None:
            yield from _values(before.below if before else None, after.below, (here, named), others)
        else:
            is_text = after.leaf is not None and "\n" in after.leaf.text.rstrip("\n")
            yield here, _Value(named, after.leaf.text.rstrip("\n") if after.leaf and is_text else after.meaning)


def _is_right(path: _Path, sides: Sequence[Mapping[_Path, _Value]], chosen: Sequence[_Words]) -> bool:
    values = [side[path].value if path in side else None for side in sides]
    words = next(side[path].words for side in sides if path in side)
    return any(words[: len(part)] == part for part in chosen) or values[3] == _expected(*values[:3])


def _expected(base: Hashable, ours: Hashable, theirs: Hashable) -> Hashable:
    """Return what a value has to be; a text that both changed is joined line by line."""
    if ours == base:
        return theirs
    if theirs in (base, ours):
        return ours
    if isinstance(base, str) and isinstance(ours, str) and isinstance(theirs, str):
        hunks = merged_lines(base.split("\n"), ours.split("\n"), theirs.split("\n"))
        if all(hunk.is_clear for hunk in hunks):
            return "\n".join(line for hunk in hunks for line in hunk.ours)
    return _OPEN
