"""What a form shows of figures that were corrected: what they were, struck through, beside what they are."""

import pytest
from msgspec.structs import replace

from generator.forms.definitions import load_forms
from generator.model.records import Cell, Correction, Funding, FundingRow, Indicator, Record, Side
from generator.origin import START
from generator.plan.correction_rows import CorrectedCell, with_former
from generator.plan.form_view import make_form_view
from generator.render.printing import printed
from tests.site_tools import PROJECT

FORMS = load_forms((PROJECT / "templates",))
ROW = Indicator(("产出指标",), "培训次数", START, {"score": Cell("5")})


@pytest.fixture(scope="module")
def record() -> Record:
    money = Funding(Cell("万元"), (FundingRow("年度资金总额", START, cells={"executed": Cell("10")}),))
    return Record("2024/a/b", "x", "项目支出绩效自评表", "", 2024, "b", funding=money, indicators=(ROW,))


def corrected(record: Record, item: str, old: str, new: str) -> Record:
    return replace(record, corrections=(Correction(item, Side(old), Side(new), 0, "误", "财务科", "2025-05-01"),))


@pytest.mark.parametrize("layout", ["A1", "通用"])
def test_the_unit_of_money_is_struck_through_where_the_form_prints_it(layout: str, record: Record) -> None:
    form = next(one for one in FORMS.definitions if one.layout == layout)
    was = corrected(record, "项目资金 › 单位", "元", "万元")

    view = make_form_view(with_former(was, form), form)
    shown = printed(view.funding_title if layout == "A1" else view.funding_unit)
    assert "更正前：" in shown
    assert 'href="#correction-1"' in shown
    now = shown.split("</del>")[1]
    assert ("元" in shown.split("</del>")[0], "万元" in now) == (True, True)
    assert printed(make_form_view(record, form).funding_unit) == "万元"


def test_a_total_that_is_blank_now_shows_what_it_was(record: Record) -> None:
    form = FORMS.definitions[0]
    found = with_former(corrected(record, "总分 › 得分", "90", ""), form).total["score"]

    assert isinstance(found, CorrectedCell)
    assert [one.text for one in found.former] == ["90"]


def test_a_name_is_no_cell_to_be_struck_through(record: Record) -> None:
    renamed = corrected(record, "产出指标 › 培训次数 › 三级指标", "办班次数", "培训次数")

    for form in FORMS.definitions:
        assert with_former(renamed, form).indicators == (ROW,)
