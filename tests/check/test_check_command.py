"""`jixiao check`: what it lists, what it leaves out, and the exit codes scripts rely on."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest
from msgspec.structs import replace

from generator.check.outcome import Verdict
from generator.check.registry import all_rules
from generator.check.report.data import report_schema
from generator.check.report.formats import FORMATS
from generator.check.rule import FORM, Nature, Rule, rule
from generator.check.subject import Subject
from generator.cli import main
from generator.finding import Severity
from tests.check.small_site import RIGHT_RATE, WRONG_RATE, make_site
from tests.site_tools import PROJECT, copied

WRONG = "content/records/2024/shili/cuo.yaml"
RIGHT = "content/records/2024/shili/dui.yaml"
UNREAD = "content/records/2024/shili/huai.yaml"


class Told(NamedTuple):
    """What the command did."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        return dict(json.loads(self.out))

    @property
    def codes(self) -> set[str]:
        return {finding["code"] for finding in self.data["findings"]}


Check = Callable[..., Told]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with a wrong rate, a sound record and one that cannot be read."""
    return make_site(
        tmp_path, cuo=WRONG_RATE, dui=RIGHT_RATE, huai="表样: 财政项目支出绩效自评表\n年度: 两千零二十四\n"
    )


@pytest.fixture
def check(site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Check:
    """Run the command in the site's folder."""
    monkeypatch.chdir(site)

    def run(*arguments: str) -> Told:
        code = main(["check", *arguments])
        return Told(code, *capsys.readouterr())

    return run


# What is listed.


def test_everything_wrong_is_told_at_once(check: Check) -> None:
    told = check("--format", "json")

    assert told.code == 1
    assert {"BUD001", "REC007", "REC002"} <= told.codes
    jsonschema.validate(told.data, report_schema())


def test_findings_stand_in_reading_order(check: Check) -> None:
    found = [
        (finding["path"], finding["line"], finding["column"], finding["code"])
        for finding in check("--format", "json").data["findings"]
    ]

    assert found == sorted(found)


def test_a_record_that_cannot_be_read_has_its_reading_faults_and_no_others(check: Check) -> None:
    data = check("--format", "json").data
    about = {finding["code"][:3] for finding in data["findings"] if finding["path"] == UNREAD}

    assert about <= {"SRC", "REC"}
    assert about
    assert "2024/shili/huai" not in data["ledger"]
    assert set(data["ledger"]) == {"2024/shili/cuo", "2024/shili/dui"}


def test_the_text_points_at_the_cell(check: Check) -> None:
    told = check("--select", "BUD001", WRONG)

    assert told.out.startswith(f"{WRONG}:9:45: BUD001 错误：“年度资金总额”的执行率与金额不符")
    assert told.out.splitlines()[1:3] == [
        "     9 |   年度资金总额: {全年预算数: 61.05, 全年执行数: 58.00, 执行率: 96.00}",
        "       | " + " " * 63 + "^^^^^",
    ]
    assert told.out.splitlines()[-1].startswith("检查了 1 份可公开的记录：1 处错误。规则指纹 ")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_can_be_asked_for_and_written(check: Check, name: str, site: Path) -> None:
    shown = check("--format", name)
    written = check("--format", name, "--output", "报告/check.txt")

    assert shown.code == written.code == 1
    assert (site / "报告/check.txt").read_text(encoding="utf-8") == shown.out
    assert written.out.startswith("检查了 2 份可公开的记录：")
    assert "报告写在 报告/check.txt。" in written.out.replace("\\", "/")


def test_one_check_writes_several_reports(check: Check, site: Path) -> None:
    told = check("--also", "gitlab=a.json", "--also", "markdown=报告/b.md", "--select", "BUD001", WRONG)

    assert told.out.startswith(f"{WRONG}:9:45: BUD001 错误")
    (problem,) = json.loads((site / "a.json").read_bytes())
    assert problem["location"] == {"path": WRONG, "lines": {"begin": 9}}
    assert f"- **BUD001 错误** {WRONG} 第 9 行：" in (site / "报告/b.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("given", ["nope=a.txt", "json", "json="])
def test_a_further_report_needs_a_format_and_a_file(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["check", "--also", given])
    assert "应是格式=文件，格式是 text、json" in capsys.readouterr().err


def test_a_report_for_programs_has_the_standard_output_to_itself(check: Check) -> None:
    told = check("--format", "sarif")

    assert told.data["version"] == "2.1.0"
    assert told.err.startswith("检查了 2 份可公开的记录：")


def test_a_project_below_the_top_of_its_repository_is_told_so_to_services(check: Check, site: Path) -> None:
    (site.parent / ".git").mkdir(exist_ok=True)
    told = check("--format", "github", "--select", "BUD001")
    (site.parent / ".git").rmdir()

    assert f"file={site.name}/{WRONG}," in told.out


# Paths.


@pytest.mark.parametrize("path", [WRONG, "./content/records/2024/../2024/shili/cuo.yaml"])
def test_a_file_alone_can_be_asked_for(check: Check, path: str) -> None:
    data = check("--format", "json", path).data

    assert {finding["path"] for finding in data["findings"]} == {WRONG}
    assert set(data["ledger"]) == {"2024/shili/cuo"}
    assert data["summary"]["records"] == 1


def test_a_folder_takes_in_what_is_below_it(check: Check) -> None:
    everything = check("--format", "json").data

    assert check("--format", "json", "content").data == everything
    assert check("--format", "json", ".").data == everything


def test_a_sound_file_is_fine_though_others_are_not(check: Check) -> None:
    assert check(RIGHT, "--select", "BUD").code == 0


def test_paths_may_be_written_from_the_project_folder(
    check: Check, site: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    told = check("-f", str(site / "mkdocs.yml"), "--format", "json", WRONG)

    assert {finding["path"] for finding in told.data["findings"]} == {WRONG}


def test_a_path_that_is_not_there_is_refused_with_the_nearest(check: Check) -> None:
    told = check("content/records/2024/shili/cou.yaml")

    assert told.code == 2
    assert "找不到 content/records/2024/shili/cou.yaml。是不是 content/records/2024/shili/cuo.yaml？" in told.err


def test_a_path_outside_the_content_is_refused(check: Check, tmp_path_factory: pytest.TempPathFactory) -> None:
    for path in ("mkdocs.yml", str(tmp_path_factory.mktemp("elsewhere"))):
        told = check(path)
        assert told.code == 2
        assert "不在内容文件夹里" in told.err


# Choosing rules.


@pytest.mark.parametrize("word", ["BUD001", "bud001", "execution-rate-mismatch", "Execution_Rate_Mismatch"])
def test_a_rule_is_chosen_by_its_code_or_its_name(check: Check, word: str) -> None:
    assert check("--format", "json", "--select", word, WRONG).codes == {"BUD001"}


def test_a_family_is_chosen_by_its_letters(check: Check) -> None:
    data = check("--format", "json", "--select", "BUD", WRONG).data

    assert {finding["code"][:3] for finding in data["findings"]} == {"BUD"}
    assert {line["code"][:3] for line in data["ledger"]["2024/shili/cuo"]} == {"BUD"}


def test_what_is_ignored_is_neither_listed_nor_counted(check: Check) -> None:
    told = check("--format", "json", "--ignore", "BUD001", WRONG)

    assert "BUD001" not in told.codes
    assert "BUD001" not in {line["code"] for line in told.data["ledger"]["2024/shili/cuo"]}


def test_several_words_may_be_given_in_one_or_more(check: Check) -> None:
    one = check("--format", "json", "--select", "BUD001,BUD002", "--ignore", "BUD002", WRONG)
    other = check("--format", "json", "--select", "BUD001", "--select", "BUD002", "--ignore", "BUD002", WRONG)

    assert one == other
    assert one.codes == {"BUD001"}


@pytest.mark.parametrize(
    ("word", "like"),
    [("BUD0001", "BUD001"), ("BUX", "BUD"), ("execution-rate-mismach", "execution-rate-mismatch")],
)
@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_unknown_rule_is_refused_with_the_nearest(check: Check, option: str, word: str, like: str) -> None:
    told = check(option, word)

    assert told.code == 2
    assert f"没有“{word}”这个规则代码、类别或名称。是不是“{like}”？" in told.err


def test_files_that_cannot_be_read_are_listed_whatever_is_chosen(check: Check) -> None:
    told = check("--format", "json", "--select", "BUD001")

    assert told.code == 1
    assert {finding["code"] for finding in told.data["findings"] if finding["path"] == UNREAD} >= {"REC007"}


def test_faults_of_reading_cannot_be_ignored(check: Check) -> None:
    told = check("--ignore", "REC007")

    assert told.code == 2
    assert "REC007 表示文件读不出来" in told.err


# Weight and exit codes.


def test_lighter_findings_can_be_left_out(check: Check) -> None:
    told = check("--format", "json", "--severity", "error")

    assert {finding["severity"] for finding in told.data["findings"]} == {"error"}


@pytest.mark.parametrize(
    ("record", "fail_on", "code"),
    [
        (WRONG, "error", 1), (WRONG, "warning", 1), (WRONG, "note", 1), (WRONG, "never", 0),
    ],
)  # fmt: skip
def test_the_exit_code_follows_the_weight(check: Check, record: str, fail_on: str, code: int) -> None:
    assert check("--select", "BUD001", record, "--fail-on", fail_on).code == code


def test_warnings_fail_where_they_are_asked_to(site: Path, check: Check) -> None:
    (site / "content/registry/units.yaml").write_text("单位:\n  bieren: {名称: 别的单位}\n", encoding="utf-8")

    for fail_on, code in (("error", 0), ("warning", 1), ("note", 1), ("never", 0)):
        assert check("--select", "REC015", RIGHT, "--fail-on", fail_on).code == code


def test_what_is_waived_does_not_fail(site: Path, check: Check) -> None:
    waiver = "豁免:\n  - 规则: BUD001\n    原因: 执行率按调整前的预算计算\n    批准人: 示例区财政局\n    有效期至: 2099-12-31\n"
    (site / WRONG).write_text(WRONG_RATE + waiver, encoding="utf-8")
    told = check("--format", "json", "--select", "BUD001", WRONG, "--fail-on", "note")

    assert [finding["outcome"] for finding in told.data["findings"]] == ["waived"]
    assert "执行率按调整前的预算计算" in told.data["findings"][0]["reason"]
    assert told.code == 0


def test_no_configuration_is_no_work_done(check: Check) -> None:
    assert check("-f", "meiyou.yml").code == 2


def test_a_report_that_cannot_be_written_is_said(check: Check) -> None:
    told = check("--output", "mkdocs.yml/baogao.txt")

    assert told.code == 2
    assert "写不进" in told.err


# A rule that breaks down.


def _breaks_down(subject: Subject) -> Iterator[Verdict]:
    """总是出错。

    为测试而设。

    反例：
        项目名称: 甲
    正例：
        项目名称: 乙
    """
    raise ValueError(f"坏了 \x1b[31m{subject.id}")


@pytest.fixture
def broken_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    made: Rule = rule(
        "BUD999", "always-broken", severity=Severity.NOTE, nature=Nature.STYLE, basis=(FORM,), formula="无", otherwise="无",
    )(_breaks_down)  # fmt: skip
    rules: Mapping[str, Rule] = {**all_rules(), made.code: made}
    monkeypatch.setattr("generator.build.grounds.all_rules", lambda: rules)
    monkeypatch.setattr("generator.cli.check.all_rules", lambda: rules)


@pytest.mark.usefixtures("broken_rule")
def test_a_rule_that_breaks_down_says_so_and_the_others_go_on(check: Check) -> None:
    data = check("--format", "json", WRONG).data
    broken = [finding for finding in data["findings"] if finding["outcome"] == "error"]

    assert [(finding["code"], finding["path"]) for finding in broken] == [("BUD999", WRONG)]
    assert "BUD001" in {finding["code"] for finding in data["findings"]}
    assert [line["outcome"] for line in data["ledger"]["2024/shili/cuo"] if line["code"] == "BUD999"] == ["error"]


@pytest.mark.usefixtures("broken_rule")
@pytest.mark.parametrize("fail_on", ["error", "never"])
def test_a_rule_that_breaks_down_fails_whatever_is_asked(check: Check, fail_on: str) -> None:
    told = check("--select", "BUD999", RIGHT, "--fail-on", fail_on)

    assert told.code == 1
    assert "规则出错" in told.out
    assert "\x1b" not in told.out


# Rule packs.


def test_a_pack_on_trial_shows_what_would_change(check: Check, site: Path) -> None:
    (site / "shiyong.yaml").write_text(
        "继承: national\n标题: 试用\n来源: 试用\n核实: 否\n规则:\n  BUD001: {启用: 否}\n", encoding="utf-8"
    )
    told = check("--try-pack", "shiyong.yaml")

    assert told.code == 0
    assert "规则包 shiyong：少 1 处" in told.out
    assert "BUD001：少 1" in told.out


def test_a_pack_on_trial_that_is_not_there_is_said(check: Check) -> None:
    told = check("--try-pack", "meiyou.yaml")

    assert told.code == 2
    assert "找不到规则包 meiyou.yaml。" in told.err


@pytest.mark.parametrize("option", ["--diff", "--try-pack=shiyong.yaml"])
def test_what_makes_no_report_refuses_options_about_one(check: Check, option: str) -> None:
    told = check(option, "--format", "json", "--new-since", "HEAD")

    assert told.code == 2
    assert "不能与 --format、--new-since 一起用" in told.err


# Quoting.


def test_a_file_outside_the_project_is_never_quoted(
    check: Check, site: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "mima.yaml"
    secret.write_text("密码: 123456\n", encoding="utf-8")
    (site / "content/records/2024/shili/lianjie.yaml").symlink_to(secret)
    told = check()

    assert "SRC009" in told.out
    assert "123456" not in told.out


def test_no_report_repeats_a_number_of_a_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    number = "310112196002290138"
    project = copied(PROJECT, tmp_path / "project")
    record = project / "content/records/2024/xinzhuang/liangxin.yaml"
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace("年度: 2024\n", f"年度: 2024\n填报单位: 某处 {number}\n", 1), encoding="utf-8")
    for name in FORMATS:
        assert main(["check", "-f", str(project / "mkdocs.yml"), "--format", name]) == 1
        told = capsys.readouterr()
        assert "PRI001" in told.out
        assert number not in told.out + told.err


def test_a_rule_that_breaks_down_cannot_be_filtered_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rule = all_rules()["SCO003"]

    def broken(_subject: Subject) -> Iterator[Verdict]:
        raise ZeroDivisionError("奇怪的事")
        yield  # type: ignore[unreachable]  # what makes it a generator

    made = replace(rule, check=broken)
    monkeypatch.setattr("generator.build.grounds.all_rules", lambda: {**all_rules(), "SCO003": made})
    project = copied(PROJECT, tmp_path / "project")

    # What the first check keeps must not make the second one silent.
    for _ in range(2):
        assert main(["check", "-f", str(project / "mkdocs.yml"), "--select", "PRI"]) == 1
        assert "SCO003" in capsys.readouterr().out
