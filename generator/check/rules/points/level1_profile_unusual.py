"""SCO021: the points over level 1 against the usual profiles."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.check.levels import Level1
from generator.check.outcome import PASSED, Verdict, failed, insufficient, not_applicable
from generator.check.rule import GUIDE_2021, MEASURES_2020, Nature, rule
from generator.check.scores.points import column_of as points_column
from generator.check.scores.points import counted, execution_of, missing_words, named
from generator.check.subject import Row, Subject
from generator.finding import Severity


@rule(
    "SCO021",
    "level1-profile-unusual",
    reads="funding.points",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(MEASURES_2020, GUIDE_2021),
    formula="各一级指标的分值是规则包所列的一种：产出 50、效益 30、满意度 10，或成本 20、产出 40、效益 20、满意度 10",
    otherwise="表中没有印出各项分值，或者资金栏没有印出预算执行率的分值",
    record_types=frozenset({"SelfEvaluation"}),
)
def level1_profile_unusual(subject: Subject) -> Iterator[Verdict]:
    """各一级指标的分值不是通行的分配。

    通行的分配保证效果和满意度占到相当的分量；把分值集中在容易完成的产出上，总得分就失去意义。
    特殊情况可以调整，所以这里只要求说明。整体支出的表、没有给预算执行率单列分值的表、
    一级指标有管理、决策、过程一类的表，分配各有规定，都不判断。

    反例：
        项目资金:
          单位: 万元
          年度资金总额: {全年预算数: 61.05, 全年执行数: 61.05, 分值: 10, 执行率: 100.00, 得分: 10}
        绩效指标:
          产出指标: {数量指标: [{三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 75, 得分: 75}]}
          效益指标: {社会效益指标: [{三级指标: 知晓率, 年度指标值: ≥90%, 实际完成值: 92%, 分值: 10, 得分: 10}]}
          满意度指标: {服务对象满意度指标: [{三级指标: 学员满意度, 年度指标值: ≥90%, 实际完成值: 95%, 分值: 5, 得分: 5}]}
    正例：
        项目资金:
          单位: 万元
          年度资金总额: {全年预算数: 61.05, 全年执行数: 61.05, 分值: 10, 执行率: 100.00, 得分: 10}
        绩效指标:
          产出指标: {数量指标: [{三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 50, 得分: 50}]}
          效益指标: {社会效益指标: [{三级指标: 知晓率, 年度指标值: ≥90%, 实际完成值: 92%, 分值: 30, 得分: 30}]}
          满意度指标: {服务对象满意度指标: [{三级指标: 学员满意度, 年度指标值: ≥90%, 实际完成值: 95%, 分值: 10, 得分: 10}]}
    """
    pack, execution = subject.pack, execution_of(subject)
    column = points_column(subject, "points")
    if column is None or execution is None or execution.points.number is None:
        return
    if not pack.profiles or execution.points.number != pack.execution_points:
        yield not_applicable("预算执行率的分值不是规则包所定的，各一级指标的分值没有可比的分配")
        return
    missing = missing_words(column.terms)
    if missing:
        yield insufficient(subject.block_spot("indicators"), f"各行的分值：{missing}")
        return
    rows = counted(subject)
    unknown = [row.indicator.path[0] if row.indicator.path else row.name for row in rows if row.level1 is None]
    if unknown:
        yield not_applicable(f"看不出{named(list(dict.fromkeys(unknown)))}属于哪一类一级指标")
        return
    if any(row.level1 is Level1.MANAGEMENT for row in rows):
        yield not_applicable("一级指标有管理、决策、过程一类，分值另有规定")
        return
    yield _judged(subject, rows)


def _judged(subject: Subject, rows: Sequence[Row]) -> Verdict:
    found: dict[Level1, Decimal] = {}
    for row in rows:
        if row.level1 is not None and row.points is not None:
            found[row.level1] = found.get(row.level1, Decimal(0)) + row.points
    if any(found == profile.points for profile in subject.pack.profiles):
        return PASSED
    in_order = [f"{level.value} {found[level]:f}" for level in Level1 if level in found]
    return failed(
        subject.block_spot("indicators"),
        f"一级指标的分值是{'、'.join(in_order)}，不是通行的分配",
        found="、".join(in_order),
        expected="；或 ".join(profile.title for profile in subject.pack.profiles),
        hint="按通行的分配调整分值；情况特殊或当地另有规定的，写明依据或在规则包里设定",
    )
