"""Records drawn at random, small ones of every official layout and of the general one, and how a document is read back."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hypothesis import strategies as st

from generator.exchange.form_grids import form_environment, form_grid, properties_of
from generator.exchange.importing import record_of
from generator.exchange.placing import form_differences
from generator.exchange.record_difference import format_difference
from generator.export.form_writers import writer_of
from generator.finding import has_errors
from generator.forms.definitions import load_forms
from generator.importers.draft import Certainty, Draft
from generator.importers.draft_yaml import yaml_of
from generator.importers.read import read
from generator.importers.understand import understand
from generator.model.forms import FormDefinition
from generator.model.records import Record
from generator.resources import packaged

FORMS = load_forms([packaged("templates")])
_ENVIRONMENT = form_environment([packaged("templates")])
LAYOUTS = ("A1", "A2", "B1", "C1", "通用")

FIGURES = st.one_of(
    st.decimals(0, 99_999, places=2).map(str),
    st.integers(0, 9_999_999).map(lambda number: f"{number:,}"),
    st.sampled_from(["", "-", "—", "/", "0", "0.00", "100%", "99.77%", "1,234.50", "0012", "94.60"]),
)
TOTALS = st.decimals(0, 100, places=2).map(str)
"""The general layout prints totals beside their words in one cell, where a dash is taken for one of the words."""
_VALUES = ("≥2.00(次)", "≤80.00(元/人)", "=100.00(%)", ">85%", "及时", "2024年12月底前", "95%-100%", "", "-", "12")
VALUES = st.sampled_from([*_VALUES, "=1+1", "+5", "@甲", "'5", "A & B <c>"])
_NAMES = (
    "培训次数",
    "“两新”党组织数",
    "A类(含B)项目",
    "群众满意度",
    "5G 站点",
    "补贴标准(元/人)",
    "预算 调整率",
    "办结及时性",
)
PROSE = st.sampled_from(
    [
        "", "完成培训。", "1. 甲\n2. 乙", "- 甲\n- 乙\n- 丙", "一段。\n\n另一段。", "1.举办活动2次，参加80人次。\n2.慰问≥50人。",
        "提升服务水平，" * 30, '(1)"两新"建设；(2)教育 2 次。',
    ]
)  # fmt: skip


@st.composite
def records(draw: st.DrawFn, layout: str = "") -> Record:
    """Draw a record that can be read without error."""
    form = next(one for one in FORMS.definitions if one.layout == (layout or draw(st.sampled_from(LAYOUTS))))
    head: dict[str, Any] = {"表样": form.titles[0], "版式": form.layout, "年度": "2024"}
    if form.period:
        head["申报时段" if form.layout == "B1" else "年度表述"] = form.period.format(year=2024)
    if form.layout == "B1":
        head |= {"街镇名称": "示例街道", "下属单位个数": "0", "所属部门": "示例中心", "部门职责": draw(PROSE)}
    else:
        head |= {"项目名称": draw(st.sampled_from(_NAMES)) + "经费", "主管部门": "示例局(汇总)", "实施单位": "示例中心"}
    if form.layout == "A1":
        head["评分等级"] = draw(st.sampled_from(["优", "良", ""]))
    if form.layout == "C1":
        head |= {"项目性质": "其他经常性项目", "计划开始日期": "2024-01-01", "项目总目标": draw(PROSE)}
    head["整体支出规模" if form.layout == "B1" else "项目资金"] = _funding(draw, form)
    texts = {"预期目标": draw(PROSE.filter(bool))} | ({} if form.layout == "C1" else {"实际完成情况": draw(PROSE)})
    head["年度总体目标"] = texts
    head["绩效指标"], levels = _indicators(draw, form)
    if form.layout == "B1":
        head["一级权重"] = {level: draw(FIGURES) for level in (*levels, "合计")}
    if form.layout != "C1":
        head["总分"] = {"分值": "100.00", "得分": draw(TOTALS if form.any_title else FIGURES)}
    record = authored(head, f"2024/shili/{form.layout.lower()}")
    assert record is not None
    return record


def authored(content: Mapping[str, Any], identifier: str) -> Record | None:
    """Return the record that a file with this content is; JSON is YAML."""
    record, findings = record_of(json.dumps(content, ensure_ascii=False), identifier, f"{identifier}.yaml", FORMS)
    assert not has_errors(findings), findings
    return record


def _funding(draw: st.DrawFn, form: FormDefinition) -> dict[str, Any]:
    titles = dict(form.funding_columns) or {
        "initial_budget": "年初预算数", "adjusted_budget": "全年预算数", "executed": "全年执行数", "score": "得分"
    }  # fmt: skip
    unit: dict[str, Any] = {"单位": draw(st.sampled_from(["万元", "元"]))}
    lines = [(row.group, row.label) for row in form.funding_rows] or [("", "年度资金总额"), ("", "其中：自有资金")]
    for group, label in lines:
        cells = {title: draw(FIGURES) for title in titles.values()}
        value = cells["金额"] if list(titles) == ["amount"] else cells
        (unit.setdefault(group, {}) if group else unit)[label] = value
    return unit


def _indicators(draw: st.DrawFn, form: FormDefinition) -> tuple[dict[str, Any], Sequence[str]]:
    known = form.indicator_levels or {"产出指标": ("数量指标", "质量指标"), "效益指标": ("社会效益指标",)}
    titles = [title for key, title in form.indicator_columns.items() if key not in ("level1", "level2", "name")]
    titles = titles or ["年度指标值", "实际完成值", "分值", "得分", "偏差原因"]
    tree: dict[str, Any] = {}
    for level1, level2s in known.items():
        for level2 in level2s[:2]:
            names = draw(st.lists(st.sampled_from(_NAMES), unique=True, max_size=2))
            rows = [{"三级指标": name} | {title: draw(_of_column(title)) for title in titles} for name in names]
            if rows:
                tree.setdefault(level1, {})[level2] = rows
    if not tree:
        tree["产出指标"] = {"数量指标": [{"三级指标": "培训次数"} | dict.fromkeys(titles, "12")]}
    return tree, list(tree)


def _of_column(title: str) -> st.SearchStrategy[str]:
    if title.startswith("偏差"):
        return st.sampled_from(["", "无", "原材料到货较晚，个别路段返工，已于2025年1月完成"])
    return FIGURES if title in ("分值", "得分", "自评分") else VALUES


# --- there and back --------------------------------------------------------------------------------------------------


class Returned(NamedTuple):
    """A record as a document gave it back."""

    record: Record
    draft: Draft
    differences: tuple[str, ...]
    """Printed values that are not those of the record it was made of, in the form's own words."""

    @property
    def is_sure(self) -> bool:
        return not self.draft.of(Certainty.INFERRED)


def document_of(records: Sequence[Record], kind: str) -> bytes:
    """Return a document of some records."""
    forms = [form_grid(record, FORMS.by_identifier(record.layout), _ENVIRONMENT) for record in records]
    return writer_of(kind)(forms, properties=properties_of(forms))


def returned(data: bytes, kind: str, *records: Record) -> list[Returned]:
    """Read a document of some records back."""
    drafts = understand(read(data, f"表.{kind}"), FORMS)
    assert len(drafts) == len(records), [draft.title for draft in drafts]
    return [_returned(draft, record) for draft, record in zip(drafts, records, strict=True)]


def _returned(draft: Draft, record: Record) -> Returned:
    again, findings = record_of(yaml_of(draft), record.id, record.path, FORMS)
    assert again is not None, findings
    differences = form_differences(record, again)
    return Returned(again, draft, tuple(format_difference(one) for one in differences))
