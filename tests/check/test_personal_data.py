"""Which numbers belong to a person, and that they are never shown in full."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check.pack import national
from generator.check.registry import all_rules
from generator.check.wording.personal_data import is_card_number, is_id_number, masked
from generator.model.forms import FormLibrary
from tests.check.examples import run_example

PRIVACY = {code: rule for code, rule in all_rules().items() if code.startswith("PRI")}


@pytest.mark.parametrize("number", ["11010519491231002X", "11010519491231002x", "110105491231002"])
def test_an_identity_number_is_known(number: str) -> None:
    assert is_id_number(number)


@pytest.mark.parametrize(
    "number",
    [
        "110105194912310021",  # check digit
        "11010519491331002X",  # month
        "99010519491231002X",  # region
        "11010517491231002X",  # year
        "110105491331002",
    ],
)
def test_a_number_with_any_part_wrong_is_none(number: str) -> None:
    assert not is_id_number(number)


@given(st.text("0123456789", min_size=16, max_size=19))
def test_changing_one_digit_of_a_card_number_makes_it_none(number: str) -> None:
    changed = number[:-1] + str((int(number[-1]) + 1) % 10)

    assert not (is_card_number(number) and is_card_number(changed))


@given(st.text("0123456789X", min_size=7, max_size=19))
def test_a_masked_number_keeps_five_characters(number: str) -> None:
    shown = masked(number)

    assert shown.startswith(number[:3])
    assert shown.endswith(number[-2:])
    assert set(shown[3:-2]) == {"*"}


@pytest.mark.parametrize(
    "secret", ["11010519491231002X", "13800001234", "6222021234567890128", "１３８００００１２３４"]
)
def test_no_finding_of_any_rule_repeats_a_personal_number(secret: str, forms: FormLibrary) -> None:
    text = f"""\
年度总体目标:
  预期目标: 走访示例甲（电话 {secret}，，<br>开展 XX 次。
其他信息: {{备注: "身份证号：{secret}，银行账号：{secret}"}}
"""
    findings = run_example(text, all_rules(), forms, national()).findings

    assert any(finding.code in PRIVACY for finding in findings)
    for finding in findings:
        words = (finding.message, finding.found, finding.expected, finding.hint, finding.field)
        related = [one.words for one in finding.related]
        assert not any(secret in word for word in (*words, *related)), finding
