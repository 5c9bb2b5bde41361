"""Whatever is slipped into a real record, mending it never touches a figure or a printed word."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.load.mend import mend
from generator.load.text_file import decode_text
from generator.load.yaml_tree import parse_tree
from tests.site_tools import PROJECT

RECORDS = sorted((PROJECT / "content/records").rglob("*.yaml"))
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in RECORDS}
SLIPS = st.sampled_from(
    [
        "\t",
        "：",
        ":",
        " ",
        "\u3000",
        "\xa0",
        ">",
        "\u200b",
        "\ufeff",
        "\x0b",
        "\x00",
        "\r",
        '"',
        "-",
        "“",
        "|",
        "#",
        "\n",
    ]
)
# Signs of YAML, blanks and what cannot be seen; all that mending may add or take away.
_SIGNS = re.compile("[\\s\"':：\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


@st.composite
def damaged(draw: st.DrawFn) -> str:
    text = TEXTS[draw(st.sampled_from(sorted(TEXTS)))]
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(text)))
        cut = draw(st.integers(0, 1))
        text = text[:place] + draw(SLIPS) + text[place + cut :]
    return draw(st.sampled_from([text, text.replace("\n", "\r\n"), "\ufeff" + text]))


@settings(max_examples=60, deadline=None)
@given(damaged())
def test_mending_leaves_every_printed_character(text: str) -> None:
    made = mend(text.encode(), "x.yaml", is_markdown=False).data.decode()

    assert _SIGNS.sub("", made) == _SIGNS.sub("", text)
    assert re.findall(r"\d+", made) == re.findall(r"\d+", text)


@settings(max_examples=40, deadline=None)
@given(damaged())
def test_mending_makes_no_new_fault_and_is_done_in_one_go(text: str) -> None:
    data = text.encode()
    made = mend(data, "x.yaml", is_markdown=False)
    again = mend(made.data, "x.yaml", is_markdown=False)

    assert again.data == made.data
    assert len(findings(made.data)) <= len(findings(data))


def findings(data: bytes) -> tuple[object, ...]:
    text, found = decode_text(data, "x.yaml")
    return (*found, *(parse_tree(text, "x.yaml").findings if text is not None else ()))
