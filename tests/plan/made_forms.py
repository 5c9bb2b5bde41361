"""Forms of one project, written as an author writes them, as plans meet them."""

from typing import NamedTuple

from generator.check.pack import national
from generator.check.subject import Subject
from generator.forms.definitions import load_forms
from generator.model.catalog import Catalog, Registry, Unit, make_catalog
from generator.plan.rows import RecordRow, make_lines
from generator.resources import packaged
from tests.check.examples import run_example
from tests.checked import site_check

FORMS = load_forms([packaged("templates")])
UNIT = Unit("shili", "示例单位")


class Made(NamedTuple):
    """Records of the unit shili, as rules see them and as lists show them, both by id."""

    catalog: Catalog
    subjects: dict[str, Subject]
    rows: dict[str, RecordRow]


def made(**texts: str) -> Made:
    """Return records by the name of their file: `target_2024` is 2024/shili/peixun.target, `own_2024` 2024/shili/peixun."""
    examples = (f"# {_address(name)}\n年度: {name[-4:]}\n{text}" for name, text in texts.items())
    records = run_example("---\n".join(examples), {}, FORMS, national()).records
    catalog = make_catalog(records, Registry({UNIT.slug: UNIT}, {}), FORMS)
    site = site_check(catalog)
    return Made(
        catalog,
        {one.id: Subject(one, catalog.form_of(one), UNIT, national()) for one in catalog.records},
        {one.id: make_lines(one, catalog, site).row for one in catalog.records},
    )


def _address(name: str) -> str:
    stage, _, year = name.rpartition("_")
    return f"{year}/shili/peixun{'' if stage == 'own' else f'.{stage}'}.yaml"


def declared(*rows: str, more: str = "") -> str:
    """Return a target declaration with these rows of output."""
    return f"表样: 财政项目支出绩效目标申报表\n{more}{_indicators(rows)}"


def evaluated(*rows: str, more: str = "") -> str:
    """Return a self-evaluation with these rows of output."""
    return f"表样: 财政项目支出绩效自评表\n{more}{_indicators(rows)}"


def _indicators(rows: tuple[str, ...]) -> str:
    return f"绩效指标: {{产出指标: {{数量指标: [{', '.join(f'{{{row}}}' for row in rows)}]}}}}\n"
