r"""The names of fields as documents hold them: defined names of a workbook, bookmarks of a text document.

A name of ours such as `head.project_name` may hold any character, theirs only letters, digits and underscores; Excel
takes 255 of them, Word 40, and both take large letters for small ones. So the name is written `jx1_head__project_name`:

- `jx`, the number of the form within its document from 1, an underscore;
- small Latin letters, digits and Chinese characters as they are;
- `.` as `__`, `-` as `_h_`, `_` as itself, anything else as `_x28_` with its code in hexadecimal digits;
- a name that could be read in another way too has its underscores written `_x5f_`.

What is too long becomes `jx1_z_` and a digest; the document then holds a table of such names in the property
`FIELD_TABLE`, made by `name_table` and read by `read_name_table`.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping

EXCEL_LIMIT = 255
WORD_LIMIT = 40

FIELD_TABLE = "jixiao.fields"
"""Property of a document with the names that are too long to stand in full."""
RECORDS = "jixiao.records"
"""Property of a document with the ids of its records, in the order of the forms' numbers, separated by `;`."""
LAYOUTS = "jixiao.layout"
"""Property of a document with the layouts of its records in the same order, separated by `;`."""

_NAME = re.compile(r"jx(?P<form>[1-9][0-9]{0,5})_(?P<body>.+)", re.DOTALL | re.IGNORECASE | re.ASCII)
_PLAIN = re.compile(r"[a-z0-9_\u4e00-\u9fff]")
_TOKEN = re.compile(r"_x(?P<code>[0-9a-f]{1,6})_|(?P<hyphen>_h_)|(?P<dot>__)")
_DIGEST = re.compile(r"z_[0-9a-f]{20}")
_LAST_CHARACTER = 0x10FFFF


def encoded(name: str, *, form: int = 1, limit: int = EXCEL_LIMIT) -> str:
    """Return a field's name as a document holds it; `form` is the form's number within the document."""
    prefix = f"jx{form}_"
    body = _written(name)
    if _read(body) != name or _DIGEST.fullmatch(body):
        body = _written(name, keep_underscores=False)
    if len(prefix) + len(body) > limit:
        body = f"z_{hashlib.blake2s(name.encode(), digest_size=10).hexdigest()}"
    return prefix + body


def decoded(text: str, table: Mapping[str, str] | None = None) -> str | None:
    """Return the field's name that a document's name stands for, or None where it is none of ours.

    `table` is what `read_name_table` read from the same document; without it a long name stays unknown.
    """
    match = _NAME.fullmatch(text)
    if match is None:
        return None
    body = match["body"].lower()
    if _DIGEST.fullmatch(body):
        return (table or {}).get(body)
    name = _read(body)
    # Whoever writes such a name in another way than we do did not get it from us.
    return (
        name if name is not None and encoded(name, form=int(match["form"]), limit=len(text)) == text.lower() else None
    )


def form_number(text: str) -> int | None:
    """Return the number of the form that a document's name belongs to, or None where it is none of ours."""
    match = _NAME.fullmatch(text)
    return int(match["form"]) if match else None


def name_table(names: Iterable[str], *, limit: int = EXCEL_LIMIT) -> str:
    """Return the text of the property `FIELD_TABLE` for those of some fields that need it, empty where none does.

    A form's number has up to six digits, so a name is put in the table if it is too long with any of them.
    """
    long = {name for name in names if _DIGEST.fullmatch(_body(encoded(name, form=999_999, limit=limit)))}
    table = {_body(encoded(name, limit=0)): name for name in sorted(long)}
    return json.dumps(table, ensure_ascii=False, separators=(",", ":")) if table else ""


def read_name_table(text: str) -> Mapping[str, str]:
    """Return the names that a property `FIELD_TABLE` holds; what does not belong there is left out."""
    try:
        table = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(table, dict):
        return {}
    return {
        body: name for body, name in table.items() if isinstance(name, str) and body == _body(encoded(name, limit=0))
    }


def _body(text: str) -> str:
    return text.partition("_")[2]


def _written(name: str, *, keep_underscores: bool = True) -> str:
    return "".join([_written_character(character, keep_underscores=keep_underscores) for character in name])


def _written_character(character: str, *, keep_underscores: bool) -> str:
    if character == ".":
        return "__"
    if character == "-":
        return "_h_"
    is_plain = _PLAIN.fullmatch(character) and (keep_underscores or character != "_")
    return character if is_plain else f"_x{ord(character):x}_"


def _read(body: str) -> str | None:
    if any(int(token["code"], 16) > _LAST_CHARACTER for token in _TOKEN.finditer(body) if token["code"]):
        return None
    return _TOKEN.sub(_read_token, body)


def _read_token(token: re.Match[str]) -> str:
    if token["code"]:
        return chr(int(token["code"], 16))
    return "-" if token["hyphen"] else "."
