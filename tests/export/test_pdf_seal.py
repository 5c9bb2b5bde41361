"""A PDF tells whether it is as it was written."""

import io

import pypdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from pypdf.annotations import FreeText

from generator.export.form_pdf import write
from generator.export.pdf_seal import is_as_sealed
from tests.export.drawn_forms import small


@pytest.fixture(scope="module")
def document() -> bytes:
    return write([small("自评表")], properties={})


def test_a_pdf_is_as_it_was_written(document: bytes) -> None:
    assert is_as_sealed(document)
    assert document.endswith(b"%%EOF")
    assert len(pypdf.PdfReader(io.BytesIO(document), strict=True).pages) == 1
    assert len(pypdfium2.PdfDocument(document)) == 1


def test_a_pdf_that_somebody_wrote_on_is_not(document: bytes) -> None:
    annotated = io.BytesIO()
    writer = pypdf.PdfWriter(io.BytesIO(document), incremental=True)
    writer.add_annotation(0, FreeText(text="改过", rect=(50, 50, 200, 100)))
    writer.write(annotated)
    saved = io.BytesIO()
    pypdfium2.PdfDocument(document).save(saved)

    assert annotated.getvalue().startswith(document)
    for changed in (annotated.getvalue(), saved.getvalue(), document + b"\n", document[:-1], b" " + document, b""):
        assert not is_as_sealed(changed)
