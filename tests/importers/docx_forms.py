"""Official forms of many rows as cells, and the documents made of them."""

import io
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import docx
import pytest
import typst
from docx.document import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from generator.forms.grid import Grid

FONT = "Noto Serif CJK SC"


class Printed(NamedTuple):
    """A cell of a form as it is to be printed."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1


class Form(NamedTuple):
    title: str
    period: str
    widths: tuple[float, ...]
    """In centimetres."""
    cells: tuple[Printed, ...]

    @property
    def height(self) -> int:
        return max(cell.row + cell.rows for cell in self.cells)


EXPECTED = "1.完成全年党建活动，覆盖辖区全部居民区，参与人次不少于3000人次。\n2.做好阵地维护，确保设施完好率达到100%，服务对象满意度达到90.5%以上。"
ACHIEVED = "全年共开展活动12场，参与3120人次，阵地设施完好，服务对象满意度为96.35%，基本完成年初设定的各项目标。"
REASON = "受天气影响，两场户外活动推迟到下一年度举行，今后加强计划性"


def _row(row: int, *texts: str, spans: Sequence[int] = (), start: int = 0) -> list[Printed]:
    cells, column = [], start
    for index, text in enumerate(texts):
        columns = spans[index] if spans else 1
        cells.append(Printed(row, column, text, 1, columns))
        column += columns
    return cells


def form_a1(count: int = 44) -> Form:
    """财政项目支出绩效自评表 of eight columns."""
    cells = [
        *_row(0, "项目名称", "党建服务中心运行维护项目", spans=(1, 7)),
        *_row(1, "主管部门", "示例街道办事处", "实施单位", "示例街道社区党群服务中心", spans=(1, 3, 1, 3)),
        Printed(2, 0, "项目资金(万元)", 5),
        *_row(2, "", "年初预算数", "全年预算数", "全年执行数", "分数", "执行率(%)", "得分", start=1),
        *_row(3, "年度资金总额:", "417.32", "470.26", "468.77", "10.00", "99.68", "9.97", start=1),
        *_row(4, "其中: 当年财政拨款", "417.32", "470.26", "468.77", "-", "99.68", "-", start=1),
        *_row(5, "上年结转资金", "0.00", "0.00", "0.00", "-", "0.00", "-", start=1),
        *_row(6, "其他资金", "0.00", "0.00", "0.00", "—", "/", "-", start=1),
        Printed(7, 0, "年度总体目标", 2),
        *_row(7, "预期目标", "实际完成情况", spans=(3, 4), start=1),
        *_row(8, EXPECTED, ACHIEVED, spans=(3, 4), start=1),
        *_row(
            9, "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"
        ),
        *_indicators(10, count, first=0),
        *_row(10 + count, "总分", "100.00", "97.97", "", spans=(5, 1, 1, 1)),
        *_row(11 + count, "评分等级", "优", spans=(2, 6)),
    ]
    return Form("财政项目支出绩效自评表", "(2024年度)", (1.7, 2.2, 3.2, 2.2, 2.2, 1.6, 1.7, 2.6), tuple(cells))


def _indicators(start: int, count: int, *, first: int) -> list[Printed]:
    """Rows of indicators, the levels merged over their rows."""
    cells = []
    third = count // 3
    for label, top, rows in (
        ("成本指标", 0, third),
        ("产出指标", third, third),
        ("效益指标", 2 * third, count - 2 * third),
    ):
        cells.append(Printed(start + top, first, label, rows))
        half = rows // 2
        cells.append(Printed(start + top, first + 1, "数量指标", half))
        cells.append(Printed(start + top + half, first + 1, "可持续影响指标", rows - half))
    for index in range(count):
        name = f"第{index + 1}项活动覆盖居民区及参加人数完成情况"
        target, actual = f"≥{2000 + index}.00(元/人/月)", f"{2000 + index}.50(元/人/月)"
        reason = REASON if index % 7 == 3 else ""
        cells.extend(_row(start + index, name, target, actual, "8.00", f"{index % 9}.50", reason, start=first + 2))
    return cells


def form_a2(count: int = 40) -> Form:
    """财政项目支出绩效自评表 of nine columns, 绩效指标 written downward at the left."""
    cells = [
        *_row(0, "项目名称", "社区文化活动项目", spans=(1, 8)),
        *_row(1, "主管部门", "示例街道办事处", "实施单位", "示例街道社区文化活动中心", spans=(1, 3, 2, 3)),
        Printed(2, 0, "项目资金（元）", 5),
        *_row(2, "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分", spans=(2, *[1] * 6), start=1),
        *_row(
            3,
            "年度资金总额",
            "2734138.4",
            "815826.17",
            "815,826.17",
            "10",
            "100.00%",
            "10",
            spans=(2, *[1] * 6),
            start=1,
        ),
        *_row(4, "其中：当年财政拨款", "925000", "815826.17", "815826.17", "—", "", "", spans=(2, *[1] * 6), start=1),
        *_row(5, "上年结转资金", "0", "0", "", "—", "", "", spans=(2, *[1] * 6), start=1),
        *_row(6, "其他资金", "", "0", "0", "—", "", "", spans=(2, *[1] * 6), start=1),
        Printed(7, 0, "年度总体目标", 2),
        *_row(7, "预期目标", "实际完成情况", spans=(4, 4), start=1),
        *_row(8, EXPECTED, ACHIEVED, spans=(4, 4), start=1),
        Printed(9, 0, "绩效指标", count + 1),
        *_row(
            9,
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因分析及改进措施",
            start=1,
        ),
        *_indicators(10, count, first=1),
        *_row(10 + count, "总分", "100", "99", "", spans=(6, 1, 1, 1)),
    ]
    widths = (1.2, 1.4, 1.6, 3.0, 2.4, 2.4, 1.4, 1.6, 2.4)
    return Form("财政项目支出绩效自评表", "(2023 年度)", widths, tuple(cells))


def form_b1(count: int = 40) -> Form:
    """部门（单位）整体支出绩效自评表 of nine columns."""
    duties = "（一）负责辖区党建服务阵地的运行管理。\n（二）组织开展党员教育培训和志愿服务活动。\n（三）承办街道交办的其他事项。"
    cells = [
        *_row(0, "街镇名称", "新虹街道", "下属单位个数", "0", spans=(1, 2, 1, 5)),
        *_row(1, "所属部门", "新虹街道社区党群服务中心", "—", "", spans=(1, 2, 1, 5)),
        *_row(2, "部门职责", duties, spans=(1, 8)),
        Printed(3, 0, "整体支出规模", 3),
        *_row(3, "", "全年预算数", "全年执行数", "执行率", spans=(1, 1, 1, 5), start=1),
        *_row(4, "资金来源：(1)财政拨款", "22,551,226.73", "22,498,653.69", "99.77%", spans=(1, 1, 1, 5), start=1),
        *_row(5, "(2)其他资金", "", "", "", spans=(1, 1, 1, 5), start=1),
        *_row(6, "分解目标自评", spans=(9,)),
        *_row(
            7,
            "一级指标",
            "一级权重",
            "二级指标",
            "三级指标",
            "分值",
            "年度指标值",
            "全年完成值",
            "偏差及原因分析",
            "自评分",
        ),
    ]
    half = count // 2
    for label, weight, top, rows in (("投入管理指标", "55", 0, half), ("产出指标", "45", half, count - half)):
        cells += [Printed(8 + top, 0, label, rows), Printed(8 + top, 1, weight, rows)]
        cells += [Printed(8 + top, 2, "预算执行管理", rows)]
    for index in range(count):
        name = f"第{index + 1}项预决算信息公开的及时性和完整性"
        target, actual = ("100%", "99%") if index % 2 else ("≥36次", "36")
        cells += _row(8 + index, name, "0.8", target, actual, "", "0.8", start=3)
    cells += _row(8 + count, "", "100", "总分", "100", "", "93", spans=(1, 1, 2, 1, 3, 1))
    widths = (1.8, 1.6, 3.0, 3.0, 1.4, 1.8, 1.8, 2.0, 1.4)
    return Form("部门（单位）整体支出绩效自评表", "申报时段：(2023年1月-2023年12月)", widths, tuple(cells))


def form_c1(count: int = 46) -> Form:
    """财政项目支出绩效目标申报表 of six columns."""
    cells = [
        *_row(0, "项目名称", "党建经费", "项目性质", "其他经常性项目", "项目类别", "特定目标类"),
        *_row(1, "主管部门", "示例街道办事处", "实施单位", "示例街道社区党群服务中心", spans=(1, 1, 1, 3)),
        *_row(2, "计划开始日期", "2024-01-01", "计划完成日期", "2024-12-31", spans=(1, 1, 1, 3)),
        Printed(3, 0, "项目资金 (元)", 4),
        *_row(3, "项目资金总额", "", "年度资金申请总额", "1,217,200.00", spans=(1, 1, 1, 2), start=1),
        Printed(4, 1, "其中：财政资金", 2),
        Printed(4, 2, "", 2),
        *_row(4, "其中：当年财政拨款", "1,217,200.00", spans=(1, 2), start=3),
        *_row(5, "上年结转资金", "0.00", spans=(1, 2), start=3),
        *_row(6, "其他资金", "", "其他资金", "0.00", spans=(1, 1, 1, 2), start=1),
        Printed(7, 0, "项目绩效目标", 2),
        *_row(7, "项目总目标", "年度总体目标", spans=(2, 3), start=1),
        *_row(8, "", EXPECTED, spans=(2, 3), start=1),
        Printed(9, 0, "绩效指标", count + 1),
        *_row(9, "一级指标", "二级指标", "三级指标", "年度(/项目)指标值", spans=(1, 1, 1, 2), start=1),
    ]
    half = count // 2
    for label, top, rows in (("产出指标", 0, half), ("满意度指标", half, count - half)):
        cells += [Printed(10 + top, 1, label, rows), Printed(10 + top, 2, "服务对象满意度指标", rows)]
    for index in range(count):
        cells += _row(10 + index, f"第{index + 1}场“两新”组织活动", f"≥{index + 1}.00(人次)", spans=(1, 2), start=3)
    widths = (2.2, 2.8, 2.8, 4.0, 2.6, 2.6)
    return Form("财政项目支出绩效目标申报表", "(2024年度)", widths, tuple(cells))


FORMS = (form_a1(), form_a2(), form_b1(), form_c1())


def add_form(document: Word, form: Form) -> None:
    """Write a form behind what a document holds."""
    for line in (form.title, form.period):
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    table = document.add_table(rows=form.height, cols=len(form.widths))
    table.style = "Table Grid"
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid = list(table._tbl.tr_lst)  # noqa: SLF001  # the cells of python-docx are found anew at every call
    places = [list(row.tc_lst) for row in grid]
    for row in places:
        for tc, width in zip(row, form.widths, strict=True):
            tc.width = Cm(width)
    for column, width in zip(table.columns, form.widths, strict=True):
        column.width = Cm(width)
    for cell in form.cells:
        first = places[cell.row][cell.column]
        if cell.rows > 1 or cell.columns > 1:
            first.merge(places[cell.row + cell.rows - 1][cell.column + cell.columns - 1])
        written = docx.table._Cell(first, table)  # noqa: SLF001
        for index, line in enumerate(cell.text.split("\n")):
            paragraph = written.paragraphs[0] if index == 0 else written.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(0)
            if len(cell.text) < 16:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = paragraph.add_run(line)
            run.font.size = Pt(9)
            run.font.name = FONT
            run._element.rPr.rFonts.set(qn("w:eastAsia"), FONT)  # noqa: SLF001


def word_of(*forms: Form) -> Word:
    """Return a document with forms, the page number at the foot of each page."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.5)
    foot = section.footer.paragraphs[0]
    foot.add_run("- ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)  # noqa: SLF001
    foot.add_run(" -")
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for form in forms:
        add_form(document, form)
    return document


def saved(document: Word) -> bytes:
    """Return a document's bytes."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def typst_source(form: Form) -> str:
    """Return a form as typst source."""
    columns = ", ".join(f"{width}cm" for width in form.widths)
    cells = "\n".join(
        f"  table.cell(x: {cell.column}, y: {cell.row}, colspan: {cell.columns}, rowspan: {cell.rows})[{_lines(cell)}],"
        for cell in form.cells
    )
    return (
        f"#align(center)[#{quoted(form.title)}]\n#align(center)[#{quoted(form.period)}]\n"
        f"#table(columns: ({columns}), align: center + horizon,\n{cells}\n)\n"
    )


def _lines(cell: Printed) -> str:
    return " \\ ".join(f"#{quoted(line)}" for line in cell.text.split("\n"))


PAGE = f'#set page(paper: "a4", margin: 1.5cm, numbering: "- 1 -")\n#set text(font: "{FONT}", size: 9pt, lang: "zh")\n'


def quoted(text: str) -> str:
    """Return a text as typst code."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def compiled(source: str, *, page: str = PAGE) -> bytes:
    """Return typst source as a PDF."""
    pdf = typst.compile((page + source).encode())
    assert isinstance(pdf, bytes)
    return pdf


def converted(data: bytes, folder: Path, suffix: str) -> bytes:
    """Return a document as LibreOffice prints it to PDF."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice")
    source = folder / f"form.{suffix}"
    source.write_bytes(data)
    profile = (folder / "profile").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=100)
    return source.with_suffix(".pdf").read_bytes()


def as_printed(grid: Grid) -> tuple[Printed, ...]:
    """Return what was read as what was to be printed."""
    return tuple(Printed(cell.row, cell.column, cell.text, cell.rows, cell.columns) for cell in grid.cells)


def in_order(form: Form) -> tuple[Printed, ...]:
    """Return the cells of a form by row, then column."""
    return tuple(sorted(form.cells, key=lambda cell: (cell.row, cell.column)))
