"""What readers are told of a record's past: on its page in short, and on a page of its versions."""

import json
import shutil
from pathlib import Path

import pytest

from generator.build.report import BuildReport
from generator.check.registry import all_rules
from generator.cli import building
from generator.cli.building import Call
from generator.export.printed_data import content_of_json
from generator.model.printed import digest_of_content, figures_of
from generator.model.publications import Printed, Publications, Release, format_publications
from tests.build.edits import differences
from tests.build.history_repository import commit, git, new_repository, put, silenced
from tests.cli.released import FORM
from tests.site_tools import TESTS, Document, build, files_of, lines_of, write_files

PEIXUN, XIANGMU, FORMER = (f"2024/shiyan/{name}.yaml" for name in ("peixun", "xiangmu", "jiu"))
RECORD, HISTORY = "records/2024/shiyan/peixun.html", "history/2024/shiyan/peixun.html"
WITH_A_REASON = FORM.replace("得分: 90}", "得分: 80, 偏差原因: 年中新增两期}")
CORRECTED = WITH_A_REASON.replace("得分: 99.00", "得分: 89.00")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("history") / "项目 一"
    shutil.copytree(TESTS / "sites/minimal", project)
    new_repository(project)
    commit(
        project, "首次公开", {FORMER: FORM.replace("举办了培训", "举办了培训，联系人电话 13800001234")}, "2025-01-02"
    )
    commit(project, "去掉电话", {FORMER: FORM}, "2025-01-03")
    commit(project, "\u202e改错\x07了 <b>a@example.com</b> " + "长" * 200, {FORMER: "表样: ["}, "2025-01-04")
    commit(project, "改回", {FORMER: FORM}, "2025-01-05")
    commit(project, "移动", {FORMER: None, PEIXUN: FORM}, "2025-01-06")
    git(project, "switch", "-qc", "other")
    commit(project, "核对得分", {PEIXUN: WITH_A_REASON}, "2025-01-07")
    git(project, "switch", "-q", "main")
    commit(project, "写明目标", {PEIXUN: FORM.replace("预期目标: 举办培训", "预期目标: 举办四次培训")}, "2025-01-08")
    git(project, "merge", "-q", "other", "-m", "合并核对", day="2025-01-09")
    merged = (project / "content/records" / PEIXUN).read_text(encoding="utf-8")
    commit(project, "加注释", {PEIXUN: f"# 已核对\n{merged}"}, "2025-01-10")
    commit(project, "总分同步改正", {PEIXUN: merged.replace("得分: 99.00", "得分: 89.00")}, "2025-01-11")
    return project


@pytest.fixture(scope="module")
def site(project: Path) -> Path:
    site = project.parent / "site"
    assert build(project, site).published
    return site


def versions_on(site: Path) -> list[list[str]]:
    """Return the lines of each version on the page of the record's versions."""
    found: list[list[str]] = []
    for line in lines_of(
        Document((site / HISTORY).read_text(encoding="utf-8")).text.partition("不算。")[2].partition("日期是提交")[0]
    ):
        if line.startswith("2025-"):
            found.append([line])
        elif found and not line.startswith("提交 "):
            found[-1].append(line)
    return found


def told(site: Path, page: str = RECORD) -> list[str]:
    """Return what the page of a record says of its past."""
    lines = lines_of(Document((site / page).read_text(encoding="utf-8")).text)
    return lines[lines.index("修改记录") + 1 : lines.index("查看源文件")] if "修改记录" in lines else []


def test_a_records_page_says_when_and_by_what_it_was_changed(site: Path) -> None:
    assert told(site) == [
        "首次提交", "2025-01-02 首次公开", "最后修改", "2025-01-11 总分同步改正", "10 个版本，每一版改了哪些栏",
    ]  # fmt: skip
    assert f'href="../../../{HISTORY}"' in (site / RECORD).read_text(encoding="utf-8")


def test_one_version_has_no_page_of_its_own(site: Path) -> None:
    assert told(site, RECORD.replace("peixun", "xiangmu")) == [
        "首次提交", "2025-01-02 首次公开", "最后修改", "首次提交以后没有改过",
    ]  # fmt: skip
    assert [path for path in files_of(site) if path.startswith("history/")] == [HISTORY]


def test_each_version_says_what_it_changed_in_the_forms_own_words(site: Path) -> None:
    versions = versions_on(site)

    assert versions[:6] == [
        ["2025-01-11 总分同步改正", "总分：得分 99.00 → 89.00"],
        ["2025-01-10 加注释", "只改了写法，印出的内容没有变。"],
        ["2025-01-09 合并核对", "合并了几条线上的改动，合并本身没有再改内容。"],
        ["2025-01-08 写明目标", "年度总体目标：预期目标 举办培训 → 举办四次培训"],
        ["2025-01-07 核对得分", "产出指标 › 数量指标 › 培训次数：得分 90 → 80；新增偏差原因“年中新增两期”"],
        ["2025-01-06 移动", f"文件由 content/records/{FORMER} 移到 content/records/{PEIXUN}。"],
    ]
    assert versions[-1] == ["2025-01-02 首次公开", "首次提交。"]


def test_an_old_version_that_cannot_be_read_says_so(site: Path) -> None:
    back, broken = versions_on(site)[6:8]

    assert back == ["2025-01-05 改回", "上一版有错误，没有逐项比较。"]
    assert broken[1:] == ["这一版有错误，没有逐项比较。"]


def test_subjects_are_texts_of_strangers(site: Path) -> None:
    subject = versions_on(site)[7][0]

    assert subject == "2025-01-04 改错了 <b>***</b> " + "长" * 105 + "…"
    html = (site / HISTORY).read_text(encoding="utf-8")
    assert "example.com" not in html
    assert "<b>***" not in html


def test_personal_data_taken_out_is_not_published_again(site: Path) -> None:
    assert versions_on(site)[8] == ["2025-01-03 去掉电话", "这一版或上一版里有个人信息，改了什么不在这里列出。"]
    assert "13800001234" not in (site / HISTORY).read_text(encoding="utf-8")


def publish(project: Path, figures: str) -> None:
    """Say that a release published the record with these figures."""
    records = {PEIXUN.removesuffix(".yaml"): Printed("1" * 64, figures)}
    listed = Publications().with_release(Release("2025-03", "2025-03-31"), records)
    (project / "releases").mkdir(exist_ok=True)
    (project / "releases/published.txt").write_text(format_publications(listed), encoding="utf-8")


def pages_of(report: BuildReport) -> set[str]:
    return {path for path in report.written if path.startswith(("records/", "history/"))}


def test_a_commit_rewrites_the_pages_whose_past_it_changed_and_no_other(project: Path, tmp_path: Path) -> None:
    project, site = Path(shutil.copytree(project, tmp_path / "项目")), tmp_path / "site"
    build(project, site)
    put(
        project,
        XIANGMU,
        (project / "content/records" / XIANGMU).read_text(encoding="utf-8").replace("：", "： ", 1) + "\n",
    )
    assert pages_of(build(project, site)) == {RECORD.replace("peixun", "xiangmu"), f"records/{XIANGMU}"}
    assert told(site, RECORD.replace("peixun", "xiangmu"))[-1] == "还有尚未提交到 git 的改动"
    commit(project, "空行", day="2025-03-01")
    assert set(build(project, site).written) == {
        RECORD.replace("peixun", "xiangmu"), HISTORY.replace("peixun", "xiangmu"),
        # It says of when the files are that it goes by.
        "questions/shiyan/2024.html",
    }  # fmt: skip
    commit(project, "与表无关")
    assert build(project, site).written == ()
    build(project, tmp_path / "fresh")
    assert list(differences(site, tmp_path / "fresh")) == []


def test_what_git_did_not_answer_is_told_and_asked_again(
    project: Path, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Path(shutil.copytree(project, tmp_path / "项目"))
    call = Call(config=project / "mkdocs.yml", jobs=1)
    with monkeypatch.context() as patch:
        patch.setenv("PATH", silenced(tmp_path / "bin", "log"))
        built = building.build(call)
    assert any("git 没有答复" in warning for warning in built.warnings)
    assert told(project / "site") == []

    assert not building.build(call).warnings
    assert list(differences(project / "site", site)) == []
    # From then on there is nothing to ask.
    assert building.build(call).report.seconds == {}


def test_contents_that_a_clone_left_out_are_compared_once_they_are_here(
    project: Path, site: Path, tmp_path: Path
) -> None:
    clone = tmp_path / "项目"
    git(project, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--filter=blob:none", f"file://{project}", str(clone))
    call = Call(config=clone / "mkdocs.yml", jobs=1)
    building.build(call)
    newest, *_, oldest = versions_on(clone / "site")
    assert newest[1:] == ["这一版或上一版的内容不在这份克隆里，没有逐项比较。"]
    assert oldest[1:] == ["首次提交。"]

    shutil.copytree(project / ".git/objects", clone / ".git/objects", dirs_exist_ok=True)
    assert building.build(call).report.written == (HISTORY,)
    assert list(differences(clone / "site", site)) == []
    assert building.build(call).report.written == ()


def test_personal_data_is_looked_for_whatever_a_pack_switches_off(project: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(project, tmp_path / "项目"))
    config = project / "mkdocs.yml"
    plugin = "plugins:\n  - jixiao: {rule_packs: [national, county]}"
    config.write_text(config.read_text(encoding="utf-8").replace("plugins: [jixiao]", plugin), encoding="utf-8")
    switches = "".join(f"  {code}: {{启用: 否}}\n" for code in all_rules() if code.startswith("PRI"))
    pack = f"继承: national\n标题: 本县\n来源: 无\n核实: 否\n规则:\n{switches}"
    write_files(project, [("content/rule_packs/county.yaml", pack)])
    build(project, tmp_path / "site")

    assert versions_on(tmp_path / "site")[8][1:] == ["这一版或上一版里有个人信息，改了什么不在这里列出。"]


def test_a_site_may_tell_no_more_than_the_dates(project: Path, site: Path, tmp_path: Path) -> None:
    project, other = Path(shutil.copytree(project, tmp_path / "项目")), tmp_path / "site"
    config = project / "mkdocs.yml"
    usual = config.read_text(encoding="utf-8")
    config.write_text(usual.replace("[jixiao]", "[{jixiao: {history: dates}}]"), encoding="utf-8")
    build(project, other)

    assert told(other) == ["首次提交", "2025-01-02 首次公开", "最后修改", "2025-01-11 总分同步改正"]
    assert not (other / "history").exists()
    config.write_text(usual, encoding="utf-8")
    build(project, other)
    assert list(differences(other, site)) == []


def test_a_shallow_clone_says_what_it_cannot_know(project: Path, tmp_path: Path) -> None:
    clone, site = tmp_path / "项目", tmp_path / "site"
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{project}", str(clone))
    build(clone, site)

    assert told(site) == [
        "首次提交", "不明：更早的版本不在生成网站所用的克隆里", "最后修改", "2025-01-11 总分同步改正", "1 个版本，每一版改了哪些栏",
    ]  # fmt: skip
    assert told(site, RECORD.replace("peixun", "xiangmu")) == [
        "首次提交、最后修改", "不明：更早的版本不在生成网站所用的克隆里",
    ]  # fmt: skip
    assert "更早的版本不在生成网站所用的这份克隆里（浅克隆），没有列出。" in (site / HISTORY).read_text(
        encoding="utf-8"
    )
    # Outside of any repository nothing is said.
    shutil.rmtree(clone / ".git")
    build(clone, site)
    assert told(site) == []
    assert not (site / HISTORY).exists()
    # What a release published is known without git; the release itself changes no page, the next change tells of it.
    data = json.loads((site / RECORD.replace("records/", "api/v1/records/").replace("html", "json")).read_bytes())
    publish(clone, digest_of_content(figures_of(content_of_json(data))))
    assert build(clone, site).written == ()
    publish(clone, "0" * 64)
    build(clone, site, keep_going=True)
    assert told(site) == ["首次发布", "2025-03-31 发布“2025-03”；那以后数字有改动"]
