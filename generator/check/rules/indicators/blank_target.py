"""IND038: a named indicator without a target."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, insufficient, not_applicable
from generator.check.rows.indicator_rows import NOTHING, named_rows, target_key, target_spot
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.values import Blank


@rule(
    "IND038",
    "blank-target",
    reads="indicator.adjusted_target indicator.initial_target indicator.standard indicator.target",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(FORM,),
    formula="有名称的指标都有指标值",
    otherwise="表样没有指标值一栏",
)
def blank_target(subject: Subject) -> Iterator[Verdict]:
    """指标有名称，没有指标值。

    没有目标值的指标既不能考核，也不能计分。
    只印评分标准、不设目标值的行（决策、过程类指标）和空白表自带的“指标2：”一类占位行不算；无法辨认的不判断。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 讲座次数, 年度指标值: }
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 讲座次数, 年度指标值: ≥12次}
    """
    official = subject.record_type != "Other"
    if not official and all(isinstance(row.target, Blank) for row in subject.rows):
        return
    parents = {row.indicator.parent for row in subject.rows}
    for row in named_rows(subject):
        if row.target_cell.unreadable:
            yield insufficient(target_spot(row), f"“{row.name}”的指标值无法辨认")
        elif not isinstance(row.target, Blank):
            yield PASSED
        elif row.cell("standard").text or row.cell("description").text or row.position in parents:
            yield not_applicable(f"“{row.name}”按评分标准或分项评价，不设指标值")
        elif official or row.has(target_key(row)):
            yield failed(
                target_spot(row),
                f"“{row.name}”没有指标值",
                found=row.target_cell.text or NOTHING,
                expected="可以考核的目标：数、百分比、日期或公认的定性词",
                hint="照批复的绩效目标补填；不用的行整行删去",
            )
