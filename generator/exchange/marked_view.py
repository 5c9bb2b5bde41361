"""A form's view with every cell named, blank ones too; templates draw it as they draw any other."""

from collections.abc import Mapping

from msgspec.structs import replace

from generator.exchange.marked import Marks, funding_cells, marked_record, prose_name
from generator.model.forms import FormDefinition
from generator.model.records import BLANK, Cell, FundingRow, Record
from generator.plan.form_levels import LevelCell
from generator.plan.form_view import (
    FormView,
    FundingLine,
    IndicatorBlock,
    IndicatorLine,
    funding_anchor,
    label_key,
    make_form_view,
)


def make_marked_view(record: Record, form: FormDefinition, marks: Marks) -> FormView:
    """Lay a record out as `make_form_view` does, each cell printing its mark."""
    named = marked_record(_with_funding(record, form, marks), marks)
    view = make_form_view(named, form)
    unit = marks.text("funding.unit", "金额单位", record.funding.unit.text if record.funding else "")
    before, _, after = form.funding_title.partition("{unit}")
    funding = tuple(_marked_line(line, marks) for line in view.funding)
    return replace(
        view,
        record=named,
        title=marks.text("title", "表样", view.title),
        period=marks.text("period", "年度表述", view.period),
        head={key: marks.cell(f"head.{key}", key, cell) for key, cell in view.head.items()},
        prose={key: text or marks.text(prose_name(key), key, "") for key, text in view.prose.items()},
        funding_title=marks.phrase(before, unit, after) if "{unit}" in form.funding_title else view.funding_title,
        funding_unit=unit,
        funding=funding,
        blocks=tuple(_marked_block(block, marks) for block in view.blocks),
        total={key: marks.cell(f"total.{key}", key, cell) for key, cell in view.total.items()},
        weight_total=marks.cell("weight.合计", "权重 › 合计", view.weight_total),
        amounts={(label_key(line.name), line.group): line.cells["amount"] for line in reversed(funding)}
        if view.amounts
        else {},
    )


def _with_funding(record: Record, form: FormDefinition, marks: Marks) -> Record:
    """Name the cells of the money: its rows are called by the line the layout gives them."""
    if record.funding is None:
        return record
    anchors = _anchors(record, form)
    rows = tuple(_marked_row(record, row, anchors[n], marks) for n, row in enumerate(record.funding.rows))
    return replace(record, funding=replace(record.funding, rows=rows))


def _marked_row(record: Record, row: FundingRow, anchor: str, marks: Marks) -> FundingRow:
    cells = [marks.cell(*named) for named in funding_cells(record, row, anchor)]
    known, extra = len(row.cells), len(row.cells) + len(row.extra)
    return replace(
        row,
        cells=dict(zip(row.cells, cells[:known], strict=True)),
        extra=dict(zip(row.extra, cells[known:extra], strict=True)),
        printed_cells=tuple(cells[extra:]),
    )


def _anchors(record: Record, form: FormDefinition) -> Mapping[int, str]:
    """Return the anchor of each row of money, by its position, as the layout's lines have it."""
    rows = record.funding.rows if record.funding else ()
    # A figure whose column is unknown is the one thing of a row that each line keeps, whatever its layout.
    tagged = tuple(replace(row, printed_cells=(Cell(str(n)),)) for n, row in enumerate(rows))
    funding = replace(record.funding, rows=tagged) if record.funding else None
    lines = make_form_view(replace(record, funding=funding), form).funding
    found = {int(line.printed_cells[0].text): line.anchor for line in lines if line.printed_cells}
    return {n: found.get(n) or funding_anchor(row.group, row.label) for n, row in enumerate(rows)}


def _marked_line(line: FundingLine, marks: Marks) -> FundingLine:
    return replace(
        line,
        label=marks.text(f"{line.anchor}.label", "资金名称", line.label),
        cells=_named(line.cells, line.anchor, marks),
        extra=_named(line.extra, line.anchor, marks),
    )


def _named(cells: Mapping[str, Cell], anchor: str, marks: Marks) -> Mapping[str, Cell]:
    return {key: marks.cell(f"{anchor}.{key}", key, cell) for key, cell in cells.items()}


def _marked_block(block: IndicatorBlock, marks: Marks) -> IndicatorBlock:
    return IndicatorBlock(block.title, tuple(_marked_indicator(line, marks) for line in block.lines))


def _marked_indicator(line: IndicatorLine, marks: Marks) -> IndicatorLine:
    levels = tuple(
        level and _marked_level(level, number, line.anchor, marks) for number, level in enumerate(line.levels, 1)
    )
    return replace(
        line,
        levels=levels,
        cells=_named(line.cells, line.anchor, marks),
        extra=_named(line.extra, line.anchor, marks),
    )


def _marked_level(level: LevelCell, number: int, anchor: str, marks: Marks) -> LevelCell:
    where = f"{'一二三四'[number - 1]}级指标"
    weight = marks.cell(f"weight.{level.text}", f"权重 › {level.text}", level.weight or BLANK) if number == 1 else None
    return LevelCell(marks.text(f"{anchor}.level{number}", where, level.text), level.rowspan, weight)
