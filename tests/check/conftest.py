"""What tests of rules share."""

import pytest

from generator.forms.definitions import load_forms
from generator.model.forms import FormLibrary
from generator.resources import packaged


@pytest.fixture(scope="session")
def forms() -> FormLibrary:
    """The packaged form definitions."""
    return load_forms([packaged("templates")])
