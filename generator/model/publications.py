"""What was published when: for each record the digests of what it printed, release by release; known without git.

`releases/published.txt` of a project looks like this, one line a record:

    # 由 jixiao release 写入……
    @ 2025-03 2025-03-31
    @ 2025-06 2025-06-30
    2024/xinzhuang/liangxin 2025-03:4d20…:99c1… 2025-06:8a01…:77b0…:5e6f…

A line names only the releases in which the record was not as before; one that was taken back has no digests there.
Behind content and figures stand the corrections that were new in that release, each by the digest of all it says.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.patterns import lazy_pattern

WITHDRAWN = ""
"""Stands for the digest of a record that a release no longer has."""

_HEAD = (
    "# 公开过哪些绩效表，由 jixiao release 写入，请不要手改。\n"
    "# “@”后面是一次发布的名称和日期；其余每行一份表：标识，再是每次内容或更正有变时的“发布:内容的 SHA-256:数字的 SHA-256”，\n"
    "# 其后是这一次新公开的各条更正的 SHA-256；撤下的写“发布:-”。\n"
)
_RELEASE = lazy_pattern(r"@ (?P<name>\S+) (?P<day>\d{4}-\d\d-\d\d)")
_RECORD = lazy_pattern(r"(?P<id>[^\s#@]\S*)(?P<parts>(?: [^\s:]+:(?:-|[0-9a-f]{64}(?::[0-9a-f]{64})+))+)")


class NotPublicationsError(ValueError):
    """A line of the list cannot be understood."""

    def __init__(self, line: int) -> None:
        """Take the number of the line, from 1."""
        super().__init__(line)
        self.line = line


class Publication(NamedTuple):
    """What a record printed from one release on."""

    release: str
    content: str
    """See `model.printed.printed_digest`; WITHDRAWN where the record was taken back."""
    figures: str = ""
    """See `model.printed.figures_digest`."""
    corrections: tuple[str, ...] = ()
    """Those that no release before had; see `model.frozen_corrections`."""


class Printed(NamedTuple):
    """The digests of a record in one release."""

    content: str
    figures: str
    corrections: tuple[str, ...] = ()
    """All that it has."""


class Release(NamedTuple):
    """One release."""

    name: str
    day: str
    """ISO."""


class PublishedFigures(NamedTuple):
    """The figures of a record as a release published them."""

    release: str
    day: str
    """ISO; empty where the list does not say."""
    figures: str
    """See `model.printed.figures_digest`."""
    corrections: tuple[str, ...] = ()
    """Those that were published first with these figures; see `model.frozen_corrections`."""


class Publications(NamedTuple):
    """All releases in their order, and what each record printed in them."""

    releases: tuple[Release, ...] = ()
    records: Mapping[str, tuple[Publication, ...]] = {}
    """By record id, the first publication first; only changes."""

    def first(self, identifier: str) -> Publication | None:
        """Return what a record printed when it was first published, or None where it never was."""
        found = self.records.get(identifier)
        return found[0] if found else None

    def last(self, identifier: str) -> Publication | None:
        """Return what a record printed in the newest release, or None where it never was published."""
        found = self.records.get(identifier)
        return found[-1] if found else None

    def contents_of(self, identifier: str) -> tuple[Publication, ...]:
        """Return what a record printed in each release in which that was not as before."""
        found = self.records.get(identifier, ())
        before = ("", *(one.content for one in found))
        return tuple(one for one, content in zip(found, before, strict=False) if one.content != content)

    def figures_of(self, identifier: str) -> tuple[PublishedFigures, ...]:
        """Return the figures of a record in each release that published others than the one before."""
        found: list[PublishedFigures] = []
        for one in self.records.get(identifier, ()):
            if one.content == WITHDRAWN:
                continue
            if found and found[-1].figures == one.figures:
                found[-1] = found[-1]._replace(corrections=(*found[-1].corrections, *one.corrections))
            else:
                day = next((release.day for release in self.releases if release.name == one.release), "")
                found.append(PublishedFigures(one.release, day, one.figures, one.corrections))
        return tuple(found)

    def with_release(self, release: Release, records: Mapping[str, Printed]) -> "Publications":
        """Add a release, or put it in the place of the newest one of the same name.

        `records` has all records that it publishes, by id.
        """
        before = self.without_newest(release.name)
        found = dict(before.records)
        for identifier, (content, figures, corrections) in records.items():
            known = {digest for one in before.records.get(identifier, ()) for digest in one.corrections}
            new = tuple(digest for digest in corrections if digest not in known)
            publication, former = Publication(release.name, content, figures, new), before.last(identifier)
            if former is None or former.content != content or new:
                found[identifier] = (*found.get(identifier, ()), publication)
        for identifier, publications in before.records.items():
            if identifier not in records and publications[-1].content != WITHDRAWN:
                found[identifier] = (*publications, Publication(release.name, WITHDRAWN))
        return Publications((*before.releases, release), dict(sorted(found.items())))

    def until(self, releases: Sequence[Release]) -> "Publications":
        """Return what these releases published, where they are the first ones of all; otherwise nothing."""
        if self.releases[: len(releases)] != tuple(releases):
            return Publications(tuple(releases))
        names = {release.name for release in releases}
        kept = {
            one: tuple(publication for publication in found if publication.release in names)
            for one, found in self.records.items()
        }
        return Publications(tuple(releases), {one: found for one, found in kept.items() if found})

    def without_newest(self, name: str) -> "Publications":
        """Return what was published before the newest release, where that has this name."""
        if not self.releases or self.releases[-1].name != name:
            return self
        return self.until(self.releases[:-1])


NOTHING_PUBLISHED = Publications()


def format_publications(publications: Publications) -> str:
    """Return the list as its file has it."""
    lines = [f"@ {release.name} {release.day}\n" for release in publications.releases]
    for identifier, found in sorted(publications.records.items()):
        lines.append(f"{identifier} {' '.join(map(_part, found))}\n")
    return _HEAD + "".join(lines)


def parse_publications(text: str) -> Publications:
    """Read the list; raise NotPublicationsError where a line is none of it."""
    releases: list[Release] = []
    records: dict[str, tuple[Publication, ...]] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if release := _RELEASE.fullmatch(line.rstrip()):
            releases.append(Release(release["name"], release["day"]))
        elif (record := _RECORD.fullmatch(line.rstrip())) and record["id"] not in records:
            records[record["id"]] = tuple(_publication(part) for part in record["parts"].split())
        else:
            # As git leaves it where two branches both released, for one.
            raise NotPublicationsError(number)
    return Publications(tuple(releases), records)


def _part(publication: Publication) -> str:
    if publication.content == WITHDRAWN:
        return f"{publication.release}:-"
    return ":".join((*publication[:3], *publication.corrections))


def _publication(part: str) -> Publication:
    release, content, *digests = part.split(":")
    if content == "-":
        return Publication(release, WITHDRAWN)
    figures, *corrections = digests
    return Publication(release, content, figures, tuple(corrections))
