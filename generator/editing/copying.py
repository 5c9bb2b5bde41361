"""Last year's record as the beginning of this year's: what belongs to the year is left blank."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from generator.errors import JixiaoError
from generator.exchange.existing import Present, read_again
from generator.exchange.record_edits import SetField, edited
from generator.exchange.record_fields import anchored
from generator.exchange.updating import front_matter
from generator.exchange.yaml_lines import YamlLines, entries_of
from generator.load.discover import SourceFile
from generator.model.forms import FormLibrary
from generator.model.records import Cell, Record
from generator.origin import Span
from generator.vocabulary import TERMS, Place, term_for

_OF_THE_YEAR = tuple(
    "actual actual_to_date forecast review_value adjusted_target coefficient score review_score deviation"
    " deviation_reason improvement_measures likelihood".split()
)
"""Cells of an indicator that say what became of it."""
_KEPT_AMOUNTS = ("points", "label", "weight")
_TEXTS = ("conclusion", "problems", "form_deviation_reason", "improvement_measures", "review_opinion")
"""Texts that say what came of a year, with what was achieved."""
_PRINTED = "资金的印出数字"
_KEPT_KEYS = frozenset(
    {*(
        "form layout fiscal_year period project_key funding objective long_term_indicators indicators level1_weights total "
        "grade extra rule_pack"
    ).split()}
)  # fmt: skip
"""Blocks of a record that go into the copy, with the head and the texts; what was said of the old one does not."""


class Copy(NamedTuple):
    """The text of a new record, and what its author should know."""

    text: str
    blank: tuple[str, ...]
    """What was left blank, in words."""
    left_out: tuple[str, ...]
    """Keys that were not copied."""


def copied(source: Present, year: int, forms: FormLibrary) -> Copy:
    """Return a record of another year with the same projects, goals and targets; raise JixiaoError where it cannot be."""
    if source.record is None or not source.record.layout:
        raise JixiaoError(f"{source.file.path} 读不出来，不能照它新建。")
    text, left_out = _without_judgements(source)
    present = _without_printed_figures(_read(text, source.file, forms), forms)
    has_printed = present.text != text
    text = _of_year(present, year)
    present = _read(text, source.file, forms)
    if present.record is None:
        raise JixiaoError(f"{source.file.path} 的写法特殊，不能照它新建。")
    blanks = _blanks(present.record)
    period = present.record.text("period")
    former = str(source.record.fiscal_year)
    if former in period:
        blanks["period"] = (period.replace(former, str(year)), "")
    found = edited(present, [SetField(name, new) for name, (new, _) in blanks.items()], forms)
    if found.fault:
        raise JixiaoError(f"{source.file.path} 不能照它新建：{found.fault}")
    words = [_PRINTED] * has_printed + [words for _, words in blanks.values() if words]
    return Copy(found.text, tuple(dict.fromkeys(words)), left_out)


def _read(text: str, file: SourceFile, forms: FormLibrary) -> Present:
    record, _ = read_again(text, file, forms)
    return Present(file, text, text.encode(), record, is_sound=False)


def _without_judgements(source: Present) -> tuple[str, tuple[str, ...]]:
    """Return a record's text without what was said of it: waivers, replies, sources, values to confirm, corrections."""
    text = source.text
    left_out: list[str] = []
    known = {term.identifier for term in TERMS[Place.RECORD]}
    kept = {
        *_KEPT_KEYS,
        *(source.record.head if source.record else ()),
        *(source.record.prose if source.record else ()),
    }
    while True:
        present = source._replace(text=text)
        lines = YamlLines(text, front_matter(present))
        gone = next(
            (
                entry.key.value
                for entry in entries_of(lines.root)
                if (term := term_for(Place.RECORD, entry.key.value)) is not None
                and term.identifier in known
                and term.identifier not in kept
            ),
            None,
        )
        if gone is None:
            return text, tuple(left_out)
        left_out.append(str(gone))
        text = lines.without_entry(lines.root, gone)


def _without_printed_figures(present: Present, forms: FormLibrary) -> Present:
    """Return a record without figures whose columns nobody can tell: they cannot be left blank one by one."""
    while present.record is not None:
        rows = present.record.funding.rows if present.record.funding else ()
        row = next((row for row in rows if row.printed_cells or row.unreadable), None)
        if row is None:
            break
        lines = YamlLines(present.text, front_matter(present))
        mapping = lines.mapping_at(row.span) or next(iter(lines.entries_to(row.span)[-1:]), (None,))[0]
        keys = [entry.key.value for entry in (entries_of(mapping) if mapping is not None else ())]
        gone = next((key for key in keys if _is_of_printed_figures(key)), None)
        if gone is None:
            raise JixiaoError(f"{present.file.path} 的“{row.label}”写法特殊，不能照它新建。")
        text = lines.without_entry(mapping, gone) if len(keys) > 1 else _without_value(lines, mapping)
        present = _read(text, present.file, forms)
    return present


def _without_value(lines: YamlLines, mapping: Any) -> str:  # noqa: ANN401  PyYAML publishes no types of its nodes
    """Return the text with nothing left of a mapping but the key it is the value of."""
    span = Span(mapping.start_mark.line + 1, mapping.start_mark.column + 1)
    around, entry = lines.entries_to(span)[-1]
    return lines.with_value(around, entry.key.value, [""])


def _is_of_printed_figures(key: str) -> bool:
    term = term_for(Place.FUNDING_ROW, key)
    return term is not None and term.identifier in ("printed_cells", "unreadable")


def _of_year(present: Present, year: int) -> str:
    lines = YamlLines(present.text, front_matter(present))
    for entry in entries_of(lines.root):
        term = term_for(Place.RECORD, entry.key.value)
        if term is not None and term.identifier == "fiscal_year":
            return lines.with_value(lines.root, entry.key.value, [str(year)])
    raise JixiaoError(f"{present.file.path} 没有写年度，不能照它新建。")


def _blanks(record: Record) -> dict[str, tuple[str, str]]:
    """Return the fields to leave blank, by name: nothing, and what they are called together."""
    rows = (*_of_money(record), *_of_indicators(record))
    return {name: ("", words) for name, words in (*rows, *_of_head_and_texts(record))}


def _of_money(record: Record) -> Iterator[tuple[str, str]]:
    for anchor, row in anchored(record):
        for key in _filled(row.cells):
            if key not in _KEPT_AMOUNTS:
                yield f"{anchor}.{key}", f"资金的{record.label(Place.FUNDING_ROW, key)}"
        # Nobody knows what a column says that the vocabulary does not know.
        yield from ((f"{anchor}.{title}", f"资金的{title}") for title in _filled(row.extra))


def _of_indicators(record: Record) -> Iterator[tuple[str, str]]:
    for row in record.indicators:
        for key in _filled(row.cells):
            if key in _OF_THE_YEAR:
                yield f"{row.anchor}.{key}", f"指标的{record.label(Place.INDICATOR, key)}"
        yield from ((f"{row.anchor}.{title}", f"指标的{title}") for title in _filled(row.extra))


def _of_head_and_texts(record: Record) -> Iterator[tuple[str, str]]:
    for key in _filled(record.total):
        if key != "points":
            yield f"total.{key}", f"总分的{record.label(Place.TOTAL, key)}"
    for key in ("grade", "report_date"):
        if record.text(key):
            yield f"head.{key}", record.label(Place.RECORD, key)
    yield from ((f"head_extra.{title}", title) for title in _filled(record.extra))
    for block, place, keys in (("objective", Place.OBJECTIVE, ("achieved",)), ("prose", Place.RECORD, _TEXTS)):
        for key in keys:
            if key in record.prose and record.prose[key].text:
                yield f"{block}.{key}", record.label(place, key)


def _filled(cells: Mapping[str, Cell]) -> list[str]:
    return [title for title, cell in cells.items() if cell.text or cell.unreadable]
