"""The styles and the texts that the cells of a workbook refer to by number."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.forms.grid import Align
from generator.forms.marked_text import Level, marked, settled
from generator.importers.format_code import BUILT_IN
from generator.importers.guard import MAX_CELL_CHARACTERS
from generator.importers.package import Package, local_name
from generator.importers.xlsx_workbook import is_true, number

_DOWNWARDS = "255"
_ALIGNMENTS = {
    "center": Align.CENTER,
    "centerContinuous": Align.CENTER,
    "distributed": Align.CENTER,
    "right": Align.RIGHT,
}


class Style(NamedTuple):
    """What a cell's style says that we need."""

    code: str = "General"
    is_ruled: bool = False
    align: Align = Align.LEFT
    vertical: bool = False
    struck: bool = False
    level: Level = Level.LINE

    @property
    def note(self) -> str:
        """What its font does to the whole cell."""
        parts = ("整格画了删除线" if self.struck else "", f"整格是{self.level.value}" if self.level else "")
        return "；".join(part for part in parts if part)


def styles_of(package: Package, part: str) -> tuple[Style, ...]:
    """Return the styles of a workbook in the order cells refer to them; empty where it has none."""
    root = package.root(part)
    if root is None:
        return ()
    groups = {local_name(group): group for group in root}
    codes = {number(each.get("numFmtId")): each.get("formatCode") or "General" for each in groups.get("numFmts", ())}
    ruled = [_is_ruled(border) for border in groups.get("borders", ())]
    fonts = [(_is_struck(font), _level(font)) for font in groups.get("fonts", ())]
    return tuple(_style(each, codes, ruled, fonts) for each in groups.get("cellXfs", ()))


def _is_struck(font: Any) -> bool:  # noqa: ANN401
    return any(local_name(each) == "strike" and is_true(each.get("val") or "1") for each in font)


def _level(font: Any) -> Level:  # noqa: ANN401
    asked = next((each.get("val") for each in font if local_name(each) == "vertAlign"), "")
    return {"superscript": Level.RAISED, "subscript": Level.LOWERED}.get(asked or "", Level.LINE)


def _is_ruled(border: Any) -> bool:  # noqa: ANN401
    return any(
        local_name(side) in {"left", "right", "start", "end"} and side.get("style") not in {None, "none"}
        for side in border
    )


def _style(
    element: Any,  # noqa: ANN401
    codes: Mapping[int, str],
    ruled: list[bool],
    fonts: list[tuple[bool, Level]],
) -> Style:
    code, border, font = (number(element.get(name)) for name in ("numFmtId", "borderId", "fontId"))
    alignment = next((each for each in element if local_name(each) == "alignment"), None)
    if alignment is None:
        alignment = {}
    struck, level = fonts[font] if font < len(fonts) else (False, Level.LINE)
    return Style(
        code=codes.get(code) or BUILT_IN.get(code) or "General",
        is_ruled=border < len(ruled) and ruled[border],
        align=_ALIGNMENTS.get(alignment.get("horizontal") or "", Align.LEFT),
        vertical=alignment.get("textRotation") == _DOWNWARDS,
        struck=struck,
        level=level,
    )


def shared_texts(package: Package, part: str) -> tuple[str, ...]:
    """Return the texts that cells share, in the order they refer to them; empty where the workbook has none."""
    return tuple(joined_text(element) for element in package.elements(part, "si"))


def joined_text(element: Any) -> str:  # noqa: ANN401
    """Return the text of a string item: its runs joined, without the readings printed over Japanese words.

    What is raised, lowered or struck out in it is marked, and so is what takes the font of its cell.
    """
    parts: list[str] = []
    for child in element:
        name = local_name(child)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            text = "".join(run.text or "" for run in child if local_name(run) == "t")
            font = next((run for run in child if local_name(run) == "rPr"), None)
            if font is None:
                parts.append(f"{_OF_CELL}{text}{_OF_CELL}")
            else:
                parts.append(marked(text, struck=_is_struck(font), level=_level(font)))
    return unescaped("".join(parts))


_OF_CELL = "\ufdd6"
"""Stands around text in runs that takes the font of its cell; no document has it."""
_PART_OF_CELL = re.compile(f"{_OF_CELL}([^{_OF_CELL}]*){_OF_CELL}")


def in_style(text: str, style: Style) -> tuple[str, tuple[str, ...]]:
    """Return the text of an item as a cell of this style shows it, and what to say of it."""
    in_runs = _PART_OF_CELL.search(text) is not None
    text = _PART_OF_CELL.sub(lambda match: marked(match[1], struck=style.struck, level=style.level), text)
    plain = settled(text.replace(_OF_CELL, ""))
    # Runs have fonts of their own.
    whole = "" if in_runs or plain.notes else style.note
    return plain.text, (*plain.notes, *([whole] if whole and plain.text.strip() else []))


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Return a text with its escaped characters (_x000D_) and line ends as they are meant."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(character for character in lines if character in "\n\t" or character >= " ")[:MAX_CELL_CHARACTERS]
