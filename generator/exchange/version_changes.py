"""What each version of a record changed, for readers: row by row in the form's own words."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from generator.exchange.beside_form import BESIDE
from generator.exchange.record_changes import Version, VersionRead, beside_of, read_version, rows_of
from generator.exchange.record_difference import Difference, record_differences
from generator.model.forms import FormLibrary
from generator.model.records import Record

NOTHING_PRINTED = "只改了写法，印出的内容没有变。"
NOTHING_BY_MERGE = "合并了几条线上的改动，合并本身没有再改内容。"


class Told(Struct, frozen=True, array_like=True, gc=False):
    """What a version changed."""

    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Where, such as 产出指标 › 数量指标 › 开展培训次数, empty for the head of the form; and what: 得分 8.00 → 7.00."""
    note: str = ""
    """What there is to say besides, in Chinese."""


def read(path: str, content: bytes, records: str, forms: FormLibrary) -> VersionRead:
    """Read a version; one with errors as if nothing of it could be read, for such a version was never published.

    Why it cannot be compared is said without its path.
    """
    found = read_version(Version(path, content), records, forms)
    if found.record is not None and found.fault:
        return VersionRead(None, "有错误，没有逐项比较")
    return found._replace(fault=found.fault.removeprefix(f"{path} "))


def tell(after: VersionRead, before: Sequence[VersionRead], *, moved: bool) -> Told:
    """Compare a version with the one before it, or a merge with all that it joined."""
    if after.record is None or any(one.record is None for one in before):
        return Told(note=_faults(after, before))
    found = _changed_by(after.record, [one.record for one in before if one.record is not None])
    rows = tuple((row.place, row.changes) for row in rows_of(found))
    heads = [dict.fromkeys(change.head for change in beside_of(one, after)) for one in before]
    beside = tuple(head for head in heads[0] if all(head in others for others in heads[1:]))
    # Who agreed to what is read on the page itself, as far as it still holds.
    rows += ((BESIDE, beside),) if beside else ()
    nothing = "" if moved else NOTHING_BY_MERGE if len(before) > 1 else NOTHING_PRINTED
    return Told(rows, "" if rows else nothing)


def _changed_by(after: Record, before: Sequence[Record]) -> Iterable[Difference]:
    """Return what a version changed; of a merge, what none of the versions had that it joined."""
    first, *others = (record_differences(one, after) for one in before)
    for other in others:
        theirs = {(one.path, one.name, one.after) for one in other}
        first = tuple(one for one in first if (one.path, one.name, one.after) in theirs)
    return first


def _faults(after: VersionRead, before: Iterable[VersionRead]) -> str:
    earlier = next((f"上一版{one.fault}" for one in before if one.fault), "")
    faults = (f"这一版{after.fault}" if after.fault else "", earlier)
    return "；".join(fault for fault in faults if fault) + "。"
