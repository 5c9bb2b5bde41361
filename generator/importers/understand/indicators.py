"""The indicator table: columns in any order below their titles, levels as merged, blank or repeated cells."""

import re
from collections.abc import Container, Sequence

from generator.importers.draft import Certainty
from generator.importers.understand.collect import Collected, Row, Value, doubt, named
from generator.importers.understand.indicator_titles import LEVELS, Column, Header
from generator.importers.understand.sheet import Box, Key, Line
from generator.importers.understand.words import is_filler
from generator.text import folded
from generator.vocabulary import Kind, Place, term_of

_LEVEL_ROW = re.compile(
    r"(?:\(?[一二三四五六七八九十\d]+[)、.])?(?:项目|部门|预算|实施)?"
    r"(?:决策|过程|管理|产出|效益|效果|满意度|投入|绩效|成本)(?:指标|目标)?(?:\([^()]*\))?"
)


class Levels:
    """The level cells that hold for the row being read."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.above: Box | None = None
        """The outermost level, where it stands in a row of its own over the whole width."""

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
        path = tuple(text for text in texts if text)
        if self.above is None:
            return path, own
        own = {depth + 1: value for depth, value in own.items()}
        if self.above.key not in form.used:
            own[0] = form.value(self.above, Certainty.LIKELY, "单独成行的名称，是其下各行的一级指标", "一级指标")
        return (self.above.text, *path), own

    def begin(self, header: Header, box: Box) -> bool:
        """Take a row of its own as the outermost level of the rows below it, where no column holds that."""
        has_column = any(column.identifier == "level1" for column in (*header.levels, header.name))
        if has_column or _LEVEL_ROW.fullmatch(folded(box.text)) is None:
            return False
        self.above, self.texts = box, []
        return True


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
        if sum(1 for box in line.new if box.over(column.left, column.right)) > 1
    }
    _fill(form, row, cells, crowded, before | ({name.key} if name is not None else set()))
    if name is not None and name.starts and not name.text:
        doubt(row.cells, "这一行没有印指标名称")
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
    value = form.value(box, column.certainty, _why(column), column.title)
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


def _why(column: Column) -> str:
    if column.certainty is Certainty.INFERRED:
        return f"标题是“{column.title}”的栏不止一个，不知道各是哪一栏"
    return (
        f"栏目名称“{column.title}”按去掉括号后的词理解" if column.identifier else "词汇表没有这一栏，照印出的名称保留"
    )


def _is_column(identifier: str) -> bool:
    try:
        kind = term_of(Place.INDICATOR, identifier).kind
    except KeyError:
        return False
    return kind is not Kind.BLOCK and identifier not in LEVELS


def _attach(form: Collected, row: Row) -> None:
    """Make a row that begins with 其中 and has no points a part of the row above."""
    points = row.cells.get("points")
    above = next((n for n in range(len(form.rows) - 1, -1, -1) if form.rows[n].horizon == row.horizon), -1)
    if folded(row.name.text).startswith("其中") and above >= 0 and not (points and points.text):
        row.parent = form.rows[above].parent if form.rows[above].parent is not None else above
