"""Signs that a document's conversion has spoilt; put right only where the form itself proves it."""

import re
from decimal import Decimal
from typing import NamedTuple

from generator.importers.draft import Certainty
from generator.importers.understand.collect import Collected, Row, Value
from generator.money import decimal_of
from generator.text import half_width

_WHOLE = re.compile(r"(?P<sign>≥|≤|>=|<=|=|>|<|≧|≦|═)?\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>\D*)")
_SPOILT = re.compile(r"(?P<sign>\$2?|工|\^|二)\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[^\d]*)")
_ONE_SIGN = {"≥": "≥", ">=": "≥", "≧": "≥", "≤": "≤", "<=": "≤", "≦": "≤", "=": "=", "═": "=", ">": ">", "<": "<"}
_HUNDRED = Decimal(100)
_SAYS = {"≥": "不低于", "≤": "不高于", "=": "等于"}


class _Read(NamedTuple):
    sign: str
    number: Decimal
    unit: str


def repair(form: Collected) -> None:
    """Put spoilt signs of targets right where one reading alone agrees with the row and with the other rows."""
    signs = _signs(form)
    for row in form.rows:
        target = row.cells.get("target")
        if target is None or not target.text:
            continue
        spoilt = _SPOILT.fullmatch(target.text)
        if spoilt is None and not _may_be_spoilt(row, target):
            continue
        repaired = _only_reading(row, target, signs, spoilt)
        if repaired is None:
            form.remark(f"目标值“{target.text}”可能有符号在转换时印错，照印出的保留，请核对原件", target.place)
            continue
        why = (
            f"原件印作“{target.text}”：完成值“{row.cells['actual'].text}”得满分，本表其他目标都写“{repaired[0]}”，"
            f"只有读作“{repaired}”（{_SAYS[repaired[0]]}）说得通"
        )
        row.cells["target"] = target._replace(
            text=repaired, printed=target.printed or target.text, certainty=Certainty.INFERRED, why=why
        )
        form.remark(f"目标值由“{target.text}”改为“{repaired}”", target.place)


def _signs(form: Collected) -> set[str]:
    """Return the signs before whole targets of this form; a number without any counts as one."""
    signs = set()
    for row in form.rows:
        target = row.cells.get("target")
        if target is None or _may_be_spoilt(row, target):
            continue
        read = _read(target.text)
        if read is not None:
            signs.add(read.sign)
    return signs


def _read(text: str) -> _Read | None:
    match = _WHOLE.fullmatch(half_width(text).strip())
    number = decimal_of(match["number"]) if match else None
    return (
        _Read(_ONE_SIGN.get(match["sign"] or "", ""), number, match["unit"].strip("() "))
        if match and number is not None
        else None
    )


def _may_be_spoilt(row: Row, target: Value) -> bool:
    """Tell whether a target is a number that begins with 2 and contradicts an actual value of full score."""
    read, actual = _read(target.text), _actual(row)
    if read is None or read.sign or actual is None or not _is_full(row) or not str(read.number).startswith("2"):
        return False
    rest = str(read.number)[1:]
    # 20 with 18 reached is rather a target missed: without its 2 the number would begin with 0.
    if not rest or rest[0] in "0." or actual.number >= read.number:
        return False
    return read.unit != "%" or read.number > _HUNDRED


def _actual(row: Row) -> _Read | None:
    actual = row.cells.get("actual")
    return _read(actual.text) if actual and actual.text else None


def _is_full(row: Row) -> bool:
    points, score = (row.cells.get(key) for key in ("points", "score"))
    numbers = [decimal_of(cell.text) if cell else None for cell in (points, score)]
    return numbers[0] is not None and numbers[0] == numbers[1]


def _only_reading(row: Row, target: Value, signs: set[str], spoilt: re.Match[str] | None) -> str | None:
    """Return the target with its sign where just one reading is possible."""
    actual = _actual(row)
    if actual is None or actual.sign not in ("", "=") or not _is_full(row) or "" in signs:
        return None
    if spoilt is not None:
        number, unit = spoilt["number"], spoilt["unit"]
    else:
        match = _WHOLE.fullmatch(half_width(target.text).strip())
        assert match is not None  # noqa: S101
        number, unit = match["number"].replace(",", "")[1:], match["unit"]
    aimed = decimal_of(number)
    if aimed is None or (unit.strip("() ") == "%" and aimed > _HUNDRED) or actual.unit not in ("", unit.strip("() ")):
        return None
    agrees = {"≥": actual.number >= aimed, "≤": actual.number <= aimed, "=": actual.number == aimed}
    wanted = (
        ("=",) if spoilt is not None and spoilt["sign"] == "二" else ("≥", "≤", "=") if spoilt is not None else ("≥",)
    )
    possible = [sign for sign in wanted if agrees[sign] and sign in signs]
    return f"{possible[0]}{number}{unit}" if len(possible) == 1 else None
