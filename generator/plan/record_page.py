"""The page of one record."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import NamedTuple

from msgspec.structs import replace

from generator.model.amounts import MainAmounts, percentage
from generator.model.catalog import Catalog
from generator.model.printed import short_digest
from generator.model.records import Cell, FundingRow, Indicator, Record
from generator.plan.charts import funds_chart, score_chart
from generator.plan.check_view import make_check_view
from generator.plan.comparisons import comparisons_of_record
from generator.plan.contexts import Download, RecordContext
from generator.plan.correction_rows import correction_rows, with_former
from generator.plan.documents import record_documents
from generator.plan.figures import format_signed, format_wan
from generator.plan.form_view import FormView, label_key, make_form_view
from generator.plan.history import RecordHistory
from generator.plan.json_ld import record_json_ld
from generator.plan.page import Page
from generator.plan.plain_card import plain_card
from generator.plan.rows import Lines, Link, OtherRecord, RecordRow, indicator_name
from generator.plan.site_check import SiteCheck
from generator.plan.urls import RECORDS, history_url, question_sheet_url, record_json_url, record_url, source_url
from generator.vocabulary import Place, term_of


class AuthoredFile(NamedTuple):
    """The authored file of a record."""

    suffix: str
    text: str
    modified: str
    """Date of its last change in git, ISO; empty where that is not known."""
    history: RecordHistory | None
    """What else git knows of it."""


def record_page(
    lines: Lines,
    catalog: Catalog,
    rows: Mapping[str, OtherRecord],
    named: Mapping[str, Link],
    site: SiteCheck,
    source: AuthoredFile,
    promises_url: str,
    exports: tuple[str, ...] = (),
) -> Page:
    """Plan the page of one record.

    `rows` has the records of its unit by id, `named` the pages of records that findings may name, `source` is the authored file, `promises_url` where promise and result are compared, `exports` the formats that its form can be had in.
    """
    record, row = lines.record, lines.row
    form = make_form_view(with_former(record, catalog.form_of(record)), catalog.form_of(record))
    check, marks = make_check_view(lines, form, site, named)
    form = replace(form, marks=marks) if marks else form
    suffix, text, modified, history = source
    amounts = row.amounts
    adjustment = amounts.adjustment
    title, description = record_title(row), describe_record(row)
    previous, following = (_neighbour(record, catalog, rows, step) for step in (-1, 1))
    declarations, evaluations = (_same_year(record, catalog, rows, declared=declared) for declared in (True, False))
    context = RecordContext(
        row=row,
        form=form,
        form_template=f"forms/{form.form.identifier}.html",
        card=plain_card(lines, form, site.rules),
        questions_url=question_sheet_url(record.unit, record.year),
        adjustment=_adjustment(amounts, record),
        adjustment_rate=percentage(adjustment, amounts.initial_budget.yuan if amounts.initial_budget else None),
        computed_rate=amounts.computed_execution_rate,
        charts=tuple(chart for chart in (funds_chart(amounts), score_chart(amounts, record.indicators)) if chart),
        deviations=lines.deviations if row.deviations else (),
        indicators=sum([1 for one in record.indicators if one.name or one.cells]),
        check=check,
        unreadable=_unreadable(record),
        supplement=_supplement(record, form),
        source=tuple((term_of(Place.SOURCE, key).label, cell.text) for key, cell in record.source.items() if cell.text),
        previous=previous,
        following=following,
        declarations=declarations,
        promises_url=promises_url,
        evaluations=evaluations,
        comparisons=comparisons_of_record(row, previous, following, (*declarations, *evaluations)),
        siblings=tuple(islice((rows[other.id] for other in catalog.by_unit[record.unit] if other.project_key != record.project_key), SIBLINGS)),
        downloads=(
            *record_documents(record, exports),
            Download("源文件", source_url(record, suffix), "作者填写的原样文件" + ("（Markdown）" if suffix == ".md" else "（YAML）")),
            Download("JSON", record_json_url(record), "供程序读取，印出的数字为文本，与原表一致"),
        ),
        source_path=record.path,
        source_text=text,
        history=history,
        history_url=history_url(record),
        corrections=correction_rows(record, row),
        digest=short_digest(lines.digest),
        json_ld=record_json_ld(row, title=title, description=description, suffix=suffix, modified=modified),
    )  # fmt: skip
    return Page(
        url=row.url,
        template="pages/record.html",
        context=context,
        title=title,
        description=description,
        section="records",
        crumbs=(Link("全部记录", RECORDS), row.year, row.unit, Link(record.name, "")),
        wide=True,
        form=form.form.identifier,
    )


def named_page(record: Record) -> Link:
    """Return the page of a record as findings about other records name it."""
    return Link(f"{record.year}年度 {record.name}", record_url(record))


_Line = tuple[str, Cell]
"""Where a cell stands, in words, and the cell."""

SIBLINGS = 12
"""How many other records of the unit are named; all of them are on the unit's page."""


def _adjustment(amounts: MainAmounts, record: Record) -> str:
    initial, adjusted = amounts.initial_budget, amounts.adjusted_budget
    if initial is None or adjusted is None or record.funding is None:
        return ""
    return f"{format_signed(adjusted.number - initial.number)} {record.funding.unit.text}"


def record_title(row: RecordRow) -> str:
    """Name the record so that no two pages of a site are called alike."""
    parts = [row.name, f"{row.year.title}年度" + (row.form.title if row.name != row.form.title else ""), row.unit.title]
    return " · ".join(parts)


def describe_record(row: RecordRow) -> str:
    """Return in one sentence whose form this is, and its main figures."""
    parts = [f"{row.unit.title}{row.year.title}年度“{row.name}”{row.form.title}"]
    if row.amounts.adjusted_budget and row.amounts.executed:
        parts.append(
            f"全年预算 {format_wan(row.amounts.adjusted_budget.yuan)}，执行 {format_wan(row.amounts.executed.yuan)}"
        )
    elif row.amounts.requested:
        parts.append(f"申请资金 {format_wan(row.amounts.requested.yuan)}")
    if row.total_score.text:
        parts.append(f"总分 {row.total_score.text}" + (f"，等级 {row.grade.text}" if row.grade.text else ""))
    return "；".join(parts) + "。"


def _neighbour(record: Record, catalog: Catalog, rows: Mapping[str, OtherRecord], step: int) -> OtherRecord | None:
    """Return the nearest record of the same project and kind of form in an earlier or a later year."""
    row = rows[record.id]
    same = [
        other
        for other in catalog.project_of(record).records
        if rows[other.id].record_type == row.record_type and (other.fiscal_year - record.fiscal_year) * step > 0
    ]
    return rows[min(same, key=lambda other: abs(other.fiscal_year - record.fiscal_year)).id] if same else None


def _same_year(
    record: Record, catalog: Catalog, rows: Mapping[str, OtherRecord], *, declared: bool
) -> tuple[OtherRecord, ...]:
    others = (other for other in catalog.project_of(record).records if other.id != record.id)
    return tuple(
        rows[other.id]
        for other in others
        if other.fiscal_year == record.fiscal_year and (rows[other.id].record_type == "TargetDeclaration") is declared
    )


def _unreadable(record: Record) -> tuple[tuple[str, str], ...]:
    """List whatever the author said cannot be read, and where it stands."""
    rows = record.funding.rows if record.funding else ()
    found = [*_unread(record.head, "", Place.RECORD), *_unread(record.extra, "")]
    if record.funding and record.funding.unit.unreadable:
        found.append(("金额单位", record.funding.unit.unreadable))
    for row in rows:
        within = f"{row.label}："
        found += _unread(row.cells, within, Place.FUNDING_ROW)
        found += [(f"{within}印出数字", cell.unreadable) for cell in row.printed_cells if cell.unreadable]
        found += _unread(row.extra, within)
    found += _unread_indicators(record.indicators)
    found += _unread(record.level1_weights, "权重：")
    found += _unread(record.total, "总分：", Place.TOTAL)
    found += _unread(record.source, "来源：", Place.SOURCE)
    cells = ((table.title, cell) for table in record.tables for line in table.rows for cell in line)
    found += [(title, cell.unreadable) for title, cell in cells if cell.unreadable]
    return (*((row.label, row.unreadable) for row in rows if row.unreadable), *found)


def _unread_indicators(rows: Iterable[Indicator]) -> list[tuple[str, str]]:
    # Most records have none among their hundreds of cells.
    if not [cell for row in rows for cells in (row.cells, row.extra) for cell in cells.values() if cell.unreadable]:
        return []
    found = []
    for row in rows:
        within = f"{indicator_name(row)}："
        found += [*_unread(row.cells, within, Place.INDICATOR), *_unread(row.extra, within)]
    return found


def _unread(cells: Mapping[str, Cell], within: str, place: Place | None = None) -> list[tuple[str, str]]:
    """List those of some cells that cannot be read; keys are identifiers of a place, or else printed titles."""
    return [
        (within + (term_of(place, key).label if place else key), cell.unreadable)
        for key, cell in cells.items()
        if cell.unreadable
    ]


def _supplement(record: Record, form: FormView) -> tuple[tuple[str, str], ...]:
    """List what the layout has no place for, so that nothing authored is missing from the page."""
    lines = _beside_general(record) if form.form.any_title else _beside_official(record, form)
    return tuple(
        (where, cell.text or f"无法辨认：{cell.unreadable}") for where, cell in lines if cell.text or cell.unreadable
    )


def _beside_general(record: Record) -> list[_Line]:
    """Return what even the general layout leaves out: weights of levels, totals without a table to stand under."""
    lines = [(f"权重 › {label}", cell) for label, cell in record.level1_weights.items()]
    if not record.indicators:
        lines += [(f"总分 › {term_of(Place.TOTAL, key).label}", cell) for key, cell in record.total.items()]
    if record.funding and not record.funding.rows:
        lines.append(("金额单位", record.funding.unit))
    return lines


def _beside_official(record: Record, form: FormView) -> list[_Line]:
    """Return what an official layout has no column, row or cell for."""
    lines = list(form.other_head)
    lines += [(f"{label} › {column}", cell) for label, column, cell in form.other_amounts]
    lines += [(f"{name} › {column}", cell) for name, column, cell in form.other_indicator_cells]
    for row in record.funding.rows if record.funding else ():
        lines += [(f"{row.label} › {title}", cell) for title, cell in row.extra.items()]
        where = " › ".join(part for part in (row.group, row.label) if part)
        if form.form.fixed_funding and not _has_place(row, form):
            lines += [(where, cell) for cell in (*row.cells.values(), *row.printed_cells)]
        elif form.form.fixed_funding:
            lines += [(where, cell) for cell in row.printed_cells]
        elif row.printed_cells:
            # Figures of unknown columns take the place of the amounts.
            lines += [
                (f"{where} › {form.funding_columns[key]}", cell)
                for key, cell in row.cells.items()
                if key in form.funding_columns and key not in _BESIDE_AMOUNTS
            ]
    if form.indicator_extra:
        lines += [(f"{row.name} › {title}", cell) for row in record.indicators for title, cell in row.extra.items()]
    if record.level1_weights:
        placed = {row.path[0] for row in record.indicators if row.path} | {"合计"}
        lines += [
            (f"权重 › {label}", cell)
            for label, cell in record.level1_weights.items()
            if "level1_weights" not in form.form.labels or label not in placed
        ]
    shown = ("points", "score") if "score" in form.indicator_columns else ()
    lines += [
        (f"总分 › {term_of(Place.TOTAL, key).label}", cell) for key, cell in record.total.items() if key not in shown
    ]
    return lines


_BESIDE_AMOUNTS = ("points", "execution_rate", "score")
"""Columns of the money block right of the amounts."""


def _has_place(row: FundingRow, form: FormView) -> bool:
    return any(
        label_key(row.label) == label_key(label.label) and row.group == label.group for label in form.form.funding_rows
    )
