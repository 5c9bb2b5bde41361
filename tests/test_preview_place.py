"""A preview's site stays in the project for the next preview, unless somebody else has it or it cannot be written there."""

from pathlib import Path

import pytest

from generator.build.names import MANIFEST
from generator.cli.preview_place import preview_place
from generator.configuration import load_settings
from generator.settings import Settings
from tests.site_tools import write_files


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    config = "site_name: 站\ntheme: {name: material, language: zh, font: false}\nplugins: [jixiao]\ndocs_dir: content/pages\n"
    write_files(tmp_path, [("mkdocs.yml", config), ("content/pages/about.md", "# 关于\n")])
    return load_settings(tmp_path / "mkdocs.yml")


def test_it_is_found_again_as_it_was_left(settings: Settings) -> None:
    cache = settings.project_dir / ".jixiao-cache"
    with preview_place(cache, settings) as place:
        write_files(place, [(f"site/{MANIFEST}", "{}")])

    with preview_place(cache, settings) as again:
        assert again == place
        assert (again / "site" / MANIFEST).is_file()
        assert again.is_relative_to(cache)


def test_a_second_preview_has_one_of_its_own_that_ends_with_it(settings: Settings) -> None:
    cache = settings.project_dir / ".jixiao-cache"
    with preview_place(cache, settings) as place:
        with preview_place(cache, settings) as other:
            assert other != place
            assert other.is_dir()
        assert not other.exists()
        assert place.is_dir()


def test_a_project_that_cannot_be_written_to_has_one_elsewhere(settings: Settings) -> None:
    cache = settings.project_dir / ".jixiao-cache"
    cache.write_text("no folder\n", encoding="utf-8")

    with preview_place(cache, settings) as place:
        assert place.is_dir()
        assert not place.is_relative_to(settings.project_dir)
    assert not place.exists()
    assert cache.read_text(encoding="utf-8") == "no folder\n"


def test_a_project_whose_content_lies_around_it_has_one_elsewhere(settings: Settings) -> None:
    cache = settings.records_dir / "cache"

    with preview_place(cache, settings) as place:
        assert not place.is_relative_to(settings.project_dir)
    assert not cache.exists()


@pytest.mark.parametrize("stands", ["file", "folder", "link"])
def test_what_is_no_site_of_ours_gives_way(settings: Settings, stands: str) -> None:
    """A copy of a project may lack the file that says which of the site's files are ours."""
    cache, elsewhere = settings.project_dir / ".jixiao-cache", settings.project_dir / "elsewhere"
    site = cache / "preview/site"
    write_files(elsewhere, [("index.html", "somebody's")])
    site.parent.mkdir(parents=True)
    if stands == "file":
        site.write_text("", encoding="utf-8")
    elif stands == "folder":
        write_files(site, [("index.html", "copied")])
    else:
        site.symlink_to(elsewhere)

    with preview_place(cache, settings) as place:
        assert place == site.parent
        assert not site.is_symlink()
        assert not site.exists()
    assert (elsewhere / "index.html").is_file()


def test_no_link_leads_a_preview_elsewhere(settings: Settings) -> None:
    cache, elsewhere = settings.project_dir / ".jixiao-cache", settings.project_dir / "elsewhere"
    write_files(elsewhere / "site", [("index.html", "somebody's")])
    cache.mkdir()
    (cache / "preview").symlink_to(elsewhere)

    with preview_place(cache, settings) as place:
        assert not place.is_relative_to(settings.project_dir)
    assert (elsewhere / "site/index.html").is_file()
