"""Indicators of two records of one project, matched and compared row by row."""

import pytest

from generator.check.across.promises import compare_promises, match_years, name_key
from generator.check.across.targets import Change, compare_targets
from generator.check.outcome import Outcome
from generator.check.pack import national
from generator.check.registry import all_rules
from generator.check.subject import Subject
from generator.model.catalog import Unit
from generator.model.forms import FormLibrary
from generator.model.values import parse_value
from tests.check.examples import run_example

DECLARED = "表样: 财政项目支出绩效目标申报表\n绩效指标: {产出指标: {数量指标: [%s]}}\n"
REPORTED = "表样: 财政项目支出绩效自评表\n绩效指标: {产出指标: {数量指标: [%s]}}\n"


def subjects(forms: FormLibrary, *texts: str) -> list[Subject]:
    records = run_example("---\n".join(texts), {}, forms, national()).records
    return [
        Subject(record, forms.by_identifier(record.layout), Unit(record.unit, "示例单位"), national())
        for record in records
    ]


def changes(forms: FormLibrary, declared: str, reported: str) -> list[tuple[Change, str, str]]:
    declaration, evaluation = subjects(forms, DECLARED % declared, REPORTED % reported)
    return [
        (one.change, one.declared.name if one.declared else "", one.reported.name if one.reported else "")
        for one in compare_promises(declaration, evaluation)
    ]


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("≥12次", "≥12.00(次)", Change.KEPT),
        ("≥12次", "≥10次", Change.LOWERED),
        ("≥12次", "≥15次", Change.RAISED),
        ("≤50万元", "≤500000元", Change.KEPT),
        ("≤50万元", "≤60万元", Change.LOWERED),
        ("≤50万元", "≤40万元", Change.RAISED),
        ("≥100%", "=100%", Change.KEPT),
        ("≥100%", "≤100%", Change.CHANGED),
        ("≥12次", "≥12期", Change.CHANGED),
        ("≥12次", "及时", Change.CHANGED),
        ("=12次", "=10次", Change.CHANGED),
        ("90%-100%", "80%-100%", Change.CHANGED),
        ("每月不少于2次", "每月不少于1次", Change.LOWERED),
        ("每月不少于2次", "每季度不少于2次", Change.CHANGED),
        ("2024年6月前完成", "2024年12月前完成", Change.LOWERED),
        ("2024年6月前完成", "2024年5月前完成", Change.RAISED),
        ("2024年6月前完成", "6月前完成", Change.CHANGED),
        ("及时、规范", "规范、及时", Change.KEPT),
        ("及时", "", Change.UNDECIDED),
    ],
)
def test_a_target_is_compared_with_what_was_declared(before: str, after: str, change: Change) -> None:
    assert compare_targets(parse_value(before), parse_value(after)) is change


def test_an_exact_target_is_lowered_only_where_more_is_better() -> None:
    before, after = parse_value("=12次"), parse_value("=10次")

    assert compare_targets(before, after, more_is_better=True) is Change.LOWERED


@pytest.mark.parametrize(
    "printed", ['指标1："两新"书记培训', "“两新”书记培训**", "“两新” 书记培训：", "★“两新”书记培训"]
)
def test_notation_is_no_part_of_a_name(printed: str) -> None:
    assert name_key(printed) == "两新书记培训"


def test_every_row_of_both_records_appears_once(forms: FormLibrary) -> None:
    found = changes(
        forms,
        "{三级指标: 培训次数, 年度指标值: ≥12次}, {三级指标: 参训人数, 年度指标值: ≥300人}",
        "{三级指标: 印发简报, 年度指标值: ≥1期}, {三级指标: 培训次数, 年度指标值: ≥12次}",
    )

    assert found == [
        (Change.KEPT, "培训次数", "培训次数"),
        (Change.DROPPED, "参训人数", ""),
        (Change.ADDED, "", "印发简报"),
    ]


def test_rows_of_one_name_are_told_apart_by_their_targets(forms: FormLibrary) -> None:
    found = changes(
        forms,
        "{三级指标: 培训, 年度指标值: ≥12次}, {三级指标: 培训, 年度指标值: ≥300人}",
        "{三级指标: 培训, 年度指标值: ≥300人}, {三级指标: 培训, 年度指标值: ≥10次}",
    )

    assert [change for change, _, _ in found] == [Change.LOWERED, Change.KEPT]


def test_several_possible_answers_leave_a_row_undecided(forms: FormLibrary) -> None:
    found = changes(
        forms,
        "{三级指标: 培训, 年度指标值: ≥12次}",
        "{三级指标: 培训, 年度指标值: ≥10次}, {三级指标: 培训, 年度指标值: ≥9次}",
    )

    assert {change for change, _, _ in found} == {Change.UNDECIDED}


def test_a_nearly_equal_name_counts_only_where_it_is_the_only_one(forms: FormLibrary) -> None:
    declared = "{三级指标: 面向失业人员开展技能培训次数, 年度指标值: ≥12次}"
    near = "{三级指标: 面向失业人员开展的技能培训次数, 年度指标值: ≥12次}"
    nearer = "{三级指标: 面向失业人员开展了技能培训次数, 年度指标值: ≥12次}"

    assert [change for change, _, _ in changes(forms, declared, near)] == [Change.REWORDED]
    assert [change for change, _, _ in changes(forms, declared, f"{near}, {nearer}")] == [
        Change.DROPPED,
        Change.ADDED,
        Change.ADDED,
    ]


def test_a_number_in_the_name_makes_it_another_indicator(forms: FormLibrary) -> None:
    found = changes(
        forms,
        "{三级指标: 第1季度面向失业人员开展技能培训次数, 年度指标值: ≥12次}",
        "{三级指标: 第2季度面向失业人员开展技能培训次数, 年度指标值: ≥12次}",
    )

    assert [change for change, _, _ in found] == [Change.DROPPED, Change.ADDED]


def test_an_unreadable_target_decides_nothing(forms: FormLibrary) -> None:
    declared = "{三级指标: 培训次数, 年度指标值: {无法辨认: 墨迹}}"
    reported = "{三级指标: 培训次数, 年度指标值: ≥12次}"

    assert [change for change, _, _ in changes(forms, declared, reported)] == [Change.UNDECIDED]


def test_recurring_indicators_are_found_by_their_names(forms: FormLibrary) -> None:
    earlier, later = subjects(
        forms,
        REPORTED % "{三级指标: 培训次数, 年度指标值: ≥12次}, {三级指标: 参训人数, 年度指标值: ≥300人}",
        REPORTED % "{三级指标: 参训 人数, 年度指标值: ≥350人}, {三级指标: 培训期数, 年度指标值: ≥12次}",
    )

    assert [(one.earlier.name, one.later.name) for one in match_years(earlier, later)] == [("参训人数", "参训 人数")]


@pytest.mark.parametrize(
    ("code", "declared", "reported", "words"),
    [
        ("XRF005", "项目资金: {单位: 元, 年度资金申请总额: {无法辨认: 墨迹}}\n", "", "年度资金申请总额"),
        (
            "XRF006",
            "绩效指标: {产出指标: {数量指标: [{三级指标: 培训, 年度指标值: {无法辨认: 墨迹}}]}}\n",
            "绩效指标: {产出指标: {数量指标: [{三级指标: 培训, 年度指标值: ≥1次}]}}\n",
            "无法辨认",
        ),
        (
            "XRF007",
            "绩效指标: {产出指标: {数量指标: [{三级指标: 参训人数, 年度指标值: ≥1人}]}}\n",
            "绩效指标: {产出指标: {数量指标: [{三级指标: '参[…]数', 年度指标值: ≥1人}]}}\n",
            "参训人数",
        ),
    ],
)
def test_a_rule_says_which_data_it_misses(
    code: str, declared: str, reported: str, words: str, forms: FormLibrary
) -> None:
    text = (
        f"# 2024/shili/peixun.target.yaml\n表样: 财政项目支出绩效目标申报表\n{declared}---\n"
        f"# 2024/shili/peixun.yaml\n表样: 财政项目支出绩效自评表\n{reported}"
    )
    example = run_example(text, {code: all_rules()[code]}, forms, national())

    (line,) = example.checks["2024/shili/peixun"].ledger

    assert line.outcome is Outcome.INSUFFICIENT
    assert words in "".join(line.reasons)


def test_several_declarations_of_one_project_cannot_be_compared(forms: FormLibrary) -> None:
    text = "---\n".join(
        f"# 2024/shili/{name}.yaml\n表样: {form}\n"
        for name, form in (
            ("peixun.a", "财政项目支出绩效目标申报表"),
            ("peixun.b", "项目支出绩效目标申报表"),
            ("peixun", "财政项目支出绩效自评表"),
        )
    )
    example = run_example(text, {"XRF006": all_rules()["XRF006"]}, forms, national())

    (line,) = example.checks["2024/shili/peixun"].ledger

    assert line.outcome is Outcome.INSUFFICIENT
    assert "2 份绩效目标申报表" in line.reasons[0]
