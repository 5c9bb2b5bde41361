"""What the documents on rule packs, waivers and replies show is what the program takes."""

import re
from datetime import date
from pathlib import Path

import pytest

from generator.check.pack import national
from generator.check.packs.pack_file import THRESHOLDS
from generator.check.packs.pack_library import compose, load_packs, packaged_packs
from generator.check.registry import all_rules
from generator.check.waivers import JUDGEMENT_FAULTS, replies_to
from generator.configuration import load_settings
from generator.model.forms import FormLibrary
from tests.check.examples import run_example

DOCS = Path(__file__).parents[2] / "docs"
_FENCE = re.compile(r"^```yaml\n# (?P<name>\S+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
TODAY = date(2025, 3, 31)


def shown(document: str) -> dict[str, str]:
    """Return the examples of a document by the file they stand for."""
    text = (DOCS / document).read_text(encoding="utf-8")
    found = {match["name"]: match["text"] for match in _FENCE.finditer(text)}
    assert len(found) == text.count("```yaml\n")
    return found


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "content/pages").mkdir(parents=True)
    for name, text in shown("rule-packs.md").items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_packs_shown_can_be_used(project: Path) -> None:
    library = load_packs(project / "content/rule_packs", project)
    county, town = (compose(library.chain(name)) for name in ("county", "town"))

    assert library.files["county"].is_verified
    assert library.files["county"].scope.years == ((2023, 9999),)
    assert county.execution_points == 20
    assert county.thresholds.budget_change == 15
    assert not county.is_on("IND043")
    assert town.thresholds.low_execution == 85
    assert town.profiles == county.profiles


def test_the_settings_shown_select_what_there_is(project: Path) -> None:
    config = project / "mkdocs.yml"
    base = "site_name: 示例\ndocs_dir: content/pages\ntheme: {name: material, language: zh, font: false}\n"
    config.write_text(base + config.read_text(encoding="utf-8"), encoding="utf-8")

    assert set(load_settings(config).rule_packs) <= set(packaged_packs().files)


def test_the_packs_listed_are_those_that_come_along() -> None:
    text = (DOCS / "rule-packs.md").read_text(encoding="utf-8")

    assert set(re.findall(r"^\| `(\w+)` \|", text.split("## 选用", maxsplit=1)[0], re.MULTILINE)) == set(
        packaged_packs().files
    )


def test_the_national_file_explains_every_threshold() -> None:
    text = (DOCS.parent / "generator/check/packs/national.yaml").read_text(encoding="utf-8")

    for path in THRESHOLDS:
        name = path.rpartition(" › ")[2]
        assert re.search(rf"^  {name}: \d+  # \S", text, re.MULTILINE), name


def test_the_waiver_and_the_reply_shown_answer_the_findings_beside_them(forms: FormLibrary) -> None:
    waived, replied = shown("living-with-findings.md").values()
    rules = {"BUD001": all_rules()["BUD001"]}

    (finding,) = run_example(waived, rules, forms, national(), today=TODAY).findings
    assert (finding.code, finding.outcome) == ("BUD001", "waived")
    example = run_example(replied, rules, forms, national(), today=TODAY)
    (finding,) = example.findings
    assert [reply.respondent for reply in replies_to(finding, example.records[0])] == ["示例街道图书馆"]


def test_every_fault_of_waivers_and_replies_is_explained() -> None:
    text = (DOCS / "living-with-findings.md").read_text(encoding="utf-8")

    assert [code for code in JUDGEMENT_FAULTS if f"`{code}`" not in text] == []
