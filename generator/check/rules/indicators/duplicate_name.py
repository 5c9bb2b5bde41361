"""IND056: two rows of one name under the same heading."""

from collections.abc import Iterator
from itertools import repeat

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rows.indicator_names import whole_name
from generator.check.rows.indicator_rows import NOTHING, have_own_names, named_rows, related
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Row, Subject
from generator.finding import Severity


@rule(
    "IND056",
    "duplicate-name",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(FORM,),
    formula="同一二级指标下，三级指标名称不重复",
    otherwise="没有两个有名称的指标",
)
def duplicate_name(subject: Subject) -> Iterator[Verdict]:
    """同一类下有两个同名的指标。

    同名的两行，要么重复计分，要么有一行名称写错，读者分不清谁是谁。
    年度指标和中长期指标分开看；名称只差空格、全角半角的算同名；占位行和不计分的“其中”行不算。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 培训次数, 年度指标值: ≥2次}
              - {三级指标: 培训次数, 年度指标值: ≥4次}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 书记培训次数, 年度指标值: ≥2次}
              - {三级指标: 党员培训次数, 年度指标值: ≥4次}
    """
    rows = named_rows(subject)
    if have_own_names(subject):
        yield from repeat(PASSED, len(rows))
        return
    first: dict[tuple[str, tuple[str, ...], str], Row] = {}
    for row in rows:
        key = (row.indicator.horizon, row.indicator.path, whole_name(row.name))
        other = first.setdefault(key, row)
        if other is row:
            yield PASSED
            continue
        yield failed(
            row.spot(),
            f"“{row.name}”在同一类下出现了两次",
            found=f"{row.name}（{row.target_cell.text or NOTHING}），与前面一行（{other.target_cell.text or NOTHING}）同名",
            expected="同一类下名称各不相同",
            hint="重复的删去一行；不是一回事的，把名称写清楚",
            related=related([other]),
        )
