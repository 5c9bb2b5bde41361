"""CSV that spreadsheets open as it is: UTF-8 with a byte order mark, CRLF, and no cell that could run as a formula."""

import codecs
import csv
import io
import re
from collections.abc import Sequence

from generator.export.columns import Column, Kind
from generator.export.plain import Data
from generator.money import BLANK_MARKS, decimal_of

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

_QUOTE = "'"
# What we compute may have more places than any printed figure.
_COMPUTED = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_SUSPECT = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n\v\f\0']")


class CsvTable:
    """One file while its rows are collected."""

    def __init__(self, columns: Sequence[Column], site_url: str) -> None:
        self._columns = columns
        self._site_url = site_url
        self._text = io.StringIO(newline="")
        self._writer = csv.writer(self._text, lineterminator=str(DIALECT["lineTerminator"]))
        self._writer.writerow([column.name.label for column in columns])

    def add(self, record: Data, row: Data) -> None:
        """Add a row of a record; for a file of records the two are the same."""
        self._writer.writerow([self._cell(column, record if column.of_record else row) for column in self._columns])

    def content(self) -> bytes:
        """Return the file."""
        return codecs.BOM_UTF8 + self._text.getvalue().encode()

    def _cell(self, column: Column, data: Data) -> str:
        value: object = data
        for key in column.way:
            value = value.get(key) if isinstance(value, dict) else None
        # Most cells are blank, and a large site has millions of them.
        if value is None or value == "":
            return ""
        text = self._unreadable(value) if column.identifier == "unreadable" else _text(value, column.separator)
        return self._site_url + text if column.kind is Kind.ADDRESS else harmless(text)

    def _unreadable(self, value: object) -> str:
        """Return the reasons with the columns' Chinese titles instead of their identifiers."""
        reasons = value if isinstance(value, dict) else {}
        titles = {column.identifier: column.name.label for column in self._columns} | {"row": "整行"}
        return "；".join(f"{titles.get(key, key)}：{reason}" for key, reason in reasons.items())


def harmless(text: str) -> str:
    """Return the text with an apostrophe before it where a spreadsheet would take it for a formula.

    A number keeps its sign and a dash stays a dash: neither can run. `undone` gives the text back.
    """
    if not _SUSPECT.match(text):
        return text
    return text if text in BLANK_MARKS or _is_number(text) else _QUOTE + text


def undone(cell: str) -> str:
    """Return the text that a cell stands for."""
    return cell.removeprefix(_QUOTE)


def _is_number(text: str) -> bool:
    return text == text.strip() and (decimal_of(text) is not None or _COMPUTED.fullmatch(text) is not None)


def _text(value: object, separator: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return separator.join(f"{key}：{inner or ''}" for key, inner in value.items())
    if isinstance(value, list):
        return separator.join(inner or "" for inner in value)
    return str(value)
