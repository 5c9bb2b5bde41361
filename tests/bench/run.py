"""Measure how fast sites are built, ours and those of other generators from the same records: `make bench`."""

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from generator.build.today import this_day
from tests.bench.contestant import BUILDS_ON, Contestant, Step
from tests.bench.corpus import PER_UNIT
from tests.bench.install import FINDERS, find_peers
from tests.bench.measure import Usage, run_measured
from tests.bench.ours import Jixiao
from tests.bench.peers import PEERS
from tests.bench.preview import run_preview
from tests.bench.report import Circumstances, format_report, make_document, write_results

_ROOT = Path(__file__).parents[2]
# `check` ends with 1 where a record is wrong, and some of the corpus are.
_ACCEPTED = {Step.CHECK: (0, 1), Step.RECHECK: (0, 1)}
_LIBRARIES = ("mkdocs-material", "Jinja2", "markdown-it-py", "PyYAML", "msgspec")

# Added to the number of the round, so that an edit in the preview is another one than that before it, and so is the last.
_FURTHER = 50
_LAST = 75

# Seconds after which the time of a file tells whether it has changed: nobody edits a corpus as soon as it is written.
_COME_OF_AGE = 4

Say = Callable[[str], None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure from the command line."""
    options = _parser().parse_args(arguments)
    folder = options.folder.resolve()
    programs, absent = find_peers(options.peers, folder / "tools")
    for reason in absent:
        _say(f"Not measured: {reason}")
    rounds: dict[int, Mapping[str, Mapping[Step, Sequence[Usage]]]] = {}
    versions: dict[str, str] = {}
    for count in options.sizes:
        contestants = _contestants(folder / "projects", count, programs)
        versions |= {one.title: one.version() for one in contestants}
        rounds[count] = measure(contestants, options.steps, options.rounds, folder, _say)
        circumstances = Circumstances(
            date=options.date,
            command=options.command,
            rounds=options.rounds,
            machine=_machine(),
            versions=versions | {name: version(name) for name in _LIBRARIES},
            absent=absent,
        )
        text = json.dumps(make_document(circumstances, rounds), ensure_ascii=False, indent=2)
        (folder / "results.json").write_text(text + "\n", encoding="utf-8")
    report = format_report(circumstances, rounds)
    _say(f"{report}\n\nAll figures: {folder / 'results.json'}")
    if options.document:
        write_results(options.document, report)
    return 0


def measure(
    contestants: Sequence[Contestant], steps: Sequence[Step], rounds: int, folder: Path, say: Say
) -> Mapping[str, Mapping[Step, Sequence[Usage]]]:
    """Measure the steps of every generator in turn, so that a slow hour of the machine is everyone's.

    Raises VoidError where a generator does not show what the records say.
    """
    found: dict[str, dict[Step, list[Usage]]] = {one.key: {} for one in contestants}
    for one in contestants:
        say(f"Making {one.count:,} records for {one.title} ...")
        one.prepare()
    time.sleep(_COME_OF_AGE)
    for turn in range(1, rounds + 1):
        for step in steps:
            for one in contestants:
                command = one.command(step)
                if command is None:
                    continue
                _before(one, step, turn)
                # What is still to be written to the disk would be paid by whoever comes next.
                os.sync()
                usage = _run(one, step, turn, command, folder)
                _after(one, step, turn)
                found[one.key].setdefault(step, []).append(usage)
                say(f"{one.count:>7,} round {turn} {step:<9} {one.title:<6} {usage.wall:8.2f} s {usage.cpu:8.2f} s CPU")
    for one in contestants:
        shutil.rmtree(one.folder)
    return found


def _run(one: Contestant, step: Step, turn: int, command: Sequence[str], folder: Path) -> Usage:
    if step is Step.PREVIEW:
        return run_preview(one, lambda: one.edit_record(_FURTHER + turn), folder)
    # The script for the pages alone belongs to the checkout, everything else to the project.
    place = _ROOT if step is Step.PAGES else one.folder
    log = folder / f"{one.key}.log"
    return run_measured(command, folder=place, outputs=one.outputs, log=log, accepted=_ACCEPTED.get(step, (0,)))


def _before(one: Contestant, step: Step, turn: int) -> None:
    match step:
        case Step.COLD:
            one.reset()
            one.wipe()
        case Step.RECORD:
            one.edit_record(turn)
        case Step.TEMPLATE:
            one.edit_template(turn)
        case Step.PACK:
            one.edit_pack(turn)
        case Step.CHECK | Step.PAGES:
            one.wipe()
        case Step.RECHECK:
            one.edit_record(_LAST + turn)
        case Step.UNCHANGED | Step.PREVIEW:
            pass


def _after(one: Contestant, step: Step, turn: int) -> None:
    match step:
        case Step.COLD:
            one.verify_pages()
        case Step.RECORD:
            one.verify_record_edit(turn)
        case Step.TEMPLATE:
            one.verify_template_edit(turn)
        case _:
            pass


def _contestants(folder: Path, count: int, programs: Mapping[str, Sequence[str]]) -> list[Contestant]:
    peers = (PEERS[name](folder / f"{name}-{count}", count, program) for name, program in programs.items())
    return [Jixiao(folder / f"{Jixiao.key}-{count}", count), *peers]


def _machine() -> dict[str, str]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processors": f"{os.cpu_count()} 个处理器核",
        "memory": f"{memory / 2**30:.0f} GiB 内存",
        "system": f"{platform.system()} {platform.machine()}",
        "python": f"Python {platform.python_version()}",
    }


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=_numbers, default="1000,10000", help="numbers of records, by commas")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", type=_names, default="hugo,zola", help="other generators, by commas; may be empty")
    parser.add_argument("--steps", type=_steps, default=",".join(Step), help="what to measure, by commas")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "jixiao-bench")
    parser.add_argument("--document", type=Path, help="where to put the results, between its marks")
    parser.add_argument("--date", default=this_day().isoformat(), help="date of the results")
    parser.add_argument("--command", default="make bench", help="the command as the results name it")
    return parser


def _numbers(text: str) -> list[int]:
    numbers = sorted(int(part) for part in text.split(","))
    if numbers[0] < PER_UNIT:
        raise argparse.ArgumentTypeError(f"{numbers[0]} records are fewer than one unit has: {PER_UNIT}")
    return numbers


def _steps(text: str) -> list[Step]:
    """Return the steps named in the order of a round; each comes with those that it builds on."""
    asked = {part for part in text.split(",") if part}
    if unknown := sorted(asked - {*Step}):
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}; known: {', '.join(Step)}")
    if not asked:
        raise argparse.ArgumentTypeError(f"none named; known: {', '.join(Step)}")
    asked |= {BUILDS_ON[Step(one)] for one in asked if Step(one) in BUILDS_ON}
    return [step for step in Step if step in asked]


def _names(text: str) -> list[str]:
    names = [part for part in text.split(",") if part]
    if unknown := sorted({*names} - {*FINDERS}):
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}; known: {', '.join(FINDERS)}")
    return names


if __name__ == "__main__":
    sys.exit(main())
