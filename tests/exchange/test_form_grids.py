"""A record's form as cells: the page's own table, with the field of every cell, and nothing authored missing."""

from collections.abc import Iterator

import pytest
from jinja2 import DictLoader
from msgspec.structs import replace

from generator.errors import JixiaoError
from generator.forms.grid import Align, CellKind, Field, FormGrid
from generator.forms.html_grid import tables_of
from generator.model.records import Cell, Record
from generator.plan.form_view import make_form_view
from tests.exchange.conftest import Site


def fields_of(form: FormGrid) -> dict[str, str]:
    return {field.name: field.text for grid in form.grids for cell in grid.cells for field in cell.fields}


def shown(cell: Cell) -> str:
    return "无法辨认" if cell.unreadable else cell.text


def authored(record: Record) -> Iterator[str]:
    """Every text of a record that is part of its form."""
    rows = record.funding.rows if record.funding else ()
    cells = [*record.head.values(), *record.extra.values(), *record.level1_weights.values(), *record.total.values()]
    cells += [cell for row in rows for cell in (*row.cells.values(), *row.extra.values(), *row.printed_cells)]
    cells += [cell for row in record.indicators for cell in (*row.cells.values(), *row.extra.values())]
    cells += [cell for table in record.tables for row in table.rows for cell in row]
    yield from (shown(cell) for cell in cells)
    yield from (prose.text.strip("\n") for prose in record.prose.values())
    yield from (row.name for row in record.indicators)


def test_the_cells_are_those_of_the_page(site: Site) -> None:
    for record in site.catalog.records:
        form = site.catalog.form_of(record)
        view = make_form_view(record, form)
        page = tables_of(site.pages.get_template(f"forms/{form.identifier}.html").render(form=view, base=""))
        grids = site.form(record).grids

        for table, grid in zip(page, grids, strict=False):
            assert [(cell.row, cell.column, cell.rows, cell.columns, cell.vertical) for cell in table.grid.cells] == [
                (cell.row, cell.column, cell.rows, cell.columns, cell.vertical) for cell in grid.cells
            ]
            for drawn, cell in zip(table.grid.cells, grid.cells, strict=True):
                if not any(field.name.startswith(("prose.", "objective.")) for field in cell.fields):
                    assert " ".join(drawn.text.split()) == " ".join(cell.text.split())


def test_nothing_authored_is_missing(site: Site) -> None:
    for record in site.catalog.records:
        form = site.form(record)
        texts = [*fields_of(form).values(), form.period]

        for text in authored(record):
            assert not text or any(text in one for one in texts), (record.id, text)


def test_every_field_has_its_name(own: Site) -> None:
    record = next(one for one in own.catalog.records if one.id == "2024/xinzhuang/liangxin")
    fields = fields_of(own.form(record))
    first = record.indicators[0]

    assert fields["head.project_name"] == "两新党建工作"
    assert fields["funding.unit"] == "万元"
    assert fields["funding-年度资金总额.executed"] == record.funding.rows[0].cells["executed"].text  # type: ignore[union-attr]
    assert fields[f"{first.anchor}.name"] == first.name
    assert fields[f"{first.anchor}.level1"] == first.path[0]
    assert fields[f"{first.anchor}.score"] == first.cells["score"].text
    assert fields["total.score"] == record.total["score"].text
    assert fields["objective.expected"] == record.prose["expected"].text.strip("\n")


def test_a_text_comes_back_line_by_line_with_its_marks(own: Site) -> None:
    record = own.catalog.records[0]
    text = "- 甲 *乙*\n- =1+1\n\n<b>丙</b> & 丁\ue000\ue001"
    expected = replace(record.prose["expected"], text=text)
    form = own.form(replace(record, prose={**record.prose, "expected": expected}))

    assert fields_of(form)["objective.expected"] == text


@pytest.mark.parametrize("text", ["", "0", "-", "—", "/", "0.00", " 1", "1\n2", "<5%", "\ue0000\ue001"])
def test_a_figure_comes_back_as_printed(own: Site, text: str) -> None:
    record = own.catalog.records[0]
    row = record.indicators[0]
    changed = replace(row, cells={**row.cells, "target": Cell(text)})
    form = own.form(replace(record, indicators=(changed, *record.indicators[1:])))
    (cell,) = (cell for cell in form.grids[0].cells if [one.name for one in cell.fields] == [f"{row.anchor}.target"])

    assert cell.text == text
    assert cell.fields == (Field(f"{row.anchor}.target", text),)


def test_blank_cells_of_the_form_have_names(own: Site) -> None:
    record = next(one for one in own.catalog.records if one.layout == "target_declaration_c1")
    fields = fields_of(own.form(record))

    assert fields["funding-项目总资金-财政资金.amount"] == ""
    assert fields["prose.project_goal"] == ""


def test_what_cannot_be_read_says_so(own: Site) -> None:
    forms = {form.record: form for form in own.forms}
    record = next(one for one in own.catalog.records if one.id == "2023/xinhong/zhengti")
    unread = [row.anchor for row in record.indicators if row.cells.get("points", Cell("")).unreadable]

    assert unread
    assert {fields_of(forms[record.id])[f"{anchor}.points"] for anchor in unread} == {"无法辨认"}


def test_the_title_the_line_below_it_and_the_repeated_head(own: Site) -> None:
    forms = {form.layout: form for form in own.forms}

    assert forms["A1"].title == "财政项目支出绩效自评表"
    assert forms["A1"].period == "(2024年度)"
    assert forms["B1"].period == "申报时段：(2023年1月-2023年12月)"
    assert forms["A1"].grids[0].repeated[0] == ("一级指标", 1)
    assert forms["A2"].grids[0].repeated[:2] == (("", 1), ("一级指标", 1))
    assert not any(form.grids[0].above for form in forms.values())


def test_widths_and_alignment_are_those_of_print(own: Site) -> None:
    for form in own.forms:
        assert abs(sum(form.grids[0].widths) - 1) < 0.01
        assert len(form.grids[0].widths) == form.grids[0].width
    (a1,) = {form.grids[0].widths for form in own.forms if form.layout == "A1"}
    (cells,) = ([*form.grids[0].cells] for form in own.forms if form.record == "2024/xinzhuang/liangxin")
    by_name = {cell.fields[0].name: cell for cell in cells if cell.fields}

    assert a1[:2] == (0.0753, 0.1075)
    assert by_name["funding-年度资金总额.executed"].align is Align.RIGHT
    assert by_name["funding-年度资金总额.score"].align is Align.CENTER
    assert by_name["objective.expected"].align is Align.LEFT
    assert cells[0].kind is CellKind.LABEL


def test_a_faulty_template_is_told_by_name(own: Site) -> None:
    record = own.catalog.records[0]
    broken = own.environment.overlay(cache_size=0)
    broken.loader = DictLoader({f"forms/{record.layout}.html": "{{ form.nothing }}"})

    with pytest.raises(JixiaoError, match=rf"{record.path} 不能导出：.*用了没有的名称"):
        own._replace(environment=broken).form(record)
