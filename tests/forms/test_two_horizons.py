"""A form with long-term and annual indicators: each has its heading, and the table stays a rectangle."""

from pathlib import Path

import pytest

from tests.form_grid import form_grids
from tests.site_tools import PROJECT, build, copied

LONG_TERM = """长期绩效指标:
  产出指标:
    数量指标:
      - 三级指标: 三年内新建站点
        {target}: ≥9个
"""


@pytest.mark.parametrize(
    ("record", "target"),
    [
        ("2024/xinzhuang/liangxin.yaml", "年度指标值"),
        ("2023/jiuliting/zizhi.yaml", "年度指标值"),
        ("2023/xinhong/zhengti.yaml", "年度指标值"),
        ("2024/xidu/zhuanhu.yaml", "年度指标值"),
    ],
)
def test_each_horizon_has_its_heading(record: str, target: str, tmp_path: Path) -> None:
    project = copied(PROJECT, tmp_path / "project")
    file = project / "content/records" / record
    file.write_text(file.read_text(encoding="utf-8") + LONG_TERM.format(target=target), encoding="utf-8")

    assert build(project, tmp_path / "site").published

    page = (tmp_path / "site/records" / record).with_suffix(".html")
    (grid,) = form_grids(page.read_text(encoding="utf-8"))
    rows = [grid.shape(number) for number in range(grid.height)]
    headings = [row for row in rows if "年度绩效指标" in row or "中长期绩效指标" in row]
    assert grid.is_rectangular()
    assert [row.split(" →")[0].rsplit("| ", 1)[-1] for row in headings] == ["中长期绩效指标", "年度绩效指标"]
    assert any("三年内新建站点 | ≥9个" in row or "三年内新建站点 |  | ≥9个" in row for row in rows)
