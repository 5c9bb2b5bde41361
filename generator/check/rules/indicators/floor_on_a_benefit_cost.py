"""IND055: a benefit among the costs with a floor instead of a ceiling."""

from collections.abc import Iterator

from generator.check.levels import Level1, Level2
from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rows.indicator_names import may_be_a_floor_of_cost, names_a_benefit
from generator.check.rows.indicator_rows import target_spot
from generator.check.rows.row_groups import row_groups
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.values import Comparator, Quantity

_COST, _ALSO_COST = Level1.COST, Level2.COST


@rule(
    "IND055",
    "floor-on-a-benefit-cost",
    reads="indicator.target",
    severity=Severity.NOTE,
    nature=Nature.QUESTION,
    basis=(PRACTICE,),
    formula="成本指标的补助、津贴标准用 ≤、＜、=",
    otherwise="成本指标中没有补助、津贴一类的标准",
)
def floor_on_a_benefit_cost(subject: Subject) -> Iterator[Verdict]:
    """成本指标里的补助标准用了“不低于”，是保底标准还是符号写反。

    成本指标管的是花费不超过多少。补助、津贴“≥300元”若是保底的政策标准，宜放到数量或质量指标，或写成“=”；若本意是控制开支，符号就写反了。
    这是疑问，不是错误。

    反例：
        绩效指标:
          成本指标:
            经济成本指标:
              - {三级指标: 书记津贴发放标准, 年度指标值: ≥300元/人/月}
    正例：
        绩效指标:
          成本指标:
            经济成本指标:
              - {三级指标: 书记津贴发放标准, 年度指标值: =300元/人/月}
    """
    for row in row_groups(subject).numbers:
        target = row.target
        if row.level1 is not _COST and row.level2 is not _ALSO_COST:
            continue
        if not isinstance(target, Quantity) or not target.normalised_unit.startswith("元"):
            continue
        if not names_a_benefit(row.name) or may_be_a_floor_of_cost(row.name):
            continue
        if target.comparator not in (Comparator.GE, Comparator.GT):
            yield PASSED
            continue
        yield failed(
            target_spot(row),
            f"“{row.name}”在成本指标下却定了下限 {row.target_cell.text}，是保底标准还是符号写反",
            found=row.target_cell.text,
            expected=f"≤ 或 = {target.number_text}{target.magnitude}{target.unit}",
            hint="保底的政策标准改放数量或质量指标；控制开支的改正比较符号",
        )
