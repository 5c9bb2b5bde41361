"""What is kept from one build to the next is never trusted blindly: damaged or somebody else's, it is made anew."""

import ast
import contextlib
import pickle
import random
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import NoReturn

import pytest
from msgspec.structs import replace

from generator.build import cache, inputs
from generator.build.frame import CompiledTemplates
from generator.build.order import Order
from generator.build.pipeline import build_site, forget_everything
from generator.build.site_building import kept_list
from generator.errors import JixiaoError
from tests.bench.corpus import make_record, write_corpus
from tests.build.few_records import path_of
from tests.site_tools import PROJECT, build, files_of, order_for

pytestmark = pytest.mark.timeout(300)

RECORDS = (0, 1, 2, 5, 17, 21, 60, 61)
"""Numbers of those kept of a corpus: two units, two years."""
EDITED = 5
"""Number of a record; those of the same unit stay as they are and come from the caches."""
NAMES = ("测速", "新名")
"""What the site may be called."""
KINDS = ("glance", "site", "rows", "files", "records")

_OWNER = slice(len(cache._MARK), len(cache._MARK) + cache._DIGEST)  # noqa: SLF001  the format is what this is about


def write_project(project: Path, seed: int = 1) -> None:
    write_corpus(project, max(RECORDS) + 1, seed, only=RECORDS)


def write_edition(project: Path, edition: int) -> None:
    path_of(project, EDITED).write_text(make_record(EDITED, 1 + edition), encoding="utf-8")


def write_name(project: Path, name: str) -> None:
    """Give the site a name, which stands on every page."""
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        re.sub("^site_name: .*$", f"site_name: {name}", text, count=1, flags=re.MULTILINE), encoding="utf-8"
    )


@dataclass
class Ground:
    """A project with two editions of its content and two names, its site, and the files of the clean site of each."""

    project: Path
    site: Path
    clean: dict[tuple[int, str], dict[str, bytes]]
    edition: int = 0
    name: str = NAMES[0]

    @property
    def order(self) -> Order:
        return order_for(self.project, self.site)

    def kept(self, kind: str) -> list[Path]:
        """Return the files kept of a kind."""
        if kind == "records":
            folders = (self.order.cache_dir / "records").iterdir()
            files = sorted(max(folders, key=lambda folder: folder.stat().st_mtime_ns).iterdir())
        elif kind in ("glance", "site"):
            files = [self.order.kept / kind]
        else:
            files = sorted(self.order.kept.glob(f"*.{kind}"))
        assert files
        return files

    def edit_and_build(self) -> None:
        """Change one record and build: what the other records give comes from the caches."""
        self.edition = 1 - self.edition
        write_edition(self.project, self.edition)
        build_site(self.order)

    def rename_and_build(self) -> None:
        """Change every page and build: what all records give comes from the caches."""
        self.name = NAMES[1 - NAMES.index(self.name)]
        write_name(self.project, self.name)
        build_site(self.order)

    def assert_clean(self) -> None:
        assert files_of(self.site) == self.clean[self.edition, self.name]


@pytest.fixture
def ground(common_ground: Ground) -> Ground:
    """Return the ground with a sound site, whatever the test before left."""
    try:
        common_ground.assert_clean()
        assert all(path.is_file() for kind in KINDS for path in common_ground.kept(kind))
    except (AssertionError, JixiaoError, OSError):
        for folder in (common_ground.site, common_ground.order.cache_dir):
            shutil.rmtree(folder, ignore_errors=True)
        build_site(common_ground.order)
    return common_ground


@pytest.fixture(scope="module")
def common_ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    folder = tmp_path_factory.mktemp("caches")
    project = folder / "project"
    write_project(project)
    clean = {}
    for edition, name in product((0, 1), NAMES):
        write_edition(project, edition)
        write_name(project, name)
        build(project, folder / f"clean-{edition}-{name}")
        clean[edition, name] = files_of(folder / f"clean-{edition}-{name}")
        assert list(clean.values()).count(clean[edition, name]) == 1
    build(project, folder / "site")
    return Ground(project, folder / "site", clean, edition, name)


@pytest.fixture(autouse=True)
def stamps_are_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the files just written pass for old ones: they are read again otherwise, and the caches are not asked."""
    monkeypatch.setattr(inputs, "_RESOLUTION", 0)


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> None:
    """Let each build read what was kept as a process of its own does; a preview has lists at hand."""
    kept_list.cache_clear()


def flip_a_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[random.Random(path.name).randrange(len(data))] ^= 0x10  # noqa: S311
    path.write_bytes(data)


def flip_the_last_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def replace_by_text(path: Path) -> None:
    path.write_text("这不是缓存\n", encoding="utf-8")


def remove(path: Path) -> None:
    path.unlink()


def leave_to_another_version(path: Path) -> None:
    """Keep other content in the name of another version of the program, without a fault in the file."""
    content = path.read_bytes()[cache._HEAD :]  # noqa: SLF001  as above
    cache.keep(path, content.replace("得".encode(), "失".encode()), b"another version!")
    assert path.read_bytes()[_OWNER] != content[_OWNER]


def leave_another_structure(path: Path) -> None:
    """Keep whole and in our own name what is no such value."""
    cache.keep(path, b"\x93\x01\x02\xa3abc", path.read_bytes()[_OWNER])


# All kinds are opened in one way, so each damage is done to all at once, and each kind is damaged by itself too.
@pytest.mark.parametrize(
    ("damage", "kinds"),
    [
        *((damage, KINDS) for damage in (
            flip_a_byte, flip_the_last_byte, truncate, empty, replace_by_text, remove,
            leave_to_another_version, leave_another_structure,
        )),
        *((damage, (kind,)) for damage in (flip_a_byte, leave_another_structure) for kind in KINDS),
    ],
)  # fmt: skip
def test_a_damaged_cache_is_noticed_and_made_anew(
    ground: Ground, damage: Callable[[Path], None], kinds: tuple[str, ...]
) -> None:
    for path in (path for kind in kinds for path in ground.kept(kind)):
        damage(path)
    ground.edit_and_build()
    ground.assert_clean()

    # What the build left in its place is good again.
    ground.edit_and_build()
    ground.assert_clean()
    assert all(path.is_file() for kind in kinds for path in ground.kept(kind))


@pytest.mark.parametrize("damage", [flip_a_byte, remove])
@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_cache_is_noticed_where_every_page_changes_and_no_record_does(
    ground: Ground, kind: str, damage: Callable[[Path], None]
) -> None:
    for path in ground.kept(kind):
        damage(path)
    ground.rename_and_build()

    ground.assert_clean()


@pytest.mark.parametrize("kind", KINDS)
def test_a_folder_in_the_place_of_a_cache_keeps_nobody_from_building(ground: Ground, kind: str) -> None:
    path = ground.kept(kind)[0]
    path.unlink()
    path.mkdir()
    ground.edit_and_build()

    ground.assert_clean()


def test_the_caches_are_asked_at_all(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise nothing above would say anything."""
    asked = []
    kept = cache.kept

    def noted(path: Path | str, owner: bytes) -> bytes | None:
        found, place = kept(path, owner), Path(path)
        if found is not None:
            is_record = place.parents[1].name == "records"
            asked.append("records" if is_record else place.name.rpartition(".")[2])
        return found

    monkeypatch.setattr(cache, "kept", noted)
    ground.edit_and_build()

    assert set(asked) >= set(KINDS)
    ground.assert_clean()


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """Return another project of the same units and file names, and other figures, with its site."""
    folder = tmp_path_factory.mktemp("stranger")
    write_project(folder / "project", seed=9)
    build(folder / "project", folder / "site")
    files = files_of(folder / "site")
    return Ground(folder / "project", folder / "site", {(0, NAMES[0]): files})


@pytest.mark.parametrize("kind", [*KINDS, "all"])
def test_what_another_project_kept_is_not_taken_for_our_own(ground: Ground, stranger: Ground, kind: str) -> None:
    for one in KINDS if kind == "all" else (kind,):
        folder = ground.kept(one)[0].parent
        for theirs in stranger.kept(one):
            shutil.copy2(theirs, folder / theirs.name)
    ground.edit_and_build()
    ground.assert_clean()


def test_an_older_state_put_back_is_not_taken_for_the_present_one(ground: Ground, tmp_path: Path) -> None:
    """As where a backup, or the cache of an earlier run of a build service, is copied over."""
    shutil.copytree(ground.order.cache_dir, tmp_path / "backup")
    ground.edit_and_build()
    shutil.rmtree(ground.order.cache_dir)
    shutil.copytree(tmp_path / "backup", ground.order.cache_dir)
    build_site(ground.order)

    ground.assert_clean()


@pytest.mark.parametrize("kind", ["site", "rows", "files", "records"])
def test_an_older_file_put_back_is_not_taken_for_the_present_one(ground: Ground, tmp_path: Path, kind: str) -> None:
    backup = [(path, shutil.copy2(path, tmp_path / path.name)) for path in ground.kept(kind)]
    ground.edit_and_build()
    for path, earlier in backup:
        shutil.copy2(earlier, path)
    (ground.project / "content/pages/about.md").touch()
    build_site(ground.order)
    ground.assert_clean()
    ground.edit_and_build()
    ground.assert_clean()


def test_another_project_moved_to_this_place_is_not_taken_for_this_one(
    ground: Ground, stranger: Ground, tmp_path: Path
) -> None:
    """Its files have their names, sizes and times of change from where they were."""
    project = tmp_path / "project"
    shutil.copytree(ground.project, project)
    build(project, tmp_path / "site")
    shutil.rmtree(project)
    shutil.copytree(stranger.project, project)
    build(project, tmp_path / "site")

    assert files_of(tmp_path / "site") == stranger.clean[0, NAMES[0]]


def test_two_ways_of_calling_into_one_site_do_not_lose_sight_of_its_files(ground: Ground, tmp_path: Path) -> None:
    """Each keeps its own notes, and the site was changed in between."""
    project, site = tmp_path / "project", tmp_path / "site"
    shutil.copytree(ground.project, project)
    write_edition(project, 0)
    one = order_for(project, site)
    other = replace(one, options=b"other", kept=tmp_path / "other")
    build_site(one)
    attached = project / "content/pages/attached.txt"
    attached.write_text("附件", encoding="utf-8")
    build_site(other)
    assert (site / "attached.txt").is_file()
    attached.unlink()
    build_site(one)

    assert files_of(site) == ground.clean[0, ground.name], "what was taken back is no longer public"


@pytest.mark.parametrize("name", ["site", "glance", "dw-00000", "dw-00000.rows", "dw-00000.files"])
def test_what_a_full_disk_did_not_take_is_not_mixed_with_what_it_took(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Of the files that are kept some are small enough and some are not."""
    keep = cache.keep

    def keep_others(path: Path, content: bytes, owner: bytes) -> None:
        if path.name != name:
            keep(path, content, owner)

    monkeypatch.setattr(cache, "keep", keep_others)
    with contextlib.suppress(JixiaoError):
        ground.edit_and_build()
    monkeypatch.setattr(cache, "keep", keep)
    elsewhere = path_of(ground.project, 60)
    text = elsewhere.read_text(encoding="utf-8")
    elsewhere.write_text(text + "# 注\n", encoding="utf-8")
    build_site(ground.order)
    elsewhere.write_text(text, encoding="utf-8")
    build_site(ground.order)

    ground.assert_clean()


@pytest.fixture
def nothing_is_unpickled(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("something was unpickled")

    # Templates that Jinja compiled are kept with the user, not in the project.
    monkeypatch.setattr(CompiledTemplates, "is_safe", False)
    for name in ("load", "loads", "Unpickler"):
        monkeypatch.setattr(pickle, name, refuse)
    yield
    monkeypatch.undo()


class Intruder:
    """Does something when it is unpickled."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[Callable[[Path], None], tuple[Path]]:
        return Path.touch, (self.trace,)


@pytest.mark.usefixtures("nothing_is_unpickled")
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_kept_is_ever_executed(ground: Ground, kind: str, tmp_path: Path) -> None:
    trace = tmp_path / "executed"
    for path in ground.kept(kind):
        owner = path.read_bytes()[_OWNER]
        path.unlink()
        cache.keep(path, pickle.dumps(Intruder(trace)), owner)
    ground.edit_and_build()

    ground.assert_clean()
    assert not trace.exists()


def test_all_that_is_kept_is_in_a_format_that_cannot_execute_anything(stranger: Ground) -> None:
    folder = stranger.order.cache_dir
    files = [path for path in folder.rglob("*") if path.is_file() and path.parent != folder]

    assert {path.name for path in folder.iterdir() if path.is_file()} == {".gitignore", "here", "since"}
    assert len(files) > 5
    for path in files:
        data = path.read_bytes()
        assert data.startswith(cache._MARK), path  # noqa: SLF001  as above
        # A pickle of protocol 2 or later begins with this byte, which begins no value of ours.
        assert data[cache._HEAD] != pickle.PROTO[0], path  # noqa: SLF001  as above


def test_only_what_a_build_sends_its_own_workers_is_pickled() -> None:
    using = set()
    for path in (PROJECT / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if {"pickle", "marshal", "shelve", "dill", "cloudpickle"} & set(names):
                using.add(path.relative_to(PROJECT).as_posix())

    assert using == {"generator/build/readers.py"}


@pytest.mark.parametrize("linked", [".jixiao-cache", ".jixiao-cache/sites", ".jixiao-cache/records"])
def test_starting_from_nothing_removes_nothing_outside_the_cache(tmp_path: Path, linked: str) -> None:
    for name in ("records/a", "sites/0/a", "0/a"):
        (tmp_path / "home" / name).parent.mkdir(parents=True)
        (tmp_path / "home" / name).write_text("x", encoding="utf-8")
    before = sorted((tmp_path / "home").rglob("*"))
    link = tmp_path / linked
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(tmp_path / "home")
    cache = tmp_path / ".jixiao-cache"

    with contextlib.nullcontext() if link.name == "records" else pytest.raises(JixiaoError, match="链接"):
        forget_everything(cache / "sites/0", cache)

    assert sorted((tmp_path / "home").rglob("*")) == before
