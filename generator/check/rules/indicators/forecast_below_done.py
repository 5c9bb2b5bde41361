"""IND061: a forecast for the year below what was already done."""

from collections.abc import Iterator

from generator.check.levels import Level2
from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rows.indicator_units import is_percent
from generator.check.rows.row_facts import is_bound
from generator.check.rows.row_groups import row_groups
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.values import Quantity, parse_value


@rule(
    "IND061",
    "forecast-below-done",
    reads="indicator.actual_to_date indicator.forecast",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(FORM,),
    formula="数量指标：全年预计完成值 ≥ 监控时点完成值",
    otherwise="没有一行数量指标同时印出监控时点完成值和全年预计完成值",
)
def forecast_below_done(subject: Subject) -> Iterator[Verdict]:
    """全年预计完成的数少于已经完成的数。

    做过的次数、人数不会减少，全年预计至少是已经完成的数。只看单位相同的数量指标，百分比不比。

    反例：
        表样: 项目支出绩效监控表
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 清理次数, 年度指标值: =3次, 1-6月完成值: 2次, 全年预计完成值: 1次}
    正例：
        表样: 项目支出绩效监控表
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 清理次数, 年度指标值: =3次, 1-6月完成值: 2次, 全年预计完成值: 3次}
    """
    for row in subject.scored if "forecast" in row_groups(subject).columns else ():
        if row.level2 is not Level2.QUANTITY:
            continue
        done, forecast = parse_value(row.cell("actual_to_date").text), parse_value(row.cell("forecast").text)
        if not isinstance(done, Quantity) or not isinstance(forecast, Quantity) or is_percent(done):
            continue
        if is_bound(done) or is_bound(forecast) or done.normalised_unit != forecast.normalised_unit:
            continue
        if forecast.amount >= done.amount:
            yield PASSED
            continue
        yield failed(
            row.spot("forecast"),
            f"“{row.name}”已完成 {done.text}，全年却预计只有 {forecast.text}",
            found=forecast.text,
            expected=f"不少于 {done.text}",
            hint="改正两栏中抄错的那个",
        )
