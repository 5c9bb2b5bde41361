"""What a record promised, what it says came of it, and what fell short and why, in plain sentences."""

from collections import Counter
from collections.abc import Collection, Sequence
from decimal import Decimal
from functools import lru_cache

from generator.model.achievement import Outcome, compared
from generator.model.comparable import measure_of, why_not_comparable
from generator.model.records import BLANK, Cell, Indicator
from generator.model.targets import has_number, printed_of, target_cell
from generator.model.values import Blank, Comparator, CountedList, Frequency, Quantity, Range, parse_value
from generator.money import exact_sum
from generator.plan.figures import format_decimal
from generator.plan.lost_points import Scored, execution_of
from generator.plan.plain_sentence import Part, Sentence, sentence
from generator.plan.plain_words import (
    Told,
    fell_short,
    quoted,
    reason_of,
    say_cell,
    values_of,
)
from generator.plan.rows import IndicatorRow, Lines

LONGEST_NAME = 32
LONGEST_VALUE = 24
LONGEST_REASON = 60
"""Characters quoted of each; the link leads to the rest."""


def _counting(lines: Lines) -> list[int]:
    """Return the positions of the rows that count: filled in, and no part of another row."""
    indicators = lines.record.indicators
    return [place for place, row in enumerate(indicators) if row.parent is None and (row.name or row.cells)]


def promise_sentences(lines: Lines) -> list[Sentence]:
    """Say how many indicators were promised, how many of them with a number, and whether there is an objective."""
    record, places = lines.record, _counting(lines)
    objective: list[str | Part] = []
    if any(key in record.prose and record.prose[key].text.strip() for key in ("expected", "project_goal")):
        objective = [Part("一段总体目标", "#objective")]
    if not places:
        said: list[str | Part] = [*(["表里写了", *objective, "，"] if objective else ["表里"]), "没有绩效指标。"]
        return [sentence(*said)]
    first = Part(f"{len(places)} 项指标", f"#{record.indicators[places[0]].anchor}")
    lead: list[str | Part] = [*objective, "和 "] if objective else [" "]
    numbered = sum(1 for place in places if _has_number(record.indicators[place]))
    kinds = f"，其中 {numbered} 项的目标有数" if numbered < len(places) else "，目标都有数"
    parts = sum(1 for row in record.indicators if row.parent is not None and (row.name or row.cells))
    within = f"；另有 {parts} 行是其中的分项" if parts else ""
    return [sentence("承诺了", *lead, first, kinds if numbered else "，目标都不是数", within, "。")]


_TARGET_PARTS = frozenset({"adjusted_target", "initial_target", "nature", "target_unit"})


def _has_number(indicator: Indicator) -> bool:
    cells = indicator.cells
    if _TARGET_PARTS.isdisjoint(cells):
        return _is_number(cells.get("target", BLANK).text)
    return has_number(compared(printed_of(indicator, target_cell(indicator))).target)


# A record has dozens of targets, and most of them stand on other records as well.
@lru_cache(maxsize=16_384)
def _is_number(text: str) -> bool:
    return has_number(parse_value(text))


def result_sentences(lines: Lines) -> list[Sentence]:
    """Say how many targets the reported results reach, as far as both say so plainly."""
    record, places = lines.record, _counting(lines)
    if not places:
        return []
    if not any("actual" in record.indicators[place].cells for place in places):
        return [sentence("表里没有完成值这一栏。")]
    counts = Counter(_result(lines, place) for place in places)
    said = [f"{counts[kind]} 项{words}" for kind, words in _RESULTS if counts[kind]]
    open_kinds = [(counts[kind], words) for kind, words in _OPEN if counts[kind]]
    if open_kinds:
        whole = sum(count for count, _ in open_kinds)
        why = "，".join(words if len(open_kinds) == 1 else f"{count} 项{words}" for count, words in open_kinds)
        said.append(f"{whole} 项无法判断（{why}）")
    return [sentence("按填报的完成值，" + "，".join(said), "。")]


_RESULTS = (
    ("met", "达到目标"),
    ("missed", "没有达到目标"),
    ("blank", "没有填完成值"),
    ("unreadable", "无法辨认"),
    ("below", "完成值少于指标值，算不算没有达到要看指标的内容"),
)
"""What comparing target and actual value can give, in the order it is said."""

_OPEN = (
    ("dash", "完成值只是“—”一类的符号"),
    ("no target", "没有写指标值"),
    ("target dash", "指标值只是“—”一类的符号"),
    ("words", "是文字或日期"),
    ("frequency", "是频次或附有说明的数"),
    ("units", "单位不同"),
    ("no unit", "单位没有写全"),
    ("bound", "完成值是一个界限"),
    ("above", "完成值多于指标值，算不算达到要看指标的内容"),
)
"""Why nothing can be said, in the order it is said."""


def _result(lines: Lines, place: int) -> str:
    indicator, outcome = lines.record.indicators[place], lines.indicators[place].outcome
    if outcome is Outcome.MET:
        return "met"
    if outcome is Outcome.MISSED:
        return "missed" if fell_short(lines.record, place, outcome) else "below"
    actual = indicator.cells.get("actual", BLANK)
    if actual.unreadable or target_cell(indicator).unreadable:
        return "unreadable"
    return _why_open(indicator) if actual.text.strip() else "blank"


def _why_open(indicator: Indicator) -> str:
    """Return why a target and what is printed as its result do not decide whether it was reached."""
    cell = target_cell(indicator)
    target, actual, _ = compared(printed_of(indicator, cell))
    if isinstance(actual, Blank):
        return "dash"
    if isinstance(target, Blank):
        return "target dash" if cell.text.strip() else "no target"
    if isinstance(target, (Frequency, CountedList)) or isinstance(actual, (Frequency, CountedList)):
        return "frequency"
    if not isinstance(target, (Quantity, Range)) or not isinstance(actual, Quantity):
        return "words"
    wanted, reached = measure_of(target), measure_of(actual)
    if why_not_comparable(wanted, reached):
        return "units" if wanted.unit and reached.unit else "no unit"
    return "above" if actual.comparator in (None, Comparator.EQ) else "bound"


_NAMED = 3
"""Rows that are told one by one."""


def shortfall_sentences(lines: Lines, columns: Collection[str]) -> list[Sentence]:
    """Say which rows lost points or missed their target, with the printed reasons, the greatest loss first.

    `columns` are those that the form has for its money.
    """
    rows = [(place, row) for place, row in enumerate(lines.indicators) if row.is_deviation]
    execution = _execution(execution_of(lines.record, lines.row.amounts, columns))
    if not rows:
        return [sentence(_nothing_lost(lines, is_whole=not execution), execution)] if _is_scored(lines) else []
    rows.sort(key=lambda pair: -(pair[1].lost or Decimal(0)))
    lost = [row.lost for _, row in rows if row.lost is not None and row.lost > 0]
    what = "没有得满分" if len(lost) == len(rows) else "没有得满分或没有达到指标值" if lost else "没有达到指标值"
    unknown = _unknown(lines)
    least = "至少有 " if unknown and lost else "有 "
    head: list[str | Part] = [what, "的", least, Part(f"{len(rows)} 项", "#deviations"), _sum(lost, unknown), "："]
    said: list[str | Part] = []
    for place, row in rows[:_NAMED]:
        said += ["；" if said else "", *_told(lines, place, row)]
    rest = len(rows) - _NAMED
    said += [f"；等 {len(rows)} 项，全部见", Part("偏差", "#deviations")] if rest > 0 else []
    sentences = [sentence(*head, *said, "。")]
    silent = _silent(lines, rows[_NAMED:])
    if silent:
        is_alike = _silent(lines, rows[:_NAMED]) == _NAMED
        sentences.append(sentence(_rest_silent(silent, rest, is_alike=is_alike)))
    if unknown:
        sentences.append(sentence(f"另有 {unknown} 项的{_NO_POINTS}，看不出有没有得满分。"))
    if execution:
        sentences.append(sentence(execution))
    return sentences


def _told(lines: Lines, place: int, row: IndicatorRow) -> list[str | Part]:
    """Say of one row its values where they missed, its score where it lost, and the reason."""
    record = lines.record
    indicator = record.indicators[place]
    facts = []
    if row.outcome is Outcome.MISSED:
        target, actual = values_of(indicator)
        facts.append(f"指标值{say_cell(target, LONGEST_VALUE)}，完成值{say_cell(actual, LONGEST_VALUE)}")
    if row.lost is not None and row.lost > 0:
        facts.append(f"{row.points.text} 分得 {row.score.text} 分")
    reason = reason_of(record, place)
    words = f"填报的原因是{quoted(reason.text, LONGEST_REASON)}" if reason.told is Told.HERE else _REASONS[reason.told]
    name = quoted(row.name, LONGEST_NAME)
    return [Part(name, f"#{indicator.anchor}"), f"（{'，'.join(facts)}）", words]


_REASONS = {
    Told.PARTS: "原因写在分项里",
    Told.ELSEWHERE: "这一行没有写原因，表里另有总的说明",
    Told.UNREADABLE: "原因一格无法辨认",
    Told.NOWHERE: "没有写原因",
}


def _silent(lines: Lines, rows: Sequence[tuple[int, IndicatorRow]]) -> int:
    return sum(1 for place, _ in rows if reason_of(lines.record, place).told is Told.NOWHERE)


_NO_POINTS = "分值或得分空白、不是数或无法辨认"


def _rest_silent(silent: int, rest: int, *, is_alike: bool) -> str:
    """Say how many of the rows that are not told give no reason; `is_alike` where none of those told gives one."""
    if silent == rest:
        return f"其余 {rest} 项{'也' if is_alike else '都' if rest > 1 else ''}没有写原因。"
    return f"其余 {rest} 项里，{silent} 项没有写原因。"


def _unknown(lines: Lines) -> int:
    """Count the rows that do not tell whether they lost points, and did not miss their target either."""
    rows = [lines.indicators[place] for place in _counting(lines) if "score" in lines.record.indicators[place].cells]
    return sum([1 for row in rows if row.lost is None and not row.is_deviation])


def _sum(lost: Sequence[Decimal], unknown: int) -> str:
    """Say how many points several rows lost together; rows whose points cannot be read may have lost more."""
    if len(lost) < 2:  # noqa: PLR2004  one is no sum
        return ""
    total = exact_sum(lost)
    least = "至少" if unknown else "共"
    return f"，指标{least}扣 {format_decimal(total)} 分（逐行相加，本站计算）"


def _execution(scored: Scored | None) -> str:
    """Say what execution itself lost, or that nobody can tell; empty where it has all its points or is not scored."""
    if scored is None:
        return ""
    points, score = scored
    if scored.lost is not None:
        return f"预算执行率一项 {points.text} 分得 {score.text} 分。" if scored.lost > 0 else ""
    if not scored.is_unknown:
        return "预算执行率一项没有分值和得分。"
    said = [f"{title}{_lacking(cell)}" for title, cell in (("分值", points), ("得分", score)) if cell.number is None]
    return f"预算执行率一项的{'、'.join(said)}，看不出扣了多少分。"


def _lacking(cell: Cell) -> str:
    if cell.unreadable or not cell.text.strip():
        return say_cell(cell, LONGEST_VALUE)
    return f"印的是{say_cell(cell, LONGEST_VALUE)}"


def _is_scored(lines: Lines) -> bool:
    return any("score" in row.cells for row in lines.record.indicators)


def _nothing_lost(lines: Lines, *, is_whole: bool) -> str:
    """Say that no row lost points, and how many say nothing that could tell; `is_whole` with execution among them."""
    known = [row.lost for row in lines.indicators if row.lost is not None]
    counted = sum(1 for place in _counting(lines) if "score" in lines.record.indicators[place].cells)
    unknown = _unknown(lines)
    if not known:
        return "没有一行的分值和得分都是数，看不出扣了多少分。"
    if any(lost < 0 for lost in known):
        rest = f"；另有 {unknown} 项的{_NO_POINTS}" if unknown else ""
        return f"{'读得出的项里' if unknown else ''}没有扣分的项，但有得分高于分值的行{rest}。"
    if unknown:
        return f"{counted - unknown} 项得了满分，其余 {unknown} 项的{_NO_POINTS}。"
    return "每一项都得了满分。" if is_whole else "每一项指标都得了满分。"
