"""What is typed into a form is what is written: no row is lost, no figure changed that nobody touched."""

import html
import re
from pathlib import Path

import jinja2
import pytest

from generator.editing.copying import Copy, copied
from generator.editing.draft import Draft, Row, Typed
from generator.editing.form_controls import filled_form
from generator.exchange.existing import Present, read_again
from generator.forms.definitions import load_forms
from generator.load.discover import SourceFile
from generator.model.forms import FormLibrary
from generator.model.records import Record
from generator.render.environment import make_environment
from generator.resources import packaged

TEXT = """\
表样: 财政项目支出绩效自评表
版式: A1
年度: 2024
项目名称: 修路
项目资金:
  单位: 元
  年度资金总额: {年初预算数: 1.00, 全年预算数: 1.00, 全年执行数: "1\\n2"}
  当年财政拨款: {年初预算数: 1.00, 其他栏目: {上年支出: 77.77}}
  其他资金:
    印出数字: ["88.88", "0"]
    无法辨认: 分不清
  上年结转资金:
    印出数字: ["88.88"]
    分值: —
    无法辨认: 分不清
绩效指标:
  产出指标:
    数量指标:
      - 三级指标: 走访
        年度指标值: ≥2
        实际完成值: 3
        得分: 1.00
      - 三级指标: 培训
        年度指标值: ≥7
        监控时点完成值: 66.66
        得分: 2.00
        其他栏目: {去年完成数: 99.99, 责任科室: 一科}
    质量指标:
评分等级: 优
存在问题: 执行慢，只付了 55.55
其他信息: {累计支出: 44.44}
附表:
  - 标题: 明细
    表头: [名称, 支出]
    行:
      - [甲, 33.33]
"""
FILE = SourceFile("content/records/2024/u/a.yaml", Path("a.yaml"), "2024/u/a", is_markdown=False)


@pytest.fixture(scope="module")
def forms() -> FormLibrary:
    return load_forms([packaged("templates")])


@pytest.fixture(scope="module")
def pages() -> jinja2.Environment:
    return make_environment([packaged("templates")])


def record_of(text: str, forms: FormLibrary) -> Record:
    record, _ = read_again(text, FILE, forms)
    assert record is not None
    return record


def draft(forms: FormLibrary, values: dict[str, str], rows: tuple[Row, ...] | None = None) -> Draft:
    record = record_of(TEXT, forms)
    return Draft(Present(FILE, TEXT, TEXT.encode(), record, is_sound=True), record, Typed(values, rows), forms)


def names(record: Record) -> list[tuple[str, str]]:
    return [(row.name, row.cells["score"].text if "score" in row.cells else "") for row in record.indicators]


def test_a_row_typed_anew_before_one_of_its_name_that_goes_is_the_one_that_stays(forms: FormLibrary) -> None:
    walk, train, blank = (row.anchor for row in record_of(TEXT, forms).indicators)
    rows = (Row(walk), Row("new-1", walk), Row(blank))

    typed = draft(forms, {"new-1.name": "培训", "new-1.score": "1.11"}, rows)

    assert typed.removed == (train,)
    assert names(record_of(typed.updated.text, forms)) == [("走访", "1.00"), ("培训", "1.11"), ("", "")]


def test_rows_are_put_behind_rows_that_go_and_into_blank_levels(forms: FormLibrary) -> None:
    walk, train, blank = (row.anchor for row in record_of(TEXT, forms).indicators)
    rows = (
        Row("new-1", walk),
        Row(train),
        Row("new-2", train),
        Row("new-3", blank),
        Row("new-4", "=产出指标 › 数量指标"),
    )
    cells = {f"new-{number}.score": f"{number}.00" for number in (1, 2, 3, 4)}

    typed = draft(forms, {**cells, "new-1.name": "走访", "new-2.name": "培训", "new-3.name": "合格"}, rows)

    after = record_of(typed.updated.text, forms)
    assert names(after) == [("走访", "1.00"), ("培训", "2.00"), ("培训", "2.00"), ("", "4.00"), ("合格", "3.00")]


def test_rows_that_do_not_come_out_as_asked_for_are_not_written(
    forms: FormLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk, _, blank = (row.anchor for row in record_of(TEXT, forms).indicators)
    typed = draft(forms, {"new-1.name": "新"}, (Row(walk), Row("new-1", walk), Row(blank)))
    monkeypatch.setattr(Draft, "_row_edits", lambda _draft, _now: iter(()))

    assert "读不回同样的内容" in typed.updated.fault


def test_a_figure_of_two_lines_stands_in_a_box_that_keeps_them_and_is_untouched(
    forms: FormLibrary, pages: jinja2.Environment
) -> None:
    name = "funding-年度资金总额.executed"
    untouched = draft(forms, {})
    drawn = str(filled_form(untouched, {}, forms, pages).html)
    (box,) = re.findall(rf'<textarea[^>]* name="v\.{name}"[^>]*>\n([^<]*)</textarea>', drawn)
    assert html.unescape(box) == "1\n2"

    for posted in ("1\n2", "1\r\n2", "1\n2 "):
        assert not draft(forms, {name: posted}).is_changed
    assert draft(forms, {name: "1\n3"}).changed == {name: "1\n3"}


@pytest.fixture(scope="module")
def copy(forms: FormLibrary) -> Copy:
    return copied(Present(FILE, TEXT, TEXT.encode(), record_of(TEXT, forms), is_sound=True), 2025, forms)


def test_no_figure_of_last_year_is_copied_unseen(copy: Copy, forms: FormLibrary) -> None:
    record = record_of(copy.text, forms)

    for figure in ("33.33", "44.44", "55.55", "66.66", "77.77", "88.88", "99.99"):
        assert figure not in copy.text
    assert record.funding is not None
    assert [row.label for row in record.funding.rows] == ["年度资金总额", "当年财政拨款", "其他资金", "上年结转资金"]
    assert [row.text for row in record.extra.values()] == [""]


def test_what_is_left_blank_or_out_is_named(copy: Copy) -> None:
    for words in (
        "资金的印出数字",
        "资金的上年支出",
        "指标的去年完成数",
        "指标的监控时点完成值",
        "累计支出",
        "存在问题",
    ):
        assert words in copy.blank
    assert copy.left_out == ("附表",)
