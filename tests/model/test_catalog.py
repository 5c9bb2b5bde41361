"""The index of all records."""

from itertools import permutations

from generator.forms.definitions import load_forms
from generator.model.catalog import Catalog, Registry, Unit, make_catalog
from generator.model.records import Record
from generator.resources import packaged
from tests.model.made import record

FORMS = load_forms([packaged("templates")])
REGISTRY = Registry({"jia": Unit("jia", "甲单位", department="ju"), "yi": Unit("yi", "乙单位")}, {})


def catalog_of(*records: Record) -> Catalog:
    return make_catalog(records, REGISTRY, FORMS)


RECORDS = (
    record("2023/jia/luqiao", key="luqiao", project_name="道路"),
    record("2024/jia/luqiao", key="luqiao", project_name="道路与桥梁"),
    record("2024/jia/luqiao.mubiao", key="luqiao", layout="target_declaration_c1", project_name="道路与桥梁"),
    record("2024/yi/luqiao", key="luqiao", project_name="另一条道路"),
    record("2024/jia/zhengti", key="zhengti", layout="department_evaluation_b1"),
)


def test_newest_first_then_by_unit_and_project_promised_before_delivered() -> None:
    assert [one.id for one in catalog_of(*RECORDS).records] == [
        "2024/jia/luqiao.mubiao",
        "2024/jia/luqiao",
        "2024/jia/zhengti",
        "2024/yi/luqiao",
        "2023/jia/luqiao",
    ]


def test_the_order_of_the_files_does_not_matter() -> None:
    assert all(catalog_of(*order) == catalog_of(*RECORDS) for order in permutations(RECORDS))


def test_a_project_joins_the_years_and_stages_of_one_unit_under_its_latest_name() -> None:
    project = catalog_of(*RECORDS).projects["jia", "luqiao"]

    assert project.name == "道路与桥梁"
    assert [one.id for one in project.records] == ["2024/jia/luqiao.mubiao", "2024/jia/luqiao", "2023/jia/luqiao"]


def test_the_same_key_in_two_units_is_two_projects() -> None:
    catalog = catalog_of(*RECORDS)

    assert catalog.projects["yi", "luqiao"].records == (catalog.records[3],)


def test_a_project_without_a_printed_name_is_called_by_its_form() -> None:
    assert catalog_of(*RECORDS).projects["jia", "zhengti"].name == "财政项目支出绩效自评表"


def test_every_grouping_holds_every_record_once() -> None:
    catalog = catalog_of(*RECORDS)

    for groups in (catalog.by_year, catalog.by_unit, catalog.by_department, catalog.by_form):
        assert sorted(one.id for group in groups.values() for one in group) == sorted(one.id for one in RECORDS)
    assert list(catalog.by_department) == ["", "ju"]
