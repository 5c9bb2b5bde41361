"""What became of the truth of a document: right, marked, left over, lost, or wrong without a mark."""

import re
import tempfile
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from generator.importers.draft import Certainty, Draft
from generator.importers.read import read
from generator.importers.understand import understand
from tests.importers.foreign_forms.page import Page, row_name
from tests.importers.laid_out import FORMS, loaded

_UNCHECKED = re.compile(r"i-[0-9a-f]+(?:-\d+)?\.level\d|funding-.*\.(?:label|group)")
"""Fields whose truth is in the addresses of others."""


@dataclass
class Score:
    """How many fields there are of each fate, and which they are."""

    truth: int = 0
    right: int = 0
    marked: list[str] = field(default_factory=list)
    """Right, but to be confirmed."""
    over: list[str] = field(default_factory=list)
    """Not in its field, but marked there or shown as left over."""
    lost: list[str] = field(default_factory=list)
    """Nowhere."""
    wrong: list[str] = field(default_factory=list)
    """Wrong without a mark."""
    doubtful: list[str] = field(default_factory=list)
    """Values of the drafts that a person must confirm."""

    @property
    def share(self) -> float:
        return (self.right + len(self.marked)) / self.truth if self.truth else 0.0

    def __iadd__(self, other: "Score") -> Self:
        self.truth, self.right = self.truth + other.truth, self.right + other.right
        for mine, its in (
            (self.doubtful, other.doubtful),
            (self.marked, other.marked),
            (self.over, other.over),
            (self.lost, other.lost),
            (self.wrong, other.wrong),
        ):
            mine.extend(its)
        return self


def score(data: bytes, name: str, sheets: Sequence[Sequence[Page]]) -> Score:
    """Import a file and compare it with the truth of its pages."""
    drafts = understand(read(data, name), FORMS)
    pages = [page for pages in sheets for page in pages if "title" in page.facts]
    if len(drafts) != len(pages):
        total = sum(len(page.facts) for page in pages)
        return Score(total, wrong=[f"{len(drafts)} forms in place of {len(pages)}: {[one.title for one in drafts]}"])
    result = Score()
    rest = _texts(drafts)
    for draft, page in zip(drafts, pages, strict=True):
        result += _compare(draft, page, rest)
    return result


def _texts(drafts: Sequence[Draft]) -> str:
    return "\n".join(
        _plain(text)
        for one in drafts
        for text in (
            *(v.text for v in one.filled),
            *(v.printed for v in one.filled),
            *(left.text for left in one.leftover),
        )
    )


def _compare(draft: Draft, page: Page, rest: str) -> Score:
    result = Score(
        len(page.facts) + len(page.loose),
        doubtful=[f"{one.path}: {one.text} ({one.why})" for one in draft.of(Certainty.INFERRED)],
    )
    found = dict(_found(draft))
    left = Counter(_plain(one.text) for one in draft.leftover)
    for name, text in page.facts.items():
        present = found.get(name)
        if present is not None and _plain(present[0]) == _plain(text):
            if present[1] is Certainty.INFERRED:
                result.marked.append(f"{name} = {text} ({present[2]})")
            else:
                result.right += 1
        elif present is not None:
            (result.over if present[1] is Certainty.INFERRED else result.wrong).append(
                f"{name}: {text} is {present[0]}"
            )
        elif left[_plain(text)] or _is_told(name, draft, found) or _plain(text) in rest:
            result.over.append(f"{name}: {text}")
        else:
            result.lost.append(f"{name}: {text}")
    for text in page.loose:
        if _plain(text) in rest:
            result.right += 1
        else:
            result.lost.append(f"loose: {text}")
    said = {_plain(text) for text in (*page.loose, *page.facts.values())}
    for name, (text, certainty, _) in found.items():
        # A cell kept under its printed label is in no wrong field.
        is_kept = (name.startswith("table.") or not re.split("[/.]", name)[-1].isascii()) and (
            _plain(text) in said or name.startswith("table.")
        )
        if name not in page.facts and certainty is not Certainty.INFERRED and not is_kept:
            result.wrong.append(f"{name} is {text}, which the form does not say")
    return result


def _is_told(name: str, draft: Draft, found: Collection[str]) -> bool:
    """Tell whether a person learns that a value is missing: the unit goes with the name of a block that is left over."""
    if name == "fiscal_year":
        return bool(draft.remarks)
    return name == "funding.unit" and not any(known.startswith("money/") for known in found)


def _found(draft: Draft) -> Iterator[tuple[str, tuple[str, Certainty, str]]]:
    names = _addresses(draft)
    seen: Counter[str] = Counter()
    for value in draft.filled:
        if _UNCHECKED.fullmatch(value.field):
            continue
        anchor = next(
            (known for known in sorted(names, key=len, reverse=True) if value.field.startswith(f"{known}.")), ""
        )
        name = f"{names[anchor]}/{value.field[len(anchor) + 1 :]}" if anchor else value.field
        seen[name] += 1
        yield (name if seen[name] == 1 else f"{name}#{seen[name]}"), (value.text, value.certainty, value.why)


def _addresses(draft: Draft) -> dict[str, str]:
    """Return what the truth calls the rows of a draft."""
    with tempfile.TemporaryDirectory() as folder:
        result = loaded(draft, Path(folder), f"{draft.fiscal_year}/shi/biao")
    assert result.record is not None, [(one.message, one.origin.line) for one in result.findings]
    names = {row.anchor: f"ind/{row.horizon}/{'›'.join((*row.path, row.name))}" for row in result.record.indicators}
    for value in draft.filled:
        if value.field.startswith("funding-") and value.field.endswith(".label"):
            path = [row_name(part) for part in value.path.split(" › ")[1:]]
            names[value.field.removesuffix(".label")] = "/".join(["money", *(part for part in path if part)])
    return names


def _plain(text: str) -> str:
    return re.sub(r"[\s\\]", "", text)
