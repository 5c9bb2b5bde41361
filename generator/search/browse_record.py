"""One record as scripts load it: what the record's page shows of its form, as plain values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator.model.amounts import Amount, MainAmounts
from generator.model.catalog import Catalog
from generator.model.forms import FormDefinition
from generator.model.records import BLANK, Cell, Funding, FundingRow, Indicator, Record
from generator.plan.figures import format_decimal
from generator.plan.form_view import funding_anchor, label_key
from generator.plan.rows import Lines, Link
from generator.search.initials import initials_of, written
from generator.search.markup import printed_text
from generator.vocabulary import Place

Part = tuple[str, str, str, list[str]]
"""Kind, heading, address on the record's page, and labels and texts by turns."""

_BETWEEN = " › "
_FUNDS = (
    ("initial_budget", "年初预算数"),
    ("adjusted_budget", "全年预算数"),
    ("executed", "全年执行数"),
    ("requested", "申请资金"),
)
_UNNAMED = "（无名称）"


def browse_record(lines: Lines, catalog: Catalog) -> dict[str, Any]:
    """Return a record as scripts load it; every printed text is as printed, amounts in yuan are digits in a text.

    `initials` has those of the title, the unit and, where it is called otherwise than the record, the project.
    """
    record, row = lines.record, lines.row
    lost = "数据不足" if row.lost_unknown else ""
    if row.lost is not None:
        lost = ("至少 " if row.lost_unknown else "") + format_decimal(row.lost)
    names = search_names(lines)
    return {
        "id": row.id,
        "title": row.name,
        "url": row.url,
        "year": row.year.title,
        "unit": [record.unit, row.unit.title],
        "department": _department(row.department),
        "project": [row.project.title, row.project.url],
        "form": [record.layout, row.form.title, row.record_type, catalog.form_of(record).layout],
        "funds": list(_funds(row.amounts, record, catalog.form_of(record))),
        "execution_rate": row.amounts.execution_rate.text if row.amounts.execution_rate else "",
        "total": [row.total_points.text, row.total_score.text, row.grade.text],
        "lost": lost or None,
        "body": list(record_body(record, catalog.form_of(record))),
        "initials": [written(initials_of(name)) for name in names],
    }


def _funds(amounts: MainAmounts, record: Record, form: FormDefinition) -> Iterator[list[str | None]]:
    """Yield the main amounts; without yuan those that the form has a column for and nobody can tell."""
    unit = record.funding.unit.text if record.funding else ""
    for key, label in _FUNDS:
        amount: Amount | None = getattr(amounts, key)
        if amount is not None:
            yield [key, label, amount.printed, amount.unit, format_decimal(amount.yuan)]
        elif cell := amounts.unusable.get(key):
            yield [key, label, cell.text or (_unread(cell) if cell.unreadable else ""), unit, None]
        elif record.funding and (key in form.funding_columns or key in amounts.missing):
            yield [key, label, "", unit, None]


def _department(link: Link) -> list[str] | None:
    return [link.url.rpartition("/")[2].removesuffix(".html"), link.title] if link.title else None


def search_names(lines: Lines) -> tuple[str, ...]:
    """Return the names that a record goes by: its own, its unit's, and its project's where that is another."""
    row = lines.row
    names = (row.name, row.unit.title)
    return names if row.project.title == row.name else (*names, row.project.title)


def search_texts(shown: Mapping[str, Any]) -> list[str]:
    """Return all texts that a record is found by, of the record as `browse_record` gives it.

    Headings that many rows begin with alike are parted, with what stands at the joint once more: the grams are the same.
    """
    texts = [shown["title"], shown["unit"][1], shown["project"][0], shown["form"][3]]
    if shown["department"]:
        texts.append(shown["department"][1])
    for _, heading, _, pairs in shown["body"]:
        path, joint, name = heading.rpartition(_BETWEEN)
        texts += (path + joint, joint + name[:_JOINT], name) if joint else (heading,)
        texts += pairs[1::2]
    return texts


_JOINT = 2
"""Characters that may be folded to one."""


def record_body(record: Record, form: FormDefinition) -> Iterator[Part]:
    """Yield the parts of a record's form, from its head to what stands below the form."""
    yield "head", "", "", _head(record, form)
    if record.funding:
        yield from _funding(record.funding, record, form)
    for key, text in record.prose.items():
        is_objective = key in ("expected", "achieved")
        label = record.label(Place.OBJECTIVE if is_objective else Place.RECORD, key)
        yield "objective" if is_objective else "prose", "", "objective", [label, printed_text(text.text)]
    yield from _indicators(record.indicators, record, form)
    for table in record.tables:
        for line in table.rows:
            titles = (*table.columns, *[""] * (len(line) - len(table.columns)))
            yield "table", table.title, "", _pairs(zip(titles, line, strict=False))
    yield from _beneath(record, form)


def _head(record: Record, form: FormDefinition) -> list[str]:
    fields = [(record.label(Place.RECORD, key), cell) for key, cell in record.head.items()]
    missing = [(form.label(key), BLANK) for key in form.head if key not in record.head]
    return ["表样", record.form, "年度", record.year, *_pairs([*fields, *missing, *record.extra.items()])]


def _funding(funding: Funding, record: Record, form: FormDefinition) -> Iterator[Part]:
    columns = _Columns(form.funding_columns, Place.FUNDING_ROW, record)
    labels = {(label_key(one.label), one.group): one.label for one in form.funding_rows}
    seen: dict[str, int] = {}
    if funding.unit.text or funding.unit.unreadable:
        yield "funding", "", "", _pairs([("金额单位", funding.unit)])
    for row in funding.rows:
        named = labels.get((label_key(row.label), row.group)) or labels.get((label_key(row.label), ""), row.label)
        anchor = funding_anchor(row.group, named)
        seen[anchor] = seen.get(anchor, 0) + 1
        if seen[anchor] > 1:
            anchor = f"{anchor}-{seen[anchor]}"
        heading = f"{row.group}{_BETWEEN}{row.label}" if row.group else row.label
        yield "funding", heading, anchor, [*columns.pairs_of(row.cells), *_printed(row), *_pairs(row.extra.items())]


def _printed(row: FundingRow) -> list[str]:
    found = [("印出而栏位不明的数字", cell) for cell in row.printed_cells]
    if row.unreadable:
        found.append((row.label, Cell("", unreadable=row.unreadable)))
    return _pairs(found)


def _indicators(rows: Sequence[Indicator], record: Record, form: FormDefinition) -> Iterator[Part]:
    columns = _Columns(form.indicator_columns, Place.INDICATOR, record)
    for row in rows:
        heading = _BETWEEN.join([*filter(None, row.path), row.name or _UNNAMED])
        pairs = columns.pairs_of(row.cells)
        yield "indicator", heading, row.anchor, pairs + _pairs(row.extra.items()) if row.extra else pairs


def _beneath(record: Record, form: FormDefinition) -> Iterator[Part]:
    if record.total:
        anchor = "total" if _draws_total(record, form) else ""
        pairs = _pairs([(record.label(Place.TOTAL, key), cell) for key, cell in record.total.items()])
        yield "supplement", form.total_label, anchor, pairs
    if record.level1_weights:
        yield "supplement", "权重", "", _pairs(record.level1_weights.items())
    if record.source:
        pairs = _pairs([(record.label(Place.SOURCE, key), cell) for key, cell in record.source.items()])
        yield "supplement", "来源", "source", pairs


def _draws_total(record: Record, form: FormDefinition) -> bool:
    return bool(record.indicators) if form.any_title else "score" in form.indicator_columns


class _Columns:
    """The columns of a table: what they are called, and which of them the form prints even where a row has none."""

    def __init__(self, printed: Mapping[str, str], place: Place, record: Record) -> None:
        own = ("level", "name")
        self._titles = dict(printed)
        self._due = [key for key in printed if not key.startswith(own)]
        self._place = place
        self._record = record

    def pairs_of(self, cells: Mapping[str, Cell]) -> list[str]:
        """Return labels and texts by turns; the first row has every column of the form."""
        titles = self._titles
        pairs: list[str] = []
        for key, cell in cells.items():
            title = titles.get(key)
            if title is None:
                title = titles[key] = self._record.label(self._place, key)
            pairs += (title, cell.text or (_unread(cell) if cell.unreadable else ""))
        if self._due:
            for key in self._due:
                if key not in cells:
                    pairs += (titles[key], "")
            self._due = []
        return pairs


def _pairs(cells: Iterable[tuple[str, Cell]]) -> list[str]:
    pairs: list[str] = []
    for label, cell in cells:
        pairs += (label, cell.text or (_unread(cell) if cell.unreadable else ""))
    return pairs


def _unread(cell: Cell) -> str:
    return f"无法辨认：{cell.unreadable}"
