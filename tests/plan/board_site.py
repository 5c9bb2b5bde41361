"""A small site in which every board has something to show."""

from pathlib import Path

from tests.site_tools import write_files

_CONFIG = "site_name: 试验站\ndocs_dir: content/pages\nuse_directory_urls: false\ntheme: {name: material, language: zh, font: false}\nplugins: [jixiao]\n"
_UNITS = """\
主管部门:
  zhen: {名称: 东溪镇人民政府}
单位:
  dongxi: {名称: 东溪镇文化中心, 主管部门: zhen}
  nanwan: {名称: 南湾镇农业站, 主管部门: zhen}
  xiqiao: {名称: 西桥镇水务站}
"""
_EVALUATION = """\
表样: 财政项目支出绩效自评表
版式: A1
年度: {year}
项目名称: {name}
主管部门: 东溪镇人民政府
实施单位: {unit}
项目资金:
  单位: 万元
  年度资金总额: {{{money}}}
年度总体目标: {{预期目标: 办好{name}。, 实际完成情况: {name}已办。}}
绩效指标:
  产出指标:
    数量指标:
{rows}
总分: {total}
评分等级: 优
"""


def evaluation(
    name: str,
    *,
    money: str,
    rows: tuple[str, ...],
    total: str,
    year: int = 2024,
    unit: str = "东溪镇文化中心",
    more: str = "",
) -> str:
    """Return a self-evaluation."""
    lines = "\n".join(f"      - {{{row}}}" for row in rows)
    return _EVALUATION.format(name=name, money=money, rows=lines, total=total, year=year, unit=unit) + more


_HALF = "年初预算数: 200.00, 全年预算数: 100.00, 全年执行数: 95.00, 分值: 10, 执行率: 95.00, 得分: 10"
_SAME = "年初预算数: 60.00, 全年预算数: 60.00, 全年执行数: 60.00, 分值: 10, 执行率: 100.00, 得分: 10"
_MET = "三级指标: 演出场次, 年度指标值: ≥10场, 实际完成值: 12场, 分值: 90, 得分: 90"
_SHORT = "三级指标: 观众人次, 年度指标值: ≥2000人次, 实际完成值: 1500人次, 分值: 90, 得分: 90, 偏差原因: 雨天"
_LATER = "三级指标: 满意度, 年度指标值: ≥90%, 实际完成值: 87.5%, 分值: 90, 得分: 80"
_CHEAP = "三级指标: 每场成本, 年度指标值: 5万元, 实际完成值: 4万元, 分值: 90, 得分: 90"
RECORDS = {
    # Cut by half and then almost all of the rest spent; full marks although a target was missed.
    "2024/dongxi/yanchu": evaluation("演出", money=_HALF, rows=(_SHORT,), total="{分值: 100, 得分: 100}"),
    # Cut by more than half, but little of the rest spent.
    "2024/dongxi/zhanlan": evaluation(
        "展览", money="年初预算数: 300.00, 全年预算数: 100.00, 全年执行数: 94.99, 分值: 10, 执行率: 94.99, 得分: 9.5",
        rows=(_MET,), total="{分值: 100, 得分: 99.5}",
    ),
    # Nothing changed, everything spent, everything met.
    "2023/dongxi/yanchu": evaluation("演出", money=_SAME, rows=(_MET,), total="{分值: 100, 得分: 100}", year=2023),
    # The initial budget is a dash; the row that missed its target says no reason.
    "2024/nanwan/guangai": evaluation(
        "灌溉", unit="南湾镇农业站", money='年初预算数: "-", 全年预算数: 50.00, 全年执行数: 60.00, 分值: 10, 执行率: 120.00, 得分: 10',
        rows=(_LATER,), total="{分值: 100, 得分: 90}",
    ),
    # The executed amount cannot be read; the total is not printed whole, and less than an exact cost is no miss.
    "2023/nanwan/guangai": evaluation(
        "灌溉", unit="南湾镇农业站", year=2023,
        money="年初预算数: 40.00, 全年预算数: 50.00, 全年执行数: {无法辨认: 污渍}, 分值: 10, 执行率: 100.00, 得分: 10",
        rows=(_CHEAP,), total="100", more="来源: {发布日期: 2024-10-08}\n",
    ),
}  # fmt: skip


def write_board_site(folder: Path) -> Path:
    """Write the project."""
    files = {f"content/records/{name}.yaml": text for name, text in RECORDS.items()}
    files |= {"mkdocs.yml": _CONFIG, "content/registry/units.yaml": _UNITS, "content/pages/about.md": "# 关于\n"}
    return write_files(folder, files.items())
