"""Last year's record as the beginning of this year's: what belongs to the year is left blank."""

from typing import NamedTuple

from generator.errors import JixiaoError
from generator.exchange.existing import Present, read_again
from generator.exchange.record_edits import SetField, edited
from generator.exchange.updating import front_matter
from generator.exchange.yaml_lines import YamlLines, entries_of
from generator.load.discover import SourceFile
from generator.model.forms import FormLibrary
from generator.model.records import Record
from generator.plan.form_view import funding_anchor
from generator.vocabulary import TERMS, Place, term_for

_OF_THE_YEAR = ("actual", "score", "review_score", "deviation_reason", "improvement_measures", "forecast", "likelihood")
"""Cells of an indicator that say what became of it."""
_KEPT_AMOUNTS = ("points", "label", "weight")
_TEXTS = ("achieved",)
_KEPT_KEYS = frozenset(
    {*(
        "form layout fiscal_year period project_key funding objective long_term_indicators indicators level1_weights total "
        "grade tables extra rule_pack"
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
    present = _read(text, source.file, forms)
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
    return Copy(found.text, tuple(dict.fromkeys(words for _, words in blanks.values() if words)), left_out)


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


def _of_year(present: Present, year: int) -> str:
    lines = YamlLines(present.text, front_matter(present))
    for entry in entries_of(lines.root):
        term = term_for(Place.RECORD, entry.key.value)
        if term is not None and term.identifier == "fiscal_year":
            return lines.with_value(lines.root, entry.key.value, [str(year)])
    raise JixiaoError(f"{present.file.path} 没有写年度，不能照它新建。")


def _blanks(record: Record) -> dict[str, tuple[str, str]]:
    """Return the fields to leave blank, by name: nothing, and what they are called together."""
    blanks: dict[str, tuple[str, str]] = {}
    for row in record.funding.rows if record.funding else ():
        anchor = funding_anchor(row.group, row.label)
        for key, cell in row.cells.items():
            if key not in _KEPT_AMOUNTS and (cell.text or cell.unreadable):
                blanks[f"{anchor}.{key}"] = ("", f"资金的{record.label(Place.FUNDING_ROW, key)}")
    for one in record.indicators:
        for key in _OF_THE_YEAR:
            if key in one.cells and (one.cells[key].text or one.cells[key].unreadable):
                blanks[f"{one.anchor}.{key}"] = ("", f"指标的{record.label(Place.INDICATOR, key)}")
    for key in ("score", "review_score"):
        if key in record.total and record.total[key].text:
            blanks[f"total.{key}"] = ("", f"总分的{record.label(Place.TOTAL, key)}")
    if record.text("grade"):
        blanks["head.grade"] = ("", record.label(Place.RECORD, "grade"))
    for key in _TEXTS:
        if key in record.prose and record.prose[key].text:
            blanks[f"objective.{key}"] = ("", record.label(Place.OBJECTIVE, key))
    return blanks
