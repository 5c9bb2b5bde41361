"""Rows of the money and of the indicators: their figures, and the words that say what these are of."""

from collections.abc import Mapping

from generator.model.figure_groups import (
    EXTRA,
    FUNDING,
    LISTED,
    STEP,
    Group,
    Value,
    joined,
    parted,
    row_title,
    value_of,
)
from generator.model.printed import FIGURES, Content, escaped, without_blanks
from generator.text import folded
from generator.vocabulary import Place, term_for

HORIZON, LEVELS, PARENT = "horizon", "levels", "parent"
"""Words of a row that no column holds."""
PRINTED = "printed_cells"
WHY = "unreadable"
"""Why the columns of a row's figures cannot be told."""

_TITLES = {HORIZON: "所在的表", LEVELS: "所在层次", "group": "所在分组", PARENT: "所属的行"}
_WORDS = {
    Place.FUNDING_ROW: ("group", "label", PARENT),
    Place.INDICATOR: (HORIZON, LEVELS, "name", PARENT),
}
"""The rows of each block are known by these."""


class Line(Group):
    """A row of the money or of the indicators."""

    def __init__(self, block: str, labels: Mapping[str, str], heads: Mapping[str, str]) -> None:
        super().__init__((), Place.FUNDING_ROW if block == FUNDING else Place.INDICATOR, labels)
        self.block = block
        self.heads = heads
        """What its block is called, by horizon; that of the money has but the annual one."""
        self.horizon = "annual"
        self.levels: tuple[str, ...] = ()
        self.group = ""
        self.name = ""
        """Or the label of money."""
        self.parent: Line | None = None
        self.is_lone = False
        """Whether it has a single amount that is written without a column of its own."""
        self.printed: tuple[Value, ...] = ()
        self.source: object = None
        """The row of the record that it was made of; None for one that a correction put back."""

    @property
    def words(self) -> tuple[str, ...]:
        """The keys of the words that say what its figures are of."""
        return _WORDS[self.place or Place.INDICATOR]

    def call(self, number: int) -> None:
        """Let its way be what it is called as the row of this number, from 1."""
        levels = tuple(word for word in (self.group, *self.levels) if word)
        self.way = (self.heads[self.horizon], *levels, self.name or row_title(number))

    def title_of(self, key: str) -> str:
        """Return what a cell, or a word, is called."""
        return _TITLES[key] if key in _TITLES and key in self.words else super().title_of(key)

    def key_of(self, word: str) -> str | None:
        """Return the key of the cell, or the word of the row, that a title names."""
        found = super().key_of(word)
        if found in self.cells:
            return found
        term = term_for(self.place, word) if self.place else None
        for key in self.words:
            if folded(self.title_of(key)) == folded(word) or (term is not None and term.identifier == key):
                return key
        return found

    def get(self, key: str) -> str:
        """Return what a cell prints, or a word of it."""
        if key == PRINTED:
            return joined((value.shown for value in self.printed), LISTED)
        return self._word(key) if key in self.words else super().get(key)

    def _word(self, key: str) -> str:
        if key == HORIZON:
            return self.heads[self.horizon]
        if key == LEVELS:
            return STEP.join(self.levels)
        if key == PARENT:
            return STEP.join(self.parent.way[1:]) if self.parent is not None else ""
        return self.group if key == "group" else self.name

    def set(self, key: str, shown: str) -> None:
        """Have a cell print something else, or a word of it; which row it is a part of only a sheet can tell."""
        if key == PRINTED:
            self.printed = tuple(map(value_of, parted(shown, LISTED))) if shown else ()
        elif key == HORIZON:
            known = {folded(head): horizon for horizon, head in self.heads.items()}
            self.horizon = known.get(folded(shown), self.horizon)
        elif key == LEVELS:
            self.levels = tuple(filter(None, map(str.strip, shown.split("›"))))
        elif key == "group":
            self.group = shown
        elif key in self.words:
            self.name = shown
        else:
            super().set(key, shown)

    def all(self) -> Mapping[str, str]:
        """Return what all cells print, by title."""
        listed = {self.title_of(PRINTED): self.get(PRINTED)} if self.printed else {}
        return {**super().all(), **listed}

    def counted(self) -> frozenset[str]:
        """Return the keys of the cells that are figures, or that cannot be read."""
        figures = FIGURES[self.place or Place.INDICATOR]
        own = {
            key
            for key, value in self.cells.items()
            if key in figures or value.unreadable or key.startswith(EXTRA) or key == WHY
        }
        return frozenset(own | ({PRINTED} if self.printed else set()))

    def figures(self, numbers: Mapping[int, int]) -> Content:
        """Return its figures as `printed.figures_of` has them; `numbers` of the rows of its block by their id."""
        own = {key: value for key, value in self.cells.items() if not key.startswith(EXTRA) and key != WHY}
        extra = {key.removeprefix(EXTRA): value for key, value in self.cells.items() if key.startswith(EXTRA)}
        found: Content = {
            key: value.text for key, value in own.items() if key in FIGURES[self.place or Place.INDICATOR]
        }
        why = {escaped(key): value.unreadable for key, value in own.items()}
        why |= {f"{EXTRA}{escaped(key)}": value.unreadable for key, value in extra.items()}
        why |= {f"{PRINTED}/{number}": value.unreadable for number, value in enumerate(self.printed)}
        why["row"] = self.cells.get(WHY, Value("")).text
        if self.block == FUNDING:
            found |= {"label": self.name, "group": self.group}
        else:
            found |= {HORIZON: self.horizon, LEVELS: self.levels, "name": self.name}
        # A row that is not there any more is none that anything was published as a part of.
        found[PARENT] = numbers.get(id(self.parent), -1) if self.parent is not None else None
        found[PRINTED] = [value.text for value in self.printed]
        found["extra"] = without_blanks({key: value.text for key, value in extra.items()})
        found["unreadable"] = without_blanks({**why})
        return without_blanks(found)
