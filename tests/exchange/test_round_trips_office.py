"""A form that another program saved in its own format and back is the same form."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.exchange.conftest import Site
from tests.exchange.drawn_records import document_of, returned
from tests.office.libreoffice import convert
from tests.office.needed import office  # noqa: F401  a fixture

Saved = Callable[[str, str], Path]


@pytest.fixture(scope="module")
def saved(office: Path, own: Site, tmp_path_factory: pytest.TempPathFactory) -> Saved:  # noqa: F811
    """Return a function that saves the document of every record of the project in another format, and names the folder."""

    def save(kind: str, ending: str) -> Path:
        folder = tmp_path_factory.mktemp(ending)
        files = []
        for record in own.catalog.records:
            file = folder / f"{record.id.replace('/', ' ')}.{kind}"
            file.write_bytes(document_of([record], kind))
            files.append(file)
        convert(office, files, ending, folder)
        return folder

    return save


@pytest.mark.parametrize(("kind", "ending"), [("xlsx", "ods"), ("docx", "odt"), ("xlsx", "xls")])
def test_figures_survive_another_program(kind: str, ending: str, saved: Saved, own: Site, office: Path) -> None:  # noqa: F811
    folder = saved(kind, ending)
    # What has no reader here goes back to where it came from; the older Excel has one, but names do not outlive it.
    back = ending if ending == "xls" else kind
    if back == kind:
        again = folder / "again"
        again.mkdir()
        convert(office, sorted(folder.glob(f"*.{ending}")), kind, again)
        folder = again
    for record in own.catalog.records:
        data = (folder / f"{record.id.replace('/', ' ')}.{back}").read_bytes()
        (one,) = returned(data, back, record)

        assert one.differences == (), record.id
        assert one.draft.record_id == ("" if ending == "xls" else record.id)
