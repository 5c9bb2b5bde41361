"""The project's own records, and records of every family of forms, ready to be exported."""

from pathlib import Path
from typing import NamedTuple

import jinja2
import pytest

from generator.configuration import load_settings
from generator.exchange.form_grids import form_environment, form_grid
from generator.forms.definitions import load_forms
from generator.forms.grid import FormGrid
from generator.load.assemble import load_catalog
from generator.model.catalog import Catalog
from generator.model.records import Record
from generator.render.environment import make_environment
from tests.site_tools import PROJECT, TESTS


class Site(NamedTuple):
    """The records of one project."""

    catalog: Catalog
    environment: jinja2.Environment
    """For documents."""
    pages: jinja2.Environment
    """For pages."""

    def form(self, record: Record) -> FormGrid:
        return form_grid(record, self.catalog.form_of(record), self.environment)

    @property
    def forms(self) -> list[FormGrid]:
        return [self.form(record) for record in self.catalog.records]


def site_of(project: Path) -> Site:
    settings = load_settings(project / "mkdocs.yml")
    catalog = load_catalog(
        records_dir=settings.records_dir,
        registry_dir=settings.registry_dir,
        project_dir=settings.project_dir,
        forms=load_forms(settings.template_dirs),
    ).catalog
    return Site(catalog, form_environment(settings.template_dirs), make_environment(settings.template_dirs))


@pytest.fixture(scope="session")
def own() -> Site:
    return site_of(PROJECT)


@pytest.fixture(
    scope="session", params=[PROJECT, TESTS / "families", TESTS / "sites/own_form"], ids=lambda path: path.name
)
def site(request: pytest.FixtureRequest) -> Site:
    return site_of(request.param)
