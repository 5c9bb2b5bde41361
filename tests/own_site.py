"""The site of the project's own content, built once for all tests of a folder that only read it."""

from pathlib import Path

import pytest

from tests.site_tools import PROJECT, build, copied


@pytest.fixture(scope="session")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the built site; it is built away from git, whose dates differ from checkout to checkout."""
    folder = tmp_path_factory.mktemp("own-site")
    report = build(copied(PROJECT, folder / "project"), folder / "site")
    assert report.published
    return folder / "site"
