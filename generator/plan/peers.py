"""The same indicator in several units: what each unit says of it, and what these values are side by side.

What a unit says is worked out from its own records alone and parted into buckets by the indicator, so that a change in
one unit concerns only the buckets of the indicators that changed.
"""

import hashlib
from base64 import b32encode
from collections.abc import Iterable, Iterator, Mapping
from decimal import Context, Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

import msgspec
from msgspec import Struct

from generator.check.across.kinship import is_legible
from generator.check.levels import Level2, level2_of
from generator.check.rows.indicator_names import is_placeholder, name_key
from generator.model.records import BLANK, Cell, Indicator
from generator.model.targets import actual_of, printed_of, target_cell
from generator.model.values import Blank, Comparator, Deadline, Period, Quantity, Range, Value
from generator.plan.figures import format_amount
from generator.plan.rows import Lines, RecordRow

FEWEST = 3
"""Units below which nothing is shown: with two, each would be the measure of the other."""


class Answer(StrEnum):
    """What a unit gives as the actual value of an indicator."""

    NUMBER = "n"
    UNITLESS = "u"
    BOUND = "b"
    TIME = "t"
    WORDS = "w"
    BLANK = "-"
    UNREADABLE = "?"


class Said(Struct, frozen=True, array_like=True, gc=False):
    """One row of one record."""

    year: str
    answer: Answer
    unit: str = ""
    """Of measure, normalised; empty for what is no number with a unit, as is all that follows."""
    number: Decimal | None = None
    """In that unit itself: 1.2 万人次 is 12000."""
    is_converted: bool = False
    """Whether the number is not the one printed."""
    record: str = ""
    """Id of the record."""
    project: str = ""
    anchor: str = ""
    """Of the row on the record's page."""
    target: str = ""
    """As printed, as are the next three."""
    actual: str = ""
    points: str = ""
    score: str = ""
    executed: str = ""
    """What the project spent, with its unit; empty where that can be nothing of the unit cost."""
    spent: Decimal | None = None
    """The same in yuan."""


class Question(NamedTuple):
    """What makes indicators the same, besides the unit of measure."""

    kind: str
    """Kind of form."""
    level: str
    """The label above the indicator, for comparison."""
    name: str
    """For comparison."""


class Asked(Struct, frozen=True, array_like=True, gc=False):
    """One indicator of a unit, as its first row prints it, with all rows."""

    kind: str
    level: str
    name: str
    form: str
    label: str
    title: str
    said: msgspec.Raw
    """A list of `Said`; not decoded before it is known that other units are asked the same."""

    @property
    def question(self) -> Question:
        """Return what makes it the same as those of other units."""
        return Question(self.kind, self.level, self.name)


class UnitAnswers(Struct, frozen=True, array_like=True, gc=False):
    """What a unit says to the questions of one bucket."""

    unit: str
    """Name of the unit."""
    asked: tuple[Asked, ...]


_ENCODER = msgspec.msgpack.Encoder()
_ANSWERS = msgspec.msgpack.Decoder(UnitAnswers)
_SAID = msgspec.msgpack.Decoder(tuple[Said, ...])


def bucket_of(question: Question) -> str:
    """Return the bucket of a question: two of 32 letters and digits, 1024 buckets in all."""
    return _digest(question)[:2]


def anchor_of(question: Question, unit: str) -> str:
    """Return the address of an indicator on its page; `unit` is that of measure."""
    return f"{bucket_of(question)}-{_digest((*question, unit))[:8]}"


def _digest(words: Iterable[str]) -> str:
    data = hashlib.blake2b("\x1f".join(words).encode("utf-8", "surrogatepass"), digest_size=5).digest()
    return b32encode(data).decode().lower()


class _Answered(Struct, frozen=True, array_like=True, gc=False):
    """One row of a record, with what is asked and how the form prints that."""

    question: Question
    printed: tuple[str, str, str]
    said: msgspec.Raw


_ANSWERED = msgspec.msgpack.Decoder(tuple[_Answered, ...])


def record_answers(lines: Lines) -> bytes:
    """Return what a record says, as `unit_answers` puts it together with the other records of its unit."""
    return _ENCODER.encode(list(_answers(lines)))


def unit_answers(unit: str, records: Iterable[bytes]) -> dict[str, bytes]:
    """Return what a unit says, bucket by bucket; `unit` is its name, `records` are the answers of each record."""
    asked: dict[Question, tuple[tuple[str, str, str], list[msgspec.Raw]]] = {}
    for data in records:
        for one in _ANSWERED.decode(data):
            asked.setdefault(one.question, (one.printed, []))[1].append(one.said)
    buckets: dict[str, list[object]] = {}
    for question, (printed, found) in asked.items():
        buckets.setdefault(bucket_of(question), []).append((*question, *printed, found))
    return {bucket: _ENCODER.encode((unit, buckets[bucket])) for bucket in sorted(buckets)}


def _answers(lines: Lines) -> Iterator[tuple[Question, tuple[str, str, str], Said]]:
    record, row = lines.record, lines.row
    if row.record_type == "TargetDeclaration":
        return
    kind = row.record_type if row.record_type != "Other" else f"Other {name_key(record.form)}"
    bought = _only_quantity(record.indicators) if row.record_type == "SelfEvaluation" else None
    for indicator in record.indicators:
        # Parts of a row and aims of later years are not what others are asked.
        if "actual" not in indicator.cells or indicator.parent is not None or indicator.horizon != "annual":
            continue
        label = indicator.path[-1] if indicator.path else ""
        question = _question(kind, label, indicator.name)
        if question is not None:
            yield (
                question,
                (row.form.title, label, indicator.name),
                _said(row, indicator, is_bought=indicator is bought),
            )


# Units ask themselves the same every year.
@lru_cache(maxsize=4_096)
def _question(kind: str, label: str, name: str) -> Question | None:
    """Return what is asked; None for a name that asks nothing, or has a gap."""
    if is_placeholder(name) or not is_legible(name):
        return None
    return Question(kind, name_key(label).removesuffix("指标"), name_key(name))


def _said(record: RecordRow, indicator: Indicator, *, is_bought: bool) -> Said:
    cells, year = indicator.cells, record.year.title
    actual, wanted = cells["actual"], target_cell(indicator)
    value = actual_of(printed_of(indicator, wanted))
    beside = cells.get("target_unit", BLANK)
    answer = Answer.UNREADABLE if actual.unreadable or beside.unreadable else _answer(value)
    if answer is not Answer.NUMBER or not isinstance(value, Quantity):
        return Said(year, answer)
    unit, number = value.normalised_unit, value.amount
    spent = record.amounts.executed if is_bought and unit in COUNTED and number > 0 else None
    spent = spent if spent and spent.yuan > 0 else None
    return Said(
        year=year,
        answer=answer,
        unit=unit,
        number=number,
        is_converted=bool(value.magnitude),
        record=record.id,
        project=record.name,
        anchor=indicator.anchor,
        target=_side_by_side(cells.get("nature"), wanted, beside),
        actual=_side_by_side(actual, beside),
        points=_shown(cells.get("points", BLANK)),
        score=_shown(cells.get("score", BLANK)),
        executed=format_amount(spent) if spent else "",
        spent=spent.yuan if spent else None,
    )


def _side_by_side(*cells: Cell | None) -> str:
    """Return what is printed in parts that have columns of their own."""
    return " ".join([text for cell in cells if cell is not None and (text := _shown(cell))])


def _shown(cell: Cell) -> str:
    return "无法辨认" if cell.unreadable else cell.text


def _answer(value: Value) -> Answer:
    if isinstance(value, Quantity):
        if value.comparator not in (None, Comparator.EQ):
            return Answer.BOUND
        return Answer.NUMBER if value.normalised_unit else Answer.UNITLESS
    if isinstance(value, Range):
        return Answer.BOUND
    if isinstance(value, Deadline | Period):
        return Answer.TIME
    return Answer.BLANK if isinstance(value, Blank) else Answer.WORDS


COUNTED = frozenset("人 名 人次 户 户次 家 家次 次 场 场次 期 批 批次 班次 课次 节".split())
"""Units of measure in which persons and events are counted."""


def _only_quantity(indicators: Iterable[Indicator]) -> Indicator | None:
    """Return the one indicator of quantity, or None where there are several, or none."""
    found = [
        one
        for one in indicators
        if one.path
        and level2_of(one.path[-1]) is Level2.QUANTITY
        and one.horizon == "annual"
        and not is_placeholder(one.name)
    ]
    return found[0] if len(found) == 1 and found[0].parent is None else None


class PeerValue(NamedTuple):
    """A value with whose it is."""

    slug: str
    unit_name: str
    said: Said

    @property
    def number(self) -> Decimal:
        """The number; only what is one becomes a value."""
        assert self.said.number is not None  # noqa: S101  see `_said`
        return self.said.number

    @property
    def url(self) -> str:
        """The row on the record's page."""
        return f"records/{self.said.record}.html#{self.said.anchor}"

    @property
    def cost(self) -> Decimal | None:
        """What was spent on one of what it counts, in yuan, computed; None where that is not known."""
        return None if self.said.spent is None else _RATIO.divide(self.said.spent, self.number)


_RATIO = Context(prec=28)
"""As rates have it: a unit cost is published as it comes."""


class PeerYear(NamedTuple):
    """An indicator in one year, in at least as many units as may be shown."""

    year: str
    values: tuple[PeerValue, ...]
    """The highest first."""
    units: int
    others: Mapping[Answer, int]
    """How many units answer, in this year or elsewhere in it, in a way that has no place among numbers."""
    measures: tuple[tuple[str, int], ...]
    """Other units of measure that are used for it, and by how many units."""

    @property
    def costs(self) -> tuple[PeerValue, ...]:
        """Those of which a unit cost can be computed, where that is so of enough units."""
        known = tuple(value for value in self.values if value.cost is not None)
        return known if len({value.slug for value in known}) >= FEWEST else ()


class PeerIndicator(NamedTuple):
    """An indicator that enough units have in the same year."""

    question: Question
    measure: str
    """Unit of measure."""
    anchor: str
    form: str
    """Title of the form, as the first unit prints it; so are label and title."""
    label: str
    title: str
    years: tuple[PeerYear, ...]
    """The newest first."""

    @property
    def rows(self) -> int:
        """How many values it has."""
        return sum(len(year.values) for year in self.years)


def peer_indicators(answers: Mapping[str, bytes]) -> tuple[PeerIndicator, ...]:
    """Return the indicators of a bucket that may be shown; `answers` is by slug of the unit, in the order of slugs.

    Raises msgspec.DecodeError where the bytes are no answers.
    """
    asked: dict[Question, list[tuple[str, str, Asked]]] = {}
    for slug, data in answers.items():
        unit = _ANSWERS.decode(data)
        for one in unit.asked:
            asked.setdefault(one.question, []).append((slug, unit.unit, one))
    found = [one for question, by in asked.items() if len(by) >= FEWEST for one in _indicators(question, by)]
    return tuple(sorted(found, key=lambda one: (one.title, one.label, one.measure, one.anchor)))


def _indicators(question: Question, by: Iterable[tuple[str, str, Asked]]) -> Iterator[PeerIndicator]:
    units = list(by)
    values: dict[str, dict[str, list[PeerValue]]] = {}
    others: dict[str, dict[Answer, set[str]]] = {}
    for slug, name, asked in units:
        for said in _SAID.decode(asked.said):
            if said.number is None:
                others.setdefault(said.year, {}).setdefault(said.answer, set()).add(slug)
            else:
                values.setdefault(said.unit, {}).setdefault(said.year, []).append(PeerValue(slug, name, said))
    first = units[0][2]
    for measure, by_year in sorted(values.items()):
        years = tuple(
            _year(year, measure, values, others.get(year, {}))
            for year in sorted(by_year, reverse=True)
            if len({value.slug for value in by_year[year]}) >= FEWEST
        )
        if years:
            anchor = anchor_of(question, measure)
            yield PeerIndicator(question, measure, anchor, first.form, first.label, first.title, years)


def _year(
    year: str, measure: str, values: Mapping[str, Mapping[str, list[PeerValue]]], others: Mapping[Answer, set[str]]
) -> PeerYear:
    found = values[measure][year]
    ordered = sorted(found, key=lambda value: (-value.number, value.slug, value.said.record, value.said.anchor))
    measures = [
        (other, len({value.slug for value in by_year[year]}))
        for other, by_year in sorted(values.items())
        if other != measure and year in by_year
    ]
    return PeerYear(
        year,
        tuple(ordered),
        len({value.slug for value in found}),
        {answer: len(others[answer]) for answer in Answer if answer in others},
        tuple(measures),
    )
