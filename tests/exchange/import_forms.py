"""A form as a unit would send it, and a project to import it into; what a test is about is said by the test."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook

from generator.configuration import load_settings
from generator.exchange.imported import ImportedDraft
from generator.exchange.importing import Surroundings, import_bytes
from generator.exchange.placing import Claim, Placed, Target, place
from generator.forms.definitions import load_forms
from generator.load.registry import load_registry
from tests.site_tools import PROJECT, TODAY, copied

RECORD = "content/records/2024/xinzhuang/shi-li-dao-lu-yang-hu.yaml"
"""Where the form goes."""

_ROWS = (
    ("财政项目支出绩效自评表",),
    ("(2024年度)",),
    ("项目名称", "示例道路养护"),
    ("主管部门", "上海市莘庄工业区管理委员会", "", "实施单位", "上海市莘庄工业区社区党群服务中心"),
    ("项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
    ("", "年度资金总额", "10.00", "10.00", "9.00", "10", "90.00%", "9.00"),
    ("年度总体目标", "预期目标", "", "", "实际完成情况"),
    ("", "养护道路 10 公里", "", "", "完成养护 12 公里"),
    ("绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因"),
    ("", "产出指标", "数量指标", "养护里程", "≥10公里", "12公里", "50", "50", ""),
    ("", "效益指标", "社会效益指标", "出行便利情况", "提高", "提高", "40", "38", "个别路段返工"),
    ("总分", "", "", "", "", "", "100", "97.00"),
)


def form_xlsx(cells: Mapping[str, str | None] | None = None) -> bytes:
    """Return a workbook with the form, some of its cells changed, such as {"H11": "40"}."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "自评表"
    for row in _ROWS:
        sheet.append([text or None for text in row])
    for place_, text in (cells or {}).items():
        sheet[place_] = text
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def project_in(folder: Path) -> Path:
    """Return a copy of the project's own content to import into."""
    return copied(PROJECT, folder / "project")


def surroundings(project: Path, *, year: str = "", unit: str = "") -> Surroundings:
    """Return what an import into a project is surrounded by."""
    settings = load_settings(project / "mkdocs.yml")
    registry = load_registry(settings.registry_dir, project).registry
    return Surroundings(
        settings.template_dirs, settings.rule_packs_dir, (), settings.project_dir, registry, TODAY, year, unit
    )


def target_of(project: Path) -> Target:
    """Return where an import into a project goes."""
    settings = load_settings(project / "mkdocs.yml")
    registry = load_registry(settings.registry_dir, project).registry
    forms = load_forms(settings.template_dirs)
    return Target(settings.records_dir, settings.project_dir, registry, "content/registry/units.yaml", forms)


def draft_of(data: bytes, project: Path, *, year: str = "", name: str = "表.xlsx") -> ImportedDraft:
    """Return the one draft that a file gives."""
    file = import_bytes(data, name, surroundings(project, year=year))
    assert file.fault == ""
    (draft,) = file.drafts
    return draft


def placed(project: Path, *files: bytes, target: Target | None = None) -> list[Placed]:
    """Import files of one draft each, named 表1.xlsx and so on."""
    claims = [Claim(f"表{number}.xlsx", draft_of(data, project)) for number, data in enumerate(files, 1)]
    return place(claims, target or target_of(project), lambda _: None)
