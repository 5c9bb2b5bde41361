"""Give the tests of this folder the built sites of the project's own content and of all families of forms."""

from pathlib import Path

import pytest

from tests.own_site import own_site
from tests.site_tools import TESTS, build
from tests.worked_out_once import worked_out_once

__all__ = ["own_site", "worked_out_once"]


@pytest.fixture(scope="session")
def families_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the built site of all families of forms."""
    site = tmp_path_factory.mktemp("families-site")
    assert build(TESTS / "families", site).findings == ()
    return site
