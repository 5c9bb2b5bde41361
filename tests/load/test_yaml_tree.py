"""The tree keeps what is written, the bounds hold, and no text makes the reader raise."""

import string
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.load import yaml_tree
from generator.load.tree import Mapping, Node, Scalar, Sequence
from generator.load.yaml_traps import repair_traps
from generator.load.yaml_tree import MAX_ALIASES, MAX_DEPTH, MAX_NODES, parse_tree
from generator.origin import Span


def codes(text: str) -> list[str]:
    return [finding.code for finding in parse_tree(text, "f.yaml").findings]


Data = Any


def as_data(node: Node) -> Data:
    """Return a tree as plain lists, dicts and texts."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [as_data(item) for item in node.items]
    return {key.text: as_data(value) for key, value in node.entries}


def as_text(data: Data) -> Data:
    """Return data with every scalar as the safe dumper prints it."""
    if isinstance(data, dict):
        return {as_text(key): as_text(value) for key, value in data.items()}
    if isinstance(data, list):
        return [as_text(item) for item in data]
    return (
        {True: "true", False: "false", None: "null"}[data]
        if data is None or data is True or data is False
        else str(data)
    )


@pytest.fixture(params=["as installed", "pure Python"])
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "pure Python":
        monkeypatch.setattr(yaml_tree, "_LOADER", yaml.Loader)


@pytest.mark.usefixtures("_parser")
def test_scalars_stay_text_and_know_their_place() -> None:
    result = parse_tree('编码: 0012\n金额: {年初: 94.60}\n清单:\n  - "是"\n', "f.yaml")

    assert result.findings == ()
    assert result.node == Mapping(
        (
            (Scalar("编码", Span(1, 1)), Scalar("0012", Span(1, 5))),
            (
                Scalar("金额", Span(2, 1)),
                Mapping(((Scalar("年初", Span(2, 6)), Scalar("94.60", Span(2, 10))),), Span(2, 5)),
            ),
            (Scalar("清单", Span(3, 1)), Sequence((Scalar("是", Span(4, 5), plain=False),), Span(4, 3))),
        ),
        Span(1, 1),
    )


@pytest.mark.usefixtures("_parser")
def test_a_duplicate_key_is_still_there_twice() -> None:
    node = parse_tree("甲: 1\n甲: 2\n", "f.yaml").node

    assert node is not None
    assert [value for _, value in node.entries] == [Scalar("1", Span(1, 4)), Scalar("2", Span(2, 4))]


@pytest.mark.usefixtures("_parser")
def test_a_repaired_text_gives_the_values_its_author_meant() -> None:
    result = parse_tree("年度指标值: >10%\n项目名称:示例\n总分: {分值: @}\n说明: |\n  正文\n", "f.yaml")

    assert result.node is not None
    assert as_data(result.node) == {
        "年度指标值": ">10%",
        "项目名称": "示例",
        "总分": {"分值": "@"},
        "说明": "正文\n",
    }


def test_places_are_those_of_the_text_as_written() -> None:
    node = parse_tree("甲: {乙: @, 丙丙:@, 丁: 1}\n戊:\n\t己: 1\n", "f.yaml").node

    assert node is not None
    (_, first), (_, second) = node.entries
    assert isinstance(first, Mapping)
    assert isinstance(second, Mapping)
    assert [(key.text, key.span.column, value.span.column) for key, value in first.entries] == [
        ("乙", 5, 8),
        ("丙丙", 11, 14),
        ("丁", 17, 20),
    ]
    assert [(key.span, value.span) for key, value in second.entries] == [(Span(3, 2), Span(3, 5))]


def test_what_no_repair_explains_gives_no_tree() -> None:
    result = parse_tree("甲: 1\n- 乙\n", "f.yaml")

    assert result.node is None
    assert result.findings


@pytest.mark.usefixtures("_parser")
def test_nesting_is_bounded() -> None:
    assert codes("甲: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)) == []
    assert codes("甲: " + "[" * MAX_DEPTH + "]" * MAX_DEPTH) == ["SRC038"]
    assert codes("甲: " + "[" * 50_000) == ["SRC038"]


@pytest.mark.usefixtures("_parser")
def test_aliases_are_allowed_up_to_a_bound() -> None:
    head = "甲: &a 1\n乙: ["

    assert codes(head + ", ".join(["*a"] * MAX_ALIASES) + "]") == []
    assert codes(head + ", ".join(["*a"] * (MAX_ALIASES + 5)) + "]") == ["SRC034"]


def test_keys_that_cannot_be_fields_are_left_out() -> None:
    node = parse_tree("甲: 1\n<<: {乙: 2}\n[丙]: 3\n", "f.yaml").node

    assert node is not None
    assert [key.text for key, _ in node.entries] == ["甲"]


def test_an_alias_stands_for_the_node_it_names() -> None:
    node = parse_tree("甲: &a {丙: 1}\n乙: *a\n", "f.yaml").node

    assert node is not None
    assert as_data(node) == {"甲": {"丙": "1"}, "乙": {"丙": "1"}}


def test_nodes_behind_aliases_count_each_time() -> None:
    steps = ["甲0: &a0 [1, 2, 3, 4, 5, 6, 7, 8]"]
    steps += [f"甲{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}]" for i in range(1, 6)]

    assert codes("\n".join(steps)) == ["SRC039"]


def test_the_number_of_values_is_bounded() -> None:
    assert codes("甲: [" + "1, " * MAX_NODES + "]") == ["SRC039"]


def test_control_characters_are_named() -> None:
    assert codes("甲: \x07\n") == ["SRC026"]


def test_thousands_of_faulty_lines_are_all_reported() -> None:
    assert codes("".join(f"栏{i}: >1%\n" for i in range(2_000))) == ["SRC050"] * 2_000


TRICKY = st.text(alphabet=st.sampled_from("项目：:,，-?*&!|>%@`'\"{}[]#<\\ \t\n\u3000\xa0“”1a~="), max_size=80)


@given(st.one_of(TRICKY, st.text(max_size=80)))
def test_no_text_makes_the_reader_raise(text: str) -> None:
    result = parse_tree(text, "f.yaml")

    assert result.node is not None or result.findings


@given(TRICKY)
def test_every_finding_points_into_the_text(text: str) -> None:
    lines = text.split("\n")

    for finding in parse_tree(text, "f.yaml").findings:
        assert 1 <= finding.origin.line <= len(lines)
        assert 1 <= finding.origin.column <= len(lines[finding.origin.line - 1]) + 1


@given(TRICKY)
def test_repair_keeps_every_line_in_its_place(text: str) -> None:
    assert repair_traps(text, "f.yaml")[0].text.count("\n") == text.count("\n")


WORDS = st.text(alphabet=string.ascii_letters + string.digits + " \n-:：，。#%>|\"'{}[]项目绩效\u3000", max_size=60)
KEYS = st.text(alphabet=string.ascii_letters + "项目资金（）- ", min_size=1, max_size=12)
SCALARS = st.one_of(WORDS, st.integers(), st.booleans(), st.none())
DATA = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=20
)


@given(st.dictionaries(KEYS, DATA, min_size=1, max_size=5), st.sampled_from([None, True, False]), st.booleans())
def test_dumped_data_is_read_back_as_text(data: dict[str, Any], flow: bool | None, unicode: bool) -> None:  # noqa: FBT001
    text = yaml.safe_dump(data, allow_unicode=unicode, default_flow_style=flow)
    result = parse_tree(text, "f.yaml")

    assert result.node is not None
    assert as_data(result.node) == as_text(data)
    assert result.findings == ()


@given(st.dictionaries(KEYS, DATA, min_size=1, max_size=5), st.sampled_from([None, False]), st.booleans())
def test_sound_lines_of_a_rejected_text_raise_no_alarm(data: dict[str, Any], flow: bool | None, unicode: bool) -> None:  # noqa: FBT001
    # A list at the top keeps the dumper from writing the whole record in braces.
    data |= {"清单": []}
    text = yaml.safe_dump(data, allow_unicode=unicode, default_flow_style=flow)
    line = text.count("\n") + 1
    result = parse_tree(text + "年度指标值: >10%\n", "f.yaml")

    assert [(finding.origin.line, finding.code) for finding in result.findings] == [(line, "SRC050")]
    assert result.node is not None
    assert as_data(result.node) == as_text(data) | {"年度指标值": ">10%"}


def test_a_text_far_longer_than_a_record_is_not_searched_for_slips() -> None:
    text = "项目名称: >10%\n" * 20_000

    result = parse_tree(text, "a.yaml")

    assert result.node is None
    assert [finding.origin.line for finding in result.findings] == [1]
