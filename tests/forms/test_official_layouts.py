"""The official forms row by row: labels, order and merged cells as printed.

A row is written as drawn: `→3` is merged over three columns, `↓5` over five rows.
"""

from pathlib import Path

import pytest

from tests.form_grid import Grid, form_grids


def grid_of(site: Path, record: str) -> Grid:
    (grid,) = form_grids((site / f"records/{record}.html").read_text(encoding="utf-8"))
    return grid


def shapes(grid: Grid, rows: range) -> list[str]:
    return [grid.shape(number) for number in rows]


@pytest.mark.parametrize(
    ("record", "width", "rows"),
    [
        ("2024/xinzhuang/liangxin", 8, 12 + 15),
        ("2024/xinzhuang/dangqun", 8, 12 + 13),
        ("2023/jiuliting/dangqun", 9, 11 + 41),
        ("2023/jiuliting/zizhi", 9, 11 + 6),
        ("2023/xinhong/zhengti", 9, 13 + 52),
        ("2024/xidu/dangjian", 6, 10 + 54),
        ("2024/xidu/zhuanhu", 6, 10 + 3),
        ("2024/xidu/yizhan", 6, 10 + 11),
    ],
)
def test_a_form_is_one_rectangle_of_its_official_size(own_site: Path, record: str, width: int, rows: int) -> None:
    grid = grid_of(own_site, record)

    assert grid.is_rectangular()
    assert (grid.width, grid.height) == (width, rows)


def test_a1_self_evaluation(own_site: Path) -> None:
    grid = grid_of(own_site, "2024/xinzhuang/dangqun")
    last = grid.height - 1

    assert shapes(grid, range(8)) == [
        "项目名称 | 社区党群服务中心工作 →7",
        "主管部门 | 上海市莘庄工业区管理委员会(汇总) →3 | 实施单位 | 上海市莘庄工业区社区党群服务中心 →3",
        "项目资金(万元) ↓5 |  | 年初预算数 | 全年预算数 | 全年执行数 | 分数 | 执行率(%) | 得分",
        "年度资金总额: | 417.32 | 470.26 | 468.77 | 10.00 | 99.68 | 9.97",
        "其中: 当年财政拨款 | 417.32 | 470.26 | 468.77 | - | 99.68 | -",
        "上年结转资金 | 0.00 | 0.00 | 0.00 | - | 0.00 | -",
        "其他资金 | 0.00 | 0.00 | 0.00 | - | 0.00 | -",
        "年度总体目标 ↓2 | 预期目标 →3 | 实际完成情况 →4",
    ]
    assert [(columns, rows) for _, columns, rows in grid.rows[8]] == [(3, 1), (4, 1)]
    assert shapes(grid, range(9, 13)) == [
        "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施",
        "成本指标 ↓3 | 经济成本指标 ↓3 | 党群阵地主题活动费用标准 | ≤80.00(元/人) | 80.00(元/人) | 5.00 | 5.00 |",
        "困难党员、老党员走访慰问补助标准 | =2000.00(元/人) | 2000.00(元/人) | 5.00 | 5.00 |",
        "宣传品制作费用标准 | ≤15.00(元/份) | 14.50(元/份) | 5.00 | 5.00 |",
    ]
    assert shapes(grid, range(last - 1, last + 1)) == ["总分 →5 | 100.00 | 97.97 |", "评分等级 →2 | 优 →6"]


def test_a2_self_evaluation(own_site: Path) -> None:
    grid = grid_of(own_site, "2023/jiuliting/dangqun")

    assert shapes(grid, range(8)) == [
        "项目名称 | 党群综合服务 →8",
        "主管部门 | 上海市松江区人民政府九里亭街道办事处 →3 | 实施单位 →2 | 上海市松江区九里亭街道社区党群服务中心 →3",
        "项目资金（元） ↓5 | →2 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分",
        "年度资金总额 →2 | 925000.00 | 815826.17 | 815,826.17 | 10 | 100.00% | 10",
        "其中：当年财政拨款 →2 | 925000 | 815826.17 | 815826.17 | — |  |",
        "上年结转资金 →2 | 0 0 →3 | — |  |",
        "其他资金 →2 | 0 0 →3 | — |  |",
        "年度总体目标 ↓2 | 预期目标 →4 | 实际完成情况 →4",
    ]
    assert [(columns, rows) for _, columns, rows in grid.rows[8]] == [(4, 1), (4, 1)]
    assert shapes(grid, range(9, 12)) == [
        "绩效指标 ↓42 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施",
        "产出指标 ↓25 | 数量指标 ↓9 | 体检人数 | =28人 | =28人 | 2 | 2 |",
        "参与两新活动支部数量 | =28个 | =28个 | 3 | 3 |",
    ]
    assert grid.shape(grid.height - 1) == "总分 →6 | 100 | 99 |"


def test_b1_department_evaluation(own_site: Path) -> None:
    grid = grid_of(own_site, "2023/xinhong/zhengti")

    assert shapes(grid, range(2)) == [
        "街镇名称 | 新虹街道 →2 | 下属单位个数 | 0 →5",
        "所属部门 | 新虹街道社区党群服务中心 →2 | — | →5",
    ]
    assert [(columns, rows) for _, columns, rows in grid.rows[2]] == [(1, 1), (8, 1)]
    assert shapes(grid, range(3, 9)) == [
        "整体支出规模 ↓5 |  | 全年预算数 | 全年执行数 | 执行率 →5",
        "资金来源：(1)财政拨款 | 22,551,226.73 | 22,498,653.69 | 99.77% →5",
        "(2)其他资金 |  |  | →5",
        "资金结构：(1)基本支出 | 15,144,777.40 | 15,120,404.36 | 99.84% →5",
        "(2)项目支出 | 7,406,449.33 | 7,378,249.33 | 99.62% →5",
        "年度总体目标 ↓2 | 年初设定目标 →2 | 全年完成情况 →6",
    ]
    assert [(columns, rows) for _, columns, rows in grid.rows[9]] == [(2, 1), (6, 1)]
    assert shapes(grid, range(10, 14)) == [
        "分解目标自评 →9",
        "一级指标 | 一级权重 | 二级指标 | 三级指标 | 分值 | 年度指标值 | 全年完成值 | 偏差及原因分析 | 自评分",
        "投入管理指标 ↓14 | 30 ↓14 | 预算编管管理 ↓2 | 预算编制依据充分性 | 2 | 充分 | 充分 |  | 2",
        "预算调整率 | 2 | ≤10% | ≥10% | 部分预算实际发生数不足 | 0",
    ]
    assert grid.shape(grid.height - 1) == "| 100 | 总分 →2 | 100 | →3 | 93"
    weights = dict.fromkeys((grid.places[row, 0], grid.places[row, 1]) for row in range(12, grid.height - 1))
    assert list(weights) == [("投入管理指标", "30"), ("产出指标", "25"), ("效果指标", "35"), ("满意度指标", "10")]


def test_c1_target_declaration(own_site: Path) -> None:
    grid = grid_of(own_site, "2024/xidu/zhuanhu")

    assert shapes(grid, range(grid.height)) == [
        "项目名称 | 专户项目经费 | 项目性质 | 其他经常性项目 | 项目类别 | 特定目标类",
        "主管部门 | 上海市奉贤区人民政府西渡街道办事处 | 实施单位 | 上海市奉贤区西渡街道社区党群服务中心 →3",
        "计划开始日期 | 2024-01-01 | 计划完成日期 | 2024-12-31 →3",
        "项目资金 (元) ↓4 | 项目资金总额 |  | 年度资金申请总额 | 100,000.00 →2",
        "其中：财政资金 ↓2 | ↓2 | 其中：当年财政拨款 | 0.00 →2",
        "上年结转资金 | 0.00 →2",
        "其他资金 |  | 其他资金 | 100,000.00 →2",
        "项目绩效目标 ↓2 | 项目总目标 →2 | 年度总体目标 →3",
        "→2 | 完成2024年专户项目工作。 →3",
        "绩效指标 ↓4 | 一级指标 | 二级指标 | 三级指标 | 年度(/项目)指标值 →2",
        "产出指标 ↓2 | 数量指标 | 工作完成率 | =100.00(%) →2",
        "质量指标 | 工作达标率 | =100.00(%) →2",
        "效益指标 | 可持续影响指标 | 长效管理机制健全性 | 建立健全 →2",
    ]


@pytest.mark.parametrize(
    ("record", "levels"),
    [
        (
            "2024/xinzhuang/liangxin",
            [
                "成本指标›经济成本指标",
                "产出指标›数量指标",
                "产出指标›质量指标",
                "产出指标›时效指标",
                "效益指标›社会效益指标",
                "效益指标›可持续影响指标",
                "满意度指标›服务对象满意度指标",
            ],
        ),
        (
            "2023/jiuliting/zizhi",
            [
                "产出指标›数量指标",
                "产出指标›质量指标",
                "产出指标›时效指标",
                "效益指标›经济效益指标",
                "效益指标›生态效益指标",
                "满意度指标›服务对象满意度指标",
            ],
        ),
    ],
)
def test_levels_stand_in_the_order_of_the_form(own_site: Path, record: str, levels: list[str]) -> None:
    grid = grid_of(own_site, record)
    first = next(row for row in range(grid.height) if "二级指标" in grid.row(row))
    left = grid.row(first).index("一级指标")
    total = next(row for row in range(grid.height) if grid.row(row)[0] == "总分")
    found = dict.fromkeys(f"{grid.places[row, left]}›{grid.places[row, left + 1]}" for row in range(first + 1, total))

    assert list(found) == levels


@pytest.mark.parametrize(
    ("record", "title", "period"),
    [
        ("2024/xinzhuang/liangxin", "财政项目支出绩效自评表", "(2024年度)"),
        ("2023/jiuliting/zizhi", "财政项目支出绩效自评表", "(2023 年度)"),
        ("2023/xinhong/zhengti", "部门（单位）整体支出绩效自评表", "申报时段：(2023年1月-2023年12月)"),
        ("2024/xidu/yizhan", "财政项目支出绩效目标申报表", "(2024年度)"),
    ],
)
def test_title_and_period_stand_above_the_table(own_site: Path, record: str, title: str, period: str) -> None:
    html = (own_site / f"records/{record}.html").read_text(encoding="utf-8")

    assert f'<p class="form-title">{title}</p><p class="form-period">{period}</p>' in html
