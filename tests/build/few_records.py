"""A project of a few records in three units, built by several processes though one alone would be done sooner."""

import sys
from pathlib import Path

import pytest

from generator.build import peer_building, readers, workers
from tests.bench.corpus import address, write_corpus

NUMBERS = (0, 1, 5, 17, 21, 45, 60, 61, 80, 87, 97, 120, 121, 122)
"""Of the records, as the corpus counts them: three units, three years, every kind of form."""
ALONE = len(NUMBERS) - 1
"""Stands for `readers.FEW`, so that these are more records than one process works off alone."""
LOT = 1 << 14
"""Stands for `peer_building.LOT`, so that what these say side by side is several jobs."""

STARTING = b"starting\n"
"""What the command below prints once all that a build imports is there, and before the build begins."""

_COMMAND = f"""
import sys
from generator.build import peer_building, pipeline, readers, workers
from generator.cli import main
readers.FEW, workers.FEW_ANSWERS, peer_building.LOT = {ALONE}, 0, {LOT}
print("{STARTING.decode().strip()}", flush=True)
sys.exit(main(sys.argv[1:]))
"""


def take_them_for_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have them worked off by several processes, where there are to be any."""
    monkeypatch.setattr(readers, "FEW", ALONE)
    monkeypatch.setattr(workers, "FEW_ANSWERS", 0)
    monkeypatch.setattr(peer_building, "LOT", LOT)


def write_few_records(project: Path) -> None:
    """Write the project."""
    write_corpus(project, max(NUMBERS) + 1, only=NUMBERS)


def path_of(project: Path, number: int) -> Path:
    """Return where a record of the project stands."""
    year, unit, name = address(number)
    return project / "content/records" / str(year) / unit / f"{name}.yaml"


def build_command(project: Path, site: Path, jobs: int) -> list[str]:
    """Return the command that builds the project's site in a process of its own, and in further ones from 2 `jobs`."""
    config = str(project / "mkdocs.yml")
    return [sys.executable, "-c", _COMMAND, "build", "-q", "-j", str(jobs), "-f", config, "-d", str(site)]
