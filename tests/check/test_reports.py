"""Every format of a report, each made of the same findings."""

import json
import xml.etree.ElementTree as ET
from typing import Any

import jsonschema
import pytest
from msgspec import structs

from generator.check.report.annotations import format_annotations
from generator.check.report.code_quality import format_code_quality
from generator.check.report.contents import count, fingerprints
from generator.check.report.data import format_json, report_schema
from generator.check.report.formats import FORMATS
from generator.check.report.junit import format_junit
from generator.check.report.sarif import format_sarif
from generator.check.report.terminal import clipped, plain, width
from generator.check.report.text import format_summary, format_text
from generator.origin import Origin
from tests.check.made_report import BROKEN, CRASHED, GOOD, NOTE, RATE, UNREAD, WAIVED, WARNING, made_report
from tests.published_schemas import published_schema

each_format = pytest.mark.parametrize("name", FORMATS)
UNSEEN = ("\x1b", "\x07", "\u202e")


def lines_of(text: str) -> list[str]:
    return text.split("\n")


def parsed(told: str) -> ET.Element:
    return ET.fromstring(told)  # noqa: S314  our own text


# All formats.


@each_format
def test_no_control_character_reaches_the_terminal(name: str) -> None:
    told = FORMATS[name](made_report())

    assert [sign for sign in UNSEEN if sign in told] == []
    assert all(character == "\n" or character.isprintable() or character == " " for character in told)


@each_format
def test_the_same_report_is_the_same_text(name: str) -> None:
    assert FORMATS[name](made_report()) == FORMATS[name](made_report())


@each_format
def test_a_report_without_findings_is_well_formed(name: str) -> None:
    told = FORMATS[name](structs.replace(made_report(), findings=(), ledger={}))

    if name == "text":
        assert told == "检查了 1 份可公开的记录：没有发现问题。规则指纹 0123456789ab。\n"
    elif name == "github":
        assert told == ""
    elif name == "markdown":
        assert told == "### 检查绩效表\n\n检查了 1 份可公开的记录：没有发现问题。规则指纹 0123456789ab。\n"
    elif name == "junit":
        assert parsed(told).get("tests") == "0"
    else:
        assert json.loads(told) is not None


@each_format
def test_a_report_ends_with_one_line_end(name: str) -> None:
    told = FORMATS[name](made_report())

    assert told.endswith("\n")
    assert not told.endswith("\n\n")


# Text.


def test_text_shows_the_line_with_a_mark_below_the_place() -> None:
    told = lines_of(format_text(made_report(RATE)))

    assert told[:6] == [
        f"{GOOD}:3:6: BUD001 错误：“年度资金总额”的执行率与金额不符",
        "     3 | 执行率: 96.00, 余下的：<U+202E>文字",
        "       |         ^^^^^",
        "        栏目：项目资金 › 执行率",
        "        现为：96.00；应为：95.00（58.00 ÷ 61.05 × 100）",
        "        提示：核对执行率和两个金额",
    ]


def test_text_quotes_the_related_places() -> None:
    told = lines_of(format_text(made_report(RATE)))

    assert told[6:9] == [
        f"        相关：{GOOD}:4:6：满意度写的是 80",
        "     4 | 满意度: 80",
        "       |         ^^",
    ]


def test_the_mark_stands_below_a_full_width_character_as_wide_as_it_is() -> None:
    finding = structs.replace(RATE, origin=Origin(GOOD, 2, 9), found="三", related=())
    _, source, mark, *_ = lines_of(format_text(made_report(finding)))

    assert source.startswith("     2 | 项目名称: 一二三␛[31m四")
    assert width(mark) == width("     2 | 项目名称: 一二三")
    assert mark.endswith(" ^^")


def test_text_shows_the_place_of_a_long_line_and_not_all_of_it() -> None:
    line = "实施情况: " + "很长的一段文字，" * 60 + "错在这里" + "，还有很多" * 60
    finding = structs.replace(RATE, origin=Origin(GOOD, 1, line.index("错在") + 1), found="错在这里", related=())
    contents = structs.replace(made_report(finding), lines=lambda _: (line,))
    _, source, mark, *_ = lines_of(format_text(contents))

    assert width(source) <= 110
    assert source[9] == "…"
    assert source.endswith("…")
    column = width(mark.rstrip("^"))
    assert width(source[: source.index("错在这里")]) == column
    assert mark.count("^") == 8


def test_text_of_a_place_that_is_not_in_the_file_has_no_excerpt() -> None:
    finding = structs.replace(RATE, origin=Origin(GOOD, 99, 1), related=())

    assert " | " not in format_text(made_report(finding))


def test_text_about_a_file_as_a_whole_has_no_excerpt() -> None:
    finding = structs.replace(UNREAD, origin=Origin(GOOD, 1, 1), found="content")

    assert " | " not in format_text(made_report(finding))


def test_text_says_what_is_waived_and_what_broke_down() -> None:
    told = format_text(made_report())

    assert f"{GOOD}:4:6: BUD001 错误（已豁免）：" in told
    assert "        豁免：区财政局同意，至 2025-12-31" in told
    assert f"{GOOD}:1:1: PRO001 规则出错：规则运行出错：ValueError: 坏了" in told


def test_the_last_line_counts_and_names_the_rules_by_their_fingerprint() -> None:
    assert format_summary(made_report()) == (
        "检查了 1 份可公开的记录：2 处错误，1 处警告，1 处提示；另有 1 处已豁免；另有 1 处规则出错。"
        "规则指纹 0123456789ab。"
    )


def test_what_is_waived_or_broken_is_no_fault_of_the_content() -> None:
    assert count((WAIVED, CRASHED)) == (0, 0, 0, 1, 1)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m红", "␛[31m红"),
        ("a\u200bb", "a<U+200B>b"),
        ("左\u202e右", "左<U+202E>右"),
        ("一行\n两行", "一行⏎两行"),
        ("\x7f\x9b", "<U+007F><U+009B>"),
        ("普通，文字 100%", "普通，文字 100%"),
    ],
)
def test_what_cannot_be_seen_is_named(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_a_text_is_cut_by_its_width() -> None:
    assert clipped("一二三四五", 10) == "一二三四五"
    assert clipped("一二三四五", 9) == "一二三四…"
    assert clipped("一二三四五", 8) == "一二三…"
    assert width("e\u0301一") == 3


# JSON.


def test_json_is_what_its_schema_says() -> None:
    jsonschema.Draft202012Validator.check_schema(report_schema())
    jsonschema.validate(json.loads(format_json(made_report())), report_schema())


def test_the_schema_refuses_what_is_not_documented() -> None:
    data = json.loads(format_json(made_report()))
    data["findings"][0]["surprise"] = 1

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, report_schema())


def test_json_keeps_what_was_found_letter_by_letter() -> None:
    told = format_json(made_report(NOTE))

    assert json.loads(told)["findings"][0]["found"] == NOTE.found
    assert "写法" in told


def test_json_has_the_ledger_of_every_rule_that_was_due() -> None:
    data = json.loads(format_json(made_report()))

    assert data["summary"] == {"records": 1, "error": 2, "warning": 1, "note": 1, "waived": 1, "broken": 1}
    assert data["ledger"]["2024/shili/jia"][6] == {
        "code": "SCO002", "outcome": "insufficient_data", "examined": 1, "reasons": ["“分值”没有填"],
    }  # fmt: skip
    assert [line["code"] for line in data["ledger"]["2024/shili/jia"]] == sorted(
        line["code"] for line in data["ledger"]["2024/shili/jia"]
    )


# Identifiers.


def test_a_finding_keeps_its_identifier_when_lines_move() -> None:
    moved = structs.replace(RATE, origin=Origin(GOOD, 30, 2))

    assert fingerprints((RATE,)) == fingerprints((moved,))


def test_findings_that_differ_have_different_identifiers() -> None:
    others = (
        structs.replace(RATE, found="97.00"), structs.replace(RATE, field="项目资金 › 其他"), structs.replace(RATE, record="2024/shili/yi"),
        structs.replace(RATE, code="BUD002"),
    )  # fmt: skip

    assert len(set(fingerprints((RATE, *others)))) == 5


def test_equal_findings_are_told_apart_by_their_order() -> None:
    first, second = fingerprints((RATE, RATE))

    assert first != second
    assert fingerprints((RATE,)) == (first,)


def test_line_numbers_in_a_message_are_no_part_of_the_identifier() -> None:
    one = structs.replace(UNREAD, found="", message="“年度”在第 3 行已经写过，第 9 行又写了一次")
    other = structs.replace(one, message="“年度”在第 4 行已经写过，第 12 行又写了一次")

    assert fingerprints((one,)) == fingerprints((other,))


# SARIF.


@pytest.fixture
def run() -> dict[str, Any]:
    log: dict[str, Any] = json.loads(format_sarif(made_report()))
    return dict(log["runs"][0])


def test_sarif_is_what_the_standard_says() -> None:
    log = json.loads(format_sarif(made_report()))

    jsonschema.Draft202012Validator.check_schema(published_schema("sarif-2.1.0.json"))
    jsonschema.validate(log, published_schema("sarif-2.1.0.json"))


def test_sarif_describes_every_rule_and_every_fault_found(run: dict[str, Any]) -> None:
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}

    assert set(made_report().rules) <= set(rules)
    assert rules["BUD001"]["help"]["text"].startswith("印出的执行率与同一行的执行数、全年预算数不符。")
    assert "正例：" in rules["BUD001"]["help"]["markdown"]
    assert rules["SRC058"]["shortDescription"] == {"text": "冒号后缺少空格"}


def test_sarif_results_point_at_their_rule(run: dict[str, Any]) -> None:
    rules = run["tool"]["driver"]["rules"]

    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [
        result["ruleId"] for result in run["results"]
    ]


def test_sarif_places_are_uris_and_columns_count_characters(run: dict[str, Any]) -> None:
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]

    assert run["columnKind"] == "unicodeCodePoints"
    assert "content/records/2024/shili/%E8%AF%BB%E4%B8%8D%E5%87%BA.yaml" in [
        place["artifactLocation"]["uri"] for place in places
    ]
    assert {"startLine": 1, "startColumn": 3, "snippet": {"text": "年度:2024"}} in [place["region"] for place in places]


def test_sarif_suppresses_what_is_waived_and_nothing_else(run: dict[str, Any]) -> None:
    suppressed = [result for result in run["results"] if result["suppressions"]]

    assert [result["suppressions"][0]["justification"] for result in suppressed] == [WAIVED.reason]


def test_sarif_tells_of_a_broken_rule_as_a_failure_of_the_tool(run: dict[str, Any]) -> None:
    invocation = run["invocations"][0]

    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["associatedRule"]["id"] == CRASHED.code
    assert CRASHED.code not in [result["ruleId"] for result in run["results"]]


def test_sarif_levels_are_the_severities(run: dict[str, Any]) -> None:
    assert {result["ruleId"]: result["level"] for result in run["results"]} == {
        "BUD001": "error", "SCO001": "warning", "IND001": "note", "SRC058": "error",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["sarif", "github", "gitlab"])
def test_services_get_paths_from_the_top_of_the_repository(name: str) -> None:
    told = FORMATS[name](structs.replace(made_report(RATE), prefix="zhandian/"))

    assert f"zhandian/{GOOD}" in told


# GitHub.


def test_github_gets_one_command_a_finding_with_everything_escaped() -> None:
    told = format_annotations(made_report(WARNING))

    assert told == (
        f"::warning file={GOOD},line=2,col=9,title=SCO001 score-over-points"
        "::得分超过分值：100%25, 见“[1]”%0A栏目：项目资金 › 执行率%0A现为：四%0A五\n"
    )


def test_github_properties_escape_colons_and_commas() -> None:
    finding = structs.replace(NOTE, origin=Origin("content/a:b,c%.yaml", 1, 1))

    assert format_annotations(made_report(finding)).startswith("::notice file=content/a%3Ab%2Cc%25.yaml,line=1,")


def test_github_is_not_told_of_what_is_waived() -> None:
    assert format_annotations(made_report(WAIVED)) == ""
    assert format_annotations(made_report(CRASHED)).startswith("::error ")


# GitLab.


def test_gitlab_gets_the_fields_it_needs() -> None:
    issues = json.loads(format_code_quality(made_report()))

    assert {issue["check_name"].split()[0]: issue["severity"] for issue in issues} == {
        "BUD001": "major", "SCO001": "minor", "IND001": "info", "PRO001": "blocker", "SRC058": "major",
    }  # fmt: skip
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert "\n" not in issue["description"]
    assert {"path": BROKEN, "lines": {"begin": 1}} in [issue["location"] for issue in issues]
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


# JUnit.


@pytest.fixture
def suites() -> ET.Element:
    return parsed(format_junit(made_report()))


def case_of(suites: ET.Element, name: str) -> ET.Element:
    return next(case for case in suites.iter("testcase") if (case.get("name") or "").startswith(name))


def test_junit_has_a_suite_for_each_file_and_a_case_for_each_rule_due(suites: ET.Element) -> None:
    assert [suite.get("name") for suite in suites] == [GOOD, BROKEN]
    assert [(case.get("name") or "").split()[0] for case in suites[0]] == [
        "读取", "BUD001", "BUD002", "BUD003", "IND001", "PRO001", "SCO001", "SCO002", "XRF001", "XRF002",
    ]  # fmt: skip


def test_junit_counts_agree_with_the_cases(suites: ET.Element) -> None:
    for element in (suites, *suites):
        cases = list(element.iter("testcase"))
        assert element.get("tests") == str(len(cases))
        assert element.get("failures") == str(sum(case.find("failure") is not None for case in cases))
        assert element.get("errors") == str(sum(case.find("error") is not None for case in cases))
        assert element.get("skipped") == str(sum(case.find("skipped") is not None for case in cases))


@pytest.mark.parametrize(
    ("name", "tags"),
    [
        ("BUD001", ["failure"]), ("BUD002", []), ("BUD003", ["system-out"]), ("PRO001", ["error"]),
        ("SCO002", ["skipped"]), ("XRF001", ["skipped"]), ("XRF002", ["skipped"]),
    ],
)  # fmt: skip
def test_junit_cases_end_as_the_ledger_says(suites: ET.Element, name: str, tags: list[str]) -> None:
    assert [child.tag for child in case_of(suites, name)] == tags


def test_junit_says_why_a_rule_was_skipped(suites: ET.Element) -> None:
    skipped = case_of(suites, "SCO002").find("skipped")

    assert skipped is not None
    assert skipped.get("message") == "数据不足：“分值”没有填"


def test_junit_fails_the_reading_of_a_file_that_cannot_be_read(suites: ET.Element) -> None:
    failure = suites[1][0].find("failure")

    assert failure is not None
    assert failure.get("message") == UNREAD.message
    assert "写成 年度: 2024" in (failure.text or "")


def test_junit_does_not_fail_a_rule_whose_findings_were_not_asked_for() -> None:
    case = case_of(parsed(format_junit(made_report(UNREAD))), "BUD001")
    skipped = case.find("skipped")

    assert case.find("failure") is None
    assert skipped is not None
    assert "不在本次报告的范围内" in (skipped.get("message") or "")
