"""The fields of a record that can be filled in: their names, what they hold, what to call them."""

from collections.abc import Iterator
from typing import NamedTuple

from generator.exchange.marked import Marks, Shown
from generator.exchange.marked_view import make_marked_view
from generator.model.forms import FormLibrary
from generator.model.records import Indicator, Record
from generator.plan.form_view import FormView, funding_anchor
from generator.vocabulary import TERMS, Kind, Place, term_of

_SPOKEN_BLOCKS = {
    "head": Place.RECORD,
    "prose": Place.RECORD,
    "objective": Place.OBJECTIVE,
    "total": Place.TOTAL,
    "source": Place.SOURCE,
}
_NOT_WRITTEN = (".label", ".level1", ".level2", ".level3", ".level4")
"""Ends of the names of fields that are not a value of their own in the file."""


class NamedView(NamedTuple):
    """A form's view that prints marks, with what the marks stand for."""

    view: FormView
    marks: Marks


def named_view(record: Record, forms: FormLibrary) -> NamedView:
    """Lay a record out with every cell named, what no layout prints too."""
    marks = Marks(record)
    view = make_marked_view(record, forms.by_identifier(record.layout), marks)
    for key, cell in record.source.items():
        marks.cell(f"source.{key}", f"来源 › {term_of(Place.SOURCE, key).label}", cell)
    return NamedView(view, marks)


def fields_of(record: Record, forms: FormLibrary) -> Iterator[Shown]:
    """Yield every field that can be filled in, each once."""
    seen = set()
    for field in named_view(record, forms).marks.fields:
        if field.name not in seen and is_field(field.name, record):
            seen.add(field.name)
            yield field


def is_field(name: str, record: Record) -> bool:
    """Tell whether a named text can be filled in."""
    if name == "title" or name.endswith(_NOT_WRITTEN):
        return False
    group, _, identifier = name.partition(".")
    if group.startswith(("i-", "new-")):
        # A column without a word of the vocabulary can be changed where a row has it, and not added to one.
        row = next((row for row in record.indicators if row.anchor == group), None)
        known = any(term.identifier == identifier for term in TERMS[Place.INDICATOR])
        return row is not None and (known or identifier in row.extra)
    return not group.startswith("funding") or name == "funding.unit" or _is_amount(name, record)


def _is_amount(name: str, record: Record) -> bool:
    identifier = name.rpartition(".")[2]
    rows = record.funding.rows if record.funding else ()
    if any(term.identifier == identifier for term in TERMS[Place.FUNDING_ROW]):
        return True
    return ".printed." in name or any(
        identifier in row.extra and name.startswith(funding_anchor(row.group, row.label)) for row in rows
    )


def is_long(name: str) -> bool:
    """Tell whether a field holds a text of any length."""
    group, _, identifier = name.partition(".")
    place = _SPOKEN_BLOCKS.get(group)
    return place is not None and _kind(place, identifier) is Kind.PROSE


def is_figure(name: str) -> bool:
    """Tell whether a field holds a number."""
    group, _, identifier = name.partition(".")
    if group == "weight":
        return True
    if name.startswith("funding-"):
        return ".printed." in name or _kind(Place.FUNDING_ROW, name.rpartition(".")[2]) is Kind.FIGURE
    place = Place.INDICATOR if group.startswith(("i-", "new-")) else _SPOKEN_BLOCKS.get(group)
    return place is not None and _kind(place, identifier) is Kind.FIGURE


def _kind(place: Place, identifier: str) -> Kind | None:
    return next((term.kind for term in TERMS[place] if term.identifier == identifier), None)


def label_of(field: Shown, record: Record, forms: FormLibrary) -> str:
    """Return what to call a field, in the form's own words and so that no two are called alike."""
    name = field.name
    group, _, identifier = name.partition(".")
    form = forms.by_identifier(record.layout)
    if name == "period":
        return "年度表述"
    if group in ("head", "prose", "objective"):
        return form.label(identifier) if identifier in (*form.head, *form.prose) else field.where
    if group == "total":
        return f"{form.total_label} › {record.label(Place.TOTAL, identifier)}"
    if group.startswith(("i-", "new-")):
        return _label_of_cell(identifier, _row(record, group), form.indicator_columns.get(identifier, ""), record)
    if name.startswith("funding-"):
        column = name.rpartition(".")[2]
        title = form.funding_columns.get(column) or field.where.rpartition(" › ")[2]
        found = next((row for row in _money(record, form.identifier, forms) if name.startswith(f"{row[0]}.")), None)
        return f"{found[1]} › {title}" if found else field.where
    return field.where


def _row(record: Record, anchor: str) -> Indicator | None:
    return next((row for row in record.indicators if row.anchor == anchor), None)


def _label_of_cell(identifier: str, row: Indicator | None, title: str, record: Record) -> str:
    known = _kind(Place.INDICATOR, identifier) is not None
    column = title or (record.label(Place.INDICATOR, identifier) if known else identifier)
    if row is None:
        return column
    alike = [one.anchor for one in record.indicators if (one.path, one.name) == (row.path, row.name)]
    number = f"第 {alike.index(row.anchor) + 1} 行" if len(alike) > 1 else ""
    return " › ".join(part for part in (*row.path[-1:], row.name, number, column) if part)


def _money(record: Record, form: str, forms: FormLibrary) -> list[tuple[str, str]]:
    """Return the rows of money by anchor, with their label, longest anchor first."""
    rows = [(row.group, row.label) for row in forms.by_identifier(form).funding_rows]
    rows += [(row.group, row.label) for row in (record.funding.rows if record.funding else ())]
    named = [(funding_anchor(*row), " › ".join(part for part in row if part)) for row in rows]
    return sorted(named, key=lambda row: -len(row[0]))
