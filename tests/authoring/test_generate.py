"""Generated files are committed, and one command keeps them up to date."""

import argparse
import re
import shutil
from pathlib import Path

import pytest

from generator.authoring.reference import FAULT_SECTIONS, format_commands, format_reading_faults, format_vocabulary
from generator.check.corrections import CORRECTION_FAULTS
from generator.check.packs.pack_faults import PACK_FAULTS
from generator.check.waivers import JUDGEMENT_FAULTS
from generator.dev.generate import ROOT, format_generated, main
from generator.load.faults import FAULTS
from generator.load.record_faults import RECORD_FAULTS
from generator.vocabulary import TERMS


@pytest.mark.parametrize("name", format_generated(ROOT))
def test_a_generated_file_is_up_to_date(name: str) -> None:
    committed = (ROOT / name).read_text(encoding="utf-8") if (ROOT / name).is_file() else ""
    assert committed == format_generated(ROOT)[name], "run: make generate"


def test_check_names_what_is_out_of_date_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    assert main(["--check"], root=tmp_path) == 1
    said = capsys.readouterr()
    assert "out of date: docs/vocabulary.md" in said.out
    assert "make generate" in said.err
    assert not (tmp_path / "docs").exists()
    assert main([], root=tmp_path) == 0
    assert main(["--check"], root=tmp_path) == 0


def test_the_vocabulary_page_has_every_word() -> None:
    page = format_vocabulary()
    for terms in TERMS.values():
        for term in terms:
            assert f"| {term.label} | {'、'.join(term.synonyms)} |" in page


def test_the_faults_page_has_every_fault_once() -> None:
    codes = re.findall(r"^\| `([A-Z]{3}[0-9]{3})` \|", format_reading_faults(), re.MULTILINE)
    assert codes == [code for section in FAULT_SECTIONS for code in sorted(section.faults)]
    assert {*FAULTS, *RECORD_FAULTS, *JUDGEMENT_FAULTS, *CORRECTION_FAULTS, *PACK_FAULTS} == set(codes)
    assert len(set(codes)) == len(codes)


def test_the_command_page_shows_what_may_be_typed() -> None:
    parser = argparse.ArgumentParser(prog="tool", description="做事。")
    command = parser.add_subparsers().add_parser("act", help="动手", description="动手")
    command.add_argument("-n", "--number", metavar="数", required=True, help="第几个，共 100%%")
    command.add_argument("--kind", choices=["a", "b"], help="哪一种")
    command.add_argument("--dry", action="store_true", help="只看")
    command.add_argument("place", nargs="?", metavar="地方", help="哪里 | 何处")
    page = format_commands(parser)
    assert "## tool act\n\n动手。\n\n```text\ntool act [地方] --number 数 [--kind {a,b}] [--dry]\n```" in page
    assert "| `地方` | 哪里 \\| 何处 |\n| `-n, --number 数` | 第几个，共 100% |" in page
