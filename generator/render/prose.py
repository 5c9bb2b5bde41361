"""Markdown to HTML by markdown-it-py: authors may emphasise and list, never inject HTML, script or a foreign image."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from generator.address import local_link
from generator.patterns import lazy_pattern
from generator.text import heading_slug

# MarkdownIt is loaded by the first text that needs it; see `plain_prose`.
if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


class Heading(NamedTuple):
    """A heading of a hand-written page."""

    id: str
    title: str
    level: int


@cache
def _prose_parser() -> "MarkdownIt":
    """Return the parser for texts of records; with `html` off every tag is shown as text."""
    from markdown_it import MarkdownIt  # noqa: PLC0415  as above

    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable("image")


@cache
def _page_parser() -> "MarkdownIt":
    """Return the parser for hand-written pages; its own check refuses links to javascript:, vbscript: and file:."""
    from markdown_it import MarkdownIt  # noqa: PLC0415  as above

    return MarkdownIt("commonmark", {"html": False}).enable("table").enable("strikethrough")


# A page shows most texts twice, in its form and above it.
@lru_cache(maxsize=1024)
def render_prose(text: str) -> Markup:
    """Render one text of a record; its headings become plain bold lines, for a cell of a form has no outline."""
    plain = plain_prose(text.strip("\n"))
    return marked_prose(text) if plain is None else plain


def marked_prose(text: str) -> Markup:
    """Render a text that may hold any Markdown."""
    tokens = _prose_parser().parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "p"
            if token.nesting == 1:
                token.attrJoin("class", "prose-heading")
    return _rendered(_prose_parser(), tokens)


# A mark of Markdown or HTML, or a blank at an end of a line, which Markdown may count or drop.
_MARKED = lazy_pattern(r"""[\0\t\r\\`*_\[<>&"#~|]|^[^\S\n]|[^\S\n]$""", re.MULTILINE)
_OPENS_BLOCK = lazy_pattern(r"(?:[-+=:]|[0-9]{1,9}[.)](?: |$))", re.MULTILINE)
_POINT = lazy_pattern(r"(?:(?P<number>[0-9]{1,9})\.|-) (?P<text>\S.*)")
_BLANK_LINES = lazy_pattern(r"\n{2,}")


def plain_prose(text: str) -> Markup | None:
    """Render what most texts are: paragraphs without any mark, or one list of them; None where there is more to it.

    MarkdownIt makes the same of them, in a hundred times as long.
    """
    if not text:
        return Markup("")
    if _MARKED.search(text):
        return None
    lines = text.split("\n")
    if not any(map(_OPENS_BLOCK.match, lines)):
        paragraphs = (part.replace("\n", "<br />\n") for part in _BLANK_LINES.split(text))
        return Markup("".join([f"<p>{part}</p>\n" for part in paragraphs]))  # noqa: S704  no mark, nothing to escape
    return _plain_list(lines)


def _plain_list(lines: Sequence[str]) -> Markup | None:
    points = [point for line in lines if (point := _POINT.fullmatch(line)) and not _OPENS_BLOCK.match(point["text"])]
    numbered = [point for point in points if point["number"]]
    if len(points) < len(lines) or len(numbered) not in (0, len(points)):
        return None
    first = int(numbered[0]["number"]) if numbered else 0
    tag, start = ("ol", f' start="{first}"' if first != 1 else "") if numbered else ("ul", "")
    items = "".join([f"<li>{point['text']}</li>\n" for point in points])
    return Markup(f"<{tag}{start}>\n{items}</{tag}>\n")  # noqa: S704  no mark, nothing to escape


def render_page(text: str, base: str, folder: str = "") -> Markup:
    """Render a hand-written page of a folder: links between pages end in .html, images of other hosts become links."""
    tokens = _page_parser().parse(text)
    _give_ids(tokens)
    for token in tokens:
        if token.children:
            token.children = list(_site_links(token.children, base, folder))
    return _rendered(_page_parser(), tokens)


def _site_links(tokens: Sequence["Token"], base: str, folder: str) -> Iterator["Token"]:
    """Yield the tokens of one text with links and images that lead where they should from this page."""
    from markdown_it.token import Token  # noqa: PLC0415  as above

    in_link = False
    for token in tokens:
        if token.type == "link_open":
            token.attrs["href"] = _site_link(str(token.attrs.get("href", "")), base, folder)
        in_link = (in_link or token.type == "link_open") and token.type != "link_close"
        source = str(token.attrs.get("src", ""))
        if token.type != "image" or not _is_elsewhere(source):
            if token.type == "image":
                token.attrs["src"] = _site_link(source, base, folder)
            yield token
            continue
        # The site asks nobody but itself, so a foreign picture is only named; a link cannot stand inside another.
        is_address = source.startswith(("http:", "https:", "//")) and not in_link
        if is_address:
            yield Token("link_open", "a", 1, attrs={"href": source})
        yield Token("text", "", 0, content=_text_of(token) or (source if is_address else "图片"))
        if is_address:
            yield Token("link_close", "a", -1)


def _rendered(parser: "MarkdownIt", tokens: Sequence["Token"]) -> Markup:
    """Render tokens; MarkdownIt escapes all text, so the result may stand in a page as it is."""
    for token in tokens:
        if token.type == "table_open":
            token.attrSet("class", "list")
        elif token.type in ("th_open", "td_open"):
            # MarkdownIt aligns columns by style attributes, which the site's policy forbids.
            alignment = str(token.attrs.pop("style", "")).removeprefix("text-align:")
            if alignment:
                token.attrSet("class", f"align-{alignment}")
    html: str = parser.renderer.render(tokens, parser.options, {})
    # A wide table scrolls inside its own box, on a phone too; the box can be reached by keyboard.
    html = html.replace("<table", '<div class="scroll" tabindex="0" role="region" aria-label="表格"><table')
    return Markup(html.replace("</table>", "</table></div>"))  # noqa: S704


def page_headings(text: str) -> tuple[Heading, ...]:
    """Return the second and third level headings of a hand-written page, with the ids that `render_page` gives them."""
    tokens = _page_parser().parse(text)
    _give_ids(tokens)
    return tuple(
        Heading(str(token.attrs["id"]), _text_of(tokens[number + 1]), int(token.tag[1]))
        for number, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag in ("h2", "h3")
    )


def _text_of(token: "Token") -> str:
    """Return what a reader sees of an inline token: no marks of Markdown, no addresses."""
    breaks = {"softbreak": " ", "hardbreak": " "}
    return "".join(
        _text_of(child) if child.children else breaks.get(child.type, child.content) for child in token.children or ()
    )


def _give_ids(tokens: Sequence["Token"]) -> None:
    seen: dict[str, int] = {}
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            slug = heading_slug(_text_of(tokens[number + 1]))
            seen[slug] = seen.get(slug, 0) + 1
            token.attrs["id"] = slug if seen[slug] == 1 else f"{slug}-{seen[slug]}"


def _site_link(target: str, base: str, folder: str) -> str:
    """Return a link as it leads from this page; fragments and other hosts stay as they are."""
    link = local_link(target, folder)
    return target if link is None else f"{base}{link.path}{link.tail}"


def _is_elsewhere(source: str) -> bool:
    return local_link(source, "") is None
