"""Which static files a site carries, and under which names."""

import hashlib
from pathlib import Path

import pytest

from generator.configuration import load_settings
from generator.render.shell import Frame, load_shell
from generator.render.theme_assets import own_assets, theme_assets
from generator.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "content/pages").mkdir(parents=True)
    config = Path(__file__).parents[2] / "mkdocs.yml"
    (tmp_path / "mkdocs.yml").write_text(config.read_text(encoding="utf-8"), encoding="utf-8")
    return load_settings(tmp_path / "mkdocs.yml")


def write(settings: Settings, name: str, text: str) -> Settings:
    file = settings.project_dir / "templates/assets" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return load_settings(settings.project_dir / "mkdocs.yml")


def test_every_file_a_page_links_is_among_the_assets(settings: Settings) -> None:
    html = load_shell(settings, ()).wrap(Frame(url="index.html", title="", body="")).decode()
    linked = {word.split('"')[0] for word in html.replace('src="', 'href="').split('href="')[1:]}

    assert {address for address in linked if address.startswith("assets/")} <= {
        asset.path for asset in theme_assets(settings)
    }


def test_only_what_pages_need_of_material_is_carried(settings: Settings) -> None:
    ours = {asset.path for asset in own_assets(settings)}
    names = [Path(asset.path).name.split(".")[0] for asset in theme_assets(settings) if asset.path not in ours]

    assert names == ["favicon", "bundle", "LICENSE", "main", "palette"]
    assert not [asset.path for asset in theme_assets(settings) if asset.path.endswith(".map")]


def test_the_list_is_the_same_each_time_and_names_each_path_once(settings: Settings) -> None:
    first, second = list(theme_assets(settings)), list(theme_assets(settings))

    assert first == second
    assert len({asset.path for asset in first}) == len(first)


def addresses(settings: Settings) -> dict[str, str]:
    return {asset.name: asset.path for asset in own_assets(settings)}


def test_our_files_carry_a_hash_of_their_content(settings: Settings) -> None:
    settings = write(settings, "workers/search.js", "1")
    digest = hashlib.sha256(b"1").hexdigest()[:8]

    assert addresses(settings)["workers/search.js"] == f"assets/jixiao/workers/search.{digest}.js"


def test_a_file_of_the_project_replaces_ours_of_the_same_name(settings: Settings) -> None:
    settings = write(settings, "shell.css", "/* 本区 */")

    assert [asset.source for asset in own_assets(settings) if asset.name == "shell.css"] == [
        settings.project_dir / "templates/assets/shell.css"
    ]


def test_styles_and_scripts_at_the_top_are_linked_by_every_page_and_those_in_folders_are_not(
    settings: Settings,
) -> None:
    settings = write(settings, "district.css", "a{}")
    settings = write(settings, "district.js", "1")
    settings = write(settings, "workers/later.js", "2")
    shell = load_shell(settings, ())

    html = shell.wrap(Frame(url="units/a.html", title="", body="")).decode()

    assert f'<link rel="stylesheet" href="../{addresses(settings)["district.css"]}">' in html
    assert f'<script src="../{addresses(settings)["district.js"]}"></script>' in html
    assert addresses(settings)["workers/later.js"] not in html
