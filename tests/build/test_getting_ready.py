"""What a preview does once it answers: it finds what nobody told of, and loads what the first save would wait for."""

from pathlib import Path

import pytest

from generator.build.report import BuildReport
from generator.cli import building, serve
from generator.cli.building import Call
from tests.bench.corpus import address
from tests.build.few_records import path_of, write_few_records
from tests.build.test_left import replace_in

NUMBER = 21
PAGE = "site/records/{}/{}/{}.html".format(*address(NUMBER))


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """A preview of a few records, of which no stamp is too young to be trusted."""
    monkeypatch.setattr("generator.build.inputs._RESOLUTION", 0)
    write_few_records(tmp_path)
    place = tmp_path / "preview"
    return Call(tmp_path / "mkdocs.yml", place / "site", live=True, jobs=1, kept_in=place / "kept")


@pytest.fixture
def reports(monkeypatch: pytest.MonkeyPatch) -> list[BuildReport]:
    """What each build from now on comes to."""
    found: list[BuildReport] = []

    def noted(*given: object) -> building.Built:
        built = building.build(*given)  # type: ignore[arg-type]  # as it was given
        found.append(built.report)
        return built

    monkeypatch.setattr(serve, "build", noted)
    return found


def started(call: Call) -> tuple["serve._Builds", list[str]]:
    """Return the builds of a preview that has just started, and what its pages are told."""
    builds, told = serve._Builds(call), list[str]()  # noqa: SLF001  the whole command is tried elsewhere
    builds.build()
    builds.tell(made=lambda _: None, published=lambda: told.append("reload"))
    return builds, told


def page(call: Call) -> str:
    assert call.site_dir is not None
    return (call.site_dir.parent / PAGE).read_text(encoding="utf-8")


def edit(call: Call, figure: str) -> None:
    replace_in(path_of(call.config.parent, NUMBER), r"(完成值: ).*", rf"\g<1>{figure}")


def test_what_was_saved_while_the_site_was_made_is_shown(call: Call) -> None:
    builds, told = started(call)
    edit(call, "61.25")
    builds.get_ready()

    assert "61.25" in page(call)
    assert told == ["reload"]


@pytest.mark.parametrize("is_first", [True, False])
def test_nothing_is_told_where_nothing_changed(call: Call, is_first: bool, reports: list[BuildReport]) -> None:  # noqa: FBT001  one of two
    if not is_first:
        started(call)
    reports.clear()
    builds, told = started(call)
    builds.get_ready()

    assert told == []
    assert [bool(one.written) for one in reports] == [is_first, False]


def test_what_a_later_start_left_in_memory_serves_the_first_save(call: Call) -> None:
    started(call)
    builds, told = started(call)
    builds.get_ready()
    edit(call, "61.25")
    builds.build(frozenset({str(path_of(call.config.parent, NUMBER))}))

    assert "61.25" in page(call)
    assert told == ["reload"]


def test_a_site_whose_settings_lie_elsewhere_is_not_made_twice(call: Call, reports: list[BuildReport]) -> None:
    call.config.write_text(call.config.read_text(encoding="utf-8") + 'copyright: !ENV [NOBODY_SET_THIS, ""]\n')
    builds, told = started(call)
    builds.get_ready()

    assert len(reports) == 1
    assert told == []


def test_a_page_that_was_damaged_in_its_place_is_made_anew(call: Call) -> None:
    started(call)
    whole = page(call)
    assert call.site_dir is not None
    (call.site_dir.parent / PAGE).write_text("damaged", encoding="utf-8")
    builds, told = started(call)
    builds.get_ready()

    assert page(call) == whole
    assert told == ["reload"]
