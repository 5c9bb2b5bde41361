"""A small site whose figures ask of charts what they seldom have to draw: more than all, nothing, less than nothing."""

from pathlib import Path

from tests.site_tools import build, write_files

_CONFIGURATION = """\
site_name: 图的示例
docs_dir: content/pages
theme: {name: material, palette: [
  {media: "(prefers-color-scheme: light)", scheme: default, primary: custom, accent: custom, toggle: {icon: material/weather-sunny, name: 切换到深色}},
  {media: "(prefers-color-scheme: dark)", scheme: slate, primary: custom, accent: custom, toggle: {icon: material/weather-night, name: 切换到浅色}}]}
plugins: [jixiao]
"""

_FORM = """\
表样: 财政项目支出绩效自评表
版式: A1
年度: {year}
项目名称: {name}
主管部门: 某局
实施单位: 某中心
项目资金:
  单位: 万元
  年度资金总额: {{年初预算数: {initial}, 全年预算数: {adjusted}, 全年执行数: {executed}, 分数: 10, 执行率: "", 得分: {execution}}}
年度总体目标: {{预期目标: 按计划完成。, 实际完成情况: 已经完成。}}
绩效指标:
  产出指标:
    数量指标:
      - {{三级指标: 开展次数, 年度指标值: ≥5次, 实际完成值: 6次, 分值: 50, 得分: {output}}}
  效益指标:
    社会效益指标:
      - {{三级指标: 知晓率, 年度指标值: ≥80%, 实际完成值: 85%, 分值: 40, 得分: {benefit}}}
总分: {{分值: 100, 得分: {total}}}
"""

_NAMES = {"road": "道路养护", "park": "公园绿地日常养护和设施维修更新以及节假日景观布置项目", "refund": "退款"}
_RECORDS = (
    # year, project, initial, adjusted, executed, execution, output, benefit, total
    ("2020", "road", "100.00", "80.00", "60.00", "5", "45", "40", "90"),
    ("2021", "road", "100.00", "120.00", "0", "0", "50", "36", "86"),
    ("2024", "road", "100.00", "120.00", "150.00", "10", "55", "40", "105"),
    ("2024", "park", '""', "33.50", "33.50", "10", '"-"', "39.5", "99.5"),
    ("2024", "refund", "75", "75", "-25", "0", "50", "40", "90"),
)
ROAD_2020, ROAD_2024, PARK, REFUND = (
    f"records/{name}.html"
    for name in ("2020/center/road", "2024/center/road", "2024/center/park", "2024/center/refund")
)
PROJECT_PAGE, UNIT_PAGE = "projects/center/road.html", "units/center.html"


def build_drawn_site(folder: Path) -> Path:
    """Build it below a folder and return where it stands."""
    project = folder / "project"
    files = {"mkdocs.yml": _CONFIGURATION, "content/pages/about.md": "# 说明\n"}
    fields = ("initial", "adjusted", "executed", "execution", "output", "benefit", "total")
    for year, key, *figures in _RECORDS:
        text = _FORM.format(year=year, name=_NAMES[key], **dict(zip(fields, figures, strict=True)))
        files[f"content/records/{year}/center/{key}.yaml"] = text
    write_files(project, files.items())
    report = build(project, folder / "site")
    assert report.published, "\n".join(map(str, report.findings))
    return folder / "site"
