"""The tables of the CSV: what a row is, its columns, and what tells it from all others."""

from msgspec import Struct

from generator.export.columns import (
    BUDGET_CHANGE_COLUMNS,
    CORRECTION_COLUMNS,
    COVERAGE_COLUMNS,
    DEVIATION_COLUMNS,
    FINDING_COLUMNS,
    FULL_MARKS_COLUMNS,
    FUNDING_COLUMNS,
    INDICATOR_COLUMNS,
    MISSED_TARGET_COLUMNS,
    PEER_COLUMNS,
    PROMISE_COLUMNS,
    RECORD_COLUMNS,
    Column,
)


class Table(Struct, frozen=True):
    """One table, which is one file or, where it is long, one file for each year."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """Identifiers of the columns that tell a row from all others."""

    @property
    def identifiers(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(column.identifier for column in self.columns)


RECORDS = Table(
    "records", "记录（CSV）", "一份表一行：表头各项、主要金额、总分、等级和年度总体目标。", RECORD_COLUMNS, ("id",)
)
FUNDING = Table(
    "funding", "资金（CSV）", "一种资金一行：各栏金额照原表，另有折算为元的数字。", FUNDING_COLUMNS, ("id", "number")
)
INDICATORS = Table(
    "indicators", "指标（CSV）", "一项指标一行：指标值、完成值、分值、得分和偏差原因照原表，另有解析出的数字。",
    INDICATOR_COLUMNS, ("id", "number"),
)  # fmt: skip
DEVIATIONS = Table(
    "deviations", "偏差（CSV）", "被扣分或未达到指标值的指标，连同填报的原因；没有填报原因的也列出。",
    DEVIATION_COLUMNS, ("id", "number"),
)  # fmt: skip
FINDINGS = Table(
    "findings", "检查结果（CSV）", "一处与规则不符一行：哪条规则、哪一处、原表印的是什么、按规则应是什么。",
    FINDING_COLUMNS, ("id", "number"),
)  # fmt: skip

BUDGET_CHANGES = Table(
    "budget_changes", "预算变动（CSV）", "一份自评表一行：年初预算、全年预算和全年执行，变动、幅度和两个执行率。",
    BUDGET_CHANGE_COLUMNS, ("id",),
)  # fmt: skip
FULL_MARKS = Table(
    "full_marks",
    "满分（CSV）",
    "一份自评得满分的表一行，连同未达目标的行数、矛盾和执行率。",
    FULL_MARKS_COLUMNS,
    ("id",),
)
MISSED_TARGETS = Table(
    "missed_targets", "未达目标（CSV）", "完成值明确没有达到指标值的指标一行：差多少、失几分、填报的原因。",
    MISSED_TARGET_COLUMNS, ("id", "number"),
)  # fmt: skip
PROMISES = Table(
    "promises", "承诺与结果（CSV）",
    "绩效目标申报表与同一项目、同一年度的自评表逐项对照，一项指标一行：指标值是保留、降低、提高、改动，还是删除、新增。",
    PROMISE_COLUMNS, ("id", "number"),
)  # fmt: skip

CORRECTIONS = Table(
    "corrections", "更正（CSV）", "公开之后改过的一个数字或一行占一行：原来是什么，改为什么，原因、决定和日期。",
    CORRECTION_COLUMNS, ("id", "number"),
)  # fmt: skip

TABLES = {
    table.name: table
    for table in (
        RECORDS,
        FUNDING,
        INDICATORS,
        DEVIATIONS,
        FINDINGS,
        BUDGET_CHANGES,
        FULL_MARKS,
        MISSED_TARGETS,
        PROMISES,
        CORRECTIONS,
    )
}
"""Every table that records give rows to, by its name."""

COVERAGE = Table(
    "coverage", "公开情况（CSV）", "一项应当公开的表一行：期限、情况和公开的表；没有登记公开义务的网站只有表头。",
    COVERAGE_COLUMNS, ("number",),
)  # fmt: skip
"""The forms that have to be published; it is not put together from what single records give."""

PEERS = Table(
    "peers", "同类指标（CSV）",
    "同一年度、3 家以上单位都有的同一项指标，一个完成值一行；不足 3 家的不列。",
    PEER_COLUMNS, ("url",),
)  # fmt: skip
"""The same indicator in several units; which rows there are depends on all units."""

ALL_TABLES = {**TABLES, PEERS.name: PEERS, COVERAGE.name: COVERAGE}
"""Every table of the site."""
