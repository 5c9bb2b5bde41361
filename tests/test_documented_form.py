"""The worked example of the documentation is a real site, and the page about it shows its files as they are."""

import re
from pathlib import Path

import pytest

from generator.forms.definitions import load_forms
from generator.resources import packaged

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/new-form.md").read_text(encoding="utf-8")
SITE = ROOT / "tests/sites/own_form"
SHOWN = re.findall(r"^`((?:templates|content)/[^`]+)`\n\n```\w+\n(.*?)\n```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_page_shows_definition_template_and_record() -> None:
    assert [Path(name).suffix for name, _ in SHOWN] == [".yaml", ".html", ".yaml"]


@pytest.mark.parametrize(("name", "shown"), SHOWN, ids=[name for name, _ in SHOWN])
def test_a_file_is_shown_as_it_is(name: str, shown: str) -> None:
    assert shown == (SITE / name).read_text(encoding="utf-8").rstrip()


def test_the_example_needs_no_python() -> None:
    assert sorted(path.suffix for path in SITE.rglob("*") if path.is_file()) == [".html", ".md", *[".yaml"] * 3, ".yml"]


def test_every_key_of_a_definition_is_explained() -> None:
    explained = set(
        re.findall(r"`(\w+)`", "\n".join(line.split("|")[1] for line in PAGE.splitlines() if line.startswith("|")))
    )
    forms = load_forms((SITE / "templates", packaged("templates")))

    assert {"layout", "titles", "record_type", "schema", "default", "any_title", "period", "required"} <= explained
    assert {"head", "prose", "funding", "indicators", "total", "labels"} <= explained
    assert forms.choose("县级专项资金绩效目标自评表", "") == forms.by_identifier("county_special_fund")
