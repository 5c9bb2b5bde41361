"""Every string of a record is found, with its place and its field in the form's words."""

from datetime import date

from msgspec.structs import replace

from generator.check.pack import national
from generator.check.wording.texts import Part, pieces_of, spot_of
from generator.model.forms import FormLibrary
from generator.model.records import Reply, Waiver
from generator.origin import Span
from tests.check.examples import run_example

RECORD = """\
项目名称: 甲一
项目资金:
  单位: 元
  年度资金总额: {全年预算数: 1.01, 全年执行数: {无法辨认: 乙二}, 其他栏目: {资金文号: 乙三}}
年度总体目标:
  预期目标: |
    丙一
    丙二
绩效指标:
  产出指标:
    数量指标:
      - {三级指标: 丁一, 年度指标值: 丁二, 其他栏目: {丁三栏: 丁三}}
      - {三级指标: 丁四, 年度指标值: 丁五}
一级权重: {产出指标: 1.02}
总分: {分值: 1.03}
来源: {原件: 戊一}
附表:
  - {标题: 己一, 表头: [己二], 行: [[己三]]}
其他信息: {庚一栏: 庚一}
"""


def test_every_string_is_there_with_its_line(forms: FormLibrary) -> None:
    (record,) = run_example(RECORD, {}, forms, national()).records
    places = {piece.text: spot_of(record, piece).span.line for piece in pieces_of(record)}

    words = "甲一 1.01 乙二 乙三 丁一 丁二 丁三 丁四 丁五 1.02 1.03 戊一 己一 己二 己三 庚一".split()
    assert {word: places[word] for word in words} == {
        "甲一": 1, "1.01": 4, "乙二": 4, "乙三": 4, "丁一": 12, "丁二": 12, "丁三": 12, "丁四": 13, "丁五": 13,
        "1.02": 14, "1.03": 15, "戊一": 16, "己一": 18, "己二": 18, "己三": 18, "庚一": 19,
    }  # fmt: skip


def test_a_place_names_the_field_in_the_words_of_the_form(forms: FormLibrary) -> None:
    (record,) = run_example(RECORD, {}, forms, national()).records
    fields = {piece.text: spot_of(record, piece).field for piece in pieces_of(record)}

    assert fields["乙三"] == "项目资金 › 年度资金总额 › 资金文号"
    assert fields["丙一\n丙二"] == "年度总体目标 › 预期目标"
    assert fields["丁二"] == "产出指标 › 数量指标 › 丁一 › 年度指标值"
    assert fields["己三"] == "附表 › 己一 › 己二"
    assert fields["庚一"] == "其他信息 › 庚一栏"


def test_the_second_line_of_a_text_has_a_line_of_its_own(forms: FormLibrary) -> None:
    (record,) = run_example(RECORD, {}, forms, national()).records
    prose = next(piece for piece in pieces_of(record) if piece.part is Part.PROSE)

    assert spot_of(record, prose, prose.text.index("丙二")).span.line == 8


def test_a_level_stands_once_for_all_its_rows(forms: FormLibrary) -> None:
    (record,) = run_example(RECORD, {}, forms, national()).records

    assert [piece.text for piece in pieces_of(record) if piece.part is Part.LEVEL] == ["产出指标", "数量指标"]


def test_reasons_of_waivers_and_replies_are_looked_through_too(forms: FormLibrary) -> None:
    (record,) = run_example(RECORD, {}, forms, national()).records
    span = Span(3, 1)
    waiver = Waiver("BUD001", "", "辛一", "辛二", date(2025, 1, 1), span)
    reply = Reply("BUD001", "", "辛三", "辛四", "2025-01-01", span)
    pieces = pieces_of(replace(record, waivers=(waiver,), replies=(reply,)))

    remarks = [piece for piece in pieces if piece.part is Part.REMARK]
    assert [piece.text for piece in remarks] == ["辛一", "辛二", "辛三", "辛四"]
    assert {spot_of(record, piece).span for piece in remarks} == {span}
    assert not any(piece.is_of_form for piece in remarks)
