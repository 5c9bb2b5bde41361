"""The list of pages for search engines."""

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from generator.artifact import Artifact
from generator.plan.urls import HOME, NOT_FOUND
from generator.text import as_xml

MOST = 50_000
"""Addresses that one list may have; a longer one is split and has a list of its parts."""

_NAMES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def sitemap_lines(urls: Iterable[str], site_url: str, modified: Mapping[str, str]) -> bytes:
    """Return a line for each page; `modified` has the date of a page's last change by url."""
    return b"".join(_line(url, site_url, modified.get(url, "")) for url in urls if url != NOT_FOUND)


def _line(url: str, site_url: str, date: str) -> bytes:
    changed = f"<lastmod>{date}</lastmod>" if date else ""
    return f"<url><loc>{_address(url, site_url)}</loc>{changed}</url>\n".encode()


def _address(url: str, site_url: str) -> str:
    return as_xml(site_url + quote("" if url == HOME else url))


def make_sitemaps(lines: bytes, site_url: str) -> Iterator[Artifact]:
    """Make sitemap.xml of the lines, or several lists and sitemap.xml as the list of them."""
    parts = list(_parts(lines.splitlines(keepends=True)))
    if len(parts) == 1:
        yield Artifact("sitemap.xml", _listed("urlset", parts[0]))
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield Artifact(name, _listed("urlset", part))
    of_parts = "".join(f"<sitemap><loc>{_address(name, site_url)}</loc></sitemap>\n" for name in names)
    yield Artifact("sitemap.xml", _listed("sitemapindex", [of_parts.encode()]))


def _parts(lines: list[bytes]) -> Iterator[list[bytes]]:
    for start in range(0, max(len(lines), 1), MOST):
        yield lines[start : start + MOST]


def _listed(name: str, lines: Iterable[bytes]) -> bytes:
    return b"".join((f"{_DECLARATION}<{name} {_NAMES}>\n".encode(), *lines, f"</{name}>\n".encode()))
