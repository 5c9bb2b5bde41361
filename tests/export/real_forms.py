"""The forms of the records that come with the project."""

from functools import cache
from pathlib import Path

from generator.exchange.form_grids import form_environment, form_grids
from generator.forms.grid import FormGrid
from generator.resources import packaged
from tests.export.exported import load

_CONTENT = Path(__file__).parents[2] / "content"


@cache
def real_forms() -> tuple[FormGrid, ...]:
    """Return the form of each record, as documents are made from it."""
    catalog = load(_CONTENT)
    return tuple(form_grids(catalog.records, catalog, form_environment([packaged("templates")])))
