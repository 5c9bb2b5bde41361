"""Forms as DOCX, for Word, WPS and LibreOffice: tables as the official form has them, to be filled in and sent on.

Each field is a bookmark named by `encoded` of `generator.forms.field_names`. A content control would hold its name
more firmly, but what stands in one is invisible to many programs that read tables, and a figure must not vanish.
"""

from collections.abc import Mapping, Sequence

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENTATION
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt

from generator.export.docx_package import packed
from generator.export.docx_table import Marks, element, run, tables
from generator.export.form_shape import TEXT_SIZE, is_wide, printable, shaped
from generator.forms.field_names import FIELD_TABLE, WORD_LIMIT, name_table
from generator.forms.grid import FormGrid, Grid

_LETTERS = {"w:ascii": "Times New Roman", "w:hAnsi": "Times New Roman", "w:eastAsia": "宋体", "w:cs": "Times New Roman"}
_TITLE_SIZE = 16.0
_PERIOD_SIZE = 10.5


def write(forms: Sequence[FormGrid], *, properties: Mapping[str, str]) -> bytes:
    """Return forms as one DOCX, each on a page of its own; `properties` become properties of the document.

    The same forms give the same bytes: no clock, no chance.
    """
    document = docx.Document()
    wide = is_wide(forms)
    _set_up(document, wide=wide)
    taken: set[str] = set()
    body = [part for number, form in enumerate(forms, 1) for part in _form(form, Marks(number, taken), wide=wide)]
    # A table must not be the last thing in a document.
    for part in (*body, _seam()):
        document.element.body.insert_element_before(part, "w:sectPr")
    title = "、".join(dict.fromkeys(form.title for form in forms))
    long_names = name_table(_names(forms), limit=WORD_LIMIT)
    names = {FIELD_TABLE: long_names} if long_names else {}
    return packed(document, title=printable(title), properties={**properties, **names})


def _names(forms: Sequence[FormGrid]) -> set[str]:
    return {field.name for form in forms for grid in form.grids for cell in grid.cells for field in cell.fields}


def _set_up(document: Document, *, wide: bool) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
    if wide:
        section.orientation = WD_ORIENTATION.LANDSCAPE
    section.left_margin = section.right_margin = section.bottom_margin = Mm(18)
    section.top_margin = Mm(20)
    section.header_distance = section.footer_distance = Mm(9)
    # Word would set text on the lines of a grid, and a form's rows are lower than these.
    for grid in section._sectPr.findall(qn("w:docGrid")):  # noqa: SLF001
        section._sectPr.remove(grid)  # noqa: SLF001
    _number_pages(document)
    _set_styles(document)


def _number_pages(document: Document) -> None:
    footer = document.sections[0].footer
    paragraph = footer.paragraphs[0]._p  # noqa: SLF001
    paragraph.clear_content()
    number = element("w:fldSimple", {"w:instr": "PAGE"}, run("1"))
    for part in (_centred(), *run("- "), number, *run(" -")):
        paragraph.append(part)


def _set_styles(document: Document) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    document.styles.element.replace(
        defaults,
        element(
            "w:docDefaults",
            children=[
                element("w:rPrDefault", children=[element("w:rPr", children=_letters())]),
                element(
                    "w:pPrDefault",
                    children=[
                        element(
                            "w:pPr",
                            children=[element("w:spacing", {"w:after": "0", "w:line": "240", "w:lineRule": "auto"})],
                        )
                    ],
                ),
            ],
        ),
    )


def _letters() -> list[BaseOxmlElement]:
    size = str(round(TEXT_SIZE * 2))
    return [
        element("w:rFonts", _LETTERS),
        element("w:sz", {"w:val": size}),
        element("w:szCs", {"w:val": size}),
        element("w:lang", {"w:val": "en-US", "w:eastAsia": "zh-CN", "w:bidi": "ar-SA"}),
    ]


def _form(form: FormGrid, marks: Marks, *, wide: bool) -> list[BaseOxmlElement]:
    first = [element("w:pageBreakBefore")] if marks.form > 1 else []
    title = marks.around("title", run(form.title, size=_TITLE_SIZE, bold=True))
    heading = [*first, _spacing(after=6), _justified(), element("w:outlineLvl", {"w:val": "0"})]
    parts = [element("w:p", children=[element("w:pPr", children=heading), *title])]
    if form.period:
        period = [element("w:pPr", children=[_spacing(after=4), _justified()]), *run(form.period, size=_PERIOD_SIZE)]
        parts.append(element("w:p", children=period))
    for number, grid in enumerate(form.grids):
        parts += _grid(grid, marks, caption=form.title, follows=number > 0, wide=wide)
    return parts


def _grid(grid: Grid, marks: Marks, *, caption: str, follows: bool, wide: bool) -> list[BaseOxmlElement]:
    above = [_line(line) for line in grid.above]
    if follows and not above:
        above = [_line("")]
    made = tables(shaped(grid, wide=wide), marks, caption=caption) if grid.cells else []
    parts = [part for table in made for part in (_seam(), table)][1:]
    return [*above, *parts, *(_line(line) for line in grid.below)]


def _line(text: str) -> BaseOxmlElement:
    return element("w:p", children=[element("w:pPr", children=[_spacing(before=4, after=2)]), *run(text)])


def _seam() -> BaseOxmlElement:
    """Return a paragraph too low to be seen: without one Word takes two tables for one."""
    spacing = element("w:spacing", {"w:before": "0", "w:after": "0", "w:line": "14", "w:lineRule": "exact"})
    size = element("w:rPr", children=[element("w:sz", {"w:val": "2"}), element("w:szCs", {"w:val": "2"})])
    return element("w:p", children=[element("w:pPr", children=[spacing, size])])


def _spacing(*, before: float = 0, after: float = 0) -> BaseOxmlElement:
    return element("w:spacing", {"w:before": str(Pt(before).twips), "w:after": str(Pt(after).twips)})


def _justified() -> BaseOxmlElement:
    return element("w:jc", {"w:val": "center"})


def _centred() -> BaseOxmlElement:
    return element("w:pPr", children=[_justified()])
