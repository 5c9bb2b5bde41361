"""The tables of the CSV: what a row is, its columns, and what tells it from all others."""

from typing import NamedTuple

from generator.export.columns import (
    DEVIATION_COLUMNS,
    FINDING_COLUMNS,
    FUNDING_COLUMNS,
    INDICATOR_COLUMNS,
    RECORD_COLUMNS,
    Column,
)


class Table(NamedTuple):
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

TABLES = {table.name: table for table in (RECORDS, FUNDING, INDICATORS, DEVIATIONS, FINDINGS)}
"""Every table by its name."""
