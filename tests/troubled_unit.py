"""A unit whose forms raise more questions than one page holds, all of them with names as long as they come."""

from pathlib import Path

from tests.site_tools import write_files

UNIT = "上海市某某区某某街道办事处社区公共事务与综合治理服务保障中心（含下属事业单位及派出机构汇总）"
SLUG = "shanghai-moumou-jiedao-zonghe-zhili-fuwu-baozhang-zhongxin"
YEAR = "2024"
_PROJECT = "社区公共服务设施运行维护与居民群众文化体育活动综合保障专项经费（含上年结转及区级补助资金部分）"
_INDICATOR = "面向辖区全体居民开展公共文化配送和群众性体育健身活动的组织场次与覆盖人次综合完成情况"
_LATIN = "ISO9001-QUALITY-MANAGEMENT-SYSTEM-CERTIFICATION-RENEWAL-AND-MAINTENANCE"


def write_troubled_unit(project: Path, *, projects: int = 12, rows: int = 4) -> Path:
    """Write a project with one unit, its declarations and its self-evaluations; return its folder."""
    files = [
        ("mkdocs.yml", _MKDOCS),
        ("content/pages/about.md", "# 关于\n\n测试。\n"),
        ("content/registry/units.yaml", f"主管部门: {{}}\n单位:\n  {SLUG}:\n    名称: {UNIT}\n    别名: []\n"),
    ]
    for number in range(1, projects + 1):
        name = f"zonghe-baozhang-zhuanxiang-jingfei-han-shangnian-jiezhuan-ji-quji-buzhu-{number:02}"
        folder = f"content/records/{YEAR}/{SLUG}/{name}"
        files += [(f"{folder}.target.yaml", _declaration(number, rows)), (f"{folder}.yaml", _evaluation(number, rows))]
    return write_files(project, files)


_MKDOCS = """\
site_name: 某某市预算绩效信息公开平台（区级部门及街道乡镇汇总）
site_url: https://jixiao.example.gov.cn/very/long/path/of/the/disclosure/platform/
docs_dir: content/pages
use_directory_urls: false
theme: {name: material, language: zh, font: false, palette: {scheme: default, primary: custom, accent: custom}}
plugins: [jixiao]
"""


def _name(number: int) -> str:
    return f"{_LATIN} {_PROJECT}{number}" if number % 3 == 0 else f"{_PROJECT}{number}"


def _declaration(number: int, rows: int) -> str:
    indicators = "".join(
        f"      - {{三级指标: {_INDICATOR}{row}, 年度指标值: ≥{row + 20}.00(场次)}}\n" for row in range(rows)
    )
    return f"""\
表样: 财政项目支出绩效目标申报表
版式: C1
年度: {YEAR}
项目名称: {_name(number)}
主管部门: 某某街道
实施单位: {UNIT}
项目资金:
  单位: 元
  年度资金: {{年度资金申请总额: "22,551,226.73", 当年财政拨款: "22,551,226.73"}}
年度总体目标: {{预期目标: 开展活动。}}
绩效指标:
  产出指标:
    数量指标:
{indicators}      - {{三级指标: 取消的指标, 年度指标值: ≥3.00(次)}}
"""


def _evaluation(number: int, rows: int) -> str:
    indicators = "".join(
        f"      - {{三级指标: {_INDICATOR}{row}, 年度指标值: ≥{row + 10}.00(场次), 实际完成值: {row + 1}.00(场次), "
        f"分值: 10.00, 得分: 5.00, 偏差原因: }}\n      - {{三级指标: {_INDICATOR}的及时程度{row}, "
        f"年度指标值: ≥{row + 1}.00(次), 实际完成值: 达成指标, 分值: 2.00, 得分: 2.00, 偏差原因: }}\n"
        for row in range(rows)
    )
    return f"""\
表样: 财政项目支出绩效自评表
版式: A1
年度: {YEAR}
项目名称: {_name(number)}
主管部门: 某某街道
实施单位: {UNIT}
项目资金:
  单位: 元
  年度资金总额: {{年初预算数: "22,551,226.73", 全年预算数: "{number},551,226.73", 全年执行数: "{number},151,226.73", 分数: 10.00, 执行率: 12.34, 得分: 10.00}}
年度总体目标:
  预期目标: 开展活动。
  实际完成情况: 已经开展。
绩效指标:
  产出指标:
    数量指标:
{indicators}总分: {{分值: 100.00, 得分: 99.00}}
评分等级: 优
"""
