"""IND030: a target that an evaluation leaves unanswered."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, insufficient, not_applicable
from generator.check.rows.indicator_rows import NOTHING, expects_results, named_rows
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.values import Blank


@rule(
    "IND030",
    "unanswered-target",
    reads="indicator.adjusted_target indicator.initial_target indicator.target",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(FORM,),
    formula="自评表每一行有指标值，就有实际完成值",
    otherwise="表样没有实际完成值一栏，或没有一行有指标值",
    record_types=frozenset({"SelfEvaluation", "DepartmentEvaluation", "Other"}),
)
def unanswered_target(subject: Subject) -> Iterator[Verdict]:
    """自评表里有的指标没有填实际完成值。

    自评就是逐项回答目标完成了没有，空着的一行等于没有回答。做不了的也要写明，并说明原因。
    得了分而没有完成值的由 IND029 判断。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 讲座次数, 年度指标值: ≥12次, 实际完成值: "-"}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 讲座次数, 年度指标值: ≥12次, 实际完成值: 0次, 偏差原因: 场地关闭}
    """
    if not expects_results(subject):
        return
    for row in named_rows(subject):
        if isinstance(row.target, Blank):
            continue
        if row.actual_cell.unreadable:
            yield insufficient(row.spot("actual"), f"“{row.name}”的实际完成值无法辨认")
        elif not isinstance(row.actual, Blank):
            yield PASSED
        elif row.score is not None and row.score > 0:
            yield not_applicable(f"“{row.name}”得了分而没有完成值，由 IND029 判断")
        else:
            yield failed(
                row.spot("actual"),
                f"“{row.name}”有指标值，没有填实际完成值",
                found=row.actual_cell.text or NOTHING,
                expected=f"与指标值 {row.target_cell.text} 对应的实际完成值",
                hint="补填实际完成值；没有做的写 0 并说明原因",
            )
