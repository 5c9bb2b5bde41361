"""`jixiao pack` makes one ZIP file of a site that is whole, public and as it was built, the same one every time."""

import hashlib
import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.build.names import LOCK, MANIFEST, STAGING
from generator.build.packing import folder_name, start_page
from generator.cli import main
from tests.site_tools import TESTS

TITLE = "最小的网站"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packed") / "project"
    shutil.copytree(TESTS / "sites/minimal", folder)
    assert main(["build", "-q", "-f", str(folder / "mkdocs.yml")]) == 0
    return folder


@pytest.fixture
def site(project: Path) -> Iterator[Path]:
    """Give the site, and put back afterwards what the test did to it."""
    place = project / "site"
    kept = {path: (path.read_bytes(), path.stat()) for path in place.rglob("*") if path.is_file()}
    yield place
    for path in place.rglob("*"):
        if path not in kept and (path.is_file() or path.is_symlink()):
            path.unlink()
    for path, (content, status) in kept.items():
        if path.is_symlink() or not path.exists() or path.stat().st_mtime_ns != status.st_mtime_ns:
            path.unlink(missing_ok=True)
            path.write_bytes(content)
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def pack(project: Path, target: Path, *options: str) -> int:
    return main(["pack", "-q", "-f", str(project / "mkdocs.yml"), "-o", str(target), *options])


def refused(project: Path, target: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    """Pack in vain, and return what was said; nothing may be left behind."""
    before = sorted(target.parent.iterdir()) if target.parent.is_dir() else None
    assert pack(project, target, *options) == 2
    assert before is None or sorted(target.parent.iterdir()) == before
    said = capsys.readouterr()
    assert said.out == ""
    return said.err


def test_the_whole_site_stands_below_one_folder_named_after_it(
    project: Path, site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "a.zip"

    assert pack(project, target) == 0
    said = capsys.readouterr().out
    with zipfile.ZipFile(target) as made:
        assert made.testzip() is None
        names = made.namelist()
        contents = {name: made.read(name) for name in names}
    published = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    del published[MANIFEST]
    beside = {f"{TITLE}/打开网站.html", f"{TITLE}/说明.txt", f"{TITLE}/SHA256SUMS.txt"}
    assert set(names) == {f"{TITLE}/site/{path}" for path in published} | beside
    assert all(contents[f"{TITLE}/site/{path}"] == place.read_bytes() for path, place in published.items())
    assert f"网站的 {len(published)} 个文件" in said
    assert hashlib.sha256(target.read_bytes()).hexdigest() in said
    assert "注意" not in said


def test_the_start_file_leads_to_the_home_page_without_a_script(project: Path, site: Path, tmp_path: Path) -> None:
    assert pack(project, tmp_path / "a.zip") == 0
    with zipfile.ZipFile(tmp_path / "a.zip") as made:
        page = made.read(f"{TITLE}/打开网站.html").decode()
        guide = made.read(f"{TITLE}/说明.txt").decode("utf-8-sig")
    assert 'content="0; url=site/index.html"' in page
    assert '<a href="site/index.html">' in page
    assert "<script" not in page
    assert (site / "index.html").is_file()
    assert "双击“打开网站.html”" in guide
    assert "&#60;b&#62;" in start_page("<b>").decode()


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum")
def test_the_list_of_sums_is_what_sha256sum_accepts_and_names_every_file(
    project: Path, site: Path, tmp_path: Path
) -> None:
    assert pack(project, tmp_path / "a.zip") == 0
    with zipfile.ZipFile(tmp_path / "a.zip") as made:
        made.extractall(tmp_path / "out")
    top = tmp_path / "out" / TITLE
    listed = {line.partition("  ")[2] for line in (top / "SHA256SUMS.txt").read_text(encoding="utf-8").splitlines()}

    assert listed == {path.relative_to(top).as_posix() for path in top.rglob("*") if path.is_file()} - {
        "SHA256SUMS.txt"
    }
    check = ["sha256sum", "-c", "--quiet", "SHA256SUMS.txt"]
    assert subprocess.run(check, cwd=top, check=False, capture_output=True).returncode == 0
    (top / "site/index.html").write_text("x", encoding="utf-8")
    assert subprocess.run(check, cwd=top, check=False, capture_output=True).returncode == 1
    assert (site / "index.html").is_file()


def test_the_same_site_gives_the_same_bytes_with_names_and_times_that_every_system_reads(
    project: Path, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert site.is_dir()
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert pack(project, tmp_path / "a.zip") == pack(project, tmp_path / "b.zip") == 0
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as made:
        entries = made.infolist()
    inside = [entry.filename for entry in entries if "/site/" in entry.filename]
    assert inside == sorted(inside)
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o100644}
    assert all(entry.flag_bits & 0x800 for entry in entries)

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")
    assert pack(project, tmp_path / "c.zip") == 0
    with zipfile.ZipFile(tmp_path / "c.zip") as made:
        assert {entry.date_time for entry in made.infolist()} == {(2025, 1, 1, 0, 0, 0)}


def test_what_is_not_of_the_site_is_left_out_and_said(
    project: Path, site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "notes.txt").write_text("mine", encoding="utf-8")
    (site / ".htaccess").write_text("mine", encoding="utf-8")

    assert pack(project, tmp_path / "a.zip") == 0
    assert "另有 1 个不是 jixiao 生成的文件，没有装进去：notes.txt" in capsys.readouterr().out
    with zipfile.ZipFile(tmp_path / "a.zip") as made:
        assert not [name for name in made.namelist() if "notes" in name or "/." in name]


def test_a_folder_that_is_no_site_of_ours_is_refused(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "index.html").write_text("x", encoding="utf-8")

    for folder in (other, tmp_path / "missing"):
        assert f"{folder} 不是 jixiao 生成的网站" in refused(project, tmp_path / "a.zip", capsys, str(folder))


@pytest.mark.parametrize("name", [STAGING, LOCK])
def test_a_site_that_is_being_written_or_half_written_is_refused(
    name: str, project: Path, site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / name).touch()

    assert "正在生成，或上一次生成被打断" in refused(project, tmp_path / "a.zip", capsys)


def test_a_damaged_list_of_files_is_refused(
    project: Path, site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / MANIFEST).write_text("{", encoding="utf-8")

    assert "损坏了，不知道哪些文件是网站的" in refused(project, tmp_path / "a.zip", capsys)


def test_a_missing_file_is_named(project: Path, site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "units.html").unlink()

    said = refused(project, tmp_path / "a.zip", capsys)
    assert "不完整，少了 1 个文件：\n  units.html" in said
    assert "jixiao build --full" in said


def test_a_file_that_somebody_changed_is_named(
    project: Path, site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = next((site / "records").rglob("*.html"))
    content = page.read_bytes()
    page.write_bytes(content.replace("预算".encode(), "决算".encode()))

    said = refused(project, tmp_path / "a.zip", capsys)
    assert f"1 个文件在生成之后被改过：\n  {page.relative_to(site).as_posix()}" in said


def test_a_link_to_elsewhere_is_not_followed(
    project: Path, site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    (site / "units.html").unlink()
    (site / "units.html").symlink_to(secret)

    assert "是链接或文件夹，不是网站的文件" in refused(project, tmp_path / "a.zip", capsys)


def test_of_a_copied_site_it_is_said_what_was_not_compared_and_its_data_are_compared(
    project: Path, site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(site, copy)

    assert pack(project, tmp_path / "a.zip", str(copy)) == 0
    assert "只核对了文件是否齐全和开放数据的 SHA-256，没有核对网页" in capsys.readouterr().out
    with (copy / "data/records.csv").open("ab") as file:
        file.write(b"x")
    assert "records.csv 与 datapackage.json 写的 SHA-256 不符" in refused(
        project, tmp_path / "b.zip", capsys, str(copy)
    )


def test_a_file_that_is_there_stays_unless_told(
    project: Path, site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "a.zip"
    target.write_bytes(b"mine")

    assert f"{target} 已经存在，没有改动" in refused(project, target, capsys)
    assert target.read_bytes() == b"mine"
    assert pack(project, target, "--force") == 0
    assert zipfile.is_zipfile(target)
    assert site.is_dir()


def test_a_place_where_it_cannot_stand_is_named(
    project: Path, site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "不以 .zip 结尾" in refused(project, tmp_path / "a.rar", capsys)
    assert "会混进网站" in refused(project, site / "a.zip", capsys)
    assert f"没有 {tmp_path / 'no'} 这个文件夹" in refused(project, tmp_path / "no/a.zip", capsys)


def test_an_internal_site_is_refused_unless_it_is_asked_for(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    internal = tmp_path / "internal"
    assert main(["build", "-q", "--internal", "-f", str(project / "mkdocs.yml"), "-d", str(internal)]) == 0

    assert "是内部版" in refused(project, tmp_path / "a.zip", capsys, str(internal))
    assert pack(project, tmp_path / "a.zip", str(internal), "--internal") == 0
    assert zipfile.is_zipfile(tmp_path / "a.zip")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("某区 2024 年绩效", "某区 2024 年绩效"),
        ("绩效/公开: 2024?", "绩效_公开_ 2024_"),
        ("CON", "_CON"),
        (" .. ", "网站"),
        ("../..", "_"),
        ("绩" * 100, "绩" * 60),
    ],
)
def test_the_folder_has_a_name_that_any_system_takes(title: str, name: str) -> None:
    assert folder_name(title) == name
