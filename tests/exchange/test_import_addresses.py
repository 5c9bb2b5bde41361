"""A draft goes where its form says: the year printed, the unit registered, the project known; nothing is guessed."""

import pytest
from msgspec.structs import replace

from generator.address import address_fault
from generator.exchange.addresses import Known, Wishes, name_from, name_of, suffix_of, unit_of, year_of
from generator.exchange.imported import ImportedDraft
from generator.model.catalog import Registry, Unit

DRAFT = ImportedDraft("财政项目支出绩效自评表", "A1", "SelfEvaluation", 2024, "示例道路养护", "示例中心", "", "")
DECLARATION = replace(DRAFT, title="财政项目支出绩效目标申报表", kind="TargetDeclaration")
REGISTRY = Registry(
    {
        "shili": Unit("shili", "示例中心", ("示例中心（汇总）",)),
        "twice-a": Unit("twice-a", "重名中心"),
        "twice-b": Unit("twice-b", "另一中心", ("重名中心",)),
    },
    {},
)
NOTHING = Wishes()


def unit_slug(name: str, *, wishes: Wishes = NOTHING, record_id: str = "", printed: str = "") -> tuple[str, str]:
    draft = replace(DRAFT, unit=name, record_id=record_id)
    return unit_of(draft, REGISTRY, wishes, "content/registry/units.yaml", lambda _: printed)


def name(draft: ImportedDraft, *known: Known, wishes: Wishes = NOTHING) -> str:
    return name_of(draft, "2024", "shili", known, wishes).part


def known(identifier: str, project: str = "示例道路养护", kind: str = "SelfEvaluation") -> Known:
    return Known(identifier, kind, "财政项目支出绩效自评表", project)


def test_the_year_is_the_one_printed_unless_the_user_says_another() -> None:
    assert year_of(DRAFT, NOTHING) == ("2024", "")
    assert year_of(DRAFT, Wishes(year="2025")) == ("2025", "")
    assert "--year" in year_of(replace(DRAFT, fiscal_year=0), NOTHING).fault


@pytest.mark.parametrize(
    "printed", ["示例中心", "示例中心（汇总）", "示例中心(汇总)", " 示例 中心 ", "示例中心〔汇总〕"]
)
def test_a_unit_is_found_by_its_name_or_an_alias(printed: str) -> None:
    assert unit_slug(printed) == ("shili", "")


def test_a_unit_nobody_registered_is_not_guessed_but_the_line_to_add_is_shown() -> None:
    slug, fault = unit_slug("示例中学")

    assert slug == ""
    assert "没有单位“示例中学”" in fault
    assert "shi-li-zhong-xue: {名称: 示例中学}" in fault
    assert "--unit" in fault


def test_a_name_registered_twice_is_not_decided() -> None:
    assert "twice-a、twice-b" in unit_slug("重名中心")[1]


def test_the_user_may_say_the_unit() -> None:
    assert unit_slug("示例中学", wishes=Wishes(unit="shili")) == ("shili", "")


def test_a_document_made_from_a_record_of_a_unit_goes_back_to_it() -> None:
    record_id = "2024/old-name/road"

    assert unit_slug("旧称中心", record_id=record_id, printed="旧称中心") == ("old-name", "")
    assert unit_slug("旧称中心", record_id=record_id, printed="别的中心")[0] == ""


def test_a_new_project_is_named_by_the_sounds_of_its_name() -> None:
    assert name(DRAFT) == "shi-li-dao-lu-yang-hu"
    assert name(DECLARATION) == "shi-li-dao-lu-yang-hu.target"


def test_another_stage_or_year_of_a_project_joins_it() -> None:
    assert name(DECLARATION, known("2024/shili/road")) == "road.target"
    assert name(DRAFT, known("2023/shili/road.target", kind="TargetDeclaration")) == "road"


def test_the_same_form_of_the_same_year_keeps_the_name_it_was_given() -> None:
    assert name(DECLARATION, known("2024/shili/road", kind="TargetDeclaration")) == "road"


def test_a_record_of_another_unit_is_another_project() -> None:
    assert name(DRAFT, known("2024/other/road")) == "shi-li-dao-lu-yang-hu"


def test_two_projects_whose_names_sound_alike_get_two_names() -> None:
    assert name(DRAFT, known("2023/shili/shi-li-dao-lu-yang-hu", "示例道路氧护")) == "shi-li-dao-lu-yang-hu-dd91f4"


def test_a_name_that_another_new_project_wants_too_gets_a_mark_of_its_own() -> None:
    contested = name_of(DRAFT, "2024", "shili", (), NOTHING, is_contested=True).part
    declared = name_of(DECLARATION, "2024", "shili", (), NOTHING, is_contested=True).part

    assert contested == "shi-li-dao-lu-yang-hu-dd91f4"
    assert declared == f"{contested}.target"


def test_our_own_exports_carry_their_name() -> None:
    assert name(replace(DRAFT, record_id="2024/shili/road")) == "road"
    assert name(replace(DRAFT, record_id="2024/shili/road"), known("2024/shili/road")) == "road"


def test_an_export_filled_in_for_another_project_does_not_take_its_name() -> None:
    assert name(replace(DRAFT, record_id="2023/shili/bridge"), known("2023/shili/bridge", "示例桥梁")) == (
        "shi-li-dao-lu-yang-hu"
    )


@pytest.mark.parametrize("before", ["示例道路养护项目", "示例道路杨护", "示例道路、养护"])
def test_an_export_whose_project_was_renamed_a_little_is_a_question(before: str) -> None:
    draft = replace(DRAFT, record_id="2024/shili/road")

    choice = name_of(draft, "2024", "shili", (known("2024/shili/road", before),), NOTHING)

    assert choice.part == ""
    assert f"项目名称“示例道路养护”与“{before}”相近：文件自带的标识指向 2024/shili/road" in choice.fault
    assert "--as road" in choice.fault
    assert name(draft, known("2024/shili/road", before), wishes=Wishes(name="road")) == "road"


def test_an_export_filled_in_for_the_next_year_or_stage_is_no_question() -> None:
    draft = replace(DRAFT, project="2025年示例道路养护二期", record_id="2024/shili/road")

    assert name(draft, known("2024/shili/road", "2024年示例道路养护一期")).startswith("2025-nian-shi-li")


def test_a_carried_name_must_be_fit_and_of_the_unit() -> None:
    for record_id in ("2024/other/road", "2024/shili/../road", "2024/shili/Road", "2024/shili/.."):
        assert name(replace(DRAFT, record_id=record_id)) == "shi-li-dao-lu-yang-hu"


def test_the_user_may_say_the_name() -> None:
    assert name(DECLARATION, known("2024/shili/road"), wishes=Wishes(name="bridge")) == "bridge.target"
    assert name(DECLARATION, wishes=Wishes(name="bridge.draft")) == "bridge.draft"


def test_a_form_about_a_whole_unit_has_no_project_to_be_named_after() -> None:
    whole = replace(DRAFT, title="部门（单位）整体支出绩效自评表", kind="DepartmentEvaluation", project="")

    assert name(whole) == "zhengti"
    other_form = known("2023/shili/overall", "", "DepartmentEvaluation")
    assert name(whole, other_form) == "zhengti"
    assert name(whole, other_form._replace(form=whole.title)) == "overall"


def test_a_project_form_without_a_project_is_not_named() -> None:
    choice = name_of(replace(DRAFT, project=""), "2024", "shili", (), NOTHING)

    assert choice.part == ""
    assert "项目名称" in choice.fault


def test_a_monitoring_form_is_told_apart_from_the_evaluation() -> None:
    assert suffix_of(replace(DRAFT, kind="Other", title="绩效目标运行监控表")) == ".monitoring"
    assert suffix_of(replace(DRAFT, kind="Other", title="其他表")) == ""


@pytest.mark.parametrize(
    "project",
    ["两新党建工作", "COVID-19 疫苗接种", "con", "。。。", "绿色女性", "很长的名称" * 30, "a" * 200, "𠮷野家"],
)
def test_a_name_made_of_sounds_is_fit_for_an_address_and_short(project: str) -> None:
    made = name_from(project)

    assert made == "" or address_fault(made) == ""
    assert len(made) <= 50
