"""The official forms as files of the office: where they are for the taking, and what is said of each."""

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from generator.model.records import Record
from generator.plan.contexts import Download


class _Format(Struct, frozen=True):
    title: str
    of_one: str
    """What a file with one form is good for."""
    of_many: str
    """How a file with several forms is laid out."""


_FORMATS = {
    "xlsx": _Format("Excel", "原表的版式，数字与原表一字不差，可填写、比对", "一份表一个工作表"),
    "docx": _Format("Word", "原表的版式，可填写、转发", "一份表从新的一页起"),
    "pdf": _Format("PDF", "原表的版式，可打印、存档", "一份表从新的一页起"),
}


MOST_IN_PDF = 30
"""Forms of one PDF: drawing it takes some 25 MB of memory for each, and more than twice the time for twice as many."""


def year_formats(kinds: Sequence[str], count: int) -> tuple[str, ...]:
    """Return the formats in which all forms of a unit's year can be had in one file."""
    return tuple(kind for kind in kinds if kind != "pdf" or count <= MOST_IN_PDF)


def record_document_url(record: Record, kind: str) -> str:
    """Return the address of a record's form in a format, beside its page."""
    return f"records/{record.id}.{kind}"


def year_document_url(unit: str, year: str, kind: str) -> str:
    """Return the address of all forms of a unit's year in a format."""
    return f"units/{unit}-{year}.{kind}"


def record_documents(record: Record, kinds: Sequence[str]) -> tuple[Download, ...]:
    """List the documents of one record."""
    return tuple(
        Download(_FORMATS[kind].title, record_document_url(record, kind), _FORMATS[kind].of_one) for kind in kinds
    )


def year_documents(unit: str, records: Iterable[Record], kinds: Sequence[str]) -> tuple[Download, ...]:
    """List the documents of all records of a unit, the newest year first."""
    counts = Counter(record.year for record in records)
    return tuple(
        Download(
            f"{year}年度全部绩效表（{_FORMATS[kind].title}）",
            year_document_url(unit, year, kind),
            f"{counts[year]} 份，{_FORMATS[kind].of_many}" if counts[year] > 1 else "1 份",
        )
        for year in sorted(counts, reverse=True)
        for kind in year_formats(kinds, counts[year])
    )
