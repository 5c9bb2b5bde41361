"""`jixiao init`: a site that is right from the first minute and never costs anybody a file."""

import re
from collections import Counter
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from generator.authoring.schema import make_schemas
from generator.cli import main
from generator.configuration import load_settings
from generator.forms.definitions import load_forms
from generator.load.assemble import Loaded, load_catalog
from generator.load.tree import Mapping
from generator.load.yaml_tree import parse_tree
from generator.model.records import Record
from generator.money import in_yuan
from generator.resources import packaged
from tests.authoring.core_yaml import plain_value

FORMS = load_forms((packaged("templates"),))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "my site"
    assert main(["init", str(folder)]) == 0
    return folder


@pytest.fixture
def loaded(site: Path) -> Loaded:
    settings = load_settings(site / "mkdocs.yml")
    assert settings.warnings == ()
    return load_catalog(
        records_dir=settings.records_dir, registry_dir=settings.registry_dir, project_dir=site, forms=FORMS
    )


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_nothing_is_wrong_with_the_records_of_a_new_site(loaded: Loaded) -> None:
    assert loaded.findings == ()


def test_a_new_site_has_one_example_of_each_form(loaded: Loaded) -> None:
    assert Counter(record.layout for record in loaded.catalog.records) == Counter(
        definition.identifier for definition in FORMS.definitions
    )


def test_the_stages_and_years_of_the_example_project_belong_together(loaded: Loaded) -> None:
    assert len(loaded.catalog.projects["example-center", "activity"].records) == 4


def test_the_points_and_scores_of_the_examples_add_up(loaded: Loaded) -> None:
    for record in loaded.catalog.records:
        for column in ("points", "score") if record.total else ():
            rows = [row.cells[column].number or 0 for row in record.indicators]
            assert record.funding is not None
            money = [row.cells[column].number or 0 for row in record.funding.rows if column in row.cells]
            assert sum(rows) + sum(money) == record.total[column].number, record.id


def test_the_money_of_the_examples_agrees_between_the_stages(loaded: Loaded) -> None:
    records = {record.id.removeprefix("2024/example-center/"): record for record in loaded.catalog.records}
    promised = amount(records["activity.target"], "年度资金申请总额", "amount")
    assert promised == amount(records["activity"], "年度资金总额", "initial_budget")
    assert promised == amount(records["activity.monitoring"], "年度资金总额", "initial_budget")


def amount(record: Record, label: str, column: str) -> object:
    assert record.funding is not None
    cell = next(row.cells[column] for row in record.funding.rows if row.label == label)
    assert cell.number is not None
    return in_yuan(cell.number, record.funding.unit.text)


def test_the_execution_rates_of_the_examples_are_right(loaded: Loaded) -> None:
    rates = 0
    for record in loaded.catalog.records:
        for row in record.funding.rows if record.funding else ():
            budget, spent = row.cells.get("adjusted_budget"), row.cells.get("executed")
            rate = row.cells.get("execution_rate")
            if budget and spent and rate and rate.number is not None and budget.number and spent.number is not None:
                assert abs(spent.number / budget.number * 100 - rate.number) <= 0.005, f"{record.id} {row.label}"
                rates += 1
    assert rates >= 8


def test_every_yaml_file_of_a_new_site_keeps_to_the_schema_it_names(site: Path) -> None:
    schemas = make_schemas(FORMS)
    files = [path for path in (site / "content").rglob("*.yaml") if path.is_file()]
    assert files
    for path in files:
        text = path.read_text(encoding="utf-8")
        named = re.search(r"\$schema=(\S+)", text)
        assert named, path
        schema = (path.parent / named[1]).resolve()
        assert schema.is_file()
        tree = parse_tree(text, path.name).node
        assert isinstance(tree, Mapping)
        Draft7Validator(schemas[schema.name.removesuffix(".schema.json")]).validate(plain_value(tree))


def test_a_new_site_checks_and_builds_with_its_own_settings(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(site)
    assert main(["check"]) == 0
    assert "没有发现问题" in capsys.readouterr().out
    assert main(["build", "--quiet"]) == 0
    assert main(["schema", "--check"]) == 0
    page = (site / "site/records/2024/example-center/activity.html").read_text(encoding="utf-8")
    assert "社区文化活动" in page
    assert (site / "site/about.html").is_file()


def test_the_readme_of_a_new_site_names_commands_that_exist(site: Path) -> None:
    readme = (site / "README.md").read_text(encoding="utf-8")
    commands = set(re.findall(r"^ *jixiao ([a-z]+)", readme, re.MULTILINE))
    assert {"check", "build", "serve", "new"} <= commands
    for command in commands:
        with pytest.raises(SystemExit, match="0"):
            main([command, "--help"])


def test_init_says_what_it_made_and_what_to_do_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "my site"
    main(["init", str(folder)])
    said = capsys.readouterr().out
    assert all(f"  {name}\n" in said for name in contents(folder))
    assert f'cd "{folder}"' in said
    assert "jixiao build" in said


def test_init_refuses_a_folder_with_files_and_touches_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mkdocs.yml").write_text("mine", encoding="utf-8")
    assert main(["init", str(tmp_path)]) == 2
    assert "--force" in capsys.readouterr().err
    assert contents(tmp_path) == {"mkdocs.yml": "mine"}


def test_init_by_force_adds_what_is_missing_and_lists_what_it_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mkdocs.yml").write_text("mine", encoding="utf-8")
    assert main(["init", str(tmp_path), "--force"]) == 0
    assert "有 1 个文件已经存在，没有改动：\n  mkdocs.yml\n" in capsys.readouterr().out
    assert contents(tmp_path)["mkdocs.yml"] == "mine"
    assert "content/registry/units.yaml" in contents(tmp_path)


def test_init_takes_an_empty_folder_and_one_that_is_only_a_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert main(["init", str(tmp_path)]) == 0
    assert (tmp_path / ".gitignore").is_file()


def test_init_refuses_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    assert main(["init", str(tmp_path / "file")]) == 2
