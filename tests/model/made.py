"""Make small records for tests of the model."""

from collections.abc import Mapping

from generator.model.records import Cell, Funding, FundingRow, Indicator, Record
from generator.origin import START


def cells(**texts: str) -> dict[str, Cell]:
    return {identifier: Cell(text) for identifier, text in texts.items()}


def row(label: str, *, group: str = "", parent: int | None = None, **texts: str) -> FundingRow:
    return FundingRow(label, START, group, parent, cells(**texts))


def money(*rows: FundingRow, unit: str = "元") -> Funding:
    return Funding(Cell(unit), rows)


def indicator(name: str = "次数", *, path: tuple[str, ...] = (), parent: int | None = None, **texts: str) -> Indicator:
    return Indicator(path, name, START, cells(**texts), parent=parent)


def record(
    identifier: str = "2024/danwei/xiangmu",
    *,
    layout: str = "self_evaluation_a1",
    key: str = "xiangmu",
    funding: Funding | None = None,
    indicators: tuple[Indicator, ...] = (),
    total: Mapping[str, Cell] | None = None,
    **head: str,
) -> Record:
    return Record(
        id=identifier, path=f"content/records/{identifier}.yaml", form="财政项目支出绩效自评表", layout=layout,
        fiscal_year=int(identifier[:4]), project_key=key, head=cells(**head), funding=funding, indicators=indicators,
        total=total or {},
    )  # fmt: skip
