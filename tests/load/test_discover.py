"""Which files are records, and every way a file can be in the wrong place or badly named."""

import os
from pathlib import Path

import pytest

from generator.load.discover import Discovery, discover


@pytest.fixture
def records(tmp_path: Path) -> Path:
    folder = tmp_path / "content" / "records"
    (folder / "2024" / "xinzhuang").mkdir(parents=True)
    return folder


def write(records: Path, *names: str) -> None:
    for name in names:
        (records / name).parent.mkdir(parents=True, exist_ok=True)
        (records / name).write_text("项目名称: 示例\n", encoding="utf-8")


def run(records: Path) -> Discovery:
    return discover(records, records.parent.parent)


def codes(discovery: Discovery) -> list[str]:
    return [finding.code for finding in discovery.findings]


def ids(discovery: Discovery) -> list[str]:
    return [file.id for file in discovery.files]


def case_matters(folder: Path) -> bool:
    """Tell whether this disk keeps A and a apart."""
    (folder / "probe").write_text("", encoding="utf-8")
    kept_apart = not (folder / "PROBE").exists()
    (folder / "probe").unlink()
    return kept_apart


def test_the_path_of_a_record_is_its_id(records: Path) -> None:
    write(records, "2024/xinzhuang/liangxin.yaml", "2023/xinzhuang/b_2.yml", "2024/a.b-c/prosa.md")
    discovery = run(records)

    assert discovery.findings == ()
    assert ids(discovery) == ["2023/xinzhuang/b_2", "2024/a.b-c/prosa", "2024/xinzhuang/liangxin"]
    assert discovery.files[2].path == "content/records/2024/xinzhuang/liangxin.yaml"
    assert discovery.files[2].location == records / "2024" / "xinzhuang" / "liangxin.yaml"
    assert [file.is_markdown for file in discovery.files] == [False, True, False]


def test_a_missing_records_folder_is_reported(tmp_path: Path) -> None:
    discovery = discover(tmp_path / "content" / "records", tmp_path)

    assert codes(discovery) == ["SRC001"]
    assert str(discovery.findings[0].origin) == "content/records:1:1"


@pytest.mark.skipif(os.name == "nt" or (hasattr(os, "geteuid") and os.geteuid() == 0), reason="root reads everything")
def test_a_folder_that_cannot_be_opened_hides_no_other(records: Path) -> None:
    write(records, "2024/closed/a.yaml", "2024/xinzhuang/b.yaml")
    (records / "2024" / "closed").chmod(0)
    discovery = run(records)
    (records / "2024" / "closed").chmod(0o755)

    assert codes(discovery) == ["SRC002"]
    assert ids(discovery) == ["2024/xinzhuang/b"]


def test_a_folder_the_system_refuses_hides_no_other(records: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(records, "2024/closed/a.yaml", "2024/xinzhuang/b.yaml")
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr("generator.load.discover.os.scandir", refuse)
    discovery = run(records)

    assert codes(discovery) == ["SRC002"]
    assert ids(discovery) == ["2024/xinzhuang/b"]


@pytest.mark.parametrize("name", ["README.md", "2024/a.yaml", "2024/xinzhuang/deeper/a.yaml"])
def test_a_record_at_another_depth_is_reported(records: Path, name: str) -> None:
    write(records, name)
    discovery = run(records)

    assert codes(discovery) == ["SRC003"]
    assert discovery.findings[0].origin.path == f"content/records/{name}"
    assert discovery.files == ()


def test_a_year_folder_has_four_digits(records: Path) -> None:
    write(records, "2024年/xinzhuang/a.yaml", "24/xinzhuang/b.yaml")
    discovery = run(records)

    assert codes(discovery) == ["SRC004", "SRC004"]
    assert discovery.files == ()


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("党群服务.yaml", "拼音"),
        ("Liang Xin.yaml", "liang-xin.yaml"),
        ("a.YAML", "a.yaml"),
        ("-a.yaml", "a.yaml"),
        ("a..yaml", "a.yaml"),
        ("con.yaml", "con-1.yaml"),
        ("a&b.md", "a-b.md"),
    ],
)
def test_a_name_unfit_for_an_address_comes_with_a_better_one(records: Path, name: str, hint: str) -> None:
    write(records, f"2024/xinzhuang/{name}", "2024/xinzhuang/sound.yaml")
    discovery = run(records)

    assert codes(discovery) == ["SRC005"]
    assert hint in discovery.findings[0].hint
    assert ids(discovery) == ["2024/xinzhuang/sound"]


def test_records_below_an_unfit_folder_can_still_be_checked(records: Path) -> None:
    write(records, "2024/莘庄/a.yaml", "2024/莘庄/b.yaml")
    discovery = run(records)

    assert codes(discovery) == ["SRC005"]
    assert discovery.findings[0].origin.path == "content/records/2024/莘庄"
    assert discovery.files == ()
    assert [file.id for file in discovery.set_aside] == ["2024/莘庄/a", "2024/莘庄/b"]


@pytest.mark.parametrize("name", ["a.yaml.txt", "a.md.bak"])
def test_a_suffix_windows_hides_is_named(records: Path, name: str) -> None:
    write(records, f"2024/xinzhuang/{name}")
    discovery = run(records)

    assert codes(discovery) == ["SRC006"]
    assert f"改名为 {name.rpartition('.')[0]}" in discovery.findings[0].hint


@pytest.mark.parametrize(
    ("name", "hint"), [("自评表.xlsx", "jixiao new"), ("a.docx", "jixiao new"), ("a.json", "移到")]
)
def test_a_file_that_is_no_record_is_reported(records: Path, name: str, hint: str) -> None:
    write(records, f"2024/xinzhuang/{name}")
    discovery = run(records)

    assert codes(discovery) == ["SRC011"]
    assert hint in discovery.findings[0].hint


def test_what_systems_and_editors_leave_behind_is_ignored(records: Path) -> None:
    names = ".DS_Store", ".a.yaml.swp", "Thumbs.db", "desktop.ini", "~$a.docx", "a.yaml~", "~WRL0001.tmp", ".git/x.yaml"
    write(records, *(f"2024/xinzhuang/{name}" for name in names))

    assert run(records) == Discovery((), ())


@pytest.mark.parametrize("other", ["a.md", "a.yml"])
def test_two_records_with_one_address_are_both_held_back(records: Path, other: str) -> None:
    write(records, "2024/xinzhuang/a.yaml", f"2024/xinzhuang/{other}", "2024/xinzhuang/b.yaml")
    discovery = run(records)

    assert codes(discovery) == ["SRC007"]
    assert "a.yaml" in discovery.findings[0].message
    assert other in discovery.findings[0].message
    assert ids(discovery) == ["2024/xinzhuang/b"]
    assert len(discovery.set_aside) == 2


def test_names_that_differ_only_in_case_are_reported(records: Path) -> None:
    if not case_matters(records):
        pytest.skip("this disk cannot hold both")
    write(records, "2024/xinzhuang/a.yaml", "2024/xinzhuang/A.yaml", "2024/XinZhuang/b.yaml")
    discovery = run(records)

    assert [(finding.code, finding.found) for finding in discovery.findings if finding.code == "SRC008"] == [
        ("SRC008", "XinZhuang"),
        ("SRC008", "A.yaml"),
    ]
    assert ids(discovery) == ["2024/xinzhuang/a"]


def link(place: Path, target: Path) -> None:
    try:
        place.symlink_to(target, target_is_directory=target.is_dir())
    except OSError:
        pytest.skip("this system allows no symbolic links")


def test_a_link_to_a_file_outside_content_is_not_followed(records: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("密码: 1\n", encoding="utf-8")
    link(records / "2024" / "xinzhuang" / "a.yaml", tmp_path / "secret.yaml")
    discovery = run(records)

    assert codes(discovery) == ["SRC009"]
    assert discovery.files == discovery.set_aside == ()


def test_a_link_to_a_folder_outside_content_is_not_followed(records: Path, tmp_path: Path) -> None:
    write(tmp_path, "elsewhere/a.yaml")
    link(records / "2024" / "unit", tmp_path / "elsewhere")
    discovery = run(records)

    assert codes(discovery) == ["SRC009"]
    assert discovery.files == ()


def test_a_folder_beside_content_with_a_like_name_is_outside(records: Path, tmp_path: Path) -> None:
    write(tmp_path, "content-private/a.yaml")
    link(records / "2024" / "unit", tmp_path / "content-private")

    assert codes(run(records)) == ["SRC009"]


def test_a_records_folder_that_is_itself_a_link_outwards_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, "elsewhere/2024/unit/a.yaml")
    (tmp_path / "content").mkdir()
    link(tmp_path / "content" / "records", tmp_path / "elsewhere")
    discovery = discover(tmp_path / "content" / "records", tmp_path)

    assert codes(discovery) == ["SRC009"]
    assert discovery.files == ()


def test_a_link_within_content_is_a_record(records: Path) -> None:
    write(records, "2023/xinzhuang/a.yaml")
    link(records / "2024" / "xinzhuang" / "a.yaml", records / "2023" / "xinzhuang" / "a.yaml")

    assert ids(run(records)) == ["2023/xinzhuang/a", "2024/xinzhuang/a"]


def test_links_that_loop_or_lead_nowhere_are_reported(records: Path) -> None:
    unit = records / "2024" / "xinzhuang"
    link(unit / "up", records / "2024")
    link(unit / "gone.yaml", unit / "nothing.yaml")
    link(unit / "self.yaml", unit / "self.yaml")

    assert codes(run(records)) == ["SRC010", "SRC010", "SRC010"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_is_reported_and_not_opened(records: Path) -> None:
    os.mkfifo(records / "2024" / "xinzhuang" / "a.yaml")

    assert codes(run(records)) == ["SRC012"]


def test_one_faulty_name_hides_no_other(records: Path) -> None:
    write(records, "README.md", "2024/xinzhuang/党.yaml", "2024/xinzhuang/a.yaml.txt", "2024/xinzhuang/a.yaml")
    discovery = run(records)

    assert sorted(codes(discovery)) == ["SRC003", "SRC005", "SRC006"]
    assert ids(discovery) == ["2024/xinzhuang/a"]


def test_a_name_that_is_no_utf_8_can_be_printed(records: Path) -> None:
    name = os.fsdecode(b"2024/xinzhuang/\xbc\xc6.yaml")
    try:
        write(records, name)
    except (OSError, UnicodeError):
        pytest.skip("this system allows no such names")
    discovery = run(records)

    assert codes(discovery) == ["SRC005"]
    assert str(discovery).encode("utf-8")
