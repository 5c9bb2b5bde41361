"""Whoever changes a published figure says so: undoing the corrections has to lead back to what was published."""

from collections.abc import Callable
from datetime import date

import pytest

from generator.check.corrections import CORRECTION_FAULTS, gone_findings
from generator.check.pack import national
from generator.finding import Finding, Severity
from generator.model.forms import FormLibrary
from generator.model.frozen_corrections import correction_digest
from generator.model.printed import figures_digest, printed_digest
from generator.model.publications import NOTHING_PUBLISHED, Printed, Publications, Release
from tests.check.examples import run_example

Check = Callable[..., tuple[Finding, ...]]
Released = Callable[..., Publications]

ID = "2024/shili/a"
TODAY = date(2025, 12, 31)
FORM = """\
绩效指标:
  产出指标:
    数量指标:
      - {{三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 10, 得分: {first}}}
      - {{三级指标: 培训人数, 年度指标值: ≥9人, 实际完成值: 9人, 分值: 10, 得分: {second}}}
"""
SCORE = "产出指标 › 数量指标 › 培训次数 › 得分"


def form(first: str = "10", second: str = "10") -> str:
    return FORM.format(first=first, second=second)


def correction(item: str = SCORE, old: str = "10", new: str = "8", day: str = "2025-05-20", more: str = "") -> str:
    return f"  - {{项: {item}, 原: {old}, 新: {new}, 原因: 抄错, 决定: 财务科, 日期: {day}{more}}}\n"


def corrected(*entries: str) -> str:
    return "更正:\n" + "".join(entries)


@pytest.fixture
def released(forms: FormLibrary) -> Released:
    """Give a function that returns what is known once these versions of a form were published one after the other."""

    def run(*versions: str) -> Publications:
        found = NOTHING_PUBLISHED
        for number, text in enumerate(versions, 3):
            (record,) = run_example(text, {}, forms, national()).records
            corrections = tuple(map(correction_digest, record.corrections))
            printed = {ID: Printed(printed_digest(record), figures_digest(record), corrections)}
            found = found.with_release(Release(f"2025-0{number}", f"2025-0{number}-31"), printed)
        return found

    return run


@pytest.fixture
def findings(forms: FormLibrary) -> Check:
    """Give a function that checks a form against what was published."""

    def run(text: str, published: Publications = NOTHING_PUBLISHED) -> tuple[Finding, ...]:
        found = run_example(text, {}, forms, national(), today=TODAY, published=published).findings
        assert {finding.code for finding in found} <= {*CORRECTION_FAULTS, "REC092"}
        return found

    return run


def codes(found: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in found]


def test_before_publication_everything_may_change(findings: Check, released: Released) -> None:
    assert findings(form("3")) == ()
    assert findings(form(), released(form())) == ()


def test_a_published_figure_that_changed_in_silence_is_an_error_that_says_what_to_do(
    findings: Check, released: Released
) -> None:
    (found,) = findings(form("8"), released(form()))

    assert (found.code, found.severity, found.record) == ("REC094", Severity.ERROR, ID)
    assert found.message == "这份表在 2025-03（2025-03-31）公开之后改了数字或行的名称，没有写“更正”"
    assert "jixiao diff 2025-03 --format corrections" in found.hint
    assert "更正: [{项: " in found.hint


def test_a_text_that_changed_needs_no_correction(findings: Check, released: Released) -> None:
    text = form().replace("{三级", "{偏差原因: 另有说明, 三级")

    assert findings(text, released(form())) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [("产出", "成本"), ("绩效指标:", "长期绩效指标:"), ("培训人数", "参加人数"), ("培训人数", "培训次数")],
)
def test_a_figure_beside_another_name_is_another_figure(
    old: str, new: str, findings: Check, released: Released
) -> None:
    text = form().replace(old, new)

    assert codes(findings(text, released(form()))) == ["REC094"]
    assert codes(findings(form().replace("培训次数", "甲"), released(form().replace("培训次数", "乙")))) == ["REC094"]


def test_a_row_is_renamed_openly_and_older_corrections_still_name_it(findings: Check, released: Released) -> None:
    text = form("8").replace("培训次数", "办班次数")
    renamed = correction("产出指标 › 数量指标 › 办班次数 › 三级指标", "培训次数", "办班次数", "2025-06-01")
    published = released(form(), form("8") + corrected(correction()))

    assert findings(text + corrected(correction(), renamed), published) == ()
    # Whoever writes both on one day may call the row by its new name in each.
    both = corrected(renamed, correction("办班次数 › 得分", day="2025-06-01"))
    assert findings(text + both, released(form())) == ()


def test_a_row_is_put_elsewhere_openly(findings: Check, released: Released) -> None:
    text = form().replace("产出", "成本")
    moved = [
        correction(f"培训{what} › 所在层次", "产出指标 › 数量指标", "成本指标 › 数量指标") for what in ("次数", "人数")
    ]

    assert findings(text + corrected(*moved), released(form())) == ()


def test_the_correction_sets_it_right_and_has_to_stay(findings: Check, released: Released) -> None:
    text = form("8") + corrected(correction())
    published = released(form(), text)

    assert findings(text, released(form())) == ()
    assert findings(text, published) == ()
    (found,) = findings(form("8"), published)
    assert found.message == "2025-04（2025-04-31）起公开的“更正”，有 1 条被删去或改动了"
    (found,) = findings(form("7") + corrected(correction(), correction(old="9", new="7", day="2025-06-01")), published)
    assert found.message == f"“{SCORE}”先更正为“8”，2025-06-01 的更正却从“9”改起"
    # Back to what it was at first, in silence.
    assert codes(findings(form(), published)) == ["REC094"]


@pytest.mark.parametrize(
    ("old", "new"), [("抄错", "照审计意见"), ("财务科", "别的人"), ("05-20", "05-21"), ("项: 产出指标 › ", "项: ")]
)
def test_nothing_of_a_published_correction_may_change(old: str, new: str, findings: Check, released: Released) -> None:
    text = form("8") + corrected(correction())
    (found,) = findings(text.replace(old, new), released(form(), text))

    assert (found.code, found.message) == ("REC094", "2025-04（2025-04-31）起公开的“更正”，有 1 条被删去或改动了")


def test_corrections_that_cancel_each_other_stay_as_well(findings: Check, released: Released) -> None:
    pair = correction(day="2025-05-01"), correction(old="8", new="10", day="2025-05-02")
    published = released(form(), form() + corrected(*pair))

    assert findings(form() + corrected(*pair), published) == ()
    assert codes(findings(form(), published)) == ["REC094"]


def test_a_published_correction_that_the_form_left_behind_is_not_to_be_touched(
    findings: Check, released: Released
) -> None:
    text = corrected(correction())
    (found,) = findings(form("7") + text, released(form(), form("8") + text))

    assert found.code == "REC095"
    assert found.hint == "这一条公开过，不要改它；再写一条：运行 jixiao diff 2025-04 --format corrections"
    assert findings(form("7") + text + correction(old="8", new="7"), released(form(), form("8") + text)) == ()


def test_a_correction_is_not_dated_in_the_future(findings: Check, released: Released) -> None:
    (found,) = findings(form("8") + corrected(correction(day="2099-01-01")), released(form()))

    assert (found.code, found.severity, found.field) == ("REC098", Severity.ERROR, "更正 › 第 1 条")


def test_a_published_form_without_a_file_is_named() -> None:
    printed = Printed("a" * 64, "b" * 64)
    published = NOTHING_PUBLISHED.with_release(Release("一", "2025-01-01"), {"2024/a/b": printed, "2024/a/c": printed})
    published = published.with_release(Release("二", "2025-02-01"), {"2024/a/b": printed})

    assert list(gone_findings(published, lambda _: True, "x")) == []
    (found,) = gone_findings(published, lambda _: False, "releases/published.txt")
    assert (found.code, found.message) == ("REC099", "2024/a/b 公开过（一），现在没有这份表")


def test_the_same_figure_may_be_corrected_again(findings: Check, released: Released) -> None:
    again = correction(old="8", new="9", day="2025-06-01")
    published = released(form(), form("8") + corrected(correction()))

    assert findings(form("9") + corrected(again, correction()), published) == ()
    (found,) = findings(form("9") + corrected(correction(new="7"), again), released(form()))
    assert found.message == f"“{SCORE}”先更正为“7”，2025-06-01 的更正却从“8”改起"


def test_a_correction_of_one_figure_does_not_cover_another(findings: Check, released: Released) -> None:
    (found,) = findings(form("8", "9") + corrected(correction()), released(form()))

    assert found.message == "逐条撤销“更正”之后，与 2025-03（2025-03-31）首次公开的数字对不上"


def test_a_row_that_came_or_went_is_listed_with_its_figures(findings: Check, released: Released) -> None:
    row = "产出指标 › 数量指标 › 培训人数"
    cells = "{年度指标值: ≥9人, 实际完成值: 9人, 分值: 10, 得分: 10}"
    short = "".join(line for line in form().splitlines(keepends=True) if "培训人数" not in line)

    assert findings(form() + corrected(correction(row, "无", cells)), released(short)) == ()
    assert findings(short + corrected(correction(row, cells, "无", more=", 行次: 2")), released(form())) == ()
    assert codes(findings(short + corrected(correction(row, cells, "无", more=", 行次: 1")), released(form()))) == [
        "REC094"
    ]
    assert codes(findings(form() + corrected(correction(row, "无", "{得分: 10}")), released(short))) == ["REC095"]


def test_a_row_that_moved_says_from_where(findings: Check, released: Released) -> None:
    moved = form().replace("培训次数, 年度指标值: ≥4次, 实际完成值: 4次", "甲").replace(
        "培训人数, 年度指标值: ≥9人, 实际完成值: 9人", "培训次数, 年度指标值: ≥4次, 实际完成值: 4次"
    ).replace("甲", "培训人数, 年度指标值: ≥9人, 实际完成值: 9人")  # fmt: skip

    assert codes(findings(moved, released(form()))) == ["REC094"]
    assert findings(moved + corrected(correction("培训次数 › 行次", "1", "2")), released(form())) == ()


def test_year_and_unit_of_money_are_figures(findings: Check, released: Released) -> None:
    money = "项目资金:\n  单位: {unit}\n  年度资金总额: {{全年预算数: 10}}\n"
    before, after = money.format(unit="元"), money.format(unit="万元")

    assert codes(findings(after, released(before))) == ["REC094"]
    assert findings(after + corrected(correction("项目资金 › 单位", "元", "万元")), released(before)) == ()


@pytest.mark.parametrize(
    "item", ["培训次数 › 得分", "绩效指标 › " + SCORE, "产出指标 › 数量指标 › 培训次数：得分", "培训次数 › 自评得分"]
)
def test_the_item_may_be_written_as_it_is_printed(item: str, findings: Check, released: Released) -> None:
    assert findings(form("8") + corrected(correction(item)), released(form())) == ()


@pytest.mark.parametrize("old", ["空白", "", '""'])
def test_a_blank_is_a_value_like_any_other(old: str, findings: Check, released: Released) -> None:
    assert findings(form("8") + corrected(correction(old=old)), released(form(""))) == ()
    assert codes(findings(form("8") + corrected(correction(old="0")), released(form("")))) == ["REC094"]


@pytest.mark.parametrize(
    ("entry", "code", "said"),
    [
        (correction(new="7"), "REC095", f"更正写的是“7”，表里“{SCORE}”是“8”"),
        (correction("培训次树 › 得分"), "REC096", "表里没有“培训次树 › 得分”"),
        (correction("培训次数 › 得份"), "REC096", "表里没有“培训次数 › 得份”"),
        (correction("数量指标 › 得分"), "REC096", "表里没有“数量指标 › 得分”"),
        (correction("得分"), "REC096", "“得分”不止一个"),
    ],
)
def test_a_correction_that_fits_nothing_says_why(
    entry: str, code: str, said: str, findings: Check, released: Released
) -> None:
    (found,) = findings(form("8") + corrected(entry), released(form()))

    assert (found.code, found.message, found.origin.line) == (code, said, 7)
    assert found.field == "更正 › 第 1 条"


def test_a_correction_before_publication_is_noted(findings: Check, released: Released) -> None:
    text = form("8") + corrected(correction(day="2025-03-01"))

    for published in (NOTHING_PUBLISHED, released(text)):
        (found,) = findings(text, published)
        assert (found.code, found.severity) == ("REC097", Severity.NOTE)


def test_taking_a_form_down_does_not_make_it_new(findings: Check, released: Released) -> None:
    published = released(form()).with_release(Release("2025-04", "2025-04-30"), {})

    assert codes(findings(form("8"), published)) == ["REC094"]
    assert findings(form("8") + corrected(correction()), published) == ()


def test_no_waiver_stands_in_for_a_correction(findings: Check, released: Released) -> None:
    waiver = "豁免: {规则: REC094, 原因: 不想写, 批准人: 某人, 有效期至: 2099-12-31}\n"

    assert codes(findings(form("8") + waiver, released(form()))) == ["REC094", "REC092"]
