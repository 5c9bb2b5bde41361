"""IND057: the same name under two different headings."""

from collections.abc import Iterator
from itertools import repeat

from generator.check.outcome import PASSED, Verdict, failed, not_applicable
from generator.check.rows.indicator_names import whole_name
from generator.check.rows.indicator_rows import NOTHING, have_own_names, named_rows, related
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Row, Subject
from generator.finding import Severity


@rule(
    "IND057",
    "name-under-two-headings",
    severity=Severity.NOTE,
    nature=Nature.STYLE,
    basis=(PRACTICE,),
    formula="一张表里三级指标名称不重复",
    otherwise="没有两个有名称的指标",
)
def name_under_two_headings(subject: Subject) -> Iterator[Verdict]:
    """不同类下有同名的指标。

    同一件事从数量和时效两面考核是可以的，但名称应当不同，例如“活动场次”和“活动完成时间”；同名的两行在统计和比较时会混在一起。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 开展主题教育活动, 年度指标值: ≥2次}
            时效指标:
              - {三级指标: 开展主题教育活动, 年度指标值: 2024年12月前完成}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 主题教育活动次数, 年度指标值: ≥2次}
            时效指标:
              - {三级指标: 主题教育活动完成时间, 年度指标值: 2024年12月前完成}
    """
    rows = named_rows(subject)
    if have_own_names(subject):
        yield from repeat(PASSED, len(rows))
        return
    first: dict[tuple[str, str], Row] = {}
    for row in rows:
        other = first.setdefault((row.indicator.horizon, whole_name(row.name)), row)
        if other is row:
            yield PASSED
        elif other.indicator.path == row.indicator.path:
            yield not_applicable("同一类下的同名指标由 IND056 判断")
        else:
            where = " › ".join(other.indicator.path)
            yield failed(
                row.spot(),
                f"“{row.name}”与“{where}”下的指标同名",
                found=f"{row.name}（{row.target_cell.text or NOTHING}）",
                expected="一张表里名称各不相同",
                hint="按各自考核的内容命名，例如“次数”“完成时间”",
                related=related([other]),
            )
