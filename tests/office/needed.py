"""The fixture `office` of the tests that need an office program."""

import os
from pathlib import Path

import pytest

from tests.office.libreoffice import HOW_TO_GET, find_office


@pytest.fixture(scope="session")
def office() -> Path:
    """Give the office program; where there is none, tests are skipped, but fail in CI."""
    found = find_office()
    if found is not None:
        return found
    reason = f"no LibreOffice: {HOW_TO_GET}"
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(reason)
    pytest.skip(reason)
