"""The titles of an indicator table: which column holds what, in one row of titles or two, once or side by side."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from generator.importers.draft import Certainty
from generator.importers.understand.sheet import Box, Line
from generator.importers.understand.words import Word, word_for
from generator.money import BLANK_MARKS, is_figure
from generator.vocabulary import Place

LEVELS = ("level1", "level2", "name", "level4")


_SURE = frozenset(
    (
        "level1",
        "level2",
        "level4",
        "target",
        "actual",
        "initial_target",
        "adjusted_target",
        "nature",
        "deviation_reason",
        "actual_to_date",
    )
)


_FEWEST = 2


class Column(NamedTuple):
    """One column of the table."""

    left: int
    right: int
    title: str
    identifier: str
    """Empty where the vocabulary does not know the title; weight.n for points printed beside a level."""
    certainty: Certainty


class Header(NamedTuple):
    """The titles of an indicator table."""

    columns: tuple[Column, ...]
    levels: tuple[Column, ...]
    """From the outermost to the last one before the name."""
    name: Column
    height: int
    """Rows that the titles take."""
    texts: tuple[str, ...]
    twin: "Header | None" = None
    """A second table to the right of this one, below the same outermost level."""

    @property
    def left(self) -> int:
        """First column."""
        return min(self.name.left, *(column.left for column in (*self.levels, *self.columns)))


def indicator_header(lines: Sequence[Line], position: int, sides: Sequence[Box]) -> tuple[Header, list[Box]] | None:
    """Return the columns where the titles of an indicator table begin at a row, with the cells that print them."""
    top = [box for box in lines[position].new if box.text and box not in sides]
    words = {box.key: word_for(Place.INDICATOR, box.text) for box in top}
    known = {word.identifier for word in words.values() if word}
    has_name = bool(known & {"level1", "level2", "name", "level4"})
    if not has_name or (not known & _SURE and "points" not in known and "score" not in known):
        return None
    if len(known) < _FEWEST or len(known) * 2 < len(top) or any(is_figure(box.text) for box in top):
        return None
    height = max(box.cell.rows for box in top)
    if len({box.cell.rows for box in top}) == 1:
        height = 1
    if height == 1 and position + 1 < len(lines) and _is_second_row(lines[position + 1], top, sides):
        height = 2
    leaves, taken = _leaves(lines[position : position + height], top)
    if any(is_figure(box.text) for box, _ in leaves):
        # Titles merged over rows of figures: the row below is the first one of the table already.
        leaves, taken, height = [(box, "") for box in top], top, 1
    if not any((word := word_for(Place.INDICATOR, box.text)) and word.identifier in LEVELS for box, _ in leaves):
        return None
    return _header(leaves, height), taken


def _is_second_row(line: Line, top: Sequence[Box], sides: Sequence[Box]) -> bool:
    """Tell whether a row goes on with the titles though none of them is merged down to it: it holds nothing else."""
    texts = [box for box in line.texts if box not in sides]
    named = [box for box in top if (word := word_for(Place.INDICATOR, box.text)) and word.identifier in LEVELS]
    return (
        1 < len(texts) < len(top)
        and any(word_for(Place.INDICATOR, box.text) for box in texts)
        and not any(is_figure(box.text) or box.text in BLANK_MARKS for box in texts)
        and not any(box.over(title.left, title.right) for box in line.boxes if box.text for title in named)
    )


def _leaves(lines: Sequence[Line], top: list[Box]) -> tuple[list[tuple[Box, str]], list[Box]]:
    """Return the lowest title of each column with the title above it."""
    taken = list(top)
    leaves: list[tuple[Box, str]] = []
    for box in top:
        below = [
            inner
            for line in lines[box.cell.rows :]
            for inner in line.new
            if inner.text and box.left <= inner.left and inner.right <= box.right
        ]
        if below and box.cell.rows < len(lines):
            leaves += [(inner, box.text) for inner in below]
            taken += below
        else:
            leaves.append((box, ""))
    # Below a title that has lost its merge only the first one stands; those beside it have nothing above them.
    free = [inner for line in lines[1:] for inner in line.new if inner.text and inner not in taken]
    leaves += [(inner, "") for inner in free if not any(inner.over(box.left, box.right) for box in top)]
    taken += [inner for inner, _ in leaves if inner not in taken]
    return sorted(leaves, key=lambda leaf: leaf[0].left), taken


def _header(leaves: Sequence[tuple[Box, str]], height: int) -> Header:
    columns: list[Column] = []
    for box, above in leaves:
        word = word_for(Place.INDICATOR, box.text) or (
            word_for(Place.INDICATOR, f"{above}{box.text}") if above else None
        )
        weight = word_for(Place.RECORD, box.text)
        if word is None and weight is not None and weight.identifier == "level1_weights":
            word = Word("weight.1", weight.certainty)
        columns.append(
            Column(
                box.left,
                box.right,
                box.text,
                word.identifier if word else "",
                word.certainty if word else Certainty.LIKELY,
            )
        )
    halves = _halves(columns)
    if halves:
        texts = tuple(box.text for box, _ in leaves)
        left, right = (_one_header(half, height, texts) for half in halves)
        return left._replace(twin=right)
    return _one_header(columns, height, tuple(box.text for box, _ in leaves))


def _halves(columns: Sequence[Column]) -> tuple[list[Column], list[Column]] | None:
    """Return the columns of two tables side by side: the same titles twice behind those that both share."""
    identifiers = [column.identifier for column in columns]
    for shared in range(len(columns) - 3):
        half, odd = divmod(len(columns) - shared, 2)
        first, second = identifiers[shared : shared + half], identifiers[shared + half :]
        if not odd and first == second and "name" in first and "target" in first and all(first):
            return [*columns[: shared + half]], [*columns[:shared], *columns[shared + half :]]
    return None


def _one_header(columns: Sequence[Column], height: int, texts: tuple[str, ...]) -> Header:
    levels, name = _name_and_levels(columns)
    rest = [column for column in columns if column not in levels and column != name]
    return Header(tuple(_unique(rest, levels, name)), tuple(levels), name, height, texts)


def _name_and_levels(columns: Sequence[Column]) -> tuple[list[Column], Column]:
    by_level = {level: [column for column in columns if column.identifier == level] for level in LEVELS}
    names = [*by_level["level1"][:1], *by_level["level2"][:1], *by_level["name"], *by_level["level4"][:1]]
    names.sort(key=lambda column: LEVELS.index(column.identifier))
    return names[:-1], names[-1]


def _unique(columns: Sequence[Column], levels: Sequence[Column], name: Column) -> list[Column]:
    """Tell columns of one meaning apart: points beside a level are its weight, of others the first one counts."""
    points = [column for column in columns if column.identifier == "points"]
    titles = Counter(column.title for column in columns if column.identifier not in ("", *LEVELS))
    seen: set[str] = set()
    unique = []
    for column in columns:
        identifier = column.identifier
        beside = next((n for n, level in enumerate(levels, 1) if level.right == column.left), 0)
        if identifier == "points" and beside and len(points) > 1 and points[-1] != column:
            identifier = f"weight.{beside}"
        elif identifier == "weight.1":
            identifier = f"weight.{beside or 1}"
        elif identifier in seen or (identifier in LEVELS and column != name):
            identifier = ""
        seen.add(identifier)
        # Of two columns with one title, either may be the one it means.
        is_twice = titles[column.title] > 1 and not identifier.startswith("weight.")
        certainty = Certainty.INFERRED if is_twice else column.certainty
        unique.append(column._replace(identifier=identifier, certainty=certainty))
    return unique
