"""IND058: one year promised more than all years together."""

from collections.abc import Iterator

from generator.check.levels import Level2
from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rows.indicator_names import whole_name
from generator.check.rows.indicator_rows import named_rows, related, target_spot
from generator.check.rows.indicator_units import is_percent
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.values import Comparator, Quantity


@rule(
    "IND058",
    "yearly-target-above-long-term",
    reads="indicator.target",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(FORM,),
    formula="年度指标值 ≤ 同名的中长期指标值",
    otherwise="没有同名、同单位的中长期指标和年度指标",
)
def yearly_target_above_long_term(subject: Subject) -> Iterator[Verdict]:
    """年度目标大于整个中长期目标。

    中长期目标是各年的总和，一年不会比几年加起来还多。只比较名称相同、单位相同的数量指标，百分比不比。

    反例：
        表样: 项目绩效目标表
        长期绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 建成处数, 指标值: 10处}
        年度绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 建成处数, 指标值: 12处}
    正例：
        表样: 项目绩效目标表
        长期绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 建成处数, 指标值: 10处}
        年度绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 建成处数, 指标值: 2处}
    """
    if all(row.indicator.horizon == "annual" for row in subject.scored):
        return
    rows = [row for row in named_rows(subject) if row.level2 is Level2.QUANTITY and isinstance(row.target, Quantity)]
    long_term = {whole_name(row.name): row for row in rows if row.indicator.horizon != "annual"}
    for row in rows:
        whole = long_term.get(whole_name(row.name))
        if whole is None or row.indicator.horizon != "annual":
            continue
        year, years = row.target, whole.target
        if not isinstance(year, Quantity) or not isinstance(years, Quantity) or is_percent(year):
            continue
        if year.normalised_unit != years.normalised_unit or years.comparator in (Comparator.LE, Comparator.LT):
            continue
        if year.amount <= years.amount:
            yield PASSED
            continue
        yield failed(
            target_spot(row),
            f"“{row.name}”的年度目标 {row.target_cell.text} 大于中长期目标 {whole.target_cell.text}",
            found=row.target_cell.text,
            expected=f"不大于 {whole.target_cell.text}",
            hint="改正抄错的那个；两处数的不是一回事的，把名称写清楚",
            related=related([whole]),
        )
