"""Texts that stand in several records."""

import hashlib
from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.check.across.kinship import project_name, stage_of
from generator.check.subject import Subject
from generator.text import folded


def text_of(subject: Subject, identifier: str) -> str:
    """Return a text for comparison: without width, blanks and the marks of lists."""
    prose = subject.record.prose.get(identifier)
    return folded(prose.text).replace("-", "").replace("*", "").replace("#", "") if prose else ""


def by_text(subject: Subject, identifier: str) -> Iterator[str]:
    """Group the records with just this text, where it is long enough to be anybody's own words."""
    prose = subject.record.prose.get(identifier)
    shortest = subject.pack.thresholds.copied_length
    if prose is None or len(prose.text) < shortest or stage_of(subject) is None:
        return
    text = text_of(subject, identifier)
    if len(text) >= shortest:
        yield hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def model_of(group: Sequence[Subject]) -> Iterator[tuple[Subject, Subject | None]]:
    """Yield each record of a group with the record its text was most likely taken from, or None for the first.

    The stages of one project within a year share their texts rightly. The year before of the same project comes
    before other projects; of records of one year it cannot be told which came first, so each names the other.
    """
    ordered = sorted(group, key=lambda subject: (subject.record.fiscal_year, subject.id))
    models = [(one, _identity(one)) for one in ordered[:_MOST]]
    for subject in ordered:
        year, identity = subject.record.fiscal_year, _identity(subject)
        own: Subject | None = None
        other: Subject | None = None
        for one, known in models:
            if one is subject or one.record.fiscal_year > year:
                continue
            if not _is_same_project(known, identity):
                other = other or one
            elif one.record.fiscal_year < year:
                own = one
        yield subject, own or other


_MOST = 20
"""Records of one text among which its origin is looked for: the earliest ones."""


class _Identity(Struct, frozen=True):
    """What tells which project a record is about."""

    unit: str
    project_key: str
    name: str
    implementing_unit: str


def _identity(subject: Subject) -> _Identity:
    record = subject.record
    return _Identity(record.unit, record.project_key, project_name(subject), folded(record.text("implementing_unit")))


def _is_same_project(one: _Identity, other: _Identity) -> bool:
    """Tell whether two records are about one project; a department may publish the form of its unit once more."""
    same_name = bool(one.name) and one.name == other.name
    if one.unit == other.unit:
        return same_name or one.project_key == other.project_key
    return same_name and bool(one.implementing_unit) and one.implementing_unit == other.implementing_unit
