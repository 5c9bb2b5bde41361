"""Which rules are asked of a record, and what is kept of what they say."""

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.check.outcome import PASSED, Outcome, Verdict, not_applicable
from generator.check.pack import RuleSetting, national
from generator.check.registry import all_rules
from generator.check.rule import Rule
from generator.check.runner import Decision, LedgerLine, RecordCheck, conclude, decide, is_due
from generator.check.subject import Subject
from generator.check.waivers import Codes
from generator.model.catalog import Unit
from generator.model.forms import FormLibrary
from tests.check.examples import Example, run_example

TODAY = date(2025, 3, 31)

TEXT = """\
项目资金:
  单位: 万元
  年度资金总额: {年初预算数: 61.05, 全年预算数: 61.05, 全年执行数: 58.00, 分值: 10, 执行率: 95.00, 得分: 10.00}
绩效指标:
  产出指标:
    数量指标:
      - {三级指标: 示例服务次数, 年度指标值: ≥12次, 实际完成值: 10次, 分值: 50, 得分: 50}
      - {三级指标: 示例服务人数, 年度指标值: ≥30人, 实际完成值: {无法辨认: 看不清}, 分值: 40, 得分: 40}
总分: {分值: 100, 得分: 100}
"""


@pytest.fixture(scope="module")
def example(forms: FormLibrary) -> Example:
    return run_example(TEXT, all_rules(), forms, national())


@pytest.fixture(scope="module")
def subject(example: Example, forms: FormLibrary) -> Subject:
    record = example.records[0]
    return Subject(record, forms.by_identifier(record.layout), Unit(record.unit, "示例街道社区服务中心"), national())


def line_of(rule: Rule, verdicts: tuple[Verdict, ...], subject: Subject) -> LedgerLine:
    check = conclude(subject, [Decision(rule, verdicts)], Codes(all_rules(), all_rules()), TODAY)
    return check.ledger[0]


@given(st.integers(min_value=1, max_value=99))
def test_a_rule_that_found_every_figure_right_has_a_line_with_their_number(subject: Subject, count: int) -> None:
    line = line_of(all_rules()["BUD001"], (PASSED,) * count, subject)

    assert line == LedgerLine("BUD001", Outcome.PASS, count, ())


def test_a_rule_that_found_nothing_to_examine_says_why(subject: Subject) -> None:
    rule = all_rules()["BUD001"]

    assert line_of(rule, (), subject) == LedgerLine("BUD001", Outcome.NOT_APPLICABLE, 0, (rule.otherwise,))


def test_a_reason_given_twice_is_told_once(subject: Subject) -> None:
    line = line_of(all_rules()["BUD001"], (not_applicable("没有执行率可算"), not_applicable("没有执行率可算")), subject)

    assert line == LedgerLine("BUD001", Outcome.NOT_APPLICABLE, 2, ("没有执行率可算",))


@given(st.sets(st.sampled_from(sorted(all_rules()))))
def test_the_rules_that_are_due_are_asked_and_no_others(subject: Subject, switched_off: set[str]) -> None:
    pack = replace(national(), rules=dict.fromkeys(switched_off, RuleSetting(enabled=False)))
    asked = Subject(subject.record, subject.form, subject.unit, pack)

    decided = [decision.rule.code for decision in decide(asked, all_rules())]

    assert decided == [rule.code for rule in all_rules().values() if rule.check is not None and is_due(rule, asked)]


def test_a_check_is_the_same_after_it_was_stored(example: Example) -> None:
    check = next(iter(example.checks.values()))

    stored = msgspec.msgpack.encode(check)

    assert msgspec.msgpack.decode(stored, type=RecordCheck) == check
    assert check.findings
    assert check.ledger
    assert check.calculations
