"""An empty form can be filled in field by field; rows and levels come and go as whole lines."""

import difflib
from pathlib import Path

import pytest

from generator.authoring.address import parse_address
from generator.authoring.skeleton import format_skeleton
from generator.exchange.existing import Present, read_again
from generator.exchange.marked import Marks
from generator.exchange.marked_view import make_marked_view
from generator.exchange.record_edits import AddRow, Edit, RemoveRow, SetField, edited
from generator.forms.definitions import load_forms
from generator.load.discover import SourceFile
from generator.model.records import Record
from tests.site_tools import PROJECT

FORMS = load_forms((PROJECT / "templates",))
LAYOUTS = [form.layout for form in FORMS.definitions]
NOT_WRITTEN = (".label", ".level1", ".level2", ".level3")


def present(text: str, *, markdown: bool = False) -> Present:
    file = SourceFile("a", Path("a"), "2024/xinzhuang/a", markdown)
    record, _ = read_again(text, file, FORMS)
    return Present(file, text, text.encode(), record, is_sound=False)


def skeleton(layout: str, *, markdown: bool = False) -> Present:
    form = next(form for form in FORMS.definitions if form.layout == layout)
    address = parse_address("2024/xinzhuang/a")
    title = form.titles[0] if form.titles else "某某表"
    return present(format_skeleton(form, title, address, names={}, markdown=markdown), markdown=markdown)


def record_of(text: str, *, markdown: bool = False) -> Record:
    record = present(text, markdown=markdown).record
    assert record is not None
    return record


def fields_of(blank: Present) -> dict[str, str]:
    """Return every field that the layout shows, each with a text of its own."""
    assert blank.record is not None
    marks = Marks(blank.record)
    make_marked_view(blank.record, FORMS.by_identifier(blank.record.layout), marks)
    names = dict.fromkeys(shown.name for shown in marks.fields)
    drawn = [name for name in names if name != "title" and not name.endswith(NOT_WRITTEN)]
    shown = {f"weight.{path[0]}" for path in (row.path for row in blank.record.indicators)} | {"weight.合计"}
    kept = [name for name in drawn if not name.startswith("weight.") or name in shown]
    return {name: "元" if name == "funding.unit" else f"{number}.5" for number, name in enumerate(kept)}


def changed(before: str, after: str) -> list[str]:
    return [line for line in difflib.ndiff(before.split("\n"), after.split("\n")) if line[0] in "+-"]


def after(before: Present, *edits: Edit) -> str:
    result = edited(before, edits, FORMS)
    assert result.fault == ""
    return result.text


@pytest.mark.parametrize("markdown", [False, True])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_field_of_an_empty_form_can_be_filled_in_at_once(layout: str, *, markdown: bool) -> None:
    blank = skeleton(layout, markdown=markdown)
    fields = fields_of(blank)
    assert len(fields) > 20

    text = after(blank, *(SetField(name, value) for name, value in fields.items()))

    # The comments stay, and every value stands in the file once.
    comments = [line for line in blank.text.split("\n") if line.startswith("#")]
    assert [line for line in text.split("\n") if line.startswith("#")] == comments
    lines = text.split("\n")
    for name, value in fields.items():
        assert sum(line.endswith((f" {value}", f': "{value}"')) or line == value for line in lines) == 1, name


def test_one_filled_cell_is_one_line() -> None:
    blank = skeleton("A1")
    assert blank.record is not None
    row = blank.record.indicators[0].anchor

    assert changed(blank.text, after(blank, SetField(f"{row}.score", "9.50"))) == [
        "-         得分:", "+         得分: 9.50",
    ]  # fmt: skip


def test_two_empty_rows_of_one_level_are_told_apart() -> None:
    blank = skeleton("A1")
    assert blank.record is not None
    first = blank.record.indicators[0].anchor
    twice = present(after(blank, AddRow(first, {"name": ""})))
    assert twice.record is not None
    second = twice.record.indicators[1].anchor
    assert second == f"{first}-2"

    text = after(
        twice, SetField(f"{first}.name", "甲"), SetField(f"{second}.name", "乙"), SetField(f"{second}.score", "1")
    )

    rows = record_of(text).indicators[:2]
    assert [(row.name, row.cells["score"].text) for row in rows if "score" in row.cells] == [("甲", ""), ("乙", "1")]


LEVELS = """\
表样: 财政项目支出绩效自评表
年度: 2024
绩效指标:
  产出指标:  # 产出
    数量指标:  # 还没有填
    质量指标:
      - 三级指标: 甲
        得分: 1
  效益指标:
    社会效益指标: []
总分: 90
"""


def test_a_level_without_rows_gets_one() -> None:
    before = present(LEVELS)
    assert before.record is not None
    anchors = [row.anchor for row in before.record.indicators]

    text = after(before, SetField(f"{anchors[0]}.target", "≥1(次)"), SetField(f"{anchors[0]}.name", "乙"))
    assert changed(LEVELS, text) == ["+       - 三级指标: 乙", "+         年度指标值: ≥1(次)"]

    other = after(before, SetField(f"{anchors[2]}.score", "2"))
    assert "    社会效益指标:\n      - 三级指标:\n        得分: 2\n" in other


def test_the_only_row_goes_with_its_levels() -> None:
    before = present(LEVELS)
    assert before.record is not None
    quantity, quality, social = (row.anchor for row in before.record.indicators)

    assert "质量指标" not in after(before, RemoveRow(quality))
    assert changed(LEVELS, after(before, RemoveRow(quantity))) == ["-     数量指标:  # 还没有填"]
    assert changed(LEVELS, after(before, RemoveRow(social))) == ["-   效益指标:", "-     社会效益指标: []"]
    assert "仅有的一行" in edited(before, [RemoveRow(one) for one in (quantity, quality, social)], FORMS).fault


@pytest.mark.parametrize(
    ("path", "added"),
    [
        (("产出指标", "质量指标"), ["+       - 三级指标: 新"]),
        (("产出指标", "数量指标"), ["+       - 三级指标: 新"]),
        (("产出指标", "时效指标"), ["+     时效指标:", "+       - 三级指标: 新"]),
        (("满意度指标", "服务对象: 满意"), ["+   满意度指标:", "+     '服务对象: 满意':", "+       - 三级指标: 新"]),
    ],
)
def test_a_row_can_be_added_to_any_level(path: tuple[str, ...], added: list[str]) -> None:
    text = after(present(LEVELS), AddRow("", {"name": "新"}, path))

    assert changed(LEVELS, text) == added
    assert [row.path for row in record_of(text).indicators if row.name == "新"] == [path]


def test_flat_rows_keep_their_levels_in_columns() -> None:
    flat = """\
表样: 财政项目支出绩效自评表
年度: 2024
绩效指标:
  - 一级指标: 产出指标
    二级指标: 数量指标
    三级指标: 甲
"""
    before = present(flat)
    assert before.record is not None

    text = after(before, AddRow(before.record.indicators[0].anchor, {"name": "乙", "score": "1"}))

    assert record_of(text).indicators[1].path == ("产出指标", "数量指标")


def test_blocks_that_are_missing_are_written() -> None:
    short = "表样: 财政项目支出绩效自评表\n年度: 2024\n项目资金:\n  单位: 元\n"
    text = after(
        present(short),
        SetField("total.score", "90"),
        SetField("objective.expected", "一段"),
        SetField("funding-当年财政拨款.executed", "1.00"),
        SetField("head.grade", "优"),
    )

    record = record_of(text)
    assert record.total["score"].text == "90"
    assert record.prose["expected"].text == "一段"
    assert record.funding is not None
    assert record.funding.rows[0].cells["executed"].text == "1.00"
    assert text.startswith(short)
