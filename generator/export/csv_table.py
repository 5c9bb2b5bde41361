"""CSV that spreadsheets open as it is: UTF-8 with a byte order mark, CRLF, and no cell that could run as a formula."""

import codecs
from collections.abc import Iterable, Mapping, Sequence

from generator.export.columns import Column
from generator.export.plain import Values
from generator.money import BLANK_MARKS, decimal_of
from generator.patterns import lazy_pattern

DIALECT = {
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "header": True,
}
"""How the files are written, as a Data Package puts it."""

UNSAFE_CELLS_NOTE = (
    "以 = + - @（含全角）或制表、换行开头的文字会被表格软件当作公式，这样的格前面加了一个英文撇号 '；"
    "数字和单独的横线不加。原来就以撇号开头的文字也加一个，所以去掉每格开头的一个撇号就是原文。"
)

APOSTROPHE = "'"
"""Stands before a text that a spreadsheet would take for a formula."""

_BETWEEN = "；"
# What we compute may have more places than any printed figure.
_COMPUTED = lazy_pattern(r"-?[0-9]+(?:\.[0-9]+)?")
_SUSPECT = lazy_pattern(r"\s*[=+\-@＝＋－＠]|[\t\r\n\v\f\0']")
# Spreadsheets of other languages, and LibreOffice of any, also split at semicolons and tabs: what stands behind
# one of them would be a cell of its own and could run.
_QUOTED = lazy_pattern(r'[,;\t"\r\n]')


def csv_head(columns: Sequence[Column]) -> bytes:
    """Return the start of a file: the mark and the line of titles."""
    return codecs.BOM_UTF8 + f"{','.join(quoted(column.name.label) for column in columns)}\r\n".encode()


def csv_cells(identifiers: Iterable[str], values: Values) -> str:
    """Return the cells of some columns with commas between them."""
    return ",".join([_CELLS[text] if text else "" for text in map(values.get, identifiers)])


def csv_line(texts: Iterable[str | None]) -> str:
    """Return cells with commas between them."""
    return ",".join([_CELLS[text] if text else "" for text in texts])


def csv_cell(text: str) -> str:
    """Return a text as a cell."""
    return quoted(harmless(text))


def listed(parts: Iterable[str | None]) -> str:
    """Return several printed texts as one cell."""
    return _BETWEEN.join(part or "" for part in parts)


def named(parts: Mapping[str, str | None]) -> str:
    """Return several texts with their names as one cell."""
    return _BETWEEN.join(f"{name}：{part or ''}" for name, part in parts.items())


def reasons(unreadable: Mapping[str, str], columns: Sequence[Column]) -> str:
    """Return why cells cannot be read as one cell, with the titles of their columns instead of the identifiers."""
    titles = {column.identifier: column.name.label for column in columns} | {"row": "整行"}
    return named({titles.get(way, way): reason for way, reason in unreadable.items()})


def harmless(text: str) -> str:
    """Return the text with an apostrophe before it where a spreadsheet would take it for a formula.

    A number keeps its sign and a dash stays a dash: neither can run. `undone` gives the text back.
    """
    if text[:1].isalnum() or not _SUSPECT.match(text):
        return text
    return text if text in BLANK_MARKS or _is_number(text) else APOSTROPHE + text


def undone(cell: str) -> str:
    """Return the text that a cell stands for."""
    return cell.removeprefix(APOSTROPHE)


def quoted(text: str) -> str:
    """Return a cell in quotation marks where it needs them: where anybody's spreadsheet would split it."""
    if not _QUOTED.search(text):
        return text
    return '"' + text.replace('"', '""') + '"'


class _Cells(dict[str, str]):
    """Texts as cells, remembered: a large site has millions, most of which it had before.

    A dict answers in half the time of `lru_cache`; it starts afresh where it has grown too large.
    """

    def __missing__(self, text: str) -> str:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        cell = self[text] = csv_cell(text)
        return cell


_MOST_REMEMBERED = 32_768
_CELLS = _Cells()


def _is_number(text: str) -> bool:
    return text == text.strip() and (decimal_of(text) is not None or _COMPUTED.fullmatch(text) is not None)
