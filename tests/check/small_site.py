"""A small site with faults of every sort, for the tests of the command."""

from pathlib import Path

CONFIG = """\
site_name: 试验站
docs_dir: content/pages
theme: {name: material}
plugins: [jixiao]
"""

UNITS = "单位:\n  shili: {名称: 示例街道社区服务中心}\n"

WRONG_RATE = """\
# 作者自己的说明，改正时不能动
表样: 财政项目支出绩效自评表
年度: 2024
项目名称: 示例项目
主管部门: 示例街道办事处
实施单位: 示例街道社区服务中心
项目资金:
  单位: 万元
  年度资金总额: {全年预算数: 61.05, 全年执行数: 58.00, 执行率: 96.00}
年度总体目标: 开展示例服务 12 次。
绩效指标:
  产出指标:
    数量指标:
      - {三级指标: 示例服务次数, 年度指标值: ≥12次, 实际完成值: 12次, 分值: 10, 得分: 10}
总分: {分值: 10, 得分: 10}
"""

RIGHT_RATE = WRONG_RATE.replace("96.00", "95.00").replace("示例项目", "另一个项目")

SLIPS = """\
# 数字照原表
表样: 财政项目支出绩效自评表
年度:2024
项目名称：示\u200b例项目
主管部门: 示例街道办事处   # 见封面
实施单位: 示例街道社区服务中心
项目资金: {单位: 元, 年度资金总额: {全年预算数: 100000.00, 全年执行数: 100000.00}}
年度总体目标: 开展示例服务 12 次。
绩效指标:
\t产出指标:
\t\t数量指标:
\t\t\t- 三级指标: 示例服务人次
\t\t\t  年度指标值: >2000人
总分: {分值: 100}
"""

MENDED = """\
# 数字照原表
表样: 财政项目支出绩效自评表
年度: 2024
项目名称: 示例项目
主管部门: 示例街道办事处   # 见封面
实施单位: 示例街道社区服务中心
项目资金: {单位: 元, 年度资金总额: {全年预算数: 100000.00, 全年执行数: 100000.00}}
年度总体目标: 开展示例服务 12 次。
绩效指标:
  产出指标:
    数量指标:
      - 三级指标: 示例服务人次
        年度指标值: ">2000人"
总分: {分值: 100}
"""


def make_site(project: Path, **records: str) -> Path:
    """Write a project with records of the unit `shili`, by name."""
    files = {
        "mkdocs.yml": CONFIG,
        "content/pages/about.md": "# 关于\n",
        "content/registry/units.yaml": UNITS,
        **{f"content/records/2024/shili/{name}.yaml": text for name, text in records.items()},
    }
    for name, text in files.items():
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return project
