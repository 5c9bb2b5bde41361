"""Taking corrections back gives the figures that were there before, whatever was changed."""

import random
from collections.abc import Sequence
from typing import TypeVar

import pytest
from msgspec.structs import replace

from generator.exchange.correction_entries import entries_between, format_entries
from generator.forms.definitions import load_forms
from generator.load.decode import decode_record
from generator.load.yaml_tree import parse_tree
from generator.model.figure_sheet import Sheet
from generator.model.printed import figures_digest
from generator.model.records import Cell, Correction, FreeTable, Funding, FundingRow, Indicator, Record, Side
from generator.model.undoing import former_figures, undo_all
from generator.origin import START
from tests.site_tools import PROJECT

Row = TypeVar("Row", FundingRow, Indicator)


def indicator(name: str, **cells: str) -> Indicator:
    texts = {"target": "2次", "actual": "2次", "points": "5", "score": "5", "deviation_reason": "无"} | cells
    return Indicator(("产出指标", "数量指标"), name, START, {key: Cell(text) for key, text in texts.items()})


RECORD = Record(
    "2024/a/b", "content/records/2024/a/b.yaml", "项目自评表", "general", 2024, "b",
    funding=Funding(
        Cell("万元"),
        (
            FundingRow("年度资金总额", START, cells={"adjusted_budget": Cell("10"), "executed": Cell("", START, "模糊")}),
            FundingRow("其他资金", START, group="资金来源", printed_cells=(Cell("1"), Cell("2"))),
        ),
    ),
    indicators=(indicator("培训次数"), indicator("培训人数"), indicator("培训人数", score="4"), indicator("满意度")),
    level1_weights={"产出指标": Cell("50"), "合计": Cell("100")},
    total={"score": Cell("90")},
    tables=(FreeTable("明细", ("项", "数"), ((Cell("甲"), Cell("1")), (Cell("乙"), Cell("")))),),
    extra={"受益人数": Cell("30")},
)  # fmt: skip


def changed_cells(row: Row, chance: random.Random) -> Row:
    texts = ("", "9.90", "-", "—", "0")
    cells = {
        key: Cell(chance.choice(texts)) if chance.random() < 0.4 else cell
        for key, cell in row.cells.items()
        if chance.random() < 0.9
    }
    return replace(row, cells=cells, extra={"特别栏": Cell("3")} if chance.random() < 0.2 else {})


def changed_rows(rows: Sequence[Row], chance: random.Random) -> tuple[Row, ...]:
    found = [changed_cells(row, chance) if chance.random() < 0.4 else row for row in rows]
    if chance.random() < 0.4:
        found.pop(chance.randrange(len(found)))
    if found and chance.random() < 0.4:
        found.insert(chance.randrange(len(found) + 1), replace(chance.choice(found)))
    if found and chance.random() < 0.4:
        found.insert(chance.randrange(len(found)), found.pop())
    return tuple(found)


def changed(record: Record, chance: random.Random) -> Record:
    money = record.funding
    table = record.tables[0]
    rows = [row for row in (*table.rows, (Cell("丙"), Cell("-"))) if chance.random() < 0.7]
    return replace(
        record,
        fiscal_year=chance.choice((2023, 2024)),
        indicators=changed_rows(record.indicators, chance),
        funding=money
        and replace(money, rows=changed_rows(money.rows, chance), unit=Cell(chance.choice(("元", "万元")))),
        level1_weights={"产出指标": Cell(chance.choice(("50", "")))}
        if chance.random() < 0.4
        else record.level1_weights,
        total={"score": Cell(chance.choice(("90", "", "/"))), "points": Cell("100")},
        extra={"别的": Cell("1")} if chance.random() < 0.3 else record.extra,
        tables=() if chance.random() < 0.1 else (replace(table, rows=tuple(rows)),),
    )


def test_a_sheet_says_of_the_figures_what_the_digest_is_of() -> None:
    assert Sheet(RECORD).digest() == figures_digest(RECORD)


@pytest.mark.parametrize("seed", range(60))
def test_the_corrections_proposed_for_any_change_lead_back_to_the_digit(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  the same changes each time
    former, later = changed(RECORD, chance), changed(RECORD, chance)
    found = entries_between(former, later)

    assert found.is_proved
    dated = tuple(replace(one, date="2025-05-01") for one in found.corrections)
    states = undo_all(replace(later, corrections=dated)).digests
    assert (states[0], states[-1]) == (figures_digest(former), figures_digest(later))
    assert (len(states) == 1) == (figures_digest(former) == figures_digest(later))


@pytest.mark.parametrize("seed", range(8))
def test_what_is_proposed_is_read_as_it_was_meant(seed: int) -> None:
    forms = load_forms((PROJECT / "templates",))
    chance = random.Random(seed)  # noqa: S311  as above
    found = entries_between(changed(RECORD, chance), changed(RECORD, chance))
    head = "表样: 项目自评表\n版式: 通用\n年度: 2024\n"
    text = format_entries(found).replace("……", "2025-05-01") if found.corrections else ""
    tree = parse_tree(head + text, "x.yaml")

    assert tree.node is not None
    record = decode_record(tree.node, identifier="2024/a/b", path="x.yaml", forms=forms).record
    assert record is not None
    read = [(one.item, one.old, one.new, one.position) for one in record.corrections]
    assert read == [(one.item, one.old, one.new, one.position) for one in found.corrections]


def test_text_and_the_order_of_keys_ask_for_no_correction() -> None:
    first, *others = RECORD.indicators
    reworded = replace(
        first, name="培训班次", cells={**dict(sorted(first.cells.items())), "deviation_reason": Cell("有")}
    )

    assert entries_between(RECORD, replace(RECORD, indicators=(reworded, *others))).corrections == ()


def test_a_figure_corrected_twice_remembers_both() -> None:
    def made(old: str, new: str, day: str) -> Correction:
        return Correction("总分 › 得分", Side(old), Side(new), 0, "误", "财务科", day)

    record = replace(RECORD, corrections=(made("80", "90", "2025-06-01"), made("70", "80", "2025-05-01")))

    assert [(one.block, one.key, one.number, one.text) for one in former_figures(record)] == [
        ("total", "score", 1, "70"),
        ("total", "score", 2, "80"),
    ]
    assert len(set(undo_all(record).digests)) == 3
