"""Which pages a changed template concerns."""

from pathlib import Path

import pytest

from generator.render.environment import make_environment
from generator.render.references import TemplateFile, TemplateFiles
from generator.render.renderer import Renderer
from generator.render.shell import Shell
from generator.resources import packaged

RECORD, FORM = "pages/record.html", "forms/self_evaluation_a1.html"


def files_in(folder: Path, known: dict[str, TemplateFile] | None = None, **sources: str) -> TemplateFiles:
    for name, source in sources.items():
        (folder / f"{name}.html").write_text(source, encoding="utf-8")
    return TemplateFiles(make_environment([folder]), known)


@pytest.mark.parametrize(
    "source",
    [
        "{% include 'b.html' %}",
        "{% include ['b.html', 'x.html'] ignore missing %}",
        "{% import 'b.html' as b %}",
        "{% from 'b.html' import b %}",
        "{% extends 'b.html' %}",
        "{{ page | drawn('b.html', base) }}",
        "{% for row in page %}{% if row %}{% include 'b.html' %}{% endif %}{% endfor %}",
    ],
)
def test_whatever_a_template_names_is_reached(source: str, tmp_path: Path) -> None:
    reached = files_in(tmp_path, a=source, b="{% include 'c.html' %}", c="", d="").reached("a.html")

    assert {"a.html", "b.html", "c.html"} <= reached
    assert "d.html" not in reached


def test_the_files_a_template_links_are_named_by_their_content(tmp_path: Path) -> None:
    script = tmp_path / "assets/browse/search.js"
    script.parent.mkdir(parents=True)
    found = []
    for content in ("1", "2"):
        script.write_text(content)
        files = files_in(
            tmp_path, a="{% include 'b.html' %}", b="<script src={{ asset('browse/search.js') }}></script>"
        )
        found.append(files.assets(files.reached("a.html")))

    assert [len(paths) for paths in found] == [1, 1]
    assert found[0] != found[1]


def test_a_file_chosen_only_in_rendering_may_be_any(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    for name in ("one.js", "two.js"):
        (tmp_path / "assets" / name).write_text(name)
    files = files_in(tmp_path, a="{{ asset(page.choice) }}", b="")

    assert len(files.assets(["a.html"])) == 2
    assert files.assets(["b.html"]) == ()


def test_templates_that_include_each_other_are_reached_once(tmp_path: Path) -> None:
    files = files_in(tmp_path, a="{% include 'b.html' %}", b="{% include 'a.html' %}")

    assert files.reached("a.html") == {"a.html", "b.html"}


@pytest.mark.parametrize("source", ["{% include page.choice %}", "{{ page | drawn(page.choice, base) }}"])
def test_a_template_chosen_only_in_rendering_may_be_any(source: str, tmp_path: Path) -> None:
    assert files_in(tmp_path, a=source, b="", c="").reached("a.html") == {"a.html", "b.html", "c.html"}


def test_the_page_of_a_record_reaches_its_own_form_alone() -> None:
    shell = Shell("站", "", "", live=False, sections={"": ""}, contents="", trail="")
    reached = Renderer([packaged("templates")], shell, root_path="/").dependencies(RECORD, FORM)

    assert {RECORD, FORM, "partials/_check.html", "partials/_ledger_group.html", "partials/_row_mark.html"} <= reached
    assert [name for name in reached if name.startswith("forms/")] == [FORM]
    assert not any(name.startswith("theme/") for name in reached)


def test_a_changed_template_has_another_digest_and_a_missing_one_none(tmp_path: Path) -> None:
    before = files_in(tmp_path, a="甲")["a.html"].digest

    assert files_in(tmp_path, a="甲")["a.html"].digest == before
    assert files_in(tmp_path, a="乙")["a.html"].digest not in ("", before)
    assert files_in(tmp_path)["none.html"] == TemplateFile("", ())


def test_a_template_of_the_project_takes_the_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "partials").mkdir()
    (tmp_path / "partials/_check.html").write_text("{% include 'partials/_own.html' %}", encoding="utf-8")
    files = TemplateFiles(make_environment([tmp_path, packaged("templates")]))

    assert "partials/_own.html" in files.reached(RECORD, FORM)


def test_what_is_known_of_a_template_counts_as_long_as_its_file_is_the_same(tmp_path: Path) -> None:
    files = files_in(tmp_path, a="{% include 'b.html' %}", b="")
    files.reached("a.html")
    known = {name: TemplateFile(file.digest, ("known.html",)) for name, file in files.files.items()}

    assert files_in(tmp_path, known)["a.html"].references == ("known.html",)
    assert files_in(tmp_path, known, a="{% include 'c.html' %}")["a.html"].references == ("c.html",)


@pytest.mark.parametrize("source", [b"{% if %}", "甲".encode("gbk")])
def test_a_faulty_template_is_no_hindrance_here(source: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(source)

    assert files_in(tmp_path).reached("a.html") == {"a.html"}
