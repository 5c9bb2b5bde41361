"""Where the lines of a text stand in its file."""

from generator.forms.definitions import load_forms
from generator.load.decode import decode_record
from generator.load.markdown_record import parse_markdown_record
from generator.load.yaml_tree import parse_tree
from generator.model.records import Prose
from generator.resources import packaged

FORMS = load_forms([packaged("templates")])


def prose_of(text: str, *, markdown: bool = False) -> Prose:
    path = "content/records/2024/shili/jiben.yaml"
    sections = {"自评结论": ("自评结论",)}
    tree = parse_markdown_record(text, path, sections) if markdown else parse_tree(text, path)
    assert tree.node is not None
    record = decode_record(tree.node, identifier="2024/shili/jiben", path=path, forms=FORMS).record
    assert record is not None
    return record.prose["conclusion"]


def lines_of(prose: Prose, *words: str) -> list[int]:
    return [prose.place_of(prose.text.index(word)).line for word in words]


def test_the_lines_of_a_block_are_lines_of_the_file() -> None:
    prose = prose_of("表样: 项目自评表\n年度: 2024\n自评结论: |\n  总体较好。\n\n  还有不足。\n")

    assert lines_of(prose, "总体", "不足") == [4, 6]


def test_blank_lines_before_the_first_words_of_a_block_count() -> None:
    prose = prose_of("表样: 项目自评表\n年度: 2024\n自评结论: |-\n\n\n  总体较好。\n  还有不足。\n")

    assert lines_of(prose, "总体", "不足") == [6, 7]


def test_folded_and_quoted_texts_have_one_place() -> None:
    folded = prose_of("表样: 项目自评表\n年度: 2024\n自评结论: >\n  总体较好。\n\n  还有不足。\n")
    quoted = prose_of('表样: 项目自评表\n年度: 2024\n自评结论: "总体较好。\\n还有不足。"\n')

    assert lines_of(folded, "总体", "不足") == [3, 3]
    assert lines_of(quoted, "总体", "不足") == [3, 3]


def test_the_lines_of_a_section_are_lines_of_the_file() -> None:
    text = "---\n表样: 项目自评表\n年度: 2024\n---\n\n## 自评结论\n\n总体较好。\n\n- 还有不足。\n"

    assert lines_of(prose_of(text, markdown=True), "总体", "不足") == [8, 10]
