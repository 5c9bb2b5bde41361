"""Whatever happens between builds, a site brought up to date is the site built from nothing, byte for byte."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.build import building_jobs, inputs, peer_building, readers, workers
from generator.build.pipeline import build_site
from generator.export import data_files
from generator.plan import (
    coverage_page,
    group_pages,
    index_pages,
    list_pages,
    long_list,
    peer_index,
    peer_pages,
    peers,
    script_data,
)
from generator.search import shards
from tests.build.edits import (
    Build,
    Commit,
    Edit,
    Elsewhere,
    Kept,
    Outcome,
    Site,
    Step,
    Touch,
    Workshop,
    differences,
    stamped,
)
from tests.build.small_project import CHOICES
from tests.site_tools import order_for

SEQUENCES = int(os.environ.get("JIXIAO_SEQUENCES", "8"))
"""How many are tried; more find more."""

Round = tuple[list[Step], Build]
"""What happens, and the build that follows."""


def edits_of(places: Iterable[str]) -> st.SearchStrategy[Step]:
    whats = st.sampled_from([(place, to) for place in places for to in CHOICES[place]])
    hows = st.sampled_from(("written", "written", "replaced", "quietly"))
    return st.builds(lambda what, how: Edit(what[0], what[1], how), whats, hows)


NUMBER = st.integers(0, 250)
EDITS = edits_of(place for place in CHOICES if ": " in place) | edits_of(
    place for place in CHOICES if ": " not in place
)
OTHER_STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(Touch, NUMBER, st.sampled_from(("touched", "rewritten"))),
    st.builds(Site, NUMBER, st.sampled_from(("deleted", "replaced", "folder deleted")), st.sampled_from(("", "", "data/", "api/", "records/"))),
    st.builds(Kept, st.integers(0, 15), st.sampled_from(("deleted", "flipped", "cut", "all deleted"))),
    st.builds(Commit, st.integers(0, 8)),
    st.builds(Elsewhere, st.sampled_from(("other", "internal", "preview"))),
)  # fmt: skip
BUILDS = st.builds(
    Build,
    day=st.sampled_from((0, 0, 0, 2, 1)),
    jobs=st.sampled_from((1,) * 15 + (2,)),
    keep_going=st.sampled_from((True, True, True, False)),
    internal=st.sampled_from((False,) * 7 + (True,)),
    stays=st.booleans(),
)
ROUNDS: st.SearchStrategy[list[Round]] = st.lists(
    st.tuples(st.lists(st.one_of(EDITS, EDITS, EDITS, OTHER_STEPS), max_size=3), BUILDS), min_size=1, max_size=3
)


Clean = Callable[[Workshop, Build], tuple[Outcome, Path]]
"""Gives the site built from nothing."""


@pytest.fixture(scope="module")
def clean_once(tmp_path_factory: pytest.TempPathFactory) -> Clean:
    """Build a site from nothing once for all tests that come to the same files."""
    made: dict[object, tuple[Outcome, Path]] = {}

    def clean(workshop: Workshop, build: Build) -> tuple[Outcome, Path]:
        key = (build._replace(stays=False), *workshop.files.items())
        if key not in made:
            outcome, site = workshop.build_clean(build)
            made[key] = outcome, site.rename(tmp_path_factory.mktemp("clean") / "site")
        return made[key]

    return clean


def run(rounds: Sequence[Round], *, short_lists: bool = False, clean: Clean = Workshop.build_clean) -> None:
    """Build after each round, and compare with a site built from nothing."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        # Everything here happens within the resolution that a build takes for granted.
        patch.setattr(inputs, "_RESOLUTION", 0)
        patch.setattr(readers, "FEW", 0)
        patch.setattr(workers, "FEW_ANSWERS", 0)
        patch.setattr(peer_building, "LOT", 1)
        # Few records of the small project are of the same kind and year.
        patch.setattr(peers, "FEWEST", 2)
        if short_lists:
            for module in (group_pages, index_pages, list_pages, long_list, building_jobs, coverage_page, script_data):
                patch.setattr(module, "LONGEST", 4)
            patch.setattr(peer_index, "LONGEST", 2)
            patch.setattr(peer_pages, "LONGEST", 1)
            patch.setattr(data_files, "LONGEST", 5)
            # The number of shards follows that of the records.
            patch.setattr(shards, "_FEWEST", 2)
            patch.setattr(shards, "_PER_SHARD", 2)
        workshop = Workshop(Path(folder), patch)
        workshop.edit("obligations", CHOICES["obligations"][1])
        assert workshop.build(Build()).is_published
        for steps, build in rounds:
            for step in steps:
                workshop.take(step)
            # Worker processes know nothing of what is patched where they are not forked.
            check_build(workshop, build._replace(jobs=1) if short_lists else build, clean)


def check_build(workshop: Workshop, build: Build, clean: Clean = Workshop.build_clean) -> None:
    """Build, and tell what is not as it should be."""
    before = stamped(workshop.site)
    ours = workshop.build(build)
    theirs, expected = clean(workshop, build)
    after = stamped(workshop.site)

    assert ours.is_published == theirs.is_published, ours.error or theirs.error
    assert ours.error.replace(str(workshop.site), str(expected)) == theirs.error
    if ours.report is not None and theirs.report is not None:
        assert ours.report.findings == theirs.report.findings
        assert (ours.report.failed, ours.report.records) == (theirs.report.failed, theirs.report.records)
    if not ours.is_published:
        assert after == before
        return
    assert ours.report is not None
    assert theirs.report is not None
    assert list(differences(workshop.site, expected)) == []
    assert ours.report.rule_counts == theirs.report.rule_counts
    assert ours.report.pages == theirs.report.pages
    assert ours.report.unchanged + len(ours.report.written) == len(theirs.report.written)
    assert set(ours.report.written) == {path for path, stamp in after.items() if before.get(path) != stamp}
    assert set(ours.report.removed) == before.keys() - after.keys()
    workshop.forget_clean()


@settings(
    max_examples=SEQUENCES,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    print_blob=True,
)
@given(rounds=ROUNDS, short_lists=st.booleans())
@pytest.mark.timeout(0)
def test_after_any_sequence_of_edits_the_site_is_as_if_built_from_nothing(
    rounds: list[Round], *, short_lists: bool
) -> None:
    run(rounds, short_lists=short_lists)


AS_IT_IS = Build()
REFUSING = Build(keep_going=False)
CHANGED_A1 = "{shipped}<p>表样之注</p>"
OWN_TEMPLATE = Edit("template of records", "<p>本单位自定</p>\n{shipped}")


@pytest.mark.parametrize("short_lists", [False, True], ids=["whole", "split"])
def test_what_only_some_units_share_follows_them_and_the_settings(*, short_lists: bool) -> None:
    """The units that are put side by side, what is due from them, and the addresses that rows begin with."""
    run(
        [
            ([Edit("site address", "https://example.invalid/jx/")], AS_IT_IS),
            ([Edit("training 2024: place", "2024/xiqiao/peixun.yaml"), Edit("obligations", "")], AS_IT_IS),
            (
                [Edit("declaration: note", "personal data"), Edit("obligations", CHOICES["obligations"][3])],
                Build(day=2),
            ),
        ],
        short_lists=short_lists,
    )


@pytest.mark.parametrize("number", range(14))
def test_a_build_does_without_any_file_of_the_cache(number: int, clean_once: Clean) -> None:
    how = ("deleted", "flipped", "cut")[number % 3]
    gone = [Edit(f"{name}: place", "") for name in ("training 2023", "whole unit", "culture")]
    run([([Kept(number, how), OWN_TEMPLATE], AS_IT_IS), ([Kept(number, how), *gone], AS_IT_IS)], clean=clean_once)


def test_what_is_said_of_two_records_follows_the_name_of_either_file() -> None:
    twice = [Edit("training 2023: place", f"2024/dongxi/peixun.2.{ending}") for ending in ("yaml", "yml")]
    run([([one], AS_IT_IS) for one in twice])


def test_what_is_said_of_scores_follows_the_title_of_the_pack() -> None:
    bands = Edit("pack county", CHOICES["pack county"][3])
    title = Edit("title of pack county", CHOICES["title of pack county"][1])
    run([([bands], AS_IT_IS), ([title, Edit("training 2024: note", "comment")], AS_IT_IS)])


def test_a_refused_build_leaves_nothing_behind_that_a_later_one_takes_for_its_own() -> None:
    mended = [Edit("pack county", "执行率偏低: 90"), Edit("culture: note", "")]
    run(
        [
            ([], REFUSING),
            ([Edit("pack county", "执行率偏低: 96"), Edit("culture: note", "unreadable")], REFUSING),
            ([*mended, OWN_TEMPLATE], REFUSING),
        ]
    )


@pytest.mark.parametrize("edit", [OWN_TEMPLATE, Edit("patrol: figure", "94.00")], ids=["template", "record"])
def test_another_site_of_the_same_project_decides_nothing_about_this_one(edit: Edit) -> None:
    """The other site checks by other packs; what is kept of records is the same folder."""
    run([([Edit("pack county", "执行率偏低: 96")], AS_IT_IS), ([Elsewhere("other"), edit], AS_IT_IS)])


def test_what_was_published_decides_about_the_next_figures() -> None:
    steps: list[list[Step]] = [
        [Edit("published", "2024/dongxi/peixun")],
        [Edit("training 2024: note", "correction of the year"), Edit("patrol: note", "correction")],
        [Edit("published", "2024/nanwan/xuncha")],
        [Edit("published", "")],
    ]
    run([(one, AS_IT_IS) for one in steps])


def test_one_job_is_done_here_and_the_next_ones_in_processes() -> None:
    """One unit is read anew, all are made anew."""
    run([([Edit("training 2023: figure", "94.00"), OWN_TEMPLATE], Build(jobs=2))])


def test_a_process_that_stays_starts_from_what_it_remembers_or_from_what_is_kept() -> None:
    again = Build(stays=True)
    run(
        [
            ([Edit("training 2023: figure", "94.00")], again),
            ([], again),
            ([Edit("training 2023: figure", "93.00"), OWN_TEMPLATE], again),
            ([Kept(0, "all deleted"), Edit("culture: place", "")], again),
            ([Edit("patrol: figure", "94.00")], AS_IT_IS),
            ([Edit("patrol: figure", "93.00"), Site(0, "deleted", "records/")], again),
        ]
    )


def test_documents_are_the_same_whichever_process_makes_them() -> None:
    offered = Edit("exports", "[docx, xlsx]")
    edits: list[Step] = [
        Edit("training 2023: figure", "94.00"),
        Edit("culture: place", ""),
        Edit("template of form A1", CHANGED_A1),
    ]
    run([([offered], Build(jobs=2)), (edits, Build(jobs=2)), ([Site(0, "deleted", "units/dongxi-2024")], AS_IT_IS)])


def test_workers_that_outlive_a_build_know_nothing_of_it_at_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop = Workshop(tmp_path, monkeypatch)
    with ProcessPoolExecutor(1) as executor:
        for edit in (Edit("palette", "indigo"), Edit("palette", "teal"), Edit("pack county", "执行率偏低: 96")):
            workshop.take(edit)
            build_site(replace(order_for(workshop.project, workshop.site), executor=executor))

    _, clean = workshop.build_clean(AS_IT_IS)
    assert list(differences(workshop.site, clean)) == []


def test_a_link_counts_by_what_it_leads_to_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workshop = Workshop(tmp_path, monkeypatch)
    record = workshop.project / "content/records/2024/xiqiao/wenhua.yaml"
    text = record.read_bytes()
    target, outside = workshop.project / "content/text.yaml", tmp_path / "outside.yaml"
    check_build(workshop, AS_IT_IS)
    record.unlink()
    record.symlink_to(target)
    check_build(workshop, AS_IT_IS)
    target.write_bytes(text)
    check_build(workshop, AS_IT_IS)
    target.write_bytes(text.replace("汛期停工".encode(), "台风停工".encode()))
    check_build(workshop, AS_IT_IS)
    outside.write_bytes(text)
    record.unlink()
    record.symlink_to(outside)
    check_build(workshop, AS_IT_IS)

    assert not (workshop.site / "records/2024/xiqiao/wenhua.yaml").exists()


def test_a_file_that_becomes_a_link_out_of_the_content_is_withdrawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop = Workshop(tmp_path, monkeypatch)
    record = workshop.project / "content/records/2024/xiqiao/wenhua.yaml"
    check_build(workshop, AS_IT_IS)
    record.rename(tmp_path / "outside.yaml")
    record.symlink_to(tmp_path / "outside.yaml")
    check_build(workshop, AS_IT_IS)

    assert not (workshop.site / "records/2024/xiqiao/wenhua.yaml").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have names of text alone")
@pytest.mark.parametrize("where", ["project", "record"])
def test_names_in_another_encoding_than_utf_8_are_no_hindrance(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    name = os.fsdecode("项目".encode("gbk"))
    workshop = Workshop(tmp_path / name if where == "project" else tmp_path, monkeypatch)
    check_build(workshop, AS_IT_IS)
    if where == "record":
        (workshop.project / f"content/records/2024/xiqiao/{name}.yaml").write_text("年度: 2024\n", encoding="utf-8")
        check_build(workshop, AS_IT_IS)
    workshop.edit("training 2023: figure", "94.00")
    check_build(workshop, AS_IT_IS)
