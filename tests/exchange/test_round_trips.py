"""A record that goes out as a document comes back as the same record, whatever happens to the document on the way.

What goes out as a page is in `test_import_own_pages`.
"""

import io

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell as SheetCell

from generator.export.form_writers import writer_of
from generator.forms.field_names import WORD_LIMIT, encoded
from generator.model.records import Record
from generator.settings import DOCUMENT_FORMATS
from tests.exchange.conftest import Site, site_of
from tests.exchange.drawn_records import LAYOUTS, document_of, records, returned
from tests.site_tools import PROJECT

OWN = {record.id: record for record in site_of(PROJECT).catalog.records}
"""The records that come with the project: every official layout, figures that cannot be read, columns unknown."""

own_record = pytest.mark.parametrize("record", OWN.values(), ids=OWN)
drawn = settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


# --- out and back in -------------------------------------------------------------------------------------------------


@own_record
@pytest.mark.parametrize("kind", DOCUMENT_FORMATS)
def test_a_document_comes_back_as_the_record_it_was_made_of(kind: str, record: Record) -> None:
    (one,) = returned(document_of([record], kind), kind, record)

    assert one.differences == ()
    assert one.draft.record_id == record.id


@pytest.mark.parametrize("kind", DOCUMENT_FORMATS)
def test_one_document_gives_all_its_records_back(kind: str) -> None:
    everything = list(OWN.values())

    for one, record in zip(returned(document_of(everything, kind), kind, *everything), everything, strict=True):
        assert (one.differences, one.draft.record_id) == ((), record.id)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("kind", DOCUMENT_FORMATS)
def test_any_record_comes_back_from_any_document(kind: str, layout: str) -> None:
    @drawn
    @given(records(layout))
    def there_and_back(record: Record) -> None:
        (one,) = returned(document_of([record], kind), kind, record)

        assert one.differences == ()

    there_and_back()


def test_a_document_that_came_back_is_written_as_the_same_bytes(own: Site) -> None:
    for record in OWN.values():
        before = own.form(record)
        (one,) = returned(document_of([record], "xlsx"), "xlsx", record)
        after = own.form(one.record)

        assert [writer_of("xlsx")([form], properties={}) for form in (before, after)] == [
            writer_of("xlsx")([before], properties={})
        ] * 2


# --- edited on the way -----------------------------------------------------------------------------------------------

EDITS = (
    ("2024/xinzhuang/liangxin", "funding-年度资金总额.executed", "60.05", "项目资金 › 年度资金总额 › 全年执行数：61.05 → 60.05"),
    ("2024/xinzhuang/liangxin", "funding-年度资金总额.score", "", "项目资金 › 年度资金总额 › 得分：10.00 → 空白"),
    ("2024/xinzhuang/liangxin", "head.grade", "良", "评分等级：优 → 良"),
    ("2024/xidu/yizhan", "funding-年度资金-当年财政拨款.amount", "296,000.10", "项目资金 › 年度资金 › 当年财政拨款：296,000.00 → 296,000.10"),
    ("2024/xidu/yizhan", "funding-项目总资金-财政资金.amount", "—", "项目资金 › 项目总资金 › 财政资金：空白 → —"),
    ("2023/jiuliting/zizhi", "total.score", "98.5", "总分 › 得分：100 → 98.5"),
    ("2023/xinhong/zhengti", "total.score", "/", "总分 › 得分：93 → /"),
)  # fmt: skip
edited = pytest.mark.parametrize(("identifier", "field", "text", "told"), EDITS)


def in_workbook(data: bytes, field: str, text: str) -> bytes:
    """Type a text into the cell of a field, as somebody would in Excel."""
    book = load_workbook(io.BytesIO(data))
    ((_, place),) = book.defined_names[encoded(field)].destinations
    cell = book.worksheets[0][place]
    assert isinstance(cell, SheetCell)
    cell.value = text or None
    return saved(book)


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def in_text_document(data: bytes, field: str, text: str) -> bytes:
    """Type a text into the cell of a field, as somebody would in Word."""
    document = docx.Document(io.BytesIO(data))
    (mark,) = document.element.body.xpath(f"//w:bookmarkStart[@w:name='{encoded(field, limit=WORD_LIMIT)}']")
    cell = next(above for above in mark.iterancestors() if above.tag == qn("w:tc"))
    runs = list(cell.iter(qn("w:r")))
    for run in runs[1:]:
        run.getparent().remove(run)
    if runs:
        runs[0].text = text
    else:
        run = OxmlElement("w:r")
        run.text = text
        mark.addnext(run)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@edited
@pytest.mark.parametrize(("kind", "edit"), [("xlsx", in_workbook), ("docx", in_text_document)], ids=["xlsx", "docx"])
def test_an_edit_comes_back_as_just_that_difference(
    kind: str, edit: object, identifier: str, field: str, text: str, told: str
) -> None:
    record = OWN[identifier]
    assert callable(edit)

    (one,) = returned(edit(document_of([record], kind), field, text), kind, record)

    assert one.differences == (told,)
    assert one.draft.record_id == identifier


# --- names lost on the way -------------------------------------------------------------------------------------------


def moved(data: bytes) -> bytes:
    """Copy a sheet by hand into a new workbook, some rows lower and to the right: no name outlives that."""
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    book = Workbook()
    other = book.worksheets[0]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                copy = other.cell(cell.row + 3, cell.column + 2, cell.value)
                copy.data_type = "s"
    for merged in sheet.merged_cells.ranges:
        other.merge_cells(
            start_row=merged.min_row + 3, end_row=merged.max_row + 3,
            start_column=merged.min_col + 2, end_column=merged.max_col + 2,
        )  # fmt: skip
    return saved(book)


def nameless(data: bytes) -> bytes:
    """Take the bookmarks and the properties out of a text document."""
    document = docx.Document(io.BytesIO(data))
    for mark in document.element.body.xpath("//w:bookmarkStart | //w:bookmarkEnd"):
        mark.getparent().remove(mark)
    relations = document.part.package.rels
    for identifier in [key for key, one in relations.items() if "custom-properties" in one.reltype]:
        del relations[identifier]
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


LOSING = {"xlsx": moved, "docx": nameless}


@own_record
@pytest.mark.parametrize("kind", LOSING)
def test_labels_are_enough_where_names_are_lost(kind: str, record: Record) -> None:
    (one,) = returned(LOSING[kind](document_of([record], kind)), kind, record)

    assert one.draft.record_id == ""
    assert one.differences == ()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("kind", LOSING)
def test_without_names_nothing_is_lost_unseen(kind: str, layout: str) -> None:
    @drawn
    @given(records(layout))
    def there_and_back(record: Record) -> None:
        (one,) = returned(LOSING[kind](document_of([record], kind)), kind, record)

        # A form without a layout of its own prints no year; the import then asks for it.
        asked = ("年度：2024 → 0",) if layout == "通用" else ()
        assert one.differences == asked

    there_and_back()
