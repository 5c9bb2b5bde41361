"""Figures that were published are changed openly: undoing a record's corrections leads back to what was published."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from generator.finding import Finding, Severity
from generator.load.faults import Fault
from generator.model.figure_groups import STEP
from generator.model.figure_search import DiffersError, NamesNothingError, NamesSeveralError, UndoingError
from generator.model.frozen_corrections import correction_digest
from generator.model.printed import figures_digest
from generator.model.publications import WITHDRAWN, Publications, PublishedFigures
from generator.model.records import Correction, Record
from generator.model.undoing import undo_all
from generator.origin import START, Origin
from generator.text import nearest
from generator.vocabulary import Place, term_of

UNCORRECTED = Fault(
    "REC094", "figure-changed-without-correction", Severity.ERROR, "公开之后改了数字或行的名称，没有写更正"
)
DIFFERING = Fault("REC095", "correction-differs-from-form", Severity.ERROR, "更正的“新”与表里印的不同")
NAMELESS = Fault("REC096", "correction-names-no-figure", Severity.ERROR, "更正的“项”找不到，或不止一个")
EARLY = Fault("REC097", "correction-before-publication", Severity.NOTE, "没有公开过的数字写了更正")
FUTURE = Fault("REC098", "correction-in-the-future", Severity.ERROR, "更正的日期还没有到")
GONE = Fault("REC099", "published-record-gone", Severity.WARNING, "公开过的表不见了")

CORRECTION_FAULTS: dict[str, Fault] = {
    fault.code: fault for fault in (UNCORRECTED, DIFFERING, NAMELESS, EARLY, FUTURE, GONE)
}
"""Every fault of corrections by its code; the check finds them, for they depend on what was published."""

PUBLIC_FAULTS = frozenset({UNCORRECTED.code, DIFFERING.code, NAMELESS.code, FUTURE.code})
"""Those that the public sees, as it sees every correction; a record that has one is not released."""

_MANY = 3


class _Met(Struct, frozen=True):
    """How far the publications of a record are explained by its corrections."""

    published: int
    """How many of them, from the first on."""
    corrections: int
    """How many corrections were made before the last of these."""
    before_first: int
    """How many corrections are older than the first publication."""


def correction_findings(record: Record, published: Sequence[PublishedFigures], today: date) -> tuple[Finding, ...]:
    """Return what is wrong with a record's figures, seen from those that were `published`, the first ones first."""
    if not record.corrections and not any(one.corrections for one in published):
        digest = figures_digest(record) if published else ""
        # What was published twice with different figures has been corrected, and that stays to be said.
        return () if all(one.figures == digest for one in published) else (_uncorrected(record, published, None),)
    return tuple(_findings(record, published, today))


def is_dated(record: Record, today: date) -> bool:
    """Tell whether a correction of a record has a day that is not yet come."""
    return any(one.date > today.isoformat() for one in record.corrections)


def gone_findings(published: Publications, is_there: Callable[[str], bool], path: str) -> Iterator[Finding]:
    """Yield the records that were published, were not taken back, and have no file any more; `path` of the list."""
    for identifier, found in published.records.items():
        last = found[-1]
        if last.content != WITHDRAWN and not is_there(identifier):
            yield GONE.at(
                Origin(path, *START), f"{identifier} 公开过（{last.release}），现在没有这份表", found="没有这份表",
                expected="公开过的表还在", hint="改了文件名的，改回来；确实撤下的，下次发布会写下",
            )  # fmt: skip


def _findings(record: Record, published: Sequence[PublishedFigures], today: date) -> Iterator[Finding]:
    now = today.isoformat()
    yield from (_future(record, one, now) for one in record.corrections if one.date > now)
    written = {correction_digest(one) for one in record.corrections}
    for one in published:
        lost = sum(digest not in written for digest in one.corrections)
        if lost:
            yield _altered(record, one, lost)
            return
    try:
        undone = undo_all(record)
    except UndoingError as error:
        yield _of_error(record, error, published)
        return
    met = _met(undone.digests, undone.corrections, published)
    if met.published < len(published):
        yield _uncorrected(record, published, met)
        return
    for number, correction in enumerate(undone.corrections):
        if not published or number < met.before_first or correction.date < published[0].day:
            yield _early(record, correction, published)


def _met(digests: Sequence[str], corrections: Sequence[Correction], published: Sequence[PublishedFigures]) -> _Met:
    """Follow the publications through the states between corrections, neither of which ever goes back."""
    if not published:
        return _Met(0, 0, 0)
    # Before the first publication a correction may have been written that was none.
    latest = sum(one.date <= published[0].day for one in corrections)
    state = next((n for n, digest in enumerate(digests[: latest + 1]) if digest == published[0].figures), None)
    if state is None:
        return _Met(0, 0, 0)
    first = state
    for count, one in enumerate(published):
        found = next((n for n in range(state, len(digests)) if digests[n] == one.figures), None)
        if found is None:
            return _Met(count, state, first)
        state = found
    # What was corrected and never written down stands in the form now without having been published.
    return _Met(len(published), state, first)


def _uncorrected(record: Record, published: Sequence[PublishedFigures], met: _Met | None) -> Finding:
    first, label = published[0], record.label(Place.RECORD, "corrections")
    unmet = published[met.published if met else 0]
    digest = figures_digest(record)
    # Where the newest publication prints what the form prints now, the change is an older one.
    since = next((one for one in reversed(published) if one.figures != digest), first)
    if not record.corrections:
        message = f"这份表在 {since.release}（{since.day}）公开之后改了数字或行的名称，没有写“{label}”"
    elif unmet is first:
        message = f"逐条撤销“{label}”之后，与 {first.release}（{first.day}）首次公开的数字对不上"
    else:
        message = f"逐条撤销“{label}”，没有一步与 {unmet.release}（{unmet.day}）公开的数字相同"
    return UNCORRECTED.at(
        Origin(record.path, *record.keys.get("corrections", START)), message,
        found=f"{len(record.corrections)} 条“{label}”" if record.corrections else f"没有“{label}”",
        expected=f"公开之后每改一个数字、一行的名称都有一条“{label}”，公开过的不删改",
        hint=f"运行 jixiao diff {since.release} --format corrections，把列出的几条贴到文件末尾，补上原因、决定和日期；"
        f"不是有意改的，改回原来的数字。写法是 {_skeleton(label)}",
        field=label,
    )  # fmt: skip


def _altered(record: Record, published: PublishedFigures, lost: int) -> Finding:
    label = record.label(Place.RECORD, "corrections")
    return UNCORRECTED.at(
        Origin(record.path, *record.keys.get("corrections", START)),
        f"{published.release}（{published.day}）起公开的“{label}”，有 {lost} 条被删去或改动了",
        found=f"{len(record.corrections)} 条“{label}”", expected="公开过的一条不少、一字不改，原因、决定和日期也是",
        hint=f"照原样写回去，原来的写法用 jixiao diff {published.release} --format corrections 或 git 查；又有更正的，另写一条",
        field=label,
    )  # fmt: skip


def _future(record: Record, correction: Correction, now: str) -> Finding:
    label = term_of(Place.CORRECTION, "date").label
    return FUTURE.at(
        _origin(record, correction), f"更正的日期 {correction.date} 还没有到，今天是 {now}", found=correction.date,
        expected=f"不晚于 {now}", hint=f"把“{label}”改为作出更正的那一天", field=_field(record, correction),
    )  # fmt: skip


def _skeleton(label: str) -> str:
    example = {
        "item": "产出指标 › 数量指标 › 培训人数 › 得分",
        "old": "8.00",
        "new": "7.00",
        "reason": "……",
        "decided_by": "……",
        "date": "2025-05-20",
    }
    words = ", ".join(f"{term_of(Place.CORRECTION, key).label}: {text}" for key, text in example.items())
    return f"{label}: [{{{words}}}]"


def _of_error(record: Record, error: UndoingError, published: Sequence[PublishedFigures]) -> Finding:
    correction = error.correction
    if isinstance(error, DiffersError):
        return _differing(record, error, published)
    label = term_of(Place.CORRECTION, "item").label
    if isinstance(error, NamesSeveralError):
        ways = "；".join(f"“{way}”" for way in error.ways[:_MANY]) + ("……" if len(error.ways) > _MANY else "")
        return NAMELESS.at(
            _origin(record, correction), f"“{correction.item}”不止一个", found=correction.item, expected=ways,
            hint=f"把“{label}”从外到内写全", field=_field(record, correction),
        )  # fmt: skip
    words = error.words if isinstance(error, NamesNothingError) else ()
    near = nearest(correction.item.rpartition("›")[2].strip(), words)
    return NAMELESS.at(
        _origin(record, correction), f"表里没有“{correction.item}”", found=correction.item,
        expected="从外到内写出行和栏的名称，例如“产出指标 › 数量指标 › 培训人数 › 得分”",
        hint=(f"是不是“{near}”？" if near else "") + "照 jixiao diff 列出的名称写；行改了名称的，写现在的名称",
        field=_field(record, correction),
    )  # fmt: skip


def _differing(record: Record, error: DiffersError, published: Sequence[PublishedFigures]) -> Finding:
    correction, later = error.correction, error.later
    said = "；".join(f"{title} {text or '空白'}" for title, text in correction.new.cells.items())
    new = said or correction.new.text or "空白"
    if later is None:
        message = f"更正写的是“{new}”，表里“{correction.item}”是“{error.printed or '空白'}”"
        hint = "照表里印的改“新”；表里又改过的，再写一条更正"
        if any(correction_digest(correction) in one.corrections for one in published):
            hint = f"这一条公开过，不要改它；再写一条：运行 jixiao diff {published[-1].release} --format corrections"
    else:
        message = f"“{correction.item}”先更正为“{new}”，{later.date} 的更正却从“{error.printed or '空白'}”改起"
        hint = "同一个数字更正几次的，后一条的“原”就是前一条的“新”；日期先后写错的，改正日期"
    return DIFFERING.at(
        _origin(record, correction), message, found=new, expected=error.printed or "空白", hint=hint,
        field=_field(record, correction),
    )  # fmt: skip


def _early(record: Record, correction: Correction, published: Sequence[PublishedFigures]) -> Finding:
    first = f"首次公开是 {published[0].day}（{published[0].release}）" if published else "这份表还没有公开过"
    return EARLY.at(
        _origin(record, correction), f"{first}，公开之前改数字不用写更正", found=f"{correction.date} 的更正",
        expected="公开之后改的数字", hint="公开之前的，删去这一条；日期写错的，改正日期", field=_field(record, correction),
    )  # fmt: skip


def _origin(record: Record, correction: Correction) -> Origin:
    return Origin(record.path, *correction.span)


def _field(record: Record, correction: Correction) -> str:
    number = next(number for number, one in enumerate(record.corrections, 1) if one is correction)
    return STEP.join((record.label(Place.RECORD, "corrections"), f"第 {number} 条"))
