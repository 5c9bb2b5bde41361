"""The styles and the texts that the cells of a workbook refer to by number."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.forms.grid import Align
from generator.importers.format_code import BUILT_IN
from generator.importers.guard import MAX_CELL_CHARACTERS
from generator.importers.package import Package, local_name
from generator.importers.xlsx_workbook import number

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


def styles_of(package: Package, part: str) -> tuple[Style, ...]:
    """Return the styles of a workbook in the order cells refer to them; empty where it has none."""
    root = package.root(part)
    if root is None:
        return ()
    groups = {local_name(group): group for group in root}
    codes = {number(each.get("numFmtId")): each.get("formatCode") or "General" for each in groups.get("numFmts", ())}
    ruled = [_is_ruled(border) for border in groups.get("borders", ())]
    return tuple(_style(each, codes, ruled) for each in groups.get("cellXfs", ()))


def _is_ruled(border: Any) -> bool:  # noqa: ANN401
    return any(
        local_name(side) in {"left", "right", "start", "end"} and side.get("style") not in {None, "none"}
        for side in border
    )


def _style(element: Any, codes: Mapping[int, str], ruled: list[bool]) -> Style:  # noqa: ANN401
    code, border = number(element.get("numFmtId")), number(element.get("borderId"))
    alignment = next((each for each in element if local_name(each) == "alignment"), None)
    if alignment is None:
        alignment = {}
    return Style(
        code=codes.get(code) or BUILT_IN.get(code) or "General",
        is_ruled=border < len(ruled) and ruled[border],
        align=_ALIGNMENTS.get(alignment.get("horizontal") or "", Align.LEFT),
        vertical=alignment.get("textRotation") == _DOWNWARDS,
    )


def shared_texts(package: Package, part: str) -> tuple[str, ...]:
    """Return the texts that cells share, in the order they refer to them; empty where the workbook has none."""
    return tuple(joined_text(element) for element in package.elements(part, "si"))


def joined_text(element: Any) -> str:  # noqa: ANN401
    """Return the text of a string item: its runs joined, without the readings printed over Japanese words."""
    parts = []
    for child in element:
        name = local_name(child)
        if name == "t":
            parts.append(child.text or "")
        elif name == "r":
            parts.extend(run.text or "" for run in child if local_name(run) == "t")
    return unescaped("".join(parts))


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Return a text with its escaped characters (_x000D_) and line ends as they are meant."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(character for character in lines if character in "\n\t" or character >= " ")[:MAX_CELL_CHARACTERS]
