"""Another program changes, breaks, deletes or moves a file while it is filled in: nothing that was typed goes away."""

import re
from collections.abc import Iterator
from html import unescape

import pytest

from tests.editing.office import Answer, Office, open_office
from tests.site_tools import PROJECT, copied

ADDRESS = "2024/xinzhuang/liangxin"
RECORD = f"/record/{ADDRESS}"
CARE = "社会效益指标 › 有效加强人文关怀情况"
ROW = re.compile(r"      - 三级指标: 有效加强人文关怀情况\n(?:        .*\n)+")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with open_office(copied(PROJECT, tmp_path_factory.mktemp("office") / "项 目")) as found:
        yield found


@pytest.fixture
def office(shared: Office) -> Iterator[Office]:
    file = shared.record(ADDRESS)
    before = file.read_bytes()
    yield shared
    file.write_bytes(before)


def text_of(office: Office) -> str:
    return office.record(ADDRESS).read_text(encoding="utf-8")


def rewrite(office: Office, old: str | re.Pattern[str], new: str) -> str:
    """Change the file as another program does; return what it cut out."""
    text = text_of(office)
    found: str
    (found,) = re.findall(old if isinstance(old, re.Pattern) else re.escape(old), text)
    office.record(ADDRESS).write_text(text.replace(found, new), encoding="utf-8")
    return found


def filled(page: Answer, values: dict[str, str]) -> dict[str, str]:
    return page.fields | {page.name_of(label): text for label, text in values.items()}


def pressed(office: Office, fields: dict[str, str], act: str, **more: str) -> Answer:
    return office.post(RECORD, fields | {"act": act, **more})


def asked(page: Answer) -> str:
    """Return the name of the only question of a page."""
    name: str
    (name,) = set(re.findall(r'type="radio" name="(row\.[^"]*)"', page.text))
    return name


def key_of(page: Answer, label: str) -> str:
    return page.name_of(f"{label} › 得分").removeprefix("v.").partition(".")[0]


# Rows


def test_a_row_deleted_there_and_changed_here_is_asked_about(office: Office) -> None:
    page = office.get(RECORD)
    row = rewrite(office, ROW, "")
    conflict = pressed(office, filled(page, {f"{CARE} › 得分": "3.00", "评分等级": "中"}), "save")
    assert "磁盘上没有这一行，你填了得分“3.00”" in conflict.text
    assert conflict.text.count("<small>一边删去，一边改了</small>") == 2

    unanswered = pressed(office, conflict.fields, "show")
    assert (unanswered.status, "请先选" in unanswered.text) == (409, True)
    joined = pressed(office, unanswered.fields, "show", **{asked(conflict): "keep"})
    office.follow(pressed(office, joined.fields, "save"))

    scored = re.sub("得分: .*", "得分: 3.00", row)
    text = text_of(office)
    assert "评分等级: 中" in text
    # The row that stood behind it is the first of its levels now.
    assert text.index("社会效益指标:") < text.index(scored) < text.index("可持续影响指标:")


def test_such_a_row_stays_out_on_demand(office: Office) -> None:
    page = office.get(RECORD)
    rewrite(office, ROW, "")
    conflict = pressed(office, filled(page, {f"{CARE} › 得分": "3.00", "评分等级": "中"}), "save")

    joined = pressed(office, conflict.fields, "show", **{asked(conflict): "drop"})
    office.follow(pressed(office, joined.fields, "save"))

    assert "评分等级: 中" in text_of(office)
    assert "有效加强人文关怀情况" not in text_of(office)


@pytest.mark.parametrize(("said", "is_there"), [("keep", True), ("drop", False)])
def test_a_row_deleted_here_and_changed_there_is_asked_about(office: Office, said: str, *, is_there: bool) -> None:
    page = office.get(RECORD)
    gone = pressed(office, page.fields, f"remove:{key_of(page, CARE)}")
    rewrite(office, ROW, "      - 三级指标: 有效加强人文关怀情况\n        得分: 1.23\n")
    conflict = pressed(office, gone.fields, "save")
    assert "你删去了这一行，别的程序改了它" in conflict.text

    joined = pressed(office, conflict.fields, "show", **{asked(conflict): said})

    office.follow(pressed(office, joined.fields, "save"))
    assert ("得分: 1.23" in text_of(office)) is is_there


def test_what_was_typed_stays_with_its_row_where_one_of_the_same_name_goes(office: Office) -> None:
    rewrite(office, "三级指标: '增强党员\"内动力\"情况'", "三级指标: 有效加强人文关怀情况")
    page = office.get(RECORD)
    second = re.search(rf'aria-label="({CARE} › 第 2 行 › 得分)"', page.text)
    assert second
    text = text_of(office)
    first = ROW.search(text)
    assert first
    office.record(ADDRESS).write_text(text[: first.start()] + text[first.end() :], encoding="utf-8")

    conflict = pressed(office, filled(page, {second[1]: "1.11"}), "save")
    joined = pressed(office, conflict.fields, "show")

    assert joined.fields[joined.name_of(f"{CARE} › 得分")] == "1.11"


def test_what_was_typed_follows_a_row_to_its_new_name(office: Office) -> None:
    page = office.get(RECORD)
    rewrite(office, "三级指标: 有效加强人文关怀情况", "三级指标: 加强人文关怀情况")

    conflict = pressed(office, filled(page, {f"{CARE} › 得分": "3.00"}), "save")
    joined = pressed(office, conflict.fields, "show")

    assert joined.fields[joined.name_of("社会效益指标 › 加强人文关怀情况 › 得分")] == "3.00"


def test_a_row_deleted_there_is_asked_about_after_a_restart_too(office: Office) -> None:
    page = office.get(RECORD)
    rewrite(office, ROW, "")
    forgotten = filled(page, {f"{CARE} › 得分": "3.00"}) | {"base": "0" * 64}

    conflict = pressed(office, forgotten, "save")
    joined = pressed(office, conflict.fields, "show", **{asked(conflict): "keep"})

    # Nothing tells of which levels it was; it stands behind the row that it stood behind.
    assert joined.fields["v.new-1.name"] == "有效加强人文关怀情况"
    assert joined.fields["v.new-1.score"] == "3.00"


def test_a_unit_changed_there_and_an_amount_here_are_pointed_out(office: Office) -> None:
    page = office.get(RECORD)
    rewrite(office, re.compile(r"  单位: 万元\n"), "  单位: 元\n")

    conflict = pressed(office, filled(page, {"年度资金总额 › 全年执行数": "1.00"}), "save")

    assert "合在一起没有换算" in pressed(office, conflict.fields, "show").text


# A file that cannot be read


def test_a_waiver_written_there_is_named(office: Office) -> None:
    page = office.get(RECORD)
    waiver = "豁免:\n  - {规则: IND020, 原因: 已批复, 批准人: 预算处, 有效期至: 2099-12-31}\n"
    rewrite(office, "总分:", f"{waiver}总分:")

    answer = pressed(office, filled(page, {"评分等级": "良"}), "save")

    assert answer.status == 409
    assert "不在表上 › 新增豁免 IND020" in answer.text


def test_a_file_broken_meanwhile_is_told_with_its_line_and_not_joined(office: Office) -> None:
    page = office.get(RECORD)
    rewrite(office, "评分等级: 优", '评分等级: "优')
    number = text_of(office).split("\n").index('评分等级: "优') + 1

    for act in ("save", "show"):
        answer = pressed(office, filled(page, {"总分 › 得分": "95.00"}), act)
        assert answer.status == 409
        assert f"第 {number} 行：引号 &#34; 没有成对" in answer.text
        assert "合在一起，看过再保存" not in answer.text
        assert "<td>97.00</td><td>95.00</td>" in answer.text
    assert "不能在这里修改" in office.get(RECORD).text

    rewrite(office, '评分等级: "优', "评分等级: 优")
    office.follow(pressed(office, answer.fields, "save"))
    assert "得分: 95.00" in text_of(office)


def test_mine_takes_the_place_of_a_broken_file_on_demand(office: Office) -> None:
    page = office.get(RECORD)
    before = text_of(office)
    office.record(ADDRESS).write_bytes("编码".encode("gbk"))
    answer = pressed(office, filled(page, {"评分等级": "良"}), "save")
    (act,) = re.findall(r'value="(mine:[^"]*)"', answer.text)

    office.follow(pressed(office, answer.fields, act))

    assert text_of(office) == before.replace("评分等级: 优", "评分等级: 良")


# A file that is gone


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_file_deleted_meanwhile_is_written_again_on_demand(office: Office, ends: str) -> None:
    file = office.record(ADDRESS)
    file.write_bytes(text_of(office).replace("\n", ends).encode())
    before = file.read_bytes()
    page = office.get(RECORD)
    file.unlink()
    fields = filled(page, {"总分 › 得分": "95.00"})
    assert "这个文件刚被删去或移走" in office.post(f"/check/{ADDRESS}", fields).text

    gone = pressed(office, fields, "save")

    assert gone.status == 409
    assert "文件已被删去或移走" in gone.text
    assert "<td>97.00</td><td>95.00</td>" in gone.text
    assert not file.exists()
    page = office.follow(pressed(office, gone.fields, "restore"))
    assert f"已写回 content/records/{ADDRESS}.yaml" in page.text
    assert file.read_bytes() == before.replace(b"97.00", b"95.00")


def test_writing_again_overwrites_nothing(office: Office) -> None:
    page = office.get(RECORD)
    file = office.record(ADDRESS)
    before = text_of(office)
    file.unlink()
    gone = pressed(office, filled(page, {"总分 › 得分": "95.00"}), "save")
    theirs = before.replace("评分等级: 优", "评分等级: 中")
    file.write_text(theirs, encoding="utf-8")

    assert pressed(office, gone.fields, "restore").status == 409
    assert text_of(office) == theirs


def test_a_moved_file_is_found_and_filled_in_there(office: Office) -> None:
    page = office.get(RECORD)
    file = office.record(ADDRESS)
    moved = file.with_name("liang-xin.yaml")
    file.rename(moved)
    try:
        gone = pressed(office, filled(page, {"总分 › 得分": "95.00"}), "save")
        (place,) = re.findall(r'action="(/record/[^"]*liang-xin)"', gone.text)
        there = office.post(place, gone.fields | {"act": "show"})
        office.follow(office.post(place, there.fields | {"act": "save"}))
        assert "得分: 95.00" in moved.read_text(encoding="utf-8")
    finally:
        moved.unlink()


def test_what_was_typed_over_a_forgotten_file_that_is_gone_is_shown(office: Office) -> None:
    page = office.get(RECORD)
    office.record(ADDRESS).unlink()

    answer = pressed(office, filled(page, {f"{CARE} › 得分": "3.00"}) | {"base": "0" * 64}, "save")

    shown = re.findall(r'<th scope="row">(.*)</th><td>(.*)</td>', answer.text)
    assert ("有效加强人文关怀情况 › 得分", "3.00") in [tuple(map(unescape, one)) for one in shown]


# Smaller things


def test_an_address_that_is_taken_leads_to_its_record(office: Office) -> None:
    fields = {"token": office.server.guard.secrets.form, "act": "begin", "form": "财政项目支出绩效自评表 › A1"}

    answer = office.post("/new", fields | {"year": "2024", "unit": "xinzhuang", "name": "liangxin"})

    assert answer.status == 422
    assert "没有覆盖" in answer.text
    assert "--force" not in answer.text
    assert f'<a href="{RECORD}">打开 {ADDRESS}</a>' in answer.text


def test_errors_stand_first_in_the_panel(office: Office) -> None:
    rewrite(office, "评分等级: 优", "评分等级: 良\n待补: 一")
    page = office.get(RECORD).text
    panel = page[page.index('id="panel"') : page.index('id="form"')]

    weights = re.findall(r'<li class="said-one (\w+)">', panel)

    assert {"error", "warning"} <= set(weights)
    assert weights == sorted(weights, key=["error", "warning", "hint", "waived"].index)
    assert re.findall(r"第 (\d+) 行", panel)


def test_a_record_that_is_gone_has_a_place_for_what_the_browser_kept(office: Office) -> None:
    answer = office.get("/record/2024/xinzhuang/meiyou")

    assert answer.status == 404
    assert '<form method="post" action="/record/2024/xinzhuang/meiyou" id="lost">' in answer.text
