"""The general layout prints a form's own words: its labels and the order of its columns, as authored."""

from pathlib import Path

from tests.form_grid import form_grids
from tests.site_tools import PROJECT, build, copied, document

RECORD = """表样: 项目支出绩效监控表
版式: 通用
年度: 2024
项目名称: 示例项目
预算单位: 示例单位
项目资金:
  单位: 万元
  合计: {上年预算数: 40, 上年执行数: 30, 预算数: 50, 调整后预算数: 48, 1-7月执行数: 20, 支出数: {原文: 约50}}
绩效指标:
  - {二级指标: 数量, 指标名称: 场次, 权重: 90, 目标值: 4场, 1-7月完成值: 2场}
"""


def built(tmp_path: Path) -> Path:
    project = copied(PROJECT, tmp_path / "project")
    (project / "content/records/2024/xidu/jiankong.yaml").write_text(RECORD, encoding="utf-8")
    assert build(project, tmp_path / "site").published
    return tmp_path / "site/records/2024/xidu/jiankong.html"


def test_columns_keep_their_printed_names_and_order(tmp_path: Path) -> None:
    page = built(tmp_path)
    _, money, indicators = form_grids(page.read_text(encoding="utf-8"))

    assert money.shape(0) == "资金 | 上年预算数 | 上年执行数 | 预算数 | 调整后预算数 | 1-7月执行数 | 支出数"
    assert money.shape(1) == "合计 | 40 | 30 | 50 | 48 | 20 | 约50"
    assert indicators.shape(0) == "二级指标 | 指标名称 | 权重 | 目标值 | 1-7月完成值"


def test_fields_of_the_head_keep_their_printed_names(tmp_path: Path) -> None:
    assert "预算单位" in document(built(tmp_path)).text


def test_words_in_the_place_of_a_number_are_kept_and_not_counted(tmp_path: Path) -> None:
    text = document(built(tmp_path)).text

    assert "约50" in text
    assert "全年执行数或全年预算数没有印出数字" not in text
