"""The list of pages for search engines."""

from collections.abc import Iterable, Mapping
from urllib.parse import quote
from xml.sax.saxutils import escape

from generator.plan.urls import HOME, NOT_FOUND


def make_sitemap(urls: Iterable[str], site_url: str, modified: Mapping[str, str]) -> bytes:
    """Return sitemap.xml; `modified` has the date of a page's last change by url."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for url in urls:
        if url == NOT_FOUND:
            continue
        address = escape(site_url + quote("" if url == HOME else url))
        date = modified.get(url, "")
        lines.append(f"<url><loc>{address}</loc>" + (f"<lastmod>{date}</lastmod>" if date else "") + "</url>")
    return ("\n".join([*lines, "</urlset>"]) + "\n").encode()
