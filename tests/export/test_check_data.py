"""What the check found, as data: the same that the pages show, with every number exact."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from generator.check.outcome import Outcome
from generator.check.policy import Policy, PublicFindings
from generator.check.registry import all_rules
from generator.export.schema import api_schema
from tests.checked import INTERNAL, site_check
from tests.export.exported import Exported, export

CONTENT = Path(__file__).parents[2] / "content"
DANGQUN_2024 = "2024/xinzhuang/dangqun"


def ledger(check: dict[str, Any], rules: dict[str, Any]) -> list[tuple[str, str, int, list[str]]]:
    """Return the rules with outcome, places and reasons, as a reader of the data puts them together."""
    lines = []
    for outcome, codes in check["ledger"].items():
        for code, examined in codes.items():
            usual = [rules[code]["otherwise"]] if outcome == "not_applicable" else []
            lines.append((code, outcome, examined, check["reasons"].get(code, usual)))
    return sorted(lines)


@pytest.fixture(scope="module")
def inside() -> Exported:
    return export(CONTENT, policy=INTERNAL)


def test_a_record_says_what_every_rule_that_is_shown_decided(real: Exported) -> None:
    site = site_check(real.catalog)
    assert len(site.seen) == 8
    rules = {rule["code"]: rule for rule in real.json("api/v1/rules.json")["rules"]}
    for identifier, seen in site.seen.items():
        check = real.record(identifier)["check"]
        assert ledger(check, rules) == [
            (line.code, line.outcome.value, line.examined, list(line.reasons)) for line in seen.ledger
        ]
        assert check["internal_rules"] == seen.internal_rules > 0
        assert check["fingerprint"] == site.fingerprint
        assert [one["message"] for one in check["findings"]] == [one.message for one in seen.findings]


def test_a_computed_figure_is_exact_and_stands_beside_the_printed_one(real: Exported) -> None:
    calculations = real.record(DANGQUN_2024)["check"]["calculations"]
    rate = next(one for one in calculations if one["code"] == "BUD001")

    assert rate["printed"] == "99.68"
    assert Decimal(rate["computed"]) == Decimal("468.77") / Decimal("470.26") * 100
    assert rate["outcome"] == "pass"


def test_how_a_score_comes_about_is_told_with_its_bounds(real: Exported) -> None:
    scoring = real.record("2024/xinzhuang/liangxin")["check"]["scoring"]
    short = next(one for one in scoring if one["outcome"] == Outcome.FAIL)

    assert short["formula"] == "5.00 × 296.00 ÷ 300.00 = 4.93"
    assert Decimal(short["expected"]) == Decimal(5) * 296 / 300
    assert short["printed"] == "4.00"


def test_the_findings_of_all_records_are_in_one_file_too(real: Exported) -> None:
    single = [{"id": record["id"]} | finding for record in real.records() for finding in record["check"]["findings"]]

    assert real.json("api/v1/findings.json")["findings"] == single
    assert len(real.table("findings")) == len(single)
    assert [row["不符之处"] for row in real.table("findings")] == [finding["message"] for finding in single]


def test_every_rule_is_described_whether_its_findings_are_shown_or_not(real: Exported, inside: Exported) -> None:
    rules = {rule["code"]: rule for rule in real.json("api/v1/rules.json")["rules"]}

    assert set(rules) == set(all_rules())
    assert not any(rule["public"] for rule in rules.values() if rule["nature"] == "privacy")
    assert any(rule["public"] for rule in rules.values())
    assert all(rule["public"] for rule in inside.json("api/v1/rules.json")["rules"])


@pytest.mark.parametrize("public", list(PublicFindings))
def test_nothing_is_in_the_data_that_the_policy_keeps_inside(public: PublicFindings, inside: Exported) -> None:
    policy = Policy(public)
    rules = all_rules()
    outside = export(CONTENT, policy=policy)
    kept = [
        finding
        for finding in inside.json("api/v1/findings.json")["findings"]
        if finding["code"] in rules and not policy.shows(rules[finding["code"]].nature, rules[finding["code"]].severity)
    ]
    assert kept or public is PublicFindings.ALL
    assert outside.files
    for path, content in outside.files.items():
        text = content.decode()
        assert [one["message"] for one in kept if one["message"] in text] == [], path


@pytest.mark.parametrize("name", ["findings", "rules"])
def test_the_files_of_findings_and_rules_fit_the_published_schema(name: str, real: Exported, inside: Exported) -> None:
    schema = real.json("api/v1/schema.json")
    part = Draft202012Validator({"$ref": f"#/$defs/{name}_file", "$defs": schema["$defs"]})

    for exported in (real, inside):
        data = exported.json(f"api/v1/{name}.json")
        assert data["count"] == len(data[name]) > 0
        assert [error.json_path for error in part.iter_errors(data)] == []


def test_the_inside_edition_fits_the_same_schema(inside: Exported) -> None:
    record = Draft202012Validator({"$ref": "#/$defs/record", "$defs": api_schema()["$defs"]})

    for one in inside.records():
        assert [error.json_path for error in record.iter_errors(one)] == []
        assert one["check"]["internal_rules"] == 0
