"""Every rule's page shows a record that breaks it and the same put right; both are run here."""

import pytest

from generator.check.outcome import Outcome
from generator.check.pack import national
from generator.check.registry import all_rules
from generator.check.rule import Rule
from generator.finding import Finding
from generator.model.forms import FormLibrary
from tests.check.examples import run_example

RULES = all_rules()
each_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)


@each_rule
def test_the_bad_example_breaks_the_rule(rule: Rule, forms: FormLibrary) -> None:
    findings = run_example(rule.bad, {rule.code: rule}, forms, national()).findings

    assert findings, "the bad example gives no finding"
    assert {finding.outcome for finding in findings} == {"fail"}
    for finding in findings:
        assert_is_told_in_full(finding)


@each_rule
def test_the_good_example_is_examined_and_right(rule: Rule, forms: FormLibrary) -> None:
    example = run_example(rule.good, {rule.code: rule}, forms, national())
    outcomes = {line.outcome for check in example.checks.values() for line in check.ledger}

    assert not example.findings, example.findings
    assert Outcome.PASS in outcomes, f"the good example was not examined: {outcomes}"


def assert_is_told_in_full(finding: Finding) -> None:
    assert finding.message
    assert not finding.message.endswith("。")
    assert finding.found, "says what stands there"
    assert finding.expected, "says what was expected"
    assert finding.hint, "says what to do"
    assert finding.field, "says where in the form's words"


@each_rule
def test_a_rule_is_documented(rule: Rule) -> None:
    assert rule.code[3:].isdigit()
    assert len(rule.code) == 6
    assert rule.title
    assert rule.why
    assert rule.formula
    assert rule.otherwise
    assert rule.basis
