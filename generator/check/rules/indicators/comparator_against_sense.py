"""IND040: a floor where less is better, or a ceiling where more is better."""

from collections.abc import Iterator

from generator.check.levels import Level1, Level2
from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rows.indicator_names import (
    may_be_a_floor_of_cost,
    names_a_benefit,
    names_a_cost,
    wants_ceiling,
)
from generator.check.rows.indicator_rows import target_spot
from generator.check.rows.indicator_units import unit_of
from generator.check.rows.row_groups import row_groups
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Row, Subject
from generator.finding import Severity
from generator.model.values import Comparator, Quantity

_FLOORS = (Comparator.GE, Comparator.GT)
_CEILINGS = (Comparator.LE, Comparator.LT)
_COST, _ALSO_COST = Level1.COST, Level2.COST


@rule(
    "IND040",
    "comparator-against-sense",
    reads="indicator.adjusted_target indicator.initial_target indicator.target",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(PRACTICE,),
    formula="成本、投诉、差错类用 ≤、＜、=；满意度、覆盖率类用 ≥、＞、=",
    otherwise="没有一行既带比较符号又能从名称看出高好还是低好",
)
def comparator_against_sense(subject: Subject) -> Iterator[Verdict]:
    """比较符号与指标的意思相反。

    “投诉率 ≥5%”等于要求有人投诉，“满意度 ≤90%”等于不许群众满意：符号反了，计分也会跟着反。
    成本指标通常是上限；补助、津贴一类可能是保底的标准由 IND055 提问。
    节约率、控制率、投入额等越高越好的成本指标不算；名称看不出好坏的不判断。

    反例：
        绩效指标:
          效益指标:
            社会效益指标:
              - {三级指标: 有责投诉率, 年度指标值: ≥5%}
    正例：
        绩效指标:
          效益指标:
            社会效益指标:
              - {三级指标: 有责投诉率, 年度指标值: ≤5%}
    """
    for row in row_groups(subject).numbers:
        target = row.target
        if not isinstance(target, Quantity) or target.comparator is None:
            continue
        bad, more = row.words.sense
        less = bad or (not more and (row.level1 is _COST or row.level2 is _ALSO_COST) and _is_plain_cost(row))
        if less == more:
            continue
        is_wrong = target.comparator in (_FLOORS if less else _CEILINGS)
        if not is_wrong:
            yield PASSED
            continue
        fitting = "≤、＜ 或 =" if less else "≥、＞ 或 ="
        sense = "越高越好" if more else "越低越好" if wants_ceiling(row.name) else "是成本指标，通常定上限"
        yield failed(
            target_spot(row),
            f"“{row.name}”{sense}，比较符号却是 {target.comparator}",
            found=row.target_cell.text,
            expected=f"{fitting} {target.number_text}{target.magnitude}{target.unit}",
            hint="改正比较符号；如果名称或所在的一级、二级指标不对，改正那一处",
        )


def _is_plain_cost(row: Row) -> bool:
    if not unit_of(row.target).startswith("元") and not names_a_cost(row.name):
        return False
    return not names_a_benefit(row.name) and not may_be_a_floor_of_cost(row.name)
