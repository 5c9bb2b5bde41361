"""Broken sites: `check` says all that is wrong, and a build publishes nothing of it."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main
from tests.site_tools import TESTS, files_of

CASES = TESTS / "sites_invalid"
NAMES = sorted(path.name for path in CASES.iterdir() if path.is_dir())
GOOD = "表样: 项目自评表\n年度: 2024\n项目名称: 没有差错的一份\n实施单位: 试验单位\n"
REGISTRY = "单位:\n  shiyan: {名称: 试验单位}\n"
GOOD_PAGE = "records/2024/shiyan/hao.html"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with one sound record."""
    folder = tmp_path / "project"
    for name, text in (
        ("content/records/2024/shiyan/hao.yaml", GOOD),
        ("content/registry/units.yaml", REGISTRY),
        ("content/pages/about.md", "# 关于\n"),
    ):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_text(text, encoding="utf-8")
    shutil.copy(CASES / "mkdocs.yml", folder)
    return folder


def taken_from(case: str, project: Path) -> Path:
    """Lay a case's content over the project's own."""
    shutil.copytree(CASES / case / "content", project / "content", dirs_exist_ok=True)
    return project


def config(project: Path) -> list[str]:
    return ["-f", str(project / "mkdocs.yml")]


def without_fingerprint(text: str) -> str:
    """Leave out what changes with every rule."""
    return re.sub("规则指纹 [0-9a-f]+。", "", text)


def without_count(text: str) -> str:
    """Leave out the line that counts, for the files git cannot hold are counted differently on each system."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("检查了"))


@pytest.mark.parametrize("case", NAMES)
def test_check_says_exactly_what_is_wrong(case: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["check", *config(taken_from(case, project))])
    told = capsys.readouterr()

    assert without_fingerprint(told.out) == (CASES / case / "expected.txt").read_text(encoding="utf-8")
    assert told.err == ""
    assert code == 1


@pytest.mark.parametrize("case", NAMES)
def test_a_build_publishes_nothing_and_names_the_files(
    case: str, project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site"
    assert main(["build", "-q", *config(project), "-d", str(site)]) == 0
    before = files_of(site)
    capsys.readouterr()
    code = main(["build", *config(taken_from(case, project)), "-d", str(site)])
    told = capsys.readouterr().err

    assert code == 1
    assert files_of(site) == before, "the site of the build before stays as it is"
    assert "没有生成网站" in told
    assert "原有的网站没有改动" in told
    listed = told.partition("没有生成网站")[2]
    for line in without_count((CASES / case / "expected.txt").read_text(encoding="utf-8")).splitlines():
        if " 错误：" in line:
            assert f"  {line.split(':', 1)[0]}\n" in listed


@pytest.mark.parametrize("case", NAMES)
def test_keep_going_publishes_the_others_and_still_fails(
    case: str, project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site"
    code = main(["build", "--keep-going", *config(taken_from(case, project)), "-d", str(site)])

    assert code == 1
    assert "没有公开" in capsys.readouterr().err
    assert (site / GOOD_PAGE).is_file()
    published = [path.name for path in site.rglob("*.html") if path.stem in ("huai", "yi", "taiqian", "x")]
    assert published == []


def test_keep_going_leaves_out_a_page_with_errors(project: Path, tmp_path: Path) -> None:
    main(["build", "-q", "--keep-going", *config(taken_from("page", project)), "-d", str(tmp_path / "site")])

    assert not (tmp_path / "site/about.html").exists()
    assert (tmp_path / "site/other.html").is_file()
    assert "没有差错的一份" in (tmp_path / "site/index.html").read_text(encoding="utf-8")


def _write(name: str, content: bytes) -> Callable[[Path], None]:
    def make(records: Path) -> None:
        (records / name).write_bytes(content)

    return make


def _link_out(records: Path) -> None:
    outside = records.parents[3] / "outside.yaml"
    outside.write_text(GOOD, encoding="utf-8")
    (records / "huai.yaml").symlink_to(outside)


def _link_nowhere(records: Path) -> None:
    (records / "huai.yaml").symlink_to("nowhere.yaml")


def _pipe(records: Path) -> None:
    os.mkfifo(records / "huai.yaml")


@pytest.mark.parametrize(
    ("make", "codes"),
    [
        pytest.param(_write("huai.yaml", GOOD.encode("gbk")), ["SRC023"], id="GBK"),
        pytest.param(_write("huai.yaml", GOOD.encode("utf-16")), ["SRC024"], id="UTF-16"),
        pytest.param(_write("huai.yaml", b""), ["SRC022"], id="empty"),
        pytest.param(_write("huai.yaml", b" \n\t\n"), ["SRC022"], id="blank"),
        pytest.param(_write("huai.yaml", GOOD.encode() + b"#" * 1024 * 1024), ["SRC021"], id="too large"),
        pytest.param(
            _write("huai.yaml", GOOD.encode() + "备注: 甲\x00乙\n".encode()), ["SRC026"], id="control character"
        ),
        pytest.param(_write("huai.yaml", GOOD.encode() + b"\xff\xfe\n"), ["SRC023"], id="damaged"),
        pytest.param(_write("huai.md", GOOD.encode()), ["SRC080"], id="no front matter"),
        pytest.param(_link_out, ["SRC009"], id="link leaves content"),
        pytest.param(_link_nowhere, ["SRC010"], id="broken link"),
        pytest.param(_pipe, ["SRC012"], id="a pipe"),
    ],
)
def test_a_file_that_git_cannot_hold_well_is_refused(
    make: Callable[[Path], None],
    codes: list[str],
    project: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    make(project / "content/records/2024/shiyan")
    site = tmp_path / "site"

    assert main(["check", *config(project)]) == 1
    told = capsys.readouterr().out
    assert [code for code in codes if f" {code} 错误" not in told] == []
    assert "huai" in told.lower()
    assert main(["build", *config(project), "-d", str(site)]) == 1
    assert not site.exists()
    assert main(["build", "--keep-going", *config(project), "-d", str(site)]) == 1
    assert (site / GOOD_PAGE).is_file()
    assert not (site / "records/2024/shiyan/huai.html").exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"\xef\xbb\xbf" + GOOD.encode(), "SRC025", id="byte order mark"),
        pytest.param(GOOD.replace("\n", "\r").encode(), "SRC027", id="old line ends"),
    ],
)
def test_what_only_looks_odd_is_published_with_a_remark(
    content: bytes, code: str, project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _write("huai.yaml", content)(project / "content/records/2024/shiyan")
    site = tmp_path / "site"

    assert main(["build", "-q", *config(project), "-d", str(site)]) == 0
    assert code in capsys.readouterr().err
    assert (site / "records/2024/shiyan/huai.html").is_file()
    assert (site / "records/2024/shiyan/huai.yaml").read_bytes() == content


def test_windows_line_ends_are_as_good_as_any(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = GOOD.replace("没有差错的一份", "也没有差错的一份")
    _write("huai.yaml", other.replace("\n", "\r\n").encode())(project / "content/records/2024/shiyan")

    assert main(["check", *config(project)]) == 0
    assert without_fingerprint(capsys.readouterr().out) == "检查了 2 份可公开的记录：没有发现问题。\n"


def test_of_two_names_that_differ_only_in_case_the_sound_one_is_published(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("huai.yaml", "Huai.yaml"):
        _write(name, GOOD.encode())(project / "content/records/2024/shiyan")
    site = tmp_path / "site"

    assert main(["build", "-q", "--keep-going", *config(project), "-d", str(site)]) == 1
    told = capsys.readouterr().err
    assert "shiyan/Huai.yaml:1:1: SRC005 错误" in told
    assert "shiyan/Huai.yaml:1:1: SRC008 错误" in told
    assert [path.name for path in (site / "records/2024/shiyan").glob("?uai.html")] == ["huai.html"]


def test_no_records_folder_at_all_is_said(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(project / "content/records")

    assert main(["check", *config(project)]) == 1
    assert "SRC001" in capsys.readouterr().out
