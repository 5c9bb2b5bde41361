"""A text of a record says the same in Markdown, XML and HTML, and nothing in it acts there."""

import re
from html import escape, unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.text import as_html, as_markdown, as_xml

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PARTS = st.lists(
    st.sampled_from([*"\\`*_{}[]()<>|#~&$@!%:/+-=.\n 1年", "  ", "www.", "https://", "&lt;", "---", "a"]), max_size=9
)


@settings(max_examples=300, deadline=None)
@given(PARTS)
def test_it_is_read_as_it_was_written(parts: list[str]) -> None:
    text = "".join(parts)
    html = MARKDOWN.render(f"- {as_markdown(text)}\n").replace("\n", "")

    inside = html.removeprefix("<ul><li>").removesuffix("</li></ul>")
    assert "<" not in inside
    assert unescape(inside).replace("\N{ZERO WIDTH SPACE}", "") == re.sub(r"[ \n]+", " ", text).strip(" ")


@pytest.mark.parametrize(
    ("text", "inert"),
    [
        ("@octocat", "@&#8203;octocat"),
        ("a@b.example", "a@&#8203;b.example"),
        ("https://evil.example", "https:&#8203;//evil.example"),
        ("www.evil.example", "www&#8203;.evil.example"),
        ("#12 !3", r"\#&#8203;12 !&#8203;3"),
        ("$x$", "&#36;&#8203;x&#36;"),
        (":tada:", ":&#8203;tada:"),
        ("8:30，≥90%；12.5", "8:30，≥90%；12.5"),
    ],
)
def test_hosts_find_no_names_addresses_or_formulas_in_it(text: str, inert: str) -> None:
    assert as_markdown(text) == inert


@given(st.text(alphabet=st.sampled_from("&<>\"'甲a;#")))
def test_html_and_xml_show_what_was_written(text: str) -> None:
    assert (as_html(text), as_xml(text)) == (escape(text), escape(text, quote=False))
