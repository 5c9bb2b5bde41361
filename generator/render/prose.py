"""Markdown to HTML by markdown-it-py: authors may emphasise and list, never inject HTML, script or a foreign image."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from generator.text import heading_slug


class Heading(NamedTuple):
    """A heading of a hand-written page."""

    id: str
    title: str
    level: int


@cache
def _prose_parser() -> MarkdownIt:
    """Return the parser for texts of records; with `html` off every tag is shown as text."""
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable("image")


@cache
def _page_parser() -> MarkdownIt:
    """Return the parser for hand-written pages; its own check refuses links to javascript:, vbscript: and file:."""
    return MarkdownIt("commonmark", {"html": False}).enable("table").enable("strikethrough")


def render_prose(text: str) -> Markup:
    """Render one text of a record; its headings become plain bold lines, for a cell of a form has no outline."""
    if not text:
        return Markup("")
    tokens = _prose_parser().parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "p"
            if token.nesting == 1:
                token.attrJoin("class", "prose-heading")
    return _rendered(_prose_parser(), tokens)


def render_page(text: str, base: str) -> Markup:
    """Render a hand-written page: links between pages end in .html, images of other hosts become links."""
    tokens = _page_parser().parse(text)
    _give_ids(tokens)
    for token in tokens:
        for child in token.children or ():
            if child.type == "link_open":
                child.attrs["href"] = _site_link(str(child.attrs.get("href", "")), base)
            elif child.type == "image":
                child.attrs["src"] = _local_image(str(child.attrs.get("src", "")), base)
    return _rendered(_page_parser(), tokens)


def _rendered(parser: MarkdownIt, tokens: Sequence[Token]) -> Markup:
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
        Heading(str(token.attrs["id"]), tokens[number + 1].content, int(token.tag[1]))
        for number, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag in ("h2", "h3")
    )


def _give_ids(tokens: Sequence[Token]) -> None:
    seen: dict[str, int] = {}
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            slug = heading_slug(tokens[number + 1].content)
            seen[slug] = seen.get(slug, 0) + 1
            token.attrs["id"] = slug if seen[slug] == 1 else f"{slug}-{seen[slug]}"


def _site_link(target: str, base: str) -> str:
    """Turn a link to another page's file into one to the page; leave fragments and other hosts alone."""
    if not target or target.startswith(("#", "//")) or ":" in target.partition("/")[0]:
        return target
    path, mark, fragment = target.partition("#")
    path = path.removeprefix("./")
    if path.endswith(".md"):
        path = path.removesuffix(".md") + ".html"
    return f"{base}{path}{mark}{fragment}"


def _local_image(target: str, base: str) -> str:
    """Refuse images of other hosts: the site asks nobody but itself."""
    return "" if ":" in target or target.startswith("//") else base + target.removeprefix("./")
