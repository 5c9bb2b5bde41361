"""What is wrong with a form definition, told in Chinese all at once; nothing in it is taken for granted."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.address import ALLOWED, address_fault
from generator.text import nearest
from generator.vocabulary import TERMS, Place, term_for

RECORD_TYPES = ("SelfEvaluation", "DepartmentEvaluation", "TargetDeclaration", "Other")

_KEYS = (
    "layout", "titles", "record_type", "schema", "description", "default", "any_title", "period", "required", "head", "prose",
    "funding", "indicators", "total", "labels",
)  # fmt: skip
_PARTS = {"funding": ("title", "columns", "fixed", "rows"), "indicators": ("columns", "levels")}
_ROW = ("label", "printed", "group")

Data = Mapping[Any, Any]
"""What YAML gives: keys and values of any kind."""


def name_fault(identifier: str) -> str:
    """Return what is wrong with the name of a definition's file, which is an address of the site too."""
    fault = address_fault(identifier)
    return f"文件名不能用作网址：{fault}，应为{ALLOWED}" if fault else ""


def definition_faults(data: object) -> list[str]:
    """Return what is wrong with a definition."""
    if not isinstance(data, dict):
        return ["内容应为“键: 值”"]
    faults = [*_unknown_keys(data, _KEYS)]
    faults += [f"缺少 {key}" for key in ("layout", "titles", "record_type", "description") if not data.get(key)]
    if data.get("record_type") not in (None, *RECORD_TYPES):
        faults.append(f"record_type 是 {data['record_type']}，应为 {'、'.join(RECORD_TYPES)} 之一")
    faults += _shape_faults(data)
    return faults or [*_word_faults(data)]


def _unknown_keys(data: Data, known: Iterable[str], where: str = "") -> Iterator[str]:
    for key in data:
        if key not in known:
            near = nearest(str(key), known)
            yield f"不认识的键 {where}{key}" + (f"，是否为 {near}？" if near else "")


def _shape_faults(data: Data) -> Iterator[str]:
    """Yield the faults of shapes: texts, lists and mappings where they belong."""
    yield from (
        f"{key} 应为文字的列表" for key in ("titles", "required", "head", "prose") if not _is_words(data.get(key, []))
    )
    maps = [key for key in ("funding", "indicators", "labels") if not isinstance(data.get(key, {}), dict)]
    yield from (f"{key} 应为“键: 值”" for key in maps)
    if maps:
        return
    funding, indicators = data.get("funding", {}), data.get("indicators", {})
    yield from _plain_faults(data, funding)
    for part, known in _PARTS.items():
        yield from _unknown_keys(data.get(part, {}), known, f"{part}.")
    if not _is_texts(data.get("labels", {})):
        yield "labels 应为“标识: 印出的名称”"
    for name, part in (("funding", funding), ("indicators", indicators)):
        if not _is_texts(part.get("columns", {})):
            yield f"{name}.columns 应为“标识: 印出的栏名”"
    yield from _row_faults(funding.get("rows", []))
    levels = indicators.get("levels", {})
    if not isinstance(levels, dict) or not all(isinstance(key, str) and _is_words(levels[key]) for key in levels):
        yield "indicators.levels 应为“一级指标: [二级指标, …]”"


def _plain_faults(data: Data, funding: Data) -> Iterator[str]:
    """Yield the faults of single texts and switches."""
    texts = {key: data[key] for key in ("layout", "description", "schema", "period", "total") if key in data}
    texts |= {f"funding.{key}": funding[key] for key in ("title",) if key in funding}
    switches = {key: data[key] for key in ("default", "any_title") if key in data}
    switches |= {f"funding.{key}": funding[key] for key in ("fixed",) if key in funding}
    yield from (f"{key} 应为文字，数字请加引号" for key, value in texts.items() if not isinstance(value, str))
    yield from (f"{key} 应为 true 或 false" for key, value in switches.items() if not isinstance(value, bool))
    for key, gap in (("period", "year"), ("funding.title", "unit")):
        if isinstance(texts.get(key), str) and not _fills(texts[key], gap):
            yield f"{key} 里的花括号只能是 {{{gap}}}"


def _row_faults(rows: object) -> Iterator[str]:
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and isinstance(row.get("label"), str) and row["label"] for row in rows
    ):
        yield "funding.rows 应为列表，每行写明 label"
        return
    for number, row in enumerate(rows, 1):
        where = f"funding.rows 第 {number} 行的 "
        yield from _unknown_keys(row, _ROW, where)
        yield from (
            f"{where}{key} 应为文字，数字请加引号" for key in _ROW if key in row and not isinstance(row[key], str)
        )


def _word_faults(data: Data) -> Iterator[str]:
    """Yield the words that the vocabulary does not know."""
    for label in data.get("required", ()):
        if not term_for(Place.RECORD, label):
            yield f"required 里的“{label}”不在词汇表中"
    funding, indicators = data.get("funding", {}), data.get("indicators", {})
    # A layout for any form takes the columns each record has; every other one prints its own.
    if not data.get("any_title") and not indicators.get("columns") and _has_indicators(data):
        yield "缺少 indicators.columns，不知道指标印哪些栏"
    yield from _identifier_faults("labels", data.get("labels", {}), (Place.RECORD, Place.OBJECTIVE))
    yield from _identifier_faults("head", data.get("head", ()), (Place.RECORD,))
    yield from _identifier_faults("prose", data.get("prose", ()), (Place.RECORD, Place.OBJECTIVE))
    yield from _identifier_faults("funding.columns", funding.get("columns", {}), (Place.FUNDING_ROW,))
    yield from _identifier_faults("indicators.columns", indicators.get("columns", {}), (Place.INDICATOR,))


def _has_indicators(data: Data) -> bool:
    required = (term_for(Place.RECORD, label) for label in data.get("required", ()))
    return "indicators" in data or any(term is not None and term.identifier == "indicators" for term in required)


def _identifier_faults(key: str, identifiers: Iterable[str], places: tuple[Place, ...]) -> Iterator[str]:
    known = [term.identifier for place in places for term in TERMS[place]]
    for identifier in identifiers:
        if identifier not in known:
            near = nearest(identifier, known)
            yield f"{key} 里的 {identifier} 不是词汇表的标识" + (f"，是否为 {near}？" if near else "")


def _fills(pattern: str, gap: str) -> bool:
    try:
        pattern.format(**{gap: ""})
    except (KeyError, IndexError, ValueError, AttributeError):
        return False
    return True


def _is_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(item, str) for pair in value.items() for item in pair)
