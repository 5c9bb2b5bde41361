"""What the site prints is read back as what its records say; and every field a draft names can be found in it."""

from pathlib import Path

import pytest

from generator.exchange.importing import import_bytes, record_of
from generator.exchange.placing import Claim, Outcome, place
from generator.load.record_faults import UNCONFIRMED_VALUE
from tests.exchange.import_forms import surroundings, target_of
from tests.own_site import own_site  # noqa: F401  a fixture
from tests.site_tools import PROJECT, copied

RECORDS = sorted(
    path.relative_to(PROJECT / "content/records").with_suffix("").as_posix()
    for path in (PROJECT / "content/records").rglob("*.*")
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(PROJECT, tmp_path_factory.mktemp("own-pages") / "project")


def page_of(site: Path, record: str) -> bytes:
    return (site / "records" / f"{record}.html").read_bytes()


# The form of the whole unit prints a column without a title that its page lists below the table.
@pytest.mark.parametrize("record", [record for record in RECORDS if not record.endswith("zhengti")])
def test_the_page_of_a_record_imports_as_that_record(record: str, own_site: Path, project: Path) -> None:  # noqa: F811
    (draft,) = import_bytes(page_of(own_site, record), "表.html", surroundings(project)).drafts

    (one,) = place([Claim("表.html", draft)], target_of(project), lambda _: None)

    assert (one.differences, one.why) == ((), "")
    assert one.outcome is Outcome.UNCHANGED
    assert one.path.removeprefix("content/records/").rpartition(".")[0] == record


@pytest.mark.parametrize("record", RECORDS)
def test_every_field_of_a_draft_can_be_named_as_one_to_confirm(record: str, own_site: Path, project: Path) -> None:  # noqa: F811
    (draft,) = import_bytes(page_of(own_site, record), "表.html", surroundings(project)).drafts
    paths = [value.path for value in draft.filled]
    listed = "".join("  - 栏: '{}'\n    依据: 试\n".format(path.replace("'", "''")) for path in paths)
    text = f"{draft.text.partition('待确认:')[0]}待确认:\n{listed}"

    _, findings = record_of(text, f"{draft.fiscal_year}/a/b", "a.yaml", target_of(project).forms)

    assert [(one.code, one.field) for one in findings] == [(UNCONFIRMED_VALUE.code, path) for path in paths]
