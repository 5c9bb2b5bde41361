"""What a browser asks and what it is answered, as plain values."""

import json
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl

MOST_FIELDS = 20_000
"""As many as a posted form may have; the largest official form has some hundred."""

HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"


class Request(NamedTuple):
    """One request, let in by the guard."""

    path: str
    """Without its query, decoded."""
    query: Mapping[str, str]
    form: Mapping[str, str]
    """What was posted, by name; empty for a request that only looks."""
    all_of: Mapping[str, tuple[str, ...]]
    """What was posted under names that may come several times."""
    is_post: bool


class Response(NamedTuple):
    """What is answered."""

    body: bytes
    kind: str = HTML
    status: int = 200
    location: str = ""
    """Where to go instead; empty to stay."""
    is_page_of_site: bool = False
    """Whether it is a page of a built site, which brings a policy of its own."""


def page(html: str, status: int = 200) -> Response:
    """Answer a page."""
    return Response(html.encode(), status=status)


def data(value: object, status: int = 200) -> Response:
    """Answer something for the page's own script."""
    return Response(json.dumps(value, ensure_ascii=False).encode(), JSON, status)


def see(location: str) -> Response:
    """Send the browser to look at another page, so that loading it again posts nothing twice."""
    return Response(b"", status=303, location=location)


def request_of(path: str, query: str, body: bytes | None) -> Request:
    """Return a request from its parts; raise ValueError where the body is no form."""
    text = body.decode("utf-8") if body is not None else ""
    posted = parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text), max_num_fields=MOST_FIELDS)
    several: dict[str, list[str]] = {}
    for name, value in posted:
        # Browsers end the lines of what was typed as Windows does.
        several.setdefault(name, []).append(value.replace("\r\n", "\n").replace("\r", "\n"))
    asked = dict(parse_qsl(query, keep_blank_values=True, max_num_fields=100))
    all_of = {name: tuple(values) for name, values in several.items()}
    return Request(path, asked, {name: values[-1] for name, values in all_of.items()}, all_of, body is not None)
