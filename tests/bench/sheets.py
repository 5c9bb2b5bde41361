"""The corpus as other generators get it: the same cells under keys that suit their templates."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from tests.bench.corpus import address, make_record, unit_name

_PROJECT_COLUMNS = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
_DEPARTMENT_COLUMNS = ("全年预算数", "全年执行数", "执行率")
_DECLARED = (
    ("项目总资金", ("项目资金总额", "财政资金", "其他资金")),
    ("年度资金", ("年度资金申请总额", "当年财政拨款", "上年结转资金", "其他资金")),
)
_PRINTED = {"年度资金总额": "年度资金总额:", "当年财政拨款": "其中: 当年财政拨款"}
_ROW_KEYS = {
    "name": "三级指标",
    "target": "年度指标值",
    "actual": "实际完成值",
    "points": "分值",
    "score": "得分",
    "reason": "偏差原因",
}

Values = Mapping[str, Any]
"""A record as YAML gives it, every figure a string."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One record with all it prints."""

    form: str
    """Layout of the form: a1, b1 or c1."""
    form_title: str
    title: str
    year: str
    unit: str
    """Name of the unit's folder."""
    unit_name: str
    period: str
    head: Mapping[str, str]
    """The single cells of the form, by name: not every template language takes Chinese keys."""
    funding_title: str
    funding: Sequence[Mapping[str, Any]]
    """A label and cells each."""
    prose: Sequence[Mapping[str, str]]
    """A label and Markdown each."""
    indicators: Sequence[Mapping[str, Any]]
    """First levels with their groups with their rows."""
    total: Mapping[str, str]
    """Budget, spent, rate, points, score and grade, blank where the form has none."""

    def missing_in(self, page: str) -> list[str]:
        """Return what of the record a page does not show; a row's cells must stand in one row of a table."""
        rows = [_text(row) for row in re.findall(r"<tr\b.*?</tr>", page, re.DOTALL)]
        whole = _text(page)
        wanted = [[line["label"], *line["cells"]] for line in self.funding]
        wanted += [
            list(row.values()) for level in self.indicators for group in level["groups"] for row in group["rows"]
        ]
        lost = [" | ".join(cells) for cells in wanted if not any(all(cell in row for cell in cells) for row in rows)]
        clauses = [line.partition(". ")[2] for block in self.prose for line in block["text"].splitlines()]
        facts = [*self.head.values(), *self.total.values(), *clauses]
        levels = [
            text for level in self.indicators for text in (level["name"], *(one["name"] for one in level["groups"]))
        ]
        ordered = [] if page.count("<ol") >= len(self.prose) else ["prose as a list"]
        return lost + [text for text in (*facts, *levels) if text not in whole] + ordered


def _text(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", " ", markup))


def read_record(text: str) -> Values:
    """Return what a record's file says, every figure a string."""
    values: Values = yaml.CBaseLoader(text).get_single_data()
    return values


def make_sheet(number: int, text: str | None = None) -> Sheet:
    """Return a record of the corpus, or one that has been edited."""
    year, unit, name = address(number)
    values = read_record(make_record(number) if text is None else text)
    make = _declaration if name.endswith(".target") else _department if name == "zhengti" else _evaluation
    return make(values, unit_name(int(unit.removeprefix("dw-"))), str(year), unit)


def _evaluation(values: Values, office: str, year: str, unit: str) -> Sheet:
    lines = [(label, line) for label, line in values["项目资金"].items() if isinstance(line, dict)]
    annual, total = values["项目资金"]["年度资金总额"], values["总分"]
    return Sheet(
        "a1", values["表样"], values["项目名称"], year, unit, office, values["年度表述"],
        _named(values, project_name="项目名称", competent_department="主管部门", implementing_unit="实施单位"),
        f"项目资金({values['项目资金']['单位']})",
        [{"label": _PRINTED.get(label, label), "cells": [line[key] for key in _PROJECT_COLUMNS]} for label, line in lines],
        _prose(values["年度总体目标"]), _indicators(values),
        {"budget": annual["全年预算数"], "spent": annual["全年执行数"], "rate": annual["执行率"], "points": total["分值"],
         "score": total["得分"], "grade": values["评分等级"]},
    )  # fmt: skip


def _department(values: Values, office: str, year: str, unit: str) -> Sheet:
    lines = [line for group in ("资金来源", "资金结构") for line in values["整体支出规模"][group].items()]
    total = values["总分"]
    return Sheet(
        "b1", values["表样"], f"{office}整体支出", year, unit, office, values["年度表述"],
        _named(values, evaluated_department="所属部门", subordinate_units="下属单位个数"),
        f"整体支出规模({values['整体支出规模']['单位']})",
        [{"label": label, "cells": [line[key] for key in _DEPARTMENT_COLUMNS]} for label, line in lines],
        [{"label": "部门职责", "text": values["部门职责"]}, *_prose(values["年度总体目标"])], _indicators(values),
        {"budget": "", "spent": "", "rate": "", "points": total["分值"], "score": total["得分"], "grade": ""},
    )  # fmt: skip


def _declaration(values: Values, office: str, year: str, unit: str) -> Sheet:
    head = _named(
        values, project_name="项目名称", project_nature="项目性质", project_category="项目类别", competent_department="主管部门",
        implementing_unit="实施单位", planned_start="计划开始日期", planned_end="计划完成日期",
    )  # fmt: skip
    lines = [(label, values["项目资金"][side][label]) for side, labels in _DECLARED for label in labels]
    return Sheet(
        "c1", values["表样"], values["项目名称"], year, unit, office, values["年度表述"],
        head,
        f"项目资金 ({values['项目资金']['单位']})",
        [{"label": label, "cells": [amount]} for label, amount in lines],
        [{"label": "项目总目标", "text": values["项目总目标"]}, {"label": "年度总体目标", "text": values["年度总体目标"]["预期目标"]}],
        _indicators(values),
        {"budget": values["项目资金"]["年度资金"]["年度资金申请总额"], "spent": "", "rate": "", "points": "", "score": "",
         "grade": ""},
    )  # fmt: skip


def _named(values: Values, **labels: str) -> dict[str, str]:
    return {name: values[label] for name, label in labels.items()}


def _prose(blocks: Values) -> list[dict[str, str]]:
    return [{"label": label, "text": text} for label, text in blocks.items()]


def _indicators(values: Values) -> list[dict[str, Any]]:
    return [{"name": level, "groups": list(_groups(groups))} for level, groups in values["绩效指标"].items()]


def _groups(groups: Values) -> Iterator[dict[str, Any]]:
    for name, rows in groups.items():
        yield {"name": name, "rows": [{key: row.get(label, "") for key, label in _ROW_KEYS.items()} for row in rows]}
