"""Values that somebody has to compare with the original first: as long as there are any, a record is not published."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec import Struct

from generator.finding import Finding
from generator.load.judgements import read_items
from generator.load.reading import Entry, Reading, excerpt, is_blank
from generator.load.record_faults import INCOMPLETE_UNCONFIRMED, UNCONFIRMED_NOTHING, UNCONFIRMED_VALUE
from generator.load.tree import Mapping, Node, Row, Scalar, Sequence
from generator.origin import Span
from generator.text import folded, nearest
from generator.vocabulary import TERMS, Place, term_for, term_of

UNCONFIRMED_NEEDS = ("field", "basis")
"""What must be written."""

STEP = "›"
"""Between the words of a field's path."""

_NAMES = frozenset({"level1", "level2", "name", "level4", "label", "title"})
"""Columns whose content is what the row is called."""

_NOT_YET = "还没有与原件核对："

_OWN = frozenset({"unconfirmed", "waivers", "replies", "corrections"})
"""Fields of the record that are no part of the form."""


class _Unconfirmed(Struct, frozen=True):
    """One value to compare with the original."""

    field: str
    basis: str
    span: Span


class _Spot(Struct, frozen=True):
    """One place of a record."""

    words: tuple[frozenset[str], ...]
    """What each step of the way there may be called, outermost first."""
    shown: str
    """The last of them as written."""
    node: Node


def report_unconfirmed(entry: Entry | None, record: Mapping, reading: Reading) -> None:
    """Report every value of a record that is still to be compared with the original."""
    items = tuple(
        read_items(
            entry,
            Place.UNCONFIRMED,
            INCOMPLETE_UNCONFIRMED,
            UNCONFIRMED_NEEDS,
            lambda texts, span: _Unconfirmed(texts["field"], texts["basis"], span),
            reading,
        )
    )
    spots = tuple(_spots(record)) if items else ()
    for item in items:
        _report(item, spots, reading)


def _report(item: _Unconfirmed, spots: tuple[_Spot, ...], reading: Reading) -> None:
    spot = _spot_of(item.field, spots)
    if spot is None:
        near = nearest(item.field.rpartition(STEP)[2].strip(), dict.fromkeys(spot.shown for spot in spots))
        reading.report(
            UNCONFIRMED_NOTHING, item.span, f"“待确认”里的“{excerpt(item.field)}”不是这份表里的栏", found=excerpt(item.field),
            expected="从外到内写出栏的名称，例如“培训人数 › 得分”",
            hint=(f"改为“{near}”；" if near else "改正栏的名称；") + "这一栏已经核对或删去的，删去这一条", field=item.field,
        )  # fmt: skip
        return
    reading.report(
        UNCONFIRMED_VALUE, item.span, f"“{excerpt(item.field, 80)}”{_NOT_YET}{excerpt(item.basis, 80)}",
        found=_found(spot.node), expected="与原件一致",
        hint=f"对照原件核对{_line_of(spot.node)}这一栏，有错就改正，然后删去“待确认”里的这一条", field=item.field,
    )  # fmt: skip


def _found(node: Node) -> str:
    if isinstance(node, Scalar):
        return "空白" if is_blank(node) or not node.text.strip() else excerpt(node.text)
    return ""


def _line_of(node: Node) -> str:
    return f"第 {node.span.line} 行" if isinstance(node, Scalar) else ""


def _spot_of(field: str, spots: tuple[_Spot, ...]) -> _Spot | None:
    """Return the place a path names: its last word is the place's own, the others lead there in their order."""
    parts = [_called(part) for part in field.split(STEP) if part.strip()]
    if not parts:
        return None
    fitting = [spot for spot in spots if _leads_to(parts, spot.words)]
    # The path that leaves out least is meant.
    return min(fitting, key=lambda spot: len(spot.words), default=None)


def _leads_to(parts: list[frozenset[str]], words: tuple[frozenset[str], ...]) -> bool:
    if parts[-1].isdisjoint(words[-1]):
        return False
    way = iter(words[:-1])
    return all(any(not part.isdisjoint(word) for word in way) for part in parts[:-1])


def _spots(record: Mapping) -> Iterator[_Spot]:
    for key, node in record.entries:
        if identifier_of(key.text) not in _OWN:
            yield from _below(node, (_called(key.text),), key.text)


def _below(node: Node, words: tuple[frozenset[str], ...], shown: str) -> Iterator[_Spot]:
    """Yield a place and all places below it."""
    yield _Spot(words, shown, node)
    if isinstance(node, Mapping | Row):
        for key, value in node.entries:
            yield from _below(value, (*words, _called(key.text)), key.text)
    elif isinstance(node, Sequence):
        for number, item in enumerate(node.items, 1):
            names = tuple(_names(item))
            steps = tuple(_called(name) for name in names) or (
                frozenset({str(number), f"第{number}行", f"第{number}条", f"第{number}栏"}),
            )
            yield from _below(item, (*words, *steps), names[-1] if names else f"第 {number} 行")


def _names(item: Node) -> Iterator[str]:
    """Yield what a row of a list is called: the content of those of its columns that name it."""
    if isinstance(item, Mapping | Row):
        for key, value in item.entries:
            if isinstance(value, Scalar) and not is_blank(value) and _is_name(key.text):
                yield value.text


@lru_cache(maxsize=1024)
def _is_name(key: str) -> bool:
    terms = (term_for(place, key) for place in (Place.INDICATOR, Place.FUNDING_ROW, Place.TABLE))
    return any(term is not None and term.identifier in _NAMES for term in terms)


@lru_cache(maxsize=8192)
def _called(word: str) -> frozenset[str]:
    """Return a word with the vocabulary's own for it, wherever it stands."""
    terms = (term_for(place, word) for place in TERMS)
    return frozenset({folded(word), *(folded(term.label) for term in terms if term is not None)})


def open_values(findings: Iterable[Finding]) -> tuple[tuple[str, str], ...]:
    """Return the field of every value that is still to be compared with the original, and how it came about."""
    codes = (UNCONFIRMED_VALUE.code, UNCONFIRMED_NOTHING.code)
    return tuple((one.field, one.message.partition(_NOT_YET)[2]) for one in findings if one.code in codes)


def identifier_of(key: str) -> str:
    """Return which field of a record a key is, empty where none is called so."""
    term = term_for(Place.RECORD, key)
    return term.identifier if term else ""


LABEL = term_of(Place.RECORD, "unconfirmed").label
"""What the list is called."""
