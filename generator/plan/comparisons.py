"""Ways from the pages of records and projects to the comparison."""

from collections.abc import Iterable, Sequence

from generator.plan.rows import Link, OtherRecord, RecordRow
from generator.plan.urls import COMPARE, record_id

MOST = 4
"""Records that the comparison shows side by side."""

_KINDS = {
    "SelfEvaluation": "自评表",
    "DepartmentEvaluation": "整体支出自评表",
    "TargetDeclaration": "绩效目标申报表",
}


def compare_url(urls: Iterable[str]) -> str:
    """Return the comparison of records by the addresses of their pages, in this order."""
    return f"{COMPARE}#ids={','.join(record_id(url) for url in urls)}"


def comparisons_of_record(
    row: RecordRow, previous: OtherRecord | None, following: OtherRecord | None, same_year: Sequence[OtherRecord]
) -> tuple[Link, ...]:
    """Return what a record may be compared with at once, and last the way to choose others.

    The earlier record stands first, and so does a declaration before what it is compared with.
    """
    links = []
    if previous:
        links.append(Link(f"与{_year(row, previous)}对比", compare_url((previous.url, row.url))))
    if following:
        links.append(Link(f"与{_year(row, following)}对比", compare_url((row.url, following.url))))
    for other in same_year:
        pair = (other.url, row.url) if other.record_type == "TargetDeclaration" else (row.url, other.url)
        links.append(Link(f"与同年的{other.form.title}对比", compare_url(pair)))
    return (*links, Link("选别的表对比", compare_url((row.url,))))


def _year(row: RecordRow, other: OtherRecord) -> str:
    step = int(other.year.title) - int(row.year.title)
    return {-1: "上年", 1: "下年"}.get(step, f"{other.year.title}年度")


def comparisons_of_project(rows: Sequence[RecordRow]) -> tuple[Link, ...]:
    """Return the comparisons of a project's records, the newest first: of each kind over the years, or of all kinds."""
    kinds: dict[str, list[RecordRow]] = {}
    for row in rows:
        kinds.setdefault(row.record_type, []).append(row)
    links = [
        Link(_title(kind, found), compare_url(row.url for row in reversed(found[:MOST])))
        for kind, found in kinds.items()
        if len(found) > 1
    ]
    if not links and len(rows) > 1:
        links.append(Link(f"对比这 {min(len(rows), MOST)} 份表", compare_url(row.url for row in reversed(rows[:MOST]))))
    return tuple(links)


def _title(kind: str, found: Sequence[RecordRow]) -> str:
    name = _KINDS.get(kind, "表")
    return f"对比最近 {MOST} 份{name}" if len(found) > MOST else f"对比 {len(found)} 份{name}"
