"""The site of the project's own content, built once for all tests of a folder that only read it."""

from pathlib import Path

import pytest

from tests.site_tools import PROJECT, build


@pytest.fixture(scope="session")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the built site."""
    site = tmp_path_factory.mktemp("own-site")
    report = build(PROJECT, site)
    assert report.published
    return site
