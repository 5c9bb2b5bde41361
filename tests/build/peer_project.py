"""A project of three units that are asked the same."""

from pathlib import Path

from generator.plan.peers import Question, bucket_of
from tests.site_tools import Document, build, files_of, write_files

_CONFIG = """\
site_name: 试验站
docs_dir: content/pages
use_directory_urls: false
theme:
  name: material
  language: zh
  font: false
  palette:
    - {media: "(prefers-color-scheme: light)", scheme: default, primary: custom, accent: custom}
    - {media: "(prefers-color-scheme: dark)", scheme: slate, primary: custom, accent: custom}
plugins: [jixiao]
"""
UNITS = "单位: {dong: {名称: 东溪中心}, nan: {名称: 南湾中心}, xi: {名称: 西桥中心}}\n"
RECORD = """\
表样: 财政项目支出绩效自评表
年度: {year}
项目名称: 培训
主管部门: 示例局
实施单位: 示例中心
项目资金: {{单位: 万元, 年度资金总额: {{全年预算数: 9.00, 全年执行数: 9.00}}}}
年度总体目标: {{预期目标: 办好培训。, 实际完成情况: 已办。}}
绩效指标:
  产出指标:
    数量指标:
      - {{三级指标: 培训人次, 年度指标值: ≥10人次, 实际完成值: {people}, 分值: 50, 得分: 50}}
    质量指标:
      - {{三级指标: 合格率, 年度指标值: ≥90%, 实际完成值: {share}, 分值: 50, 得分: 50}}
总分: {{分值: 100, 得分: 100}}
"""
PEOPLE, SHARE = (
    f"peers/{bucket_of(Question('SelfEvaluation', level, name))}.html"
    for level, name in (("数量", "培训人次"), ("质量", "合格率"))
)


class Project:
    """A project of three units, each with one record."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.site = folder / "project", folder / "site"
        write_files(
            self.folder, [("mkdocs.yml", _CONFIG), ("content/registry/units.yaml", UNITS), ("content/pages/a.md", "# 关于\n")]
        )  # fmt: skip

    def write(self, slug: str, people: str = "12人次", share: str = "95%", year: int = 2024) -> None:
        text = RECORD.format(people=people, share=share, year=year)
        write_files(self.folder, [(f"content/records/{year}/{slug}/px.yaml", text)])

    def build(self) -> set[str]:
        """Build; return the pages of peers and the tables that were written or removed."""
        report = build(self.folder, self.site)
        assert report.published, report.findings
        return {path for path in (*report.written, *report.removed) if path.startswith(("peers", "data/peers"))}

    def is_as_from_nothing(self, tmp_path: Path) -> bool:
        """Tell whether the site is byte for byte what a first build makes."""
        fresh = tmp_path / "fresh"
        build(self.folder, fresh)
        own, new = files_of(self.site), files_of(fresh)
        return {path: data for path, data in own.items() if not path.startswith(".jixiao")} == {
            path: data for path, data in new.items() if not path.startswith(".jixiao")
        }

    def text(self, url: str) -> str:
        return Document((self.site / url).read_text(encoding="utf-8")).text
