"""IND051: outputs measured by nothing but completion rates of 100 %."""

from collections.abc import Iterator
from decimal import Decimal

from generator.check.levels import Level2
from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rows.indicator_names import is_completion
from generator.check.rows.indicator_rows import named_rows, related, target_spot
from generator.check.rows.indicator_units import is_percent
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Row, Subject
from generator.finding import Severity
from generator.model.values import Quantity

_ALL = Decimal(100)
_OUTPUTS = frozenset({Level2.QUANTITY, Level2.QUALITY})
_FEWEST = 2
"""One row alone has nothing beside it to say how much."""


@rule(
    "IND051",
    "only-completion-rates",
    severity=Severity.NOTE,
    nature=Nature.QUESTION,
    basis=(PRACTICE,),
    formula="数量、质量指标中至少有一个不是“完成率、达标率 = 100%”",
    otherwise="没有数量指标，或数量和质量指标合起来不到两个",
)
def only_completion_rates(subject: Subject) -> Iterator[Verdict]:
    """数量和质量指标全是“完成率、达标率 100%”，等于没有目标。

    “工作完成率 100%”换到哪个项目都成立，没有说要完成什么、完成多少，到年底也无从核对。
    这是疑问：数量、质量指标合起来至少两个，并且全是这样的写法才提出。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 工作完成率, 年度指标值: =100%}
            质量指标:
              - {三级指标: 工作达标率, 年度指标值: =100%}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 河道清理次数, 年度指标值: ≥3次}
            质量指标:
              - {三级指标: 工作达标率, 年度指标值: =100%}
    """
    rows = [row for row in named_rows(subject) if row.level2 in _OUTPUTS]
    if len(rows) < _FEWEST or not any(row.level2 is Level2.QUANTITY for row in rows):
        return
    if any(row.target_cell.unreadable for row in rows):
        yield insufficient(target_spot(rows[0]), "数量或质量指标的指标值有无法辨认的")
        return
    if not all(_is_empty_promise(row) for row in rows):
        yield PASSED
        return
    first = rows[0]
    yield failed(
        target_spot(first),
        f"数量、质量指标共 {len(rows)} 个，全是完成率、达标率 100%，没有说做什么、做多少",
        found="；".join(f"{row.name} {row.target_cell.text}" for row in rows[:3]),
        expected="至少一个数量指标写明做多少，例如 ≥3次",
        hint="把要做的事和数量写成指标",
        related=related(rows[1:]),
    )


def _is_empty_promise(row: Row) -> bool:
    target = row.target
    return is_completion(row.name) and isinstance(target, Quantity) and is_percent(target) and target.number == _ALL
