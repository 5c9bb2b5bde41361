"""Office files written part by part, as programs would write them and as nobody should."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATIONS = {
    TRANSITIONAL: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    STRICT: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ONE_ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c><c r="B1"><v>1.5</v></c></row>'


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of some parts."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def book_parts(
    rows: str, behind: str = "", *, dialect: str = TRANSITIONAL, workbook: str = ""
) -> dict[str, str | bytes]:
    """Return the least parts of a workbook with one worksheet, 表."""
    relations = _RELATIONS[dialect]

    def one_relation(kind: str, target: str) -> str:
        return (
            f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="r1" Type="{relations}/{kind}" Target="{target}"/></Relationships>'
        )

    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": one_relation("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": (
            f'<workbook xmlns="{dialect}" xmlns:r="{relations}">'
            f'<sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets>{workbook}</workbook>'
        ),
        "xl/_rels/workbook.xml.rels": one_relation("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{dialect}"><sheetData>{rows}</sheetData>{behind}</worksheet>',
    }


def book(rows: str, behind: str = "", *, dialect: str = TRANSITIONAL, workbook: str = "") -> bytes:
    """Return such a workbook as a file."""
    return archive(book_parts(rows, behind, dialect=dialect, workbook=workbook))
