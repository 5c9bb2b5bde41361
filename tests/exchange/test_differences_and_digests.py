"""Two records differ in nothing that is told exactly where all that they print has one digest."""

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from generator.exchange.importing import record_of
from generator.exchange.record_difference import record_differences
from generator.forms.definitions import load_forms
from generator.model.printed import printed_digest
from generator.model.records import Record
from generator.resources import packaged
from tests.site_tools import PROJECT

FORMS = load_forms([packaged("templates")])
TEXTS = ("7.00", "0", "-", "—", "/", "", "甲乙", "-33.55", "- 33.55", "**33.55**")
EDITS = ("take out", "write", "write", "blanks", "mix", "rename", "double")
MONEY = {
    "表样": "表",
    "年度": "2024",
    "项目资金": {
        "单位": "元",
        "本级": {"财政拨款": {"预算数": "1", "其中": {"专项": "1", "一般": "0"}}, "结转": "2", "利息": ""},
        "上级": {"其他": "2", "利息": {"印出数字": ["0", "1"], "无法辨认": "分不清"}},
    },
    "绩效指标": {"产出": [{"三级指标": "人数", "得分": "1", "其中": [{"三级指标": "青年", "得分": "1"}]}], "效益": ""},
    "附表": [{"标题": "明细", "表头": ["甲", "乙"], "行": [["一", "2"], ["二", ""]]}],
    "其他信息": {"经办": "一科"},
}


class _Words(yaml.SafeLoader):
    """Reads every value as the text that is written."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  as PyYAML has it


def _trees() -> Iterator[dict[str, Any]]:
    yield MONEY
    for path in sorted((PROJECT / "content/records").rglob("*.yaml")):
        tree = yaml.load(path.read_bytes(), _Words)  # noqa: S506  a safe loader
        # Neither is printed by the form.
        yield {key: value for key, value in tree.items() if key not in ("来源", "版式")}


TREES = tuple(_trees())


def _places(node: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401  a tree of YAML
    """Yield every mapping and list with each key or position in it."""
    for key, below in list(node.items() if isinstance(node, dict) else enumerate(node)):
        yield node, key
        if isinstance(below, dict | list):
            yield from _places(below)


def _edit(chance: random.Random, tree: dict[str, Any]) -> None:
    node, key = chance.choice(list(_places(tree)))
    match chance.choice(EDITS):
        case "take out":
            del node[key]
        case "write" if isinstance(node[key], str):
            node[key] = chance.choice(TEXTS)
        case "blanks" if isinstance(node[key], str):
            node[key] = node[key].replace("，", "， ") + chance.choice(("", " ", "0"))
        case "mix" if isinstance(node, list):
            chance.shuffle(node)
        case "mix" | "rename":
            entries = (
                [(f"{one}二" if one == key else one, value) for one, value in node.items()]
                if isinstance(node, dict)
                else []
            )
            chance.shuffle(entries)
            _refill(node, entries)
        case "double" if isinstance(node, list):
            node.insert(key, copy.deepcopy(node[key]))


def _refill(node: Any, entries: list[tuple[str, Any]]) -> None:  # noqa: ANN401
    if entries:
        node.clear()
        node.update(entries)


def _record(tree: dict[str, Any]) -> Record | None:
    return record_of(json.dumps(tree, ensure_ascii=False), "2024/u/a", "2024/u/a.yaml", FORMS)[0]


RECORDS = [_record(tree) for tree in TREES]


@pytest.mark.parametrize("seed", range(30))
def test_what_is_told_to_differ_has_another_digest_and_nothing_else_has(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  drawn for a test
    for _ in range(5):
        number = chance.choice((0, chance.randrange(len(TREES))))
        tree = copy.deepcopy(TREES[number])
        for _ in range(chance.choice((1, 1, 2))):
            _edit(chance, tree)
        before, after = RECORDS[number], _record(tree)
        if before is None or after is None:
            continue
        told = [str(one) for one in record_differences(before, after)]
        assert bool(told) == (printed_digest(before) != printed_digest(after)), (told, tree)
