"""What git knows of a record's file: on the record's page in short, and a page of its versions."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from generator.check.wording.personal_data import CARD_NUMBER, ID_NUMBER, MOBILE_NUMBER, masked
from generator.model.records import Record
from generator.patterns import lazy_pattern
from generator.plan.page import Page, PageHeading
from generator.plan.planned import Planned, key_of
from generator.plan.rows import Link, RecordRow
from generator.plan.urls import RECORDS, history_url

_LONGEST = 120
"""Characters of a subject line that are shown."""
_SHORT = 20
"""The same in a table of contents."""
_ADDRESS = lazy_pattern(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_UNTITLED = "（没有写说明）"


class Commit(Struct, frozen=True, array_like=True, gc=False):
    """One change as a page names it; who made it is nobody's business."""

    day: str
    """ISO."""
    subject: str
    """What its author wrote about it, see `shown_subject`."""
    name: str
    """The first digits of its name in git."""


class Release(Struct, frozen=True, array_like=True, gc=False):
    """The release that published a record first."""

    name: str
    day: str
    """ISO; empty where it is not known."""


class RecordHistory(Struct, frozen=True, array_like=True, gc=False):
    """What a record's page says of its file."""

    commits: tuple[Commit, ...]
    """Of its versions, the newest first."""
    is_cut: bool
    """Whether earlier versions are not in this clone."""
    is_uncommitted: bool
    """Whether what the page shows is not committed yet."""
    is_told: bool
    """Whether its versions are told, where there are several."""
    published: Release | None
    """By which it was published first; only where its figures have changed since, so that a release changes no page."""

    @property
    def first(self) -> Commit | None:
        """Return the change by which the file came, None where that is not known."""
        return self.commits[-1] if self.commits and not self.is_cut else None

    @property
    def last(self) -> Commit | None:
        """Return the last change of what the page shows; None where it is not known, or there was no later one."""
        several = len(self.commits) > 1 or self.is_cut
        return self.commits[0] if self.commits and several and not self.is_uncommitted else None

    @property
    def has_page(self) -> bool:
        """Tell whether there is more than one version, and they are told."""
        return self.is_told and (len(self.commits) > 1 or (self.is_cut and bool(self.commits)))


class ChangeText(Struct, frozen=True):
    """What a version changed."""

    rows: tuple[tuple[str, tuple[str, ...]], ...]
    """Where, and what; the place is empty for the head of the form."""
    note: str


class UnitHistory(Struct, frozen=True):
    """What git knows of a unit's records; nothing where it knows nothing."""

    modified: Mapping[str, str]
    """The day of each file's last change, ISO, by path."""
    records: Mapping[str, RecordHistory]
    """By id."""
    changes_of: Callable[[str], Iterable[ChangeText]]
    """Gives what each version of a record changed, in their order."""
    key_of: Callable[[str], bytes]
    """Gives the digest of all that this depends on."""


NO_HISTORY = UnitHistory({}, {}, lambda _: (), lambda _: b"")


class HistoryContext(Struct, frozen=True):
    """pages/history.html: the versions of one record."""

    row: RecordRow
    history: RecordHistory
    versions: tuple[tuple[Commit, ChangeText], ...]
    """The newest first."""


def shown_subject(subject: str) -> str:
    """Return a subject line as a page prints it: on one line, not too long, without what belongs to a person."""
    text = " ".join("".join(char for char in subject if char.isprintable() or char.isspace()).split())
    for pattern in (ID_NUMBER, MOBILE_NUMBER, CARD_NUMBER):
        text = pattern.sub(lambda found: found[0].replace(found["number"], masked(found["number"])), text)
    text = _ADDRESS.sub("***", text)
    return (f"{text[:_LONGEST]}…" if len(text) > _LONGEST else text) or _UNTITLED


def _shortened(subject: str) -> str:
    return f"{subject[:_SHORT]}…" if len(subject) > _SHORT else subject


def history_pages(
    records: Iterable[Record], rows: Mapping[str, RecordRow], titles: Callable[[RecordRow], str], unit: UnitHistory
) -> Iterator[Planned]:
    """Plan the page of versions of each record that has more than one; `titles` names a record's page."""
    for record in records:
        history = unit.records.get(record.id)
        if history is None or not history.has_page:
            continue
        row, url = rows[record.id], history_url(record)

        def plan(identifier: str = record.id, row: RecordRow = row, url: str = url) -> Page:
            return _page(url, row, titles(row), unit.records[identifier], unit.changes_of(identifier))

        yield Planned(url, "pages/history.html", key_of(row, titles(row), history, unit.key_of(record.id)), plan)


def _page(url: str, row: RecordRow, title: str, history: RecordHistory, changes: Iterable[ChangeText]) -> Page:
    versions = tuple(zip(history.commits, changes, strict=True))
    return Page(
        url=url,
        template="pages/history.html",
        context=HistoryContext(row, history, versions),
        title=f"修改记录 · {title}",
        description=f"{row.unit.title}{row.year.title}年度“{row.name}”{row.form.title}的各个版本，每一版改了哪些栏。",
        section="records",
        crumbs=(Link("全部记录", RECORDS), row.year, row.unit, Link(row.name, row.url), Link("修改记录", "")),
        headings=tuple(PageHeading(f"v-{one.name}", f"{one.day} {_shortened(one.subject)}") for one in history.commits),
    )
