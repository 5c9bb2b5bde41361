"""A field written into a record's file changes that line alone; rows come and go as whole lines."""

import difflib
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.exchange.existing import Present, present_records, read_again
from generator.exchange.record_difference import record_differences
from generator.exchange.record_edits import AddRow, Edit, RemoveRow, SetField, edited
from generator.forms.definitions import load_forms
from generator.model.forms import FormLibrary
from generator.plan.form_view import funding_anchor
from tests.site_tools import PROJECT

RECORDS = PROJECT / "content/records"
TEXTS = ["12.50", "", "-", "≥5(次) # 不是注释", "'引' \"号\""]
IDS = sorted(path.relative_to(RECORDS).with_suffix("").as_posix() for path in RECORDS.rglob("*.*"))


@pytest.fixture(scope="module")
def forms() -> FormLibrary:
    return load_forms((PROJECT / "templates",))


@pytest.fixture(scope="module")
def records(forms: FormLibrary) -> dict[str, Present]:
    return {present.file.id: present for present in present_records(RECORDS, PROJECT, forms)}


def changed_lines(before: str, after: str) -> list[str]:
    return [line for line in difflib.ndiff(before.split("\n"), after.split("\n")) if line[0] in "+-"]


def fields_of(present: Present) -> Iterator[str]:
    """Yield fields that every layout has, those that this record lacks among them."""
    record = present.record
    assert record is not None
    yield from (f"head.{key}" for key in (*record.head, "project_code"))
    yield from (f"total.{key}" for key in record.total)
    for row in record.indicators:
        if row.name:
            yield from (f"{row.anchor}.{key}" for key in ("target", "actual", "score", "deviation_reason"))
    for money in record.funding.rows if record.funding else ():
        yield from (f"{funding_anchor(money.group, money.label)}.{key}" for key in money.cells)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("identifier", IDS)
def test_a_field_is_a_line(identifier: str, text: str, records: dict[str, Present], forms: FormLibrary) -> None:
    before = records[identifier]
    assert before.record is not None
    # Every text meets other fields, and each column some text.
    for name in list(fields_of(before))[TEXTS.index(text) :: 3 * len(TEXTS)]:
        result = edited(before, [SetField(name, text)], forms)
        assert result.fault == "", name
        after, _ = read_again(result.text, before.file, forms)
        assert after is not None
        differences = record_differences(before.record, after)
        assert [one.after for one in differences] in ([], [text]), name
        assert len(changed_lines(before.text, result.text)) <= 2, name
        if not differences:
            assert result.text == before.text or text == "", name


@pytest.mark.parametrize("text", ["一段。", "第一段。\n\n第二段，*不是*强调。", "- 一\n- 二", "# 不是标题"])
@pytest.mark.parametrize("identifier", [one for one in IDS if one != "2023/xinhong/zhengti"])
def test_a_text_is_written_where_it_stands(
    identifier: str, text: str, records: dict[str, Present], forms: FormLibrary
) -> None:
    before = records[identifier]
    for name in ("expected", "achieved"):
        if before.record is None or name not in before.record.prose:
            continue
        result = edited(before, [SetField(f"objective.{name}", text)], forms)
        assert result.fault == ""
        after, _ = read_again(result.text, before.file, forms)
        assert after is not None
        assert after.prose[name].text == text
        back = edited(
            before._replace(text=result.text, record=after),
            [SetField(f"objective.{name}", before.record.prose[name].text)],
            forms,
        )
        assert back.text == before.text


@pytest.mark.parametrize(
    "text", ["    代码\n    二行", "第一行  \n第二行", " 一\n二", "一\n\n\n\n    代码", "\t一\n二"]
)
@pytest.mark.parametrize("identifier", ["2024/xinzhuang/liangxin", "2024/xidu/dangjian"])
def test_blanks_that_mean_something_in_markdown_are_kept(
    identifier: str, text: str, records: dict[str, Present], forms: FormLibrary
) -> None:
    for name in ("expected", "remarks"):
        before = records[identifier]
        result = edited(before, [SetField(f"{'prose' if name == 'remarks' else 'objective'}.{name}", text)], forms)
        assert result.fault == ""
        after, _ = read_again(result.text, before.file, forms)
        assert after is not None
        assert after.prose[name].text == text


def test_a_text_that_would_be_read_otherwise_is_refused(records: dict[str, Present], forms: FormLibrary) -> None:
    result = edited(records["2024/xinzhuang/liangxin"], [SetField("objective.expected", "一\u2028二\n三")], forms)

    assert "读不回同样的内容" in result.fault


def test_a_printed_figure_is_left_blank_in_its_place(records: dict[str, Present], forms: FormLibrary) -> None:
    before = records["2023/jiuliting/zizhi"]
    result = edited(before, [SetField("funding-上年结转资金.printed.1", "")], forms)

    assert [line[2:].strip() for line in changed_lines(before.text, result.text)] == [
        '印出数字: ["0", "0"]', '印出数字: ["", "0"]',
    ]  # fmt: skip


def test_rows_come_and_go_as_whole_lines(records: dict[str, Present], forms: FormLibrary) -> None:
    before = records["2024/xinzhuang/liangxin"]
    assert before.record is not None
    first = before.record.indicators[0]
    row = AddRow(first.anchor, {"score": "1.00", "name": "新增的指标", "target": "≥1(次)"})
    result = edited(before, [row], forms)

    assert [line[2:].strip() for line in changed_lines(before.text, result.text)] == [
        "- 三级指标: 新增的指标", "年度指标值: ≥1(次)", "得分: 1.00",
    ]  # fmt: skip
    after, _ = read_again(result.text, before.file, forms)
    assert after is not None
    added = after.indicators[1]
    assert (added.name, added.path) == ("新增的指标", first.path)
    back = edited(before._replace(text=result.text, record=after), [RemoveRow(added.anchor)], forms)
    assert back.text == before.text


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        (SetField("head_extra.某栏", "1"), "这一栏不能在这里修改"),
        (SetField("i-00000000.score", "1"), "这一栏不能在这里修改"),
        (RemoveRow("i-00000000"), "找不到这一行"),
    ],
)
def test_what_cannot_be_edited_is_refused(
    edit: Edit, fault: str, records: dict[str, Present], forms: FormLibrary
) -> None:
    result = edited(records["2024/xinzhuang/liangxin"], [edit], forms)

    assert fault in result.fault
    assert result.text == ""


def test_a_file_that_cannot_be_read_is_not_edited(tmp_path: Path, forms: FormLibrary) -> None:
    file = tmp_path / "2024/unit/a.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("- 一\n- 二\n", encoding="utf-8")
    (present,) = present_records(tmp_path, tmp_path, forms)

    assert "读不出来" in edited(present, [SetField("head.grade", "优")], forms).fault
