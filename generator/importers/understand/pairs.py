"""The head and the foot of a form: labels with their values beside, below or behind them."""

import re
from collections.abc import Sequence

from generator.forms.grid import CellKind
from generator.importers.draft import Certainty
from generator.importers.understand.collect import Collected, Value
from generator.importers.understand.inline import take_inline
from generator.importers.understand.money_unit import note_unit
from generator.importers.understand.put import by_name, label_of, own_name, put
from generator.importers.understand.sheet import Box
from generator.importers.understand.words import (
    Word,
    block_word,
    head_word,
    is_personal,
    plain_label,
    source_word,
    word_for,
)
from generator.money import MONEY_UNITS, is_figure
from generator.text import folded, half_width
from generator.vocabulary import Place

_YEAR = re.compile(r"(?<![\d.,])(?P<year>20\d\d)(?![\d.,])")
_LABEL_ENDING = re.compile(
    r"(?:名称|名单|单位|部门|编码|代码|时间|日期|年限|期限|金额|类型|类别|性质|属性|情况|方式|依据|范围|地点|内容|勾选|数量|个数|号)$"
)
_WORDS_OF_A_FIELD = 20


def is_label(box: Box) -> bool:
    """Tell whether a cell holds a label of the head that the vocabulary knows."""
    return box.cell.kind is not CellKind.VALUE and (head_word(box.text) or source_word(box.text)) is not None


def take_pairs(form: Collected, boxes: Sequence[Box]) -> bool:
    """Read a row of labels and values; tell whether any of it was understood."""
    texts = [box for box in boxes if box.text]
    known, paired = any(is_label(box) and not _is_sum(box) for box in texts), are_pairs(boxes)
    taken = position = 0
    while position < len(boxes):
        box = boxes[position]
        position += 1
        if not box.text or box.key in form.used:
            continue
        following = boxes[position] if position < len(boxes) else None
        if following is not None and _take_unit_pair(form, box, following):
            position += 1
            taken += 1
        elif not is_label(box) and by_name(form, box):
            taken += 1
        elif following is not None and not is_label(box) and own_name(following) and _may_name(box):
            form.label(box)
            taken += 1
        elif is_label(box):
            value = following if following is not None and not _names_more(following) else None
            if value is not None and _is_total_of_several(box, boxes[position:]):
                form.label(box)
                form.keep_all(boxes[position:], f"“{box.text}”后面有几个数字，分不清分值和得分")
                return True
            position += value is not None
            if value is not None and not value.text and not form.has_merges:
                skipped = _behind_blanks(boxes[position:])
                position += skipped
                value = boxes[position - 1] if skipped else value
            taken += 1
            _take_known(form, box, value, is_sure=not _is_crowded(boxes[position:]))
        elif take_inline(form, box):
            taken += 1
        elif following is not None and _may_be_label(box, following, len(texts), known=known or paired):
            position += 1
            taken += 1
            _take_unknown(form, box, following, among_known=known)
    return taken > 0


def _behind_blanks(boxes: Sequence[Box]) -> int:
    """Return how many cells on the value stands in a row whose cells were merged once: the one text before a label."""
    at = next((number for number, box in enumerate(boxes) if box.text), None)
    if at is None or _names_more(boxes[at]):
        return 0
    following = next((box for box in boxes[at + 1 :] if box.text), None)
    return at + 1 if following is None or _names_more(following) else 0


def _is_sum(box: Box) -> bool:
    word = head_word(box.text)
    return word is not None and word.identifier == "total"


def _is_crowded(behind: Sequence[Box]) -> bool:
    """Tell whether one more text stands behind a value, so that either of them may be it."""
    texts = [box for box in behind if box.text]
    return len(texts) == 1 and len(behind) == 1 and not _names_more(texts[0])


def _names_more(box: Box) -> bool:
    """Tell whether a cell is a label itself, and so no value of the label before it."""
    return is_label(box) or (box.cell.kind is not CellKind.VALUE and bool(block_word(box.text)))


def _may_name(box: Box) -> bool:
    """Tell whether a cell beside a named one may be its label, in whatever words."""
    return box.cell.kind is not CellKind.VALUE and len(box.text) <= _WORDS_OF_A_FIELD and not _DIGIT.search(box.text)


_DIGIT = re.compile(r"\d")


def _take_unit_pair(form: Collected, label: Box, value: Box) -> bool:
    if folded(label.text).rstrip(":") not in ("金额单位", "资金单位", "单位") or value.text not in MONEY_UNITS:
        return False
    form.label(label)
    note_unit(form, form.value(value, title=label.text))
    return True


def _is_total_of_several(label: Box, following: Sequence[Box]) -> bool:
    word = head_word(label.text)
    figures = [box for box in following if box.text and is_figure(box.text)]
    return word is not None and word.identifier == "total" and len(figures) > 1


def are_pairs(boxes: Sequence[Box]) -> bool:
    """Tell whether every other cell of a row sounds like a label."""
    labels, values = boxes[::2], boxes[1::2]
    return len(labels) == len(values) and all(
        _LABEL_ENDING.search(folded(label.text))
        and (not _LABEL_ENDING.search(folded(value.text)) or any(character.isdigit() for character in value.text))
        for label, value in zip(labels, values, strict=True)
    )


def _may_be_label(box: Box, following: Box, count: int, *, known: bool) -> bool:
    if box.cell.kind is CellKind.VALUE or len(box.text) > _WORDS_OF_A_FIELD or re.fullmatch(r"[\d.,%\-—/]+", box.text):
        return False
    if following.cell.kind is CellKind.LABEL or _names_more(following) or word_for(Place.OBJECTIVE, following.text):
        return False
    if not following.text and _LABEL_ENDING.search(folded(box.text)) is None and box.cell.kind is not CellKind.LABEL:
        # With nothing beside it, it may as well be a value that has lost its label.
        return False
    return box.cell.kind is CellKind.LABEL or known or count <= 2  # noqa: PLR2004


def _take_known(form: Collected, label: Box, value: Box | None, *, is_sure: bool = True) -> None:
    word = head_word(label.text) or source_word(label.text)
    assert word is not None  # noqa: S101
    found = (
        form.value(value, word.certainty, _loose(label.text), label.text)
        if value
        else Value("", "", word.certainty, "", "", label.text)
    )
    if value is not None and value.text and not is_sure:
        found = found.doubted(Certainty.INFERRED, f"“{label.text}”后面有两格文字，取了第一格")
    own = own_name(value)
    if own and own != word.identifier:
        why = f"文件自带的栏目名称是“{label_of(own)}”，表上的标签是“{label.text}”，以自带的名称为准"
        word, found = Word(own, Certainty.INFERRED), found.doubted(Certainty.INFERRED, why)
    form.label(label)
    if put(form, word, found, long=value, in_source=not own and head_word(label.text) is None) or value is None:
        return
    title = plain_label(label.text)
    if (
        head_word(label.text) is not None
        and title not in form.extra
        and not is_personal(title)
        and word.identifier in form.head
        and folded(form.head[word.identifier].title) != folded(title)
    ):
        # Another word for a field that is filled already: kept under the word that is printed.
        form.seen("extra")
        form.extra[title] = found.doubted(Certainty.LIKELY, "与前面的栏目意思相同，照印出的名称另存")
        return
    del form.used[value.key]
    form.keep(value, f"“{label.text}”在这张表里出现不止一次，先出现的已经填入")


def _loose(label: str) -> str:
    return f"标签“{label}”按去掉括号和编号后的词理解"


def _take_unknown(form: Collected, label: Box, value: Box, *, among_known: bool) -> None:
    if is_personal(label.text):
        form.keep(label, "可能是个人信息的栏目，词汇表没有这一栏，没有收录")
        form.keep(value, f"“{label.text}”可能是个人信息，没有收录")
        return
    title = plain_label(label.text)
    if title in form.extra:
        form.keep(label, "同名的栏目前面已经有了")
        form.keep(value, f"“{title}”在这张表里出现不止一次，先出现的已经填入")
        return
    sure = among_known or label.cell.kind is CellKind.LABEL or _LABEL_ENDING.search(folded(title)) is not None
    form.label(label, "extra")
    form.extra[title] = form.value(
        value, Certainty.LIKELY if sure else Certainty.INFERRED,
        "词汇表没有这一栏，照印出的名称保留" if sure else f"“{title}”不在词汇表里，按左右位置认作它的内容", title,
    )  # fmt: skip


def year_in(text: str) -> int:
    """Return the first year a text names, 0 where there is none."""
    match = _YEAR.search(half_width(text))
    return int(match["year"]) if match else 0


def objective_word(text: str) -> Word | None:
    """Return which part of the objective a label names."""
    word = word_for(Place.OBJECTIVE, text)
    if word is not None:
        return word
    outer = word_for(Place.RECORD, text)
    return outer if outer and outer.identifier == "project_goal" else None
