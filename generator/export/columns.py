"""Columns of the CSV files: which part of the published data each shows, and how it is titled."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from generator.export import words
from generator.export.words import ADDED, Name, name_of, total_name, yuan_name
from generator.vocabulary import Place, Term, term_of


class Kind(StrEnum):
    """What the cells of a column hold, as a Data Package names it."""

    TEXT = "string"
    NUMBER = "number"
    INTEGER = "integer"
    YEAR = "year"
    ADDRESS = "uri"
    """A page of the site; the site's address is put before it where it has one."""


class Column(NamedTuple):
    """One column."""

    identifier: str
    """Its name in English, unique within the file."""
    name: Name
    way: tuple[str, ...]
    """Keys from the row's data down to the value."""
    kind: Kind = Kind.TEXT
    of_record: bool = False
    """Whether the way starts at the record instead of the row."""
    separator: str = "；"
    """What stands between the parts of a value that has several."""


def _added(identifier: str, *way: str, kind: Kind = Kind.TEXT, of_record: bool = False) -> Column:
    return Column(identifier, ADDED[identifier], way or (identifier,), kind, of_record)


def _printed(terms: Iterable[Term]) -> tuple[Column, ...]:
    return tuple(Column(term.identifier, name_of(term), (term.identifier,)) for term in terms)


def _from_record(identifier: str, kind: Kind = Kind.TEXT) -> Column:
    return Column(identifier, name_of(term_of(Place.RECORD, identifier)), (identifier,), kind, of_record=True)


_UNIT = Column("unit_name", ADDED["unit"], ("unit", "name"), of_record=True)
_DEPARTMENT = Column("department_name", ADDED["department"], ("department", "name"), of_record=True)
_FORM = (_from_record("fiscal_year", Kind.YEAR), _from_record("form"), _added("record_type", of_record=True))
_ID = _added("id", of_record=True)
_MONEY_UNIT = _added("money_unit", of_record=True)
_NUMBER = _added("number", kind=Kind.INTEGER)
_PARENT = _added("parent", kind=Kind.INTEGER)
_URL = _added("url", kind=Kind.ADDRESS)
_OTHERS = (_added("unreadable"), _added("extra"))

_CONTEXT = (_ID, *_FORM, _UNIT, _DEPARTMENT, _from_record("project_name"))
"""What every row of a record's part tells of its record, so that each file can be read by itself."""


def _main_amount(term: Term) -> tuple[Column, Column]:
    way = ("computed", "amounts", term.identifier)
    printed = Name(term.label, f"总额行的{term.label}，照原表；原表没有总额、由本站相加的为空。")
    return (
        Column(term.identifier, printed, (*way, "printed")),
        Column(f"{term.identifier}_yuan", yuan_name(term), (*way, "yuan"), Kind.NUMBER),
    )


def _computed(identifier: str, kind: Kind = Kind.NUMBER) -> Column:
    name = f"computed_{identifier}"
    return Column(name, ADDED[name], ("computed", identifier), kind)


RECORD_COLUMNS = (
    _ID,
    *_FORM,
    _added("form_definition"),
    Column("layout", name_of(term_of(Place.RECORD, "layout")), ("layout",)),
    _UNIT,
    _DEPARTMENT,
    Column("project_key", name_of(term_of(Place.RECORD, "project_key")), ("project", "key")),
    *_printed(words.HEAD),
    _MONEY_UNIT,
    *(column for term in words.MAIN_AMOUNTS for column in _main_amount(term)),
    _computed("adjustment"),
    Column(
        "execution_rate",
        name_of(term_of(Place.FUNDING_ROW, "execution_rate")),
        ("computed", "printed_execution_rate"),
    ),
    _computed("execution_rate"),
    *(Column(f"total_{term.identifier}", total_name(term), (f"total_{term.identifier}",)) for term in words.TOTALS),
    _computed("points_lost"),
    _computed("deviations", Kind.INTEGER),
    _computed("findings", Kind.INTEGER),
    *(
        Column(f"objective_{term.identifier}", name_of(term), (f"objective_{term.identifier}",))
        for term in words.OBJECTIVE
    ),
    *_OTHERS,
    _URL,
    _added("json_url", kind=Kind.ADDRESS),
)

FUNDING_COLUMNS = (
    *_CONTEXT,
    _NUMBER,
    _added("group"),
    *_printed((term_of(Place.FUNDING_ROW, "label"),)),
    _PARENT,
    _MONEY_UNIT,
    *_printed(words.FUNDING_CELLS),
    *(
        Column(f"{term.identifier}_yuan", yuan_name(term), ("yuan", term.identifier), Kind.NUMBER)
        for term in words.AMOUNTS
    ),
    _added("printed_cells"),
    *_OTHERS,
    _added("url", kind=Kind.ADDRESS, of_record=True),
)


def _parsed(identifier: str) -> tuple[Column, ...]:
    term, name = term_of(Place.INDICATOR, identifier), f"{identifier}_parsed"
    parts = {
        "kind": Name(f"{term.label}·类别", f"{term.label}按写法归入的类别，取值见 JSON Schema。"),
        "comparator": Name(f"{term.label}·比较符号", f"{term.label}的比较符号；没有印的为空。"),
        "number": Name(f"{term.label}·数字", f"{term.label}的数字，未乘数量级；不是数量的为空。"),
        "magnitude": Name(f"{term.label}·数量级", f"{term.label}的数量级，例如 万。"),
        "unit": Name(f"{term.label}·单位", f"{term.label}的计量单位，统一为通行写法。"),
    }
    return tuple(
        Column(f"{name}_{part}", label, (name, part), Kind.NUMBER if part == "number" else Kind.TEXT)
        for part, label in parts.items()
    )


_LEVELS = (
    *_printed(term_of(Place.INDICATOR, identifier) for identifier in ("level1", "level2")),
    _added("levels")._replace(separator=" › "),
)
_NAME = _printed((term_of(Place.INDICATOR, "name"),))
_VERDICT = (_added("computed_points_lost", kind=Kind.NUMBER), _added("computed_outcome"))

INDICATOR_COLUMNS = (
    *_CONTEXT,
    _NUMBER,
    _added("horizon"),
    *_LEVELS,
    *_NAME,
    _PARENT,
    *_printed(words.INDICATOR_CELLS),
    *(column for identifier in words.PARSED for column in _parsed(identifier)),
    *_VERDICT,
    *_OTHERS,
    _URL,
)

_ABOUT_DEVIATIONS = (*words.ALWAYS, "improvement_measures")

DEVIATION_COLUMNS = (
    *_CONTEXT,
    _NUMBER,
    _added("horizon"),
    *_LEVELS,
    *_NAME,
    *_printed(term for term in words.INDICATOR_CELLS if term.identifier in _ABOUT_DEVIATIONS),
    *_VERDICT,
    _URL,
)


def _of_finding(identifier: str) -> Column:
    return _added(f"finding_{identifier}", identifier)


FINDING_COLUMNS = (
    *_CONTEXT,
    _NUMBER,
    *map(_of_finding, ("code", "severity", "outcome", "message", "field", "found", "expected", "reason")),
    _URL,
    _added("rule_url", kind=Kind.ADDRESS),
)
