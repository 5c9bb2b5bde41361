"""A form's table in the words of WordprocessingML."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from generator.export.form_shape import TEXT_SIZE, Piece, Shape, printable
from generator.forms.field_names import WORD_LIMIT, encoded
from generator.forms.grid import Field, GridCell

_TWIPS_PER_MM = 1440 / 25.4
_LOWEST_ROW = 380
_LINE = 250
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


class Marks(NamedTuple):
    """What names the fields of one form."""

    form: int
    """Number of the form in the document, from 1."""
    taken: set[str]
    """Names of the bookmarks so far in the document."""

    def around(self, name: str, content: Sequence[BaseOxmlElement]) -> list[BaseOxmlElement]:
        """Return content between the two ends of a bookmark with a field's name.

        Where a field is shown twice the first place has the name: word processors drop or change a second one.
        """
        kept = encoded(name, form=self.form, limit=WORD_LIMIT)
        if kept in self.taken:
            return list(content)
        self.taken.add(kept)
        number = str(len(self.taken))
        return [
            element("w:bookmarkStart", {"w:id": number, "w:name": kept}),
            *content,
            element("w:bookmarkEnd", {"w:id": number}),
        ]


def element(
    tag: str, attributes: Mapping[str, str] | None = None, children: Sequence[BaseOxmlElement] = ()
) -> BaseOxmlElement:
    """Return one element."""
    made = OxmlElement(tag, {qn(name): value for name, value in (attributes or {}).items()})
    made.extend(children)
    return made


def run(text: str, *, size: float = TEXT_SIZE, bold: bool = False) -> list[BaseOxmlElement]:
    """Return text in letters of a size, its line feeds and tabs as the format writes them; nothing for no text."""
    if not text:
        return []
    half_points = str(round(size * 2))
    style = element(
        "w:rPr",
        children=[
            *([element("w:b")] if bold else []),
            *([element("w:sz", {"w:val": half_points}), element("w:szCs", {"w:val": half_points})]),
        ],
    )
    parts: list[BaseOxmlElement] = [style] if bold or size != TEXT_SIZE else []
    for number, line in enumerate(printable(text).split("\n")):
        parts += [element("w:br")] if number else []
        for place, piece in enumerate(line.split("\t")):
            parts += [element("w:tab")] if place else []
            parts += [_text(piece)] if piece else []
    return [element("w:r", children=parts)]


def _text(text: str) -> BaseOxmlElement:
    made = element("w:t", {"xml:space": "preserve"})
    made.text = text
    return made


def tables(shape: Shape, marks: Marks, *, caption: str) -> list[BaseOxmlElement]:
    """Return a table as one or two: only the first rows of a table are repeated, so one begins at the repeated row."""
    rows: defaultdict[int, list[Piece]] = defaultdict(list)
    for piece in shape.pieces:
        for row in range(piece.cell.row, piece.cell.row + piece.cell.rows):
            rows[row].append(piece)
    cuts = [0, shape.head, len(rows)] if shape.head else [0, len(rows)]
    breaking = shape.breaking_rows()
    made = []
    for start, end in pairwise(cuts):
        title = f"{caption}（续）" if start else caption
        drawn = [_row(shape, row, rows[row], marks, may_break=row in breaking) for row in range(start, end)]
        made.append(element("w:tbl", children=[_table_properties(shape, title), _columns(shape), *drawn]))
    return made


def _table_properties(shape: Shape, caption: str) -> BaseOxmlElement:
    borders = [
        element(f"w:{side}", {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "000000"}) for side in _SIDES
    ]
    margins = {"top": 40, "left": 60, "bottom": 40, "right": 60}
    return element(
        "w:tblPr",
        children=[
            element("w:tblW", {"w:w": str(sum(_twips(width) for width in shape.widths)), "w:type": "dxa"}),
            element("w:jc", {"w:val": "center"}),
            element("w:tblBorders", children=borders),
            element("w:tblLayout", {"w:type": "fixed"}),
            element(
                "w:tblCellMar",
                children=[element(f"w:{side}", {"w:w": str(size), "w:type": "dxa"}) for side, size in margins.items()],
            ),
            element("w:tblCaption", {"w:val": printable(caption)}),
        ],
    )


def _columns(shape: Shape) -> BaseOxmlElement:
    return element("w:tblGrid", children=[element("w:gridCol", {"w:w": str(_twips(width))}) for width in shape.widths])


def _row(shape: Shape, row: int, pieces: list[Piece], marks: Marks, *, may_break: bool) -> BaseOxmlElement:
    properties = element(
        "w:trPr",
        children=[
            *([] if may_break else [element("w:cantSplit")]),
            element("w:trHeight", {"w:val": str(_LOWEST_ROW), "w:hRule": "atLeast"}),
            *([element("w:tblHeader")] if row == shape.head else []),
        ],
    )
    in_order = sorted(pieces, key=lambda piece: piece.cell.column)
    return element("w:tr", children=[properties, *(_cell(piece, shape, row, marks) for piece in in_order)])


def _cell(piece: Piece, shape: Shape, row: int, marks: Marks) -> BaseOxmlElement:
    cell = piece.cell
    content = _content(cell, shape.size_of(cell), marks) if row == cell.row else []
    # Fonts of different machines ask for lines of very different height.
    spacing = element("w:spacing", {"w:line": str(_LINE), "w:lineRule": "exact"})
    # Titles alone at the foot of a page would say nothing.
    keeps = [element("w:keepNext")] if row == shape.head else []
    style = element("w:pPr", children=[*keeps, spacing, element("w:jc", {"w:val": cell.align})])
    paragraph = element("w:p", children=[style, *content])
    return element("w:tc", children=[_cell_properties(piece, shape, row), paragraph])


def _cell_properties(piece: Piece, shape: Shape, row: int) -> BaseOxmlElement:
    cell = piece.cell
    width = sum(_twips(width) for width in shape.widths[cell.column : cell.column + cell.columns])
    merge = {"w:val": "restart"} if row == cell.row else {}
    open_sides = [side for side, is_open in (("top", piece.open_above), ("bottom", piece.open_below)) if is_open]
    borders = [element(f"w:{side}", {"w:val": "nil"}) for side in open_sides]
    return element(
        "w:tcPr",
        children=[
            element("w:tcW", {"w:w": str(width), "w:type": "dxa"}),
            *([element("w:gridSpan", {"w:val": str(cell.columns)})] if cell.columns > 1 else []),
            *([element("w:vMerge", merge)] if cell.rows > 1 else []),
            *([element("w:tcBorders", children=borders)] if borders else []),
            *([element("w:textDirection", {"w:val": "tbRlV"})] if cell.vertical else []),
            element("w:vAlign", {"w:val": "center"}),
        ],
    )


def _content(cell: GridCell, size: float, marks: Marks) -> list[BaseOxmlElement]:
    """Return a cell's text, each field's part of it within a bookmark."""
    content, place = [], 0
    for field, start, end in _found(cell):
        content += run(cell.text[place:start], size=size)
        content += marks.around(field.name, run(cell.text[start:end], size=size))
        place = end
    return [*content, *run(cell.text[place:], size=size)]


def _found(cell: GridCell) -> Iterator[tuple[Field, int, int]]:
    place = 0
    for field in cell.fields:
        start = cell.text.find(field.text, place)
        if start >= 0:
            place = start + len(field.text)
            yield field, start, place


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS_PER_MM)
