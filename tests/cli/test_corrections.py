"""A correction walked through: published, changed in silence, refused, corrected, and shown for good."""

import csv
import json
import re
from pathlib import Path

import pytest

from generator.build.staged_check import check_staged
from generator.cli import main
from generator.configuration import load_settings
from tests.cli.released import DAY, build, commit_and_build, git, make_project, release
from tests.site_tools import files_of

RECORD = "2024/shiyan/peixun"
PAGE, DATA = f"site/records/{RECORD}.html", f"site/api/v1/records/{RECORD}.json"
ITEM = "绩效指标 › 产出指标 › 数量指标 › 培训次数 › 得分"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", DAY)
        made = make_project(tmp_path_factory.mktemp("corrections") / "项目")
        config = made / "mkdocs.yml"
        config.write_text(
            f"site_url: https://example.invalid/a/\n{config.read_text(encoding='utf-8')}", encoding="utf-8"
        )
        return made


@pytest.fixture(autouse=True)
def _same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)


def run(project: Path, *words: str) -> int:
    return main([*words, "-f", str(project / "mkdocs.yml")])


def edit(project: Path, old: str, new: str) -> None:
    file = project / f"content/records/{RECORD}.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def rows(project: Path) -> list[list[str]]:
    with (project / "site/data/corrections.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


def test_a_correction_from_the_wrong_figure_to_the_notice(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit_and_build(project)
    assert "还没有更正过" in (project / "site/corrections.html").read_text(encoding="utf-8")
    assert not (project / "site/corrections.xml").exists()
    assert release(project, "2025-03") == 0
    git(project, "add", "-A")
    git(project, "commit", "-qm", "发布")
    edit(project, "得分: 90}", "得分: 88}")
    commit_and_build(project)
    capsys.readouterr()

    # The check fails, and nothing is released.
    assert run(project, "check", "--select", "REC094") == 1
    assert "2025-03（2025-03-31）公开之后改了数字或行的名称，没有写“更正”" in capsys.readouterr().out
    assert release(project, "2025-06") == 2
    assert f"没有发布：\n  {RECORD}：" in capsys.readouterr().err

    # The entry is to be had ready-made; the name of the release will do for a version.
    assert run(project, "diff", "2025-03", "--format", "corrections") == 0
    entry = capsys.readouterr().out
    assert f"  - 项: {ITEM}\n    原: 90\n    新: 88\n" in entry
    file = project / f"content/records/{RECORD}.yaml"
    with file.open("a", encoding="utf-8", newline="\n") as end:
        end.write(
            entry.replace("原因: ……", "原因: 抄录 <有误>")
            .replace("决定: ……", "决定: 财务科")
            .replace("……", "2025-03-31")
        )
    assert run(project, "check", "--select", "REC09") == 0
    assert run(project, "fmt", "--check") == 0
    commit_and_build(project)

    page = (project / PAGE).read_text(encoding="utf-8")
    notice = page[page.index('<section class="corrections"') : page.index('id="summary"')]
    assert '<del class="former">90</del></td><td>88</td><td>抄录 &lt;有误&gt;</td><td>财务科</td>' in notice
    form = page[page.index('<table class="form-table') :]
    assert re.search(r'更正前：</span>90</del> 88<a class="correction-mark" href="#correction-1"', form)
    assert 'id="correction-1"' in page
    assert '<ol class="corrections-print">' in page
    data = json.loads((project / DATA).read_bytes())
    assert [(one["item"], one["old"], one["new"]) for one in data["corrections"]] == [(ITEM, "90", "88")]
    assert [row[7:14] for row in rows(project)] == [["1", ITEM, "90", "88", "抄录 <有误>", "财务科", "2025-03-31"]]
    listed = (project / "site/corrections.html").read_text(encoding="utf-8")
    assert f'href="records/{RECORD}.html#correction-1"' in listed
    assert "共 1 份表 1 处" in listed
    feed = (project / "site/corrections.xml").read_text(encoding="utf-8")
    assert f"<id>https://example.invalid/a/records/{RECORD}.html#correction-1</id>" in feed
    assert f"{ITEM}：90 更正为 88；原因：抄录 &lt;有误&gt;；财务科决定。" in feed
    assert "corrections.xml" in (project / "site/data.html").read_text(encoding="utf-8")

    # The entry stays: taken out, the check fails again.
    written = file.read_text(encoding="utf-8")
    file.write_text(written[: written.index("更正:")], encoding="utf-8", newline="\n")
    assert run(project, "check", "--select", "REC09") == 1
    assert "没有写“更正”" in capsys.readouterr().out
    file.write_text(written, encoding="utf-8", newline="\n")
    assert run(project, "check", "--select", "REC09") == 0


def test_a_release_alone_changes_no_page(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(project)
    assert release(project, "2025-09") == 0
    git(project, "add", "-A")
    git(project, "commit", "-qm", "发布")
    before = files_of(project / "site")
    capsys.readouterr()
    assert run(project, "build") == 0
    assert "写入 0 个文件" in capsys.readouterr().out
    assert run(project, "build", "-q", "--full") == 0
    after = files_of(project / "site")
    assert {path for path in before if after.get(path) != before[path]} == set()


def test_what_is_staged_is_held_against_what_was_published(project: Path) -> None:
    if not (project / "releases").is_dir():
        assert release(project, "2025-03") == 0
    edit(project, "得分: 99.00}", "得分: 98.00}")
    git(project, "add", "-A")

    assert "REC094" in {finding.code for finding in check_staged(load_settings(project / "mkdocs.yml")).findings}
    git(project, "reset", "-q", "--hard")


def test_a_list_of_publications_that_is_torn_stops_check_and_build(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = project / "releases/published.txt"
    place.parent.mkdir(exist_ok=True)
    kept = place.read_bytes() if place.exists() else b""
    place.write_bytes(kept + "<<<<<<< 我方\n".encode())
    try:
        for command in ("check", "build"):
            assert run(project, command) == 2
            assert "行读不懂。请用 git 恢复它" in capsys.readouterr().err
    finally:
        place.write_bytes(kept)
