"""Lines and areas drawn on one page of a PDF, seen upright from the top left."""

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from generator.importers.document import UnreadableError

OBJECTS_PER_PAGE = 60_000
FORM_DEPTH = 8

LINE_THICKNESS = 3.0
"""A filled area that is thinner than this, in points, is a line."""
_SHORTEST_LINE = 1.0
_AREA_POINTS = 6
"""Points of a filled shape that may be a rectangle, its beginning and end counted twice."""
_LIGHTEST_INK = 250


class Box(NamedTuple):
    """A rectangle; a line is one without width or height."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


class Matrix(NamedTuple):
    """A change of place, as PDF writes it."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, other: "Matrix") -> "Matrix":
        """Return both changes, this one first."""
        return Matrix(
            self.a * other.a + self.b * other.c,
            self.a * other.b + self.b * other.d,
            self.c * other.a + self.d * other.c,
            self.c * other.b + self.d * other.d,
            self.e * other.a + self.f * other.c + other.e,
            self.e * other.b + self.f * other.d + other.f,
        )

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point comes to."""
        return (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)


class Shapes:
    """Lines and areas found so far; one page's objects are met one by one."""

    def __init__(self) -> None:
        self.across: list[Box] = []
        self.down: list[Box] = []
        self.areas: list[Box] = []
        self.images = 0
        self.objects = 0

    def add_line(self, one: tuple[float, float], other: tuple[float, float]) -> None:
        """Add a stroke, if it runs across or down."""
        box = box_of((one, other))
        wide, high = box.right - box.left, box.bottom - box.top
        if high <= 1.0 and wide > _SHORTEST_LINE:
            self.across.append(box)
        elif wide <= 1.0 and high > _SHORTEST_LINE:
            self.down.append(box)

    def add_area(self, box: Box, *, is_white: bool) -> None:
        """Add a filled rectangle; a thin one is a line."""
        wide, high = box.right - box.left, box.bottom - box.top
        if min(wide, high) > LINE_THICKNESS:
            if not is_white:
                self.areas.append(box)
        elif not is_white and wide > 2 * high:
            self.across.append(box._replace(top=(box.top + box.bottom) / 2, bottom=(box.top + box.bottom) / 2))
        elif not is_white and high > 2 * wide:
            self.down.append(box._replace(left=(box.left + box.right) / 2, right=(box.left + box.right) / 2))


def read_shapes(page: object, upright: Matrix, *, label: str) -> Shapes:
    """Return what is drawn on a page; `label` names the page for people."""
    shapes = Shapes()
    _collect(_page_objects(page), upright, shapes, label=label, depth=0)
    return shapes


def _page_objects(page: object) -> Iterator[object]:
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        yield pdfium.FPDFPage_GetObject(page, index)


def _form_objects(form: object) -> Iterator[object]:
    for index in range(pdfium.FPDFFormObj_CountObjects(form)):
        yield pdfium.FPDFFormObj_GetObject(form, index)


def _collect(objects: Iterator[object], matrix: Matrix, shapes: Shapes, *, label: str, depth: int) -> None:
    for item in objects:
        shapes.objects += 1
        if shapes.objects > OBJECTS_PER_PAGE:
            raise UnreadableError(
                f"{label}画的线条和图形超过 {OBJECTS_PER_PAGE} 个，不像是表格。请改用 XLSX 或 DOCX 原件导入。"
            )
        match pdfium.FPDFPageObj_GetType(item):
            case pdfium.FPDF_PAGEOBJ_PATH:
                _add_path(item, _matrix(item).then(matrix), shapes)
            case pdfium.FPDF_PAGEOBJ_IMAGE:
                shapes.images += 1
            case pdfium.FPDF_PAGEOBJ_FORM if depth < FORM_DEPTH:
                inner = _matrix(item).then(matrix)
                _collect(_form_objects(item), inner, shapes, label=label, depth=depth + 1)


def _matrix(item: object) -> Matrix:
    raw = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, raw):
        return Matrix()
    return Matrix(raw.a, raw.b, raw.c, raw.d, raw.e, raw.f)


def _add_path(item: object, matrix: Matrix, shapes: Shapes) -> None:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(item, mode, stroked):
        return
    count = pdfium.FPDFPath_CountSegments(item)
    shapes.objects += max(0, count - 8) // 8
    if shapes.objects > OBJECTS_PER_PAGE:
        return
    is_inked = bool(stroked.value) and not is_white(item, stroke=True)
    for points, is_straight in _subpaths(item, matrix, count):
        if is_inked:
            for one, other in pairwise(points):
                shapes.add_line(one, other)
        if mode.value and is_straight and len(points) <= _AREA_POINTS:
            shapes.add_area(box_of(points), is_white=is_white(item, stroke=False))


def _subpaths(item: object, matrix: Matrix, count: int) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    points: list[tuple[float, float]] = []
    is_straight = True
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points, is_straight
            points, is_straight = [], True
        is_straight = is_straight and kind != pdfium.FPDF_SEGMENT_BEZIERTO
        points.append(matrix.at(x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points, is_straight


def is_white(item: object, *, stroke: bool) -> bool:
    """Tell whether something is drawn in white, or not at all."""
    channels = [ctypes.c_uint() for _ in range(4)]
    ask = pdfium.FPDFPageObj_GetStrokeColor if stroke else pdfium.FPDFPageObj_GetFillColor
    if not ask(item, *channels):
        return False
    red, green, blue, alpha = (channel.value for channel in channels)
    return alpha == 0 or min(red, green, blue) >= _LIGHTEST_INK


def box_of(points: list[tuple[float, float]] | tuple[tuple[float, float], ...]) -> Box:
    """Return the rectangle around points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))
