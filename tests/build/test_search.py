"""The search index from build to build: an edit touches the shards of what it says, and the index is that of a clean build."""

import random
from pathlib import Path

import pytest

from generator.build import inputs, unit_search
from generator.search import shards
from tests.build.edits import Build, Kept, Site, Workshop, differences, stamped
from tests.build.small_project import CHOICES

SEARCHED = ("site name", "pack county", "packs", "page about", "department's name", "public findings")
FAULTS = ("[nowhere]", "没有这个界限: 3")
ROUNDS = 4
MEDDLING = 0.4


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    """Return the small project, whose index is kept in more shards than so few records would fill."""
    monkeypatch.setattr(inputs, "_RESOLUTION", 0)
    monkeypatch.setattr(shards, "_FEWEST", 256)
    return Workshop(tmp_path, monkeypatch)


def built(workshop: Workshop) -> set[str]:
    """Build, and return which files for scripts were written."""
    before = stamped(workshop.site)
    assert workshop.build(Build()).is_published
    after = stamped(workshop.site)
    return {path for path, stamp in after.items() if before.get(path) != stamp and path.startswith("browse/")}


def assert_clean(workshop: Workshop) -> None:
    """Compare with the site that is built from nothing."""
    clean = workshop.build_clean(Build())[1]
    assert [one for one in differences(workshop.site, clean) if one.startswith("browse/")] == []
    workshop.forget_clean()


def test_an_edit_writes_its_record_and_the_shards_of_what_it_says(workshop: Workshop) -> None:
    first = built(workshop)
    assert {"browse/directory.js", "browse/pages/0.js", "browse/units/dongxi.js"} <= first
    assert "browse/records/2023/dongxi/peixun.js" in first

    workshop.edit("training 2023: figure", "94.00")
    after = built(workshop)

    assert_clean(workshop)
    own = {path for path in after if path.startswith("browse/search/")}
    assert "browse/records/2023/dongxi/peixun.js" in after
    assert not any(path.startswith("browse/records/") for path in after - {"browse/records/2023/dongxi/peixun.js"})
    # Only 95, 94, and what stands around them.
    assert 0 < len(own) < 12
    assert "browse/units/dongxi.js" not in after


def test_what_is_not_searched_changes_nothing_and_a_page_its_own_grams_alone(workshop: Workshop) -> None:
    built(workshop)
    workshop.edit("training 2023: note", "comment")
    assert built(workshop) == set()

    workshop.edit("page about", "网站说明，第二版。见[帮助](help.md)。")
    after = built(workshop)
    assert_clean(workshop)
    assert len({path for path in after if path.startswith("browse/pages/")}) == 1
    assert all(path.startswith(("browse/pages/", "browse/search/")) for path in after)
    assert 0 < len({path for path in after if path.startswith("browse/search/")}) < 40


def test_units_and_records_that_go_leave_the_index(workshop: Workshop) -> None:
    workshop.edit("patrol: place", "2024/beitang/xuncha.md")
    built(workshop)
    assert (workshop.site / "browse/units/beitang.js").exists()

    workshop.edit("patrol: place", "2024/nanwan/xuncha.md")
    workshop.edit("culture: note", "unreadable")
    built(workshop)
    assert_clean(workshop)
    assert not (workshop.site / "browse/units/beitang.js").exists()
    assert not (workshop.site / "browse/records/2024/xiqiao/wenhua.js").exists()
    assert "wenhua" not in (workshop.site / "browse/units/xiqiao.js").read_text(encoding="utf-8")


def test_what_is_lost_of_the_index_is_made_again(workshop: Workshop) -> None:
    built(workshop)
    kept = sorted(workshop.project.joinpath(".jixiao-cache").rglob(f"*.{unit_search.KIND}"))
    assert [path.stem for path in kept] == ["dongxi", "nanwan", "xiqiao"]
    for path in kept:
        path.write_bytes(path.read_bytes()[:-1])
    for number, how in enumerate(("deleted", "replaced")):
        workshop.take(Site(number, how, "browse/search/"))
    workshop.edit("training 2023: figure", "94.00")
    built(workshop)
    assert_clean(workshop)


def test_after_any_edits_the_index_is_that_of_a_clean_build(workshop: Workshop) -> None:
    random_ = random.Random(1)  # noqa: S311  the same edits each time
    places = [place for place in CHOICES if ": " in place or place in SEARCHED]
    built(workshop)
    for _ in range(ROUNDS):
        for _ in range(random_.randint(2, 4)):
            place = random_.choice(places)
            # A pack that is at fault lets nothing be built.
            workshop.edit(place, random_.choice([one for one in CHOICES[place] if one not in FAULTS]))
        if random_.random() < MEDDLING:
            workshop.take(Site(random_.randint(0, 250), "deleted", "browse/"))
            workshop.take(Kept(random_.randint(0, 15), "flipped"))
        built(workshop)
        assert_clean(workshop)
