"""A site to search and compare in: the project's own content, one of its projects over three years, and small records."""

from pathlib import Path

from tests.site_tools import PROJECT, build, copied, write_files

UNIT = "xinzhuang"
RECORD = "records/{year}/xinzhuang/liangxin.html"
IDS = {year: f"{year}/{UNIT}/liangxin" for year in ("2022", "2023", "2024")}

_EARLIER = (
    # The same amounts in another unit, but for what was spent.
    ("单位: 万元", "单位: 元"),
    (
        "{年初预算数: 94.60, 全年预算数: 61.05, 全年执行数: 61.05,",
        '{年初预算数: "946,000.00", 全年预算数: "610,500.00", 全年执行数: "580,000.00",',
    ),
    ("执行率: 100.00, 得分: 10.00", "执行率: 100.00%, 得分: 10"),
    # An indicator less reached, one without a value, one with a zero instead of a reason, one called otherwise.
    ("年度指标值: ≥2.00(次)\n        实际完成值: 4.00(次)", "年度指标值: ≥2(次)\n        实际完成值: 3.00(次)"),
    ("年度指标值: ≤130.00(元/人次)\n        实际完成值: 130.00(元/人次)", "年度指标值: ≤130.00(元/人次)\n        实际完成值:"),
    ("年度指标值: 提高\n        实际完成值: 达成指标", '年度指标值: 提高\n        实际完成值: "-"'),
    ("两新党支部书记津贴发放及时性", "津贴发放及时率"),
    # The same indicator below another level, and one that counts something else.
    ("    可持续影响指标:", "    生态效益指标:"),
    ("年度指标值: ≥80.00(%)\n        实际完成值: 90.00(%)", "年度指标值: ≥80.00(分)\n        实际完成值: 90.00(分)"),
    ("得分: 97.00", "得分: 96.00"),
)  # fmt: skip

_SMALL = """\
表样: 财政项目支出绩效自评表
年度: {year}
项目名称: 小项目{number}
主管部门: 新虹街道
实施单位: 新虹街道社区党群服务中心
项目资金:
  单位: 元
  年度资金总额: {{年初预算数: "{amount}", 全年预算数: "{amount}", 全年执行数: "{amount}", 分值: 10, 执行率: 100.00, 得分: 10}}
年度总体目标:
  预期目标: {text}
绩效指标:
  产出指标:
    数量指标:
      - {{三级指标: 走访户数, 年度指标值: ≥5(户), 实际完成值: 6(户), 分值: 90, 得分: 90}}
总分: {{分值: 100, 得分: 100}}
"""

SMALL = 14
"""How many small records there are; of every second one the text has 河道 and 道保 but not 河道保."""


def small_text(number: int) -> str:
    """Return what a small record says."""
    return "清理河道保洁" if number % 2 else "疏通河道，修人行道保畅通"


def _small(number: int) -> str:
    year = 2023 + number % 2
    return _SMALL.format(year=year, number=number, amount=f"{number},234,567.89", text=small_text(number))


def _dashed() -> str:
    """Return a small record that has a dash and nothing where the others have amounts."""
    text = _small(2).replace("项目名称: 小项目2", "项目名称: 横线金额")
    text = text.replace('年初预算数: "2,234,567.89"', '年初预算数: "-"').replace('全年执行数: "2,234,567.89", ', "")
    return text.replace(small_text(2), "绿化").replace("走访户数", "植树棵数").replace("(户)", "(棵)")


def build_found_site(folder: Path) -> Path:
    """Build the site into a folder and return it."""
    project = copied(PROJECT, folder / "project")
    records = project / "content/records"
    text = (records / "2024/xinzhuang/liangxin.yaml").read_text(encoding="utf-8")
    earlier = text.replace("2024", "2023")
    for before, after in _EARLIER:
        assert before in earlier, before
        earlier = earlier.replace(before, after)
    liangxin = {"2022": text.replace("2024", "2022"), "2023": earlier}
    write_files(records, ((f"{year}/xinzhuang/liangxin.yaml", found) for year, found in liangxin.items()))
    write_files(records, ((f"{2023 + n % 2}/xinhong/small-{n:02}.yaml", _small(n)) for n in range(1, SMALL + 1)))
    write_files(records, [("2023/xinhong/dash.yaml", _dashed())])
    report = build(project, folder / "site")
    assert report.published, "\n".join(map(str, report.findings))
    return folder / "site"
