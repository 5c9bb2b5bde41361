"""The forms of a site as documents: which there are, what they hold, and what their making never costs."""

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest

from generator.build import unit_documents
from generator.cli import main
from generator.errors import JixiaoError
from generator.exchange.form_grids import form_grid
from generator.export import form_pdf
from generator.forms.field_names import RECORDS
from generator.forms.grid import FormGrid
from generator.model.forms import FormDefinition
from generator.model.records import Record
from generator.plan import documents as plan_documents
from tests.site_tools import PROJECT, build, copied, document, files_of

ENDINGS = (".xlsx", ".docx", ".pdf")
XIDU = ["2024/xidu/dangjian", "2024/xidu/yizhan", "2024/xidu/zhuanhu"]


def offering(folder: Path, exports: str) -> Path:
    """Return a copy of the project of one unit, that offers documents."""
    project = copied(PROJECT, folder / "project")
    text = (project / "mkdocs.yml").read_text(encoding="utf-8")
    plain = re.sub(r"plugins:\n(?s:.*)", "", text)
    (project / "mkdocs.yml").write_text(f"{plain}plugins:\n  - jixiao:\n      exports: {exports}\n", encoding="utf-8")
    for path in (project / "content/records").rglob("*.*"):
        if "xidu" not in path.parts:
            path.unlink()
    return project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return offering(tmp_path_factory.mktemp("offered"), "true")


@pytest.fixture(scope="module")
def site(project: Path) -> Path:
    folder = project.parent / "site"
    assert build(project, folder).published
    return folder


def documents_of(site: Path) -> set[str]:
    return {path for path in files_of(site) if path.endswith(ENDINGS)}


def records_in(data: bytes) -> list[str]:
    """Return the ids that a workbook or a text document says it holds."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        text = package.read("docProps/custom.xml").decode()
    found = re.search(rf'name="{RECORDS}"[^>]*><[^>]*>([^<]*)<', text)
    assert found is not None
    return found[1].split(";")


def test_each_form_and_each_year_of_a_unit_is_there_in_every_format(site: Path) -> None:
    places = [*(f"records/{record}" for record in XIDU), "units/xidu-2024"]

    assert documents_of(site) == {f"{place}{ending}" for place in places for ending in ENDINGS}


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_the_file_of_a_year_holds_all_its_forms(site: Path, kind: str) -> None:
    assert sorted(records_in((site / f"units/xidu-2024.{kind}").read_bytes())) == XIDU


@pytest.mark.parametrize("kind", ["xlsx", "docx", "pdf"])
def test_a_document_of_the_site_is_what_the_export_command_writes(
    site: Path, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.chdir(project)

    assert main(["export", XIDU[0], "-o", str(tmp_path / f"a.{kind}")]) == 0
    assert (tmp_path / f"a.{kind}").read_bytes() == (site / f"records/{XIDU[0]}.{kind}").read_bytes()


@pytest.mark.parametrize(
    ("page", "files"),
    [
        (f"records/{XIDU[0]}.html", [f"../../../records/{XIDU[0]}{ending}" for ending in ENDINGS]),
        ("units/xidu.html", [f"../units/xidu-2024{ending}" for ending in ENDINGS]),
    ],
)
def test_a_page_leads_to_its_documents_in_the_order_of_use(site: Path, page: str, files: list[str]) -> None:
    links = [link.target for link in document(site / page).links if link.target.endswith(ENDINGS)]

    assert links == files
    assert all((site / page).parent.joinpath(link).is_file() for link in links)


def test_only_the_formats_asked_for_are_made(tmp_path: Path) -> None:
    project = offering(tmp_path, "[xlsx]")
    build(project, tmp_path / "site")

    assert {Path(path).suffix for path in documents_of(tmp_path / "site")} == {".xlsx"}
    assert ".docx" not in (tmp_path / "site/units/xidu.html").read_text(encoding="utf-8")


def test_a_year_of_too_many_forms_has_no_pdf_of_all_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_documents, "MOST_IN_PDF", len(XIDU) - 1)
    project = offering(tmp_path, "[xlsx, pdf]")
    build(project, tmp_path / "site")

    assert {path for path in documents_of(tmp_path / "site") if path.startswith("units/")} == {"units/xidu-2024.xlsx"}
    assert f"records/{XIDU[0]}.pdf" in documents_of(tmp_path / "site")
    assert "xidu-2024.pdf" not in (tmp_path / "site/units/xidu.html").read_text(encoding="utf-8")


def test_a_record_that_is_kept_back_is_in_no_document(tmp_path: Path) -> None:
    project = offering(tmp_path, "[xlsx]")
    record = project / f"content/records/{XIDU[-1]}.yaml"
    record.write_text(record.read_text(encoding="utf-8") + "# 310112196002290138\n", encoding="utf-8")
    build(project, tmp_path / "site", keep_going=True)

    assert f"records/{XIDU[-1]}.xlsx" not in files_of(tmp_path / "site")
    assert sorted(records_in((tmp_path / "site/units/xidu-2024.xlsx").read_bytes())) == XIDU[:-1]


def test_an_internal_site_offers_them_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = offering(tmp_path, "[docx]")
    monkeypatch.chdir(project)

    assert main(["build", "--internal", "-d", str(tmp_path / "site"), "-q"]) == 0
    assert f"records/{XIDU[0]}.docx" in files_of(tmp_path / "site")


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note each form that is drawn for a document."""
    drawn: list[str] = []

    def noting(record: Record, form: FormDefinition, environment: jinja2.Environment) -> FormGrid:
        drawn.append(record.id)
        return form_grid(record, form, environment)

    monkeypatch.setattr(unit_documents, "form_grid", noting)
    return drawn


@pytest.mark.parametrize(
    ("edit", "drawn"),
    [
        # What stands lower in the file than before is no other figure.
        (lambda text: f"# 已与原件核对\n{text}", []),
        (lambda text: text.replace("建立健全", "基本健全"), XIDU),
    ],
    ids=["a comment", "a target"],
)
def test_a_form_is_drawn_again_only_for_what_it_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edit: Callable[[str], str], drawn: list[str]
) -> None:
    project = offering(tmp_path, "[xlsx]")
    build(project, tmp_path / "site")
    found = counted(monkeypatch)
    record = project / f"content/records/{XIDU[-1]}.yaml"
    before = record.read_text(encoding="utf-8")
    record.write_text(edit(before), encoding="utf-8")
    assert record.read_text(encoding="utf-8") != before
    build(project, tmp_path / "site")

    # The file of the year has the others as well.
    assert sorted(found) == drawn


def test_without_a_chinese_font_the_build_says_what_to_do_and_leaves_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = offering(tmp_path, "[xlsx]")
    build(project, tmp_path / "site")
    before = files_of(tmp_path / "site")
    config = project / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("[xlsx]", "true"), encoding="utf-8")
    monkeypatch.setattr(form_pdf, "_fonts", lambda **_: NO_FONTS)

    with pytest.raises(JixiaoError) as raised:
        build(project, tmp_path / "site")

    assert "本机没有中文字体，不能生成 PDF。" in str(raised.value)
    assert "exports: [xlsx, docx]" in str(raised.value)
    assert "jixiao export --format pdf" in str(raised.value)
    assert files_of(tmp_path / "site") == before


NO_FONTS = form_pdf._fonts(system_fonts=False)  # noqa: SLF001  a machine without any


def test_a_plain_build_loads_nothing_of_what_makes_documents(tmp_path: Path) -> None:
    project = offering(tmp_path, "false")
    code = (
        "import sys; from generator.cli import main; assert main(['build', '-q', '--jobs', '1']) == 0;"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'openpyxl', 'docx', 'typst', 'lxml'}),"
        " 'generator.exchange.form_grids' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=False)

    assert (run.stdout, run.returncode) == ("[] False\n", 0), run.stderr
