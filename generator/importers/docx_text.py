"""Text of paragraphs as Word shows it: insertions taken, deletions and hidden text left out."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree  # type: ignore[import-untyped]

from generator.forms.field_names import FIELD_TABLE, decoded, read_name_table
from generator.forms.grid import Field
from generator.forms.marked_text import Level, Settled, marked, settled
from generator.importers.document import UnreadableError
from generator.importers.docx_numbering import UNKNOWN, Numbering
from generator.importers.docx_package import COMPATIBILITY, MATH, WORD, Parts

NESTING = 12
"""Tables and text boxes inside each other."""

_SYMBOLS = {
    ("Symbol", "F0A3"): "≤",
    ("Symbol", "F0B3"): "≥",
    ("Symbol", "F0B1"): "±",
    ("Symbol", "F0B4"): "×",
    ("Symbol", "F0B9"): "≠",
    ("Symbol", "F0BB"): "≈",
    ("Symbol", "F0B7"): "•",
    ("Wingdings", "F06F"): "☐",
    ("Wingdings", "F0A8"): "☐",
    ("Wingdings", "F0FC"): "✓",
    ("Wingdings", "F0FE"): "☑",
    ("Wingdings 2", "F0A3"): "☐",
    ("Wingdings 2", "F052"): "☑",
    ("Wingdings 2", "F050"): "✓",
}
_PLAIN_CHARACTERS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_HOLDERS = frozenset({"hyperlink", "smartTag", "customXml", "bdo", "dir", "fldSimple", "ins", "moveTo", "rubyBase"})
_DELETED = frozenset({"del", "moveFrom"})


class CellText(NamedTuple):
    """What stands in a cell."""

    text: str
    fields: tuple[Field, ...]
    notes: tuple[str, ...]
    tables: tuple[tuple[etree._Element, tuple[str, ...]], ...]
    """Tables inside it, each with the lines of text since the one before."""


class Marked(NamedTuple):
    """Where a field of ours begins or ends among blocks."""

    name: str
    is_start: bool


class Reading:
    """What holds for the whole of one document while it is read from its beginning to its end."""

    def __init__(self, package: Parts) -> None:
        self.numbering = Numbering(package.numbering, package.styles)
        self.names = read_name_table(package.properties.get(FIELD_TABLE, ""))
        self.hidden_styles = _hidden_styles(package.styles)
        self.level_styles = _level_styles(package.styles)
        self.met: Counter[str] = Counter()
        """How often something was met that deserves a remark."""

    def blocks(self, parent: etree._Element) -> Iterator[etree._Element | Marked]:
        """Yield paragraphs, tables and bookmarks, whatever they are wrapped in, and where fields begin and end."""
        for child in parent:
            match local_name(child):
                case "p" | "tbl" | "bookmarkStart" | "bookmarkEnd":
                    yield child
                case "sdt":
                    yield from self._control(child)
                case "ins" | "moveTo":
                    self.met["insertion"] += 1
                    yield from self.blocks(child)
                case "del" | "moveFrom":
                    self.met["deletion"] += 1
                case "customXml" | "smartTag":
                    yield from self.blocks(child)
                case "AlternateContent":
                    yield from self.blocks(chosen(child))
                case "altChunk":
                    self.met["chunk"] += 1

    def _control(self, control: etree._Element) -> Iterator[etree._Element | Marked]:
        name = self.control_name(control)
        if name:
            yield Marked(name, is_start=True)
        content = control.find(f"{WORD}sdtContent")
        if content is not None:
            yield from self.blocks(content)
        if name:
            yield Marked(name, is_start=False)

    def control_name(self, control: etree._Element) -> str:
        """Return the field of ours that a content control holds, or nothing."""
        tag = control.find(f"{WORD}sdtPr/{WORD}tag")
        return self.field_name(tag.get(f"{WORD}val", "")) if tag is not None else ""

    def field_name(self, text: str) -> str:
        """Return the field that a name in the document stands for, or nothing where it is none of ours."""
        return decoded(text, self.names) or ""


class TextBuilder:
    """Puts the text of one cell, or of one paragraph outside of tables, together."""

    def __init__(self, reading: Reading, depth: int = 0) -> None:
        if depth > NESTING:
            raise UnreadableError("表格和文本框套得太深，不像是报表。请把表格复制到新的文档里再导入。")
        self._reading = reading
        self._depth = depth
        self._pieces: list[str] = []
        self._length = 0
        self._notes: dict[str, None] = {}
        self._open: dict[str, tuple[str, int]] = {}
        self._spans: list[tuple[str, int, int]] = []
        self._tables: list[tuple[etree._Element, tuple[str, ...]]] = []
        self._since_table = 0
        self._field_depth: list[bool] = []
        self._joins_next = True
        self._boxes: list[etree._Element] = []
        self._is_struck = False
        self._level = Level.LINE

    def add_blocks(self, parent: etree._Element) -> None:
        """Add everything inside an element."""
        for block in self._reading.blocks(parent):
            if isinstance(block, Marked):
                self._mark(block.name, block.name, is_start=block.is_start)
            elif block.tag == f"{WORD}p":
                self.add_paragraph(block)
            elif block.tag == f"{WORD}tbl":
                self._tables.append((block, self._lines_since_table()))
                self.note("格里还有表格，另作一张表")
            else:
                self._bookmark(block)

    def add_paragraph(self, paragraph: etree._Element) -> None:
        """Add a paragraph as a line of its own."""
        if not self._joins_next:
            self._write("\n")
        properties = paragraph.find(f"{WORD}pPr")
        mark = properties.find(f"{WORD}rPr") if properties is not None else None
        self._joins_next = mark is not None and mark.find(f"{WORD}del") is not None
        label = self._reading.numbering.next_label(properties)
        if UNKNOWN in label:
            self.note(f"自动编号“{label.strip()}”的写法不认识，以 ? 代替")
        self._write(label)
        is_hidden = properties is not None and self._is_hidden_style(properties.find(f"{WORD}pStyle"))
        self._add_inline(paragraph, is_hidden=is_hidden)
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._add_box(box)

    def note(self, text: str) -> None:
        """Remember something a person should know of this text."""
        self._notes[text] = None

    def begin_field(self, name: str) -> None:
        """Say that all that follows shows a field."""
        self._open.setdefault(name, (name, self._length))

    def finish(self) -> CellText:
        """Return what was put together."""
        for key in list(self._open):
            self._close(key)
        text = "".join(self._pieces)
        plain = _tidy(text)
        for note in plain.notes:
            self.note(note)
        return CellText(
            text=plain.text,
            fields=tuple(Field(name, _tidy(text[start:end]).text) for name, start, end in self._spans),
            notes=tuple(self._notes),
            tables=tuple(self._tables),
        )

    def _lines_since_table(self) -> tuple[str, ...]:
        text = settled("".join(self._pieces)[self._since_table :]).text
        self._since_table = self._length
        return tuple(line.strip() for line in text.split("\n") if line.strip())

    def _add_box(self, box: etree._Element) -> None:
        if self._depth + sum(1 for _ in box.iterancestors(f"{WORD}txbxContent")) > NESTING:
            raise UnreadableError("表格和文本框套得太深，不像是报表。请把表格复制到新的文档里再导入。")
        self.note("有文本框，文字接在后面")
        self._joins_next = False
        self.add_blocks(box)

    def _write(self, text: str) -> None:
        if self._is_struck or self._level:
            text = marked(text, struck=self._is_struck, level=self._level)
        self._pieces.append(text)
        self._length += len(text)

    def _mark(self, key: str, name: str, *, is_start: bool) -> None:
        if is_start:
            self._open[key] = (name, self._length)
        else:
            self._close(key)

    def _close(self, key: str) -> None:
        if key in self._open:
            name, start = self._open.pop(key)
            self._spans.append((name, start, self._length))

    def _bookmark(self, mark: etree._Element) -> None:
        key = f"bookmark {mark.get(f'{WORD}id', '')}"
        name = self._reading.field_name(mark.get(f"{WORD}name", ""))
        is_start = mark.tag == f"{WORD}bookmarkStart"
        if name or not is_start:
            self._mark(key, name, is_start=is_start)

    def _add_inline(self, parent: etree._Element, *, is_hidden: bool) -> None:
        for child in parent:
            name = local_name(child)
            if name == "r":
                self._add_run(child, is_hidden=is_hidden)
            elif name in _HOLDERS:
                self._reading.met["insertion"] += name in {"ins", "moveTo"}
                self._add_inline(child, is_hidden=is_hidden)
            elif name in _DELETED:
                self._reading.met["deletion"] += 1
            elif name in {"bookmarkStart", "bookmarkEnd"}:
                self._bookmark(child)
            elif name == "sdt":
                self._add_control(child, is_hidden=is_hidden)
            elif name == "AlternateContent":
                self._add_inline(chosen(child), is_hidden=is_hidden)
            elif name in {"oMath", "oMathPara"}:
                self._write("".join(text.text or "" for text in child.iter(f"{MATH}t")))
                self.note("有公式，只取了其中的字符")

    def _add_control(self, control: etree._Element, *, is_hidden: bool) -> None:
        name = self._reading.control_name(control)
        if name:
            self._mark(name, name, is_start=True)
        content = control.find(f"{WORD}sdtContent")
        if control.find(f"{WORD}sdtPr/{WORD}showingPlcHdr") is not None:
            self.note("填写框没有填，提示文字没有取")
        elif content is not None:
            self._add_inline(content, is_hidden=is_hidden)
        if name:
            self._close(name)

    def _add_run(self, run: etree._Element, *, is_hidden: bool) -> None:
        properties = run.find(f"{WORD}rPr")
        if properties is not None:
            is_hidden = (
                _is_on(properties, "vanish")
                if properties.find(f"{WORD}vanish") is not None
                else is_hidden or self._is_hidden_style(properties.find(f"{WORD}rStyle"))
            )
        if is_hidden:
            hidden = "".join(text.text or "" for text in run.iter(f"{WORD}t")).strip()
            if hidden:
                self.note(f"有隐藏文字“{hidden}”，没有取")
            return
        before = self._is_struck, self._level
        if properties is not None:
            self._is_struck = _is_on(properties, "strike") or _is_on(properties, "dstrike")
            self._level = self._level_of(properties)
            if properties.find(f"{WORD}position") is not None and not self._level:
                self._note_position(properties, run)
        for child in run:
            self._add_run_part(child)
        self._is_struck, self._level = before

    def _level_of(self, properties: etree._Element) -> Level:
        own = _level(properties)
        if own is not None:
            return own
        style = properties.find(f"{WORD}rStyle")
        return (
            self._reading.level_styles.get(style.get(f"{WORD}val", ""), Level.LINE) if style is not None else Level.LINE
        )

    def _note_position(self, properties: etree._Element, run: etree._Element) -> None:
        moved = "".join(text.text or "" for text in run.iter(f"{WORD}t")).strip()
        if moved and properties.find(f"{WORD}position").get(f"{WORD}val", "0") != "0":
            self.note(f"“{moved}”印得高于或低于同一行，可能是上标或下标")

    def _add_run_part(self, part: etree._Element) -> None:
        name = local_name(part)
        if name == "fldChar":
            self._field_code(part.get(f"{WORD}fldCharType", ""))
        elif any(self._field_depth):
            return
        elif name == "t":
            self._write((part.text or "").replace("\n", " "))
        elif name in _PLAIN_CHARACTERS:
            self._write(_PLAIN_CHARACTERS[name])
        elif name == "sym":
            self._add_symbol(part)
        elif name == "ruby":
            self._add_inline_of_ruby(part)
        elif name in {"drawing", "pict", "object"}:
            self._add_drawing(part)
        elif name == "AlternateContent":
            for child in chosen(part):
                self._add_run_part(child)
        elif name in {"footnoteReference", "endnoteReference"}:
            self.note("有脚注，没有读")
        elif name == "commentReference":
            self._reading.met["comment"] += 1

    def _field_code(self, kind: str) -> None:
        """Follow a field code: what stands between its beginning and its result is not shown."""
        if kind == "begin":
            self._field_depth.append(True)
        elif kind == "separate" and self._field_depth:
            self._field_depth[-1] = False
        elif kind == "end" and self._field_depth:
            self._field_depth.pop()

    def _add_inline_of_ruby(self, ruby: etree._Element) -> None:
        base = ruby.find(f"{WORD}rubyBase")
        if base is not None:
            self._add_inline(base, is_hidden=False)

    def _add_symbol(self, symbol: etree._Element) -> None:
        font, code = symbol.get(f"{WORD}font", ""), symbol.get(f"{WORD}char", "").upper()
        known = _SYMBOLS.get((font, code))
        if known is None:
            self.note(f"有认不出的符号（字体 {font}），以“\ufffd”代替")
        self._write(known or "\ufffd")

    def _add_drawing(self, drawing: etree._Element) -> None:
        boxes = [box for box in drawing.iter(f"{WORD}txbxContent") if _is_outermost(box, drawing)]
        if boxes:
            self._boxes.extend(boxes)
        else:
            self.note("有图片，没有读")

    def _is_hidden_style(self, style: etree._Element | None) -> bool:
        return style is not None and style.get(f"{WORD}val", "") in self._reading.hidden_styles


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def chosen(alternatives: etree._Element) -> etree._Element:
    """Return the first of several ways to say the same; it is the one that Word takes."""
    choice = alternatives.find(f"{COMPATIBILITY}Choice")
    if choice is None:
        choice = alternatives.find(f"{COMPATIBILITY}Fallback")
    return choice if choice is not None else etree.Element("empty")


def _is_outermost(box: etree._Element, drawing: etree._Element) -> bool:
    for ancestor in box.iterancestors():
        if ancestor is drawing:
            return True
        if ancestor.tag in {f"{WORD}txbxContent", f"{COMPATIBILITY}Fallback"}:
            return False
    return True


def _is_on(properties: etree._Element, name: str) -> bool:
    switch = properties.find(f"{WORD}{name}")
    return switch is not None and switch.get(f"{WORD}val", "true") not in {"0", "false", "off"}


def _level(properties: etree._Element) -> Level | None:
    """Return whether a run is raised or lowered; None where it does not say."""
    switch = properties.find(f"{WORD}vertAlign")
    if switch is None:
        return None
    return {"superscript": Level.RAISED, "subscript": Level.LOWERED}.get(switch.get(f"{WORD}val", ""), Level.LINE)


def _level_styles(styles: etree._Element | None) -> dict[str, Level]:
    return {
        style.get(f"{WORD}styleId", ""): level
        for style in (styles.findall(f"{WORD}style") if styles is not None else ())
        if (properties := style.find(f"{WORD}rPr")) is not None and (level := _level(properties))
    }


def _hidden_styles(styles: etree._Element | None) -> frozenset[str]:
    return frozenset(
        style.get(f"{WORD}styleId", "")
        for style in (styles.findall(f"{WORD}style") if styles is not None else ())
        if (properties := style.find(f"{WORD}rPr")) is not None and _is_on(properties, "vanish")
    )


def _tidy(text: str) -> Settled:
    plain = settled(text)
    lines = plain.text.replace("\xa0", " ").split("\n")
    return plain._replace(text="\n".join(line.rstrip() for line in lines).strip())
