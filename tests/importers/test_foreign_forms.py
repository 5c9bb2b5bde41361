"""Forms of layouts that are none of ours come in with every value in its field, or marked; none is wrong in silence."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from tests.importers.foreign_forms import FORMS
from tests.importers.foreign_forms.files import converted, web, word, xlsx
from tests.importers.foreign_forms.make_up import CHANGES, made_up
from tests.importers.foreign_forms.page import Page
from tests.importers.foreign_forms.score import Score, score

FEWEST_RIGHT = 0.98
MOST_TO_CONFIRM = 0.05
_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
# An office program takes its time; every form goes through it once, as one kind or the other.
SAVED = {"word to pdf": [*FORMS][::2], "excel to pdf": [*FORMS][1::2], "excel to xls": [*FORMS][::4]}
Sheets = Sequence[Sequence[Page]]


def _numbers(sheets: Sheets) -> bytes:
    return xlsx(sheets, as_numbers=True)


def _expect(result: Score) -> None:
    assert not result.wrong, "wrong without a mark"
    assert not result.lost, "neither filled nor left over"
    assert result.share >= FEWEST_RIGHT, result.over
    assert len(result.doubtful) <= max(2, MOST_TO_CONFIRM * result.truth), result.doubtful


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("write", "name"),
    [(xlsx, "表.xlsx"), (_numbers, "数.xlsx"), (word, "表.docx"), (web, "表.html")],
    ids=["xlsx", "xlsx-numbers", "docx", "html"],
)
def test_every_field_of_a_foreign_form_is_read(form: str, write: Callable[[Sheets], bytes], name: str) -> None:
    sheets = FORMS[form]()
    _expect(score(write(sheets), name, sheets))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Return all forms as LibreOffice saves them."""
    folder: Path = tmp_path_factory.mktemp("office")
    texts = {f"{form} word to pdf.docx": word(FORMS[form]()) for form in SAVED["word to pdf"]}
    books = {f"{form} excel to pdf.xlsx": _numbers(FORMS[form]()) for form in SAVED["excel to pdf"]}
    old = {f"{form} excel to xls.xlsx": _numbers(FORMS[form]()) for form in SAVED["excel to xls"]}
    saved = converted({**texts, **books}, "pdf", folder) | converted(old, "xls", folder)
    return {Path(name).stem: data for name, data in saved.items()}


@_office
@pytest.mark.parametrize(("kind", "form"), [(kind, form) for kind, forms in SAVED.items() for form in forms])
def test_so_is_one_that_an_office_program_has_saved(kind: str, form: str, office: Mapping[str, bytes]) -> None:
    sheets = FORMS[form]()
    result = score(office[f"{form} {kind}"], f"表.{kind[-3:]}", sheets)
    assert not result.wrong, "wrong without a mark"
    assert not result.lost, "neither filled nor left over"
    assert result.share >= FEWEST_RIGHT, result.over


@pytest.mark.parametrize("change", CHANGES)
def test_another_make_up_makes_no_value_wrong_and_loses_none(change: str) -> None:
    for name, form in FORMS.items():
        sheets = [[made_up(page, CHANGES[change]) for page in pages] for pages in form()]
        result = score(web(sheets), "表.html", sheets)
        assert not result.wrong, name
        assert not result.lost, name
        assert "labels" not in change or result.share >= FEWEST_RIGHT or name == "amounts_by_tier", (name, result.over)
