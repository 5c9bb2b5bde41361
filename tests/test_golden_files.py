"""How golden files behave, each case as a small test run of its own."""

from pathlib import Path

import pytest

from tests.golden_files import Golden, unused_golden_files

SAMPLE = """
    import pytest

    def test_page(golden):
        golden("page.html", "<p>绩效</p>\\n")

    def test_other():
        pass
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "golden"
    folder.mkdir()
    (folder / "page.html").write_bytes("<p>绩效</p>\n".encode())
    return folder


@pytest.fixture
def golden_file(folder: Path, tmp_path: Path) -> Golden:
    return Golden(folder=folder, actual_folder=tmp_path / "actual")


def test_the_same_content_passes_as_text_and_as_bytes(golden_file: Golden) -> None:
    golden_file("page.html", "<p>绩效</p>\n")
    golden_file("page.html", "<p>绩效</p>\n".encode())


def test_other_content_fails_with_a_diff_and_is_kept_to_look_at(golden_file: Golden) -> None:
    with pytest.raises(AssertionError) as failure:
        golden_file("page.html", "<p>自评</p>\n")
    assert "-<p>绩效</p>\n+<p>自评</p>" in str(failure.value)
    assert "make golden" in str(failure.value)
    assert (golden_file.actual_folder / "page.html").read_text(encoding="utf-8") == "<p>自评</p>\n"


@pytest.mark.parametrize(
    ("actual", "shown"),
    [("<p>绩效</p>\r\n", "+<p>绩效</p>␍"), ("<p>绩效</p>", "no newline at the end"), (b"\xff", "not text")],
)
def test_a_difference_that_cannot_be_seen_is_made_visible(golden_file: Golden, actual: str | bytes, shown: str) -> None:
    with pytest.raises(AssertionError, match=r"page\.html differs") as failure:
        golden_file("page.html", actual)
    assert shown in str(failure.value)


def test_a_missing_golden_file_fails(golden_file: Golden) -> None:
    with pytest.raises(AssertionError, match="no golden file"):
        golden_file("new.html", "")


def test_updating_writes_the_file_into_its_folder(folder: Path, tmp_path: Path) -> None:
    Golden(folder=folder, actual_folder=tmp_path / "actual", update=True)("2024/page.html", "new")
    assert (folder / "2024" / "page.html").read_bytes() == b"new"


def test_a_file_nobody_asked_for_is_unused(golden_file: Golden, folder: Path) -> None:
    (folder / "old.html").write_text("", encoding="utf-8")
    golden_file("page.html", "<p>绩效</p>\n")
    assert unused_golden_files(folder, golden_file.used) == [folder / "old.html"]


@pytest.fixture
def sample_run(pytester: pytest.Pytester, folder: Path) -> pytest.Pytester:
    """A project with one test that uses page.html and a file old.html that none uses."""
    (folder / "old.html").write_text("", encoding="utf-8")
    root = Path(__file__).parents[1]
    pytester.makeconftest(f"""
        from pathlib import Path
        from tests.conftest import GoldenUse, golden, pytest_addoption, pytest_configure
        GoldenUse.folder = Path({str(folder)!r})
    """)
    pytester.makeini(f"[pytest]\ntestpaths = suite\npythonpath = {root.as_posix()}\n")
    pytester.mkdir("suite").joinpath("test_sample.py").write_text(
        "\n".join(line[4:] for line in SAMPLE.splitlines()), encoding="utf-8"
    )
    return pytester


@pytest.mark.parametrize("workers", [[], ["--numprocesses=2"]])
def test_an_unused_file_fails_a_whole_run(sample_run: pytest.Pytester, workers: list[str]) -> None:
    run = sample_run.runpytest_subprocess(*workers)
    run.assert_outcomes(passed=2)
    assert run.ret == pytest.ExitCode.TESTS_FAILED
    run.stdout.fnmatch_lines(["*golden files that no test uses*", "*old.html"])
    run.stdout.no_fnmatch_line("*page.html")


@pytest.mark.parametrize("part", [["-k", "page"], ["--numprocesses=2", "-k", "page"], ["suite"]])
def test_part_of_a_run_says_nothing_of_unused_files(sample_run: pytest.Pytester, part: list[str]) -> None:
    run = sample_run.runpytest_subprocess(*part)
    assert run.ret == pytest.ExitCode.OK
    run.stdout.no_fnmatch_line("*old.html")


def test_updating_in_a_whole_run_removes_unused_files(sample_run: pytest.Pytester, folder: Path) -> None:
    assert sample_run.runpytest_subprocess("--update-golden").ret == pytest.ExitCode.OK
    assert [path.name for path in folder.iterdir()] == ["page.html"]
