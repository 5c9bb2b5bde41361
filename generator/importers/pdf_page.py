"""What is drawn on one page of a PDF: glyphs, straight lines and coloured areas, seen upright from the top left."""

import ctypes
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from generator.importers.document import UnreadableError
from generator.importers.pdf_shapes import Box, Matrix, box_of, is_white, read_shapes

GLYPHS_PER_PAGE = 60_000

_LOOKED_AT, _NEARLY_ALL = 500, 0.9
_LIFTED = 0.2
"""Share of the size from which on ink is well above the baseline."""
_INVISIBLE_MODES = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
# What pdfium puts in place of a hyphen at the end of a line.
_HYPHENS = {"\x02": "-", "\ufffe": "-"}


class Glyph(NamedTuple):
    """One character as drawn; distances in points from the top left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    baseline: float
    size: float
    angle: int
    """Quarter turns, clockwise as seen: 0 upright, 1 reading downward, 3 reading upward."""
    run: int
    """Same for the characters that were drawn in one go."""
    unmapped: bool = False
    """Whether the file does not say which character this is."""
    hidden: bool = False
    """Whether it is not seen: invisible, or white on white."""
    is_lifted: bool = False
    """Whether it is a digit whose ink begins well above its baseline: fonts may have raised digits of their own."""

    @property
    def middle(self) -> tuple[float, float]:
        """Return a point well inside the character."""
        lift = 0.35 * self.size
        half = (self.right - self.left) / 2
        if self.angle == 0:
            return (self.left + half, self.baseline - lift)
        return (self.left + half, self.baseline)


class Drawing(NamedTuple):
    """Everything of a page that matters for its tables."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    across: tuple[Box, ...]
    """Horizontal lines."""
    down: tuple[Box, ...]
    """Vertical lines."""
    images: int


def read_drawing(page: pypdfium2.PdfPage, *, label: str) -> Drawing:
    """Return what a page shows; `label` names the page for people."""
    text = page.get_textpage()
    turn = _turn(page, text)
    width, height = page.get_size() if turn % 2 == page.get_rotation() // 90 % 2 else page.get_size()[::-1]
    upright = _upright(page, turn)
    shapes = read_shapes(page.raw, upright, label=label)
    glyphs = _visible(_glyphs(text, upright, turn, label=label), shapes.areas, Box(0, 0, width, height))
    return Drawing(width, height, _without_doubles(glyphs), tuple(shapes.across), tuple(shapes.down), shapes.images)


def upright_points(page: pypdfium2.PdfPage, points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return points of a page's own space as seen from its top left corner."""
    upright = _upright(page, _turn(page, page.get_textpage()))
    return [upright.at(x, y) for x, y in points]


def _upright(page: pypdfium2.PdfPage, turn: int) -> Matrix:
    left, bottom, right, top = page.get_bbox()
    match turn:
        case 1:
            return Matrix(0, 1, 1, 0, -bottom, -left)
        case 2:
            return Matrix(-1, 0, 0, 1, right, -bottom)
        case 3:
            return Matrix(0, -1, -1, 0, top, right)
        case _:
            return Matrix(1, 0, 0, -1, -left, top)


def _turn(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> int:
    """Return the quarter turns, clockwise, that make nearly all text of a page stand upright, or those it asks for."""
    count = text.count_chars()
    found = Counter(
        _quarters(text, index)
        for index in range(0, count, max(1, count // _LOOKED_AT))
        if pdfium.FPDFText_IsGenerated(text, index) != 1
    )
    angle, most = found.most_common(1)[0] if found else (0, 0)
    if most > _NEARLY_ALL * found.total():
        return -angle % 4
    return int(page.get_rotation()) // 90


def _quarters(text: pypdfium2.PdfTextPage, index: int) -> int:
    """Return how a character is turned, in quarters, clockwise, before the page is."""
    angle: float = pdfium.FPDFText_GetCharAngle(text, index)
    return round(angle / (math.pi / 2)) % 4


class _Run(NamedTuple):
    number: int
    is_invisible: bool
    is_white: bool
    scale: float


def _glyphs(
    text: pypdfium2.PdfTextPage, upright: Matrix, page_turn: int, *, label: str
) -> Iterator[tuple[Glyph, bool]]:
    """Yield the glyphs of a page, each with whether its ink is white."""
    count = text.count_chars()
    if count > GLYPHS_PER_PAGE:
        raise UnreadableError(f"{label}的文字超过 {GLYPHS_PER_PAGE} 个，不像是表格。请改用 XLSX 或 DOCX 原件导入。")
    runs: dict[int | None, _Run] = {}
    x, y, rectangle = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    for index in range(count):
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        character = _character(pdfium.FPDFText_GetUnicode(text, index))
        if not pdfium.FPDFText_GetLooseCharBox(text, index, rectangle):
            continue
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        item = pdfium.FPDFText_GetTextObject(text, index)
        address = ctypes.cast(item, ctypes.c_void_p).value
        run = runs.get(address)
        if run is None:
            run = runs[address] = _run(text, index, item, len(runs))
        box = box_of(
            (upright.at(rectangle.left, rectangle.bottom), upright.at(rectangle.right, rectangle.top)),
        )
        turn = (page_turn + _quarters(text, index)) % 4
        origin = upright.at(x.value, y.value)
        unmapped = pdfium.FPDFText_HasUnicodeMapError(text, index) == 1 or not character or _is_private(character)
        yield (
            Glyph(
                # Without a mapping, pdfium gives the code within the font, which may look like a figure.
                text="\ufffd" if unmapped else character,
                left=box.left,
                right=box.right,
                top=box.top,
                bottom=box.bottom,
                baseline=origin[1] if turn in {0, 2} else (box.top + box.bottom) / 2,
                size=max(run.scale * pdfium.FPDFText_GetFontSize(text, index), 1.0),
                angle=turn,
                run=run.number,
                unmapped=unmapped,
                hidden=run.is_invisible,
                is_lifted="0" <= character <= "9" and _is_lifted(text, index, y.value, rectangle),
            ),
            run.is_white,
        )


def _run(text: object, index: int, item: object, number: int) -> _Run:
    mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
    matrix = pdfium.FS_MATRIX()
    has_matrix = pdfium.FPDFText_GetMatrix(text, index, matrix)
    outlined = mode in {pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP}
    return _Run(
        number=number,
        is_invisible=mode in _INVISIBLE_MODES,
        is_white=is_white(item, stroke=outlined),
        scale=math.hypot(matrix.c, matrix.d) if has_matrix else 1.0,
    )


def _is_lifted(text: pypdfium2.PdfTextPage, index: int, baseline: float, loose: pdfium.FS_RECTF) -> bool:
    """Tell whether the ink of an upright character begins well above its baseline, within its page's own space."""
    if _quarters(text, index):
        return False
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top):
        return False
    height = loose.top - loose.bottom
    return bool(top.value > bottom.value and bottom.value - baseline > _LIFTED * height)


def _character(code: int) -> str:
    character = chr(code) if 0 < code <= sys.maxunicode else ""
    return _HYPHENS.get(character, character)


def _is_private(character: str) -> bool:
    return "\ue000" <= character <= "\uf8ff" or character == "\ufffd"


def _visible(glyphs: Iterator[tuple[Glyph, bool]], areas: list[Box], page: Box) -> Iterator[Glyph]:
    for glyph, has_white_ink in glyphs:
        x, y = glyph.middle
        unseen = not page.holds(x, y) or (has_white_ink and not any(area.holds(x, y) for area in areas))
        yield glyph._replace(hidden=True) if unseen else glyph


def _without_doubles(glyphs: Iterator[Glyph]) -> tuple[Glyph, ...]:
    """Return glyphs without those drawn twice at nearly the same place to look bold."""
    kept: list[Glyph] = []
    places: dict[tuple[str, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        if glyph.text.isspace():
            kept.append(glyph)
            continue
        reach = 0.2 * glyph.size
        column, row = int(glyph.left // glyph.size), int(glyph.baseline // glyph.size)
        near = (
            other
            for across in (-1, 0, 1)
            for down in (-1, 0, 1)
            for other in places.get((glyph.text, column + across, row + down), ())
        )
        if any(
            abs(other.left - glyph.left) < reach
            and abs(other.baseline - glyph.baseline) < reach
            and other.hidden == glyph.hidden
            for other in near
        ):
            continue
        places.setdefault((glyph.text, column, row), []).append(glyph)
        kept.append(glyph)
    return tuple(kept)
