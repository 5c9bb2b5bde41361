"""A project over its years: printed figures, what we compute of them, and how each year differs from the one before."""

import pytest

from generator.check.across.promises import follow_rows
from generator.check.subject import Subject
from generator.plan.over_years import FormYears, over_years
from tests.plan.made_forms import Made, declared, evaluated, made

TRAINED = "三级指标: 培训次数, 年度指标值: {}, 实际完成值: {}, 分值: {}, 得分: 8"


def funds(*amounts: str, unit: str = "元", rate: str = "") -> str:
    initial, adjusted, executed = amounts
    printed = f", 执行率: {rate}" if rate else ""
    return f"项目资金: {{单位: {unit}, 年度资金总额: {{年初预算数: {initial}, 全年预算数: {adjusted}, 全年执行数: {executed}{printed}}}}}\n"


def year(target: str = "≥12次", actual: str = "12次", points: str = "10", *, more: str = "") -> str:
    return evaluated(TRAINED.format(target, actual, points), more=more)


def kinds(found: Made) -> tuple[FormYears, ...]:
    return over_years(list(found.subjects.values()), found.rows)


def only(found: Made) -> FormYears:
    (kind,) = kinds(found)
    return kind


def changes(before: str, after: str) -> str:
    (course,) = only(made(own_2023=before, own_2024=after)).indicators
    first, second = course.years
    assert first.changes == ()
    return "".join(second.changes)


def test_a_project_of_one_year_has_nothing_to_follow() -> None:
    assert kinds(made(own_2024=year(), target_2024=declared("三级指标: 培训, 年度指标值: ≥1次"))) == ()


def test_amounts_stand_as_printed_with_their_unit_and_the_change_in_words() -> None:
    found = made(
        own_2022=year(more=funds("100000.00", "100000.00", "80000.00")),
        own_2023=year(more=funds("100000", "120000.50", "100000.00")),
    )
    kind = only(found)

    assert kind.columns == ("年初预算数", "全年预算数", "全年执行数")
    assert [[(one.text, one.change) for one in line.amounts] for line in kind.lines] == [
        [("100000.00 元", ""), ("100000.00 元", ""), ("80000.00 元", "")],
        [("100000 元", "与上年相同"), ("120000.50 元", "比上年增加约 20.00%"), ("100000.00 元", "比上年增加 25%")],
    ]


def test_where_units_differ_between_years_yuan_stands_beside() -> None:
    kind = only(
        made(
            own_2023=year(more=funds("100000.00", "100000.00", "80000.00")),
            own_2024=year(more=funds("10.00", "10.00", "9.00", unit="万元")),
        )
    )

    assert [(one.text, one.yuan) for one in kind.lines[1].amounts] == [
        ("10.00 万元", "100,000.00 元"), ("10.00 万元", "100,000.00 元"), ("9.00 万元", "90,000.00 元"),
    ]  # fmt: skip
    assert kind.lines[1].amounts[0].change == "与上年相同"


def test_a_rounded_amount_is_not_said_to_have_changed() -> None:
    kind = only(
        made(
            own_2023=year(more=funds("100020.00", "100020.00", "100020.00")),
            own_2024=year(more=funds("10.00", "10.00", "10.00", unit="万元")),
        )
    )

    assert kind.lines[1].amounts[0].change == "与上年在印出的位数内相同"


@pytest.mark.parametrize(("printed", "shown"), [("''", ""), ("'-'", "-"), ("{无法辨认: 墨迹}", "无法辨认")])
def test_what_is_no_amount_is_no_nought(printed: str, shown: str) -> None:
    kind = only(
        made(
            own_2023=year(more=funds("100000.00", "100000.00", "80000.00")),
            own_2024=year(more=funds("100000.00", "100000.00", printed)),
        )
    )

    assert (kind.lines[1].amounts[2].text, kind.lines[1].amounts[2].change) == (shown, "")


def test_a_year_without_a_form_is_not_taken_for_the_year_before() -> None:
    kind = only(made(own_2021=year(), own_2024=year(more=funds("50000", "50000", "50000"))))

    assert kind.lines[1].amounts[0].change == ""
    assert kind.lines[1].amounts[1].change == "比 2021 年减少 50%"


def test_a_rate_is_printed_or_said_to_be_computed() -> None:
    kind = only(
        made(
            own_2022=year(more=funds("100", "100", "80", rate="80.00")),
            own_2023=year(more=funds("100", "100", "80")),
            own_2024=year(more=funds("100", "100", "80", rate="90%")),
        )
    )

    assert [(line.rate, line.computed_rate) for line in kind.lines] == [
        ("80.00%", ""), ("", "80.00%"), ("90%", "80.00%"),
    ]  # fmt: skip


def test_total_scores_out_of_the_same_points_are_compared() -> None:
    def total(points: str, score: str) -> str:
        return f"总分: {{分值: {points}, 得分: {score}}}\n评分等级: 优\n"

    kind = only(
        made(
            own_2021=year(more=total("100.00", "97.50")),
            own_2022=year(more=total("100", "99")),
            own_2023=year(more=total("100", "99.0")),
            own_2024=year(more=total("90", "80")),
        )
    )

    assert [(line.score.text, line.score_change, line.grade.text) for line in kind.lines] == [
        ("97.50", "", "优"), ("99", "比上年高 1.5 分", "优"), ("99.0", "与上年相同", "优"), ("80", "", "优"),
    ]  # fmt: skip
    assert [chart.title for chart in kind.charts] == ["项目支出自评：资金"]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("{分值: -, 得分: 95}", "{分值: -, 得分: 97}", ""),
        ("{分值: {无法辨认: 污损}, 得分: 95}", "{分值: {无法辨认: 污损}, 得分: 97}", ""),
        ("{得分: 95}", "{分值: 100, 得分: 97}", "比上年高 2 分"),
    ],
)
def test_scores_out_of_who_knows_what_do_not_compare(before: str, after: str, words: str) -> None:
    kind = only(made(own_2023=year(more=f"总分: {before}\n"), own_2024=year(more=f"总分: {after}\n")))

    assert kind.lines[1].score_change == words


def test_kinds_of_forms_stand_apart() -> None:
    target = declared("三级指标: 培训次数, 年度指标值: ≥12次")

    found = kinds(made(own_2023=year(), own_2024=year(), target_2023=target, target_2024=target))

    assert [(kind.title, kind.has_results) for kind in found] == [("项目支出自评", True), ("绩效目标申报", False)]


def test_of_several_forms_of_a_year_none_is_compared() -> None:
    kind = only(made(own_2022=year(), own_2023=year(), half_2023=year("≥99次"), own_2024=year()))

    assert [line.year.title for line in kind.lines] == ["2022", "2023", "2023", "2024"]
    assert kind.unclear == ("2023",)
    assert [one.year for one in kind.indicators[0].years] == ["2022", "2024"]
    assert kind.indicators[0].years[1].changes == ("比 2022 年：指标值相同；完成值相同",)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (("≥12次", "12次"), ("≥15次", "15次"), "比上年：要求提高；完成值上升"),
        (("≥12次", "12次"), ("≥10次", "11次"), "比上年：要求降低；完成值下降"),
        (("≤12次", "12次"), ("≤15次", "12次"), "比上年：要求降低；完成值相同"),
        (("≥12次", "12次"), ("≥12次", "已完成"), "比上年：指标值相同"),
        (("≥12次", "12次"), ("≥12期", "12期"), "比上年：指标值有改动"),
        (("≥12次", "12次"), ("''", "''"), "比上年：指标值无法比较"),
        (("≥12次", "12次"), ("{无法辨认: 墨迹}", "13次"), "比上年：指标值无法比较；完成值上升"),
        (("2023年6月前完成", "''"), ("2024年6月前完成", "''"), "比上年：日期逐年顺延"),
        (("2023年6月前完成", "''"), ("2024年9月前完成", "''"), "比上年：日期有改动"),
        (("6月前完成", "''"), ("2024年9月前完成", "''"), "比上年：日期写法不同"),
    ],
)
def test_each_year_says_how_it_differs(before: tuple[str, str], after: tuple[str, str], words: str) -> None:
    assert changes(year(*before), year(*after)) == words


def test_points_that_changed_are_told() -> None:
    assert changes(year(points="10.00"), year(points="20")) == "比上年：指标值相同；完成值相同；分值由 10.00 改为 20"


def test_an_indicator_that_skips_a_year_is_followed() -> None:
    other = evaluated("三级指标: 参训人数, 年度指标值: ≥300人")
    found = made(own_2022=year(), own_2023=other, own_2024=year("≥13次"))

    assert [[row.name if row else "" for row in lane] for lane in follow_rows(_ordered(found))] == [
        ["培训次数", "", "培训次数"]
    ]
    assert only(found).indicators[0].years[1].changes == ("比 2022 年：要求提高；完成值相同",)


def test_an_indicator_of_one_year_is_none_that_recurs() -> None:
    assert only(made(own_2023=year(), own_2024=evaluated("三级指标: 参训人数, 年度指标值: ≥300人"))).indicators == ()


def test_a_name_written_differently_is_shown_as_written() -> None:
    (course,) = only(
        made(own_2023=evaluated("三级指标: 培训 次数, 年度指标值: ≥1次"), own_2024=evaluated("三级指标: 培训次数, 年度指标值: ≥1次"))
    ).indicators  # fmt: skip

    assert (course.name, [one.name for one in course.years]) == ("培训次数", ["培训 次数", ""])


def test_the_money_of_a_whole_project_is_no_figure_of_a_year() -> None:
    whole = "项目资金: {单位: 元, 项目总资金: {项目资金总额: %s}}\n"
    rows = "三级指标: 培训次数, 年度指标值: ≥12次"
    kind = only(
        made(target_2023=declared(rows, more=whole % "900000"), target_2024=declared(rows, more=whole % "990000"))
    )

    assert [(one.text, one.change) for line in kind.lines for one in line.amounts] == [
        ("900000 元（整个项目）", ""),
        ("990000 元（整个项目）", ""),
    ]
    assert kind.charts == ()


def _ordered(found: Made) -> list[Subject]:
    return [found.subjects[key] for key in sorted(found.subjects)]
