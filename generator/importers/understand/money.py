"""The money block: a header of amounts above rows of money, or labels with one amount each."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.importers.draft import Certainty
from generator.importers.understand.collect import Collected, MoneyRow, Value, doubt, named
from generator.importers.understand.money_titles import NO_MONEY, Column, MoneyColumns
from generator.importers.understand.money_unit import take_money_unit, without_unit
from generator.importers.understand.sheet import Box, Line
from generator.importers.understand.words import Word
from generator.money import is_figure
from generator.text import folded
from generator.vocabulary import Kind, Place, term_of

_GROUP = re.compile(
    r"^(?P<group>资金来源|资金结构|资金构成|[^:：()（）]{0,8}(?:来源|结构|性质)(?:分|分类)?)\s*[:：]\s*(?P<label>[(（]?[1一][)）、.].*)$"
)
_NEXT_IN_GROUP = re.compile(r"^[(（]?[2-9二三四五六七八九][)）、.]")
_UNIT_BEHIND = re.compile(r"[(（][^()（）]*[)）]$")
_CUT = re.compile(r"按.{1,8}分:?|.{2,6}(?:分类|构成|结构|来源):?")
_LABELLED = re.compile(r"(?P<label>(?:其中\s*[:：]\s*)?[^\d:：]{2,16})\s*[:：]\s*(?P<amount>[\d,]+(?:\.\d+)?)")
_OF_THE_YEAR = re.compile(r"年度|当年|本年")


def money_row(form: Collected, header: MoneyColumns, line: Line, sides: Sequence[Box]) -> None:
    """Read one row below a header of amounts."""
    boxes = [box for box in line.boxes if box not in sides and box.key not in header.beside]
    labels = [box for box in boxes if box.right <= header.label_to and box.text]
    amounts = [box for box in boxes if box.starts and box.right > header.label_to]
    own = [box for box in labels if box.starts]
    if not own and not labels and header.side and any(box.text for box in amounts):
        why = "这一行没有印资金名称，用左边的栏目名称"
        name = _UNIT_BEHIND.sub("", header.side)
        row = MoneyRow(name, "", None, Value(name, amounts[0].cell.place, Certainty.INFERRED, why, header.side))
        _fill(form, header, row, amounts)
        form.money.append(row)
        return
    if not own:
        form.keep_all((box for box in amounts if box.text), "这一行没有资金名称，不知道是哪一种资金")
        return
    *outer, last = labels
    row = _row_for(form, outer, last, line)
    _fill(form, header, row, amounts)
    form.money.append(row)


def into_group(form: Collected, box: Box) -> None:
    """Put the row read last into the group that a row above names."""
    row = form.money[-1]
    if row.group:
        return
    row.group = box.text.rstrip(":：")
    if box.key not in form.used:
        row.group_value = form.value(box, Certainty.LIKELY, "单独成行的名称，是其下各行的分组")


def _row_for(form: Collected, outer: Sequence[Box], last: Box, line: Line) -> MoneyRow:
    value = form.value(last)
    for box in (*outer, last):
        take_money_unit(form, box)
    group, parent, group_value = "", None, None
    if not outer and form.money and any(not box.text and box.right == last.left for box in line.boxes):
        # A blank cell below 其中 goes on with it.
        parent = form.money[-1].parent
    for box in outer:
        if folded(box.text) in ("其中", "其中:"):
            parent = next((n for n in range(len(form.money) - 1, -1, -1) if form.money[n].parent is None), None)
            form.label(box)
        elif box.cell.rows > 1 or outer[-1] is not box or last.cell.rows < box.cell.rows:
            group = box.text.rstrip(":：")
            if box.starts:
                group_value = form.value(box, Certainty.LIKELY, "合并的格是其右各行的分组")
    match = _GROUP.match(last.text)
    above = form.money[-1] if form.money else None
    if match and not group:
        group = match["group"]
    elif not group and above is not None and above.group and _NEXT_IN_GROUP.match(last.text):
        group = above.group
    return MoneyRow(
        without_unit(last.text).rstrip(":："), group, parent, value._replace(text=last.text), group_value=group_value
    )


def _fill(form: Collected, header: MoneyColumns, row: MoneyRow, amounts: Sequence[Box]) -> None:
    outside = ""
    for box in amounts:
        over = [column for column in header.columns if box.over(column.left, column.right)]
        beside = [other for other in amounts if over and other.text and other.over(over[0].left, over[0].right)]
        if len(over) == 1 and len(beside) > 1 and is_figure(box.text) and box.text:
            why = f"“{over[0].title}”一栏下面有 {len(beside)} 格，无法判断哪一格是它"
            row.printed.append(form.value(box, Certainty.INFERRED, why))
        elif len(over) == 1 and len(beside) > 1:
            form.keep(box, f"“{over[0].title}”一栏下面有 {len(beside)} 格，无法判断哪一格是它")
        elif len(over) == 1 and (box.text or not beside):
            _put(form, row, over[0], box)
        elif not box.text:
            for column in over:
                if column.word is not None:
                    row.cells.setdefault(column.word.identifier, Value("", title=column.title))
        elif over and all(is_figure(part) for part in box.text.split()):
            why = f"一格盖住了{'、'.join(column.title for column in over)}几栏，无法判断属于哪一栏"
            place = form.value(box, Certainty.INFERRED, why)
            row.printed += [place._replace(text=part, printed=box.cell.text) for part in box.text.split()]
        elif not over and is_figure(box.text):
            row.printed.append(form.value(box, Certainty.INFERRED, "这个数字上方没有栏目名称"))
            outside = outside or box.text
        else:
            form.keep(box, "上方没有对应的一栏，或盖住了几栏")
    if outside:
        doubt(row.cells, f"这一行像是错了一格：“{outside}”上方没有栏目名称")


def _put(form: Collected, row: MoneyRow, column: Column, box: Box) -> None:
    word = column.word
    value = form.value(
        box,
        word.certainty if word else Certainty.LIKELY,
        f"栏目名称“{column.title}”按去掉括号后的词理解" if word else "词汇表没有这一栏，照印出的名称保留",
        column.title,
    )
    own, why = named(box, Place.FUNDING_ROW, word.identifier if word else column.title)
    identifier = word.identifier if word else ""
    if box.cell.rows > 1 and box.text:
        # Points of the execution belong to the total, which is the first row.
        is_of_total = word is not None and word.identifier in NO_MONEY and not form.money
        least = Certainty.LIKELY if is_of_total else Certainty.INFERRED
        value = value.doubted(least, f"这一格跨 {box.cell.rows} 行，写在第一行资金下")
    if own and any(own == known.word.identifier for known in _columns(own)):
        identifier, value = own, value.doubted(Certainty.INFERRED, why)
    if identifier and identifier not in row.cells:
        row.cells[identifier] = value._replace(why="" if value.certainty is Certainty.CERTAIN else value.why)
    elif column.title not in row.extra:
        if box.text:
            is_twice = word is not None and folded(row.cells[word.identifier].title) == folded(column.title)
            why = f"标题是“{column.title}”的栏不止一个，不知道各是哪一栏"
            row.extra[column.title] = (
                value.doubted(Certainty.INFERRED, why)
                if is_twice
                else value.doubted(Certainty.LIKELY, "与前面的栏意思相同，照印出的名称保留")
            )
    else:
        del form.used[box.key]
        form.keep(box, f"“{column.title}”一栏在这张表里不止一个")


class _Known(NamedTuple):
    word: Word


def _columns(identifier: str) -> tuple[_Known, ...]:
    try:
        kind = term_of(Place.FUNDING_ROW, identifier).kind
    except KeyError:
        return ()
    return (_Known(Word(identifier, Certainty.INFERRED)),) if kind in (Kind.FIGURE, Kind.TEXT) else ()


class Cuts:
    """Parallel cuts of the same money, one beside the other, each cell with its label and its amount."""

    def __init__(self) -> None:
        self.titles: list[Box] = []

    def row(self, form: Collected, boxes: Sequence[Box]) -> bool:
        """Read a row of titles such as 按收入性质分, or of cells such as 其中：一般公共预算：665.5."""
        texts = [box for box in boxes if box.text]
        if len(texts) > 1 and all(_CUT.fullmatch(folded(box.text)) for box in texts):
            self.titles = texts
            for box in texts:
                form.label(box, "funding")
            return True
        parts = [(box, match) for box in texts if (match := _LABELLED.fullmatch(box.text))]
        if not parts or len(parts) != len(texts):
            return False
        form.seen("funding")
        for box, match in parts:
            titles = [title for title in self.titles if box.over(title.left, title.right)]
            group = titles[0].text.rstrip(":：") if len(titles) == 1 else ""
            value = form.value(box, Certainty.LIKELY, "名称和金额印在一格里")
            value = value._replace(printed=box.cell.text)
            amount = value._replace(text=match["amount"], title="金额")
            form.money.append(
                MoneyRow(match["label"], group, None, value._replace(text=match["label"]), {"amount": amount})
            )
        return True


def money_pairs(form: Collected, boxes: Sequence[Box], halves: list[int]) -> bool:
    """Read a row of labels with one amount each; `halves` remembers at which columns labels stand."""
    new = [box for box in boxes if box.starts]
    found = []
    position = 0
    while position < len(new):
        label = new[position]
        position += 1
        if not label.text:
            continue
        if is_figure(label.text):
            # A figure where a label should stand: the row has more figures than labels, and none is sure.
            return False
        following = new[position] if position < len(new) else None
        if following is None or (following.text and not is_figure(following.text)):
            return False
        position += 1
        found.append((label, following))
    if not found:
        return False
    form.seen("funding")
    for label, amount in found:
        take_money_unit(form, label)
        if label.left not in halves:
            halves.append(label.left)
        value = form.value(amount, Certainty.LIKELY, "按左右位置，是这个名称的金额", "金额")
        half = str(sorted(halves).index(label.left) + 1)
        form.money.append(
            MoneyRow(without_unit(label.text).rstrip(":："), f"\0{half}", None, form.value(label), {"amount": value})
        )
    return True


def settle_halves(form: Collected) -> None:
    """Name the halves of a form that prints the whole project on the left and this year on the right."""
    halves = sorted({row.group for row in form.money if row.group.startswith("\0")})
    firsts = [next(row.label for row in form.money if row.group == half) for half in halves]
    if len(halves) > 1 and not (_OF_THE_YEAR.search(firsts[1]) and not _OF_THE_YEAR.search(firsts[0])):
        # Side by side, but not the whole project beside this year: rows as they are read.
        for row in form.money:
            row.group = "" if row.group.startswith("\0") else row.group
        return
    for row in form.money:
        if row.group.startswith("\0"):
            row.group = (
                ("项目总资金", "年度资金", "其他资金栏")[min(halves.index(row.group), 2)] if len(halves) > 1 else ""
            )
    if len(halves) > 1:
        rows = [row for row in form.money if row.group]
        form.money[:] = [
            row for group in dict.fromkeys(row.group for row in rows) for row in rows if row.group == group
        ]
