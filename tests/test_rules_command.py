"""`jixiao rules` lists what is checked, `jixiao explain` tells the whole of one rule or fault."""

import json
import pkgutil
import sys
from pathlib import Path

import pytest

from generator.authoring.reference import FAULT_SECTIONS
from generator.check import rules
from generator.check.registry import all_rules
from generator.cli import main
from generator.finding import SEVERITY_LABELS
from generator.load.faults import Fault

RULES = all_rules()


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(words) == 0
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(words) == 2
    return capsys.readouterr().err


def test_a_rule_is_found_in_every_module_below_the_rules() -> None:
    modules = [one.name for one in pkgutil.walk_packages(rules.__path__, f"{rules.__name__}.") if not one.ispkg]
    assert set(modules) <= sys.modules.keys()
    assert len(modules) == len(RULES)


def test_every_rule_is_listed_with_its_weight_and_basis(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "rules")

    for rule in RULES.values():
        assert f"{rule.code} {rule.title}\n" in text
        verified = "未核实" if rule.is_unverified else "已核实"
        assert f"{rule.name}　{SEVERITY_LABELS[rule.severity]}" in text
        line = next(line for line in text.splitlines() if line.strip().startswith(f"{rule.name}　"))
        assert line.endswith(verified)
    assert f"共 {len(RULES)} 条" in text


def test_rules_of_one_family_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(said(capsys, "rules", "--family", "bud", "--format", "json"))

    assert [rule["code"] for rule in data] == [code for code in RULES if code.startswith("BUD")]


def test_programs_get_the_same_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    data = {rule["code"]: rule for rule in json.loads(said(capsys, "rules", "--format", "json"))}

    assert list(data) == list(RULES)
    assert data["BUD001"]["name"] == "execution-rate-mismatch"
    assert data["BUD001"]["severity"] == "error"
    assert data["BUD001"]["verified"] is True
    assert data["BUD001"]["basis"][0]["confidence"] == "verified"
    assert data["BUD001"]["title"] == RULES["BUD001"].title


def test_an_unknown_family_names_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert "BUD（资金）" in refused(capsys, "rules", "--family", "XYZ")


@pytest.mark.parametrize("code", RULES)
def test_every_rule_is_explained_in_full(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    rule = RULES[code]
    text = said(capsys, "explain", code)

    assert text.startswith(f"{code} {rule.title}\n")
    assert rule.why in text
    assert rule.formula in text
    assert rule.otherwise in text
    for line in (*rule.bad.splitlines(), *rule.good.splitlines()):
        assert f"    {line}".rstrip() in text
    for basis in rule.basis:
        assert basis.text in text


FAULTS = [fault for section in FAULT_SECTIONS for fault in section.faults.values()]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.code)
def test_every_fault_that_is_no_rule_is_explained(fault: Fault, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "explain", fault.code)

    assert text.startswith(f"{fault.code} {fault.title}\n")
    assert fault.name in text
    assert SEVERITY_LABELS[fault.severity] in text


@pytest.mark.parametrize("wanted", ["bud001", " BUD001 ", "execution-rate-mismatch", "Execution-Rate-Mismatch"])
def test_code_and_name_are_taken_in_any_case(wanted: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "explain", wanted).startswith("BUD001 ")


@pytest.mark.parametrize(
    ("wanted", "cure"),
    [
        ("BUD0O1", "是不是想写 BUD001？"),
        ("execution-rate-mismach", "是不是想写 execution-rate-mismatch？"),
        ("BUD999", "jixiao rules --family BUD"),
        ("什么", "jixiao rules"),
    ],
)
def test_an_unknown_code_names_the_nearest_or_where_to_look(
    wanted: str, cure: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cure in refused(capsys, "explain", wanted)


def test_no_configuration_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert "BUD001" in said(capsys, "rules")
    assert "BUD001" in said(capsys, "explain", "BUD001")
