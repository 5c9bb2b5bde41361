"""Our way of compiling templates prints what Jinja's own prints, and sooner."""

from decimal import Decimal

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from generator.model.records import Cell
from generator.render.printing import Environment, printed, shown

PARTS = {
    "row.html": "<td>{{ one }}</td>",
    "tools.html": "{% macro cell(text) %}<i>{{ text }}</i>{{ caller() if caller }}{% endmacro %}",
    "base.html": "<{% block head %}基{% endblock %}|{% block body scoped %}{% endblock %}>",
}
SOURCES = (
    "{{ text }}{{ cell }}{{ torn }}{{ number }}{{ count }}{{ none }}{{ safe }}{{ '<' }}",
    "{% for one in row %}{{ loop.index }}{{ one }}{% else %}无{% endfor %}",
    "{% for one in row %}{% include 'row.html' %}{% endfor %}",
    "{% import 'tools.html' as tools %}{{ tools.cell(text) }}{% call tools.cell(text) %}<b>{{ text }}</b>{% endcall %}",
    "{% from 'tools.html' import cell as drawn with context %}{{ drawn(cell) }}",
    "{% extends 'base.html' %}{% block head %}{{ super() }}{{ text }}{% endblock %}{% block body %}{{ cell }}{% endblock %}",
    "{% set kept %}<p>{{ text }}</p>{% endset %}{{ kept }}{{ kept | upper }}",
    "{% filter upper %}{{ text }}{{ cell }}{% endfilter %}",
    "{% for one in [row, [row]] recursive %}{{ loop(one) if one is not string and one is not number else one }}{% endfor %}",
    "{% autoescape false %}{{ text }}{{ cell }}{% endautoescape %}{{ text }}",
    "{{ text ~ safe }}{{ row | join('<') }}{{ text | safe }}{{ text | e }}{{ 'a' if none }}",
    "{% if count %}{{ count }}{% elif none %}{{ none }}{% else %}{{ text }}{% endif %}",
    "{% with one = text %}{{ one }}{% endwith %}{% set one, two = row[:2] %}{{ two }}{% include ['no.html', 'row.html'] %}",
)
VALUES = {
    "text": "<a href='x'>&\"",
    "cell": Cell("≥80% & <5"),
    "torn": Cell("", unreadable='有"污渍"<'),
    "number": Decimal("2.0300"),
    "count": 3,
    "none": None,
    "safe": Markup("<b>粗</b>"),
    "row": ["<1>", "二", "'3'"],
}


def rendered(environment: jinja2.Environment, source: str) -> str:
    return environment.from_string(source).render(VALUES)


@pytest.mark.parametrize("source", SOURCES)
def test_a_template_gives_what_jinja_itself_makes_of_it(source: str) -> None:
    ours, jinjas = (
        made(loader=jinja2.DictLoader(PARTS), autoescape=True, finalize=shown)
        for made in (Environment, jinja2.Environment)
    )

    assert rendered(ours, source) == rendered(jinjas, source)


@given(st.text())
def test_a_text_is_escaped_as_everywhere(text: str) -> None:
    assert printed(text) == escape(text)
    assert printed(Cell(text)) == escape(text)


@pytest.mark.parametrize("value", [0, 12, True, Decimal("1.50"), Markup("<b>"), "", ["<"]])
def test_other_values_are_printed_as_jinja_prints_them(value: object) -> None:
    assert printed(value) == escape(value)


def test_nothing_is_printed_of_nothing() -> None:
    assert printed(None) == ""
