"""The open data of the records that come with the project, and of made-up ones."""

from pathlib import Path

import pytest

from generator.export.about_files import PACKAGE_PATH
from generator.export.published import PublishedTable, published_tables
from tests.export.exported import Exported, export

ROOT = Path(__file__).parents[2]

MADE_UP = """\
表样: 项目支出绩效监控表
版式: 通用
年度: 2025
年度表述: "=1+1 年"
项目名称: "@项目"
项目编码: "0012"
项目负责人: {无法辨认: 被印章遮住}
项目资金:
  单位: 万元
  资金来源:
    财政拨款:
      全年预算数: 0.1234567
      全年执行数: -5.00
      截至目前执行数: 1,000
      调整原因: "-追减"
      其他栏目: {县级/自筹: "+3 万"}
      其中:
        中央补助: {全年预算数: 94.6, 全年执行数: "-"}
        地方配套: {全年预算数: {无法辨认: 墨迹}}
    其他资金: {印出数字: ["0", "7"], 无法辨认: 分不清栏位}
年度总体目标:
  预期目标: |
    'A' 与 =B
    第二行，带"引号"和,逗号
长期绩效指标:
  - 三级指标: 长期事项
    年度指标值: 85%-100%(含)
绩效指标:
  产出指标:
    数量指标:
      子类:
        - 三级指标: "＝事项"
          年度指标值: ">1万人"
          调整后指标值: "=9"
          实际完成值: {无法辨认: 缺页}
          分值: 8
          得分: -1.5
          完成可能性: 有可能
          其他栏目: {评委/意见: 好}
          其中:
            - 三级指标: 子项
              年度指标值: 第一季度（甲、乙）
              实际完成值: 达成指标
一级权重: {产出指标: 30, 合计: {无法辨认: 缺页}}
总分: {分值: 100, 得分: {无法辨认: 缺页}}
来源: {原件: 某表, 网址: {无法辨认: 缺页}}
附表:
  - 标题: 明细
    表头: [名称, 数]
    行:
      - [甲, "=1"]
      - [乙, {无法辨认: 污损}]
其他信息: {印章: 有, 落款: {无法辨认: 缺页}}
"""


@pytest.fixture(scope="session")
def real() -> Exported:
    """Return the open data of the records in content/."""
    return export(ROOT / "content")


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """Return the open data of a record that has whatever a record can have."""
    content = tmp_path_factory.mktemp("made-up")
    file = content / "records" / "2025" / "somewhere" / "something.target.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(MADE_UP, encoding="utf-8")
    return export(content, site_url="https://example.invalid/绩效/")


@pytest.fixture(scope="session")
def real_tables(real: Exported) -> tuple[PublishedTable, ...]:
    """Return the tables of the records in content/, as the Data Package describes them."""
    return published_tables(real.files[PACKAGE_PATH])


@pytest.fixture(scope="session")
def made_up_tables(made_up: Exported) -> tuple[PublishedTable, ...]:
    """Return the same of the made-up record."""
    return published_tables(made_up.files[PACKAGE_PATH])
