"""A project in a temporary folder and the editing server on it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.editing.office import Office, open_office
from tests.site_tools import PROJECT, copied


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Give a running server on a copy of the project's own content."""
    with open_office(copied(PROJECT, tmp_path / "项 目")) as found:
        yield found


@pytest.fixture
def office_on() -> Iterator[Callable[[Path], Office]]:
    """Give a function that runs a server on a project folder until the test ends."""
    with ExitStack() as offices:
        yield lambda project: offices.enter_context(open_office(project))
