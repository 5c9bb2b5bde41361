"""The report tells for every cell where it went, and for every finding of the check which cell it is about."""

import json
from pathlib import Path

import pytest
import typst
from jsonschema import Draft202012Validator
from msgspec.structs import replace

from generator.exchange.import_data import format_import_json, import_data, import_schema
from generator.exchange.import_report import FileReport, ImportReport, format_import, needs_a_person, without_numbers
from generator.exchange.imported import CellFinding, ImportedFile
from generator.exchange.importing import import_bytes
from generator.exchange.placing import Outcome, Placed
from generator.finding import Severity
from generator.importers.document import Remark
from generator.importers.draft import Leftover
from tests.exchange.import_forms import draft_of, form_xlsx, project_in, surroundings
from tests.site_tools import PROJECT

CITIZEN_ID = "310112196002290138"
"""Made up; only its check digit is right."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project_in(tmp_path_factory.mktemp("report"))


def report_of(data: bytes, project: Path, placed: Placed | None = None) -> ImportReport:
    draft = draft_of(data, project)
    one = placed or Placed(Outcome.NEW, "content/records/2024/a/b.yaml", unconfirmed=draft.unconfirmed_paths)
    return ImportReport((FileReport("自评表.xlsx", ImportedFile("xlsx", (draft,)), (one,)),), {"系统文件": 2})


def test_every_value_is_listed_with_the_cell_it_came_from(project: Path) -> None:
    text = format_import(report_of(form_xlsx(), project))

    assert "自评表!B3 → 项目名称：示例道路养护" in text
    assert "自评表!E6 → 项目资金 › 年度资金总额 › 全年执行数：9.00" in text
    assert "自评表!H11 → 绩效指标 › 效益指标 › 社会效益指标 › 出行便利情况 › 得分：38" in text
    assert "共 1 个文件，1 份表：新建 1 份。\n跳过：系统文件 2 个。\n" in text


@pytest.mark.parametrize(
    ("cell", "text", "code", "place"),
    [
        ("G6", "80.00%", "BUD001", "自评表!G6"),
        ("H11", "45", "SCO004", "自评表!H11"),
        ("H12", "104", "SCO006", "自评表!H12"),
        ("I11", None, "IND004", "自评表!H11"),
    ],
)
def test_a_finding_of_the_rules_names_the_cell(
    project: Path, cell: str, text: str | None, code: str, place: str
) -> None:
    draft = draft_of(form_xlsx({cell: text}), project)

    assert [one.place for one in draft.findings if one.code == code] == [place]
    assert f"{place}：{code} " in format_import(report_of(form_xlsx({cell: text}), project))


def test_what_keeps_the_record_from_being_read_is_told_before_anybody_opens_it(project: Path) -> None:
    text = format_import(report_of(form_xlsx({"A2": None}), project))

    assert "REC007 错误：年度应为四位数字" in text


def test_a_finding_without_a_cell_names_the_line_of_the_file_that_was_written_or_else_its_field(project: Path) -> None:
    draft = draft_of(form_xlsx(), project)
    finding = CellFinding("SCO005", Severity.WARNING, "不符", "总分 › 得分", line=50)
    draft = replace(draft, findings=(finding,))

    def told(outcome: Outcome, path: str, *, is_trial: bool = False) -> str:
        file = FileReport("一.xlsx", ImportedFile("xlsx", (draft,)), (Placed(outcome, path),))
        return format_import(ImportReport((file,), {}, is_trial=is_trial))

    assert "      a.yaml 第 50 行：SCO005 警告：不符\n" in told(Outcome.NEW, "a.yaml")
    for text in (
        told(Outcome.SHOWN, ""),
        told(Outcome.NEW, "a.yaml", is_trial=True),
        told(Outcome.DIFFERENT, "a.yaml"),
    ):
        assert "      总分 › 得分：SCO005 警告：不符\n" in text
        assert "第 50 行" not in text


def test_values_to_confirm_stand_first_with_the_reason(project: Path) -> None:
    doubtful = form_xlsx({"A5": "项目资金", "C6": "900,000.00", "D6": "900,000.00", "E6": "810,000.00"})

    text = format_import(report_of(doubtful, project))

    assert (
        "待确认（对照原件核对，改正后从文件末尾的“待确认”里删去）：\n      没有单独的格 → 项目资金 › 单位：元（表上没有找到金额单位"
        in text
    )
    assert "需要人处理：1 份表有 1 个值待确认。\n核对之前 jixiao build 不生成网站" in text
    assert "--keep-going" in text
    assert "REC022" not in text


def test_a_file_that_cannot_be_read_says_why(project: Path) -> None:
    broken = import_bytes(form_xlsx()[:2000], "坏.xlsx", surroundings(project))
    report = ImportReport((FileReport("坏.xlsx", broken),), {})

    text = format_import(report)

    assert "坏.xlsx\n  没有导入：" in text
    assert "。。" not in text
    assert "需要人处理：1 个文件没有导入。" in text
    assert needs_a_person(report)


def test_a_document_without_a_form_says_what_was_expected(project: Path) -> None:
    file = import_bytes("<html><body><p>通知</p></body></html>".encode(), "通知.html", surroundings(project))

    assert "没有认出绩效表" in file.fault or "表格" in file.fault


def test_of_many_files_only_what_needs_a_look_is_listed(project: Path) -> None:
    draft = draft_of(form_xlsx(), project)
    fine = FileReport("一.xlsx", ImportedFile("xlsx", (draft,)), (Placed(Outcome.NEW, "a.yaml"),))
    wrong = FileReport(
        "二.xlsx", ImportedFile("xlsx", (draft,)), (Placed(Outcome.DIFFERENT, "b.yaml", "没有改动", ("得分：8 → 7",)),)
    )
    left_over = FileReport(
        "三.xlsx",
        ImportedFile("xlsx", (replace(draft, leftover=(Leftover("附注", "自评表!A20", "没有认出"),)),)),
        (Placed(Outcome.NEW, "c.yaml"),),
    )

    text = format_import(ImportReport((fine, wrong, left_over), {}))

    assert "一.xlsx" not in text
    assert "b.yaml：与现有记录不同，没有改动\n    没有改动。\n      得分：8 → 7" in text
    assert "自评表!A20：附注（没有认出）" in text
    assert "自评表!B3" not in text


def test_no_report_repeats_personal_data(project: Path) -> None:
    report = report_of(form_xlsx({"B8": f"补助 1 人（{CITIZEN_ID}）"}), project)

    assert any(one.code == "PRI001" for one in report.files[0].file.drafts[0].findings)
    assert CITIZEN_ID not in format_import(report)
    assert CITIZEN_ID not in format_import_json(report)


@pytest.mark.parametrize("text", ["a" * 90_000, "a.b-" * 22_500, "1 " * 45_000 + "a@" * 100, "1-" * 8 + " " * 90_000])
def test_covering_personal_data_costs_little_however_long_the_text(text: str) -> None:
    # What took quadratic time would not come back before the test's own end.
    assert len(without_numbers(text)) == len(text)


def test_a_mail_address_is_covered_however_long() -> None:
    assert (
        without_numbers("联系 zhang.san+jx@example.org，电话 13800000000") == "联系 " + "*" * 24 + "，电话 " + "*" * 11
    )
    assert "example" not in without_numbers("a" * 100 + "@example.org")


def test_programs_get_the_same_by_the_published_schema(project: Path) -> None:
    draft = draft_of(form_xlsx({"H11": "45"}), project)
    files = (
        FileReport("一.xlsx", ImportedFile("xlsx", (draft,), (Remark("隐藏的行", "第 3 行"),)), (Placed(Outcome.NEW, "a.yaml"),)),
        FileReport("二.xlsx", ImportedFile(fault="文件打不开")),
    )  # fmt: skip

    data = import_data(ImportReport(files, {"系统文件": 1}))

    Draft202012Validator(import_schema()).validate(data)
    assert data["summary"]["outcomes"]["new"] == 1
    assert data["summary"]["failed_files"] == 1
    (finding,) = [one for one in data["files"][0]["drafts"][0]["findings"] if one["code"] == "SCO004"]
    assert finding["place"] == "自评表!H11"


def test_the_schema_is_published_and_up_to_date() -> None:
    published = json.loads((PROJECT / "content/schema/import_report.schema.json").read_text(encoding="utf-8"))

    assert published == import_schema()


def test_a_pdf_without_lines_that_fills_nothing_says_so(project: Path) -> None:
    text = """
        #set text(font: "Noto Serif CJK SC", size: 9pt)
        #align(center)[财政项目支出绩效自评表]
        #align(center)[(2024年度)]
        #table(columns: (1fr,)*4, stroke: none,
        [项目名称 示例道路养护],[],[实施单位 某中心],[],
        [预算 10.00],[执行 9.00],[执行率 90%],[得分 9],
        [产出指标 数量],[养护里程],[大于十],[得分 50],
        [效益指标 社会],[便利情况],[提高],[得分 38])
    """
    file = import_bytes(typst.compile(text.encode()), "表.pdf", surroundings(project))

    assert "PDF 里的表没有框线" in file.fault
    assert "一栏也没有填" in file.fault
    assert file.drafts == ()
