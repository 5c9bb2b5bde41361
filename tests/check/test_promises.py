"""Indicators of two records of one project, matched and compared row by row."""

import pytest

from generator.check.across.promises import compare_promises, match_years
from generator.check.across.targets import Change, compare_targets
from generator.check.outcome import Outcome
from generator.check.pack import national
from generator.check.registry import all_rules
from generator.check.rows.indicator_names import name_key
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
        ("每月不少于2次", "每季度不少于2次", Change.LOWERED),
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
    ("before", "after", "change"),
    [
        ("≤24小时", "≤2天", Change.LOWERED),
        ("≤24小时", "≤1天", Change.KEPT),
        ("≤2天", "≤36个小时", Change.RAISED),
        ("≤5个工作日", "≤5天", Change.CHANGED),
        ("≤12个月", "≤1年", Change.KEPT),
        ("≤30天", "≤1个月", Change.CHANGED),
        ("≥1000平方米", "≥0.1公顷", Change.KEPT),
        ("≥1000㎡", "≥1亩", Change.LOWERED),
        ("≥3亩", "≥2000平方米", Change.KEPT),
        ("≥2000平方米", "≥3.0000001亩", Change.RAISED),
        ("≥1.5公里", "≥1500米", Change.KEPT),
        ("≥2吨", "≥1900公斤", Change.LOWERED),
        ("≥2千克", "≥2公斤", Change.KEPT),
        ("≤5‰", "≤0.6%", Change.LOWERED),
        ("≥12人", "≥12人次", Change.CHANGED),
        ("90%", "0.9", Change.CHANGED),
    ],
)
def test_units_of_one_kind_are_converted_exactly(before: str, after: str, change: Change) -> None:
    assert compare_targets(parse_value(before), parse_value(after)) is change


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("每月2次", "每季度2次", Change.LOWERED),
        ("每季度2次", "每月2次", Change.RAISED),
        ("每年4次", "每季度1次", Change.CHANGED),
        ("平均每季度1次", "每年4次", Change.KEPT),
        ("每2个月1次", "每年5次", Change.LOWERED),
        ("每周1次", "每月1次", Change.LOWERED),
        ("每周1次", "每年52次", Change.CHANGED),
        ("每天1次", "每周1次", Change.LOWERED),
        ("每天1次", "每周5次", Change.CHANGED),
        ("每月不超过2次", "每月不超过3次", Change.LOWERED),
        ("每月不超过2次", "每月不少于2次", Change.CHANGED),
        ("每月2次", "每季度2场", Change.CHANGED),
    ],
)
def test_frequencies_are_compared_by_the_times_in_a_year(before: str, after: str, change: Change) -> None:
    assert compare_targets(parse_value(before), parse_value(after)) is change


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("500-800人", "300-800人", Change.LOWERED),
        ("300-800人", "500-800人", Change.RAISED),
        ("500-800人", "500-900人", Change.CHANGED),
        ("500-800人", "300-600人", Change.CHANGED),
        ("500-800人", "300-800户", Change.CHANGED),
        ("1-2公顷", "10000-20000平方米", Change.KEPT),
    ],
)
def test_a_range_whose_floor_is_promised_is_compared_by_it(before: str, after: str, change: Change) -> None:
    assert compare_targets(parse_value(before), parse_value(after), floor_is_promised=True) is change


def test_a_lower_floor_of_costs_and_delays_is_no_weaker_target(forms: FormLibrary) -> None:
    wider = "{三级指标: %s, 年度指标值: 500-800%s}", "{三级指标: %s, 年度指标值: 300-800%s}"

    for name, unit, change in (
        ("受益人数", "人", Change.LOWERED),
        ("投诉件数", "件", Change.CHANGED),
        ("培训费用", "元", Change.CHANGED),
        ("办理用时", "天", Change.CHANGED),
    ):
        before, after = (row % (name, unit) for row in wider)
        assert [one for one, _, _ in changes(forms, before, after)] == [change], name


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


def renamed(forms: FormLibrary, declared: str, reported: str, target: str = "≥90%") -> list[Change]:
    row = "{三级指标: %s, 年度指标值: %s}"
    return [change for change, _, _ in changes(forms, row % (declared, target), row % (reported, target))]


@pytest.mark.parametrize(
    ("declared", "reported"),
    [
        ("法律咨询服务次数", "开展法律咨询服务次数"),
        ("组织开展法律咨询服务次数", "法律咨询服务次数"),
        ("志愿者招募人数", "招募志愿者人数"),
        ("补贴发放及时率", "补贴及时发放率"),
        ("参训人员满意率", "参训人员满意度"),
        ("资金拨付及时率", "资金拨付及时性"),
        ("资金拨付及时率", "资金拨付及时情况"),
        ("制度健全程度", "制度健全性"),
        ("验收通过率", "验收合格率"),
        ("排放达标率", "排放合格率"),
    ],
)
def test_an_ordinary_rewording_is_the_same_indicator(declared: str, reported: str, forms: FormLibrary) -> None:
    assert renamed(forms, declared, reported) == [Change.REWORDED]


@pytest.mark.parametrize(
    ("declared", "reported"),
    [
        ("男性就业率", "女性就业率"),
        ("第一季度拨付及时率", "第二季度拨付及时性"),
        ("验收合格率", "验收不合格率"),
        ("完成时间", "时间"),
        ("实施方案数量", "方案数量"),
        ("组织机构健全率", "机构健全率"),
        ("上半年培训下半年人数", "下半年培训上半年人数"),
        ("就业人员培训率", "培训人员就业率"),
        ("第一期结业第二期报名人数", "第二期报名第一期结业人数"),
        ("验收通过率", "验收合格情况"),
        ("开展培训次数", "完成培训次数"),
        ("法律咨询次数", "线上法律咨询次数"),
        ("服务对象满意度", "服务人员满意度"),
        ("平均水温度", "平均水温"),
    ],
)
def test_what_says_something_else_is_another_indicator(declared: str, reported: str, forms: FormLibrary) -> None:
    assert renamed(forms, declared, reported) == [Change.DROPPED, Change.ADDED]


def test_a_lowered_target_shows_through_a_reworded_name(forms: FormLibrary) -> None:
    found = changes(
        forms,
        "{三级指标: 参训人员满意率, 年度指标值: ≥90%}",
        "{三级指标: 参训人员满意度, 年度指标值: ≥85%}",
    )

    assert found == [(Change.LOWERED, "参训人员满意率", "参训人员满意度")]


def test_an_ordinary_rewording_counts_only_where_it_is_the_only_one(forms: FormLibrary) -> None:
    declared = "{三级指标: 拨付及时率, 年度指标值: ≥90%}"
    several = "{三级指标: 拨付及时性, 年度指标值: ≥90%}, {三级指标: 及时拨付率, 年度指标值: ≥90%}"

    assert [one for one, _, _ in changes(forms, declared, several)] == [Change.DROPPED, Change.ADDED, Change.ADDED]


def test_a_reworded_name_with_a_target_of_another_kind_or_unit_is_another_indicator(forms: FormLibrary) -> None:
    declared = "{三级指标: 咨询服务次数, 年度指标值: ≥20次}"

    for target in ("≥20人", "及时", "每月2次"):
        found = changes(forms, declared, f"{{三级指标: 开展咨询服务次数, 年度指标值: {target}}}")
        assert [one for one, _, _ in found] == [Change.DROPPED, Change.ADDED], target


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
