"""The indicator table: columns in any order below their titles, levels as merged, blank or repeated cells."""

from collections.abc import Container, Sequence
from typing import NamedTuple

from generator.importers.draft import Certainty
from generator.importers.understand.collect import Collected, Row, Value, named
from generator.importers.understand.sheet import Box, Key, Line
from generator.importers.understand.words import Word, is_filler, word_for
from generator.money import is_figure
from generator.text import folded
from generator.vocabulary import Kind, Place, term_of

_LEVELS = ("level1", "level2", "name", "level4")
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
    has_merges: bool = False

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
    leaves, taken = _leaves(lines[position : position + height], top)
    if any(is_figure(box.text) for box, _ in leaves):
        # Titles merged over rows of figures: the row below is the first one of the table already.
        leaves, taken, height = [(box, "") for box in top], top, 1
    if not any((word := word_for(Place.INDICATOR, box.text)) and word.identifier in _LEVELS for box, _ in leaves):
        return None
    return _header(leaves, height), taken


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
    return leaves, taken


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
    levels, name = _name_and_levels(columns)
    rest = [column for column in columns if column not in levels and column != name]
    return Header(tuple(_unique(rest, levels, name)), tuple(levels), name, height, tuple(box.text for box, _ in leaves))


def _name_and_levels(columns: Sequence[Column]) -> tuple[list[Column], Column]:
    by_level = {level: [column for column in columns if column.identifier == level] for level in _LEVELS}
    names = [*by_level["level1"][:1], *by_level["level2"][:1], *by_level["name"], *by_level["level4"][:1]]
    names.sort(key=lambda column: _LEVELS.index(column.identifier))
    return names[:-1], names[-1]


def _unique(columns: Sequence[Column], levels: Sequence[Column], name: Column) -> list[Column]:
    """Tell columns of one meaning apart: points beside a level are its weight, of others the first one counts."""
    points = [column for column in columns if column.identifier == "points"]
    seen: set[str] = set()
    unique = []
    for column in columns:
        identifier = column.identifier
        beside = next((n for n, level in enumerate(levels, 1) if level.right == column.left), 0)
        if identifier == "points" and beside and len(points) > 1 and points[-1] != column:
            identifier = f"weight.{beside}"
        elif identifier == "weight.1":
            identifier = f"weight.{beside or 1}"
        elif identifier in seen or (identifier in _LEVELS and column != name):
            identifier = ""
        seen.add(identifier)
        unique.append(column._replace(identifier=identifier))
    return unique


class Levels:
    """The level cells that hold for the row being read."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.keys: list[object] = []

    def read(
        self, form: Collected, header: Header, line: Line, *, fresh: bool
    ) -> tuple[tuple[str, ...], dict[int, Value]]:
        """Return the levels of a row and the cells of those that begin with it."""
        own: dict[int, Value] = {}
        texts: list[str] = []
        changed = False
        for depth, column in enumerate(header.levels):
            box = _at(line, column)
            before = self.texts[depth] if depth < len(self.texts) else ""
            if box is not None and box.over(header.name.left, header.name.right):
                texts.append("")
                changed = True
            elif box is not None and is_filler(box.text) and not box.text.isdigit():
                texts.append("")
                form.keep(box, "表里没有填写的空行，没有收录")
            elif box is not None and box.text and any(box.over(c.left, c.right) for c in header.levels[:depth]):
                texts.append("")
            elif box is None or not box.text:
                blank = changed or not before
                texts.append("" if blank else before)
                if not blank and fresh and box is not None:
                    form.remark("换页或换表之后一级、二级指标的格是空白，按接着上一页理解", box.cell.place)
            else:
                same = box.text == before and not changed
                changed = changed or not same
                texts.append(box.text)
                if box.starts:
                    own[depth] = form.value(box, column.certainty, title=column.title)
        self.texts = texts
        return tuple(text for text in texts if text), own


def _at(line: Line, column: Column) -> Box | None:
    """Return the cell below a title, the one with text where a wide title has several below it."""
    below = [box for box in line.boxes if box.over(column.left, column.right)]
    return next((box for box in below if box.text), below[0] if below else None)


def indicator_row(form: Collected, header: Header, line: Line, levels: Levels, horizon: str, *, fresh: bool) -> None:
    """Read one row of the table."""
    path, own = levels.read(form, header, line, fresh=fresh)
    before = {box.key for column in header.levels if (box := _at(line, column)) is not None and box.text}
    name = _at(line, header.name)
    cells = [(column, box) for column in header.columns if (box := _at(line, column)) is not None]
    printed = [box for column, box in cells if box.starts and box.text and not column.identifier.startswith("weight.")]
    named_here = name is not None and name.starts and bool(name.text)
    _weights(form, levels, cells)
    if not printed and not named_here:
        if own:
            form.rows.append(Row(path, Value(""), horizon, own))
        return
    words = [*((name,) if named_here and name is not None else ()), *printed]
    if all(is_filler(box.text) for box in words):
        form.keep_all(words, "表里没有填写的空行，没有收录")
        form.remark("有没有填写的空行（如“……”“指标2：”），没有收录", words[0].cell.place)
        if own:
            form.rows.append(Row(path, Value(""), horizon, own))
        return
    title = header.name.title
    value = (
        form.value(name, header.name.certainty, title=title)
        if named_here and name is not None
        else Value("", title=title)
    )
    row = Row(path, value, horizon, own)
    # A cell may stand below the name and another column at once; it is the name then.
    crowded = {
        column.left
        for column in header.columns
        if sum(1 for box in line.texts if box.over(column.left, column.right)) > 1
    }
    _fill(form, row, cells, crowded, before | ({name.key} if name is not None else set()))
    _attach(form, row)
    form.rows.append(row)


def _weights(form: Collected, levels: Levels, cells: Sequence[tuple[Column, Box]]) -> None:
    for column, box in cells:
        depth = int(column.identifier[7:]) if column.identifier.startswith("weight.") else 0
        if not depth or not box.starts or not box.text:
            continue
        label = levels.texts[depth - 1] if depth <= len(levels.texts) else ""
        if label and label not in form.weights:
            form.seen("level1_weights")
            form.weights[label] = form.value(box, column.certainty, title=column.title)
        elif not label or form.weights[label].text != box.text:
            form.keep(box, f"“{column.title}”的这个数字不知道属于哪一个指标")
        else:
            form.label(box)


def _fill(
    form: Collected,
    row: Row,
    cells: Sequence[tuple[Column, Box]],
    crowded: Container[int],
    taken: Container[Key],
) -> None:
    seen: set[object] = set()
    for column, box in cells:
        if box.key in taken or box.key in seen or column.identifier.startswith("weight."):
            continue
        seen.add(box.key)
        if not box.starts:
            continue
        over = [other for other, inner in cells if inner.key == box.key]
        if len(over) > 1 and box.text:
            form.keep(box, f"一格盖住了{'、'.join(other.title for other in over)}几栏，不知道属于哪一栏")
            continue
        _put(form, row, column, box, is_crowded=column.left in crowded)


def _put(form: Collected, row: Row, column: Column, box: Box, *, is_crowded: bool) -> None:
    value = form.value(
        box, column.certainty,
        f"栏目名称“{column.title}”按去掉括号后的词理解" if column.identifier else "词汇表没有这一栏，照印出的名称保留",
        column.title,
    )  # fmt: skip
    identifier = column.identifier
    own, why = named(box, Place.INDICATOR, identifier or column.title)
    if box.cell.rows > 1 and box.text:
        why_shared = f"这一格跨 {box.cell.rows} 行，属于这几个指标，写在第一个指标下"
        value = value.doubted(Certainty.INFERRED, why_shared)
    if is_crowded:
        value = value.doubted(Certainty.INFERRED, f"“{column.title}”一栏下面有几格，不知道哪一格是它")
    if own and _is_column(own):
        identifier, value = own, value.doubted(Certainty.INFERRED, why)
    if value.certainty is Certainty.CERTAIN:
        value = value._replace(why="")
    if identifier and identifier not in row.cells:
        row.cells[identifier] = value
    elif box.text:
        title = column.title if column.title not in row.extra else f"{column.title}（另一栏）"
        row.extra[title] = value


def _is_column(identifier: str) -> bool:
    try:
        kind = term_of(Place.INDICATOR, identifier).kind
    except KeyError:
        return False
    return kind is not Kind.BLOCK and identifier not in _LEVELS


def _attach(form: Collected, row: Row) -> None:
    """Make a row that begins with 其中 and has no points a part of the row above."""
    points = row.cells.get("points")
    if folded(row.name.text).startswith("其中") and form.rows and not (points and points.text):
        above = len(form.rows) - 1
        row.parent = form.rows[above].parent if form.rows[above].parent is not None else above
