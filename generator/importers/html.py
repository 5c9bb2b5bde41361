"""Web pages, also those that other systems call xls, and pages saved as one file (mht).

- Read: all tables with merged cells; the lines between them; pages in UTF-8, UTF-16, GB18030 and what these contain.
- Titles in the first rows of a table are lines above it, as they are in a workbook.
- Of a page of ours only the forms are read, not the tables about them.
- Not read: what a script adds to a page, and pages that it shows in frames.
"""

import email
import email.policy
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from generator.forms.grid import Grid, GridCell
from generator.forms.html_grid import OURS, TableTooLargeError, tables_of
from generator.importers.document import Document, Remark, UnreadableError

MAX_LINES = 20
"""Lines kept above a table: a page's menus stand before its title."""
_MIN_SURE = 20
"""So many characters beyond ASCII that fit UTF-8 cannot be chance."""

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_MHTML = re.compile(rb"^(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:MIME-Version|Content-Type):", re.IGNORECASE)
_CHINESE = {"gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936", "gb18030", "gb2312-80"}
_OUR_HEADING = '<div class="form-heading">'
_TABLES = re.compile(r"<(/?)table[\s>]", re.IGNORECASE)
_REPLACEMENT = "\ufffd"


class _Page(NamedTuple):
    data: bytes
    charset: str
    """As the mail around it says; empty for none."""


def read(data: bytes, name: str) -> Document:  # noqa: ARG001
    """Return the tables of a web page."""
    grids: list[Grid] = []
    remarks: list[Remark] = []
    for page in _pages(data):
        text, said = decoded(page.data, page.charset)
        found, more = _grids(text, len(grids))
        grids.extend(found)
        remarks.extend((*said, *more))
    if not grids:
        remarks.append(Remark("网页里没有表格；如果表格是打开后才出现的，请在浏览器里另存为 PDF 再导入。"))
    return Document("html", tuple(grids), tuple(dict.fromkeys(remarks)))


def decoded(data: bytes, charset: str = "") -> tuple[str, tuple[Remark, ...]]:
    """Return the text of a page, and what to say of its encoding."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _forced(data[len(mark) :], encoding)
    match = _CHARSET.search(data[:4096])
    named = _encoding(charset or (match[1].decode("ascii", "replace") if match else ""))
    as_utf8 = _strict(data, "utf-8")
    if as_utf8 is not None and sum(not character.isascii() for character in as_utf8) >= _MIN_SURE:
        said = (
            (Remark(f"网页自称编码是 {named}，实际是 UTF-8；已按 UTF-8 读取。"),) if named not in {"", "utf-8"} else ()
        )
        return as_utf8, said
    for encoding in (named, "utf-8", "gb18030"):
        text = _strict(data, encoding) if encoding else None
        if text is not None:
            return text, ()
    return min(
        (_forced(data, encoding) for encoding in ("utf-8", "gb18030")), key=lambda each: each[0].count(_REPLACEMENT)
    )


def _encoding(name: str) -> str:
    name = name.lower().replace("_", "-")
    if name.replace("-", "_") in {each.replace("-", "_") for each in _CHINESE}:
        return "gb18030"
    return "utf-8" if name in {"utf8", "utf-8"} else name


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _forced(data: bytes, encoding: str) -> tuple[str, tuple[Remark, ...]]:
    text = data.decode(encoding, "replace")
    count = text.count(_REPLACEMENT)
    if not count:
        return text, ()
    return text, (Remark(f"有 {count} 处文字的编码损坏，显示为“{_REPLACEMENT}”，请对照原网页改正。"),)


def _pages(data: bytes) -> Iterator[_Page]:
    """Yield the page, or the pages of a file that holds several as a mail would."""
    if not _MHTML.match(data[:4096]):
        yield _Page(data, "")
        return
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield _Page(content, str(part.get_content_charset() or ""))


def _grids(text: str, before: int) -> tuple[Sequence[Grid], Sequence[Remark]]:
    start = text.find(_OUR_HEADING)
    is_ours = start >= 0 and OURS in text
    try:
        # What stands before the form on a page of ours is about the record, in other words than the form's.
        tables = tables_of(text[start:] if is_ours else text)
    except TableTooLargeError as error:
        raise UnreadableError(f"{error}请只留下绩效表，另存后再导入。") from error
    remarks = []
    tags = [match[1] for match in _TABLES.finditer(text)]
    if tags.count("") > tags.count("/"):
        remarks.append(Remark("有表格没有结束标记，网页可能不完整；请核对最后几行。"))
    if is_ours:
        grids = [replace(table.grid, below=()) for table in tables if OURS in table.classes]
    else:
        grids = [_lines_lifted(table.grid) for table in tables if any(cell.text for cell in table.grid.cells)]
    return [_placed(grid, before + number) for number, grid in enumerate(grids, 1)], remarks


def _lines_lifted(grid: Grid) -> Grid:
    """Take titles out of a table: rows at its top that are one cell over the whole width."""
    lines: list[str] = []
    top = 0
    for cell in grid.cells:
        if cell.row != top or cell.rows > 1 or cell.columns < max(grid.width, 2) or cell.note:
            break
        lines.extend(line for line in cell.text.split("\n") if line.strip())
        top += 1
    if not top or top == grid.height:
        return grid
    cells = tuple(replace(cell, row=cell.row - top) for cell in grid.cells[top:])
    return replace(grid, cells=cells, above=(*grid.above, *lines))


def _placed(grid: Grid, number: int) -> Grid:
    rows: dict[int, int] = {}
    cells: list[GridCell] = []
    for cell in grid.cells:
        rows[cell.row] = rows.get(cell.row, 0) + 1
        cells.append(replace(cell, place=f"表{number}第{cell.row + 1}行第{rows[cell.row]}格"))
    place = f"表{number}（{grid.place}）" if grid.place else f"表{number}"
    return replace(grid, cells=tuple(cells), above=grid.above[-MAX_LINES:], place=place)
