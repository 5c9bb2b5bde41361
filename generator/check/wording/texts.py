"""Every string of a record with its place: what rules about characters, leftovers and personal data look through."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from generator.check.outcome import Spot
from generator.model.records import Cell, FundingRow, Indicator, Prose, Record
from generator.origin import Span
from generator.vocabulary import Place, term_of

_JOIN = " › "


class Part(StrEnum):
    """Which part of a record a string stands in."""

    HEAD = "head"
    PROSE = "prose"
    FUNDING = "funding"
    LEVEL = "level"
    """A level 1 or level 2 label, once for all rows below it."""
    NAME = "name"
    INDICATOR = "indicator"
    """A cell of an indicator row."""
    FIGURE = "figure"
    """Weights and totals."""
    SOURCE = "source"
    TABLE = "table"
    EXTRA = "extra"
    NOTE = "note"
    """Why something cannot be read: the transcriber's words, not the form's."""
    REMARK = "remark"
    """Reasons of waivers and corrections, replies of the unit and comments, which are published beside the form."""


class Piece(Struct, frozen=True, gc=False):
    """One string that is not empty."""

    text: str
    part: Part
    key: str
    """Identifier of the column or field where the vocabulary knows it, else its printed label."""
    span: Span
    position: int = -1
    """In `Record.indicators`, for parts of a row."""
    owner: str = ""
    """What it belongs to: the row of money, the table, the transcribed cell."""
    prose: Prose | None = None

    @property
    def is_of_form(self) -> bool:
        """Tell whether the unit wrote it, not the one who copied the form."""
        return self.part not in (Part.SOURCE, Part.NOTE, Part.REMARK)

    @property
    def is_code(self) -> bool:
        """Tell whether it is a number that stands for something: a code, a document number, an address of a page."""
        return self.key in _CODES or any(word in self.key for word in _CODE_WORDS)


_CODES = frozenset({"index_number", "document_number", "form_number", "address"})
_CODE_WORDS = ("code", "编码", "代码", "编号", "文号", "索引", "合同", "网址")


def pieces_of(record: Record) -> tuple[Piece, ...]:
    """Return every string of a record, in the order of the model."""
    pieces = _cells(record.head, Part.HEAD)
    pieces += [Piece(prose.text, Part.PROSE, key, prose.span, prose=prose) for key, prose in record.prose.items()]
    for row in record.funding.rows if record.funding is not None else ():
        pieces += _funding(row)
    pieces += _indicators(record.indicators)
    pieces += _cells(record.level1_weights, Part.FIGURE, owner="一级权重")
    pieces += _cells(record.total, Part.FIGURE, owner="总分")
    pieces += _cells(record.source, Part.SOURCE)
    pieces += _tables(record)
    pieces += _cells(record.extra, Part.EXTRA)
    pieces += [Piece(comment.text, Part.REMARK, "注释", comment.span) for comment in record.comments]
    pieces += _judgements(record)
    return tuple([piece for piece in pieces if piece.text])


def _judgements(record: Record) -> Iterator[Piece]:
    for number, waiver in enumerate(record.waivers, 1):
        for key, text in (("原因", waiver.reason), ("批准人", waiver.approver)):
            yield Piece(text, Part.REMARK, key, waiver.span, owner=f"豁免{_JOIN}第 {number} 条")
    for number, reply in enumerate(record.replies, 1):
        for key, text in (("内容", reply.text), ("答复单位", reply.respondent)):
            yield Piece(text, Part.REMARK, key, reply.span, owner=f"答复{_JOIN}第 {number} 条")
    for number, correction in enumerate(record.corrections, 1):
        for key, text in (("原因", correction.reason), ("决定", correction.decided_by)):
            yield Piece(text, Part.REMARK, key, correction.span, owner=f"更正{_JOIN}第 {number} 条")


def _cells(cells: Mapping[str, Cell], part: Part, position: int = -1, owner: str = "") -> list[Piece]:
    pieces = []
    for key, cell in cells.items():
        if cell.text:
            pieces.append(Piece(cell.text, part, key, cell.span, position, owner))
        if cell.unreadable:
            pieces.append(Piece(cell.unreadable, Part.NOTE, key, cell.span, position, owner))
    return pieces


def _funding(row: FundingRow) -> Iterator[Piece]:
    yield Piece(row.label, Part.FUNDING, "label", row.span, owner=row.label)
    yield from _cells(row.cells, Part.FUNDING, owner=row.label)
    yield from _cells(row.extra, Part.FUNDING, owner=row.label)
    if row.unreadable:
        yield Piece(row.unreadable, Part.NOTE, "资金", row.span, owner=row.label)


def _indicators(indicators: tuple[Indicator, ...]) -> list[Piece]:
    pieces: list[Piece] = []
    above: tuple[str, ...] = ()
    for position, indicator in enumerate(indicators):
        path = indicator.path
        if path != above:
            pieces += [
                Piece(label, Part.LEVEL, f"level{depth + 1}", indicator.span, position)
                for depth, label in enumerate(path)
                if path[: depth + 1] != above[: depth + 1]
            ]
            above = path
        pieces.append(Piece(indicator.name, Part.NAME, "name", indicator.span, position))
        pieces += _cells(indicator.cells, Part.INDICATOR, position)
        if indicator.extra:
            pieces += _cells(indicator.extra, Part.INDICATOR, position)
    return pieces


def _tables(record: Record) -> Iterator[Piece]:
    for table in record.tables:
        yield Piece(table.title, Part.TABLE, "标题", table.span, owner=table.title)
        for column in table.columns:
            yield Piece(column, Part.TABLE, "表头", table.span, owner=table.title)
        for row in table.rows:
            for number, cell in enumerate(row):
                key = table.columns[number] if number < len(table.columns) else ""
                yield from _cells({key: cell}, Part.TABLE, owner=table.title)


def spot_of(record: Record, piece: Piece, offset: int = 0) -> Spot:
    """Return where a character of a piece stands."""
    if piece.prose is not None:
        return Spot(piece.prose.place_of(offset), _prose_label(record, piece.key))
    if piece.position >= 0:
        row = record.indicators[piece.position]
        path = (*row.path, row.name or f"第 {piece.position + 1} 行", _column(record, piece))
        return Spot(piece.span, _JOIN.join(part for part in path if part), row.anchor)
    if piece.part is Part.FUNDING:
        column = "" if piece.key == "label" else _known(record, Place.FUNDING_ROW, piece.key)
        path = (record.label(Place.RECORD, "funding"), piece.owner, column)
        return Spot(piece.span, _JOIN.join(part for part in path if part))
    place = {Part.HEAD: Place.RECORD, Part.SOURCE: Place.SOURCE, Part.FIGURE: Place.TOTAL}.get(piece.part)
    label = _known(record, place, piece.key) if place else piece.key
    whole = {Part.SOURCE: "来源", Part.TABLE: "附表", Part.EXTRA: "其他信息"}.get(piece.part, "")
    return Spot(piece.span, _JOIN.join(part for part in (whole, piece.owner, label) if part))


def _prose_label(record: Record, key: str) -> str:
    if key in ("expected", "achieved"):
        return record.label(Place.RECORD, "objective") + _JOIN + record.label(Place.OBJECTIVE, key)
    return record.label(Place.RECORD, key)


def _column(record: Record, piece: Piece) -> str:
    if piece.part is Part.LEVEL:
        return "一级指标" if piece.key == "level1" else "二级指标"
    return "三级指标" if piece.part is Part.NAME else _known(record, Place.INDICATOR, piece.key)


def _known(record: Record, place: Place, key: str) -> str:
    """Return what the form calls a column, or the key itself where the vocabulary does not know it."""
    try:
        term_of(place, key)
    except KeyError:
        return key
    return record.label(place, key)
