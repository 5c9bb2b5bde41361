"""`jixiao export`: which files it writes, what it never overwrites, and the exit codes scripts rely on."""

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pypdf
import pytest
from openpyxl import load_workbook
from pypdf.annotations import FreeText

from generator.cli import main
from tests.site_tools import PROJECT, copied

ONE = "2024/xinzhuang/liangxin"


class Told(NamedTuple):
    """What the command did."""

    code: int
    out: str
    err: str


Export = Callable[..., Told]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copied(PROJECT, tmp_path / "project")


@pytest.fixture
def export(project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Export:
    """Run the command in the project's folder."""
    monkeypatch.chdir(project)

    def run(*arguments: str) -> Told:
        code = main(["export", *arguments])
        return Told(code, *capsys.readouterr())

    return run


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_one_record_becomes_one_workbook(export: Export, project: Path) -> None:
    told = export(ONE)

    assert told == (0, f"导出了 1 份表：导出/{ONE}.xlsx。\n", "")
    assert files(project / "导出") == [f"{ONE}.xlsx"]


@pytest.mark.parametrize(
    "path", [f"content/records/{ONE}.yaml", f"./content/records/{ONE}.yaml", f"{ONE}.yaml", f"{ONE}/"]
)
def test_a_record_may_be_called_by_its_file(export: Export, path: str) -> None:
    assert export(path).out == f"导出了 1 份表：导出/{ONE}.xlsx。\n"


def test_a_year_of_a_unit_becomes_a_file_for_each_record_and_format(export: Export, project: Path) -> None:
    told = export("--year", "2024", "--unit", "xinzhuang", "--format", "xlsx", "--format", "docx", "-o", "交付")

    assert told.out == "导出了 2 份表：4 个文件，在 交付/2024/xinzhuang。\n"
    assert files(project / "交付/2024/xinzhuang") == ["dangqun.docx", "dangqun.xlsx", "liangxin.docx", "liangxin.xlsx"]


def test_all_records_together_become_one_file_with_a_sheet_for_each(export: Export, project: Path) -> None:
    assert export("--all", "--together").out == "导出了 8 份表：导出/绩效表.xlsx。\n"
    book = load_workbook(project / "导出/绩效表.xlsx")

    assert len(book.worksheets) == 8
    assert book.worksheets[0].title == "党建经费"


@pytest.mark.parametrize(("name", "opening"), [("表.xlsx", b"PK"), ("表.docx", b"PK"), ("表.PDF", b"%PDF")])
def test_the_name_of_the_file_says_the_format(export: Export, project: Path, name: str, opening: bytes) -> None:
    assert export(ONE, "-o", name).code == 0
    assert (project / name).read_bytes().startswith(opening)


def test_the_same_record_gives_the_same_bytes_and_may_be_exported_again(export: Export, project: Path) -> None:
    kinds = ("xlsx", "docx", "pdf")
    wanted = [argument for kind in kinds for argument in ("--format", kind)]
    export(ONE, *wanted)
    first = [(project / f"导出/{ONE}.{kind}").read_bytes() for kind in kinds]

    assert export(ONE, *wanted).code == 0
    assert first == [(project / f"导出/{ONE}.{kind}").read_bytes() for kind in kinds]


def test_what_somebody_filled_in_is_not_overwritten(export: Export, project: Path) -> None:
    export(ONE)
    path = project / f"导出/{ONE}.xlsx"
    book = load_workbook(path)
    book.worksheets[0]["B3"] = "改过"
    book.save(path)
    changed = path.read_bytes()
    told = export(ONE, "2024/xinzhuang/dangqun")

    assert told.code == 2
    assert told.err == (
        "没有导出：下面的文件已经有了，不是导出的，或者导出以后改过：\n"
        f"  导出/{ONE}.xlsx\n请用 -o 写到别处；要覆盖，加上 --force。\n"
    )
    assert path.read_bytes() == changed
    assert files(project / "导出") == [f"{ONE}.xlsx"]
    assert export(ONE, "--force").code == 0
    assert path.read_bytes() != changed


def annotated(document: bytes) -> bytes:
    made = io.BytesIO()
    writer = pypdf.PdfWriter(io.BytesIO(document), incremental=True)
    writer.add_annotation(0, FreeText(text="改过", rect=(50, 50, 200, 100)))
    writer.write(made)
    return made.getvalue()


def saved_elsewhere(document: bytes) -> bytes:
    made = io.BytesIO()
    pypdf.PdfWriter(clone_from=io.BytesIO(document)).write(made)
    return made.getvalue()


@pytest.mark.parametrize("change", [annotated, saved_elsewhere, lambda document: document + b"\n% \n"])
def test_a_pdf_that_somebody_wrote_on_is_not_overwritten(
    export: Export, project: Path, change: Callable[[bytes], bytes]
) -> None:
    export(ONE, "-o", "表.pdf")
    path = project / "表.pdf"
    changed = change(path.read_bytes())
    path.write_bytes(changed)

    assert export(ONE, "-o", "表.pdf").code == 2
    assert path.read_bytes() == changed
    assert export(ONE, "-o", "表.pdf", "--force").code == 0
    assert export(ONE, "-o", "表.pdf").code == 0


def foreign_package() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("docProps/core.xml", "")
        package.writestr("docProps/custom.xml", "")
    return made.getvalue()


@pytest.mark.parametrize("content", [b"", b"mine", b"PK\x03\x04", foreign_package(), b"%PDF-1.7"])
@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
def test_files_of_others_are_not_overwritten(export: Export, project: Path, content: bytes, kind: str) -> None:
    (project / f"表.{kind}").write_bytes(content)

    assert export(ONE, "-o", f"表.{kind}").code == 2
    assert (project / f"表.{kind}").read_bytes() == content


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "没有写要导出哪些记录。"),
        (["2024/xinzuang/liangxin"], "是不是 2024/xinzhuang/liangxin？"),
        (["content/records/2024/xinzhuang/lianxin.yaml"], "是不是 2024/xinzhuang/liangxin？"),
        (["content/registry/units.yaml"], "不在记录文件夹 content/records 里"),
        (["--all", ONE], "不能再写路径"),
        (["--all", "-o", "表.xlsx"], "选中了 8 份表，一个文件放不下。"),
        ([ONE, "-o", "表.xlsx", "--format", "pdf"], "与 --format pdf 不一致"),
        ([ONE, "-o", "表.xls"], "不能写 .xls 文件"),
        ([ONE, "-o", "content/../mkdocs.yml/表.xlsx"], "写不进 "),
    ],
)
def test_what_cannot_be_done_is_told(export: Export, project: Path, arguments: list[str], message: str) -> None:
    before = files(project)
    told = export(*arguments)

    assert (told.code, told.out) == (2, "")
    assert message in told.err
    assert files(project) == before


def test_a_record_with_errors_is_left_out_and_named(export: Export, project: Path) -> None:
    broken = project / "content/records/2024/xinzhuang/huai.yaml"
    broken.write_text("表样: 财政项目支出绩效自评表\n年度: 两千\n", encoding="utf-8")
    told = export("2024/xinzhuang")

    assert told.code == 1
    assert told.out == "导出了 2 份表：2 个文件，在 导出/2024/xinzhuang。\n"
    assert told.err == (
        "没有导出 1 份：文件有错误，其中的数字不能作准。逐处的问题见 jixiao check。\n  2024/xinzhuang/huai\n"
    )
    assert export("2024/xidu").code == 0


def test_a_projects_own_template_draws_its_documents(export: Export, project: Path) -> None:
    (project / "templates/forms").mkdir(parents=True)
    shutil.copy(PROJECT / "templates/forms/self_evaluation_a1.yaml", project / "templates/forms")
    template = (PROJECT / "templates/forms/self_evaluation_a1.html").read_text(encoding="utf-8")
    (project / "templates/forms/self_evaluation_a1.html").write_text(
        template.replace("年度总体目标", "本单位的目标"), encoding="utf-8"
    )
    export(ONE)
    sheet = load_workbook(project / f"导出/{ONE}.xlsx").worksheets[0]

    assert "本单位的目标" in {cell.value for row in sheet.iter_rows() for cell in row}
