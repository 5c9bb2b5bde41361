"""A Markdown record is its front matter with the sections put where they belong."""

from hypothesis import given
from hypothesis import strategies as st

from generator.load.markdown_record import parse_markdown_record
from generator.load.tree import Mapping, Scalar
from generator.origin import Span

SECTIONS = {
    "预期目标": ("年度总体目标", "预期目标"),
    "实际完成情况": ("年度总体目标", "实际完成情况"),
    "其他说明": ("其他说明",),
}


def test_sections_fill_the_fields_of_the_front_matter() -> None:
    text = "---\n项目名称: 示例\n---\n\n## 预期目标\n\n第一段。\n\n第二段。\n\n\n## 其他说明 ##\n无\n"
    result = parse_markdown_record(text, "f.md", SECTIONS)

    assert result.findings == ()
    assert result.node == Mapping(
        (
            (Scalar("项目名称", Span(2, 1)), Scalar("示例", Span(2, 7))),
            (
                Scalar("年度总体目标", Span(7, 1)),
                Mapping(
                    (
                        (
                            Scalar("预期目标", Span(7, 1)),
                            Scalar("第一段。\n\n第二段。", Span(7, 1), plain=False, first_line=7),
                        ),
                    ),
                    Span(7, 1),
                ),
            ),
            (Scalar("其他说明", Span(13, 1)), Scalar("无", Span(13, 1), plain=False, first_line=13)),
        ),
        Span(2, 1),
    )


def values(text: str) -> dict[str, str]:
    """Return the texts under 年度总体目标."""
    node = parse_markdown_record(text, "f.md", SECTIONS).node
    assert node is not None
    objective = next(value for key, value in node.entries if key.text == "年度总体目标")
    assert isinstance(objective, Mapping)
    return {key.text: value.text for key, value in objective.entries if isinstance(value, Scalar)}


def test_sections_join_what_the_front_matter_already_has() -> None:
    text = "---\n年度总体目标:\n  预期目标: 甲\n---\n## 实际完成情况\n乙\n"

    assert values(text) == {"预期目标": "甲", "实际完成情况": "乙"}


def test_a_field_left_empty_in_the_front_matter_is_filled() -> None:
    assert values("---\n年度总体目标:\n---\n## 预期目标\n乙\n") == {"预期目标": "乙"}
    assert values("---\n年度总体目标:\n  预期目标:\n---\n## 预期目标\n乙\n") == {"预期目标": "乙"}


def test_a_section_without_text_is_empty() -> None:
    assert values("---\n项目名称: 甲\n---\n## 预期目标\n## 实际完成情况\n乙\n") == {
        "预期目标": "",
        "实际完成情况": "乙",
    }


def test_headings_in_fenced_code_and_deeper_headings_are_text() -> None:
    body = "### 一\n~~~\n## 预期目标\n```\n~~~\n尾"

    assert values(f"---\n项目名称: 甲\n---\n## 预期目标\n{body}\n") == {"预期目标": body}


def test_faults_of_front_matter_and_body_come_together_in_reading_order() -> None:
    text = "---\n得分: @\n得分: 1\n---\n正文\n## 别的\n"
    result = parse_markdown_record(text, "f.md", SECTIONS)

    assert [(finding.code, finding.origin.line) for finding in result.findings] == [
        ("SRC053", 2),
        ("SRC032", 3),
        ("SRC084", 5),
        ("SRC082", 6),
    ]


def test_an_unclosed_front_matter_without_sections_is_still_read() -> None:
    result = parse_markdown_record("---\n项目名称: 甲\n得分: 1", "f.md", SECTIONS)

    assert [finding.code for finding in result.findings] == ["SRC081"]
    assert result.node is not None
    assert [key.text for key, _ in result.node.entries] == ["项目名称", "得分"]


@given(st.text(alphabet=st.sampled_from("-#\n 预期目标:`~甲"), max_size=60))
def test_no_text_makes_the_reader_raise(text: str) -> None:
    result = parse_markdown_record("---\n" + text, "f.md", SECTIONS)

    assert result.node is not None or result.findings
