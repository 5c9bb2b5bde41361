"""What the file of obligations says, once it is read."""

from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from generator.authoring.schema import OBLIGATIONS, make_schemas
from generator.forms.definitions import load_forms
from generator.load.obligations import ObligationsResult, load_obligations
from generator.model.catalog import Department, Registry, Unit
from generator.model.obligations import Duty, WantedBy, duties_of, turning_days
from generator.resources import packaged

FORMS = load_forms([packaged("templates")])
REGISTRY = Registry(
    {
        "dongxi": Unit("dongxi", "东溪中心", department="zhen"),
        "nanwan": Unit("nanwan", "南湾中心", department="zhen"),
        "xiqiao": Unit("xiqiao", "西桥中心"),
    },
    {"zhen": Department("zhen", "东溪镇人民政府")},
)


def load(folder: Path, entries: str) -> ObligationsResult:
    (folder / "obligations.yaml").write_text(f"公开义务:\n{entries}", encoding="utf-8")
    return load_obligations(folder, folder, REGISTRY, FORMS)


def duties(folder: Path, entries: str) -> list[Duty]:
    result = load(folder, entries)
    assert result.findings == ()
    return list(duties_of(result.obligations))


def test_without_the_file_nobody_owes_anything(tmp_path: Path) -> None:
    assert load_obligations(tmp_path, tmp_path, REGISTRY, FORMS) == ((), ())


def test_all_means_every_registered_unit_and_a_department_all_of_its_own(tmp_path: Path) -> None:
    everybody = duties(tmp_path, "  - {表样: 整体支出自评, 单位: 全部, 年度: 2024}\n")
    below = duties(tmp_path, "  - {表样: 整体支出自评, 主管部门: zhen, 单位: xiqiao, 年度: 2024}\n")

    assert [one.unit for one in everybody] == ["dongxi", "nanwan", "xiqiao"]
    assert [one.unit for one in below] == ["xiqiao", "dongxi", "nanwan"]


def test_each_year_and_each_project_is_owed_by_itself(tmp_path: Path) -> None:
    found = duties(tmp_path, "  - {表样: 项目支出自评, 单位: dongxi, 年度: [2023, 2024], 项目: [a, b]}\n")

    assert [(one.year, one.project) for one in found] == [("2024", "a"), ("2024", "b"), ("2023", "a"), ("2023", "b")]


@pytest.mark.parametrize(
    ("text", "year", "due"),
    [
        ("2025-10-31", "2024", date(2025, 10, 31)),
        ("2025年10月31日", "2024", date(2025, 10, 31)),
        ("次年10月31日", "2024", date(2025, 10, 31)),
        ("当年3月31日", "2024", date(2024, 3, 31)),
        ("次年2月29日", "2023", date(2024, 2, 29)),
        ("次年2月29日", "2024", date(2025, 2, 28)),
    ],
)
def test_the_last_day_is_a_day_or_counts_from_the_year_of_the_form(
    tmp_path: Path, text: str, year: str, due: date
) -> None:
    found = duties(tmp_path, f"  - {{表样: 项目支出自评, 单位: dongxi, 年度: {year}, 期限: {text}}}\n")

    assert [one.due for one in found] == [due]


def test_without_a_day_nothing_falls_due(tmp_path: Path) -> None:
    assert [one.due for one in duties(tmp_path, "  - {表样: 项目支出自评, 单位: dongxi, 年度: 2024, 期限: }\n")] == [
        None
    ]


def test_a_form_is_named_by_kind_title_or_definition(tmp_path: Path) -> None:
    (duty,) = duties(tmp_path, "  - {表样: [项目支出自评, 项目自评表, self_evaluation_a2], 单位: dongxi, 年度: 2024}\n")

    assert [(form.by, form.value) for form in duty.forms] == [
        (WantedBy.KIND, "SelfEvaluation"), (WantedBy.TITLE, "项目自评表"), (WantedBy.DEFINITION, "self_evaluation_a2"),
    ]  # fmt: skip
    assert duty.name == "项目支出自评或项目自评表或self_evaluation_a2"


def test_what_is_registered_twice_is_owed_once_and_an_entry_with_a_fault_not_at_all(tmp_path: Path) -> None:
    entry = "  - {表样: 项目支出自评, 单位: dongxi, 年度: 2024, 名称: 甲}\n"
    assert [one.name for one in duties(tmp_path, entry + entry.replace("甲", "乙"))] == ["甲"]

    result = load(tmp_path, entry + "  - {表样: 项目支出自评, 单位: nobody, 年度: 2024}\n")
    assert [one.unit for one in duties_of(result.obligations)] == ["dongxi"]
    assert [finding.code for finding in result.findings] == ["REC025"]


def test_the_day_matters_only_where_something_falls_due(tmp_path: Path) -> None:
    found = tuple(
        duties(tmp_path, "  - {表样: 项目支出自评, 单位: 全部, 年度: [2022, 2023, 2024], 期限: 次年10月31日}\n")
    )

    assert turning_days(found, date(2024, 10, 31)) == ("2023-11-01", "2024-11-01")
    assert turning_days(found, date(2024, 11, 1)) == ("2024-11-01", "2025-11-01")
    assert turning_days(found, date(2030, 1, 1)) == ("2025-11-01", "")
    assert turning_days((), date(2030, 1, 1)) == ("", "")


GOOD = [
    {"表样": "整体支出自评", "单位": "全部", "年度": 2024, "期限": "次年10月31日", "依据": None},
    {"表样": ["项目支出自评", "项目自评表"], "主管部门": ["zhen"], "年度": [2023, "2024"], "项目": ["a"]},
]
BAD = [
    {"表样": "整体支出自平", "单位": "全部", "年度": 2024},
    {"表样": "整体支出自评", "年度": 2024},
    {"表样": "整体支出自评", "单位": "全部"},
    {"表样": "整体支出自评", "单位": "全部", "年度": "二〇二四"},
    {"表样": "整体支出自评", "单位": "全部", "年度": 2024, "截止": "2025-10-31"},
]


def test_the_schema_for_editors_agrees_with_the_reader() -> None:
    validator = Draft7Validator(make_schemas(FORMS)[OBLIGATIONS])

    assert [*validator.iter_errors({"公开义务": GOOD})] == []
    assert validator.is_valid({"公开义务": None})
    assert not any(validator.is_valid({"公开义务": [one]}) for one in BAD)
