"""The money block: rows of named amounts, grouped, nested or listed as the form has them."""

from functools import lru_cache

from generator.load.cells import UNREADABLE, cells_of, read_cell, read_cells, read_extra
from generator.load.reading import Entry, Fields, Reading, is_blank, joined
from generator.load.record_faults import BAD_MONEY_UNIT, MISSING_FIELD
from generator.load.tree import Mapping, Node, Row, Scalar, Sequence
from generator.model.records import Cell, Funding, FundingRow
from generator.money import MONEY_UNITS
from generator.text import nearest
from generator.vocabulary import Place, labels, term_for, term_of

_NOT_AMOUNTS = ("label", "printed_cells", "unreadable", "parts", "extra")

# A key this like a column's title is a slip of the pen, not the name of a row.
_SLIP = 0.75


def read_funding(node: Node, reading: Reading, field: str) -> Funding | None:
    """Decode the money block."""
    mapping = reading.mapping(node, field)
    if mapping is None:
        return None
    unit, rows = _unit(mapping, reading, field), _Rows(reading)
    for key, value in mapping.entries:
        if term_for(Place.FUNDING, key.text) is None:
            rows.add(key, value, joined(field, key.text), group="")
    return Funding(unit, tuple(rows.rows), mapping.span)


def _unit(mapping: Mapping, reading: Reading, field: str) -> Cell:
    entry = reading.fields(mapping, Place.FUNDING, field).known.get("unit")
    known = "、".join(MONEY_UNITS)
    if entry is None:
        reading.report(
            MISSING_FIELD, mapping.span, f"“{field}”没有写金额单位", expected=known,
            hint="加一行“单位: 元”或“单位: 万元”；原表没有印单位时，按金额大小判断后写明", field=joined(field, "单位"),
        )  # fmt: skip
        return Cell("", mapping.span)
    cell = read_cell(entry.node, entry.term, reading, joined(field, "单位")) or Cell("", entry.node.span)
    if cell.text not in MONEY_UNITS:
        reading.report(
            BAD_MONEY_UNIT, cell.span, "不认识这个金额单位", found=cell.text or "空白", expected=known,
            hint=_unit_hint(cell.text), field=joined(field, "单位"),
        )  # fmt: skip
    return cell


def _unit_hint(text: str) -> str:
    """Say which unit a text most likely means; where it says none, nobody may guess one."""
    if not text:
        return "写明“元”或“万元”；原表没有印单位时，按金额大小判断"
    word = text.replace("圆", "元")
    named = max((unit for unit in MONEY_UNITS if unit in word), key=len, default=None) or nearest(word, MONEY_UNITS)
    return f"改为“{named}”" if named else "改为上列单位之一"


# Forms name their money alike, and comparing words is slow.
@lru_cache(maxsize=4096)
def _is_slip(key: str) -> bool:
    """Tell whether a key is almost the title of a column."""
    return nearest(key, labels(Place.FUNDING_ROW), cutoff=_SLIP) is not None


def may_be_column(key: str) -> bool:
    """Tell whether a row of this name, with one amount alone, would be taken for a column of the row around it."""
    return term_for(Place.FUNDING_ROW, key) is not None or _is_slip(key)


class _Rows:
    """The rows read so far; positions in it are what `FundingRow.parent` points at."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.rows: list[FundingRow] = []

    def add(self, key: Scalar, node: Node, field: str, *, group: str, parent: int | None = None) -> None:
        """Add what one key holds: a row, a single amount, or a group of either."""
        if isinstance(node, Sequence):
            self._add_list(node, field, group=key.text)
        elif isinstance(node, Scalar):
            self._add_amount(key, node, field, group, parent)
        elif isinstance(node, Row):
            self.reading.name_columns(node.shape)
            self.rows.append(FundingRow(key.text, key.span, group, parent, cells_of(node)))
        elif self._is_row(node):
            self._add_row(key.text, key, node, field, group, parent)
        elif group or parent is not None:
            self._report_columns(node, field)
        else:
            for inner, value in node.entries:
                self.add(inner, value, joined(field, inner.text), group=key.text)

    def _is_row(self, node: Mapping) -> bool:
        if any(term_for(Place.FUNDING_ROW, key.text) for key, _ in node.entries):
            return True
        scalars = [key.text for key, value in node.entries if isinstance(value, Scalar)]
        return bool(scalars) and len(scalars) == len(node.entries) and any(_is_slip(key) for key in scalars)

    def _report_columns(self, node: Mapping, field: str) -> None:
        self.reading.report_unknown(node.entries, Place.FUNDING_ROW, field)

    def _add_amount(self, key: Scalar, node: Scalar, field: str, group: str, parent: int | None) -> None:
        cell = read_cell(node, term_of(Place.FUNDING_ROW, "amount"), self.reading, field)
        if cell is not None:
            self.rows.append(FundingRow(key.text, key.span, group, parent, {"amount": cell}))

    def _add_list(self, node: Sequence, field: str, *, group: str) -> None:
        for item in node.items:
            mapping = self.reading.mapping(item, field, expected="每一项写明“资金名称”和各栏金额")
            if mapping is None:
                continue
            entry = self.reading.fields(mapping, Place.FUNDING_ROW, field).known.get("label")
            if entry is None or not isinstance(entry.node, Scalar) or is_blank(entry.node):
                self.reading.report(
                    MISSING_FIELD, mapping.span, f"“{field}”中有一行没有写资金名称", expected="“资金名称: …”",
                    hint="给这一行加上“资金名称”", field=joined(field, "资金名称"),
                )  # fmt: skip
                continue
            self._add_row(entry.node.text, entry.node, mapping, joined(field, entry.node.text), group, None)

    def _add_row(self, label: str, place: Scalar, node: Mapping, field: str, group: str, parent: int | None) -> None:
        fields = self.reading.fields(node, Place.FUNDING_ROW, field)
        self.reading.report_unknown(fields.unknown, Place.FUNDING_ROW, field)
        known = fields.known
        amounts = read_cells(
            (entry for identifier, entry in known.items() if identifier not in _NOT_AMOUNTS), self.reading, field
        )
        position = len(self.rows)
        self.rows.append(
            FundingRow(
                label, place.span, group, parent, amounts, self._printed_cells(known.get("printed_cells"), field),
                self._why_unreadable(fields, field),
                read_extra(known["extra"].node, self.reading, joined(field, "其他栏目")) if "extra" in known else {},
            )
        )  # fmt: skip
        parts = known.get("parts")
        if parts is not None:
            inner = self.reading.mapping(parts.node, joined(field, parts.key.text))
            for key, value in inner.entries if inner else ():
                self.add(key, value, joined(field, key.text), group=group, parent=position)

    def _printed_cells(self, entry: Entry | None, field: str) -> tuple[Cell, ...]:
        if entry is None:
            return ()
        if not isinstance(entry.node, Sequence):
            self.reading.wrong_shape(entry.node, joined(field, "印出数字"), '一个列表，例如 ["0", "0"]')
            return ()
        amount = term_of(Place.FUNDING_ROW, "amount")
        cells = (read_cell(item, amount, self.reading, joined(field, "印出数字")) for item in entry.node.items)
        return tuple(cell for cell in cells if cell is not None)

    def _why_unreadable(self, fields: Fields, field: str) -> str:
        entry, printed = fields.known.get("unreadable"), fields.known.get("printed_cells")
        cell = read_cell(entry.node, entry.term, self.reading, joined(field, UNREADABLE)) if entry else None
        if printed is not None and not (cell and cell.text):
            self.reading.report(
                MISSING_FIELD, printed.key.span, f"“{field}”用了“印出数字”，没有说明原因", expected=f"“{UNREADABLE}: 说明”",
                hint=f"加一行“{UNREADABLE}: …”，写明为什么分不清栏位", field=joined(field, UNREADABLE),
            )  # fmt: skip
        return cell.text if cell else ""
