"""What is typed is written where it stands: one field, one line; and nothing that others wrote is lost."""

import difflib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.editing.office import Answer, Office
from tests.site_tools import PROJECT, copied, write_files

ADDRESS = "2024/xinzhuang/liangxin"
RECORD = f"/record/{ADDRESS}"
FIRST = "经济成本指标 › &#34;两新&#34;党组织书记学习培训费用标准"


def changed(before: str, after: str) -> list[str]:
    return [line for line in difflib.ndiff(before.split("\n"), after.split("\n")) if line[0] in "+-"]


def typed(office: Office, values: dict[str, str], *, act: str = "save", page: Answer | None = None) -> Answer:
    """Fill in boxes by their label and press a button."""
    page = page or office.get(RECORD)
    return office.post(
        RECORD, page.fields | {page.name_of(label): text for label, text in values.items()} | {"act": act}
    )


def test_one_changed_field_is_one_changed_line(office: Office) -> None:
    file = office.record(ADDRESS)
    before = file.read_text(encoding="utf-8")

    answer = office.follow(typed(office, {f"{FIRST} › 得分": "4.50"}))

    assert "已保存" in answer.text
    lines = changed(before, file.read_text(encoding="utf-8"))
    assert [line.replace(" ", "") for line in lines] == ["-得分:5.00", "+得分:4.50"]


def test_a_form_that_nobody_touched_writes_nothing(office: Office) -> None:
    for file in sorted((office.project / "content/records").rglob("*.*")):
        before = file.read_bytes()
        page = f"/record/{file.relative_to(office.project / 'content/records').with_suffix('').as_posix()}"
        fields = office.get(page).fields

        answer = office.follow(office.post(page, fields | {"act": "save"}))

        assert "没有改动" in answer.text, page
        assert file.read_bytes() == before, page


@pytest.mark.parametrize("ends", ["\r\n", "\n"])
@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_line_ends_and_mark_stay(office: Office, ends: str, mark: bytes) -> None:
    file = office.record(ADDRESS)
    text = file.read_text(encoding="utf-8")
    file.write_bytes(mark + text.replace("\n", ends).encode())

    office.follow(typed(office, {"评分等级": "良"}))

    assert file.read_bytes() == mark + text.replace("评分等级: 优", "评分等级: 良").replace("\n", ends).encode()


@pytest.mark.parametrize("text", ["编码".encode("gbk"), b"a\r\nb\n", b"a\x00b"])
def test_a_file_that_would_change_in_other_places_is_not_edited(office: Office, text: bytes) -> None:
    file = office.record(ADDRESS)
    file.write_bytes(file.read_bytes() + b"# " + text + b"\n")
    before = file.read_bytes()

    assert "在这里保存会改动别的行" in office.get(RECORD).text
    assert office.post(RECORD, {"token": office.server.guard.secrets.form, "v.head.grade": "差"}).status == 422
    assert file.read_bytes() == before


def test_hostile_words_stay_words(office: Office) -> None:
    hostile = '</textarea><script>alert(1)</script>" onfocus="x'

    answer = office.follow(typed(office, {"评分等级": hostile}))

    assert "<script>alert" not in answer.text
    assert answer.fields[answer.name_of("评分等级")] == hostile


def test_a_draft_with_errors_is_saved_and_said(office: Office) -> None:
    answer = office.follow(typed(office, {f"{FIRST} › 得分": "五分"}))

    assert "已保存" in answer.text
    assert "作为草稿保存；改正之前这份表不会公开" in answer.text
    assert "得分: 五分" in office.record(ADDRESS).read_text(encoding="utf-8")


def test_rows_are_added_and_removed(office: Office) -> None:
    before = office.record(ADDRESS).read_text(encoding="utf-8")
    page = office.get(RECORD)
    first = page.name_of(f"{FIRST} › 得分").removeprefix("v.").partition(".")[0]

    added = typed(office, {}, act=f"add:{first}", page=page)
    assert office.record(ADDRESS).read_text(encoding="utf-8") == before
    new = added.fields | {"v.new-1.name": "新增的指标", "v.new-1.score": "1.00", "act": "save"}
    office.follow(office.post(RECORD, new))
    after = office.record(ADDRESS).read_text(encoding="utf-8")
    assert [line.strip("+ ") for line in changed(before, after)] == ["- 三级指标: 新增的指标", "得分: 1.00"]

    page = office.get(RECORD)
    row = page.name_of("经济成本指标 › 新增的指标 › 得分").removeprefix("v.").partition(".")[0]
    gone = typed(office, {}, act=f"remove:{row}", page=page)
    assert "新增的指标" not in gone.text
    office.follow(office.post(RECORD, gone.fields | {"act": "save"}))
    assert office.record(ADDRESS).read_text(encoding="utf-8") == before


def test_a_row_of_a_new_level(office: Office) -> None:
    page = office.get(RECORD)
    added = office.post(RECORD, page.fields | {"act": "level", "level": "效益指标 / 生态效益指标"})

    office.follow(office.post(RECORD, added.fields | {"v.new-1.name": "绿化", "act": "save"}))

    assert "    生态效益指标:\n" in office.record(ADDRESS).read_text(encoding="utf-8")
    assert "要写 2 级" in office.post(RECORD, page.fields | {"act": "level", "level": "效益指标"}).text


def test_the_check_follows_what_is_typed(office: Office) -> None:
    page = office.get(RECORD)
    name = page.name_of(f"{FIRST} › 得分")

    said = office.post(f"/check/{ADDRESS}", page.fields | {name: "99.00"})
    assert "得分 99.00 高于分值 5.00" in said.text or "99.00" in said.text
    assert '"changed": true' in said.text
    assert "99.00" not in office.post(f"/check/{ADDRESS}", page.fields).text


# Another program


def with_edit(office: Office, old: str, new: str) -> bytes:
    file = office.record(ADDRESS)
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    return file.read_bytes()


def test_a_file_changed_meanwhile_is_not_overwritten(office: Office) -> None:
    page = office.get(RECORD)
    theirs = with_edit(office, "评分等级: 优", "评分等级: 中  # 改过")

    answer = typed(office, {f"{FIRST} › 得分": "4.50", "评分等级": "良"}, page=page)

    assert answer.status == 409
    assert office.record(ADDRESS).read_bytes() == theirs
    assert "两边都改了" in answer.text
    for cell in ("<td>优</td><td>中</td><td>良</td>", "<td>5.00</td><td>没有改</td><td>4.50</td>"):
        assert cell in answer.text


def test_both_are_joined_on_demand(office: Office) -> None:
    page = office.get(RECORD)
    with_edit(office, "评分等级: 优", "评分等级: 中  # 改过")
    conflict = typed(office, {f"{FIRST} › 得分": "4.50"}, page=page)

    joined = office.post(RECORD, conflict.fields | {"act": "show"})
    assert joined.fields[joined.name_of("评分等级")] == "中"
    office.follow(office.post(RECORD, joined.fields | {"act": "save"}))

    text = office.record(ADDRESS).read_text(encoding="utf-8")
    assert "评分等级: 中  # 改过" in text
    assert "得分: 4.50" in text


def test_mine_takes_the_place_of_theirs_on_demand(office: Office) -> None:
    page = office.get(RECORD)
    before = office.record(ADDRESS).read_text(encoding="utf-8")
    with_edit(office, "评分等级: 优", "评分等级: 中")
    conflict = typed(office, {f"{FIRST} › 得分": "4.50"}, page=page)
    (act,) = (part.split('"')[0] for part in conflict.text.split('value="')[1:] if part.startswith("mine:"))

    # Not where it was written once more.
    with_edit(office, "评分等级: 中", "评分等级: 差")
    again = office.post(RECORD, conflict.fields | {"act": act})
    assert again.status == 409

    (act,) = (part.split('"')[0] for part in again.text.split('value="')[1:] if part.startswith("mine:"))
    office.follow(office.post(RECORD, again.fields | {"act": act}))
    assert len(changed(before, office.record(ADDRESS).read_text(encoding="utf-8"))) == 2


def test_what_was_typed_over_a_forgotten_version_is_shown_against_the_disk(office: Office) -> None:
    page = office.get(RECORD)
    before = office.record(ADDRESS).read_bytes()

    answer = office.post(RECORD, page.fields | {page.name_of("评分等级"): "良", "base": "0" * 64, "act": "save"})

    assert answer.status == 409
    assert "填表程序重新启动过" in answer.text
    assert "<td>优</td><td>良</td>" in answer.text
    assert office.record(ADDRESS).read_bytes() == before


# New records


def begin(office: Office, **fields: str) -> Answer:
    return office.post("/new", {"token": office.server.guard.secrets.form, **fields})


def test_a_new_record_from_a_skeleton(office: Office) -> None:
    form = "财政项目支出绩效自评表 › A1"
    answer = begin(office, act="begin", form=form, year="2025", unit="xinzhuang", project="党员教育")

    page = office.follow(answer)

    assert answer.headers["Location"].startswith("/record/2025/xinzhuang/dang-yuan-jiao-yu?")
    assert page.fields[page.name_of("实施单位")] == "上海市莘庄工业区社区党群服务中心"
    again = begin(office, act="begin", form=form, year="2025", unit="xinzhuang", project="党员教育")
    assert (again.status, "没有覆盖" in again.text) == (422, True)


@pytest.mark.parametrize("unit", ["../..", "..", "a/b", "con", "单位", ""])
def test_a_new_record_stays_in_the_records(office: Office, unit: str) -> None:
    before = sorted(office.project.rglob("*"))

    answer = begin(office, act="begin", form="财政项目支出绩效自评表 › A1", year="2025", unit=unit, name="a")

    assert answer.status == 422
    assert sorted(office.project.rglob("*")) == before


def test_last_years_record_without_what_belongs_to_the_year(office: Office) -> None:
    page = office.follow(begin(office, act="copy", source=ADDRESS, year="2025"))

    text = office.record("2025/xinzhuang/liangxin").read_text(encoding="utf-8")
    assert "年度: 2025" in text
    assert "来源" not in text
    for kept in (f"{FIRST} › 年度指标值", f"{FIRST} › 分值"):
        assert page.fields[page.name_of(kept)]
    for blank in (f"{FIRST} › 实际完成值", f"{FIRST} › 得分", "年度资金总额 › 全年执行数", "实际完成情况", "评分等级"):
        assert page.fields[page.name_of(blank)] == "", blank
    assert "已留空：资金的年初预算数、" in page.text
    assert "指标的实际完成值" in page.text
    assert "没有复制：来源" in page.text


# The list and the preview


def test_the_list_counts_findings(office: Office) -> None:
    write_files(office.project, [("content/records/2024/xinzhuang/kaputt.yaml", "表样: [\n")])

    page = office.get("/").text

    assert "2024 上海市莘庄工业区社区党群服务中心" in page
    row = page[page.index("/record/2024/xinzhuang/kaputt") :]
    assert "处错误" in row[: row.index("</li>")]
    assert "不能在这里修改" in office.get("/record/2024/xinzhuang/kaputt").text


def test_a_preview_is_the_page_of_the_site(office: Office) -> None:
    fields = office.get(RECORD).fields
    page = office.get(RECORD)

    answer = office.follow(office.post(f"/preview/{ADDRESS}", fields | {page.name_of("评分等级"): "良"}))

    assert '<table class="form-table form-a1">' in answer.text
    assert '<td colspan="6">良</td>' in answer.text
    assert "评分等级: 优" in office.record(ADDRESS).read_text(encoding="utf-8")


def test_the_projects_own_template_can_be_filled_in_and_what_it_leaves_out_stands_below(
    tmp_path: Path, office_on: Callable[[Path], Office]
) -> None:
    template = (
        '<p title="{{ form.head.grade }}">等级：{{ form.head.grade }}</p><b>{{ form.head.grade }}</b><script>x</script>'
    )
    project = copied(PROJECT, tmp_path / "own")
    write_files(project, [("templates/forms/self_evaluation_a1.html", template)])
    office = office_on(project)

    page = office.get(RECORD)

    drawn = page.text[page.text.index('id="form"') : page.text.index("版式之外的内容")]
    assert '<p title="优">等级：<textarea' in drawn
    assert '<b><span data-same="head.grade">优</span></b>' in drawn
    assert "<script" not in drawn
    file = office.record(ADDRESS)
    before = file.read_text(encoding="utf-8")
    office.follow(typed(office, {"评分等级": "良", f"{FIRST} › 得分": "4.50"}))
    assert len(changed(before, file.read_text(encoding="utf-8"))) == 4
