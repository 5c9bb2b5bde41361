"""One form from its first row to its last: which block each row belongs to, and who reads it."""

from collections.abc import Sequence
from itertools import groupby

from generator.forms.grid import GridCell
from generator.importers.understand import indicator_titles, indicators, money, money_titles
from generator.importers.understand.collect import Collected, doubt, weaken
from generator.importers.understand.free_table import is_free_table, take_table
from generator.importers.understand.inline import take_inline
from generator.importers.understand.money_turned import turned_money
from generator.importers.understand.money_unit import take_money_unit, take_unit_cells, without_unit_cells
from generator.importers.understand.objective import Objective
from generator.importers.understand.pairs import are_pairs, is_label, objective_word, take_pairs
from generator.importers.understand.sheet import Box, Line
from generator.importers.understand.split import Form, Piece
from generator.importers.understand.supplement import SUPPLEMENT, take_path
from generator.importers.understand.texts import one_line
from generator.importers.understand.totals import is_subtotal, is_total, total_row
from generator.importers.understand.tree import HORIZONS as _HORIZONS
from generator.importers.understand.words import block_word, head_word, is_page_mark
from generator.text import folded

_MANY = 3
_PAIR = 2
_CARRIED = "栏目名称印在前一张表上，按同样的栏数接着读"


class Walk:
    """Reads the rows of one form; what block a row stands in follows from the rows above it."""

    def __init__(self, source: Form) -> None:
        self.form = Collected(title=source.title, period=source.period, collection=source.collection)
        self.form.remarks += source.remarks
        for box in source.labels:
            self.form.label(box)
        self.block = ""
        self.merged = False
        """Whether a merged cell on the left says how far the block goes."""
        self.money: money_titles.MoneyColumns | None = None
        self.halves: list[int] = []
        self.cuts = money.Cuts()
        self.group: Box | None = None
        """The row that names a group of money, alone in its row."""
        self.header: indicator_titles.Header | None = None
        self.levels = indicators.Levels()
        self.right_levels = indicators.Levels()
        self.objective = Objective()
        self.fresh = False
        self.is_base_data = "基础数据" in source.title.text
        """Whether the form is nothing but tables of its own."""
        self.texts = source.texts
        self.has_total = False
        """Whether the row of totals was read."""
        self.rows_above = 0
        """Rows of indicators that were read before the titles of this table."""
        self.carried = False
        """Whether the columns are those of the table before."""
        self.width = 0
        """Columns of the grid read last."""
        self.unknown: list[tuple[int, Line]] = []
        """Rows that nothing was understood of, with the number of their piece."""

    def piece(self, number: int, piece: Piece) -> None:
        """Read the rows of one grid."""
        self.fresh = self.objective.broken = True
        width = piece.grid.width
        if width != self.width:
            # Only a table of as many columns can go on with the columns of the one before.
            self.header = self.money = None
            self.block = ""
        self.width = width
        self.form.has_merges = any(cell.columns > 1 for cell in piece.grid.cells)
        self.carried = self.header is not None or self.money is not None
        if is_free_table(piece, self.texts):
            self.unknown += [(number, line) for line in piece.lines]
            return
        self._captions(piece.number)
        lines = piece.lines
        if not self.is_base_data:
            lines = tuple(without_unit_cells(line) for line in lines)
        skip = 0
        for position, line in enumerate(lines):
            if not self.is_base_data:
                take_unit_cells(self.form, piece.lines[position])
            if skip:
                skip -= 1
                continue
            texts = line.texts
            if not texts:
                continue
            if all(is_page_mark(box.text) for box in texts) and len(texts) == 1:
                self.form.keep(texts[0], "页码，不是表的内容")
                continue
            skip = self._row(number, lines, position)
        self.merged = False

    def _captions(self, number: int) -> None:
        """Take the lines above a table that name the block it holds."""
        for text in [text for text in self.texts if text.number == number]:
            line = one_line(text.text)
            block = block_word(line)
            if block:
                self.texts.remove(text)
                take_money_unit(
                    self.form, Box((-1, number, 0), line, GridCell(0, 0, text.text, place=text.place), starts=True)
                )
                self.block, self.merged = block, False
                self.form.blocks.setdefault(block, line)
                self.levels = indicators.Levels()

    def _row(self, number: int, lines: Sequence[Line], position: int) -> int:
        """Read one row; return how many rows below it were read with it."""
        line = lines[position]
        sides = self._sides(lines, position)
        boxes = [box for box in line.new if box not in sides]
        if not any(box.text for box in boxes):
            return 0
        header = indicator_titles.indicator_header(lines, position, sides)
        if header is not None:
            self._begin_indicators(*header)
            return header[0].height - 1
        if self.block == "funding" and self.money is None:
            taken = turned_money(self.form, lines[position:], sides)
            if taken:
                return taken - 1
        columns = None
        if self.block in ("", "funding") and not self.is_base_data:
            left = [box for box in line.boxes if box not in sides]
            side = sides[-1].text if sides and self.merged else ""
            below = lines[position + 1 : position + 1 + money_titles.LOOK_AHEAD]
            columns = money_titles.money_header(self.form, left, below, in_block=self.block == "funding", side=side)
        if columns is not None:
            divided = (
                money_titles.divided(self.form, columns, lines[position + 1]) if position + 1 < len(lines) else None
            )
            self.block, self.money, self.group, self.carried = "funding", divided or columns, None, False
            return 1 if divided else 0
        if take_path(self.form, line) or self._begins_supplement(boxes):
            self.header = self.money = None
            self.block = ""
            return 0
        if (self.is_base_data and len(line.boxes) > _PAIR) or (
            not self._in_block(line, boxes, sides) and not self._in_foot(boxes)
        ):
            self.unknown.append((number, line))
        return 0

    def _begins_supplement(self, boxes: Sequence[Box]) -> bool:
        """Take the line above what a layout of ours has no place for, where a sheet has it among its rows."""
        texts = [box for box in boxes if box.text]
        if len(texts) != 1 or folded(texts[0].text) != SUPPLEMENT:
            return False
        self.form.label(texts[0])
        return True

    def _begin_indicators(self, header: indicator_titles.Header, taken: Sequence[Box]) -> None:
        again = self.header is not None and [folded(text) for text in self.header.texts] == [
            folded(text) for text in header.texts
        ]
        if not again:
            self.levels, self.right_levels = indicators.Levels(), indicators.Levels()
        else:
            self.form.remark("指标栏的标题又印了一次，按同一张指标表接着读", taken[0].cell.place)
            self.fresh = True
        if self.block not in _HORIZONS:
            self.block = "indicators"
        self.header, self.carried, self.has_total = header, False, False
        self.rows_above = len(self.form.rows)
        self.form.titles = self.form.titles or [
            column.title for column in sorted({*header.columns, *header.levels, header.name})
        ]
        for box in taken:
            self.form.label(box, self.block)
        for column in (*header.levels, header.name, *header.columns):
            self.form.columns.setdefault(column.identifier or column.title, column.title)

    def _sides(self, lines: Sequence[Line], position: int) -> list[Box]:
        """Take the cells on the left that name the block a row stands in."""
        line = lines[position]
        sides: list[Box] = []
        in_block = False
        for box in line.boxes[:-1] if len(line.boxes) > 1 else line.boxes:
            block = block_word(box.text) if box.text else ""
            if not block and self._is_section(box, line):
                self.form.label(box)
                sides.append(box)
                continue
            if not block or not self._is_side(block, box, line, lines, position):
                break
            if box.starts:
                self._enter(block, box)
            sides.append(box)
            in_block = True
            if block == "objective":
                # What stands beside it names a part of it, however much it sounds like the whole.
                break
        if not in_block and self.merged:
            self.merged, self.block = False, ""
            self.money = None
        return sides

    def _is_section(self, box: Box, line: Line) -> bool:
        """Tell whether a merged label stands before rows that have labels of their own, so that none is its value."""
        beside = next((other for other in line.boxes if other.left == box.right), None)
        return (
            self.header is None
            and box.cell.rows > 1
            and head_word(box.text) is not None
            and beside is not None
            and beside.cell.rows < box.cell.rows
            and len(line.boxes) > _PAIR - (not box.starts)
        )

    def _is_side(self, block: str, box: Box, line: Line, lines: Sequence[Line], position: int) -> bool:
        if block == "objective" and "expected" in self.form.prose and box.cell.rows == 1:
            word = objective_word(box.text)
            if word is not None and word.identifier == "achieved":
                return False
        if not box.starts or box.cell.rows > 1:
            return (
                block in _HORIZONS
                or self.header is None
                or self._leaves_table(line)
                or not box.starts
                or (box.left < self.header.left)
            )
        if block == "funding" and (
            (self.block == "funding" and self.money is not None) or money_titles.heads_labels(box, line.boxes)
        ):
            return False
        if block in _HORIZONS:
            return len(line.texts) == 1 or indicator_titles.indicator_header(lines, position, [box]) is not None
        if self.block in _HORIZONS and self.header is not None:
            return self._leaves_table(line)
        return True

    def _leaves_table(self, line: Line) -> bool:
        """Tell whether a row has too few cells for the indicator table above it."""
        return self.header is not None and len(line.new) <= (len(self.header.texts)) // 2 + 1

    def _enter(self, block: str, box: Box) -> None:
        self.block, self.merged = block, box.cell.rows > 1
        self.form.label(box, "objective" if block == "objective" else block)
        self.form.blocks.setdefault(block, box.text)
        if block == "funding":
            self.money, self.halves, self.group = None, [], None
            take_money_unit(self.form, box)
        elif block == "objective":
            self.objective = Objective()
        elif block in _HORIZONS and not self.merged:
            self.levels = indicators.Levels()

    def _in_block(self, line: Line, boxes: Sequence[Box], sides: Sequence[Box]) -> bool:
        if self.block == "objective":
            return self.objective.row(self.form, boxes)
        if self.block == "funding":
            return self._in_funding(line, boxes, sides)
        if self.block in _HORIZONS and self.header is not None:
            return self._in_indicators(line, boxes)
        return False

    def _in_funding(self, line: Line, boxes: Sequence[Box], sides: Sequence[Box]) -> bool:
        first = next(box for box in boxes if box.text)
        is_sum = self.money is not None and len(boxes) > _PAIR and folded(first.text) in ("合计", "总计")
        is_head = bool(head_word(first.text)) or self.objective.starts(boxes)
        if not self.merged and not is_sum and is_head and first.left == line.boxes[0].left:
            self.block, self.money = "", None
            return False
        if self.cuts.row(self.form, boxes):
            return True
        if self.money is None:
            return money.money_pairs(self.form, boxes, self.halves)
        if len(line.new) == 1 and not sides:
            self.group = line.texts[0]
            return True
        count = len(self.form.money)
        money.money_row(self.form, self.money, line, sides)
        if self.carried and len(self.form.money) > count:
            weaken(self.form.money[-1].cells, _CARRIED)
        if self.group is not None and len(self.form.money) > count:
            money.into_group(self.form, self.group)
        return True

    def _in_indicators(self, line: Line, boxes: Sequence[Box]) -> bool:
        assert self.header is not None  # noqa: S101
        texts = [box for box in boxes if box.text]
        if self._takes_total(boxes):
            return True
        if is_subtotal(texts[0]) and texts[0].left < self.header.name.right:
            self.form.keep_all(texts, "小计由程序计算，不是指标，没有收录")
            return True
        if self._is_foot(line, texts):
            return False
        if len(line.new) == 1 and len(line.boxes) == 1:
            return self.levels.begin(self.header, texts[0])
        alone = len(texts) == 1 and len([box for box in line.boxes if box.text]) == 1
        if alone and texts[0].left <= self.header.left and self.levels.begin(self.header, texts[0]):
            return True
        if self.header.twin is not None:
            self._in_twins(self.header, self.header.twin, line)
            return True
        indicators.indicator_row(self.form, self.header, line, self.levels, _HORIZONS[self.block], fresh=self.fresh)
        self.fresh = False
        if self.carried and self.form.rows:
            weaken(self.form.rows[-1].cells, _CARRIED)
        return True

    def _in_twins(self, left: indicator_titles.Header, right: indicator_titles.Header, line: Line) -> None:
        """Read a row of two tables side by side: the whole period on the left, this year on the right."""
        for header, levels, part in (
            (left, self.levels, "long_term_indicators"),
            (right, self.right_levels, "indicators"),
        ):
            count = len(self.form.rows)
            self.form.seen(part)
            indicators.indicator_row(self.form, header, line, levels, _HORIZONS[part], fresh=self.fresh)
            if "project_goal" not in self.form.prose:
                for row in self.form.rows[count:]:
                    doubt(row.cells, "左右两张指标表，没有印明各是哪一期，按左边中长期、右边年度理解")

    def _is_foot(self, line: Line, texts: Sequence[Box]) -> bool:
        """Tell whether a row below an indicator table is one of labels and values."""
        assert self.header is not None  # noqa: S101
        if self.has_total and len(self.form.rows) > self.rows_above:
            # What stands below the total of a table is no part of it.
            return True
        if texts[0].left > self.header.left:
            return False
        if head_word(texts[0].text):
            count = sum(1 for box in texts if is_label(box))
            return self._leaves_table(line) or self.has_total or count * _PAIR >= len(texts)
        # A cell over the name and over several columns behind it is a text, and what stands before it its label.
        wide = max((sum(1 for c in self.header.columns if box.over(c.left, c.right)) for box in texts[1:]), default=0)
        return len(texts) == _PAIR and len(line.new) == _PAIR and wide >= _PAIR

    def _takes_total(self, boxes: Sequence[Box]) -> bool:
        """Read a row of totals below an indicator table; tell whether it is one."""
        assert self.header is not None  # noqa: S101
        total = next((box for box in boxes if box.text and is_total(box) and box.left < self.header.name.right), None)
        if total is None:
            return False
        total_row(self.form, self.header, boxes, total)
        self.has_total = True
        return True

    def _in_foot(self, boxes: Sequence[Box]) -> bool:
        texts = [box for box in boxes if box.text]
        if self.header is not None and self._takes_total(boxes):
            return True
        if len(texts) == 1:
            word = block_word(texts[0].text)
            if word:
                self._enter(word, texts[0])
                return True
            if (
                take_money_unit(self.form, texts[0], alone=True)
                and len(texts[0].text) <= len("金额单位：人民币百万元")
                and not is_label(texts[0])
            ):
                self.form.label(texts[0])
                return True
            if take_inline(self.form, texts[0]):
                return True
        if self.objective.starts(boxes):
            self.block = "objective"
            self.objective = Objective()
            return self.objective.row(self.form, boxes)
        if (
            len(texts) >= _MANY
            and not any(is_label(box) for box in texts)
            and not are_pairs(boxes)
            and not any(box.cell.fields for box in texts)
        ):
            return False
        return take_pairs(self.form, boxes)

    def finish(self) -> Collected:
        """Keep what nothing was understood of: as tables where it looks like one, otherwise left over."""
        money.settle_halves(self.form)
        for _, rows in groupby(self.unknown, key=lambda item: item[0]):
            lines = [line for _, line in rows]
            if len(lines) > 1 and all(len(line.boxes) > 1 for line in lines):
                take_table(self.form, lines, self.texts)
            else:
                for line in lines:
                    self.form.keep_all(line.texts, "没有认出这一行是哪一栏")
        return self.form
