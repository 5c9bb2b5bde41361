"""What the files of the open data are called, for the Data Package and for the page about the data."""

from msgspec import Struct

from generator.export.data_files import FOLDER, DataFile
from generator.export.record_export import INDEX
from generator.export.tables import ALL_TABLES
from generator.plan.urls import API

SCHEMA_PATH = f"{API}/schema.json"
PACKAGE_PATH = f"{FOLDER}/datapackage.json"
TITLE_END = "：开放数据"
"""What the title of the Data Package says after the name of the site."""
REPORT_SCHEMA_PATH = f"{API}/check_report.schema.json"

_STRUCTURE = "结构见同一文件夹的 schema.json。"


class About(Struct, frozen=True):
    """One file as readers are told of it."""

    path: str
    """Where it stands in the site."""
    name: str
    """In the Data Package."""
    title: str
    description: str


RULES = About(
    f"{API}/rules.json", "rules-json", "检查规则（JSON）",
    f"每条规则查什么、为什么、怎样算、依据是什么，附两个例子；{_STRUCTURE}",
)  # fmt: skip


COVERAGE_JSON = About(
    f"{API}/coverage.json", "coverage-json", "公开情况（JSON）",
    "应当公开的每一项表和它的情况，以及各单位各年度各种表有几份；字段与同名的 CSV 列相同。",
)  # fmt: skip


def about(file: DataFile) -> About:
    """Return what a file is called."""
    if file.table == INDEX:
        return About(
            file.path, "records-json", "记录目录（JSON）",
            f"每份记录一条：名称、年度、单位、主要金额、总分、检查结果有几处，和它的网页、全文 JSON 的网址；{_STRUCTURE}",
        )  # fmt: skip
    if file.table not in ALL_TABLES:
        return About(
            file.path, "findings-json", "检查结果（JSON）",
            f"全部可公开的检查结果，附所在记录和填报单位的答复；{_STRUCTURE}",
        )  # fmt: skip
    table = ALL_TABLES[file.table]
    if not file.year:
        return About(file.path, table.name, table.title, table.description)
    title = table.title.replace("（", f"（{file.year} 年，")
    return About(file.path, f"{table.name}-{file.year}", title, f"{file.year} 年度的：{table.description}")
