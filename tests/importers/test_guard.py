import zipfile
from io import BytesIO
from typing import NoReturn

import pytest

from generator.importers import guard
from generator.importers.document import UnreadableError
from generator.importers.read import read
from tests.importers.office_files import ONE_ROW, archive, book, book_parts

_MERGED = "<mergeCells>{}</mergeCells>"


def _refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as raised:
        read(data, "表.xlsx")
    return str(raised.value)


@pytest.mark.parametrize("data", [b"", b"\0" * 5000, b" \n"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert "文件是空的" in _refused(data)


def test_a_file_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MAX_FILE_BYTES", 1000)

    assert "文件太大" in _refused(book(ONE_ROW))


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    assert "可能是有意做坏的" in _refused(archive({**book_parts(ONE_ROW), "xl/media/a.bin": bytes(60_000_000)}))


def test_too_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MAX_MEMBERS", 3)

    assert "5 个部分" in _refused(book(ONE_ROW))


def test_a_part_that_stands_twice_is_refused() -> None:
    file = BytesIO(book(ONE_ROW))
    with zipfile.ZipFile(file, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("xl/workbook.xml", "<workbook/>")

    assert "有两份" in _refused(file.getvalue())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_any_encoding(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'

    assert "DOCTYPE" in _refused(archive({**book_parts(ONE_ROW), "xl/worksheets/sheet1.xml": text.encode(encoding)}))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_entities_behind_blanks_are_refused(part: str) -> None:
    text = " " * 300 + '<!DOCTYPE a [<!ENTITY b "c">]>' + str(book_parts(ONE_ROW)[part])

    assert "DOCTYPE" in _refused(archive({**book_parts(ONE_ROW), part: text}))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_xml_too_large_is_refused_behind_blanks_too(monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    monkeypatch.setattr(guard, "MAX_XML_BYTES", 10_000)

    assert part in _refused(archive({**book_parts(ONE_ROW), part: " " * 10_000 + str(book_parts(ONE_ROW)[part])}))


def test_a_reader_without_memory_says_nothing_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_memory(*_of: object, **_named: object) -> NoReturn:
        raise MemoryError

    for name in ("generator.importers.xlsx.grids_of", "zipfile.ZipExtFile.read"):
        with monkeypatch.context() as short:
            short.setattr(name, no_memory)
            with pytest.raises(MemoryError):
                read(book(ONE_ROW), "a.xlsx")


@pytest.mark.parametrize("length", [300, 700, 1000])
def test_a_truncated_package_is_refused(length: int) -> None:
    assert "不完整" in _refused(book(ONE_ROW)[:length])


def test_a_damaged_part_is_named() -> None:
    data = bytearray(
        book("".join(f'<row r="{row}"><c r="A{row}"><v>{row * 7919}</v></c></row>' for row in range(1, 3000)))
    )
    data[3000:3040] = bytes(40)

    assert "xl/worksheets/sheet1.xml" in _refused(bytes(data))


def test_xml_that_breaks_off_is_refused() -> None:
    assert "sheet1.xml" in _refused(
        archive({**book_parts(ONE_ROW), "xl/worksheets/sheet1.xml": "<worksheet><sheetData><row"})
    )


def test_a_hundred_thousand_empty_rows_cost_little_and_add_nothing() -> None:
    rows = "".join(f'<row r="{row}" spans="1:8" ht="14.25" customHeight="1"/>' for row in range(2, 100_000))
    document = read(book(ONE_ROW + rows), "a.xlsx")

    assert [len(grid.cells) for grid in document.grids] == [2]


@pytest.mark.parametrize("reference", ["A2:XFD1048576", "A3:A1048576", "B1:XFD1"])
def test_a_merge_over_the_whole_sheet_is_cut_to_what_it_holds(reference: str) -> None:
    document = read(book(ONE_ROW, _MERGED.format(f'<mergeCell ref="{reference}"/>')), "a.xlsx")

    assert [(grid.height, grid.width) for grid in document.grids] == [(1, 2)]


def test_merges_that_overlap_are_remarked_and_cost_little() -> None:
    # Each compared with every other would not end before the time that every test has.
    merges = "".join(f'<mergeCell ref="A2:Z{row}"/>' for row in range(3, 20_000))
    document = read(book(ONE_ROW + '<row r="30000"><c r="Z30000"><v>1</v></c></row>', _MERGED.format(merges)), "a.xlsx")

    assert any("19996 处与别的合并单元格重叠" in remark.text for remark in document.remarks)


def test_merges_that_cover_too_much_are_refused() -> None:
    far = '<row r="90000"><c r="ABC90000"><v>1</v></c></row>'

    assert "合并的单元格" in _refused(book(ONE_ROW + far, _MERGED.format('<mergeCell ref="A2:XFD1048576"/>')))


def test_too_many_columns_described_are_refused_and_cost_little() -> None:
    parts = book_parts(ONE_ROW)
    columns = "<cols>" + '<col min="1" max="16384" hidden="1"/>' * 30_000 + "</cols><sheetData>"
    sheet = str(parts["xl/worksheets/sheet1.xml"]).replace("<sheetData>", columns)

    assert "sheet1.xml" in _refused(archive({**parts, "xl/worksheets/sheet1.xml": sheet}))


def test_content_far_away_is_refused_with_its_place() -> None:
    assert "XFD1048576 处还有内容" in _refused(book(ONE_ROW + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.importers.sheet.MAX_CELLS", 1)

    assert "有内容的单元格超过" in _refused(book(ONE_ROW))


def test_an_embedded_file_is_not_opened_but_remarked() -> None:
    document = read(archive({**book_parts(ONE_ROW), "xl/embeddings/a.xlsx": book(ONE_ROW)}), "a.xlsx")

    assert "嵌入了 1 个别的文件" in document.remarks[0].text
    assert len(document.grids) == 1


def test_links_to_other_workbooks_are_remarked_and_never_followed() -> None:
    document = read(archive({**book_parts(ONE_ROW), "xl/externalLinks/externalLink1.xml": "<externalLink/>"}), "a.xlsx")

    assert "引用了别的工作簿，没有打开" in document.remarks[0].text


def test_nonsense_in_a_worksheet_is_no_crash() -> None:
    rows = '<row r="abc"><c r="zz"><v>x</v></c><c r="A99999999999"><v>1e99999</v></c><c t="s"><v>99</v></c><c s="-1"/></row>'
    cells = read(book(rows), "a.xlsx").grids[0].cells

    assert [cell.text for cell in cells] == ["x", "1e99999", ""]
    assert all(cell.note for cell in cells)
