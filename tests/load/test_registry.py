"""The file of the registry: where it may stand, and what the system may refuse."""

from pathlib import Path

import pytest

from generator.load.registry import load_registry

TEXT = "单位: {a: {名称: 甲}}\n"


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    folder = tmp_path / "content" / "registry"
    folder.mkdir(parents=True)
    return folder


def codes(folder: Path) -> list[str]:
    return [finding.code for finding in load_registry(folder, folder.parent.parent).findings]


def link(place: Path, target: Path) -> None:
    try:
        place.symlink_to(target)
    except OSError:
        pytest.skip("this system allows no symbolic links")


def test_no_registry_is_an_empty_one(registry: Path) -> None:
    assert codes(registry) == []
    assert codes(registry / "none") == []


def test_a_registry_the_system_refuses_is_reported(registry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (registry / "units.yaml").write_text(TEXT, encoding="utf-8")

    def refuse(_: Path, *_args: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    for name in ("open", "stat", "lstat"):
        monkeypatch.setattr(Path, name, refuse)

    assert codes(registry) == ["SRC020"]


def test_a_folder_in_its_place_is_reported(registry: Path) -> None:
    (registry / "units.yaml").mkdir()

    assert codes(registry) == ["SRC020"]


def test_a_link_out_of_the_content_is_not_followed(registry: Path, tmp_path: Path) -> None:
    (tmp_path / "units.yaml").write_text(TEXT, encoding="utf-8")
    link(registry / "units.yaml", tmp_path / "units.yaml")

    assert codes(registry) == ["SRC009"]


def test_a_link_that_leads_nowhere_is_reported(registry: Path) -> None:
    link(registry / "units.yaml", registry / "none.yaml")

    assert codes(registry) == ["SRC010"]


def test_a_link_within_the_content_is_read(registry: Path) -> None:
    (registry / "others.yaml").write_text(TEXT, encoding="utf-8")
    link(registry / "units.yaml", registry / "others.yaml")

    assert codes(registry) == []
