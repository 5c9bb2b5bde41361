"""Personal data keeps a record from being published until it is taken out or waived; a broken rule is never silent."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator.check.outcome import Verdict
from generator.check.registry import all_rules
from generator.check.subject import Subject
from generator.cli import main
from tests.site_tools import PROJECT, build, copied, files_of

CITIZEN_ID = "310112196002290138"
"""Made up; only its check digit is right."""
RECORD = "content/records/2024/xidu/zhuanhu.yaml"
WAIVER = """豁免:
  - 规则: PRI001
    原因: 标准文本里的举例，不是哪个人的号码
    批准人: 示例负责人
    有效期至: 2099-12-31
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = copied(PROJECT, tmp_path / "project")
    record = folder / RECORD
    text = record.read_text(encoding="utf-8")
    record.write_text(
        text.replace("完成2024年专户项目工作。", f"完成2024年专户项目工作（{CITIZEN_ID}）。"), encoding="utf-8"
    )
    return folder


def test_a_record_with_personal_data_is_not_published(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site"

    assert main(["build", "-f", str(project / "mkdocs.yml"), "-d", str(site)]) == 1
    told = capsys.readouterr().err
    assert "PRI001" in told
    assert RECORD in told
    assert CITIZEN_ID not in told
    assert not site.exists()


def test_the_others_can_be_published_without_a_trace_of_it(project: Path, tmp_path: Path) -> None:
    report = build(project, tmp_path / "site", keep_going=True)

    assert report.failed == (RECORD,)
    assert report.records == 7
    files = files_of(tmp_path / "site")
    assert "records/2024/xidu/dangjian.html" in files
    assert [name for name, data in files.items() if CITIZEN_ID.encode() in data or "zhuanhu" in name] == []


@pytest.mark.parametrize(
    ("name", "before", "comment"),
    [
        ("content/records/2024/xinzhuang/liangxin.yaml", "年度: 2024\n", f"# 走访对象 {CITIZEN_ID}\n"),
        ("content/records/2024/xinzhuang/liangxin.yaml", "年度: 2024", f"  # {CITIZEN_ID}"),
        ("content/records/2024/xidu/yizhan.md", "年度: 2024\n", f"# 走访对象 {CITIZEN_ID}\n"),
    ],
)
def test_a_comment_of_the_file_counts_too_for_the_file_is_published(
    tmp_path: Path, name: str, before: str, comment: str
) -> None:
    folder = copied(PROJECT, tmp_path / "project")
    record = folder / name
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace(before, before + comment, 1), encoding="utf-8")

    report = build(folder, tmp_path / "site")

    assert report.failed == (name,)
    found = [finding for finding in report.findings if finding.code == "PRI001"]
    line = text[: text.index(before) + len(before)].count("\n") + 1
    assert [(finding.origin.line, finding.field) for finding in found] == [(line, "注释")]


def test_a_waiver_lets_it_through(project: Path, tmp_path: Path) -> None:
    with (project / RECORD).open("a", encoding="utf-8") as file:
        file.write(WAIVER)

    report = build(project, tmp_path / "site")

    assert report.failed == ()
    assert report.published


def test_a_rule_that_breaks_down_fails_the_build_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_subject: Subject) -> Iterator[Verdict]:
        raise ZeroDivisionError("奇怪的事")
        yield  # type: ignore[unreachable]  # what makes it a generator

    rules = {**all_rules(), "BUD001": replace(all_rules()["BUD001"], check=broken)}
    monkeypatch.setattr("generator.build.grounds.all_rules", lambda: rules)
    site = tmp_path / "site"
    config = copied(PROJECT, tmp_path / "project") / "mkdocs.yml"

    # What the first build keeps must not make the second one silent.
    for _ in range(2):
        assert main(["build", "-f", str(config), "-d", str(site), "-q"]) == 1
        told = capsys.readouterr().err
        assert "BUD001" in told
        assert "奇怪的事" in told
        assert (site / "index.html").is_file()
