"""IND060: monitoring is sure of a target that its own forecast misses."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rows.row_groups import row_groups
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.achievement import Outcome as Achieved
from generator.model.achievement import judge
from generator.model.values import parse_value
from generator.text import folded


@rule(
    "IND060",
    "likelihood-against-forecast",
    reads="indicator.forecast indicator.likelihood indicator.target",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(FORM,),
    formula="完成可能性“确定能” ⇒ 全年预计完成值达到指标值；“不可能” ⇒ 达不到",
    otherwise="没有一行同时印出完成可能性和可与指标值比较的全年预计完成值",
)
def likelihood_against_forecast(subject: Subject) -> Iterator[Verdict]:
    """完成可能性与全年预计完成值相反。

    预计的数已经达不到目标，却写“确定能”；或预计达到，却写“不可能”：两处必有一处写错。
    只比较同单位的数；“有可能”两边都说得通，不判断。

    反例：
        表样: 项目支出绩效监控表
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 清理次数, 年度指标值: =3次, 1-6月完成值: 1次, 全年预计完成值: 2次, 完成可能性: 确定能}
    正例：
        表样: 项目支出绩效监控表
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 清理次数, 年度指标值: =3次, 1-6月完成值: 1次, 全年预计完成值: 3次, 完成可能性: 确定能}
    """
    columns = row_groups(subject).columns
    for row in subject.scored if "likelihood" in columns and "forecast" in columns else ():
        words, forecast = folded(row.cell("likelihood").text), row.cell("forecast")
        if not words or not forecast.text:
            continue
        reaches = judge(row.target, parse_value(forecast.text))
        impossible = "不可能" in words or "不能" in words
        if reaches is Achieved.UNDECIDED or not (impossible or "确定能" in words):
            continue
        if (reaches is Achieved.MISSED) is impossible:
            yield PASSED
            continue
        yield failed(
            row.spot("likelihood"),
            f"“{row.name}”预计全年完成 {forecast.text}，完成可能性却写“{row.cell('likelihood').text}”",
            found=row.cell("likelihood").text,
            expected=f"与预计 {forecast.text}、目标 {row.target_cell.text} 相符的判断",
            hint="改正完成可能性，或改正预计完成值",
        )
