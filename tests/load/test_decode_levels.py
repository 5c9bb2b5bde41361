"""Indicator rows of any depth, nested like merged cells or listed flat: the same rows come out."""

import pytest

from generator.forms.definitions import load_forms
from generator.load.decode import decode_record
from generator.load.yaml_tree import parse_tree
from generator.resources import packaged

FORMS = load_forms((packaged("templates"),))
HEAD = "表样: 项目自评表\n年度: 2024\n绩效指标:\n"


def rows(text: str) -> list[tuple[tuple[str, ...], str]]:
    """Return path and name of each indicator of a record with these indicators."""
    tree = parse_tree(HEAD + text, "content/records/2024/a/b.yaml")
    assert tree.node is not None
    decoded = decode_record(tree.node, identifier="2024/a/b", path="content/records/2024/a/b.yaml", forms=FORMS)
    assert decoded.record is not None, decoded.findings
    return [(indicator.path, indicator.name) for indicator in decoded.record.indicators]


@pytest.mark.parametrize(
    ("nested", "flat", "expected"),
    [
        ("  - 三级指标: 甲\n", "  - {三级指标: 甲}\n", ((), "甲")),
        ("  产出:\n    - 三级指标: 甲\n", "  - {一级指标: 产出, 三级指标: 甲}\n", (("产出",), "甲")),
        (
            "  产出:\n    数量:\n      - 三级指标: 甲\n",
            "  - {一级指标: 产出, 二级指标: 数量, 三级指标: 甲}\n",
            (("产出", "数量"), "甲"),
        ),
        (
            "  产出:\n    数量:\n      甲:\n        - 四级指标: 乙\n",
            "  - {一级指标: 产出, 二级指标: 数量, 三级指标: 甲, 四级指标: 乙}\n",
            (("产出", "数量", "甲"), "乙"),
        ),
    ],
    ids=["flat", "two levels", "three levels", "four levels"],
)
def test_nested_and_listed_rows_are_the_same(nested: str, flat: str, expected: tuple[tuple[str, ...], str]) -> None:
    assert rows(nested) == rows(flat) == [expected]
