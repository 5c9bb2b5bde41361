"""Forms as PDF: for printing, for keeping (PDF/A-2a), for reading aloud (tagged) and for copying figures from.

Each field that a cell shows is a named destination of the document: `encoded` of `generator.forms.field_names`.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import typst

from generator.errors import JixiaoError
from generator.export.form_fonts import TEXT_FONTS, TITLE_FONTS
from generator.export.form_shape import TEXT_SIZE, Piece, Shape, fitting_lines, is_wide, printable, shaped
from generator.export.form_typst import SOURCE
from generator.export.pdf_seal import sealed
from generator.forms.field_names import encoded
from generator.forms.grid import Align, FormGrid, Grid

_NO_LIMIT = 10_000
_MISSING = re.compile(r'error: (?:the text|the PDF contains the codepoint) `"(?P<text>.*?)"`')
_ESCAPE = re.compile(r"\\u\{(?P<code>[0-9a-f]+)\}")
_NAMED_RECORDS = 3
_ROWS_OF_A_PAGE = 45

_INSTALL = (
    "Debian、Ubuntu 请安装 fonts-noto-cjk（apt install fonts-noto-cjk），其他 Linux 请安装 Noto Serif CJK SC 或思源宋体；"
    "Windows 和 macOS 自带中文字体，不在时请在系统设置中补装。装好后重新导出。"
)


def write(forms: Sequence[FormGrid], *, properties: Mapping[str, str]) -> bytes:
    """Return forms as one PDF, each on a page of its own; `properties` become its keywords, as `name=value`.

    The same forms give the same bytes on the same machine: no clock, no chance.
    """
    return sealed(_compiled(forms, properties, system_fonts=True))


def _compiled(forms: Sequence[FormGrid], properties: Mapping[str, str], *, system_fonts: bool) -> bytes:
    fonts = _fonts(system_fonts=system_fonts)
    families = frozenset(fonts.families())
    known = [family for family in TEXT_FONTS if family in families]
    wide = is_wide(forms)
    data = {
        "title": _title(forms),
        "keywords": [_keyword(name, value) for name, value in sorted(properties.items())],
        "fonts": known,
        "title_fonts": [family for family in (*TITLE_FONTS, *TEXT_FONTS) if family in families],
        "size": TEXT_SIZE,
        "wide": wide,
        "forms": [_form(form, number, wide=wide) for number, form in enumerate(forms, 1)],
    }
    try:
        return typst.compile(
            SOURCE.encode(),
            format="pdf",
            font_paths=fonts,
            sys_inputs={"data": json.dumps(data)},
            # Refuses a character that no font has; otherwise it would become an empty box.
            pdf_standards=["a-2a"],
            timestamp=0,
        )
    except typst.TypstError as error:
        raise JixiaoError(_explained(error, forms, has_fonts=bool(known))) from error


@cache
def _fonts(*, system_fonts: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=system_fonts)


def _title(forms: Iterable[FormGrid]) -> str:
    return "、".join(dict.fromkeys(printable(form.title) for form in forms))


def _keyword(name: str, value: str) -> str:
    # Viewers show the keywords in one line, separated by commas.
    return printable(f"{name}={value.replace('%', '%25').replace(',', '%2C')}")


def _form(form: FormGrid, number: int, *, wide: bool) -> Mapping[str, Any]:
    return {
        "title": printable(form.title).split("\n"),
        "name": encoded("title", form=number, limit=_NO_LIMIT),
        "period": printable(form.period).split("\n") if form.period else [],
        "is_short": sum(grid.height for grid in form.grids) <= _ROWS_OF_A_PAGE,
        "grids": [_grid(grid, number, wide=wide) for grid in form.grids],
    }


def _grid(grid: Grid, number: int, *, wide: bool) -> Mapping[str, Any]:
    shape = shaped(grid, wide=wide)
    breaking = shape.breaking_rows()
    rows = [
        (piece.cell.row, _cell(piece, shape, number, may_break=piece.cell.row in breaking)) for piece in shape.pieces
    ]
    head = -1 if shape.head is None else shape.head
    foot = shape.foot()
    return {
        "above": [printable(line).split("\n") for line in grid.above],
        "below": [printable(line).split("\n") for line in grid.below],
        "widths": shape.widths,
        "before": [cell for row, cell in rows if row < head],
        "head": [cell for row, cell in rows if row == head],
        "after": [cell for row, cell in rows if head < row < foot],
        "foot": [cell for row, cell in rows if row >= foot],
    }


def _cell(piece: Piece, shape: Shape, number: int, *, may_break: bool) -> Mapping[str, Any]:
    cell, open_above, open_below = piece
    size = shape.size_of(cell)
    ems = shape.width_of(cell) / size
    text = printable(cell.text)
    return {
        "rows": cell.rows,
        "columns": cell.columns,
        "lines": text.split("\n")
        if cell.vertical
        else fitting_lines(text, ems=ems, balanced=cell.align is Align.CENTER),
        "align": cell.align,
        "vertical": cell.vertical,
        "size": size,
        # Merged cells go over pages, for what they stand beside does.
        "breakable": cell.rows > 1 or may_break,
        "open_above": open_above,
        "open_below": open_below,
        "names": [encoded(field.name, form=number, limit=_NO_LIMIT) for field in cell.fields],
    }


def _explained(error: typst.TypstError, forms: Sequence[FormGrid], *, has_fonts: bool) -> str:
    if not has_fonts:
        return f"本机没有中文字体，不能生成 PDF。{_INSTALL}"
    texts = [_ESCAPE.sub(_unescaped, match["text"]) for match in _MISSING.finditer(error.diagnostic)]
    missing = dict.fromkeys(character for text in texts for character in text)
    if not missing:
        return f"PDF 没有生成，排版软件报告：{error.message}。请改用 DOCX 或 XLSX，并把这句话告诉本软件的维护者。"
    listed = "、".join(f"{character}（U+{ord(character):04X}）" for character in missing)
    return (
        f"本机的字体里没有这些字，不能生成 PDF：{listed}，见 {_places(missing, forms)}。"
        "请安装收字更全的字体（Debian：fonts-noto-cjk-extra、fonts-hanazono），或把它们改成通用字。"
    )


def _unescaped(escape: re.Match[str]) -> str:
    return chr(int(escape["code"], 16))


def _places(characters: Iterable[str], forms: Sequence[FormGrid]) -> str:
    names = [
        form.record or f"“{form.title}”"
        for form in forms
        if any(character in text for character in characters for text in _texts(form))
    ]
    listed = "、".join(dict.fromkeys(names[:_NAMED_RECORDS]))
    return f"{listed} 等 {len(names)} 份" if len(names) > _NAMED_RECORDS else listed


def _texts(form: FormGrid) -> Iterable[str]:
    yield from (form.title, form.period)
    for grid in form.grids:
        yield from (*grid.above, *grid.below, *(cell.text for cell in grid.cells))
