"""What became of the rules of one record, told briefly."""

from generator.check.outcome import Outcome
from generator.check.registry import all_rules
from generator.check.runner import LedgerLine
from generator.plan.ledger_view import ledger_groups

CODES = sorted(all_rules())[:4]


def line(number: int, outcome: Outcome, *reasons: str) -> LedgerLine:
    return LedgerLine(CODES[number], outcome, 1, reasons)


def test_rules_that_ended_alike_for_the_same_reasons_share_a_line() -> None:
    ledger = (
        line(0, Outcome.NOT_APPLICABLE, "没有金额"),
        line(1, Outcome.PASS),
        line(2, Outcome.NOT_APPLICABLE, "没有分值", "没有得分"),
        line(3, Outcome.NOT_APPLICABLE, "没有金额"),
    )
    passed, skipped = ledger_groups(ledger, all_rules())

    assert (passed.outcome, passed.label, passed.count) == ("pass", "通过", 1)
    assert skipped.count == 3
    assert [(one.reasons, [rule.code for rule in one.rules]) for one in skipped.lines] == [
        ("没有金额", [CODES[0], CODES[3]]),
        ("没有分值；没有得分", [CODES[2]]),
    ]


def test_a_rule_is_named_where_it_did_not_pass() -> None:
    passed, failed, undecided = ledger_groups(
        (line(0, Outcome.INSUFFICIENT, "缺全年预算数"), line(1, Outcome.PASS), line(2, Outcome.FAIL)), all_rules()
    )

    assert passed.lines[0].rules[0].title == ""
    assert failed.lines[0].rules[0].title == all_rules()[CODES[2]].title
    assert undecided.lines[0].rules[0].title == all_rules()[CODES[0]].title
    assert undecided.lines[0].rules[0].url == f"rules/{CODES[0]}.html"
