"""`jixiao verify` names every byte, file and figure that is not as it was released, without project or network."""

import hashlib
import json
import os
import shutil
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.build.file_trees import tree_at
from generator.build.sums import format_sums, parse_sums
from generator.cli import main
from tests.cli.released import (
    DAY,
    FORM,
    HAS_SSH,
    build,
    commit_and_build,
    flip,
    git,
    make_key,
    make_project,
    put,
    release,
    signers,
    signs_with,
    verify,
)

Say = Callable[..., str]

PEIXUN = "2024/shiyan/peixun"
PAGE, JSON, SOURCE = f"records/{PEIXUN}.html", f"api/v1/records/{PEIXUN}.json", f"records/{PEIXUN}.yaml"
KINDS = {
    "a record's page": PAGE,
    "the home page": "index.html",
    "a record's JSON": JSON,
    "the list of records": "api/v1/records.json",
    "a CSV": "data/indicators.csv",
    "the Data Package": "data/datapackage.json",
    "a style sheet": "assets/jixiao/jixiao.*.css",
    "a script": "assets/jixiao/jixiao.*.js",
    "data of a script": f"browse/records/{PEIXUN}.js",
    "an authored file": SOURCE,
    "a file beside a page": "附件.txt",
    "a picture": "assets/images/favicon.png",
}
CORRECTED = FORM.replace("99.00", "98.00") + (
    "更正: {项: 总分 › 得分, 原: 99.00, 新: 98.00, 原因: 抄错, 决定: 财务科, 日期: 2025-03-31}\n"
)
needs_ssh = pytest.mark.skipif(not HAS_SSH, reason="needs ssh-keygen")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a project whose second release is signed; in the first one a score was another one."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("verify")
        patch.setenv("SOURCE_DATE_EPOCH", DAY)
        patch.setenv("HOME", str(folder))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        made = make_project(folder / "project")
        assert release(made, "2025-03") == 0
        (made / f"content/records/{PEIXUN}.yaml").write_text(CORRECTED, encoding="utf-8")
        commit_and_build(made)
        if HAS_SSH:
            signs_with(made, make_key(folder / "keys", "caiwu"))
        assert release(made, "2025-06", *(["--sign"] if HAS_SSH else [])) == 0
        yield made


@pytest.fixture
def site(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the site as somebody has who has nothing else."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(project / "site", tmp_path / "拷来的 网站", copy_function=os.link))


@pytest.fixture
def say(site: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Give a function that verifies and returns what is said."""

    def run(*words: object, code: int = 1, place: Path = site) -> str:
        assert verify(place, *words) == code
        said = capsys.readouterr()
        return said.err if code == 2 else said.out

    return run


def faults(said: str) -> list[str]:
    """Return what is said to be wrong."""
    return [line.strip() for line in said.partition("\n不符 ")[2].splitlines()[1:]]


def digest_on_print(page: Path) -> str:
    return page.read_text(encoding="utf-8").partition("校验码 <code>")[2].partition("</code>")[0]


# --- a whole site -----------------------------------------------------------------------------------------------------


def test_a_site_that_was_left_alone(site: Path, say: Say) -> None:
    said = say(code=0)

    count = len([path for path in site.rglob("*") if path.is_file() and not path.name.startswith(".")])
    assert f"的 {count} 个文件" in said
    assert "发布 2025-06，2025-03-31，“最小的网站”，绩效表 2 份" in said
    assert said.endswith("每个文件都与清单一致，没有缺少，没有多出。\n")


@pytest.mark.parametrize("pattern", KINDS.values(), ids=KINDS)
def test_one_flipped_bit_in_a_file_of_any_kind_is_named(pattern: str, site: Path, say: Say) -> None:
    (place,) = site.glob(pattern)
    flip(place)

    assert faults(say()) == [f"{place.relative_to(site).as_posix()}：内容与清单不符"]


@pytest.mark.parametrize("path", ["release.json", "SHA256SUMS"])
def test_one_flipped_bit_in_what_the_release_wrote_is_noticed(path: str, site: Path, say: Say) -> None:
    flip(site / path)

    assert [line for line in faults(say()) if line.startswith("release.json：")]


def test_a_flipped_bit_anywhere_in_a_list_of_files_makes_another_list_of_it_or_none() -> None:
    content = format_sums(
        {path: hashlib.sha256(path.encode()).hexdigest() for path in ("a.html", "b/c.js", "附件.txt")}
    )
    digests = parse_sums(content).digests

    assert len(digests) == 3
    for place in range(len(content)):
        for bit in range(8):
            other = bytearray(content)
            other[place] ^= 1 << bit
            found = parse_sums(bytes(other))
            assert found.faults or found.digests != digests, (place, bit)


@pytest.mark.parametrize("part", [0.1, 0.35, 0.6, 0.85, 0.999])
def test_a_flipped_bit_anywhere_in_the_list_of_a_site_is_noticed(part: float, site: Path, say: Say) -> None:
    place = site / "SHA256SUMS"
    flip(place, int(place.stat().st_size * part))

    assert faults(say())


def test_everything_that_is_wrong_is_named_at_once(site: Path, say: Say) -> None:
    flip(site / "index.html")
    (site / PAGE).unlink()
    (site / "extra").mkdir()
    (site / "extra/evil.html").write_text("x", encoding="utf-8")
    (site / "records/2024/link.html").symlink_to("/etc/passwd")

    said = say()
    assert "不符 4 处" in said
    assert faults(said) == [
        "extra/evil.html：多出来的，不在清单里",
        "index.html：内容与清单不符",
        "records/2024/link.html：是链接",
        f"{PAGE}：缺少",
    ]


def test_hidden_files_and_those_of_hosts_are_named_but_are_no_fault(site: Path, say: Say) -> None:
    (site / ".nojekyll").touch()
    (site / "CNAME").write_text("example.invalid", encoding="utf-8")

    assert "另有 2 个不属于网站的文件（隐藏文件、服务器和系统用的），没有核对：.nojekyll、CNAME" in say(code=0)
    (site / ".htaccess").write_text("DirectoryIndex other.html", encoding="utf-8")
    assert say(code=0).endswith("清单里的每个文件都一致，没有缺少；清单以外有上面这 3 个没有核对的文件。\n")


def test_names_of_files_cannot_write_on_the_terminal(site: Path, say: Say) -> None:
    (site / "\x1b[2Jx.html").write_text("x", encoding="utf-8")

    assert "\x1b" not in say()


def test_lists_that_lead_out_of_the_site_are_not_followed(site: Path, say: Say, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x", encoding="utf-8")
    sums = site / "SHA256SUMS"
    put(sums, f"{'0' * 64}  ../secret\n".encode() + sums.read_bytes())

    assert "第 1 行读不懂" in say()


def test_a_record_in_the_release_that_prints_something_else_is_named_even_if_the_list_was_made_to_fit(
    site: Path, say: Say
) -> None:
    put(site / JSON, (site / JSON).read_bytes().replace(b'"98.00"', b'"99.00"'))
    fit_the_list(site)

    assert f"{JSON}：印出的内容与 release.json 写的校验码不符" in faults(say())
    assert "release.json：与 SHA256SUMS 不是同一次发布的" in faults(say())


def fit_the_list(site: Path) -> None:
    """Make the list of files true again, as somebody would who wants a change to go unnoticed."""
    sums = parse_sums((site / "SHA256SUMS").read_bytes()).digests
    made = {path: hashlib.sha256((site / path).read_bytes()).hexdigest() for path in sums}
    put(site / "SHA256SUMS", format_sums(made))


def test_beside_its_project_a_release_that_was_made_to_fit_is_told_from_the_one_that_is_kept(
    project: Path, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (site / "release.json").read_bytes()
    put(site / "release.json", text.replace(b"2025-03-31", b"2025-04-01"))
    fit_the_list(site)

    assert main(["verify", "-q", str(site), "-f", str(project / "mkdocs.yml")]) == 1
    assert "release.json：与项目里的 releases/2025-06.json 不同" in capsys.readouterr().out


@pytest.mark.parametrize("release_name", ["../../mkdocs", "/etc/passwd", "没有这一次"])
def test_a_release_cannot_make_files_of_the_project_be_read(
    release_name: str, project: Path, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = site / "release.json"
    put(manifest, manifest.read_bytes().replace(b"2025-06", release_name.encode()))

    assert main(["verify", "-q", str(site), "-f", str(project / "mkdocs.yml")]) == 1
    assert "与项目里的" not in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"format":2}', b"null"])
def test_a_release_that_is_none_is_a_fault_and_no_crash(content: bytes, site: Path, say: Say) -> None:
    put(site / "release.json", content)

    assert "release.json：" in say()


def test_a_site_that_was_not_released_and_a_place_without_a_site(site: Path, say: Say, tmp_path: Path) -> None:
    (site / "SHA256SUMS").unlink()
    assert "没有可以核对的清单" in say(code=2)
    assert "没有 " in say(code=2, place=tmp_path / "nothing")
    (tmp_path / "a.zip").write_bytes(b"PK")
    assert "不是完整的 ZIP 文件" in say(code=2, place=tmp_path / "a.zip")


# --- what was packed --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def packed(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("packed") / "网站.zip"
    assert main(["pack", "-q", "-f", str(project / "mkdocs.yml"), "-o", str(target)]) == 0
    return target


def test_a_pack_is_verified_as_it_is_and_unpacked_from_any_of_its_folders(
    packed: Path, say: Say, tmp_path: Path
) -> None:
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(tmp_path / "out")

    for place in (packed, tmp_path / "out", tmp_path / "out/最小的网站", tmp_path / "out/最小的网站/site"):
        assert "发布 2025-06" in say(code=0, place=place)
        assert "打印件与网站上的内容一致" in say("--hash", digest_of(packed), code=0, place=place)


def digest_of(packed: Path) -> str:
    with zipfile.ZipFile(packed) as archive:
        return str(json.loads(archive.read(f"最小的网站/site/{JSON}"))["content_sha256"])


@pytest.mark.parametrize("path", ["打开网站.html", "说明.txt", "SHA256SUMS.txt", "site/index.html", f"site/{JSON}"])
def test_a_flipped_bit_in_what_was_unpacked_is_named_once(path: str, packed: Path, say: Say, tmp_path: Path) -> None:
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(tmp_path / "out")
    flip(tmp_path / "out/最小的网站" / path)

    found = faults(say(place=tmp_path / "out"))
    assert found
    if path != "SHA256SUMS.txt":
        assert found == [f"最小的网站/{path}：内容与清单不符"]


@pytest.mark.parametrize("part", [0.2, 0.5, 0.8])
def test_a_flipped_bit_in_the_archive_itself_is_noticed(part: float, packed: Path, say: Say, tmp_path: Path) -> None:
    place = Path(shutil.copy(packed, tmp_path / "b.zip"))
    with zipfile.ZipFile(place) as archive:
        entries = sorted((one for one in archive.infolist() if one.file_size > 1000), key=lambda one: one.header_offset)
        entry = entries[int(len(entries) * part)]
    # Behind the head of the entry, amid what is compressed.
    flip(place, entry.header_offset + 30 + len(entry.filename.encode()) + entry.compress_size // 2)

    found = faults(say(place=place))
    assert [line for line in found if line.startswith(f"{entry.filename}：")]


def test_a_pack_of_a_site_that_was_not_released_is_held_against_its_own_list(
    tmp_path: Path, say: Say, project: Path
) -> None:
    shutil.copytree(
        project / "site", tmp_path / "unpacked/site", ignore=shutil.ignore_patterns("SHA256SUMS*", "release.json")
    )
    (tmp_path / "unpacked/打开网站.html").write_text("x", encoding="utf-8")
    files = {path.relative_to(tmp_path / "unpacked").as_posix(): path for path in (tmp_path / "unpacked").rglob("*") if path.is_file() and not path.name.startswith(".")}  # fmt: skip
    sums = {path: hashlib.sha256(place.read_bytes()).hexdigest() for path, place in files.items()}
    (tmp_path / "unpacked/SHA256SUMS.txt").write_bytes(format_sums(sums))

    assert "没有用 jixiao release 发布过" in say(code=0, place=tmp_path / "unpacked")
    flip(tmp_path / "unpacked/site/index.html")
    assert faults(say(place=tmp_path / "unpacked")) == ["site/index.html：内容与清单不符"]


def unpack(packed: Path, target: Path) -> Path:
    """Unpack a pack and return its folder."""
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(target)
    return target / "最小的网站"


def fit_the_list_of_the_pack(pack: Path) -> None:
    """Make a list of all files that nobody signed."""
    paths = (path for path in pack.rglob("*") if path.is_file() and path.name != "SHA256SUMS.txt")
    sums = {path.relative_to(pack).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    put(pack / "SHA256SUMS.txt", format_sums(sums))


def test_what_stands_around_a_signed_site_is_not_signed_though_a_list_may_have_it(
    packed: Path, say: Say, tmp_path: Path
) -> None:
    pack = unpack(packed, tmp_path / "out")
    (pack / "records").mkdir()
    (pack / "records/x.html").write_text("伪造", encoding="utf-8")
    put(pack / "打开网站.html", (pack / "打开网站.html").read_bytes().replace(b"site/index.html", b"records/x.html"))
    fit_the_list_of_the_pack(pack)

    assert faults(say(place=pack)) == [
        "records/x.html：多出来的，不是 jixiao pack 写的",
        "打开网站.html：与 jixiao pack 写的不同",
    ]
    assert "请写明网站的文件夹" in say("--record", PEIXUN, place=pack, code=2)

    (pack / "SHA256SUMS.txt").unlink()
    (pack / "打开网站.html").rename(pack / "index.html")
    assert "没有可以核对的清单" in say(place=pack, code=2)


@pytest.mark.parametrize(
    "name",
    [
        "./index.html",
        "index.html",
        "INDEX.HTML",
        "index.html.",
        ".a/../index.html",
        ".a//index.html",
        "/.index.html",
        "../.index.html",
        ".a\\..\\index.html",
        "C:/.index.html",
        ". /.index.html",
    ],
)
def test_an_entry_of_an_archive_that_may_be_unpacked_over_another_file_is_never_passed_over(
    name: str, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr("index.html", "")
        made.writestr("assets/", "")
        with warnings.catch_warnings(action="ignore"):
            made.writestr(name, "")

    assert name in tree_at(tmp_path / "a.zip").astray


def test_what_may_be_unpacked_elsewhere_is_a_fault_of_the_site_and_of_each_record(
    packed: Path, say: Say, tmp_path: Path
) -> None:
    place = Path(shutil.copy(packed, tmp_path / "b.zip"))
    link, named_twice = zipfile.ZipInfo("最小的网站/.link"), zipfile.ZipInfo("最小的网站/.twice")
    link.external_attr = 0o120777 << 16
    other = b"\1\0\0\0\0index.html"
    named_twice.extra = (0x7075).to_bytes(2, "little") + len(other).to_bytes(2, "little") + other
    with zipfile.ZipFile(place, "a") as made:
        made.writestr(link, "/")
        made.writestr(named_twice, "")
        made.writestr("最小的网站/.a/../site/index.html", "伪造")

    found = [
        "最小的网站/.a/../site/index.html：名称可能解到别的文件夹，或盖住别的文件",
        "最小的网站/.link：是链接",
        "最小的网站/.twice：有两个名称",
    ]
    assert faults(say(place=place)) == found
    assert faults(say("--record", PEIXUN, place=place)) == found


# --- who signed -------------------------------------------------------------------------------------------------------


@needs_ssh
def test_who_signed_is_said_where_it_can_be_told(site: Path, say: Say, project: Path, tmp_path: Path) -> None:
    known = signers(tmp_path, caiwu=project.parent / "keys/caiwu.pub")

    assert "签名与清单相符，但不知道是谁签的：ED25519 密钥，指纹 SHA256:" in say(code=0)
    assert "签名有效：caiwu@example.invalid（ED25519 密钥，指纹 SHA256:" in say("--signers", known, code=0)
    (tmp_path / ".gitconfig").write_text(f'[gpg "ssh"]\nallowedSignersFile = {known}\n', encoding="utf-8")
    assert "签名有效：caiwu@example.invalid" in say(code=0)
    assert site.is_dir()


@needs_ssh
def test_what_is_verified_has_no_say_in_who_may_have_signed_it(
    site: Path, say: Say, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    known = signers(project.parent, caiwu=project.parent / "keys/caiwu.pub")
    git(site, "init", "-q")
    git(site, "config", "gpg.ssh.allowedSignersFile", str(known))
    (site / "mkdocs.yml").write_text("site_name: x\nsite_dir: .\n", encoding="utf-8")
    monkeypatch.chdir(site)

    assert "但不知道是谁签的" in say()
    assert "但不知道是谁签的" in say("-f", site / "mkdocs.yml")

    git(project, "config", "gpg.ssh.allowedSignersFile", "../signers")
    (site / "mkdocs.yml").unlink()
    assert "签名有效：caiwu@example.invalid" in say("-f", project / "mkdocs.yml", code=0)
    assert verify("-f", project / "mkdocs.yml") == 0
    assert "签名有效：caiwu@example.invalid" in capsys.readouterr().out


@needs_ssh
def test_a_signature_of_somebody_else_counts_for_nothing_where_it_is_said_who_counts(say: Say, tmp_path: Path) -> None:
    others = signers(tmp_path, stranger=make_key(tmp_path, "stranger"))

    assert faults(say("--signers", others)) == [f"SHA256SUMS.sig：不是 {others} 里的人签的"]
    assert faults(say("--record", PEIXUN, "--signers", others)) == [f"SHA256SUMS.sig：不是 {others} 里的人签的"]


@needs_ssh
def test_a_list_that_was_made_to_fit_is_not_what_was_signed(site: Path, say: Say) -> None:
    flip(site / "index.html")
    fit_the_list(site)

    found = faults(say())
    assert "SHA256SUMS.sig：签名与清单不符" in found


@needs_ssh
def test_a_flipped_bit_in_the_signature_is_named(site: Path, say: Say) -> None:
    flip(site / "SHA256SUMS.sig")

    assert faults(say()) == ["SHA256SUMS.sig：签名与清单不符"]


def test_without_a_signature_it_is_said_that_nobody_can_be_told(site: Path, say: Say, tmp_path: Path) -> None:
    (site / "SHA256SUMS.sig").unlink(missing_ok=True)

    assert "没有签名：能看出文件有没有改动，看不出是谁发布的。" in say(code=0)
    (tmp_path / "signers").write_text("", encoding="utf-8")
    assert faults(say("--signers", tmp_path / "signers")) == ["没有签名"]


def test_a_second_signature_is_one_file_too_many(site: Path, say: Say) -> None:
    (site / "SHA256SUMS.sig").unlink(missing_ok=True)
    (site / "SHA256SUMS.sig").write_text("x", encoding="utf-8")
    (site / "SHA256SUMS.asc").write_text("x", encoding="utf-8")

    assert "SHA256SUMS.asc：多出来的，不在清单里" in faults(say())


# --- one record -------------------------------------------------------------------------------------------------------


def test_the_digest_on_a_print_is_that_of_the_record_however_it_is_typed(site: Path, say: Say) -> None:
    digest = digest_on_print(site / PAGE)
    assert len(digest) == 19

    for typed in (digest, digest.upper(), digest.replace(" ", ""), digest.replace(" ", "-"), digest[:14]):
        said = say("--record", PEIXUN, "--hash", typed, code=0)
        assert said.startswith(f"{PEIXUN}：示例项目（示例中心，2024年度）\n网站上这份表的校验码：{digest}\n")
        assert said.endswith("打印件与网站上的内容一致。\n")
        assert say("--hash", typed, code=0) == said


def test_another_digest_is_told_from_that_of_an_earlier_release(site: Path, say: Say) -> None:
    (was, now) = json.loads((site / "release.json").read_bytes())["records"][0]["published"]
    wrong = "0" * 16

    assert was["content_sha256"] != now["content_sha256"]
    earlier = say("--record", PEIXUN, "--hash", was["content_sha256"])
    assert "是 2025-03 发布的内容，后来改过" in earlier
    assert say("--hash", was["content_sha256"][:16]).startswith(f"{PEIXUN}：")
    assert "与网站上的内容不符，也不是以前发布过的内容" in say("--record", PEIXUN, "--hash", wrong)
    assert "网站上没有一份表的校验码是 0000 0000 0000 0000" in say("--hash", wrong)


@pytest.mark.parametrize("path", [PAGE, JSON, SOURCE, f"browse/records/{PEIXUN}.js", f"history/{PEIXUN}.html"])
def test_a_file_of_the_record_that_was_changed_is_named_with_it(path: str, site: Path, say: Say) -> None:
    digest = digest_on_print(site / PAGE)
    place = site / path
    put(place, place.read_bytes().replace(b"98.00", b"88.00"))

    assert f"{path}：内容与清单不符" in faults(say("--record", PEIXUN, "--hash", digest))


def test_a_figure_that_was_changed_in_the_data_gives_another_digest(site: Path, say: Say) -> None:
    digest = digest_on_print(site / PAGE)
    (site / "SHA256SUMS").unlink()
    assert "只核对了内容" in say("--record", PEIXUN, "--hash", digest, code=0)

    put(site / JSON, (site / JSON).read_bytes().replace(b'"98.00"', b'"88.00"'))
    found = faults(say("--record", PEIXUN, "--hash", digest))
    assert f"{JSON}：里面写的校验码与内容不符" in found
    assert any(line.startswith(f"打印件的校验码 {digest} ") for line in found)


@pytest.mark.parametrize("word", ["2024/shiyan/nobody", "../../x", "", PEIXUN + ".json"])
def test_a_record_that_is_not_there(word: str, say: Say) -> None:
    assert "没有" in say("--record", word, code=2)


@pytest.mark.parametrize("word", ["", "zz", "4d20 2e2a a6a", "x" * 16, "0" * 65])
def test_what_is_no_digest(word: str, say: Say) -> None:
    assert "不是校验码" in say("--hash", word, code=2)


def test_other_builds_of_the_same_content_print_the_same_digest(project: Path, site: Path) -> None:
    """Written in another order, with comments and Windows line ends, built anew."""
    digest = digest_on_print(site / PAGE)
    record = project / f"content/records/{PEIXUN}.yaml"
    kept = record.read_bytes()
    head, _, rest = kept.decode().partition("项目资金:")
    text = "# 说明\n项目资金:" + rest + "\n".join(reversed(head.strip().split("\n"))) + "\n"
    record.write_bytes(text.replace("\n", "\r\n").encode())
    build(project)

    assert digest_on_print(project / "site" / PAGE) == digest
    record.write_bytes(kept)
