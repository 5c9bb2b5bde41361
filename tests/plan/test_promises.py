"""What became of each declared indicator, exactly as the rules see it, and what the page says of the money."""

import pytest
from msgspec.structs import replace

from generator.check.across.targets import Change
from generator.check.outcome import Outcome
from generator.check.pack import national
from generator.check.registry import all_rules
from generator.plan.listed import ListedRecord, pack_listed, unpack_listed
from generator.plan.promise_view import ComparisonView, promises_view
from generator.plan.promises import (
    PromiseRow,
    YearPromises,
    count_changes,
    project_promises,
    promise_rows,
    promises_by_record,
)
from generator.plan.tally import tally_of, total
from tests.check.examples import run_example
from tests.plan.made_forms import FORMS, Made, declared, evaluated, made

TRAINED = "三级指标: 培训次数, 年度指标值: ≥12次"
REPORT = "三级指标: 培训次数, 年度指标值: ≥12次, 实际完成值: 14次, 分值: 10, 得分: 10"


def rows_of(before: str, after: str) -> tuple[PromiseRow, ...]:
    found = made(target_2024=declared(before), own_2024=evaluated(after))
    declaration, evaluation = found.subjects["2024/shili/peixun.target"], found.subjects["2024/shili/peixun"]
    return promise_rows(declaration, evaluation, found.rows["2024/shili/peixun"])


def years_of(found: Made) -> tuple[YearPromises, ...]:
    return project_promises(found.subjects.values(), found.rows).get("peixun", ())


def shown(found: Made) -> ComparisonView:
    (year,) = promises_view(years_of(found))
    (comparison,) = year.comparisons
    return comparison


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [
        (TRAINED, "三级指标: 培训次数, 年度指标值: ≥12.00(次)", "= 保留"),
        (TRAINED, "三级指标: 培训次数, 年度指标值: ≥10次", "↓ 降低"),
        (TRAINED, "三级指标: 培训次数, 年度指标值: ≥15次", "↑ 提高"),
        (TRAINED, "三级指标: 培训次数, 年度指标值: 按需", "≠ 改动"),
        (TRAINED, "三级指标: 培训次数, 年度指标值: ''", "? 无法判断"),
        (
            "三级指标: 面向失业人员开展技能培训次数, 年度指标值: ≥12次",
            "三级指标: 面向失业人员开展的技能培训次数, 年度指标值: ≥12次",
            "≈ 改名",
        ),
    ],
)
def test_each_change_has_a_word_and_a_sign(before: str, after: str, word: str) -> None:
    (row,) = rows_of(before, after)

    assert f"{row.sign} {row.label}" == word


def test_what_is_missing_on_one_side_was_dropped_or_added() -> None:
    dropped, added = rows_of(TRAINED, "三级指标: 印发简报, 年度指标值: ≥1期, 实际完成值: 2期")

    assert (dropped.label, dropped.name, dropped.evaluated) == ("删除", "培训次数", None)
    assert dropped.url.startswith("records/2024/shili/peixun.target.html#i-")
    assert (added.label, added.name, added.declared, added.actual.text) == ("新增", "印发简报", None, "2期")
    assert added.url.startswith("records/2024/shili/peixun.html#i-")


def test_both_targets_and_the_result_are_shown_as_printed() -> None:
    (row,) = rows_of("三级指标: 培训次数, 年度指标值: ≥12.00（次）", REPORT)

    assert row.declared
    assert row.evaluated
    assert (row.declared.target.text, row.evaluated.target.text) == ("≥12.00（次）", "≥12次")
    assert (row.actual.text, row.evaluated.points.text, row.score.text) == ("14次", "10", "10")


def test_a_name_that_changed_together_with_its_target_says_both() -> None:
    (row,) = rows_of(
        "三级指标: 面向失业人员开展技能培训次数, 年度指标值: ≥12次",
        "三级指标: 面向失业人员开展的技能培训次数, 年度指标值: ≥9次",
    )

    assert (row.label, row.is_reworded) == ("降低", True)


def test_points_that_were_moved_are_told() -> None:
    (row,) = rows_of(f"{TRAINED}, 分值: 30", f"{TRAINED}, 分值: 10.00")

    assert row.is_reweighted


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("年度指标值: ''", "年度指标值: ≥1次", "申报的指标值空白"),
        ("年度指标值: ≥1次", "年度指标值: ''", "自评的指标值空白"),
        ("年度指标值: '-'", "年度指标值: /", "申报的指标值只印了“-”；自评的指标值只印了“/”"),
        ("年度指标值: {无法辨认: 墨迹}", "年度指标值: ≥1次", "申报的指标值无法辨认"),
    ],
)
def test_a_blank_a_dash_and_a_blot_are_three_reasons_to_leave_it_open(before: str, after: str, why: str) -> None:
    (row,) = rows_of(f"三级指标: 培训, {before}", f"三级指标: 培训, {after}")

    assert (row.change, row.why) == (Change.UNDECIDED, why)


def test_nought_is_a_target_and_no_blank() -> None:
    (row,) = rows_of("三级指标: 事故, 年度指标值: 0起", "三级指标: 事故, 年度指标值: 0起")

    assert row.change is Change.KEPT


def test_rows_of_one_name_that_cannot_be_told_apart_stay_open() -> None:
    found = made(
        target_2024=declared("三级指标: 培训, 年度指标值: ≥12次"),
        own_2024=evaluated("三级指标: 培训, 年度指标值: ≥10次", "三级指标: 培训, 年度指标值: ≥9次"),
    )
    (year,) = years_of(found)
    rows = year.comparisons[0].rows

    assert [row.why for row in rows] == [
        "自评表有同名的行，不能确定是哪一行",
        *["申报表有同名的行，不能确定是哪一行"] * 2,
    ]


def test_an_illegible_name_may_be_the_one_that_is_missed() -> None:
    missed, illegible = rows_of("三级指标: 参训人数, 年度指标值: ≥1人", "三级指标: '参[…]数', 年度指标值: ≥1人")

    assert missed.why == "自评表有指标名称无法辨认，可能就是这一项"
    assert illegible.why == "指标名称无法辨认"


def test_an_openly_adjusted_target_is_kept_and_shows_both_figures() -> None:
    (row,) = rows_of(TRAINED, "三级指标: 培训次数, 年初指标值: ≥12次, 调整后指标值: ≥8次")

    assert row.change is Change.KEPT
    assert row.evaluated
    assert row.evaluated.target.text == "≥8次"
    assert [cell.text for _, cell in row.evaluated.beside] == ["≥12次"]


def test_a_sign_and_a_unit_in_columns_of_their_own_stand_beside_the_target() -> None:
    (row,) = rows_of("三级指标: 培训, 指标性质: ≥, 年度指标值: '12', 计量单位: 次", "三级指标: 培训, 年度指标值: ≥10次")

    assert row.change is Change.LOWERED
    assert row.declared
    assert [(label, cell.text) for label, cell in row.declared.beside] == [("指标性质", "≥"), ("计量单位", "次")]


def test_the_page_says_what_the_rules_found() -> None:
    before = declared(TRAINED, "三级指标: 参训人数, 年度指标值: ≥300人", "三级指标: 简报, 年度指标值: ≥4期")
    after = evaluated(
        "三级指标: 培训次数, 年度指标值: ≥10次", "三级指标: 简报, 年度指标值: 按需", "三级指标: 展板, 年度指标值: ≥1块"
    )
    codes = {"XRF006": Change.LOWERED, "XRF007": Change.DROPPED, "XRF008": Change.ADDED, "XRF009": Change.CHANGED}
    rules = {code: all_rules()[code] for code in codes}
    text = f"# 2024/shili/peixun.target.yaml\n{before}---\n# 2024/shili/peixun.yaml\n{after}"
    found = [one for one in run_example(text, rules, FORMS, national()).findings if one.outcome == Outcome.FAIL]

    (year,) = years_of(made(target_2024=before, own_2024=after))

    assert {codes[one.code]: 1 for one in found} == count_changes(year.comparisons[0].rows)


def test_several_declarations_are_named_and_none_is_compared() -> None:
    found = made(target_2024=declared(TRAINED), target2_2024=declared(TRAINED), own_2024=evaluated(REPORT))

    (year,) = years_of(found)

    assert (year.several, year.comparisons, len(year.declarations)) == (2, (), 2)


def test_every_self_evaluation_is_compared_with_the_one_declaration() -> None:
    found = made(target_2024=declared(TRAINED), own_2024=evaluated(REPORT), half_2024=evaluated(REPORT))

    (year,) = years_of(found)

    assert len(year.comparisons) == 2


def test_a_declaration_of_another_year_is_not_compared() -> None:
    assert years_of(made(target_2023=declared(TRAINED), own_2024=evaluated(REPORT))) == ()


def test_a_declaration_that_is_kept_back_does_not_show_through() -> None:
    found = made(target_2024=declared(TRAINED), own_2024=evaluated(REPORT))
    del found.rows["2024/shili/peixun.target"]

    assert years_of(found) == ()


def test_a_form_without_indicators_dropped_none() -> None:
    found = made(target_2024=declared(TRAINED), own_2024="表样: 项目绩效自评情况\n版式: 通用\n")

    comparison = shown(found)

    assert comparison.rows == ()
    assert comparison.missing == "自评表没有列出任何指标，无法逐项对照。"


def test_the_summary_counts_what_matters_even_where_there_is_none() -> None:
    found = made(target_2024=declared(TRAINED), own_2024=evaluated(REPORT))

    assert [f"{one.label} {one.count}" for one in shown(found).counts] == ["保留 1", "降低 0", "删除 0", "新增 0"]


def test_what_was_not_kept_comes_first() -> None:
    found = made(
        target_2024=declared(TRAINED, "三级指标: 参训人数, 年度指标值: ≥300人"),
        own_2024=evaluated(REPORT, "三级指标: 参训人数, 年度指标值: ≥200人"),
    )

    assert [row.name for row in shown(found).rows] == ["参训人数", "培训次数"]


REQUESTED = "项目资金: {单位: 元, 年度资金申请总额: 950000.00}\n"


@pytest.mark.parametrize(
    ("asked", "budget", "sentences"),
    [
        (
            REQUESTED,
            "{单位: 万元, 年度资金总额: {年初预算数: 90.00, 全年预算数: 80.00, 全年执行数: 76.00}}",
            ["年初预算数比申请数少 50,000.00 元。", "全年执行数是申请数的 80%。"],
        ),
        (
            REQUESTED,
            "{单位: 万元, 年度资金总额: {年初预算数: 95, 全年预算数: 95, 全年执行数: 95.00}}",
            ["年初预算数与申请数相同。", "全年执行数是申请数的 100%。"],
        ),
        (
            REQUESTED,
            "{单位: 万元, 年度资金总额: {年初预算数: '', 全年预算数: 95, 全年执行数: ''}}",
            ["自评表没有印出可用的年初预算数。", "自评表没有印出可用的全年执行数。"],
        ),
        (
            "项目资金: {单位: 元, 年度资金申请总额: '-'}\n",
            "{单位: 万元, 年度资金总额: {年初预算数: 95, 全年预算数: 95, 全年执行数: 95.00}}",
            ["申报表没有印出可用的申请总额，不与预算和执行比较。"],
        ),
        (
            "项目资金: {单位: 元, 项目总资金: {项目资金总额: 950000.00}}\n",
            "{单位: 万元, 年度资金总额: {年初预算数: 95, 全年预算数: 95, 全年执行数: 95.00}}",
            ["申报表印的是整个项目的资金总额，不是本年度的，不与预算和执行比较。"],
        ),
    ],
)
def test_the_money_is_compared_only_where_both_are_printed(asked: str, budget: str, sentences: list[str]) -> None:
    found = made(target_2024=declared(TRAINED, more=asked), own_2024=evaluated(REPORT, more=f"项目资金: {budget}\n"))

    assert list(shown(found).money) == sentences


def test_amounts_of_different_units_are_shown_in_yuan_too() -> None:
    found = made(
        target_2024=declared(TRAINED, more=REQUESTED),
        own_2024=evaluated(REPORT, more="项目资金: {单位: 万元, 年度资金总额: {年初预算数: 95.00}}\n"),
    )

    assert shown(found).amounts == (
        ("年度资金申请总额（申报表）", "950000.00 元", ""),
        ("年初预算数（自评表）", "95.00 万元", "950,000.00 元"),
    )


def test_rows_survive_being_kept_from_one_build_to_the_next() -> None:
    found = made(target_2024=declared(TRAINED, "三级指标: 参训人数, 年度指标值: ≥300人"), own_2024=evaluated(REPORT))
    rows = promises_by_record({"peixun": years_of(found)})["2024/shili/peixun"]
    one = ListedRecord(found.rows["2024/shili/peixun"], "general", 1, (), (), (), False, rows)

    assert unpack_listed(pack_listed([one])) == (one,)
    assert total([tally_of([one]), tally_of([one]), tally_of([replace(one, promises=())])]).changes == {
        Change.DROPPED: 2,
        Change.KEPT: 2,
    }
