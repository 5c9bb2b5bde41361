"""What of the check may be seen by whom: nothing that is kept inside leaks, not even by its absence."""

from collections.abc import Mapping

import pytest
from msgspec import structs

from generator.check.outcome import Calculation, Outcome
from generator.check.pack import RuleSetting, national
from generator.check.policy import Policy, PublicFindings, SeenCheck, seen_checks, shown_codes
from generator.check.registry import all_rules
from generator.check.rule import Nature, Rule
from generator.check.runner import CalculationLine, LedgerLine, RecordCheck
from generator.finding import Finding, Related, Severity
from generator.origin import Origin

MODEL = next(iter(all_rules().values()))

ARITHMETIC = structs.replace(MODEL, code="AAA001", nature=Nature.ARITHMETIC, severity=Severity.NOTE)
CONTRADICTION = structs.replace(MODEL, code="AAA002", nature=Nature.CONTRADICTION, severity=Severity.WARNING)
METHOD = structs.replace(MODEL, code="AAA003", nature=Nature.METHOD, severity=Severity.WARNING)
QUESTION = structs.replace(MODEL, code="AAA004", nature=Nature.QUESTION, severity=Severity.NOTE)
PRIVACY = structs.replace(MODEL, code="AAA005", nature=Nature.PRIVACY, severity=Severity.ERROR)
RULES: Mapping[str, Rule] = {rule.code: rule for rule in (ARITHMETIC, CONTRADICTION, METHOD, QUESTION, PRIVACY)}

CONTRADICTIONS = Policy(PublicFindings.CONTRADICTIONS)
WARNINGS = Policy(PublicFindings.WARNINGS)
ALL = Policy(PublicFindings.ALL)
INTERNAL = Policy(PublicFindings.CONTRADICTIONS, internal=True)


def finding(rule: Rule, outcome: Outcome = Outcome.FAIL) -> Finding:
    origin = Origin("content/records/2024/danwei/xiangmu.yaml", 1, 1)
    return Finding(rule.code, rule.name, rule.severity, "某处不符", origin, outcome=outcome.value, reason="原因")


def check(**outcomes: Outcome) -> RecordCheck:
    """Return a check with a line for every rule; those named have ended so, all others passed."""
    ends = {code: outcomes.get(code, Outcome.PASS) for code in RULES}
    return RecordCheck(
        record="2024/danwei/xiangmu",
        findings=tuple(
            finding(RULES[code], outcome)
            for code, outcome in ends.items()
            if outcome in (Outcome.FAIL, Outcome.WAIVED, Outcome.ERROR)
        ),
        ledger=tuple(LedgerLine(code, outcome, 1, ("身份证号 1234",)) for code, outcome in ends.items()),
        calculations=tuple(
            CalculationLine(code, outcome, Calculation("数", "1 + 1", "3", None), "") for code, outcome in ends.items()
        ),
    )


def seen(policy: Policy, given: RecordCheck) -> SeenCheck:
    return seen_checks({given.record: given}, RULES, {given.record: national()}, policy)[given.record]


ALL_FAIL = check(**dict.fromkeys(RULES, Outcome.FAIL))


@pytest.mark.parametrize(
    ("policy", "codes"),
    [
        (CONTRADICTIONS, ["AAA001", "AAA002"]),
        (WARNINGS, ["AAA001", "AAA002", "AAA003"]),
        (ALL, ["AAA001", "AAA002", "AAA003", "AAA004"]),
        (INTERNAL, ["AAA001", "AAA002", "AAA003", "AAA004", "AAA005"]),
    ],
)
def test_each_policy_shows_what_its_name_says(policy: Policy, codes: list[str]) -> None:
    shown = seen(policy, ALL_FAIL)

    assert [one.code for one in shown.findings] == codes
    assert [line.code for line in shown.ledger] == codes
    assert [line.code for line in shown.calculations] == codes
    assert shown.internal_rules == len(RULES) - len(codes)


def test_errors_and_warnings_are_shown_where_nothing_else_is_said() -> None:
    assert Policy() == WARNINGS


@pytest.mark.parametrize("policy", [CONTRADICTIONS, WARNINGS, ALL])
@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_rule_kept_inside_leaves_the_same_trace_whatever_it_decided(policy: Policy, outcome: Outcome) -> None:
    hidden = [code for code in RULES if code not in shown_codes(RULES, national(), policy)]
    passed = seen(policy, check())
    other = seen(policy, check(**dict.fromkeys(hidden, outcome)))

    assert hidden
    assert other.ledger == passed.ledger
    assert other.calculations == passed.calculations
    assert other.internal_rules == passed.internal_rules
    assert {one.outcome for one in other.findings} <= {"waived"}


@pytest.mark.parametrize("policy", [CONTRADICTIONS, WARNINGS, ALL])
def test_personal_data_is_never_shown_outside(policy: Policy) -> None:
    for outcome in Outcome:
        shown = seen(policy, check(AAA005=outcome))
        assert "AAA005" not in {one.code for one in shown.findings}
        assert "AAA005" not in {line.code for line in shown.ledger}
        assert "AAA005" not in {line.code for line in shown.calculations}


def test_a_waiver_is_always_shown_except_one_about_personal_data() -> None:
    shown = seen(CONTRADICTIONS, check(**dict.fromkeys(RULES, Outcome.WAIVED)))

    assert [one.code for one in shown.findings] == ["AAA001", "AAA002", "AAA003", "AAA004"]
    assert shown.open_findings == ()


def test_a_rule_that_broke_down_is_not_held_against_the_record_and_quotes_nothing() -> None:
    shown = seen(ALL, check(AAA001=Outcome.ERROR))

    assert shown.findings == ()
    assert shown.ledger[0] == LedgerLine("AAA001", Outcome.ERROR, 1, ())
    assert shown.undecided == shown.ledger[:1]
    assert seen(INTERNAL, check(AAA001=Outcome.ERROR)).ledger[0].reasons == ("身份证号 1234",)


def test_a_pack_that_weighs_a_rule_otherwise_decides_whether_it_is_shown() -> None:
    raised = structs.replace(national(), rules={"AAA004": RuleSetting(severity=Severity.WARNING)})
    lowered = structs.replace(national(), rules={"AAA003": RuleSetting(severity=Severity.NOTE)})

    assert "AAA004" in shown_codes(RULES, raised, WARNINGS)
    assert "AAA003" not in shown_codes(RULES, lowered, WARNINGS)


def test_what_is_wrong_with_a_waiver_is_public_as_the_waiver_is() -> None:
    stray = structs.replace(finding(METHOD), code="REC091", name="unused-waiver")

    assert seen(CONTRADICTIONS, structs.replace(check(), findings=(stray,))).findings == (stray,)


def test_what_is_wrong_with_a_waiver_of_personal_data_is_for_its_author_alone() -> None:
    stray = structs.replace(finding(METHOD), code="REC091", name="unused-waiver", message=f"{PRIVACY.code}没有检查结果")
    given = structs.replace(check(), findings=(stray,))

    assert seen(ALL, given).findings == ()
    assert seen(INTERNAL, given).findings == (stray,)


def test_what_is_wrong_with_a_reply_is_for_its_author_alone() -> None:
    stray = structs.replace(finding(METHOD), code="REC093", name="reply-without-finding")

    assert seen(ALL, structs.replace(check(), findings=(stray,))).findings == ()


def test_a_record_that_is_not_published_is_quoted_nowhere() -> None:
    here, there = Origin("a.yaml", 1, 1), Origin("b.yaml", 1, 1)
    own = Related(here, "本表的数")
    quoting = structs.replace(finding(METHOD), related=(own, Related(there, "未公开的数", "2024/danwei/lingwai")))

    assert seen(ALL, structs.replace(check(), findings=(quoting,))).findings[0].related == (own,)


def test_every_rule_there_is_can_be_told_apart_by_a_policy() -> None:
    rules, pack = all_rules(), national()
    steps = [shown_codes(rules, pack, policy) for policy in (CONTRADICTIONS, WARNINGS, ALL, INTERNAL)]

    assert steps[0] < steps[1] < steps[2] <= steps[3] == frozenset(rules)
