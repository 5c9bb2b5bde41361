"""What stands around a page: Material's header, navigation and footer, rendered ahead with gaps that pages fill.

Material's templates take about a millisecond each time, so they are rendered once for every section of the site.
A page then costs one string join. A shell is a plain value: it can be sent to a worker process.
"""

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec
from msgspec import Struct

from generator.patterns import lazy_pattern
from generator.render.csp import policy_of
from generator.settings import Settings
from generator.text import as_html

if TYPE_CHECKING:
    from jinja2 import BytecodeCache

# Nobody writes these into a template or a title by chance, and no escaping changes them.
BASE = "qjxbaseqz"
"""Stands in a rendered shell where the way to the site's root belongs."""
_GAP = lazy_pattern(r"qjxgap_(\w+?)_qz")
_SAFE_BASE = lazy_pattern(r"[A-Za-z0-9._~/%-]*")

_PART_LEVEL = 2

PAGE_GAPS = (
    *("policy", "description", "canonical", "feed", "full_title", "title"),
    *("hidden_contents", "contents", "trail", "classes", "body", "lines"),
)


def gap(name: str) -> str:
    """Return what stands in a rendered shell where a page fills something in."""
    return f"qjxgap_{name}_qz"


def address(path: str) -> str:
    """Return a path of the site as it may stand in an attribute."""
    return as_html(quote(path, safe="/#?=&"))


class NavEntry(Struct, frozen=True, array_like=True, gc=False):
    """One line of the navigation on the left."""

    title: str
    url: str
    """Relative to the site, such as `units.html`."""
    section: str
    """Pages whose frame names this section mark the line as current."""
    group: str = ""
    """What it stands under; lines of one group follow one another."""


class Crumb(Struct, frozen=True, array_like=True, gc=False):
    """One step of the way from the home page."""

    title: str
    url: str
    """Relative to the site; empty for a step that has no page."""


class Heading(Struct, frozen=True, array_like=True, gc=False):
    """One line of the table of contents."""

    id: str
    title: str
    level: int
    """2 for the page's main parts, 3 for what is below them; deeper ones are listed as 3."""


class Frame(Struct, frozen=True):
    """All that the shell needs of one page."""

    url: str
    """Relative to the site, such as `records/2024/unit/project.html`."""
    title: str
    body: str
    """Trusted HTML."""
    description: str = ""
    section: str = ""
    crumbs: tuple[Crumb, ...] = ()
    headings: tuple[Heading, ...] = ()
    base: str = ""
    """Prefix of every site address, such as `../../`; empty: found from the depth of the url."""
    wide: bool = False
    """Leave out the contents column, for tables that want the room."""
    print_only_form: bool = False
    """On paper show only what is inside elements of class `official-form`."""
    feed: Crumb | None = None
    """The feed of what the page is about."""


class _Outline(Struct, frozen=True):
    """A page with gaps: what stands before each gap and the gap's name, then what stands behind the last one."""

    pieces: tuple[tuple[bytes, str], ...]
    rest: bytes

    @classmethod
    def of(cls, text: str) -> "_Outline":
        *parts, rest = _GAP.split(text)
        literals = (part.encode() for part in parts[::2])
        return cls(tuple(zip(literals, parts[1::2], strict=True)), rest.encode())

    def filled(self, values: Mapping[str, str]) -> bytes:
        return b"".join(
            [part for literal, name in self.pieces for part in (literal, values[name].encode())] + [self.rest]
        )


class Shell(Struct, frozen=True, array_like=True):
    """The rendered shell of every section; plain values, so that it can be kept and sent to a worker process."""

    site_name: str
    site_description: str
    site_url: str
    live: bool
    sections: dict[str, str]
    """Section to the shell's text, with gaps and with a mark where the way to the site's root belongs."""
    contents: str
    """The table of contents, with a gap for its lines."""
    trail: str
    """The breadcrumbs, with a gap for its steps."""

    @property
    def digest(self) -> bytes:
        """Digest of all that it puts around pages."""
        return hashlib.blake2b(msgspec.msgpack.encode(self), digest_size=16).digest()

    def wrap(self, frame: Frame) -> bytes:
        """Return the whole page in UTF-8."""
        base = frame.base or "../" * frame.url.count("/")
        text = self.sections[frame.section if frame.section in self.sections else ""]
        page = {
            "description": as_html(frame.description or self.site_description),
            "canonical": as_html(self._canonical(frame.url)),
            "feed": _feed_line(frame.feed, base),
            "full_title": as_html(self._full_title(frame)),
            "title": as_html(frame.title),
            "hidden_contents": "hidden" if frame.wide else "",
            "contents": "" if frame.wide else _list_in(self.contents, _heading_items(frame.headings)),
            "trail": _list_in(self.trail, _crumb_items(frame.crumbs, base)),
            "classes": "print-only-form" if frame.print_only_form else "",
            "body": frame.body,
        }
        return _outline(text, base, live=self.live).filled(page)

    def _canonical(self, url: str) -> str:
        return self.site_url + quote("" if url == "index.html" else url) if self.site_url else ""

    def _full_title(self, frame: Frame) -> str:
        named_alike = frame.title in ("", self.site_name)
        return self.site_name if named_alike else f"{frame.title} - {self.site_name}"


# Sections times depths of pages.
@lru_cache(maxsize=512)
def _outline(text: str, base: str, *, live: bool) -> _Outline:
    """Return a section's shell for pages from which this is the way to the site's root."""
    if not _SAFE_BASE.fullmatch(base):
        raise ValueError(f"not a path to the site's root: {base!r}")
    text = text.replace(BASE + "/", base).replace(BASE, base or "./")
    # The preview server of MkDocs puts a script of its own into each page, whose hash nobody can know ahead.
    policy = "" if live else f'<meta http-equiv="Content-Security-Policy" content="{policy_of(text)}">'
    return _Outline.of(text.replace(gap("policy"), policy))


def load_shell(
    settings: Settings,
    nav: Iterable[NavEntry],
    *,
    live: bool = False,
    feed_title: str = "",
    bytecode_cache: "BytecodeCache | None" = None,
) -> Shell:
    """Render Material for every section that the navigation names, and once for pages of no section.

    `bytecode_cache` keeps its compiled templates; it must not outlive a change of Jinja.
    """
    # Whoever kept a shell from an earlier build does without what it takes to make one.
    from generator.render.material import render_shell  # noqa: PLC0415

    return render_shell(settings, tuple(nav), live=live, feed_title=feed_title, bytecode_cache=bytecode_cache)


def _feed_line(feed: Crumb | None, base: str) -> str:
    if feed is None:
        return ""
    # With `alternate` alone, Material's script takes it for the site in another language and looks for its sitemap.
    return f'<link rel="alternate feed" type="application/atom+xml" title="{as_html(feed.title)}" href="{base}{address(feed.url)}">\n'


def _list_in(text: str, lines: str) -> str:
    return text.replace(gap("lines"), lines) if lines else ""


def _crumb_items(crumbs: tuple[Crumb, ...], base: str) -> str:
    return "\n".join(_crumb_item(crumb, base) for crumb in crumbs)


# The steps above the last one are the same for many pages.
@lru_cache(maxsize=1024)
def _crumb_item(crumb: Crumb, base: str) -> str:
    title = f'<span class="md-ellipsis">{as_html(crumb.title)}</span>'
    if crumb.url:
        title = f'<a href="{base}{address(crumb.url)}" class="md-path__link">{title}</a>'
    return f'<li class="md-path__item">{title}</li>'


def _heading_items(headings: tuple[Heading, ...]) -> str:
    parts: list[tuple[Heading, list[Heading]]] = []
    for heading in headings:
        if heading.level > _PART_LEVEL and parts:
            parts[-1][1].append(heading)
        else:
            parts.append((heading, []))
    return "\n".join(_contents_item(part, below) for part, below in parts)


def _contents_item(part: Heading, below: list[Heading]) -> str:
    lines = "".join(f'<li class="md-nav__item">{_contents_link(heading)}</li>' for heading in below)
    inner = f'<ul class="md-nav__list">{lines}</ul>' if lines else ""
    return f'<li class="md-nav__item">{_contents_link(part)}{inner}</li>'


def _contents_link(heading: Heading) -> str:
    title = f'<span class="md-ellipsis">{as_html(heading.title)}</span>'
    return f'<a href="#{as_html(heading.id)}" class="md-nav__link">{title}</a>'
