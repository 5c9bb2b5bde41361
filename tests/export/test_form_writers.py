"""What every format of documents has in common."""

import pytest

from generator.export.form_writers import writer_of
from generator.forms.grid import Field, FormGrid, Grid, GridCell
from generator.importers.read import read
from generator.settings import DOCUMENT_FORMATS

_ODD = "\x07\ud800"
_SHOWN = "\ufffd" * len(_ODD)


@pytest.mark.parametrize("kind", DOCUMENT_FORMATS)
def test_what_no_document_can_hold_is_shown_as_such_wherever_it_stands(kind: str) -> None:
    text = f"前面的文字{_ODD}后面的文字"
    cells = (
        GridCell(0, 0, "项目名称"),
        GridCell(0, 1, text, fields=(Field("head.project_name", text),)),
        GridCell(1, 0, "备注"),
        GridCell(1, 1, text, fields=(Field(f"head_extra.备{_ODD}注", text),)),
    )
    form = FormGrid(f"表{_ODD}", f"({_ODD})", (Grid(cells, above=(text,), below=(text,)),), "2024/a/b", "A1")

    document = read(writer_of(kind)([form], properties={"jixiao.records": f"2024/a/{_ODD}"}), f"a.{kind}")

    texts = {"".join(cell.text.split()) for grid in document.grids for cell in grid.cells}
    assert f"前面的文字{_SHOWN}后面的文字" in texts
    assert document.properties["jixiao.records"] == f"2024/a/{_SHOWN}"
