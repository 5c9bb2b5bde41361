"""A preview's site stays in the project for the next preview, unless somebody else has it or it cannot be written there."""

from pathlib import Path

import pytest

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
        (place / "site").mkdir()

    with preview_place(cache, settings) as again:
        assert again == place
        assert (again / "site").is_dir()
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
