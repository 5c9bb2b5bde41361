"""Whatever a record holds, every cell of it comes back with its very text and place."""

from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.forms.definitions import load_forms
from generator.load.decode import decode_record
from generator.load.yaml_tree import parse_tree
from generator.model.records import Cell, Record
from generator.resources import packaged
from generator.vocabulary import TERMS, Kind, Place, Term

HEAD = "表样: 我的表\n版式: 通用\n年度: 2024\n"
FORMS = load_forms([packaged("templates")])

WORDS = st.text("产出指标甲乙丙丁（）()：:，,。、≥≤>=<%-—/#&*!|@`'\"\\{}[]~? 0123456789.", min_size=1, max_size=12)
FIGURES = st.sampled_from(["0", "0.00", "417.32", "22,551,226.73", "99.77%", "-", "—", "/", "１２．５", "8.00"])
LABELS = st.text("款项资金甲乙丙丁一二三四", min_size=1, max_size=6).map(lambda text: f"行{text}")


def values_of(term: Term) -> st.SearchStrategy[str]:
    return FIGURES if term.kind is Kind.FIGURE else WORDS


def fields_of(place: Place, *left_out: str) -> st.SearchStrategy[dict[str, str]]:
    """Return fields of a place, each under its label or one of its synonyms."""
    wanted = [
        term
        for term in TERMS[place]
        if term.kind in (Kind.FIGURE, Kind.TEXT, Kind.VALUE) and term.identifier not in left_out
    ]
    some = st.lists(st.sampled_from(wanted), unique=True, max_size=5)
    return some.flatmap(
        lambda terms: st.tuples(
            *(st.tuples(st.sampled_from([term.label, *term.synonyms]), values_of(term)) for term in terms)
        ).map(dict)
    )


INDICATORS = st.lists(
    st.tuples(WORDS.map(str.strip).filter(bool), fields_of(Place.INDICATOR, "level1", "level2", "name", "level4")).map(
        lambda pair: {"三级指标": pair[0], **pair[1]}
    ),
    min_size=1,
    max_size=4,
)
NESTED = st.recursive(
    INDICATORS, lambda inner: st.dictionaries(LABELS, inner, min_size=1, max_size=3), max_leaves=6
).filter(lambda node: depth_of(node) <= 3)
FUNDING = st.dictionaries(
    LABELS, fields_of(Place.FUNDING_ROW, "label", "printed_cells", "unreadable").filter(bool), max_size=4
)
RECORDS = st.fixed_dictionaries(
    {
        "绩效指标": NESTED,
        "项目资金": FUNDING.map(lambda rows: {"单位": "元", **rows}),
        "总分": fields_of(Place.TOTAL),
        "来源": fields_of(Place.SOURCE),
        "其他信息": st.dictionaries(LABELS, WORDS, max_size=3),
    }
)


def depth_of(node: Any) -> int:  # noqa: ANN401  lists and mappings of any depth
    return 1 + max(depth_of(value) for value in node.values()) if isinstance(node, dict) else 0


def written(node: Any, indent: int = 0) -> str:  # noqa: ANN401  as above
    """Write a tree as YAML, every value in quotes."""
    blank = " " * indent
    if isinstance(node, str):
        return "'" + node.replace("'", "''") + "'"
    if isinstance(node, list):
        return "".join(
            f"\n{blank}- {{{', '.join(f'{quoted(k)}: {written(v)}' for k, v in row.items())}}}" for row in node
        )
    if not node:
        return "{}"
    return "".join(f"\n{blank}{quoted(key)}: {written(value, indent + 2)}" for key, value in node.items())


def quoted(key: str) -> str:
    return '"' + key + '"'


def leaves(node: Any) -> Iterator[str]:  # noqa: ANN401  as above
    if isinstance(node, str):
        yield node
    else:
        for value in node.values() if isinstance(node, dict) else node:
            yield from leaves(value)


def texts_of(record: Record) -> Iterator[Cell]:
    for mapping in (record.head, record.total, record.source, record.extra, *(row.cells for row in record.indicators)):
        yield from mapping.values()
    if record.funding:
        yield record.funding.unit
        for row in record.funding.rows:
            yield from row.cells.values()


@given(RECORDS)
def test_every_text_comes_back_as_written_and_points_to_where_it_stands(data: dict[str, Any]) -> None:
    text = HEAD + written(data).lstrip("\n") + "\n"
    tree = parse_tree(text, "f.yaml")
    assert tree.node is not None
    result = decode_record(tree.node, identifier="2024/a/b", path="f.yaml", forms=FORMS)
    record = result.record

    assert (tree.findings, result.findings) == ((), ())
    assert record is not None
    cells = list(texts_of(record))
    names = [row.name for row in record.indicators]
    assert sorted([*(cell.text for cell in cells), *names]) == sorted(leaves(data))
    lines = text.split("\n")
    for cell in cells:
        shown = lines[cell.span.line - 1][cell.span.column - 1 :]
        assert shown.startswith(("'" + cell.text.replace("'", "''") + "'", cell.text))


@given(RECORDS)
def test_the_order_of_rows_is_the_author_s(data: dict[str, Any]) -> None:
    text = HEAD + written(data).lstrip("\n") + "\n"
    tree = parse_tree(text, "f.yaml")
    assert tree.node is not None
    record = decode_record(tree.node, identifier="2024/a/b", path="f.yaml", forms=FORMS).record
    assert record is not None
    assert record.funding is not None

    places = [row.span for row in record.indicators]
    assert places == sorted(places)
    assert [row.label for row in record.funding.rows] == [label for label in data["项目资金"] if label != "单位"]
