"""`jixiao release` freezes a site that is proved to be what would be built of what is committed, and nothing else."""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.build.names import OF_RELEASE
from generator.build.releasing import refuse_name
from generator.cli import main
from generator.errors import JixiaoError
from generator.model.publications import WITHDRAWN, Publications, parse_publications
from tests.cli.released import (
    DAY,
    FORM,
    HAS_GPG,
    HAS_SSH,
    RECORD,
    build,
    commit_and_build,
    git,
    make_key,
    make_project,
    release,
    signs_with,
    verify,
)
from tests.site_tools import files_of

Refused = Callable[..., str]

PEIXUN = "content/records/2024/shiyan/peixun.yaml"


@pytest.fixture(autouse=True)
def _same_day(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    # Nothing of what the user has set up for git.
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", DAY)
        return make_project(tmp_path_factory.mktemp("release") / "项目 一")


@pytest.fixture
def project(committed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the project, and bring it back afterwards to what was first committed."""
    kept = tmp_path_factory.mktemp("kept")
    shutil.copytree(committed / ".git", kept / ".git")
    yield committed
    shutil.rmtree(committed / ".git", ignore_errors=True)
    shutil.copytree(kept / ".git", committed / ".git")
    git(committed, "reset", "-q", "--hard")
    git(committed, "clean", "-qfd")
    build(committed)
    for name in OF_RELEASE:
        (committed / "site" / name).unlink(missing_ok=True)


@pytest.fixture
def refused(project: Path, capsys: pytest.CaptureFixture[str]) -> Refused:
    """Give a function that releases in vain and returns what is said; nothing may have been written."""

    def run(*words: str) -> str:
        before, site = files_of(project / "releases"), files_of(project / "site")
        capsys.readouterr()
        assert release(project, *words) == 2
        assert (files_of(project / "releases"), files_of(project / "site")) == (before, site)
        return capsys.readouterr().err

    return run


def history(project: Path) -> Publications:
    """Return all that was ever published."""
    return parse_publications((project / "releases/published.txt").read_text(encoding="utf-8"))


def changes(project: Path) -> dict[str, list[str]]:
    """Return in which releases each record was not as before."""
    return {identifier: [one.release for one in found] for identifier, found in history(project).records.items()}


# --- what is written --------------------------------------------------------------------------------------------------


def test_a_release_names_every_record_and_every_file_with_its_digest(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {path for path in files_of(project / "site") if not path.startswith(".")}
    assert release(project, "2025-03") == 0
    said = capsys.readouterr().out
    site = files_of(project / "site")
    manifest = json.loads((project / "releases/2025-03.json").read_bytes())

    assert site["release.json"] == (project / "releases/2025-03.json").read_bytes()
    sums = {line[66:]: line[:64] for line in site["SHA256SUMS"].decode().splitlines()}
    assert sums.keys() == files | {"release.json"}
    assert all(hashlib.sha256(site[path]).hexdigest() == digest for path, digest in sums.items())
    assert (manifest["release"], manifest["date"], manifest["site"]["name"]) == ("2025-03", "2025-03-31", "最小的网站")
    assert manifest["commit"] == git(project, "rev-parse", "HEAD").strip()
    assert manifest["rules_fingerprint"] == json.loads(site["api/v1/rules.json"])["fingerprint"]
    assert manifest["files"]["count"] == len(files)
    assert [one["id"] for one in manifest["records"]] == ["2024/shiyan/peixun", RECORD]
    (first, _) = manifest["records"]
    assert first["source"] == {"path": "records/2024/shiyan/peixun.yaml", "sha256": hashlib.sha256(FORM.encode()).hexdigest()}  # fmt: skip
    assert first["content_sha256"] == json.loads(site[first["data"]])["content_sha256"]
    assert first["content_sha256"][:4] + " " in site[first["page"]].decode()
    assert f"绩效表 2 份（首次公开 2 份）；网站的 {len(files)} 个文件" in said
    assert hashlib.sha256(site["SHA256SUMS"]).hexdigest() in said


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum")
def test_the_list_of_files_is_what_sha256sum_accepts(project: Path) -> None:
    assert release(project, "2025-03") == 0

    subprocess.run(["sha256sum", "-c", "--quiet", "--strict", "SHA256SUMS"], cwd=project / "site", check=True)


def test_a_release_is_the_same_wherever_the_same_commit_is_built(project: Path, tmp_path: Path) -> None:
    git(project, "clone", "-q", str(project), str(tmp_path / "another"))
    build(tmp_path / "another")

    assert release(project, "2025-03") == release(tmp_path / "another", "2025-03") == 0
    assert files_of(project / "releases") == files_of(tmp_path / "another/releases")
    assert (project / "site/SHA256SUMS").read_bytes() == (tmp_path / "another/site/SHA256SUMS").read_bytes()


def test_the_list_of_publications_gains_only_what_changed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert release(project, "2025-03") == 0
    assert changes(project) == {"2024/shiyan/peixun": ["2025-03"], RECORD: ["2025-03"]}

    correction = "更正: {项: 总分 › 得分, 原: 99.00, 新: 98.00, 原因: 抄错, 决定: 财务科, 日期: 2025-03-31}\n"
    (project / PEIXUN).write_text(FORM.replace("99.00", "98.00") + correction, encoding="utf-8")
    (project / f"content/records/{RECORD}.yaml").unlink()
    (project / "content/records/2024/shiyan/xin.yaml").write_text(FORM.replace("示例项目", "新"), encoding="utf-8")
    commit_and_build(project)
    # The one might be the other under a new name.
    assert release(project, "2025-06") == 2
    assert f"{RECORD} 撤下，2024/shiyan/xin 首次公开" in capsys.readouterr().err
    assert release(project, "2025-06", "--withdraw", RECORD) == 0
    assert "首次公开 1 份，内容有变 1 份，有新的更正 1 份，撤下 1 份" in capsys.readouterr().out
    assert changes(project) == {
        "2024/shiyan/peixun": ["2025-03", "2025-06"],
        "2024/shiyan/xin": ["2025-06"],
        RECORD: ["2025-03", "2025-06"],
    }
    (was, now), (_, gone) = (history(project).records[one] for one in ("2024/shiyan/peixun", RECORD))
    assert was.content != now.content
    assert was.figures != now.figures
    assert gone.content == WITHDRAWN


# --- once more --------------------------------------------------------------------------------------------------------


def test_releasing_the_same_site_again_changes_nothing_and_puts_back_what_the_site_has_lost(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert release(project, "2025-03") == 0
    before, site = files_of(project / "releases"), files_of(project / "site")
    commit_and_build(project)
    (project / "site/SHA256SUMS").unlink()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(DAY) + 400_000))

    assert release(project, "2025-03") == 0
    assert "完全一致" in capsys.readouterr().out
    assert (files_of(project / "releases"), files_of(project / "site")) == (before, site)


def test_another_site_never_takes_the_place_of_a_release_unless_it_is_the_newest_and_forced(
    project: Path, refused: Refused
) -> None:
    assert release(project, "2025-03") == 0
    (project / PEIXUN).write_text(FORM.replace("举办了培训", "举办了四次培训"), encoding="utf-8")
    commit_and_build(project)
    assert "已经存在，网站与它不同" in refused("2025-03")

    assert release(project, "2025-03", "--force") == 0
    assert changes(project) == {"2024/shiyan/peixun": ["2025-03"], RECORD: ["2025-03"]}
    assert verify(project / "site") == 0
    (project / PEIXUN).write_text(FORM, encoding="utf-8")
    commit_and_build(project)
    assert release(project, "2025-06") == 0
    assert "之后又有过发布" in refused("2025-03", "--force")


def test_a_build_that_changes_nothing_leaves_the_release_and_the_first_change_takes_it_away(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert release(project, "2025-03") == 0
    released = files_of(project / "site")
    build(project)
    assert main(["build", "-q", "--full", "-f", str(project / "mkdocs.yml")]) == 0
    assert files_of(project / "site") == released

    (project / PEIXUN).write_text(FORM.replace("99.00", "98.00"), encoding="utf-8")
    build(project)
    assert not {"SHA256SUMS", "release.json"} & files_of(project / "site").keys()
    capsys.readouterr()
    assert verify(project / "site") == 2
    assert "没有 SHA256SUMS" in capsys.readouterr().err


def test_a_release_makes_no_build_look_at_every_file_but_the_first(project: Path) -> None:
    assert release(project, "2025-03") == 0
    site = files_of(project / "site")
    # What was published now is what the next figures are held against.
    build(project)
    assert files_of(project / "site") == site
    before = {path: path.stat().st_mtime_ns for path in (project / ".jixiao-cache").rglob("*") if path.is_file()}
    build(project)

    assert {path: path.stat().st_mtime_ns for path in before} == before


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["..", ".x", "a/b", "a b", "-x", "x.", "a..b", "x.lock", "con", "nul.1", "a:b", "", "x" * 65]
)
def test_a_name_that_cannot_be_a_file_and_a_tag_everywhere(name: str) -> None:
    with pytest.raises(JixiaoError, match="不能作发布的名称"):
        refuse_name(name)


@pytest.mark.parametrize("name", ["2025-03", "v1.0", "2025年第一批", "a", "A_b-c"])
def test_a_name_that_can(name: str) -> None:
    refuse_name(name)


def test_a_page_that_was_changed_after_the_build(project: Path, refused: Refused) -> None:
    page = project / "site/index.html"
    content, status = page.read_bytes(), page.stat()
    page.write_bytes(content + b" ")

    assert "在生成之后被改过" in refused("2025-03")
    page.write_bytes(content)
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))


def test_a_file_of_somebody_else_but_not_what_tells_a_host_what_to_do(project: Path, refused: Refused) -> None:
    (project / "site/notes.txt").write_text("x", encoding="utf-8")
    assert "notes.txt" in refused("2025-03")

    (project / "site/notes.txt").rename(project / "site/CNAME")
    (project / "site/.nojekyll").touch()
    build(project)
    assert release(project, "2025-03") == 0
    (project / "site/CNAME").unlink()
    (project / "site/.nojekyll").unlink()


def test_a_record_that_is_not_committed(project: Path, refused: Refused) -> None:
    (project / PEIXUN).write_text(FORM.replace("99.00", "98.00"), encoding="utf-8")
    (project / "content/records/2024/shiyan/新 表.yaml").write_text("x", encoding="utf-8")
    said = refused("2025-03")

    assert "有 2 个文件没有提交" in said
    assert PEIXUN in said
    assert "新 表.yaml" in said


def test_a_site_older_than_what_is_committed(project: Path, refused: Refused) -> None:
    (project / PEIXUN).write_text(FORM.replace("99.00", "98.00"), encoding="utf-8")
    git(project, "commit", "-qam", "改")

    assert "请先运行 jixiao build" in refused("2025-03")


def test_a_site_for_inside_use(project: Path, refused: Refused) -> None:
    assert main(["build", "-q", "--internal", "-f", str(project / "mkdocs.yml")]) == 0

    assert "内部版" in refused("2025-03")


def test_a_site_that_was_built_elsewhere(project: Path, refused: Refused) -> None:
    (project / ".jixiao-cache").rename(project / "elsewhere")
    said = refused("2025-03")
    (project / "elsewhere").rename(project / ".jixiao-cache")

    assert "不能证明网页没有改动" in said


def test_a_list_that_lost_a_record_or_a_release(project: Path, refused: Refused) -> None:
    assert release(project, "2025-03") == 0
    git(project, "add", "-A")
    git(project, "commit", "-qm", "发布")
    build(project)
    place = project / "releases/published.txt"
    whole = place.read_text(encoding="utf-8")

    place.write_text("".join(line for line in whole.splitlines(True) if RECORD not in line), encoding="utf-8")
    assert f"{RECORD} 与各次发布的 .json 不符" in refused("2025-06")
    place.unlink()
    assert "没有列出 releases/2025-03.json 这一次发布" in refused("2025-06")
    check = ["check", "-f", str(project / "mkdocs.yml")]
    assert main(check) == 2
    # With both gone, what a branch began from still tells.
    (project / "releases/2025-03.json").unlink()
    assert main([*check, "--new-since", "HEAD"]) == 2
    place.write_text(whole, encoding="utf-8")
    assert "没有 releases/2025-03.json" in refused("2025-06")


def test_a_list_of_publications_with_a_conflict(project: Path, refused: Refused) -> None:
    (project / "releases").mkdir()
    (project / "releases/published.txt").write_text("# x\n<<<<<<< HEAD\n", encoding="utf-8")

    assert "published.txt 第 2 行读不懂" in refused("2025-03")


def test_a_page_attachment_that_is_called_as_the_list_is(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "content/pages/SHA256SUMS").write_text("x", encoding="utf-8")

    assert main(["build", "-q", "-f", str(project / "mkdocs.yml")]) == 2
    assert "留给 jixiao release" in capsys.readouterr().err


def test_without_a_repository_the_release_names_no_commit(project: Path) -> None:
    shutil.rmtree(project / ".git")
    build(project)

    assert release(project, "首次公开") == 0
    assert json.loads((project / "releases/首次公开.json").read_bytes())["commit"] == ""


# --- signed and tagged ------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not HAS_SSH, reason="needs ssh-keygen")
def test_a_release_is_signed_with_the_key_of_git_and_a_signature_that_holds_is_kept(
    project: Path, tmp_path: Path
) -> None:
    signs_with(project, make_key(tmp_path, "caiwu"))
    assert release(project, "2025-03", "--sign") == 0
    signature = (project / "releases/2025-03.sig").read_bytes()
    assert (project / "site/SHA256SUMS.sig").read_bytes() == signature
    assert verify(project / "site") == 0

    (project / "site/SHA256SUMS.sig").unlink()
    assert release(project, "2025-03") == 0
    assert (project / "site/SHA256SUMS.sig").read_bytes() == signature


@pytest.mark.skipif(not HAS_SSH, reason="needs ssh-keygen")
def test_a_tag_stands_on_the_commit_that_has_the_release(
    project: Path, tmp_path: Path, refused: Refused, capsys: pytest.CaptureFixture[str]
) -> None:
    signs_with(project, make_key(tmp_path, "caiwu"))
    assert "先运行 jixiao release 2025-03" in refused("2025-03", "--tag")
    assert release(project, "2025-03", "--sign") == 0
    git(project, "add", "-A")
    git(project, "commit", "-qm", "发布 2025-03")

    assert release(project, "2025-03", "--tag") == 0
    assert "已打标签 2025-03" in capsys.readouterr().out
    tag = git(project, "cat-file", "tag", "2025-03")
    assert "BEGIN SSH SIGNATURE" in tag
    assert f"SHA256SUMS {hashlib.sha256((project / 'site/SHA256SUMS').read_bytes()).hexdigest()}" in tag
    assert git(project, "show", "2025-03:releases/2025-03.json")
    assert "已经有标签" in refused("2025-03", "--tag")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"gpg.format": "ssh"}, "没有设签名的密钥"),
        ({"gpg.format": "ssh", "user.signingkey": "/nowhere/key.pub"}, "没有签成"),
        ({"gpg.format": "ssh", "gpg.ssh.program": "no-such-program", "user.signingkey": "x"}, "找不到 no-such-program"),
        ({"gpg.format": "x509"}, "只能用 ssh 或 openpgp"),
    ],
)
def test_a_key_that_cannot_be_used(settings: dict[str, str], said: str, project: Path, refused: Refused) -> None:
    for name, value in settings.items():
        git(project, "config", name, value)

    assert said in refused("2025-03", "--sign")


@pytest.mark.skipif(not HAS_GPG, reason="needs gpg")
def test_openpgp_signs_and_verifies(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "g"
    home.mkdir(mode=0o700)
    monkeypatch.setenv("GNUPGHOME", str(home))
    key = ["gpg", "--batch", "--passphrase", "", "--quick-gen-key", "财政局 <a@example.invalid>", "ed25519", "sign"]
    made = subprocess.run(key, check=False, capture_output=True)
    if made.returncode:
        pytest.skip("gpg cannot make a key here")
    public = tmp_path / "public.asc"
    public.write_bytes(subprocess.run(["gpg", "--armor", "--export"], check=True, capture_output=True).stdout)
    git(project, "config", "user.signingkey", "a@example.invalid")

    assert release(project, "2025-03", "--sign") == 0
    subprocess.run(["gpgconf", "--kill", "all"], check=False, capture_output=True)
    monkeypatch.setenv("GNUPGHOME", str(tmp_path / "nobody"))
    (tmp_path / "nobody").mkdir(mode=0o700)
    capsys.readouterr()
    assert verify(project / "site") == 0
    assert "没有核对：没有" in capsys.readouterr().out
    assert verify(project / "site", "--signers", public) == 0
    assert "签名有效：财政局 <a@example.invalid>" in capsys.readouterr().out
