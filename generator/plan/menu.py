"""The menu that every page of the site shows."""

from typing import NamedTuple

from generator.plan import urls


class MenuEntry(NamedTuple):
    """One line of the menu."""

    title: str
    url: str
    section: str
    """Pages of this section mark the line as current."""
    group: str = ""
    """What it stands under."""


FIND, LISTS, TOPICS, CHECKS, ABOUT = "查找", "名录", "专题", "检查与数据", "说明"

MENU = (
    MenuEntry("首页", urls.HOME, "home"),
    MenuEntry("搜索", urls.SEARCH, "search", FIND),
    MenuEntry("筛选与汇总", urls.EXPLORE, "explore", FIND),
    MenuEntry("对比", urls.COMPARE, "compare", FIND),
    MenuEntry("全部记录", urls.RECORDS, "records", LISTS),
    MenuEntry("年度", urls.YEARS, "years", LISTS),
    MenuEntry("单位", urls.UNITS, "units", LISTS),
    MenuEntry("主管部门", urls.DEPARTMENTS, "departments", LISTS),
    MenuEntry("项目", urls.PROJECTS, "projects", LISTS),
    MenuEntry("表样", urls.FORMS, "forms", LISTS),
    MenuEntry("全部指标", urls.INDICATORS, "indicators", LISTS),
    MenuEntry("承诺与结果", urls.PROMISES, "promises", TOPICS),
    MenuEntry("预算变动", urls.BUDGET_CHANGES, "budget-changes", TOPICS),
    MenuEntry("未达目标", urls.MISSED_TARGETS, "missed-targets", TOPICS),
    MenuEntry("全部偏差", urls.DEVIATIONS, "deviations", TOPICS),
    MenuEntry("满分", urls.FULL_MARKS, "full-marks", TOPICS),
    MenuEntry("同类指标", urls.PEERS, "peers", TOPICS),
    MenuEntry("公开情况", urls.COVERAGE, "coverage", TOPICS),
    MenuEntry("更正", urls.CORRECTIONS, "corrections", TOPICS),
    MenuEntry("检查", urls.FINDINGS, "findings", CHECKS),
    MenuEntry("开放数据", urls.DATA, "data", CHECKS),
)
"""The lines every site has, group by group; hand-written pages follow under ABOUT."""
