"""Taking corrections back gives the figures that were there before, whatever was changed."""

import random
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

import pytest
from msgspec.structs import replace

from generator.check.corrections import correction_findings
from generator.exchange.correction_entries import entries_between, format_entries
from generator.exchange.existing import present_records
from generator.forms.definitions import load_forms
from generator.load.decode import decode_record
from generator.load.yaml_tree import parse_tree
from generator.model.figure_search import OneSidedError
from generator.model.figure_sheet import Sheet
from generator.model.printed import figures_digest
from generator.model.publications import PublishedFigures
from generator.model.records import Cell, Correction, FreeTable, Funding, FundingRow, Indicator, Record, Side
from generator.model.undoing import former_figures, undo_all
from generator.origin import START
from tests.site_tools import PROJECT

FORMS = load_forms((PROJECT / "templates",))
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
    chance = random.Random(seed)  # noqa: S311  as above
    found = entries_between(changed(RECORD, chance), changed(RECORD, chance))

    assert sides(read_back(format_entries(found) if found.corrections else "")) == sides(found.corrections)


def read_back(text: str) -> tuple[Correction, ...]:
    head = "表样: 项目自评表\n版式: 通用\n年度: 2024\n"
    tree = parse_tree(head + text.replace("……", "2025-05-01"), "x.yaml")
    assert tree.node is not None
    record = decode_record(tree.node, identifier="2024/a/b", path="x.yaml", forms=FORMS).record
    assert record is not None
    return record.corrections


def sides(corrections: Sequence[Correction]) -> list[tuple[object, ...]]:
    return [(one.item, one.old, one.new, one.position) for one in corrections]


def renamed(record: Record, chance: random.Random) -> Record:
    """Return a record with rows that are called otherwise, or are a part of others."""
    rows = [*record.indicators]
    for number, row in enumerate(rows):
        match chance.randrange(6):
            case 0:
                rows[number] = replace(row, name=chance.choice((f"{row.name}（人）", rows[0].name, "")))
            case 1:
                rows[number] = replace(row, path=chance.choice((("成本指标", "经济成本指标"), row.path[:1], ())))
            case 2:
                rows[number] = replace(row, parent=chance.randrange(number) if number else None)
            case 3:
                rows[number] = replace(row, horizon="long_term")
    money = record.funding
    funding = [*money.rows] if money else []
    for number, line in enumerate(funding):
        if chance.random() < 0.3:
            funding[number] = replace(
                line, label=chance.choice(("其他资金", line.label)), group=chance.choice(("资金来源", "")),
                parent=chance.randrange(number) if number else None,
            )  # fmt: skip
    return replace(record, indicators=tuple(rows), funding=money and replace(money, rows=tuple(funding)))


REAL = tuple(one.record for one in present_records(PROJECT / "content/records", PROJECT, FORMS) if one.record)


@pytest.mark.parametrize("seed", range(80))
def test_there_are_entries_to_write_just_where_the_figures_are_other_ones(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  as above
    record = REAL[seed % len(REAL)] if seed % 2 else renamed(RECORD, chance)
    later = replace(record, indicators=changed_rows(record.indicators, chance)) if seed % 3 else record
    later = replace(later, labels={}) if seed % 4 else renamed(later, chance)
    found = entries_between(record, later)
    published = (PublishedFigures("一", "2025-01-01", figures_digest(record)),)

    assert found.is_proved
    assert bool(found.corrections) == bool(correction_findings(later, published, date(2025, 6, 1)))
    dated = tuple(replace(one, date="2025-05-01") for one in found.corrections)
    assert correction_findings(replace(later, corrections=dated), published, date(2025, 6, 1)) == ()


@pytest.mark.parametrize(
    "change",
    [
        {"total": {"score": Cell("空白")}},
        {"tables": (FreeTable("明细", ("a | b", "数"), ((Cell("甲 | 乙\\"), Cell("1")),)),)},
        {"tables": RECORD.tables * 2},
        {"tables": (*RECORD.tables, FreeTable("明细", ("项",), ((Cell("、"),),)))},
    ],
)
def test_whatever_a_cell_prints_its_correction_is_read_as_it_was_meant(change: dict[str, object]) -> None:
    for one, other in ((RECORD, replace(RECORD, **change)), (replace(RECORD, **change), RECORD)):
        found = entries_between(one, other)
        assert found.is_proved
        assert sides(read_back(format_entries(found))) == sides(found.corrections)


def test_printed_figures_may_hold_what_stands_between_them() -> None:
    money = RECORD.funding
    assert money is not None
    rows = (money.rows[0], replace(money.rows[1], printed_cells=(Cell("1、2"), Cell("3"))))
    assert entries_between(RECORD, replace(RECORD, funding=replace(money, rows=rows))).is_proved


def test_a_correction_with_a_row_on_both_sides_is_not_taken_back() -> None:
    row = Side("", {"得分": "5"})
    for old, new, position in ((row, row, 2), (row, Side("8"), 2), (row, Side("无"), 0)):
        made = Correction("产出指标 › 数量指标 › 满意度", old, new, position, "误", "财务科", "2025-05-01")
        with pytest.raises(OneSidedError):
            undo_all(replace(RECORD, corrections=(made,)))


def test_a_figure_that_changed_again_is_told_from_what_was_published() -> None:
    def version(score: str, *corrections: Correction) -> Record:
        return replace(RECORD, total={"score": Cell(score)}, corrections=corrections)

    made = Correction("总分 › 得分", Side("20"), Side("18"), 0, "误", "财务科", "2025-05-01")
    wanted = [("总分 › 得分", "18", "17")]
    for before in (version("20"), version("18", made)):
        found = entries_between(before, version("17", made))
        assert [(one.item, one.old.text, one.new.text) for one in found.corrections] == wanted
        assert found.is_proved
    # Somebody wrote over what was published: nothing is called new that the form does not print.
    found = entries_between(version("18", made), version("17", replace(made, new=Side("17"))))
    assert (found.corrections, found.lost) == ((), (made,))
    assert "公开过的，照原样写回去：\n#   - 项: 总分 › 得分\n#     原: 20\n#     新: 18" in format_entries(found)


def test_text_and_the_order_of_keys_ask_for_no_correction() -> None:
    first, *others = RECORD.indicators
    reworded = replace(first, cells={**dict(sorted(first.cells.items())), "deviation_reason": Cell("有")})

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
