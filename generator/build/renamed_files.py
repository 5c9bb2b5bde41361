"""Files that were given another name without telling git: which of the new ones is which of those that are gone."""

from collections import Counter
from collections.abc import Iterator, Sequence

_ALIKE = 0.75
"""How many of their lines two files must have in common; two forms of one kind easily share half."""
_MOST_PAIRS = 10_000
"""Beyond so many possible pairs only files of equal content are taken for one."""


def renamed_files(gone: Sequence[bytes], new: Sequence[bytes]) -> dict[int, int]:
    """Return for files that are gone, by their places, which of the new ones they are."""
    old_texts, new_texts = ([data.replace(b"\r\n", b"\n") for data in files] for files in (gone, new))
    found: dict[int, int] = {}
    places: dict[bytes, list[int]] = {}
    for place, text in enumerate(new_texts):
        places.setdefault(text, []).append(place)
    for place, text in enumerate(old_texts):
        if places.get(text):
            found[place] = places[text].pop(0)
    for old, other in _alike(old_texts, new_texts, found):
        if old not in found and other not in found.values():
            found[old] = other
    return found


def _alike(gone: Sequence[bytes], new: Sequence[bytes], found: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the files left over that are much alike, the most alike first."""
    taken = set(found.values())
    left = [place for place in range(len(gone)) if place not in found]
    others = [place for place in range(len(new)) if place not in taken]
    if len(left) * len(others) > _MOST_PAIRS:
        return
    old_lines, new_lines = (
        {place: _lines(files[place]) for place in of} for files, of in ((gone, left), (new, others))
    )
    likeness = [(_share(old_lines[old], new_lines[other]), old, other) for old in left for other in others]
    for share, old, other in sorted(likeness, key=lambda one: (-one[0], one[1], one[2])):
        if share >= _ALIKE:
            yield old, other


def _lines(text: bytes) -> Counter[bytes]:
    return Counter(line.strip() for line in text.split(b"\n") if line.strip())


def _share(one: Counter[bytes], other: Counter[bytes]) -> float:
    return 2 * (one & other).total() / max(one.total() + other.total(), 1)
