"""Rules over several records are asked again only where a record of the group, or how they see it, has changed."""

from collections.abc import Sequence

import msgspec
import pytest

from generator.build.kept_verdicts import KeptVerdicts
from generator.check.outcome import Outcome, Verdict
from generator.check.pack import national
from generator.check.registry import all_rules
from generator.check.rule import Rule
from generator.check.subject import Subject
from generator.forms.definitions import load_forms
from generator.model.catalog import Unit
from generator.model.forms import FormLibrary
from generator.resources import packaged
from tests.check.examples import run_example

LOWERED = Verdict(Outcome.FAIL, "今年的目标低于去年的完成值", record="2024/danwei/jinnian")


@pytest.fixture(scope="module")
def forms() -> FormLibrary:
    return load_forms([packaged("templates")])


class Rules:
    """Counts how often a rule is asked."""

    def __init__(self, answer: Verdict = LOWERED) -> None:
        self.asked = 0
        self._answer = answer

    def __call__(self) -> tuple[Verdict, ...]:
        """Answer."""
        self.asked += 1
        return (self._answer,)


def group_of(forms: FormLibrary) -> tuple[Rule, Sequence[Subject]]:
    record = run_example("总分: {分值: 100, 得分: 90}\n", all_rules(), forms, national()).records[0]
    subject = Subject(record, forms.by_identifier(record.layout), Unit(record.unit, "示例中心"), national())
    rule = next(rule for rule in all_rules().values() if rule.cross_check is not None)
    return rule, (subject,)


def ask_twice(forms: FormLibrary, rules: Rules, first: bytes, second: bytes) -> tuple[Verdict, ...]:
    """Ask about a group whose record has one key and, at the next build, another one."""
    rule, group = group_of(forms)
    kept = KeptVerdicts(None, {group[0].id: first})
    kept(rule, group, rules)
    return KeptVerdicts(kept.encoded(), {group[0].id: second})(rule, group, rules)


def test_a_group_that_is_as_it_was_is_not_asked_about(forms: FormLibrary) -> None:
    rules = Rules()
    assert ask_twice(forms, rules, b"same", b"same") == (LOWERED,)
    assert rules.asked == 1


def test_a_group_with_a_changed_record_is_asked_about(forms: FormLibrary) -> None:
    rules = Rules()
    assert ask_twice(forms, rules, b"before", b"after") == (LOWERED,)
    assert rules.asked == 2


def test_a_rule_that_broke_down_is_asked_again(forms: FormLibrary) -> None:
    rules = Rules(Verdict(Outcome.ERROR, "规则运行出错"))
    ask_twice(forms, rules, b"same", b"same")
    assert rules.asked == 2


def test_what_was_kept_and_is_damaged_is_asked_again(forms: FormLibrary) -> None:
    rule, group = group_of(forms)
    rules = Rules()
    assert KeptVerdicts(b"\x93damaged", {group[0].id: b"key"})(rule, group, rules) == (LOWERED,)
    assert rules.asked == 1


def test_groups_that_are_no_more_are_not_kept(forms: FormLibrary) -> None:
    rule, group = group_of(forms)
    first = KeptVerdicts(None, {group[0].id: b"key"})
    first(rule, group, Rules())

    assert len(msgspec.msgpack.decode(first.encoded())) == 1
    assert msgspec.msgpack.decode(KeptVerdicts(first.encoded(), {}).encoded()) == {}
