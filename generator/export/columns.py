"""Columns of the CSV files: how each is called and what its cells hold."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

from generator.export import words
from generator.export.words import ADDED, Name, name_of, total_name, yuan_name
from generator.vocabulary import Place, Term, term_of


class Kind(StrEnum):
    """What the cells of a column hold, as a Data Package names it."""

    TEXT = "string"
    NUMBER = "number"
    INTEGER = "integer"
    YEAR = "year"


class Column(Struct, frozen=True):
    """One column."""

    identifier: str
    """Its name in English, unique within the file; the values of a row go by it."""
    name: Name
    kind: Kind = Kind.TEXT


def _added(identifier: str, kind: Kind = Kind.TEXT) -> Column:
    return Column(identifier, ADDED[identifier], kind)


def _printed(terms: Iterable[Term]) -> tuple[Column, ...]:
    return tuple(Column(term.identifier, name_of(term)) for term in terms)


def _of_record(identifier: str, kind: Kind = Kind.TEXT) -> Column:
    return Column(identifier, name_of(term_of(Place.RECORD, identifier)), kind)


_UNIT = Column("unit_name", ADDED["unit"])
_DEPARTMENT = Column("department_name", ADDED["department"])
_FORM = (_of_record("fiscal_year", Kind.YEAR), _of_record("form"), _added("record_type"))
_ID = _added("id")
_NUMBER = _added("number", Kind.INTEGER)
_PARENT = _added("parent", Kind.INTEGER)
_URL = _added("url")
_OTHERS = (_added("unreadable"), _added("extra"))

CONTEXT = (_ID, *_FORM, _UNIT, _DEPARTMENT, _of_record("project_name"))
"""What every row of a record's part tells of its record, so that each file can be read by itself."""


def _main_amount(term: Term) -> tuple[Column, Column]:
    printed = Name(term.label, f"总额行的{term.label}，照原表；原表没有总额、由本站相加的为空。")
    return Column(term.identifier, printed), Column(f"{term.identifier}_yuan", yuan_name(term), Kind.NUMBER)


def _computed(identifier: str, kind: Kind = Kind.NUMBER) -> Column:
    return _added(f"computed_{identifier}", kind)


RECORD_COLUMNS = (
    _ID,
    *_FORM,
    _added("form_definition"),
    _of_record("layout"),
    _UNIT,
    _DEPARTMENT,
    _of_record("project_key"),
    *_printed(words.HEAD),
    _added("money_unit"),
    *(column for term in words.MAIN_AMOUNTS for column in _main_amount(term)),
    _computed("adjustment"),
    Column("execution_rate", name_of(term_of(Place.FUNDING_ROW, "execution_rate"))),
    _computed("execution_rate"),
    *(Column(f"total_{term.identifier}", total_name(term)) for term in words.TOTALS),
    _computed("points_lost"),
    _computed("deviations", Kind.INTEGER),
    _computed("findings", Kind.INTEGER),
    _computed("contradictions", Kind.INTEGER),
    *(Column(f"objective_{term.identifier}", name_of(term)) for term in words.OBJECTIVE),
    *_OTHERS,
    _URL,
    _added("json_url"),
)

FUNDING_COLUMNS = (
    *CONTEXT,
    _NUMBER,
    _added("group"),
    *_printed((term_of(Place.FUNDING_ROW, "label"),)),
    _PARENT,
    _added("money_unit"),
    *_printed(words.FUNDING_CELLS),
    *(Column(f"{term.identifier}_yuan", yuan_name(term), Kind.NUMBER) for term in words.AMOUNTS),
    _added("printed_cells"),
    *_OTHERS,
    _URL,
)

PARTS_OF_VALUE = ("kind", "comparator", "number", "magnitude", "unit")
"""Of a parsed value, those that have a column."""


def _parsed(identifier: str) -> tuple[Column, ...]:
    term = term_of(Place.INDICATOR, identifier)
    names = (
        Name(f"{term.label}·类别", f"{term.label}按写法归入的类别，取值见 JSON Schema。"),
        Name(f"{term.label}·比较符号", f"{term.label}的比较符号；没有印的为空。"),
        Name(f"{term.label}·数字", f"{term.label}的数字，未乘数量级；不是数量的为空。"),
        Name(f"{term.label}·数量级", f"{term.label}的数量级，例如 万。"),
        Name(f"{term.label}·单位", f"{term.label}的计量单位，统一为通行写法。"),
    )
    return tuple(
        Column(f"{identifier}_parsed_{part}", name, Kind.NUMBER if part == "number" else Kind.TEXT)
        for part, name in zip(PARTS_OF_VALUE, names, strict=True)
    )


_LEVELS = (
    *_printed(term_of(Place.INDICATOR, identifier) for identifier in ("level1", "level2")),
    _added("levels"),
)
_NAME = _printed((term_of(Place.INDICATOR, "name"),))
_VERDICT = (_computed("points_lost"), _added("computed_outcome"))

INDICATOR_COLUMNS = (
    *CONTEXT,
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
    *CONTEXT,
    _NUMBER,
    _added("horizon"),
    *_LEVELS,
    *_NAME,
    *_printed(term for term in words.INDICATOR_CELLS if term.identifier in _ABOUT_DEVIATIONS),
    *_VERDICT,
    _URL,
)

_OF_FINDING = ("code", "severity", "outcome", "message", "field", "found", "expected", "reason")

FINDING_COLUMNS = (
    *CONTEXT,
    _NUMBER,
    *(_added(f"finding_{identifier}") for identifier in _OF_FINDING),
    _URL,
    _added("rule_url"),
)

CORRECTION_COLUMNS = (
    *CONTEXT,
    _NUMBER,
    *(_added(f"correction_{part}") for part in ("item", "old", "new", "reason", "decided_by", "date")),
    _URL,
)

_OUTCOME_OF_PROMISE = ("actual", "score", "deviation_reason")


def _promised(which: str) -> tuple[Column, ...]:
    return tuple(_added(f"{which}_{part}") for part in ("name", "target", "target_parts", "points"))


PROMISE_COLUMNS = (
    *CONTEXT,
    _NUMBER,
    *_LEVELS,
    _computed("change", Kind.TEXT),
    _computed("change_reason", Kind.TEXT),
    *_promised("declared"),
    *_promised("evaluated"),
    *_printed(term_of(Place.INDICATOR, identifier) for identifier in _OUTCOME_OF_PROMISE),
    _added("computed_outcome"),
    _computed("reworded", Kind.TEXT),
    _computed("reweighted", Kind.TEXT),
    _added("unreadable"),
    _added("declaration_id"),
    _added("declared_url"),
    _added("evaluated_url"),
)

_RATE = Column("execution_rate", name_of(term_of(Place.FUNDING_ROW, "execution_rate")))

BUDGET_CHANGE_COLUMNS = (
    *CONTEXT,
    _added("money_unit"),
    *(column for term in words.MAIN_AMOUNTS if term.identifier != "requested" for column in _main_amount(term)),
    _computed("adjustment"),
    _computed("adjustment_rate"),
    _RATE,
    _computed("execution_rate"),
    _computed("initial_execution_rate"),
    _computed("budget_change", Kind.TEXT),
    _computed("halved_and_spent", Kind.TEXT),
    *_printed((term_of(Place.FUNDING_ROW, "adjustment_reason"),)),
    _URL,
)

FULL_MARKS_COLUMNS = (
    *CONTEXT,
    *(
        Column(f"total_{term.identifier}", total_name(term))
        for term in words.TOTALS
        if term.identifier != "review_score"
    ),
    _computed("full_marks", Kind.TEXT),
    _computed("missed", Kind.INTEGER),
    _computed("contradictions", Kind.INTEGER),
    _RATE,
    _computed("execution_rate"),
    _computed("points_lost"),
    _URL,
)

MISSED_TARGET_COLUMNS = (
    *CONTEXT,
    _NUMBER,
    _added("horizon"),
    *_LEVELS,
    *_NAME,
    *_printed(term for term in words.INDICATOR_CELLS if term.identifier in _ABOUT_DEVIATIONS),
    _computed("points_lost"),
    _computed("miss_target", Kind.TEXT),
    _computed("miss_gap"),
    _computed("miss_unit", Kind.TEXT),
    _computed("miss_way", Kind.TEXT),
    _computed("miss_share"),
    _computed("miss_full_score", Kind.TEXT),
    _URL,
)

COVERAGE_COLUMNS = (
    _NUMBER,
    _of_record("fiscal_year", Kind.YEAR),
    _added("unit_slug"),
    _UNIT,
    _DEPARTMENT,
    *map(_added, ("duty_form", "duty_project", "duty_due", "duty_standing", "duty_published", "duty_records")),
    _added("duty_basis"),
)

PEER_COLUMNS = (
    _added("peer_group"),
    _of_record("fiscal_year", Kind.YEAR),
    _of_record("form"),
    *map(_added, ("peer_level", "peer_name")),
    _UNIT,
    _ID,
    _of_record("project_name"),
    *map(_added, ("peer_target", "peer_actual", "peer_measure")),
    _computed("peer_value"),
    *_printed(term_of(Place.INDICATOR, identifier) for identifier in ("points", "score")),
    _computed("score_rate"),
    _added("peer_executed"),
    _computed("unit_cost"),
    _URL,
)
