"""One record as scripts load it: what the record's page shows of its form, as plain values.

The form is a list of rows, each of a layout, what stands above its heading, a heading, an anchor and texts. It is written
column by column: `rows` has the layout and the place above of each row by turns, `headings`, `anchors` and `texts` are one
text each, parted by a sign that no text holds, and the texts of a row are as many as its layout has labels. Most rows have
the same columns as others, and stand below the same headings, so these are written once: `layouts` are [kind, label…] and
`above` are what stands before headings, the first of them empty. Kinds are head, funding, objective, prose, indicator, table
and supplement; the anchor is the row's on the record's page, empty where it has none.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct

from generator.model.amounts import Amount, MainAmounts
from generator.model.catalog import Catalog
from generator.model.forms import FormDefinition
from generator.model.records import BLANK, Cell, Funding, FundingRow, Indicator, Record
from generator.plan.figures import format_decimal
from generator.plan.form_view import funding_anchor, label_key
from generator.plan.rows import Lines, Link
from generator.search.fold import PIECE_END
from generator.search.initials import written_initials
from generator.search.markup import printed_text
from generator.vocabulary import Place, term_of

PART_END = "\x7f"
"""Stands between the texts of a column: JSON writes it as it is, and no file of an author may hold it."""
_BETWEEN = " › "
_FUNDS = (
    ("initial_budget", "年初预算数"),
    ("adjusted_budget", "全年预算数"),
    ("executed", "全年执行数"),
    ("requested", "申请资金"),
)
_UNNAMED = "（无名称）"


class Shown(Struct, frozen=True):
    """A record as scripts load it, and all texts that it is found by."""

    value: dict[str, Any]
    texts: list[str]


def browse_record(lines: Lines, catalog: Catalog) -> Shown:
    """Return a record as scripts load it; every printed text is as printed, amounts in yuan are digits in a text.

    `initials` has those of the title, the unit and, where it is called otherwise than the record, the project.
    """
    record, row = lines.record, lines.row
    form = catalog.form_of(record)
    lost = "数据不足" if row.lost_unknown else ""
    if row.lost is not None:
        lost = ("至少 " if row.lost_unknown else "") + format_decimal(row.lost)
    body = _Body(record, form)
    department = _department(row.department)
    value = {
        "id": row.id,
        "title": row.name,
        "url": row.url,
        "year": row.year.title,
        "unit": [record.unit, row.unit.title],
        "department": department,
        "project": [row.project.title, row.project.url],
        "form": [record.layout, row.form.title, row.record_type, form.layout],
        "funds": list(_funds(row.amounts, record, form)),
        "execution_rate": row.amounts.execution_rate.text if row.amounts.execution_rate else "",
        "total": [row.total_points.text, row.total_score.text, row.grade.text],
        "lost": lost or None,
        "above": body.above,
        "layouts": body.layouts,
        "rows": body.rows,
        "headings": _column(body.headings),
        "anchors": _column(body.anchors),
        "texts": _column(body.texts),
        "initials": [written_initials(name) for name in search_names(lines)],
    }
    names = [row.name, row.unit.title, row.project.title, form.layout, *([department[1]] if department else ())]
    return Shown(value, [*names, *body.above, *body.joined_headings(), *body.texts])


def _column(texts: list[str]) -> str:
    """Return the texts of a column as one."""
    joined = PART_END.join(texts)
    if joined.count(PART_END) >= len(texts) or PIECE_END in joined:
        # Only escape sequences of YAML can write these, and nobody can see them.
        joined = PART_END.join(text.replace(PART_END, " ").replace(PIECE_END, " ") for text in texts)
    return joined


def _funds(amounts: MainAmounts, record: Record, form: FormDefinition) -> Iterator[list[str | None]]:
    """Yield the main amounts; without yuan those that the form has a column for and nobody can tell."""
    unit = record.funding.unit.text if record.funding else ""
    for key, label in _FUNDS:
        amount: Amount | None = getattr(amounts, key)
        if amount is not None:
            yield [key, label, amount.printed, amount.unit, format_decimal(amount.yuan)]
        elif cell := amounts.unusable.get(key):
            yield [key, label, _said(cell), unit, None]
        elif record.funding and (key in form.funding_columns or key in amounts.missing):
            yield [key, label, "", unit, None]


def _department(link: Link) -> list[str] | None:
    return [link.url.rpartition("/")[2].removesuffix(".html"), link.title] if link.title else None


def search_names(lines: Lines) -> tuple[str, ...]:
    """Return the names that a record goes by: its own, its unit's, and its project's where that is another."""
    row = lines.row
    names = (row.name, row.unit.title)
    return names if row.project.title == row.name else (*names, row.project.title)


@lru_cache(maxsize=1024)
def _word(place: Place, key: str) -> str:
    return term_of(place, key).label


class _Body:
    """The rows of a record's form, from its head to what stands below the form, column by column."""

    def __init__(self, record: Record, form: FormDefinition) -> None:
        self.above = [""]
        self.layouts: list[list[str]] = []
        self.rows: list[int] = []
        self.headings: list[str] = []
        self.anchors: list[str] = []
        self.texts: list[str] = []
        self._places: dict[tuple[str, ...], int] = {(): 0}
        """Positions in `above`, by path."""
        self._numbers: dict[tuple[str, ...], int] = {}
        """Positions in `layouts`."""
        self._record = record
        self._form = form
        self._add_head()
        if record.funding:
            self._add_funding(record.funding)
        for key, text in record.prose.items():
            is_objective = key in ("expected", "achieved")
            label = self._label(Place.OBJECTIVE if is_objective else Place.RECORD, key)
            kind = "objective" if is_objective else "prose"
            self._add_row(self._layout((kind, label)), "", "objective", [printed_text(text.text)])
        self._add_indicators(record.indicators)
        for table in record.tables:
            for line in table.rows:
                titles = (*table.columns, *[""] * (len(line) - len(table.columns)))
                self._add("table", table.title, "", zip(titles, line, strict=False))
        self._add_beneath()

    def joined_headings(self) -> list[str]:
        """Return the headings, each with what is at the joint to what stands above it, which is a text of its own."""
        return [_BETWEEN + one if above else one for one, above in zip(self.headings, self.rows[1::2], strict=True)]

    def _label(self, place: Place, key: str) -> str:
        return self._record.label(place, key) if self._record.labels else _word(place, key)

    def _layout(self, labels: tuple[str, ...]) -> int:
        """Return the number of a layout: a kind, and what its texts are called."""
        number = self._numbers.get(labels)
        if number is None:
            number = self._numbers[labels] = len(self.layouts)
            self.layouts.append(list(labels))
        return number

    def _place(self, path: tuple[str, ...]) -> int:
        """Return the number of what stands above a heading."""
        number = self._places.get(path)
        if number is None:
            number = self._places[path] = len(self.above)
            self.above.append("".join([part + _BETWEEN for part in path]))
        return number

    def _add_row(self, layout: int, heading: str, anchor: str, texts: Iterable[str], above: int = 0) -> None:
        self.rows += (layout, above)
        self.headings.append(heading)
        self.anchors.append(anchor)
        self.texts += texts

    def _add(self, kind: str, heading: str, anchor: str, cells: Iterable[tuple[str, Cell]]) -> None:
        found = tuple(cells)
        layout = self._layout((kind, *[label for label, _ in found]))
        self._add_row(layout, heading, anchor, [_said(cell) for _, cell in found])

    def _add_head(self) -> None:
        record, form = self._record, self._form
        fields = [(self._label(Place.RECORD, key), cell) for key, cell in record.head.items()]
        missing = [(form.label(key), BLANK) for key in form.head if key not in record.head]
        known = [("表样", Cell(record.form)), ("年度", Cell(record.year))]
        self._add("head", "", "", [*known, *fields, *missing, *record.extra.items()])

    def _add_funding(self, funding: Funding) -> None:
        form = self._form
        columns = _Columns("funding", form.funding_columns, Place.FUNDING_ROW, self._record)
        labels = {(label_key(one.label), one.group): one.label for one in form.funding_rows}
        seen: dict[str, int] = {}
        if funding.unit.text or funding.unit.unreadable:
            self._add("funding", "", "", [("金额单位", funding.unit)])
        for row in funding.rows:
            named = labels.get((label_key(row.label), row.group)) or labels.get((label_key(row.label), ""), row.label)
            anchor = funding_anchor(row.group, named)
            seen[anchor] = seen.get(anchor, 0) + 1
            if seen[anchor] > 1:
                anchor = f"{anchor}-{seen[anchor]}"
            above = self._place((row.group,)) if row.group else 0
            titles, texts = columns.row_of(row.cells, (*_printed(row), *row.extra.items()))
            self._add_row(self._layout(titles), row.label, anchor, texts, above)

    def _add_indicators(self, indicators: Sequence[Indicator]) -> None:
        columns = _Columns("indicator", self._form.indicator_columns, Place.INDICATOR, self._record)
        known: dict[tuple[str, ...], int] = {}
        places, rows, texts = self._places, self.rows, self.texts
        self.headings += [row.name or _UNNAMED for row in indicators]
        self.anchors += [row.anchor for row in indicators]
        for row in indicators:
            above = places.get(row.path)
            if above is None:
                above = self._place(tuple(filter(None, row.path)))
            # Most rows have the columns of the one before; this is the longest loop over a record.
            cells = row.cells
            keys = tuple(cells)
            layout = None if row.extra else known.get(keys)
            if layout is None:
                titles, said = columns.row_of(cells, row.extra.items())
                layout = self._layout(titles)
                texts += said
                if len(titles) == len(keys) + 1:
                    known[keys] = layout
            else:
                texts += [cell.text or (cell.unreadable and _said(cell)) for cell in cells.values()]
            rows += (layout, above)

    def _add_beneath(self) -> None:
        record, form = self._record, self._form
        if record.total:
            fields = [(self._label(Place.TOTAL, key), cell) for key, cell in record.total.items()]
            self._add("supplement", form.total_label, "total" if _draws_total(record, form) else "", fields)
        if record.level1_weights:
            self._add("supplement", "权重", "", record.level1_weights.items())
        if record.source:
            fields = [(self._label(Place.SOURCE, key), cell) for key, cell in record.source.items()]
            self._add("supplement", "来源", "source", fields)


def _printed(row: FundingRow) -> list[tuple[str, Cell]]:
    found = [("印出而栏位不明的数字", cell) for cell in row.printed_cells]
    if row.unreadable:
        found.append((row.label, Cell("", unreadable=row.unreadable)))
    return found


def _draws_total(record: Record, form: FormDefinition) -> bool:
    return bool(record.indicators) if form.any_title else "score" in form.indicator_columns


class _Columns:
    """The columns of a table: what they are called, and which of them the form prints even where a row has none."""

    def __init__(self, kind: str, printed: Mapping[str, str], place: Place, record: Record) -> None:
        own = ("level", "name")
        self._titles = dict(printed)
        self._due = [key for key in printed if not key.startswith(own)]
        self._kind = kind
        self._place = place
        self._record = record

    def row_of(self, cells: Mapping[str, Cell], more: Iterable[tuple[str, Cell]]) -> tuple[tuple[str, ...], list[str]]:
        """Return the layout of a row and its texts; the first row has every column of the form."""
        titles = self._titles
        for key in cells:
            if key not in titles:
                titles[key] = self._record.label(self._place, key)
        found = [(titles[key], cell) for key, cell in cells.items()]
        found += [(titles[key], BLANK) for key in self._due if key not in cells]
        found += more
        self._due = []
        return (self._kind, *[title for title, _ in found]), [_said(cell) for _, cell in found]


def _said(cell: Cell) -> str:
    return cell.text or (f"无法辨认：{cell.unreadable}" if cell.unreadable else "")
