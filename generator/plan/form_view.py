"""A record laid out in rows and merged cells, ready for a form template that only draws."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from generator.model.forms import FormDefinition, FundingLabel
from generator.model.records import BLANK, Cell, FreeTable, FundingRow, Indicator, Record
from generator.plan.correction_rows import titled
from generator.plan.form_levels import LevelCell, merged_levels
from generator.text import folded
from generator.vocabulary import TERMS, Place, term_of


class FundingLine(Struct, frozen=True, gc=False):
    """One row of the money block."""

    label: str
    """As the layout prints it."""
    name: str
    """As authored."""
    cells: Mapping[str, Cell]
    """One for each column of the layout."""
    printed_cells: tuple[Cell, ...]
    """Figures whose columns cannot be told; they take the place of the amounts."""
    unreadable: str
    anchor: str
    group: str
    depth: int
    """How many 其中 it stands below."""
    extra: Mapping[str, Cell]
    """One for each further column that any row has."""


class IndicatorLine(Struct, frozen=True, gc=False):
    """One row of the indicator block."""

    levels: tuple[LevelCell | None, ...]
    """One for each level column; None where a merged cell from above covers it."""
    name: str
    cells: Mapping[str, Cell]
    """One for each column of the layout."""
    extra: Mapping[str, Cell]
    """One for each further column that any row has."""
    anchor: str
    is_part: bool
    """Whether it is an unscored part (其中) of a row above."""


class IndicatorBlock(Struct, frozen=True, gc=False):
    """The rows of one horizon."""

    title: str
    lines: tuple[IndicatorLine, ...]


class Mark(Struct, frozen=True):
    """A row's way to what the check found about it; shown on the screen, no part of the form."""

    numbers: str
    """Of the findings, as a reader sees them: 1、3."""
    url: str
    """The first of them, on the same page."""


class FormView(Struct, frozen=True):
    """All a form template draws from."""

    form: FormDefinition
    record: Record
    title: str
    period: str
    head: Mapping[str, Cell]
    """Fields the layout shows; blank cells for those the record does not have."""
    other_head: tuple[tuple[str, Cell], ...]
    """Label and cell of head fields the layout has no place for."""
    prose: Mapping[str, str]
    """Markdown by identifier, empty where the record has none."""
    other_prose: tuple[tuple[str, str], ...]
    """Label and Markdown of texts the layout has no place for."""
    funding_title: str | Cell
    """A cell where the unit in it was corrected."""
    funding_unit: str | Cell
    funding_columns: Mapping[str, str]
    funding_extra: tuple[str, ...]
    """Titles of columns that the layout and the vocabulary do not know."""
    funding: tuple[FundingLine, ...]
    level_titles: tuple[str, ...]
    indicator_columns: Mapping[str, str]
    """Titles of the columns right of the name, by identifier."""
    name_title: str
    indicator_extra: tuple[str, ...]
    blocks: tuple[IndicatorBlock, ...]
    total: Mapping[str, Cell]
    weight_total: Cell
    tables: tuple[FreeTable, ...]
    other_amounts: tuple[tuple[str, str, Cell], ...]
    """Funding row, column and cell of amounts the layout has no column for."""
    other_indicator_cells: tuple[tuple[str, str, Cell], ...]
    """Indicator, column and cell of what the layout has no column for."""
    amounts: Mapping[tuple[str, str], Cell] = {}
    """Single amounts by label and group; for templates, `amount`."""
    marks: Mapping[str, Mark] = {}
    """By the row's anchor; only rows that a finding is about."""

    @property
    def has_total(self) -> bool:
        """Tell whether the form prints any total."""
        return any(cell.text or cell.unreadable for cell in self.total.values())

    @property
    def draws_total(self) -> bool:
        """Tell whether the layout has a row for the totals, which is then at the address `total`."""
        if self.form.any_title:
            return self.has_total and bool(self.blocks)
        return "score" in self.indicator_columns

    def amount(self, label: str, group: str = "") -> Cell:
        """Return the single amount of a row, for layouts that print one amount a row."""
        return self.amounts.get((label_key(label), group), BLANK)


_TOTALS = ("points", "score", "review_score")


# The labels of forms are few, and each is compared with many.
@lru_cache(maxsize=4096)
def label_key(label: str) -> str:
    """Return the label of a row as it is compared with others."""
    return folded(label)


def make_form_view(record: Record, form: FormDefinition) -> FormView:
    """Lay a record out by its form definition; whatever the layout has no place for is listed, never dropped."""
    funding_columns = dict(form.funding_columns) or _used(record, Place.FUNDING_ROW, _funding_cells(record))
    columns = dict(form.indicator_columns) or _general_columns(record)
    rows = record.funding.rows if record.funding else ()
    funding = tuple(_funding_lines(rows, form, funding_columns))
    depth = max([form.depth, *(len(row.path) for row in record.indicators)]) if form.any_title else form.depth
    # In the order of the titles, for templates draw titles and cells one by one.
    shown = tuple(key for key in columns if not key.startswith("level") and key != "name")
    return FormView(
        form=form,
        record=record,
        title=record.form,
        period=record.text("period") or form.period.format(year=record.year),
        head={key: record.head.get(key, BLANK) for key in form.head},
        other_head=_other_head(record, form),
        prose={key: record.prose[key].text if key in record.prose else "" for key in form.prose},
        other_prose=tuple(
            (_prose_label(record, key), text.text) for key, text in record.prose.items() if key not in form.prose
        ),
        funding_title=titled(form.funding_title, record.funding.unit if record.funding else BLANK),
        funding_unit=titled("{unit}", record.funding.unit if record.funding else BLANK),
        funding_columns=funding_columns,
        funding_extra=_extra_titles(rows),
        funding=funding,
        level_titles=_level_titles(record, columns, depth),
        indicator_columns={key: columns[key] for key in shown},
        name_title=columns.get("name", "指标名称"),
        indicator_extra=_extra_titles(record.indicators),
        blocks=_blocks(record, depth, shown),
        total={key: record.total.get(key, BLANK) for key in _TOTALS},
        weight_total=record.level1_weights.get("合计", BLANK),
        tables=record.tables,
        other_amounts=_other_amounts(rows, funding_columns),
        other_indicator_cells=_other_cells(record.indicators, shown),
        # The first of several rows of one label is the one the layout has a place for.
        amounts={(label_key(line.name), line.group): line.cells["amount"] for line in reversed(funding)}
        if "amount" in funding_columns
        else {},
    )  # fmt: skip


def _used(record: Record, place: Place, cells: Sequence[Mapping[str, Cell]]) -> dict[str, str]:
    """Return the columns that any row has, called as the author wrote them and in the order of the fullest row."""
    fullest = max(cells, key=len, default={})
    used = {identifier for row in cells for identifier in row}
    others = (term.identifier for term in TERMS[place] if term.identifier in used)
    return {identifier: record.label(place, identifier) for identifier in dict.fromkeys((*fullest, *others))}


def _funding_cells(record: Record) -> list[Mapping[str, Cell]]:
    return [row.cells for row in record.funding.rows] if record.funding else []


def _general_columns(record: Record) -> dict[str, str]:
    name = "level4" if f"{Place.INDICATOR}.level4" in record.labels else "name"
    return {"name": record.label(Place.INDICATOR, name)} | _used(
        record, Place.INDICATOR, [row.cells for row in record.indicators]
    )


def _level_titles(record: Record, columns: Mapping[str, str], depth: int) -> tuple[str, ...]:
    printed = [title for key, title in columns.items() if key.startswith("level")]
    keys = (f"{Place.INDICATOR}.{key}" for key in ("level1", "level2"))
    written = [record.labels[key] for key in keys if key in record.labels]
    return tuple(printed or (written if len(written) == depth else _LEVELS[:depth]))


_LEVELS = ("一级指标", "二级指标", "三级指标", "四级指标")


def _each(cells: Mapping[str, Cell], columns: tuple[str, ...]) -> Mapping[str, Cell]:
    """Return one cell for each column, blank where the row has none."""
    # Most rows are authored in the order of the form.
    return cells if tuple(cells) == columns else {column: cells.get(column, BLANK) for column in columns}


def _extra_titles(rows: Iterable[FundingRow | Indicator]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([title for row in rows if row.extra for title in row.extra]))


def _prose_label(record: Record, identifier: str) -> str:
    place = Place.OBJECTIVE if identifier in ("expected", "achieved") else Place.RECORD
    return record.label(place, identifier)


def _other_head(record: Record, form: FormDefinition) -> tuple[tuple[str, Cell], ...]:
    fields = [
        (record.label(Place.RECORD, key), cell)
        for key, cell in record.head.items()
        if key not in form.head and key != "period"
    ]
    return (*fields, *record.extra.items())


def _funding_lines(rows: Sequence[FundingRow], form: FormDefinition, columns: Mapping[str, str]) -> list[FundingLine]:
    """Return the layout's rows in its order, then the record's further rows in theirs."""
    left = list(enumerate(rows))
    extra, keys = _extra_titles(rows), tuple(columns)
    lines = []
    for label in form.funding_rows:
        match = next(((i, row) for i, row in left if _is(row, label)), None)
        if match is not None:
            left.remove(match)
        lines.append(_funding_line(match[1] if match else None, label, keys, extra, 0))
    for i, row in left:
        # The general layout prints a line for each group; the official ones have none to spare.
        printed = row.label if form.any_title or not row.group else f"{row.group}：{row.label}"
        label = FundingLabel(row.label, printed, row.group)
        lines.append(_funding_line(row, label, keys, extra, _depth(rows, i)))
    return list(_with_own_anchors(lines))


def _with_own_anchors(lines: Iterable[FundingLine]) -> Iterator[FundingLine]:
    """Give rows of equal label, which parts of different rows may have, anchors of their own."""
    seen: dict[str, int] = {}
    for line in lines:
        seen[line.anchor] = seen.get(line.anchor, 0) + 1
        yield line if seen[line.anchor] == 1 else replace(line, anchor=f"{line.anchor}-{seen[line.anchor]}")


def _is(row: FundingRow, label: FundingLabel) -> bool:
    return (
        row.parent is None
        and label_key(row.label) == label_key(label.label)
        and (not label.group or row.group == label.group)
    )


def _depth(rows: Sequence[FundingRow], position: int) -> int:
    parent = rows[position].parent
    return 0 if parent is None else 1 + _depth(rows, parent)


def _funding_line(
    row: FundingRow | None, label: FundingLabel, columns: tuple[str, ...], extra: tuple[str, ...], depth: int
) -> FundingLine:
    return FundingLine(
        label=label.printed,
        name=label.label,
        cells=_each(row.cells if row else {}, columns),
        printed_cells=row.printed_cells if row else (),
        unreadable=row.unreadable if row else "",
        anchor=funding_anchor(label.group, label.label),
        group=label.group,
        depth=depth,
        extra=_each(row.extra if row else {}, extra),
    )


@lru_cache(maxsize=1024)
def funding_anchor(group: str, label: str) -> str:
    """Return the address of a funding row on its record's page; Chinese words are fine in a fragment."""
    return "-".join(("funding", *(part for part in (group, label) if part))).replace(" ", "")


def _blocks(record: Record, depth: int, columns: tuple[str, ...]) -> tuple[IndicatorBlock, ...]:
    titles = {"long_term": "中长期绩效指标", "annual": "年度绩效指标"}
    groups = {horizon: tuple(rows) for horizon, rows in groupby(record.indicators, key=lambda row: row.horizon)}
    return tuple(
        IndicatorBlock(titles[horizon] if len(groups) > 1 else "", _indicator_lines(rows, depth, columns, record))
        for horizon, rows in groups.items()
    )


def _indicator_lines(
    rows: Sequence[Indicator], depth: int, columns: tuple[str, ...], record: Record
) -> tuple[IndicatorLine, ...]:
    extra = _extra_titles(record.indicators)
    merged = merged_levels([row.path for row in rows], depth, record.level1_weights)
    return tuple(
        [
            IndicatorLine(
                levels, row.name, _each(row.cells, columns), _each(row.extra, extra), row.anchor, row.parent is not None
            )
            for row, levels in zip(rows, merged, strict=True)
        ]
    )


def _other_amounts(rows: Sequence[FundingRow], columns: Mapping[str, str]) -> tuple[tuple[str, str, Cell], ...]:
    return tuple(
        (row.label, term_of(Place.FUNDING_ROW, key).label, cell)
        for row in rows
        for key, cell in row.cells.items()
        if key not in columns
    )


def _other_cells(rows: Sequence[Indicator], shown: Sequence[str]) -> tuple[tuple[str, str, Cell], ...]:
    known = set(shown)
    return tuple(
        (row.name, term_of(Place.INDICATOR, key).label, cell)
        for row in rows
        if not row.cells.keys() <= known
        for key, cell in row.cells.items()
        if key not in known
    )
