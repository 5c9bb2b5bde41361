"""What the measurements say: medians, ratios, exponents; as JSON, as tables, and in the documentation."""

import math
import re
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from tests.bench.contestant import Step
from tests.bench.measure import Usage

OURS = "jixiao"
TITLES = {OURS: "jixiao", "hugo": "Hugo", "zola": "Zola"}
STEP_TITLES = {
    Step.COLD: "从头生成",
    Step.UNCHANGED: "什么也没改",
    Step.RECORD: "改一份记录",
    Step.PREVIEW: "预览时改一份记录，到它的网页换新",
    Step.TEMPLATE: "改一个表样模板",
    Step.PACK: "改规则包",
    Step.CHECK: "只检查（`jixiao check`）",
    Step.RECHECK: "改一份记录再检查",
    Step.PAGES: "只生成页面（不检查、不导出）",
}
_BEGIN, _END = "<!-- results: written by make bench -->", "<!-- end of results -->"
_MEGABYTE = 1_000_000

Rounds = Mapping[int, Mapping[str, Mapping[Step, Sequence[Usage]]]]
"""Number of records, then generator, then step, to what each round took."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Where and how was measured."""

    date: str
    command: str
    rounds: int
    machine: Mapping[str, str]
    versions: Mapping[str, str]
    absent: Sequence[str]
    """Why generators that were asked for did not take part."""


def median(usages: Sequence[Usage]) -> Usage:
    """Return the median of every figure by itself."""
    values = {field.name: statistics.median(getattr(one, field.name) for one in usages) for field in fields(Usage)}
    whole = {name: int(values[name]) for name in ("peak", "files", "bytes")}
    return Usage(**(values | whole))


def exponent(points: Sequence[tuple[int, float]]) -> float | None:
    """Return the power of the number of records that the seconds follow, None where there is but one size.

    It is the slope of the straight line nearest to the points on logarithmic scales.
    """
    logs = [(math.log(count), math.log(seconds)) for count, seconds in points if seconds > 0]
    if len({x for x, _ in logs}) < 2:
        return None
    return statistics.linear_regression([x for x, _ in logs], [y for _, y in logs]).slope


def make_document(circumstances: Circumstances, rounds: Rounds) -> dict[str, Any]:
    """Return all that was measured as plain values for JSON."""
    return {
        "date": circumstances.date,
        "command": circumstances.command,
        "rounds": circumstances.rounds,
        "machine": dict(circumstances.machine),
        "versions": dict(circumstances.versions),
        "absent": list(circumstances.absent),
        "measurements": {
            str(count): {
                who: {
                    step: {"rounds": [_plain(one) for one in usages], "median": _plain(median(usages))}
                    for step, usages in steps.items()
                }
                for who, steps in contestants.items()
            }
            for count, contestants in rounds.items()
        },
        "cpu_exponents": {who: dict(found) for who, found in _exponents(rounds).items()},
    }


def _plain(usage: Usage) -> dict[str, float]:
    return {field.name: getattr(usage, field.name) for field in fields(Usage)}


def _exponents(rounds: Rounds) -> dict[str, dict[Step, float | None]]:
    points: dict[str, dict[Step, list[tuple[int, float]]]] = {}
    for count, contestants in rounds.items():
        for who, steps in contestants.items():
            for step, usages in steps.items():
                points.setdefault(who, {}).setdefault(step, []).append((count, median(usages).cpu))
    return {who: {step: exponent(found) for step, found in steps.items()} for who, steps in points.items()}


def format_report(circumstances: Circumstances, rounds: Rounds) -> str:
    """Return the circumstances and the tables as Markdown."""
    return "\n".join([*_facts(circumstances, rounds), *_tables(rounds), *_exponent_table(rounds)])


def _facts(circumstances: Circumstances, rounds: Rounds) -> Iterator[str]:
    machine, versions = circumstances.machine, circumstances.versions
    loads = [
        one.load for sizes in rounds.values() for steps in sizes.values() for found in steps.values() for one in found
    ]
    yield f"{circumstances.date} 测，每项 {circumstances.rounds} 轮，取中位数。"
    yield f"机器：{'，'.join(machine.values())}；开始各项时一分钟平均负载 {min(loads):.1f} 至 {max(loads):.1f}。"
    yield f"版本：{'，'.join(f'{name} {version}' for name, version in versions.items())}。"
    yield f"命令：`{circumstances.command}`。"
    yield from (f"没有参加：{reason}。" for reason in circumstances.absent)


def _tables(rounds: Rounds) -> Iterator[str]:
    for count, contestants in rounds.items():
        others = [who for who in contestants if who != OURS]
        yield from ("", f"### {count:,} 份记录", "")
        titles = ["做什么", "生成器", "用时（秒）", "处理器（秒）", "内存峰值（MB）", "写入文件", "写入（MB）"]
        yield _line([*titles, *(f"用时、处理器比 {TITLES[who]}" for who in others)])
        yield _line(["---", "---", *["---:"] * (len(titles) - 2 + len(others))])
        for step in Step:
            yield from _step_lines(step, contestants, others)


def _step_lines(
    step: Step, contestants: Mapping[str, Mapping[Step, Sequence[Usage]]], others: Sequence[str]
) -> Iterator[str]:
    # Pages alone are what the others do from scratch; nothing of theirs compares with the check.
    against = Step.COLD if step is Step.PAGES else step
    for who, steps in contestants.items():
        if step not in steps:
            continue
        own = median(steps[step])
        peers = [contestants[other].get(against) for other in others]
        ratios = [_ratio(own, median(found)) if found and who == OURS else "" for found in peers]
        yield _line(
            [
                STEP_TITLES[step] if who == OURS else "",
                TITLES[who],
                f"{own.wall:.2f}",
                f"{own.cpu:.2f}",
                f"{own.peak / _MEGABYTE:,.0f}",
                f"{own.files:,}",
                f"{own.bytes / _MEGABYTE:,.1f}",
                *ratios,
            ]
        )


def _ratio(own: Usage, other: Usage) -> str:
    return "，".join(
        f"{mine / theirs:.2f}" if theirs else "" for mine, theirs in ((own.wall, other.wall), (own.cpu, other.cpu))
    )


def _exponent_table(rounds: Rounds) -> Iterator[str]:
    found = _exponents(rounds)
    if len(rounds) < 2:
        return
    yield from ("", "### 随份数增长的幂次（处理器秒数）", "", "1 是份数多几倍，时间也多几倍。", "")
    yield _line(["做什么", *(TITLES[who] for who in found)])
    yield _line(["---", *["---:"] * len(found)])
    for step in Step:
        cells = [steps.get(step) for steps in found.values()]
        yield _line([STEP_TITLES[step], *("" if cell is None else f"{cell:.2f}" for cell in cells)])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def write_results(document: Path, report: str) -> None:
    """Put a report between the two marks of a document."""
    text = document.read_text(encoding="utf-8")
    pattern = re.compile(f"{re.escape(_BEGIN)}.*{re.escape(_END)}", re.DOTALL)
    if not pattern.search(text):
        raise ValueError(f"{document} has no place for results: {_BEGIN} … {_END}")
    document.write_text(pattern.sub(lambda _: f"{_BEGIN}\n\n{report}\n\n{_END}", text), encoding="utf-8")
