"""Forms as cells: small ones that have all the real ones have."""

from generator.forms.grid import Align, CellKind, Field, FormGrid, Grid, GridCell

PROSE = (
    '1.开展"两新"党组织书记学习培训2次，参训80人次。\n2.慰问困难党员≥50人，标准≤2000.00(元/人)。\n'
    "3.加强党群服务阵地建设，提升党员“内动力”，把服务送到园区、楼宇和企业，做到月月有主题、周周有活动、天天有服务。"
)
_INDICATOR_HEAD = (
    ("一级指标", 1),
    ("二级指标", 1),
    ("三级指标", 1),
    ("年度指标值", 1),
    ("实际完成值", 1),
    ("分值", 1),
    ("得分", 1),
    ("偏差原因分析及改进措施", 1),
)
_FUNDING_HEAD = ("年初预算数", "全年预算数", "全年执行数", "分数", "执行率(%)", "得分")
_FUNDING = (
    ("年度资金总额:", "funding-年度资金总额", ("417.32", "470.26", "468.77", "10.00", "99.68", "9.97")),
    ("其中: 当年财政拨款", "funding-当年财政拨款", ("417.32", "470.26", "468.77", "-", "99.68", "-")),
    ("    上年结转资金", "funding-上年结转资金", ("0.00", "0.00", "0.00", "-", "0.00", "-")),
    ("    其他资金", "funding-其他资金", ("0.00", "0.00", "", "-", "0.00", "-")),
)
_AMOUNTS = ("initial_budget", "adjusted_budget", "executed", "points", "execution_rate", "score")


def label(row: int, column: int, text: str, *, rows: int = 1, columns: int = 1, vertical: bool = False) -> GridCell:
    return GridCell(row, column, text, rows, columns, CellKind.LABEL, Align.CENTER, vertical)


def value(
    row: int, column: int, text: str, name: str, *, rows: int = 1, columns: int = 1, align: Align = Align.CENTER
) -> GridCell:
    return GridCell(row, column, text, rows, columns, CellKind.VALUE, align, fields=(Field(name, text),))


def self_evaluation(rows: int = 6) -> FormGrid:
    """Return a form as A1 has it, with as many indicators as asked for."""
    cells = [
        label(0, 0, "项目名称"),
        value(0, 1, "党群服务中心运行", "head.project_name", columns=7),
        label(1, 0, "主管部门"),
        value(1, 1, "某某工业区管理委员会(汇总)", "head.competent_department", columns=3),
        label(1, 4, "实施单位"),
        value(1, 5, "某某工业区社区党群服务中心", "head.implementing_unit", columns=3),
        label(2, 0, "项目资金\n(万元)", rows=5),
        *(label(2, 2 + place, title) for place, title in enumerate(_FUNDING_HEAD)),
    ]
    for row, (title, anchor, figures) in enumerate(_FUNDING, 3):
        cells.append(value(row, 1, title, f"{anchor}.label"))
        cells += [value(row, 2 + n, text, f"{anchor}.{_AMOUNTS[n]}") for n, text in enumerate(figures)]
    cells += [
        label(7, 0, "年度总体目标", rows=2),
        label(7, 1, "预期目标", columns=3),
        label(7, 4, "实际完成情况", columns=4),
        value(8, 1, PROSE, "objective.expected", columns=3, align=Align.LEFT),
        value(8, 4, PROSE, "objective.achieved", columns=4, align=Align.LEFT),
        *(label(9, column, title) for column, (title, _) in enumerate(_INDICATOR_HEAD)),
        *_indicators(10, rows),
        *_total(10 + rows),
    ]
    widths = (14, 20, 33, 23, 23, 13, 13, 35)
    grid = Grid(tuple(cells), widths=widths, repeated=_INDICATOR_HEAD)
    return FormGrid("财政项目支出绩效自评表", "(2024年度)", (grid,), "2024/某某/党群服务中心", "A1")


def _indicators(first: int, rows: int) -> list[GridCell]:
    half = rows // 2
    cells = [
        value(first, 0, "产出指标", "i-00000000.level1", rows=half),
        value(first, 1, "数量指标", "i-00000000.level2", rows=half),
        value(first + half, 0, "满意度指标", f"i-{half:08x}.level1", rows=rows - half),
        value(first + half, 1, "服务对象满意度指标", f"i-{half:08x}.level2", rows=rows - half),
    ]
    for number in range(rows):
        anchor, row = f"i-{number:08x}", first + number
        cells += [
            value(row, 2, f'开展"两新"活动 第{number}项', f"{anchor}.name", align=Align.LEFT),
            value(row, 3, "≥80.00(元/人次)", f"{anchor}.target"),
            value(row, 4, "80.00(元/人次)", f"{anchor}.actual"),
            value(row, 5, "5.00", f"{anchor}.points"),
            value(row, 6, "4.50" if number % 2 else "—", f"{anchor}.score"),
            value(row, 7, "" if number else "有部分支部不能评定", f"{anchor}.deviation_reason", align=Align.LEFT),
        ]
    return cells


def _total(row: int) -> list[GridCell]:
    return [
        label(row, 0, "总分", columns=5),
        value(row, 5, "100.00", "total.points"),
        value(row, 6, "97.97", "total.score"),
        label(row + 1, 0, "评分等级", columns=2),
        value(row + 1, 2, "优", "head.grade", columns=6),
    ]


def declaration(rows: int = 4) -> FormGrid:
    """Return a form as C1 has it: a name that stands upright beside all indicators, and their head as well."""
    cells = [
        label(0, 0, "项目名称"),
        value(0, 1, "党建经费", "head.project_name", columns=2),
        label(0, 3, "项目资金\n(元)"),
        GridCell(
            0,
            4,
            "1,217,200.00（2024-01-01至2024-12-31）",
            columns=2,
            kind=CellKind.VALUE,
            align=Align.RIGHT,
            fields=(
                Field("funding-年度资金-年度资金申请总额.adjusted_budget", "1,217,200.00"),
                Field("head.planned_start", "2024-01-01"),
                Field("head.planned_end", "2024-12-31"),
            ),
        ),
        label(1, 0, "绩效指标", rows=rows + 1, vertical=True),
        label(1, 1, "一级指标"),
        label(1, 2, "二级指标"),
        label(1, 3, "三级指标"),
        label(1, 4, "年度(/项目)指标值", columns=2),
        value(2, 1, "产出指标", "i-00000000.level1", rows=rows),
        value(2, 2, "数量指标", "i-00000000.level2", rows=rows),
    ]
    for number in range(rows):
        cells += [
            value(2 + number, 3, f"走访慰问 第{number}项", f"i-{number:08x}.name", align=Align.LEFT),
            value(2 + number, 4, "=100.00(%)", f"i-{number:08x}.target", columns=2),
        ]
    head = (("", 1), ("一级指标", 1), ("二级指标", 1), ("三级指标", 1), ("年度(/项目)指标值", 2))
    grid = Grid(tuple(cells), widths=(16, 25, 25, 62, 23, 23), repeated=head)
    return FormGrid("财政项目支出绩效目标申报表", "(2024年度)", (grid,), "2024/某某/党建经费", "C1")


def small(text: str, *, name: str = "head.project_name", above: tuple[str, ...] = ()) -> FormGrid:
    """Return a form of one line, for the text of one cell."""
    return FormGrid("表", "", (Grid((label(0, 0, "项目名称"), value(0, 1, text, name)), above=above),), "2024/某某/小")
