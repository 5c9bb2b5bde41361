"""The sheet of questions: what it asks, where it points, and that it knows when to stop."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from generator.plan.question import Question
from generator.plan.question_sheet import MOST, Around, fitted
from generator.plan.questions import KINDS
from tests.site_tools import Document, build, write_files
from tests.troubled_unit import SLUG, YEAR, write_troubled_unit

_CONFIGURATION = """\
site_name: 示例公开网
site_url: https://example.org/gongkai/
docs_dir: content/pages
use_directory_urls: false
theme: {name: material, language: zh, font: false}
plugins: [jixiao]
"""

_FINE = """\
表样: 财政项目支出绩效自评表
版式: A1
年度: 2023
项目名称: 图书采购
主管部门: 示例街道
实施单位: 示例中心
项目资金:
  单位: 元
  年度资金总额: {年初预算数: 100000.00, 全年预算数: 100000.00, 全年执行数: 100000.00, 分数: 10.00, 执行率: 100.00, 得分: 10.00}
年度总体目标: {预期目标: 采购图书 200 册。, 实际完成情况: 采购图书 210 册。}
绩效指标:
  产出指标:
    数量指标:
      - {三级指标: 采购册数, 年度指标值: ≥200册, 实际完成值: 210册, 分值: 90, 得分: 90}
总分: {分值: 100.00, 得分: 100.00}
评分等级: 优
"""

_ASKED = """\
表样: 财政项目支出绩效自评表
版式: A1
年度: 2024
项目名称: 图书采购
主管部门: 示例街道
实施单位: 示例中心
项目资金:
  单位: 万元
  年度资金总额: {年初预算数: 94.60, 全年预算数: 61.05, 全年执行数: 30.00, 分数: 10.00, 执行率: 80.00, 得分: 10.00}
年度总体目标: {预期目标: 采购图书。, 实际完成情况: 已经采购。}
绩效指标:
  产出指标:
    数量指标:
      - {三级指标: 采购册数, 年度指标值: ≥150册, 实际完成值: 120册, 分值: 30, 得分: 24}
      - {三级指标: 讲座场次, 年度指标值: ≥4场, 实际完成值: 达成指标, 分值: 30, 得分: 30}
      - {三级指标: 活动场次, 年度指标值: ≥4场, 实际完成值: 4场, 分值: 30, 得分: 25, 偏差原因: 多雨}
总分: {分值: 100.00, 得分: 89.00}
评分等级: 良
"""

_DECLARED = """\
表样: 财政项目支出绩效目标申报表
版式: C1
年度: 2024
项目名称: 图书采购
主管部门: 示例街道
实施单位: 示例中心
项目资金:
  单位: 万元
  年度资金: {年度资金申请总额: 94.60, 当年财政拨款: 94.60}
年度总体目标: {预期目标: 采购图书。}
绩效指标:
  产出指标:
    数量指标:
      - {三级指标: 采购册数, 年度指标值: ≥200册}
      - {三级指标: 讲座场次, 年度指标值: ≥4场}
      - {三级指标: 活动场次, 年度指标值: ≥4场}
      - {三级指标: 流动服务点, 年度指标值: ≥2个}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a site with a year that raises a question of each kind, and one that raises none."""
    folder = tmp_path_factory.mktemp("questions")
    files = [
        ("mkdocs.yml", _CONFIGURATION),
        ("content/pages/about.md", "# 关于\n"),
        ("content/records/2023/shili/tushu.yaml", _FINE),
        ("content/records/2024/shili/tushu.yaml", _ASKED),
        ("content/records/2024/shili/tushu.target.yaml", _DECLARED),
    ]
    assert build(write_files(folder / "project", files), folder / "site").published
    return folder / "site"


def sheet(site: Path, path: str) -> Document:
    return Document((site / path).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“图书采购”年初预算数 94.60 万元，全年预算数 61.05 万元，减少约 35.47%（本站计算），表里没有说明原因。为什么调整？", "tushu.yaml 第 9 行"),
        ("“图书采购”全年预算数 61.05 万元，全年执行数 30.00 万元，执行率约 49.14%（本站计算），表里没有说明原因。为什么没有用完？", "tushu.yaml 第 9 行"),
        ("“图书采购”的“采购册数”指标值“≥150册”、完成值“120册”，30 分得 24 分，表里没有写原因。为什么没有达到？", "tushu.yaml 第 14 行"),
        ("“图书采购”的“采购册数”申报时的指标值是“≥200册”，自评表上是“≥150册”。为什么降低？", "tushu.yaml 第 14 行"),
        ("“图书采购”申报时有“流动服务点”（指标值“≥2个”），自评表上没有。为什么取消？", "tushu.target.yaml 第 17 行"),
        ("“图书采购”：“年度资金总额”的执行率与金额不符：印作 80.00，按同一行的金额计算是 49.14%。哪个数是对的？", "tushu.yaml 第 9 行"),
        ("“图书采购”的“讲座场次”指标值“≥4场”、完成值“达成指标”。实际完成了多少？", "tushu.yaml 第 15 行"),
    ],
)  # fmt: skip
def test_a_question_has_its_figures_as_printed_and_the_line_they_stand_on(site: Path, text: str, source: str) -> None:
    page = sheet(site, "questions/shili/2024.html")
    lines = {" ".join(line.split()) for line in page.text.splitlines()}

    assert f"{text} 原表 {source}" in lines


def test_an_explained_deduction_is_not_asked_about(site: Path) -> None:
    assert "活动场次" not in sheet(site, "questions/shili/2024.html").text


def test_every_question_leads_to_its_place_on_a_page(site: Path) -> None:
    page = sheet(site, "questions/shili/2024.html")
    targets = [link.target for link in page.links if "records/2024/shili" in link.target]

    assert len(targets) >= 7
    for target in targets:
        path, _, anchor = target.partition("#")
        record = sheet(site, path.removeprefix("../../"))
        assert anchor in record.ids, target


def test_a_year_without_questions_says_so_and_praises_nothing(site: Path) -> None:
    text = sheet(site, "questions/shili/2023.html").text

    assert "按固定的办法没有查出可以列在这里的问题。没有查出不等于没有问题。" in text
    assert "合格" not in text


def test_the_sheet_is_reached_from_the_unit_and_from_each_of_its_records(site: Path) -> None:
    unit = [link.target for link in sheet(site, "units/shili.html").links]
    record = [link.target for link in sheet(site, "records/2024/shili/tushu.html").links]

    assert {"../questions/shili/2024.html", "../questions/shili/2023.html"} <= set(unit)
    assert "../../../questions/shili/2024.html" in record


def test_the_paper_names_the_site_and_the_address(site: Path) -> None:
    text = "".join(sheet(site, "questions/shili/2024.html").text.split())

    assert "示例公开网https://example.org/gongkai/questions/shili/2024.html" in text
    assert "文件在content/records/2024/shili/下" in text


def test_what_does_not_fit_is_counted_and_found_elsewhere(tmp_path: Path) -> None:
    project = write_troubled_unit(tmp_path / "project")
    assert build(project, tmp_path / "site").published

    page = sheet(tmp_path / "site", f"questions/{SLUG}/{YEAR}.html")
    (total, shown) = map(int, re.findall(r"共 (\d+) 处可问，这里列 (\d+) 问", page.text)[0])
    left = map(int, re.findall(r"有 (\d+) 处，见", page.text))

    assert total == shown + sum(left)
    assert f"../../units/{SLUG}.html#findings" in [link.target for link in page.links]


def questions(count: int, text: str = "问") -> list[Question]:
    return [Question(text, "甲", "#a", "a.yaml", number, Decimal(0)) for number in range(count)]


AROUND = Around("单位2024年度问题单", "网站 https://example.org", "content/")


def test_the_kinds_take_turns_so_that_none_crowds_out_the_others() -> None:
    asked = [(kind, questions(50, "很长的问题" * 30)) for kind in KINDS]

    counts = [len(taken) for _, taken, _ in fitted(asked, AROUND)]

    assert max(counts) - min(counts) <= 1
    assert min(counts) >= 1


def test_a_page_with_room_is_filled_beyond_the_share_of_a_kind() -> None:
    (found,) = fitted([(next(iter(KINDS)), questions(50))], AROUND)

    assert MOST < len(found[1]) < 50
    assert len(found[1]) + found[2] == 50


def test_every_question_is_listed_where_all_go_on_the_page() -> None:
    asked = [(kind, questions(count)) for kind, count in zip(KINDS, (1, 9, 1, 8), strict=False)]

    assert [left for _, _, left in fitted(asked, AROUND)] == [0, 0, 0, 0]


def test_what_is_left_of_the_room_goes_to_the_weightiest() -> None:
    first, second, *_ = KINDS
    light = [one._replace(weight=Decimal(100 - number * 16)) for number, one in enumerate(questions(30))]
    heavy = [one._replace(weight=Decimal(10)) for one in questions(30)]

    found = fitted([(first, light), (second, heavy)], AROUND)

    assert len(found[0][1]) == MOST
    assert len(found[1][1]) > MOST


def test_long_words_around_the_questions_take_room_from_them() -> None:
    asked = [(kind, questions(6, "很长的问题" * 20)) for kind in KINDS]
    long = Around("很长的单位名称" * 20, "https://example.org/" * 20, "content/" * 20)

    assert sum(len(taken) for _, taken, _ in fitted(asked, long)) < sum(
        len(taken) for _, taken, _ in fitted(asked, AROUND)
    )


_BELOW = """\
表样: 财政项目支出绩效自评表
版式: A1
年度: 2023
项目名称: 街头巡查
主管部门: 示例街道
实施单位: 示例中心
项目资金:
  单位: 万元
  年度资金总额: {年初预算数: 10, 全年预算数: 10, 全年执行数: 10, 分数: 10, 执行率: 100, 得分: 10}
年度总体目标: {预期目标: 巡查。, 实际完成情况: 已经巡查。}
绩效指标:
  产出指标:
    数量指标:
      - {三级指标: 巡查次数, 年度指标值: ≥120次, 实际完成值: 130次, 分值: 20, 得分: 20}
      - {三级指标: 巡查里程, 年度指标值: ≥10公里, 实际完成值: 10公里, 分值: 70, 得分: 70}
总分: {分值: 100, 得分: 100}
"""
_PROMISED = """\
表样: 财政项目支出绩效目标申报表
版式: C1
年度: 2024
项目名称: 街头巡查
主管部门: 示例街道
实施单位: 示例中心
项目资金:
  单位: 万元
  年度资金: {年度资金申请总额: 10, 当年财政拨款: 10}
年度总体目标: {预期目标: 巡查。}
绩效指标:
  产出指标:
    数量指标:
      - {三级指标: 巡查次数, 年度指标值: ≥100次}
      - {三级指标: 巡查覆盖面, 年度指标值: ≥90%}
      - {三级指标: 巡查里程, 年度指标值: ≥10公里}
"""
_CONFUSED = """\
表样: 财政项目支出绩效自评表
版式: A1
年度: 2024
项目名称: 街头巡查
主管部门: 示例街道
实施单位: 示例中心
项目资金:
  单位: 万元
  年度资金总额: {年初预算数: 10, 全年预算数: 10, 全年执行数: 10, 分数: 10, 执行率: 100, 得分: 10}
年度总体目标: {预期目标: 巡查。, 实际完成情况: 已经巡查。}
绩效指标:
  产出指标:
    数量指标:
      - {三级指标: 巡查次数, 年度指标值: ≥100次, 实际完成值: 100次, 分值: 30, 得分: 30}
    质量指标:
      - {三级指标: 整改合格率, 年度指标值: ≥98%, 实际完成值: 97%, 分值: 30, 得分: 30}
      - {三级指标: 台账合格率, 年度指标值: ≥90%, 实际完成值: 未完成, 分值: 30, 得分: 30}
总分: {分值: 100.00, 得分: 100.00}
评分等级: 良
"""


@pytest.fixture(scope="module")
def confused(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """Give the sheet of a year that dropped targets and says contrary things of the same values."""
    folder = tmp_path_factory.mktemp("confused")
    files = [
        ("mkdocs.yml", _CONFIGURATION),
        ("content/pages/about.md", "# 关于\n"),
        ("content/records/2023/shili/xuncha.yaml", _BELOW),
        ("content/records/2024/shili/xuncha.target.yaml", _PROMISED),
        ("content/records/2024/shili/xuncha.yaml", _CONFUSED),
    ]
    assert build(write_files(folder / "project", files), folder / "site").published
    return sheet(folder / "site", "questions/shili/2024.html")


def test_a_dropped_target_comes_before_one_below_last_year_and_weighs_what_it_was_worth(confused: Document) -> None:
    text = confused.text
    places = [text.index(words) for words in ("申报时有“巡查里程”", "申报时有“巡查覆盖面”", "“巡查次数”2023 年完成")]

    assert places == sorted(places)


def test_one_fact_is_asked_about_once_as_the_gravest(confused: Document) -> None:
    asked = [line for line in map(str.strip, confused.text.splitlines()) if line.startswith("“街头巡查”")]

    (improved,) = (line for line in asked if "整改合格率" in line)
    (listed,) = (line for line in asked if "台账合格率" in line)

    assert "却得满分" in improved
    assert "怎样解释？" in improved
    assert "怎样解释？" in listed


def test_a_grade_is_asked_about_with_the_band_it_breaks(confused: Document) -> None:
    assert "总得分 100.00，等级印作“良”，按规则包的界限应是“优”（“良”须 80 ≤ 总得分 < 90）。怎样解释？" in confused.text
