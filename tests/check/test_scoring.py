"""How a score comes about, method by method; what nothing decides stays open, with its reason."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.check.outcome import Outcome
from generator.check.pack import Excess, ExecutionMethod, Pack, national
from generator.check.scores.scoring import METHOD_LABELS, Method, Scoring, explain_execution, explain_scoring
from generator.check.subject import Subject
from generator.model.achievement import Outcome as Achieved
from generator.model.catalog import Unit
from generator.model.forms import FormLibrary
from tests.check.examples import run_example

PASS, FAIL, ROUNDING, OPEN = Outcome.PASS, Outcome.FAIL, Outcome.ROUNDING, Outcome.INSUFFICIENT

Explain = Callable[..., Scoring]


def subject_of(text: str, forms: FormLibrary, pack: Pack) -> Subject:
    record = run_example(text, {}, forms, pack).records[0]
    return Subject(record, forms.by_identifier(record.layout), Unit(record.unit, "示例街道社区服务中心"), pack)


@pytest.fixture(scope="session")
def explain(forms: FormLibrary) -> Explain:
    def explained(
        target: str,
        actual: str,
        points: str = "10.00",
        score: str = "10.00",
        *,
        name: str = "示例",
        more: str = "",
        pack: Pack | None = None,
    ) -> Scoring:
        values = {"年度指标值": target, "实际完成值": actual, "分值": points, "得分": score}
        cells = "".join(
            f"        {key}: {value if value.startswith('{') else repr(value)}\n" for key, value in values.items()
        )
        text = f"绩效指标:\n  产出指标:\n    数量指标:\n      - 三级指标: {name}\n{cells}"
        chosen = pack or national()
        subject = subject_of(text + (f"        {more}\n" if more else ""), forms, chosen)
        return explain_scoring(subject.scored[0], chosen)

    return explained


# target, actual, points, score | method, expected, outcome
NUMBERS = [
    ("≥10次", "8次", "9.00", "7.20", Method.AT_LEAST, "7.20", PASS),
    ("≥10次", "8次", "9.00", "9.00", Method.AT_LEAST, "7.20", FAIL),
    ("≥10次", "12次", "9.00", "9.00", Method.AT_LEAST, "9.00", PASS),
    (">90%", "90%", "9.00", "9.00", Method.AT_LEAST, "9.00", PASS),
    ("≥10%", "-3%", "5", "0", Method.AT_LEAST, "0.00", PASS),
    ("≥0件", "-1件", "5", "3", Method.AT_LEAST, "低于 5.00", OPEN),
    ("≤80元", "80元", "5.00", "5.00", Method.AT_MOST, "5.00", PASS),
    ("≤80元", "96元", "5.00", "4.00", Method.AT_MOST, "低于 5.00", OPEN),
    ("≤80元", "96元", "5.00", "5.00", Method.AT_MOST, "低于 5.00", FAIL),
    ("<5%", "5%", "5.00", "5.00", Method.AT_MOST, "", OPEN),
    ("=10次", "8次", "1", "0", Method.EQUAL, "0.80", FAIL),
    ("10次", "10次", "1", "1", Method.EQUAL, "1.00", PASS),
    ("=28人", "40人", "2", "2", Method.EQUAL, "", OPEN),
    ("=0件", "0件", "2", "2", Method.EQUAL, "2.00", PASS),
    ("95%-100%", "97%", "2", "2", Method.RANGE, "2.00", PASS),
    ("95%-100%", "80%", "2", "2", Method.RANGE, "低于 2.00", FAIL),
    ("每月4次", "每月3次", "8", "6", Method.COUNT, "6.00", PASS),
    ("2项(甲、乙)", "2", "3", "3", Method.COUNT, "3.00", PASS),
    ("≥20万页", "19万页", "40", "38", Method.AT_LEAST, "38.00", PASS),
    ("≥20万页", "210000页", "40", "40", Method.AT_LEAST, "40.00", PASS),
    (">2000人次", "≤1500人次", "5", "4", Method.AT_LEAST, "不高于 3.75", FAIL),
    (">2000人次", "<1500人次", "5", "3", Method.AT_LEAST, "不高于 3.75", OPEN),
    (">85%", ">85%", "3", "3", Method.AT_LEAST, "3.00", PASS),
]


@pytest.mark.parametrize(("target", "actual", "points", "score", "method", "expected", "outcome"), NUMBERS)
def test_numbers_are_scored_by_their_comparator(
    explain: Explain, target: str, actual: str, points: str, score: str, method: Method, expected: str, outcome: Outcome
) -> None:
    scoring = explain(target, actual, points, score)

    assert (scoring.method, scoring.expected, scoring.outcome) == (method, expected, outcome)
    assert scoring.formula or scoring.reason


WORDS = [
    ("提升", "达成指标", "6.00", "5.00", "4.80 至 6.00", PASS),
    ("提升", "达成指标", "6.00", "4.80", "4.80 至 6.00", PASS),
    ("提升", "达成指标", "6.00", "4.70", "4.80 至 6.00", FAIL),
    ("提升", "部分达成指标", "10", "8", "6.00 至 8.00（不含）", FAIL),
    ("提升", "部分达成指标", "10", "7.9", "6.00 至 8.00（不含）", PASS),
    ("提升", "未达成指标", "10", "6", "0.00 至 6.00（不含）", FAIL),
    ("提升", "提升", "10", "10", "8.00 至 10.00", PASS),
    ("提升", "有所提升", "10", "10", "", OPEN),
    ("控制在预算内", "控制在预算内", "10", "10", "8.00 至 10.00", PASS),
]


@pytest.mark.parametrize(("target", "actual", "points", "score", "expected", "outcome"), WORDS)
def test_words_are_scored_in_half_open_bands(
    explain: Explain, target: str, actual: str, points: str, score: str, expected: str, outcome: Outcome
) -> None:
    scoring = explain(target, actual, points, score)

    assert (scoring.method, scoring.expected, scoring.outcome) == (Method.QUALITATIVE, expected, outcome)


@pytest.mark.parametrize(
    ("target", "actual", "method"),
    [
        ("平均每月不少于3次", "及时", Method.COUNT),
        ("第一季度（白领服务项目）", "及时", Method.DEADLINE),
        ("全年", "全年", Method.DEADLINE),
        ("2024年12月前完成", "达成指标", Method.DEADLINE),
        ("95%-100%", "达成预期指标", Method.RANGE),
        ("≥10次", "达成指标", Method.AT_LEAST),
    ],
)
def test_a_word_for_a_number_or_a_date_earns_all_points_and_proves_nothing(
    explain: Explain, target: str, actual: str, method: Method
) -> None:
    scoring = explain(target, actual)

    assert (scoring.method, scoring.expected, scoring.outcome) == (method, "10.00", OPEN)
    assert scoring.achieved is Achieved.MET
    assert not scoring.is_numeric, "a word is no measurement"
    assert "没有实际的数或日期可以核对" in scoring.remark


@pytest.mark.parametrize(
    ("actual", "achieved", "outcome"),
    [
        ("2024年11月20日", Achieved.MET, PASS),
        ("2024年12月10日", Achieved.MISSED, FAIL),
        ("2024年11月30日", Achieved.MET, PASS),
        ("2025年", Achieved.UNDECIDED, OPEN),
    ],
)
def test_dates_are_compared_with_the_last_day_of_the_deadline(
    explain: Explain, actual: str, achieved: Achieved, outcome: Outcome
) -> None:
    scoring = explain("2024年11月底前", actual)

    assert (scoring.achieved, scoring.outcome) == (achieved, outcome)


@pytest.mark.parametrize(
    ("target", "actual", "words"),
    [
        (">2000人次", "1500人", "单位不同"),
        ("20", "20场", "目标没有写单位"),
        ("≥2万人", "1.5", "看不出以什么计"),
        ("≥90%", "0.95", "看不出是不是小数"),
        ("≥100%", "1.05", "看不出是不是小数"),
        ("90%-100%", "1", "看不出是不是小数"),
        ("{无法辨认: 墨迹}", "4次", "目标无法辨认"),
        ("≥4次", "{无法辨认: 墨迹}", "完成值无法辨认"),
        ("≥4次", "", "没有印出完成值"),
        ("", "4次", "没有印出目标"),
        ("参加赛事活动全年20场，开展全民健身系列活动", "达成指标", "一段文字"),
        ("≥4次", "较多", "不能与目标"),
    ],
)
def test_what_cannot_be_compared_says_why(explain: Explain, target: str, actual: str, words: str) -> None:
    scoring = explain(target, actual)

    assert words in scoring.reason
    assert (scoring.expected, scoring.outcome, scoring.low) == ("", OPEN, None)


@pytest.mark.parametrize(
    ("points", "score", "words"),
    [("{无法辨认: 缺失}", "1", "分值无法辨认"), ("", "1", "没有印出分值"), ("10", "", "没有印出得分")],
)
def test_missing_points_and_scores_are_named(explain: Explain, points: str, score: str, words: str) -> None:
    scoring = explain("≥4次", "4次", points, score)

    assert scoring.reason == words
    assert scoring.outcome is OPEN


def test_the_formula_can_be_followed_by_hand(explain: Explain) -> None:
    assert explain("≥10次", "8次", "9.00", "7.20").formula == "9.00 × 8 ÷ 10 = 7.20"
    assert explain("≥20万页", "19万页", "40", "38").formula == "40 × 19万 ÷ 20万 = 38.00"


@pytest.mark.parametrize(
    ("excess", "score"), [(Excess.TARGET_OVER_ACTUAL, "8.33"), (Excess.BY_EXCESS, "8.00"), (Excess.UNDECIDED, "")]
)
def test_an_exceeded_ceiling_scores_as_the_pack_says(explain: Explain, excess: Excess, score: str) -> None:
    scoring = explain("≤10天", "12天", "10.00", score or "8.00", pack=replace(national(), excess=excess))

    assert scoring.expected == (score or "低于 10.00")
    if excess is Excess.UNDECIDED:
        assert "8.33" in scoring.remark, "both formulas are told where none is chosen"
        assert "8.00" in scoring.remark
    else:
        assert scoring.outcome is PASS
        assert national().title in scoring.remark


def test_twice_the_ceiling_scores_nothing_by_excess(explain: Explain) -> None:
    pack = replace(national(), excess=Excess.BY_EXCESS)

    assert explain("≤10天", "25天", "10.00", "0.00", pack=pack).expected == "0.00"


@pytest.mark.parametrize(
    ("score", "outcome"), [("0.63", PASS), ("0.62", FAIL), ("0.625", PASS), ("1", PASS), ("2", FAIL)]
)
def test_a_tie_rounds_half_up_whatever_the_formula(explain: Explain, score: str, outcome: Outcome) -> None:
    pack = replace(national(), excess=Excess.BY_EXCESS)

    exceeded = explain("≤16天", "27天", "2", score, pack=pack)
    missed = explain("≥16次", "5次", "2", score)

    assert (exceeded.expected, exceeded.outcome) == ("0.63", outcome)
    assert (missed.expected, missed.outcome) == ("0.63", outcome)


def test_a_score_may_be_the_limit_of_a_bound_rounded_up(explain: Explain) -> None:
    assert explain("≥3次", "≤2次", "4", "2.67").outcome is OPEN
    assert explain("≥3次", "≤2次", "4", "2.68").outcome is FAIL


def test_a_qualitative_band_is_the_packs(explain: Explain) -> None:
    bands = replace(national().bands, met=Decimal(80), partly=Decimal(50))

    scoring = explain("提升", "部分达成指标", "10", "5", pack=replace(national(), bands=bands))

    assert (scoring.expected, scoring.outcome) == ("5.00 至 8.00（不含）", PASS)


def test_much_more_than_the_target_keeps_all_points_and_asks_for_an_explanation(explain: Explain) -> None:
    scoring = explain("≥2次", "4次")

    assert (scoring.expected, scoring.outcome) == ("10.00", PASS)
    assert "高出目标 100%" in scoring.remark
    assert "不自动扣分" in scoring.remark


def test_a_cost_below_an_exact_target_is_not_punished(explain: Explain) -> None:
    scoring = explain("=2000元", "1900元", name="人均费用标准")

    assert (scoring.expected, scoring.outcome) == ("", OPEN)
    assert "评分办法" in scoring.reason


def test_the_adjusted_target_is_what_counts(explain: Explain) -> None:
    scoring = explain("≥10次", "8次", more="调整后指标值: ≥8次")

    assert (scoring.expected, scoring.outcome) == ("10.00", PASS)
    assert "调整后" in scoring.remark


def test_a_missing_unit_is_taken_from_the_target_and_said(explain: Explain) -> None:
    scoring = explain("≥1200人", "1200")

    assert scoring.outcome is PASS
    assert "没有写单位" in scoring.remark


@pytest.mark.parametrize(
    ("target", "actual", "points", "score", "outcome"),
    [
        ("=100%", "99.97%", "8.00", "8.00", PASS),
        ("=100%", "99%", "1", "0.9", FAIL),
        ("≥98.3%", "98%", "8.00", "8.00", ROUNDING),
        ("≥30株", "29株", "40", "38.668", ROUNDING),
        ("=10次", "8次", "1", "1", FAIL),
        ("≥1000人", "999人", "10", "10", PASS),
    ],
)
def test_scores_are_compared_at_the_precision_printed(
    explain: Explain, target: str, actual: str, points: str, score: str, outcome: Outcome
) -> None:
    assert explain(target, actual, points, score).outcome is outcome


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 400), st.integers(0, 400), st.integers(1, 30), st.integers(0, 4))
def test_a_score_computed_by_the_formula_never_fails(
    explain: Explain, target: int, actual: int, points: int, places: int
) -> None:
    score = points * min(Decimal(actual) / Decimal(target), Decimal(1))
    printed = score.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if places == 0 and actual < target and printed == points:
        return

    scoring = explain(f"≥{target}次", f"{actual}次", f"{points}", f"{printed}")

    assert scoring.outcome in (PASS, ROUNDING)
    assert scoring.low is not None
    assert 0 <= scoring.low <= points


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 400), st.integers(0, 399), st.integers(1, 30))
def test_a_score_two_places_off_by_one_always_fails(explain: Explain, target: int, actual: int, points: int) -> None:
    score = points * min(Decimal(actual) / Decimal(target), Decimal(1)) + 1

    assert explain(f"≥{target}次", f"{actual}次", f"{points}", f"{score:.2f}").outcome is FAIL


FUNDING = (
    "项目资金:\n  单位: 万元\n  年度资金总额: {{全年预算数: {}, 全年执行数: {}, 分值: 10.00, 执行率: 99, 得分: {}}}\n"
)


@pytest.mark.parametrize(
    ("budget", "executed", "score", "expected", "outcome"),
    [
        ("470.26", "468.77", "9.97", "9.97", PASS),
        ("470.26", "468.77", "9.00", "9.97", FAIL),
        ("61.05", "63.00", "10.00", "10.00", PASS),
        ("61.05", "63.00", "", "10.00", OPEN),
        ("0.00", "0.00", "10.00", "", OPEN),
        ("", "0.00", "10.00", "", OPEN),
    ],
)
def test_execution_scores_in_proportion_to_its_rate(
    forms: FormLibrary, budget: str, executed: str, score: str, expected: str, outcome: Outcome
) -> None:
    scoring = explain_execution(subject_of(FUNDING.format(budget, executed, score), forms, national()))

    assert scoring is not None
    assert (scoring.method, scoring.expected, scoring.outcome) == (Method.EXECUTION, expected, outcome)


def test_execution_by_bands_of_its_own_is_not_computed(forms: FormLibrary) -> None:
    pack = replace(national(), execution_method=ExecutionMethod.UNDECIDED)

    scoring = explain_execution(subject_of(FUNDING.format("100.00", "90.00", "8.00"), forms, pack))

    assert scoring is not None
    assert scoring.outcome is OPEN
    assert "区间" in scoring.reason


def test_a_form_without_points_for_execution_has_nothing_to_explain(forms: FormLibrary) -> None:
    assert explain_execution(subject_of("总分: {分值: 100}", forms, national())) is None


def test_amounts_whose_columns_cannot_be_told_give_no_score(forms: FormLibrary) -> None:
    subject = subject_of(
        """\
项目资金:
  单位: 元
  年度资金总额: {全年预算数: 100.00, 全年执行数: 90.00, 分值: 10, 得分: 8.00, 无法辨认: 栏位无法确定}
""",
        forms,
        national(),
    )
    scoring = explain_execution(subject)

    assert scoring is not None
    assert (scoring.low, scoring.reason) == (None, "“年度资金总额”的金额无法辨认")


def test_every_method_has_its_words() -> None:
    assert set(METHOD_LABELS) == set(Method)
