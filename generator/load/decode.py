"""From tree to record: every fault of a file is reported, none is raised."""

import re
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from generator.address import ALLOWED, address_fault
from generator.finding import Finding, has_errors
from generator.load.cells import UNREADABLE, read_cell, read_cells, read_extra, read_prose
from generator.load.corrections import read_corrections
from generator.load.funding import read_funding
from generator.load.indicators import IndicatorRows
from generator.load.judgements import read_replies, read_rule_pack, read_waivers
from generator.load.reading import Entry, Fields, Reading, excerpt, is_blank, is_empty, joined
from generator.load.record_faults import (
    BAD_PROJECT_KEY,
    BAD_YEAR,
    MISSING_FIELD,
    UNEVEN_TABLE_ROW,
    UNKNOWN_FORM,
    UNKNOWN_LAYOUT,
    YEAR_AGAINST_FOLDER,
)  # fmt: skip
from generator.load.tree import Mapping, Node, Scalar, Sequence, type_names
from generator.load.unconfirmed import report_unconfirmed
from generator.model.forms import FormDefinition, FormLibrary
from generator.model.records import Cell, FreeTable, Funding, Indicator, Prose, Record
from generator.origin import START
from generator.text import nearest
from generator.vocabulary import Kind, Place, Term, term_for, term_of


class DecodeResult(Struct, frozen=True):
    """What became of one file: a record, or the reasons why there is none."""

    record: Record | None
    findings: tuple[Finding, ...]


def decode_record(tree: Node, *, identifier: str, path: str, forms: FormLibrary) -> DecodeResult:
    """Decode one file's tree; the record is None where any finding is an error."""
    decoded = decode_with_errors(tree, identifier=identifier, path=path, forms=forms)
    return DecodeResult(None, decoded.findings) if has_errors(decoded.findings) else decoded


def decode_with_errors(tree: Node, *, identifier: str, path: str, forms: FormLibrary) -> DecodeResult:
    """Decode one file's tree as far as it can be read, for comparing it with another; never to be published."""
    reading = Reading(path)
    mapping = reading.mapping(tree, "记录")
    if mapping is None:
        return DecodeResult(None, tuple(reading.findings))
    fields = reading.fields(mapping, Place.RECORD, "")
    reading.report_unknown(fields.unknown, Place.RECORD, "")
    definition = _definition(fields, forms, reading)
    record = _record(fields, identifier, definition, reading)
    _report_missing(definition, fields, mapping, reading)
    report_unconfirmed(fields.known.get("unconfirmed"), mapping, reading)
    return DecodeResult(record, tuple(reading.findings))


def _record(fields: Fields, identifier: str, definition: FormDefinition | None, reading: Reading) -> Record:
    known = fields.known
    prose = _prose(known, reading)
    total_entry = known.get("total")
    return Record(
        id=identifier,
        path=reading.path,
        form=_word(known.get("form")),
        layout=definition.identifier if definition else "",
        fiscal_year=_fiscal_year(known.get("fiscal_year"), identifier, reading),
        project_key=_project_key(known.get("project_key"), identifier, reading),
        head=_head(known.values(), reading),
        prose=prose,
        funding=_funding(known.get("funding"), reading),
        indicators=_indicators(known, reading),
        level1_weights=_weights(known.get("level1_weights"), reading),
        total=_total(total_entry, reading) if total_entry else {},
        source=_cells_of("source", Place.SOURCE, known, reading),
        tables=_tables(known.get("tables"), reading),
        extra=read_extra(known["extra"].node, reading, "其他信息") if "extra" in known else {},
        # Last, for the parts above are what names are collected from.
        labels=dict(reading.labels),
        keys={key: entry.key.span for key, entry in known.items()},
        rule_pack=read_rule_pack(known.get("rule_pack"), reading),
        waivers=read_waivers(known.get("waivers"), reading),
        replies=read_replies(known.get("replies"), reading),
        corrections=read_corrections(known.get("corrections"), reading),
    )


def _word(entry: Entry | None) -> str:
    return entry.node.text.strip() if entry and isinstance(entry.node, Scalar) and not is_blank(entry.node) else ""


def _as_found(entry: Entry) -> str:
    return excerpt(entry.node.text) or "空白" if isinstance(entry.node, Scalar) else type_names[type(entry.node)]


def _definition(fields: Fields, forms: FormLibrary, reading: Reading) -> FormDefinition | None:
    entry = fields.known.get("form")
    title, layout_entry = _word(entry), fields.known.get("layout")
    layout = _word(layout_entry)
    if entry is None or not title:
        reading.report(
            MISSING_FIELD, entry.node.span if entry else START, "没有写“表样”",
            found=_as_found(entry) if entry else "没有这一栏", expected="“表样: 表的名称”",
            hint="第一行写“表样: 财政项目支出绩效自评表”，或原表印出的标题", field="表样",
        )  # fmt: skip
        return None
    if layout_entry is not None and not isinstance(layout_entry.node, Scalar):
        reading.wrong_shape(layout_entry.node, "版式", "一个值")
        return None
    definition = forms.choose(title, layout)
    if definition is not None:
        return definition
    if layout_entry is not None and forms.choose(title, "") is not None:
        choices = forms.layouts(title)
        reading.report(
            UNKNOWN_LAYOUT, layout_entry.node.span, f"“{title}”没有“{layout}”这种版式", found=layout or "空白",
            expected="、".join(choices), hint=f"改为“版式: {nearest(layout, choices) or choices[0]}”，或删去这一行用默认版式", field="版式",
        )  # fmt: skip
        return None
    near = nearest(title, forms.titles())
    general = next((known.layout for known in forms.definitions if known.any_title), "")
    reading.report(
        UNKNOWN_FORM, entry.node.span, f"不认识表样“{excerpt(title)}”", found=excerpt(title),
        expected=f"“{near}”等已有的表样" if near else "已有的表样之一",
        hint=(f"改为“{near}”；" if near else "") + f"没有现成版式的表，另加一行“版式: {general}”即可收录", field="表样",
    )  # fmt: skip
    return None


def _fiscal_year(entry: Entry | None, identifier: str, reading: Reading) -> int:
    folder = identifier.split("/", 1)[0]
    if entry is None:
        return 0  # reported with the other missing fields
    text = _word(entry)
    if not re.fullmatch(r"(?:19|20)\d\d", text):
        reading.report(
            BAD_YEAR, entry.node.span, "年度应为四位数字", found=_as_found(entry), expected=f"例如 {folder}",
            hint="只写数字，不写“年”或“年度”；原表印出的样子写在“年度表述”", field="年度",
        )  # fmt: skip
        return 0
    # A folder that is no year is reported where it was found.
    if text != folder and re.fullmatch(r"\d{4}", folder):
        reading.report(
            YEAR_AGAINST_FOLDER, entry.node.span, f"年度写的是 {text}，文件却在 {folder} 文件夹", found=text, expected=folder,
            hint=f"改正年度，或把文件移到 {text} 文件夹", field="年度",
        )  # fmt: skip
    return int(text)


def _project_key(entry: Entry | None, identifier: str, reading: Reading) -> str:
    stem = identifier.rsplit("/", 1)[-1].split(".", 1)[0]
    if entry is None:
        return stem
    key = _word(entry)
    fault = address_fault(key)
    if fault:
        reading.report(
            BAD_PROJECT_KEY, entry.node.span, f"项目标识不能用作网址：{fault}", found=_as_found(entry),
            expected=ALLOWED, hint=f"例如“项目标识: {stem}”", field="项目标识",
        )  # fmt: skip
    return key


def _head(entries: Iterable[Entry], reading: Reading) -> dict[str, Cell]:
    identity = ("form", "layout", "project_key", "rule_pack")
    return read_cells(
        (
            entry
            for entry in entries
            if entry.term.kind in (Kind.TEXT, Kind.DATE) and entry.term.identifier not in identity
        ),
        reading,
        "",
    )


def _prose(known: dict[str, Entry], reading: Reading) -> dict[str, Prose]:
    """Read all texts; a form with one text for the objective has it in place of the two-part block."""
    texts = {
        entry.term.identifier: (entry.node, entry.key.text) for entry in known.values() if entry.term.kind is Kind.PROSE
    }
    objective = known.get("objective")
    if objective is not None and isinstance(objective.node, Mapping):
        fields = reading.fields(objective.node, Place.OBJECTIVE, objective.key.text)
        reading.report_unknown(fields.unknown, Place.OBJECTIVE, objective.key.text)
        texts |= {key: (entry.node, joined(objective.key.text, entry.key.text)) for key, entry in fields.known.items()}
    elif objective is not None:
        texts["expected"] = (objective.node, objective.key.text)
    prose = {key: read_prose(node, reading, field) for key, (node, field) in texts.items()}
    return {key: text for key, text in prose.items() if text is not None}


def _funding(entry: Entry | None, reading: Reading) -> Funding | None:
    return read_funding(entry.node, reading, entry.key.text) if entry else None


def _indicators(known: dict[str, Entry], reading: Reading) -> tuple[Indicator, ...]:
    rows = IndicatorRows(reading)
    for identifier, horizon in (("long_term_indicators", "long_term"), ("indicators", "annual")):
        entry = known.get(identifier)
        if entry is not None:
            rows.read(entry.node, entry.key.text, horizon=horizon)
    return tuple(rows.rows)


def _weights(entry: Entry | None, reading: Reading) -> dict[str, Cell]:
    mapping = reading.mapping(entry.node, entry.key.text) if entry else None
    if mapping is None:
        return {}
    points = term_of(Place.INDICATOR, "points")
    cells = (
        (key.text, read_cell(node, points, reading, joined("一级权重", key.text))) for key, node in mapping.entries
    )
    return {label: cell for label, cell in cells if cell is not None}


def _total(entry: Entry, reading: Reading) -> dict[str, Cell]:
    """Read the totals; a lone figure is the score."""
    if isinstance(entry.node, Scalar):
        cell = read_cell(entry.node, term_of(Place.TOTAL, "score"), reading, entry.key.text)
        return {"score": cell} if cell is not None else {}
    mapping = reading.mapping(entry.node, entry.key.text, expected="一个数字，或一组“栏目: 内容”")
    if mapping is None:
        return {}
    fields = reading.fields(mapping, Place.TOTAL, entry.key.text)
    reading.report_unknown(fields.unknown, Place.TOTAL, entry.key.text)
    return read_cells(fields.known.values(), reading, entry.key.text)


def _cells_of(identifier: str, place: Place, known: dict[str, Entry], reading: Reading) -> dict[str, Cell]:
    entry = known.get(identifier)
    mapping = reading.mapping(entry.node, entry.key.text) if entry else None
    if entry is None or mapping is None:
        return {}
    fields = reading.fields(mapping, place, entry.key.text)
    reading.report_unknown(fields.unknown, place, entry.key.text)
    return read_cells(fields.known.values(), reading, entry.key.text)


def _tables(entry: Entry | None, reading: Reading) -> tuple[FreeTable, ...]:
    if entry is None:
        return ()
    if not isinstance(entry.node, Sequence):
        reading.wrong_shape(entry.node, "附表", "附表的列表，每张写明标题、表头和行")
        return ()
    tables = (_table(item, joined("附表", str(number)), reading) for number, item in enumerate(entry.node.items, 1))
    return tuple(table for table in tables if table is not None)


def _table(node: Node, field: str, reading: Reading) -> FreeTable | None:
    mapping = reading.mapping(node, field)
    if mapping is None:
        return None
    fields = reading.fields(mapping, Place.TABLE, field)
    reading.report_unknown(fields.unknown, Place.TABLE, field)
    parts = fields.known
    missing = [term_of(Place.TABLE, key).label for key in ("title", "columns", "rows") if key not in parts]
    for label in missing:
        reading.report(
            MISSING_FIELD, mapping.span, f"“{field}”没有写“{label}”", expected=f"“{label}”", hint=f"加上“{label}: …”",
            field=joined(field, label),
        )  # fmt: skip
    if missing:
        return None
    title = read_cell(parts["title"].node, term_of(Place.TABLE, "title"), reading, joined(field, "标题"))
    columns = _texts(parts["columns"].node, joined(field, "表头"), reading)
    rows = []
    if not isinstance(parts["rows"].node, Sequence):
        reading.wrong_shape(parts["rows"].node, joined(field, "行"), "行的列表，每行一个列表")
        return None
    for number, row in enumerate(parts["rows"].node.items, 1):
        cells = _texts(row, joined(field, f"第 {number} 行"), reading)
        if cells is not None and columns is not None and len(cells) != len(columns):
            reading.report(
                UNEVEN_TABLE_ROW, row.span, f"“{field}”第 {number} 行有 {len(cells)} 栏，表头有 {len(columns)} 栏",
                found=f"{len(cells)} 栏", expected=f"{len(columns)} 栏", hint='空白的格写成 ""', field=joined(field, "行"),
            )  # fmt: skip
        rows.append(cells or ())
    return FreeTable(title.text if title else "", tuple(cell.text for cell in columns or ()), tuple(rows), mapping.span)


def _texts(node: Node, field: str, reading: Reading) -> tuple[Cell, ...] | None:
    """Return the cells of one line of a table, or None where it is no list."""
    if not isinstance(node, Sequence):
        reading.wrong_shape(node, field, "一个列表")
        return None
    cells = (read_cell(item, term_of(Place.TABLE, "title"), reading, field) for item in node.items)
    return tuple(cell or Cell("") for cell in cells)


@lru_cache(maxsize=256)
def _required_terms(labels: tuple[str, ...]) -> tuple[tuple[str, Term], ...]:
    """Return what a form requires besides its own title."""
    terms = ((label, term_for(Place.RECORD, label)) for label in labels)
    return tuple((label, term) for label, term in terms if term is not None and term.identifier != "form")


def _report_missing(definition: FormDefinition | None, fields: Fields, mapping: Mapping, reading: Reading) -> None:
    """Report fields the form requires: a key that is not there, or is there without any content."""
    # The form itself is reported where it is chosen; every form needs its year, a form nobody knows too.
    required = definition.required if definition else ("年度",)
    for label, term in _required_terms(required):
        entry = fields.known.get(term.identifier)
        written = entry.node if entry else None
        if written is not None and (term.identifier == "fiscal_year" or not is_empty(written)):
            continue
        title = _word(fields.known.get("form"))
        instead = f"；原表此处印得无法辨认时写成 {label}: {{{UNREADABLE}: 说明}}" if term.kind in _ONE_CELL else ""
        reading.report(
            MISSING_FIELD, written.span if written else mapping.span, f"“{title or '记录'}”必须有“{label}”",
            found="空白" if written else "没有这一栏", expected=f"“{label}: …”", hint=f"照原表补上“{label}”{instead}",
            field=label,
        )  # fmt: skip


_ONE_CELL = (Kind.TEXT, Kind.DATE, Kind.FIGURE)
"""Kinds of terms whose one cell can be said to be unreadable."""
