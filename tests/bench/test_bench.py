"""The benchmark measures everything it says, compares like with like, and writes down what it found."""

import json
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.bench.contestant import Step, corrected
from tests.bench.corpus import PER_YEAR, make_record
from tests.bench.measure import CommandFailedError, Usage, run_measured
from tests.bench.peers import Hugo, Zola
from tests.bench.report import STEP_TITLES, Circumstances, exponent, format_report, make_document, median, write_results
from tests.bench.run import main
from tests.bench.sheets import Sheet, make_sheet

# Memory and files of child processes are looked up as Linux tells them.
pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the benchmark measures on Linux"),
    # Seven builds, the first of which waits for the disk.
    pytest.mark.timeout(300),
]

KINDS = {"department": 0, "evaluation": 1, "declaration": PER_YEAR - 1}
CIRCUMSTANCES = Circumstances("2025-01-02", "make bench", 1, {}, {}, ())
USAGE = Usage(wall=2.0, cpu=1.0, peak=10, files=3, bytes=100, load=0.0)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench")
    document = folder / "speed.md"
    document.write_text(
        "前\n<!-- results: written by make bench -->\n旧\n<!-- end of results -->\n后\n", encoding="utf-8"
    )
    options = {"--sizes": "60", "--rounds": "1", "--peers": "", "--folder": folder, "--document": document}
    words = [str(word) for option in options.items() for word in option]

    assert main([*words, "--date", "2025-01-02", "--command", "make bench SIZES=60"]) == 0
    return folder


def written(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    return document


def test_every_step_of_ours_is_measured(results: Path) -> None:
    steps = written(results)["measurements"]["60"]["jixiao"]

    assert list(steps) == [str(step) for step in Step]
    for found in steps.values():
        assert len(found["rounds"]) == 1
        assert found["median"]["wall"] > 0
        assert found["median"]["cpu"] > 0
        assert found["median"]["peak"] > 1_000_000


def test_what_a_step_writes_is_counted(results: Path) -> None:
    files = {step: found["median"]["files"] for step, found in written(results)["measurements"]["60"]["jixiao"].items()}

    assert files["cold"] > 200
    assert files["unchanged"] < files["record"] < files["cold"]


def test_only_steps_that_are_asked_for_are_measured_and_those_they_build_on(tmp_path: Path) -> None:
    assert main(["--sizes", "60", "--rounds", "1", "--peers", "", "--steps", "recheck", "--folder", str(tmp_path)]) == 0

    assert [*written(tmp_path)["measurements"]["60"]["jixiao"]] == ["check", "recheck"]


@pytest.mark.parametrize(("steps", "told"), [("cold,edit", "unknown: edit; known: cold,"), (",", "none named; known:")])
def test_steps_that_cannot_be_measured_are_refused(steps: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--steps", steps])

    assert told in capsys.readouterr().err


def test_results_tell_where_and_how_they_were_measured(results: Path) -> None:
    document = written(results)

    assert document["date"] == "2025-01-02"
    assert document["command"] == "make bench SIZES=60"
    assert {*document["machine"]} == {"processors", "memory", "system", "python"}
    assert "jixiao" in document["versions"]
    assert document["absent"] == []


def test_the_document_gets_a_row_for_every_step_and_keeps_the_rest(results: Path) -> None:
    text = (results / "speed.md").read_text(encoding="utf-8")

    assert text.startswith("前\n")
    assert text.endswith("\n后\n")
    assert "旧" not in text
    rows = [line.split(" | ")[0].removeprefix("| ") for line in text.splitlines() if " | jixiao | " in line]
    assert rows == [STEP_TITLES[step] for step in Step]


def test_a_document_without_a_place_for_results_is_left_alone(tmp_path: Path) -> None:
    document = tmp_path / "speed.md"
    document.write_text("# 速度\n", encoding="utf-8")

    with pytest.raises(ValueError, match="no place for results"):
        write_results(document, "新")
    assert document.read_text(encoding="utf-8") == "# 速度\n"


def test_ratios_and_exponents_stand_beside_those_of_others() -> None:
    ours, theirs = replace(USAGE, wall=3.0, cpu=4.0), replace(USAGE, wall=2.0, cpu=2.0)
    rounds = {
        count: {
            "jixiao": {Step.COLD: [scaled(ours, times)], Step.PAGES: [scaled(theirs, times)]},
            "hugo": {Step.COLD: [scaled(theirs, times)]},
        }
        for count, times in ((1000, 1), (10000, 100))
    }

    lines = format_report(CIRCUMSTANCES, rounds).splitlines()

    assert [line for line in lines if line.startswith("| 从头生成 | jixiao") and line.endswith("| 1.50，2.00 |")]
    assert [line for line in lines if line.startswith("| 只生成页面") and line.endswith("| 1.00，1.00 |")]
    assert "| 从头生成 | 2.00 | 2.00 |" in lines
    assert make_document(CIRCUMSTANCES, rounds)["cpu_exponents"]["hugo"] == {"cold": pytest.approx(2.0)}


def test_seconds_that_grow_as_the_records_do_have_the_exponent_one() -> None:
    assert exponent([(100, 1.0), (1000, 10.0), (10000, 100.0)]) == pytest.approx(1)
    assert exponent([(1000, 10.0)]) is None


def test_the_median_is_taken_of_each_figure_by_itself() -> None:
    found = median([replace(USAGE, wall=wall, cpu=cpu) for wall, cpu in ((1.0, 9.0), (2.0, 7.0), (3.0, 8.0))])

    assert (found.wall, found.cpu) == (2.0, 8.0)


def test_time_memory_and_files_of_child_processes_count(tmp_path: Path) -> None:
    child = "import time; block = bytearray(60_000_000); [x * x for x in range(3_000_000)]; time.sleep(1.5)"
    parent = (
        "import pathlib, subprocess, sys; pathlib.Path('out/new').write_text('12345'); "
        f"subprocess.run([sys.executable, '-c', {child!r}], check=True)"
    )
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "old").write_text("1", encoding="utf-8")

    usage = run_measured(
        [sys.executable, "-c", parent], folder=tmp_path, outputs=[tmp_path / "out"], log=tmp_path / "log"
    )

    assert usage.cpu > 0.05
    assert usage.peak > 60_000_000
    assert (usage.files, usage.bytes) == (1, 5)


def test_a_command_that_fails_is_no_measurement(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "raise SystemExit(3)"]

    with pytest.raises(CommandFailedError, match="exit code 3"):
        run_measured(command, folder=tmp_path, outputs=[], log=tmp_path / "log")
    run_measured(command, folder=tmp_path, outputs=[], log=tmp_path / "log", accepted=(0, 3))


@pytest.mark.parametrize("number", KINDS.values(), ids=KINDS.keys())
def test_every_scalar_of_a_record_reaches_the_sheet(number: int) -> None:
    record = yaml.load(make_record(number), Loader=yaml.CBaseLoader)  # noqa: S506 - makes strings and nothing else
    printed = "\n".join(leaves(asdict(make_sheet(number))))

    assert [text for text in leaves(record) if text not in printed] == []


@pytest.mark.parametrize("number", KINDS.values(), ids=KINDS.keys())
def test_a_page_that_lacks_one_figure_is_found_out(number: int) -> None:
    sheet = make_sheet(number)
    page = page_of(sheet)
    target = sheet.indicators[-1]["groups"][-1]["rows"][-1]["target"]

    assert sheet.missing_in(page) == []
    before, _, after = page.rpartition(f"<td>{target}</td>")
    assert len(sheet.missing_in(before + after)) == 1


def test_others_get_the_record_whole(tmp_path: Path) -> None:
    for number in KINDS.values():
        sheet = make_sheet(number)
        _, hugo = Hugo(tmp_path, 60, ()).record_file(number)
        _, zola = Zola(tmp_path, 60, ()).record_file(number)

        assert asdict(sheet).items() <= yaml.safe_load(hugo.strip("-\n")).items()
        assert tomllib.loads(zola.strip("+\n"))["extra"] == asdict(sheet)


def test_the_edit_of_a_record_changes_one_figure_to_one_that_stands_nowhere_else() -> None:
    text = make_record(23)

    edited, result = corrected(text, 1)

    changed = [line for line in edited.splitlines() if line not in text.splitlines()]
    assert len(changed) == 1
    assert changed[0].strip().startswith(f"实际完成值: {result}")
    assert result not in text


def scaled(usage: Usage, times: int) -> Usage:
    return replace(usage, wall=usage.wall * times, cpu=usage.cpu * times)


def leaves(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        value = [*value.values()]
    if isinstance(value, list):
        for item in value:
            yield from leaves(item)
    else:
        yield str(value)


def page_of(sheet: Sheet) -> str:
    """Return the least page that shows all of a record."""
    rows = [[line["label"], *line["cells"]] for line in sheet.funding]
    for level in sheet.indicators:
        for group in level["groups"]:
            rows += [[level["name"], group["name"], *row.values()] for row in group["rows"]]
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in rows)
    prose = "".join(f"<ol>{block['text']}</ol>" for block in sheet.prose)
    return f"<p>{' '.join((*sheet.head.values(), *sheet.total.values()))}</p>{table}{prose}"
