"""The indicator table: nested as the merged cells of the form, or a list of flat rows."""

from generator.load.cells import cells_of, read_cells, read_extra
from generator.load.reading import Entry, Reading, is_blank, is_empty, joined
from generator.load.record_faults import MISSING_FIELD, TOO_MANY_LEVELS, WRONG_SHAPE
from generator.load.tree import Mapping, Node, Row, Scalar, Sequence, unquoted
from generator.model.records import Anchors, Indicator
from generator.vocabulary import Place, term_for

MAX_LEVELS = 3
"""Levels above the name; with the name that makes the four that forms go down to."""

_NOT_CELLS = ("level1", "level2", "name", "level4", "parts", "extra")


def _is_row(node: Mapping | Row) -> bool:
    """Tell whether a mapping holds the columns of one row, so that only the dash of a list is missing."""
    return all(isinstance(value, Scalar) for _, value in node.entries) and any(
        not is_blank(value) and term_for(Place.INDICATOR, key.text) for key, value in node.entries
    )


class IndicatorRows:
    """The rows read so far; positions in it are what `Indicator.parent` points at."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.rows: list[Indicator] = []
        self._anchors = Anchors()

    def read(self, node: Node, field: str, *, horizon: str) -> None:
        """Add the rows of one indicator block."""
        if not is_blank(node):
            self._read_level(node, (), field, horizon)

    def _read_level(self, node: Node, path: tuple[str, ...], field: str, horizon: str) -> None:
        if is_blank(node) or (isinstance(node, Sequence | Mapping) and not node[0]):
            # Forms print levels that nobody filled in: a row of its own, blank but for the level.
            anchor = self._anchors.next(horizon, path, "")
            self.rows.append(Indicator(path, "", node.span, {}, horizon, anchor=anchor))
        elif isinstance(node, Sequence):
            for item in node.items:
                if isinstance(item, Row):
                    self._add_whole(item, path, horizon)
                    continue
                row = self.reading.mapping(item, field, expected="每一项写明“三级指标”和各栏内容")
                if row is not None:
                    self._add_row(row, path, field, horizon, None)
        elif isinstance(node, Scalar):
            self.reading.wrong_shape(node, field, "下一级指标，或指标的列表")
        elif _is_row(node):
            key = node.entries[0][0]
            self.reading.report(
                WRONG_SHAPE, key.span, f"“{field}”下的指标没有写成列表", found=key.text, expected=f"- {key.text}: …",
                hint=f"在“{key.text}”前加上“- ”（短横和空格），其下各栏与它对齐", field=field,
            )  # fmt: skip
        elif len(path) == MAX_LEVELS:
            self.reading.report(
                TOO_MANY_LEVELS, node.span, f"“{field}”的层次太多", found=f"{len(path) + 1} 层",
                expected=f"三级指标之上至多 {MAX_LEVELS} 层", hint="把最下面一层写成“- 三级指标: …”的列表", field=field,
            )  # fmt: skip
        else:
            for key, value in node.entries:
                self._read_level(value, (*path, key.text), joined(field, key.text), horizon)

    def _add_whole(self, row: Row, path: tuple[str, ...], horizon: str) -> None:
        self.reading.name_columns(row.shape)
        name = unquoted(row.texts[row.shape.name]).strip()
        anchor = self._anchors.next(horizon, path, name)
        self.rows.append(Indicator(path, name, row.span, cells_of(row), horizon, None, {}, anchor))

    def _add_row(self, node: Mapping, path: tuple[str, ...], field: str, horizon: str, parent: int | None) -> None:
        fields = self.reading.fields(node, Place.INDICATOR, field)
        known = fields.known
        # Where a row has a level 4, that is its name, and its level 3 is one more level above it.
        *above, name = [word for word in (self._word(known.get(key), field) for key in ("name", "level4")) if word] or [
            ""
        ]
        here = joined(field, name or f"第 {len(self.rows) + 1} 行")
        self.reading.report_unknown(fields.unknown, Place.INDICATOR, here)
        outer = [self._word(known.get(identifier), here) for identifier in ("level1", "level2")]
        levels = tuple(level for level in (*outer, *above) if level)
        cells = read_cells((entry for key, entry in known.items() if key not in _NOT_CELLS), self.reading, here)
        if not name and (not cells or is_empty(node)):
            self.reading.report(
                MISSING_FIELD, node.span, f"“{field}”中有一行没有填写", expected="“三级指标: …”",
                hint="填写这一行；原表没有这一项指标，就把这一行删去", field=joined(here, "三级指标"),
            )  # fmt: skip
            # Whoever fills the file in goes on with this row, although nothing of the file can be published.
            anchor = self._anchors.next(horizon, (*path, *levels), "")
            self.rows.append(Indicator((*path, *levels), "", node.span, cells, horizon, parent, {}, anchor))
            return
        position = len(self.rows)
        extra = read_extra(known["extra"].node, self.reading, joined(here, "其他栏目")) if "extra" in known else {}
        anchor = self._anchors.next(horizon, (*path, *levels), name)
        self.rows.append(Indicator((*path, *levels), name, node.span, cells, horizon, parent, extra, anchor))
        parts = known.get("parts")
        if parts is None:
            return
        if not isinstance(parts.node, Sequence):
            self.reading.wrong_shape(parts.node, joined(here, "其中"), "下级指标的列表")
            return
        for item in parts.node.items:
            row = self.reading.mapping(item, joined(here, "其中"))
            if row is not None:
                self._add_row(row, (*path, *levels), joined(here, "其中"), horizon, position)

    def _word(self, entry: Entry | None, field: str) -> str:
        if entry is None:
            return ""
        if isinstance(entry.node, Scalar):
            return "" if is_blank(entry.node) else entry.node.text.strip()
        self.reading.wrong_shape(entry.node, joined(field, entry.key.text), "一个值")
        return ""
