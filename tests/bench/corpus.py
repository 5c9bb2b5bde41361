"""A corpus of any size for measuring: made-up units, projects and years, the same for the same seed.

Record number i depends on the seed and i alone, so a small corpus is the beginning of a large one.
Sixty records make a unit: three years of one whole-unit form, fifteen self-evaluations and four target declarations.
Figures agree with each other but for about one record in fifty, whose total, rate or score is wrong.
"""

import argparse
import random
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import NamedTuple

YEARS = (2022, 2023, 2024)
PER_YEAR = 20
PER_UNIT = PER_YEAR * len(YEARS)
FAULTY_PER_THOUSAND = 20

_PLACES = "东溪 南湾 西桥 北塘 中和 新丰 长宁 青石 白鹿 金沙 云山 柳林 清河 双井 高岭 平安 泰和 嘉禾 永兴 石门".split()
_KINDS = "社区事务中心 文化活动中心 环境服务站 城市运行中心 农业服务中心 社区卫生中心 安全管理所 市政养护所".split()
_OBJECTS = (
    "道路保洁 河道养护 绿地养护 老年助餐 上门照护 文艺演出 健康讲座 图书借阅 垃圾清运 路灯维护 消防演练 安全巡查 就业指导 法律咨询 青少年托管 "
    "残疾人康复 志愿服务 食品抽检 泵站维护 公厕管理 停车管理 文物巡护 农技推广 动物防疫 档案数字化 场馆运行 宣传栏更新 社区矫正 纠纷调解 无障碍改造"
).split()
_MEASURES = (
    "巡查 培训 走访 检修 演练 宣讲 回访 抽查 更新 评估 配送 登记 整改 清洗 验收 值守 调研 采样 补种 巡回".split()
)
_CAUSES = (
    "汛期停工，未完成部分已排入次年一季度",
    "中标单位年中更换，交接期间减少班次；已在合同中补充交接条款",
    "参加人数受同期活动影响，下年错开安排",
    "设备到货晚于合同约定，已按约扣款并重新排期",
    "样本不足，下年扩大回访范围",
    "部分点位搬迁，服务对象减少；下年按实有点位核定目标",
)
_CLAUSES = (
    "全年安排{a}{n}次，覆盖{b}个点位，重点保障汛期和节假日",
    "完成{a}{n}项，验收合格率不低于{p}%",
    "建立{a}台账，逐项登记责任人和完成时间，每季度核对一次",
    "培训一线人员{n}人次，考核不合格的补训后上岗",
    "按月公布{a}结果，接受居民监督，投诉{h}小时内答复",
    "老旧设施更换{b}处，其余按计划检修，保证正常使用",
    "与{b}家单位签订服务约定，明确时限、质量和费用标准",
    "对{n}户服务对象逐户回访，意见登记后转办",
)
_COST_UNITS, _COUNT_UNITS = ("元/人", "元/次", "元/处", "元/份"), ("次", "处", "人次", "户", "场", "份")


class Row(NamedTuple):
    """One indicator with its points."""

    level1: str
    level2: str
    name: str
    target: str
    actual: str
    points: Decimal
    score: Decimal
    reason: str


def _decimal(random_: random.Random, low: float, high: float, places: int = 2) -> Decimal:
    return Decimal(f"{random_.uniform(low, high):.{places}f}")


def _rounded(number: Decimal) -> Decimal:
    """Round half up, as forms do."""
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)


def address(number: int) -> tuple[int, str, str]:
    """Return year, unit and file name without ending of a record."""
    unit, rest = divmod(number, PER_UNIT)
    year, place = divmod(rest, PER_YEAR)
    if place == 0:
        name = "zhengti"
    elif place <= 15:
        name = f"xm-{place:02d}"
    else:
        name = f"xm-{place - 15:02d}.target"
    return YEARS[year], f"dw-{unit:05d}", name


def unit_name(number: int) -> str:
    """Return the name of a unit, by its number."""
    place, kind = _PLACES[number % len(_PLACES)], _KINDS[number // len(_PLACES) % len(_KINDS)]
    return f"{place}镇第{number // (len(_PLACES) * len(_KINDS)) + 1}{kind}"


def office_name(number: int) -> str:
    """Return the name of a unit's competent department."""
    return f"{_PLACES[number % len(_PLACES)]}镇人民政府"


def make_record(number: int, seed: int = 1) -> str:
    """Return the text of one record."""
    year, unit, name = address(number)
    project_seed = f"{seed}/{unit}/{name.removesuffix('.target')}"
    project = random.Random(project_seed)  # noqa: S311  nothing here is a secret
    this_year = random.Random(f"{project_seed}/{year}")  # noqa: S311
    object_ = project.choice(_OBJECTS)
    # The rows are the project's, so that years and stages of one project can be compared.
    rows = _rows(project, this_year, object_, year)
    head = [f"年度: {year}", f"年度表述: ({year}年度)"]
    who = int(unit.removeprefix("dw-"))
    if name == "zhengti":
        return "\n".join((*_department(head, this_year, who, rows), ""))
    head += [
        f"项目名称: {object_}{project.choice(_MEASURES)}（{int(name[3:5])}）",
        f"主管部门: {office_name(who)}",
        f"实施单位: {unit_name(who)}",
    ]
    budget = _decimal(project, 20, 900)
    if name.endswith(".target"):
        return "\n".join((*_declaration(head, this_year, budget, rows, year), ""))
    faulty = random.Random(f"{seed}/{number}/fault").randrange(1000) < FAULTY_PER_THOUSAND  # noqa: S311
    return "\n".join((*_evaluation(head, this_year, budget, rows, faulty=faulty), ""))


def _rows(project: random.Random, this_year: random.Random, object_: str, year: int) -> list[Row]:
    count = int(project.triangular(22, 66, 30))
    share = {
        "经济成本指标": 3,
        "数量指标": 9,
        "质量指标": 8,
        "时效指标": 6,
        "社会效益指标": 5,
        "可持续影响指标": 2,
        "服务对象满意度指标": 3,
    }
    groups = {
        ("成本指标", "经济成本指标"): 20, ("产出指标", "数量指标"): 16, ("产出指标", "质量指标"): 14, ("产出指标", "时效指标"): 10,
        ("效益指标", "社会效益指标"): 14, ("效益指标", "可持续影响指标"): 6, ("满意度指标", "服务对象满意度指标"): 10,
    }  # fmt: skip
    rows: list[Row] = []
    for (level1, level2), points in groups.items():
        size = max(1, count * share[level2] // sum(share.values()))
        each = (Decimal(points) / size).quantize(Decimal("0.1"))
        for place in range(size):
            own = each if place < size - 1 else Decimal(points) - each * (size - 1)
            what = f"{object_ if place == 0 else project.choice(_OBJECTS)}{project.choice(_MEASURES)}{place + 1 if place else ''}"
            rows.append(_row(project, this_year, level1, level2, what, own, year))
    return rows


def _row(
    project: random.Random, this_year: random.Random, level1: str, level2: str, what: str, points: Decimal, year: int
) -> Row:
    missed = this_year.random() < 0.08
    number = Decimal(project.choice((4, 6, 12, 24, 36, 52, 120, 360)))
    if level2 == "经济成本指标":
        unit = project.choice(_COST_UNITS)
        return _full(
            level1,
            level2,
            f"{what}费用标准",
            f"≤{number:.2f}({unit})",
            f"{number * _decimal(this_year, 0.8, 1):.2f}({unit})",
            points,
        )
    if level2 == "数量指标":
        unit = project.choice(_COUNT_UNITS)
        target = f"≥{number:.2f}({unit})"
        if missed:
            part = Decimal(this_year.choice(("0.5", "0.75")))
            score = _rounded(points * part)
            return Row(
                level1,
                level2,
                f"{what}数量",
                target,
                f"{number * part:.2f}({unit})",
                points,
                score,
                this_year.choice(_CAUSES),
            )
        return _full(
            level1, level2, f"{what}数量", target, f"{number * _decimal(this_year, 1, 1.25):.2f}({unit})", points
        )
    if level2 == "质量指标":
        return _full(level1, level2, f"{what}合格率", "≥95.00(%)", f"{_decimal(this_year, 95, 100)}(%)", points)
    if level2 == "时效指标":
        month = project.randint(6, 12)
        if project.random() < 0.5:
            return _full(
                level1, level2, f"{what}完成时间", f"{year}年{month}月前完成", f"{year}年{month - 1}月完成", points
            )
        return _full(level1, level2, f"{what}及时率", "≥90.00(%)", f"{_decimal(this_year, 90, 100)}(%)", points)
    if level2 == "可持续影响指标":
        return _full(level1, level2, f"{what}制度健全性", "健全", "健全", points)
    name = "知晓率" if level2 == "社会效益指标" else "满意度"
    if missed:
        score = _rounded(points * 81 / 90)
        return Row(level1, level2, f"{what}{name}", "≥90.00(%)", "81.00(%)", points, score, this_year.choice(_CAUSES))
    return _full(level1, level2, f"{what}{name}", "≥90.00(%)", f"{_decimal(this_year, 90, 99)}(%)", points)


def _full(level1: str, level2: str, name: str, target: str, actual: str, points: Decimal) -> Row:
    return Row(level1, level2, name, target, actual, points, points, "")


def _prose(random_: random.Random, indent: str) -> Iterator[str]:
    for number in range(1, random_.randint(4, 9)):
        clauses = "；".join(
            random_.choice(_CLAUSES).format(
                a=random_.choice(_OBJECTS) + random_.choice(_MEASURES), n=random_.randint(4, 400), b=random_.randint(2, 40),
                p=random_.choice((85, 90, 95)), h=random_.choice((12, 24, 48)),
            )
            for _ in range(2)
        )  # fmt: skip
        yield f"{indent}{number}. {clauses}。"


def _evaluation(
    head: Sequence[str], this_year: random.Random, budget: Decimal, rows: Sequence[Row], *, faulty: bool
) -> Iterator[str]:
    carried = (budget * Decimal("0.04")).quantize(Decimal("0.01"), ROUND_HALF_UP)
    adjusted = (budget * _decimal(this_year, 0.92, 1.08)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    executed = (adjusted * _decimal(this_year, 0.9, 1, 4)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    rate = (executed / adjusted * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    score = (rate / 10).quantize(Decimal("0.01"), ROUND_HALF_UP)
    total = sum((row.score for row in rows), score)
    yield "表样: 财政项目支出绩效自评表"
    yield from head
    yield from ("项目资金:", "  单位: 万元")
    amounts = (
        ("年度资金总额", budget, adjusted, executed, "10.00", f"{rate}", f"{score:.2f}"),
        ("当年财政拨款", budget - carried, adjusted - carried, executed - carried, "-", None, "-"),
        ("上年结转资金", carried, carried, carried, "-", None, "-"),
        ("其他资金", Decimal(0), Decimal(0), Decimal(0), "-", "-", "-"),
    )
    for label, first, second, third, points, printed, earned in amounts:
        own = printed or f"{third / second * 100:.2f}"
        yield from (
            f"  {label}:", f"    年初预算数: {first:.2f}", f"    全年预算数: {second:.2f}", f"    全年执行数: {third:.2f}",
            f"    分值: {points if points != '-' else _DASH}", f"    执行率: {own if own != '-' else _DASH}",
            f"    得分: {earned if earned != '-' else _DASH}",
        )  # fmt: skip
    yield from (
        "年度总体目标:",
        "  预期目标: |",
        *_prose(this_year, "    "),
        "  实际完成情况: |",
        *_prose(this_year, "    "),
    )
    yield from _table(rows, results=True)
    wrong = this_year.choice((Decimal(1), Decimal("-0.5"))) if faulty else Decimal(0)
    grade = "优" if total >= 90 else "良"
    yield from ("总分:", "  分值: 100.00", f"  得分: {total + wrong:.2f}", f"评分等级: {grade}")


_DASH = '"-"'


def _declaration(
    head: Sequence[str], this_year: random.Random, budget: Decimal, rows: Sequence[Row], year: int
) -> Iterator[str]:
    carried = (budget * Decimal("0.04")).quantize(Decimal("0.01"), ROUND_HALF_UP)
    yield "表样: 财政项目支出绩效目标申报表"
    yield from head
    yield from (
        "项目性质: 其他经常性项目", "项目类别: 特定目标类", f"计划开始日期: {year}-01-01", f"计划完成日期: {year}-12-31", "项目资金:", "  单位: 万元",
        "  项目总资金:", f"    项目资金总额: {budget * 3:.2f}", f"    财政资金: {budget * 3:.2f}", "    其他资金: 0.00",
        "  年度资金:", f"    年度资金申请总额: {budget:.2f}", f"    当年财政拨款: {budget - carried:.2f}",
        f"    上年结转资金: {carried:.2f}", "    其他资金: 0.00", "项目总目标: |", *_prose(this_year, "  "),
        "年度总体目标:", "  预期目标: |", *_prose(this_year, "    "),
    )  # fmt: skip
    yield from _table(rows, results=False)


def _table(rows: Sequence[Row], *, results: bool) -> Iterator[str]:
    yield "绩效指标:"
    level1 = level2 = ""
    for row in rows:
        if row.level1 != level1:
            level1, level2 = row.level1, ""
            yield f"  {level1}:"
        if row.level2 != level2:
            level2 = row.level2
            yield f"    {level2}:"
        yield f"      - 三级指标: {row.name}"
        yield f"        年度指标值: {row.target}"
        if results:
            yield f"        实际完成值: {row.actual}"
            yield f"        分值: {row.points:.2f}"
            yield f"        得分: {row.score:.2f}"
        if results and row.reason:
            yield f"        偏差原因: {row.reason}"


def _department(head: Sequence[str], this_year: random.Random, unit: int, rows: Sequence[Row]) -> Iterator[str]:
    basic, projects = _decimal(this_year, 300, 900), _decimal(this_year, 16_000, 30_000)
    spent_basic, spent_projects = (
        (basic * Decimal("0.985")).quantize(Decimal("0.01"), ROUND_HALF_UP),
        (projects * Decimal("0.97")).quantize(Decimal("0.01"), ROUND_HALF_UP),
    )
    yield from ("表样: 部门（单位）整体支出绩效自评表", *head, f"所属部门: {unit_name(unit)}", "下属单位个数: 0")
    yield from ("部门职责: |", *_prose(this_year, "  "), "整体支出规模:", "  单位: 万元")
    blocks = (
        (
            "资金来源",
            (("财政拨款", basic + projects, spent_basic + spent_projects), ("其他资金", Decimal(0), Decimal(0))),
        ),
        ("资金结构", (("基本支出", basic, spent_basic), ("项目支出", projects, spent_projects))),
    )
    for group, lines in blocks:
        yield f"  {group}:"
        for label, budget, spent in lines:
            rate = f"{spent / budget * 100:.2f}%" if budget else _DASH
            yield from (
                f"    {label}:",
                f"      全年预算数: {budget:.2f}",
                f"      全年执行数: {spent:.2f}",
                f"      执行率: {rate}",
            )
    yield from (
        "年度总体目标:",
        "  年初设定目标: |",
        *_prose(this_year, "    "),
        "  全年完成情况: |",
        *_prose(this_year, "    "),
    )
    yield from _table(rows, results=True)
    yield from (
        "总分:",
        f"  分值: {sum(row.points for row in rows):.2f}",
        f"  得分: {sum(row.score for row in rows):.2f}",
    )


def write_corpus(folder: Path, count: int, seed: int = 1, only: Iterable[int] | None = None) -> None:
    """Write a project of so many records into a folder: configuration, registry, a page and the records.

    `only` are the numbers of those to write, where that is not all of them.
    """
    units = range((count + PER_UNIT - 1) // PER_UNIT)
    for number in range(count) if only is None else only:
        year, unit, name = address(number)
        path = folder / "content" / "records" / str(year) / unit / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(make_record(number, seed), encoding="utf-8")
    registry = folder / "content" / "registry"
    registry.mkdir(parents=True, exist_ok=True)
    offices = "".join(
        f"  zf-{place:02d}: {{名称: {office_name(place)}, 所在区: 示例区}}\n" for place in range(len(_PLACES))
    )
    listed = "".join(
        f"  dw-{unit:05d}: {{名称: {unit_name(unit)}, 主管部门: zf-{unit % len(_PLACES):02d}, 所在区: 示例区}}\n"
        for unit in units
    )
    (registry / "units.yaml").write_text(f"主管部门:\n{offices}单位:\n{listed}", encoding="utf-8")
    pages = folder / "content" / "pages"
    pages.mkdir(parents=True, exist_ok=True)
    (pages / "about.md").write_text("# 关于\n\n测速用的虚构内容。\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        "site_name: 测速\ndocs_dir: content/pages\nuse_directory_urls: false\n"
        "theme:\n  name: material\n  language: zh\n  font: false\nplugins:\n  - jixiao\n",
        encoding="utf-8",
    )


def main() -> None:
    """Write a corpus from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("-n", "--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    write_corpus(arguments.folder, arguments.count, arguments.seed)


if __name__ == "__main__":
    main()
