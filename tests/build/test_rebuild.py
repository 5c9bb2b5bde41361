"""What a build writes, leaves alone and removes."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from generator.build.names import MANIFEST
from generator.errors import JixiaoError
from tests.site_tools import PROJECT, build, copied, files_of

RECORD = "content/records/2024/xinzhuang/dangqun.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copied(PROJECT, tmp_path / "project")


def edit(project: Path, old: str, new: str) -> None:
    path = project / RECORD
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_two_builds_of_the_same_content_are_the_same_bytes(project: Path, tmp_path: Path, own_site: Path) -> None:
    build(project, tmp_path / "site")

    assert files_of(tmp_path / "site") == files_of(own_site)


def test_the_order_in_which_files_came_onto_the_disk_does_not_matter(
    project: Path, tmp_path: Path, own_site: Path
) -> None:
    other = tmp_path / "other"
    for path in sorted((path for path in project.rglob("*") if path.is_file()), reverse=True):
        target = other / path.relative_to(project)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    build(other, tmp_path / "site")

    assert files_of(tmp_path / "site") == files_of(own_site)


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_order_of_sets_does_not_matter(project: Path, tmp_path: Path, own_site: Path, seed: str) -> None:
    command = [sys.executable, "-m", "generator.cli", "build", "-q", "-f", str(project / "mkdocs.yml")]
    subprocess.run([*command, "-d", str(tmp_path / "there")], env={**os.environ, "PYTHONHASHSEED": seed}, check=True)

    assert files_of(tmp_path / "there") == files_of(own_site)


def test_a_second_build_writes_nothing(project: Path, tmp_path: Path) -> None:
    first = build(project, tmp_path / "site")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*") if path.is_file()}
    second = build(project, tmp_path / "site")

    assert second.written == ()
    assert second.removed == ()
    assert second.unchanged == len(first.written)
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_a_build_that_lost_what_was_kept_leaves_equal_files_alone(project: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(project, site)
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
    shutil.rmtree(tmp_path / "site.kept")

    assert build(project, site).written == ()
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()} == before


def beside_the_index(written: Iterable[str]) -> list[str]:
    """Leave out the parts of the search index; which of them a figure concerns is for test_search.py."""
    return sorted(path for path in written if not path.startswith("browse/search/"))


def test_one_figure_changed_rewrites_only_what_shows_it(project: Path, tmp_path: Path) -> None:
    build(project, tmp_path / "site")
    edit(project, "实际完成值: 14.50(元/份)", "实际完成值: 14.60(元/份)")
    report = build(project, tmp_path / "site")

    assert beside_the_index(report.written) == [
        "api/v1/records/2024/xinzhuang/dangqun.json",
        "api/v1/units/xinzhuang.json",
        "browse/records/2024/xinzhuang/dangqun.js",
        "data/datapackage.json",
        "data/indicators-2024.csv",
        "data/indicators.csv",
        "data/jixiao.sqlite",
        "indicators.html",
        "records/2024/xinzhuang/dangqun.html",
        "records/2024/xinzhuang/dangqun.yaml",
    ]
    assert report.removed == ()


def test_a_total_changed_rewrites_every_list_it_stands_in_and_what_the_check_says_of_it(
    project: Path, tmp_path: Path
) -> None:
    build(project, tmp_path / "site")
    edit(project, "得分: 97.97", "得分: 97.96")
    report = build(project, tmp_path / "site")

    assert beside_the_index(report.written) == [
        "api/v1/findings.json",
        "api/v1/records.json",
        "api/v1/records/2024/xinzhuang/dangqun.json",
        "api/v1/units/xinzhuang.json",
        "browse/explore.js",
        "browse/records/2024/xinzhuang/dangqun.js",
        # It says how large the tables are.
        "data.html",
        "data/datapackage.json",
        "data/findings-2024.csv",
        "data/findings.csv",
        "data/jixiao.sqlite",
        "data/records-2024.csv",
        "data/records.csv",
        "departments.html",
        "departments/xinzhuang-gongyequ.html",
        "findings.html",
        "forms.html",
        "forms/self-evaluation-a1.html",
        "index.html",
        "projects.html",
        "projects/xinzhuang/dangqun.html",
        "questions/xinzhuang/2024.html",
        "records.html",
        "records/2024/xinzhuang/dangqun.html",
        "records/2024/xinzhuang/dangqun.yaml",
        "rules.html",
        "rules/SCO003.html",
        "units.html",
        "units/xinzhuang.html",
        "years.html",
        "years/2024.html",
    ]
    assert report.removed == ()


def test_a_record_taken_away_takes_its_files_along_and_nothing_else(project: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(project, site)
    foreign = {"CNAME": b"example.invalid\n", "records/2024/xidu/note.txt": b"kept\n", ".well-known/x.txt": b"kept\n"}
    for name, content in foreign.items():
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_bytes(content)
    (project / "content/records/2024/xidu/zhuanhu.yaml").unlink()
    report = build(project, site)

    assert sorted(report.removed) == [
        "api/v1/records/2024/xidu/zhuanhu.json",
        "browse/records/2024/xidu/zhuanhu.js",
        "projects/xidu/zhuanhu.html",
        "records/2024/xidu/zhuanhu.html",
        "records/2024/xidu/zhuanhu.yaml",
    ]
    assert {name: (site / name).read_bytes() for name in foreign} == foreign
    assert not [name for name, content in files_of(site).items() if b"zhuanhu" in content and name != MANIFEST]


def test_folders_left_empty_go_too(project: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(project, site)
    for path in (project / "content/records/2023").rglob("*.yaml"):
        path.unlink()
    build(project, site)

    assert not (site / "records/2023").exists()
    assert not (site / "years/2023.html").exists()


def test_a_file_damaged_in_the_site_is_put_right(project: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(project, site)
    whole = (site / "index.html").read_bytes()
    (site / "index.html").write_bytes(whole[:100])
    (site / "years.html").unlink()
    report = build(project, site)

    assert sorted(report.written) == ["index.html", "years.html"]
    assert (site / "index.html").read_bytes() == whole


@pytest.fixture(scope="module")
def site_with_one_less(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the files of the site without a record, built from nothing."""
    folder = tmp_path_factory.mktemp("one-less")
    project = copied(PROJECT, folder / "project")
    (project / "content/records/2024/xidu/zhuanhu.yaml").unlink()
    build(project, folder / "site")
    return files_of(folder / "site")


@pytest.mark.parametrize("damaged", ["{", "[]", '{"files": 3}', ""])
def test_an_unreadable_manifest_means_a_full_build(
    project: Path, tmp_path: Path, site_with_one_less: dict[str, bytes], damaged: str
) -> None:
    site = tmp_path / "site"
    build(project, site)
    (site / MANIFEST).write_text(damaged, encoding="utf-8")
    (site / "notice.txt").write_text("别人的文件", encoding="utf-8")
    (project / "content/records/2024/xidu/zhuanhu.yaml").unlink()

    build(project, site)

    assert files_of(site) == site_with_one_less | {"notice.txt": "别人的文件".encode()}


def test_a_manifest_cannot_have_files_outside_removed(project: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(project, site)
    victim = tmp_path / "victim.txt"
    victim.write_text("mine", encoding="utf-8")
    (site / MANIFEST).write_text(
        json.dumps(
            {"format": 1, "files": ["../victim.txt", "..\\victim.txt", "a/../../victim.txt", victim.as_posix(), 7, ""]}
        ),
        encoding="utf-8",
    )

    assert build(project, site).removed == ()
    assert victim.is_file()


@pytest.mark.parametrize("target", [".", "..", "content", "content/records", "content/pages/site", "content/registry"])
def test_a_site_is_never_written_over_the_content(project: Path, target: str) -> None:
    before = files_of(project)

    with pytest.raises(JixiaoError, match="site_dir 是"):
        build(project, project / target)
    assert files_of(project) == before


def test_a_place_that_cannot_be_written_is_named(project: Path, tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file, no folder", encoding="utf-8")

    with pytest.raises(JixiaoError, match="写不进"):
        build(project, tmp_path / "site")


def test_mkdocs_builds_the_same_site(project: Path, tmp_path: Path, own_site: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"]
    done = subprocess.run(
        [*command, "-f", str(project / "mkdocs.yml"), "-d", str(tmp_path / "theirs")],
        check=False, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
    assert files_of(tmp_path / "theirs") == files_of(own_site)
