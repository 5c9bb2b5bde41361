"""`jixiao schema`: writes beside the records, checks, and leaves other people's files alone."""

from pathlib import Path

import pytest

from tests.authoring.conftest import Run


def test_schema_writes_once_and_then_has_nothing_to_do(
    jixiao: Run, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert jixiao("schema", "--check") == 1
    assert "请运行 jixiao schema" in capsys.readouterr().err
    assert jixiao("schema") == 0
    assert (project / "content/schema/self_evaluation.schema.json").is_file()
    assert jixiao("schema", "--check") == 0
    capsys.readouterr()
    assert jixiao("schema") == 0
    assert "没有改动" in capsys.readouterr().out


def test_schema_follows_the_forms_of_the_project(jixiao: Run, project: Path) -> None:
    forms = project / "templates" / "forms"
    forms.mkdir(parents=True)
    (forms / "county.yaml").write_text(
        "layout: X1\ntitles: [本县自评表]\nrecord_type: SelfEvaluation\nschema: county\ndescription: 本县的表\n",
        encoding="utf-8",
    )
    (forms / "county.html").write_text("", encoding="utf-8")
    assert jixiao("schema") == 0
    assert "本县自评表" in (project / "content/schema/county.schema.json").read_text(encoding="utf-8")


def test_schema_overwrites_a_foreign_file_only_by_force(
    jixiao: Run, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    foreign = project / "content/schema/general.schema.json"
    foreign.parent.mkdir()
    foreign.write_text("{}", encoding="utf-8")
    assert jixiao("schema") == 2
    assert "general.schema.json 不是 jixiao 生成的" in capsys.readouterr().err
    assert foreign.read_text(encoding="utf-8") == "{}"
    assert jixiao("schema", "--force") == 0
    assert jixiao("schema", "--check") == 0
