"""A waiver sets a fault aside, openly and for a time; a reply stands beside it; neither fails without a word."""

from datetime import date

import pytest

from generator.check.outcome import Outcome
from generator.check.pack import national
from generator.check.registry import all_rules
from generator.check.waivers import is_about, replies_to
from generator.finding import Finding, Severity
from generator.model.forms import FormLibrary
from tests.check.examples import Example, run_example

RULES = {"BUD001": all_rules()["BUD001"]}
TODAY = date(2025, 3, 31)

WRONG_RATE = """\
项目资金:
  单位: 万元
  年度资金总额: {全年预算数: 61.05, 全年执行数: 58.00, 执行率: 96.00}
  当年财政拨款: {全年预算数: 61.05, 全年执行数: 58.00, 执行率: 97.00}
"""
RIGHT_RATE = """\
项目资金:
  单位: 万元
  年度资金总额: {全年预算数: 61.05, 全年执行数: 58.00, 执行率: 95.00}
"""


def waiver(rule: str = "BUD001", until: str = "2025-12-31", about: str = "") -> str:
    there = f"对象: {about}, " if about else ""
    return f"豁免: [{{规则: {rule}, {there}原因: 原件如此, 批准人: 财务科, 有效期至: {until}}}]\n"


def reply(rule: str = "BUD001", about: str = "") -> str:
    there = f"对象: {about}, " if about else ""
    return f"答复: [{{规则: {rule}, {there}内容: 已核对, 答复单位: 示例中心, 日期: 2025-03-01}}]\n"


def checked(text: str, forms: FormLibrary) -> Example:
    return run_example(text, RULES, forms, national(), today=TODAY)


def findings(text: str, forms: FormLibrary) -> list[tuple[str, str]]:
    return [(finding.code, finding.outcome) for finding in checked(text, forms).findings]


def test_a_waiver_for_a_rule_sets_all_its_findings_aside(forms: FormLibrary) -> None:
    example = checked(WRONG_RATE + waiver(), forms)

    assert [(finding.code, finding.outcome) for finding in example.findings] == [("BUD001", "waived")] * 2
    assert {finding.reason for finding in example.findings} == {"原件如此（财务科批准，有效期至 2025-12-31）"}
    (check,) = example.checks.values()
    (line,) = check.ledger
    assert line.outcome is Outcome.WAIVED
    assert line.reasons == ("原件如此（财务科批准，有效期至 2025-12-31）",)
    assert not {line.outcome for line in check.ledger} & {Outcome.INSUFFICIENT, Outcome.ERROR}


def test_a_waived_finding_keeps_its_words_and_its_weight(forms: FormLibrary) -> None:
    before, after = checked(WRONG_RATE, forms).findings[0], checked(WRONG_RATE + waiver(), forms).findings[0]

    assert (after.message, after.severity, after.origin) == (before.message, before.severity, before.origin)


def test_a_waiver_for_one_row_leaves_the_others(forms: FormLibrary) -> None:
    example = checked(WRONG_RATE + waiver(about="当年财政拨款"), forms)

    assert [finding.outcome for finding in example.findings] == ["fail", "waived"]
    (check,) = example.checks.values()
    assert check.ledger[0].outcome is Outcome.FAIL


def test_a_waiver_counts_on_its_last_day_and_not_on_the_next(forms: FormLibrary) -> None:
    assert findings(WRONG_RATE + waiver(until="2025-03-31"), forms) == [("BUD001", "waived")] * 2
    assert findings(WRONG_RATE + waiver(until="2025-03-30"), forms) == [
        ("BUD001", "fail"),
        ("BUD001", "fail"),
        ("REC090", "fail"),
    ]


def test_an_expired_waiver_says_whether_it_is_still_needed(forms: FormLibrary) -> None:
    needed = told(checked(WRONG_RATE + waiver(until="2024年"), forms), "REC090")
    idle = told(checked(RIGHT_RATE + waiver(until="2024年"), forms), "REC090")

    assert needed.found == "有效期至 2024-12-31"
    assert "延长" in needed.hint
    assert "删去" in idle.hint


def test_a_waiver_of_nothing_is_a_warning_at_the_waiver(forms: FormLibrary) -> None:
    finding = told(checked(RIGHT_RATE + waiver(), forms), "REC091")

    assert finding.severity is Severity.WARNING
    assert finding.origin.line == 4
    assert finding.field == "豁免 › 第 1 条"
    assert finding.record


def test_a_waiver_of_another_row_names_the_nearest(forms: FormLibrary) -> None:
    finding = told(checked(WRONG_RATE + waiver(about="当年财政拔款"), forms), "REC091")

    assert "当年财政拨款" in finding.hint
    assert "当年财政拨款" in finding.expected


def test_a_waiver_of_an_unknown_rule_is_an_error(forms: FormLibrary) -> None:
    finding = told(checked(WRONG_RATE + waiver(rule="BUD0O1"), forms), "REC092")

    assert finding.severity is Severity.ERROR
    assert finding.found == "BUD0O1"
    assert "改为 BUD001" in finding.hint


def test_a_fault_of_reading_cannot_be_waived(forms: FormLibrary) -> None:
    assert "只能改正文件" in told(checked(RIGHT_RATE + waiver(rule="REC005"), forms), "REC092").hint


def test_a_waiver_of_a_rule_that_is_not_asked_is_not_judged(forms: FormLibrary) -> None:
    assert "SCO001" in all_rules()
    assert findings(RIGHT_RATE + waiver(rule="SCO001") + reply(rule="SCO001"), forms) == []


def test_the_case_of_a_code_does_not_matter(forms: FormLibrary) -> None:
    assert findings(WRONG_RATE + waiver(rule="bud001"), forms) == [("BUD001", "waived")] * 2


def test_a_reply_answers_the_findings_it_names(forms: FormLibrary) -> None:
    example = checked(WRONG_RATE + reply(about="当年财政拨款 › 执行率"), forms)
    first, second = example.findings

    assert replies_to(first, example.records[0]) == ()
    assert [one.text for one in replies_to(second, example.records[0])] == ["已核对"]


def test_a_reply_to_a_waived_finding_is_no_mistake(forms: FormLibrary) -> None:
    assert findings(WRONG_RATE + waiver() + reply(), forms) == [("BUD001", "waived")] * 2


def test_a_reply_to_nothing_is_a_note(forms: FormLibrary) -> None:
    finding = told(checked(RIGHT_RATE + reply(), forms), "REC093")

    assert finding.severity is Severity.NOTE
    assert finding.field == "答复 › 第 1 条"


@pytest.mark.parametrize(
    ("words", "path", "answer"),
    [
        ("", "", True),
        ("", "甲 › 得分", True),
        ("得分", "产出指标 › 甲 › 得分", True),
        ("甲 › 得分", "产出指标 › 甲 › 得分", True),
        ("甲›得 分", "产出指标 › 甲 › 得分", True),
        ("产出指标 › 得分", "产出指标 › 甲 › 得分", False),
        ("得", "产出指标 › 甲 › 得分", False),
        ("得分", "", False),
    ],
)
def test_words_name_whole_parts_of_a_path(words: str, path: str, answer: bool) -> None:  # noqa: FBT001  the table's last column
    assert is_about(words, path) is answer


def told(example: Example, code: str) -> Finding:
    (finding,) = (finding for finding in example.findings if finding.code == code)
    assert finding.message
    assert finding.expected
    assert finding.hint
    return finding
