"""The head and the foot of a form: labels with their values beside, below or behind them."""

import re
from collections.abc import Sequence

from generator.forms.grid import CellKind
from generator.importers.draft import Certainty
from generator.importers.understand.collect import Collected, Value
from generator.importers.understand.sheet import Box
from generator.importers.understand.texts import as_markdown
from generator.importers.understand.words import Word, authored_label, head_word, is_personal, source_word, word_for
from generator.money import MONEY_UNITS, is_figure
from generator.text import folded, half_width
from generator.vocabulary import TERMS, Kind, Place, term_of

_COLON = re.compile(r"[:：]")
_INLINE = re.compile(
    r"(?P<label>[^\s:：,，。；;]{2,16}?)\s*[:：]\s*(?P<value>.*?)(?=(?:\s{1,}|[，,；;])[^\s:：,，。；;]{2,12}[:：]|$)"
)
_MONEY_UNIT = re.compile(r"(?:金额)?单位[:：]?(?:人民币)?(?P<unit>元|千元|万元|百万元|亿元)(?:人民币)?")
_BRACKETED_UNIT = re.compile(r"\((?:单位:)?(?:人民币)?(?P<unit>元|千元|万元|百万元|亿元)\)")
_YEAR = re.compile(r"(?<![\d.,])(?P<year>20\d\d)(?![\d.,])")
_LABEL_ENDING = re.compile(
    r"(?:名称|名单|单位|部门|编码|代码|时间|日期|年限|期限|金额|类型|类别|性质|属性|情况|方式|依据|范围|地点|内容|勾选|数量|个数|号)$"
)
_MANY = 24
_WORDS_OF_A_FIELD = 20


def is_label(box: Box) -> bool:
    """Tell whether a cell holds a label of the head that the vocabulary knows."""
    return box.cell.kind is not CellKind.VALUE and (head_word(box.text) or source_word(box.text)) is not None


def take_pairs(form: Collected, boxes: Sequence[Box]) -> bool:
    """Read a row of labels and values; tell whether any of it was understood."""
    texts = [box for box in boxes if box.text]
    known, paired = any(is_label(box) for box in texts), are_pairs(boxes)
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
        elif by_name(form, box):
            taken += 1
        elif following is not None and not is_label(box) and _own_name(following) and _may_name(box):
            form.label(box)
            taken += 1
        elif is_label(box):
            value = following if following is not None and not is_label(following) else None
            if value is not None and _is_total_of_several(box, boxes[position:]):
                form.label(box)
                form.keep_all(boxes[position:], f"“{box.text}”后面有几个数字，分不清分值和得分")
                return True
            position += value is not None
            taken += 1
            _take_known(form, box, value)
        elif take_inline(form, box):
            taken += 1
        elif following is not None and _may_be_label(box, following, len(texts), known=known or paired):
            position += 1
            taken += 1
            _take_unknown(form, box, following)
    return taken > 0


def _may_name(box: Box) -> bool:
    """Tell whether a cell beside a named one may be its label, in whatever words."""
    return box.cell.kind is not CellKind.VALUE and len(box.text) <= _WORDS_OF_A_FIELD and not _DIGIT.search(box.text)


_DIGIT = re.compile(r"\d")


def _take_unit_pair(form: Collected, label: Box, value: Box) -> bool:
    if folded(label.text) not in ("金额单位", "资金单位") or value.text not in MONEY_UNITS:
        return False
    form.label(label)
    found = form.value(value, title=label.text)
    if form.unit is None:
        form.unit = found
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
    if following.cell.kind is CellKind.LABEL or is_label(following):
        return False
    return box.cell.kind is CellKind.LABEL or known or count <= 2  # noqa: PLR2004


def _take_known(form: Collected, label: Box, value: Box | None) -> None:
    word = head_word(label.text) or source_word(label.text)
    assert word is not None  # noqa: S101
    found = (
        form.value(value, word.certainty, _loose(label.text), label.text)
        if value
        else Value("", "", word.certainty, "", "", label.text)
    )
    own = _own_name(value)
    if own and own != word.identifier:
        why = f"文件自带的栏目名称是“{_label_of(own)}”，表上的标签是“{label.text}”，以自带的名称为准"
        word, found = Word(own, Certainty.INFERRED), found.doubted(Certainty.INFERRED, why)
    form.label(label)
    if put(form, word, found, long=value, in_source=not own and head_word(label.text) is None) or value is None:
        return
    title = label.text.rstrip(":：")
    if (
        head_word(label.text) is not None
        and title not in form.extra
        and not is_personal(title)
        and authored_label(Place.RECORD, word.identifier, title) != title
    ):
        # Another word for a field that is filled already: kept under the word that is printed.
        form.seen("extra")
        form.extra[title] = found.doubted(Certainty.LIKELY, "与前面的栏目意思相同，照印出的名称另存")
        return
    del form.used[value.key]
    form.keep(value, f"“{label.text}”在这张表里出现不止一次，先出现的已经填入")


def _own_name(box: Box | None) -> str:
    """Return the field of the head that the document itself says a cell shows, empty where it says none."""
    names = [item.name.partition(".") for item in box.cell.fields] if box is not None else []
    known = [identifier for place, _, identifier in names if _is_field(place, identifier) and place != "total"]
    return known[0] if len(known) == 1 and len(names) == 1 else ""


def _is_field(place: str, identifier: str) -> bool:
    """Tell whether a name is that of a field which stands alone; a file of another make may name anything."""
    terms = TERMS[_PLACES[place]] if place in _PLACES else ()
    return any(
        term.identifier == identifier
        and (place != "head" or term.kind in (Kind.TEXT, Kind.DATE))
        and (place not in ("prose", "objective") or term.kind is Kind.PROSE)
        for term in terms
    )


_PLACES = {"head": Place.RECORD, "prose": Place.RECORD, "objective": Place.OBJECTIVE, "total": Place.TOTAL}


def _label_of(identifier: str) -> str:
    place = Place.OBJECTIVE if identifier in ("expected", "achieved") else Place.RECORD
    return term_of(place, identifier).label


def _loose(label: str) -> str:
    return f"标签“{label}”按去掉括号和编号后的词理解"


def put(form: Collected, word: Word, value: Value, *, long: Box | None = None, in_source: bool = False) -> bool:
    """Put a value in its field of the head, the texts, the total or the source; False where it is filled already."""
    identifier = word.identifier
    if word.certainty is Certainty.CERTAIN and value.certainty is Certainty.CERTAIN:
        value = value._replace(why="")
    if in_source:
        return _put_in(form.source, form, "source", identifier, value)
    if identifier == "total":
        return _put_in(form.total, form, "total", "score", value)
    if identifier in ("fiscal_year", "period"):
        if form.period is None and value.text:
            form.period = value
            return True
        return form.period is not None and form.period.text == value.text
    if identifier in ("expected", "achieved") or term_of(Place.RECORD, identifier).kind is Kind.PROSE:
        return put_prose(form, identifier, value, long.cell.text if long else value.text, source=long)
    return _put_in(form.head, form, identifier, identifier, value)


def _put_in(table: dict[str, Value], form: Collected, part: str, identifier: str, value: Value) -> bool:
    present = table.get(identifier)
    if present is not None and present.text:
        return not value.text
    form.seen(part)
    table[identifier] = value
    return True


def put_prose(form: Collected, identifier: str, value: Value, text: str, *, source: Box | None = None) -> bool:
    """Put a text in its field, as Markdown; what our own documents name as a text is Markdown already."""
    present = form.prose.get(identifier)
    if present is not None and present.text:
        return not text.strip()
    form.seen("objective" if identifier in ("expected", "achieved") else identifier)
    is_ours = source is not None and any(item.name.startswith(("prose.", "objective.")) for item in source.cell.fields)
    written = text.strip("\n") if is_ours else as_markdown(text)
    form.prose[identifier] = value._replace(text=written, printed=text if written != text else "")
    return True


def _take_unknown(form: Collected, label: Box, value: Box) -> None:
    if is_personal(label.text):
        form.keep(label, "可能是个人信息的栏目，词汇表没有这一栏，没有收录")
        form.keep(value, f"“{label.text}”可能是个人信息，没有收录")
        return
    title = label.text.rstrip(":：")
    if title in form.extra:
        form.keep(label, "同名的栏目前面已经有了")
        form.keep(value, f"“{title}”在这张表里出现不止一次，先出现的已经填入")
        return
    sure = label.cell.kind is CellKind.LABEL or _LABEL_ENDING.search(folded(title)) is not None
    form.label(label, "extra")
    form.extra[title] = form.value(
        value, Certainty.LIKELY if sure else Certainty.INFERRED,
        "词汇表没有这一栏，照印出的名称保留" if sure else f"“{title}”不在词汇表里，按左右位置认作它的内容", title,
    )  # fmt: skip


def take_inline(form: Collected, box: Box) -> bool:
    """Read a cell or a line that holds labels and values in running text: 填报单位：某局　单位：万元."""
    found = _inline(box.text)
    if not found:
        return False
    form.used[box.key] = "value"
    for word, label, text, in_source in found:
        value = Value(
            text, box.cell.place, Certainty.LIKELY, f"从一行文字“{label}：…”中取出", box.cell.text, label, box.key
        )
        if not put(form, word, value, in_source=in_source):
            form.remark(f"“{label}”另印有“{text}”，先出现的已经填入", box.cell.place)
    take_money_unit(form, box)
    return True


def _inline(text: str) -> list[tuple[Word, str, str, bool]]:
    """Return the fields of a line, if it consists of nothing else."""
    if not _COLON.search(text) or len(text) > _MANY * 8:
        return []
    rest, found = text, []
    for match in _INLINE.finditer(text):
        label, value = match["label"], match["value"].strip(" 　,，;；")
        word = head_word(label) or source_word(label)
        if word is None and _MONEY_UNIT.fullmatch(folded(match[0])):
            rest = rest.replace(match[0], "", 1)
            continue
        if word is None:
            return []
        rest = rest.replace(match[0], "", 1)
        found.append((word, label, value, head_word(label) is None))
    return found if not rest.strip(" 　,，;；()（）") else []


def take_money_unit(form: Collected, box: Box, *, alone: bool = False) -> bool:
    """Read the unit of money from a title, a header or a line; `alone` where the whole text must be it."""
    text = half_width("".join(box.text.split()))
    match = _MONEY_UNIT.search(text) or (None if alone else _BRACKETED_UNIT.search(text))
    if match is None or match["unit"] not in MONEY_UNITS:
        return False
    named = next((item for item in box.cell.fields if item.name == "funding.unit"), None)
    if form.unit is None:
        form.unit = Value(
            named.text if named and named.text in MONEY_UNITS else match["unit"],
            box.cell.place,
            Certainty.CERTAIN,
            "",
            box.cell.text,
            "单位",
        )
    elif form.unit.text != match["unit"]:
        form.remark(f"另一处印的金额单位是“{match['unit']}”，用了先印出的“{form.unit.text}”", box.cell.place)
    return True


def by_name(form: Collected, box: Box) -> bool:
    """Fill fields that the document itself names, where no label stands before the cell."""
    names = [item for item in box.cell.fields if _is_field(*item.name.partition(".")[::2])]
    if not names or is_label(box):
        return False
    why = "没有认出标签，按文件自带的栏目名称填入"
    form.used[box.key] = "value"
    for item in names:
        place, _, identifier = item.name.partition(".")
        # What the cell prints counts, not what the file says it printed.
        text = item.text if len(names) > 1 and item.text in box.cell.text else box.text
        value = Value(text, box.cell.place, Certainty.INFERRED, why, box.cell.text, "", box.key)
        if place == "total":
            form.seen("total")
            form.total.setdefault(identifier, value)
        elif place == "head":
            form.seen(identifier)
            form.head.setdefault(identifier, value)
        else:
            put_prose(form, identifier, value, box.cell.text, source=box)
    return True


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
