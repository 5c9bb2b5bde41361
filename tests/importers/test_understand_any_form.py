"""Any form: columns in any order under any known word, levels merged, repeated or left blank, over one table or two."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.forms.grid import Grid, GridCell
from generator.importers.draft import Certainty
from generator.importers.understand.words import head_word, word_for
from generator.model.records import Record
from generator.money import is_figure
from generator.vocabulary import Place, term_of
from tests.importers.laid_out import draft, drafts, loaded, lost

HEAD = ("project_name", "competent_department", "implementing_unit", "project_nature", "planned_start", "grade")
MONEY = ("initial_budget", "adjusted_budget", "executed", "points", "execution_rate", "score")
COLUMNS = ("actual", "points", "score", "deviation_reason", "nature", "target_unit", "coefficient", "review_score")
ROWS = ("年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金", "单位资金")
LEVELS = ("成本指标", "产出指标", "效益指标", "满意度指标")
LEVELS2 = ("经济成本指标", "数量指标", "质量指标", "时效指标", "社会效益指标")
NAMES = ("培训次数", "参加人数", "完工时间", "合格率", "满意度", "惠及人口", "补贴标准", "开放天数")


def words(place: Place, identifier: str) -> st.SearchStrategy[str]:
    term = term_of(place, identifier)
    known = [
        word
        for word in (term.label, *term.synonyms)
        if (found := word_for(place, word) if place is not Place.RECORD else head_word(word)) is not None
        and found.identifier == identifier
    ]
    return st.sampled_from(known)


FIGURES = st.one_of(
    st.decimals(0, 99_999, places=2).map(str),
    st.integers(0, 999_999).map(lambda number: f"{number:,}"),
    st.sampled_from(["", "-", "—", "/", "0", "0.00", "100%"]),
)
VALUES = st.sampled_from(["≥90%", "=5次", "及时", "2024年12月前完成", "≤80.00(元/人)", "12", "95%-100%", ""])


class Made(NamedTuple):
    """A form and what it says."""

    grids: tuple[Grid, ...]
    head: Mapping[str, str]
    money: Sequence[tuple[str, Mapping[str, str]]]
    rows: Sequence[tuple[tuple[str, ...], str, Mapping[str, str]]]


class Sheet:
    """Cells put down row by row."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.cells: list[GridCell] = []
        self.row = 0

    def put(self, *parts: tuple[str, int, int]) -> None:
        """Put down a row: text, columns and rows of each cell; a cell of no columns is covered from above."""
        column = 0
        for text, columns, rows in parts:
            if rows:
                self.cells.append(
                    GridCell(self.row, column, text, rows, columns, place=f"第{self.row + 1}行第{column + 1}列")
                )
            column += columns
        assert column == self.width
        self.row += 1


@st.composite
def forms(draw: st.DrawFn) -> Made:
    columns = [*draw(st.lists(st.sampled_from(COLUMNS), unique=True, max_size=6)), "target"]
    columns = draw(st.permutations(columns))
    amounts = draw(st.permutations(draw(st.lists(st.sampled_from(MONEY), unique=True, min_size=2))))
    if not {*amounts} & {"initial_budget", "adjusted_budget", "executed"}:
        amounts = [*amounts, "executed"]
    width = max(3 + len(columns), 2 + len(amounts)) + 1
    sheet = Sheet(width)
    sheet.put(("项目自评表", width, 1))
    sheet.put(("（2024年度）", width, 1))
    head = {identifier: draw(words(Place.RECORD, identifier)) for identifier in HEAD if draw(st.booleans())}
    said = {}
    for identifier, label in head.items():
        said[identifier] = "2024-01-01" if identifier == "planned_start" else f"{label}的内容{identifier[:2]}"
        sheet.put((label, 1, 1), (said[identifier], width - 1, 1))
    money = _money(draw, sheet, amounts)
    rows, cut = _indicators(draw, sheet, columns)
    grid = Grid(tuple(sheet.cells), place="第1页")
    return Made((grid,) if cut is None else _cut(grid, cut), said, money, rows)


def _money(draw: st.DrawFn, sheet: Sheet, amounts: Sequence[str]) -> list[tuple[str, dict[str, str]]]:
    labels = draw(st.lists(st.sampled_from(ROWS), unique=True, min_size=1, max_size=4))
    merged = draw(st.booleans())
    rest = sheet.width - 2 - len(amounts)
    spans = [1] * (len(amounts) - 1) + [1 + rest]
    sheet.put(
        ("项目资金（万元）", 1, len(labels) + 1 if merged else 1),
        ("", 1, 1),
        *((draw(words(Place.FUNDING_ROW, key)), span, 1) for key, span in zip(amounts, spans, strict=True)),
    )
    made = []
    for label in labels:
        cells = {key: draw(FIGURES) for key in amounts}
        side = ("", 1, 0 if merged else 1)
        sheet.put(side, (label, 1, 1), *((cells[key], span, 1) for key, span in zip(amounts, spans, strict=True)))
        made.append((label, cells))
    return made


def _indicators(
    draw: st.DrawFn, sheet: Sheet, columns: Sequence[str]
) -> tuple[list[tuple[tuple[str, ...], str, dict[str, str]]], int | None]:
    style = draw(st.sampled_from(["merged", "blank", "repeated"]))
    rest = sheet.width - 3 - len(columns)
    spans = [1] * (len(columns) - 1) + [1 + rest]
    titles = [(draw(words(Place.INDICATOR, key)), span, 1) for key, span in zip(columns, spans, strict=True)]
    sheet.put(("一级指标", 1, 1), ("二级指标", 1, 1), ("三级指标", 1, 1), *titles)
    tree = {
        level1: {
            level2: draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=1, max_size=3))
            for level2 in draw(st.lists(st.sampled_from(LEVELS2), unique=True, min_size=1, max_size=2))
        }
        for level1 in draw(st.lists(st.sampled_from(LEVELS), unique=True, min_size=1, max_size=3))
    }
    made: list[tuple[tuple[str, ...], str, dict[str, str]]] = []
    starts: list[int] = []
    for level1, inner in tree.items():
        for number2, (level2, names) in enumerate(inner.items()):
            for number, name in enumerate(names):
                cells = {key: _cell(draw, key) for key in columns}
                first1, first2 = not number2 and not number, not number
                level_cells = (
                    _level(level1, style, first=first1, rows=sum(map(len, inner.values()))),
                    _level(level2, style, first=first2, rows=len(names)),
                )
                if first1:
                    starts.append(sheet.row)
                sheet.put(
                    *level_cells, (name, 1, 1), *((cells[key], span, 1) for key, span in zip(columns, spans, strict=True))
                )  # fmt: skip
                made.append(((level1, level2), name, cells))
    return made, draw(st.sampled_from([None, *starts[1:]]))


def _cell(draw: st.DrawFn, key: str) -> str:
    if key == "target":
        # A row with nothing in it is a row that nobody filled in.
        return draw(VALUES.filter(bool))
    return draw(FIGURES if key in ("points", "score", "coefficient", "review_score") else VALUES)


def _level(text: str, style: str, *, first: bool, rows: int) -> tuple[str, int, int]:
    if style == "merged":
        return (text, 1, rows if first else 0)
    return (text if first or style == "repeated" else "", 1, 1)


def _cut(grid: Grid, row: int) -> tuple[Grid, ...]:
    upper = tuple(cell for cell in grid.cells if cell.row < row)
    lower = tuple(
        GridCell(cell.row - row, cell.column, cell.text, cell.rows, cell.columns, place=f"下{cell.place}")
        for cell in grid.cells
        if cell.row >= row
    )
    return Grid(upper, place="第1页"), Grid(lower, place="第2页")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(made=forms())
def test_any_form_comes_back_as_it_was_laid_out(folder: Path, made: Made) -> None:
    one = draft(*made.grids)
    result = loaded(one, folder)

    assert [finding.message for finding in result.findings if "单位" not in finding.message] == []
    assert result.record is not None
    assert _said(result.record) == _wanted(made)
    assert one.leftover == ()


def _wanted(made: Made) -> list[object]:
    return [
        {key: text for key, text in made.head.items() if text},
        [(label, {key: text for key, text in cells.items() if text}) for label, cells in made.money],
        [(path, name, {key: text for key, text in cells.items() if text}) for path, name, cells in made.rows],
    ]


def _said(record: Record) -> list[object]:
    assert record.funding is not None
    return [
        {key: cell.text for key, cell in record.head.items() if key != "period" and cell.text},
        [
            (row.label, {key: cell.text for key, cell in row.cells.items() if cell.text}) for row in record.funding.rows
        ],
        [
            (row.path, row.name, {key: cell.text for key, cell in row.cells.items() if cell.text})
            for row in record.indicators
        ],
    ]  # fmt: skip


PRINTED = st.one_of(
    st.sampled_from([*HEAD, *MONEY]).map(
        lambda key: term_of(Place.RECORD if key in HEAD else Place.FUNDING_ROW, key).label
    ),
    st.sampled_from(
        ["一级指标", "三级指标", "年度指标值", "分值", "得分", "项目资金(元)", "年度总体目标", "预期目标", "总分"]
    ),
    st.sampled_from(
        ["数量指标", "某项工作", "其中：财政资金", "单位：万元", "- 3 -", "……", "指标1:", "合计", "≥90%", "及时"]
    ),
    FIGURES,
)


@st.composite
def jumbles(draw: st.DrawFn) -> Grid:
    width = draw(st.integers(1, 6))
    cells = [GridCell(0, 0, "项目自评表", 1, width, place="题")]
    row = 1
    for _ in range(draw(st.integers(1, 8))):
        column = 0
        while column < width:
            columns = draw(st.integers(1, width - column))
            cells.append(GridCell(row, column, draw(PRINTED), 1, columns, place=f"{row},{column}"))
            column += columns
        row += 1
    return Grid(tuple(cells), place="表")


@settings(max_examples=200)
@given(st.lists(jumbles(), min_size=1, max_size=2))
def test_of_any_table_no_text_is_lost(grids: list[Grid]) -> None:
    assert lost([grids[0]], drafts(grids[0])) == []
    assert all(value.certainty is Certainty.CERTAIN or value.why for one in drafts(*grids) for value in one.filled)


@settings(max_examples=100)
@given(jumbles())
def test_no_figure_is_made_up_or_doubled(grid: Grid) -> None:
    printed = [cell.text for cell in grid.cells if cell.text and is_figure(cell.text)]
    filled = [value.text for one in drafts(grid) for value in one.filled if value.place and is_figure(value.text)]

    assert sorted(filled) == sorted(text for text in filled if text in printed)
    assert len(filled) <= len(printed)
