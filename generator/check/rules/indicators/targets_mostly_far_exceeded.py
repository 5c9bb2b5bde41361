"""IND050: most numeric targets exceeded by a wide margin."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rows.indicator_rows import excess_over, numeric_rows, percent_above, related
from generator.check.rule import MEASURES_2020, PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.values import Comparator, Quantity, Value

_FLOORS = (Comparator.GE, Comparator.GT)


@rule(
    "IND050",
    "targets-mostly-far-exceeded",
    reads="indicator.actual indicator.initial_target indicator.target",
    severity=Severity.NOTE,
    nature=Nature.QUESTION,
    basis=(
        MEASURES_2020,
        PRACTICE,
    ),
    formula="超出幅度 =（实际完成值 − 指标值）÷ 指标值；超出界限的行数 ≤ 可比行数的一半",
    otherwise="指标值是下限、实际完成值是同单位的数的行太少，看不出规律",
)
def targets_mostly_far_exceeded(subject: Subject) -> Iterator[Verdict]:
    """多数数字指标大幅超过目标，目标是不是定低了。

    个别指标超额是成绩，多数指标都大幅超额，目标就没有起到约束作用。
    只数“不少于”一类的非百分比指标，可比的行达到规则包所定的行数才看；超出幅度的界限也由规则包设定，是惯例，不是规定。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 讲座, 年度指标值: ≥4次, 实际完成值: 12次}
              - {三级指标: 走访, 年度指标值: ≥100户, 实际完成值: 240户}
              - {三级指标: 展览, 年度指标值: ≥5次, 实际完成值: 5次}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 讲座, 年度指标值: ≥4次, 实际完成值: 12次}
              - {三级指标: 走访, 年度指标值: ≥100户, 实际完成值: 104户}
              - {三级指标: 展览, 年度指标值: ≥5次, 实际完成值: 5次}
    """
    pairs = [(row, pair) for row in numeric_rows(subject) if _is_floor(row.target) and (pair := excess_over(row))]
    if len(pairs) < subject.pack.thresholds.fewest_rows:
        return
    margin = subject.pack.thresholds.wide_margin
    far = [(row, pair) for row, pair in pairs if (pair[1].amount - pair[0].amount) * 100 > margin * pair[0].amount]
    if len(far) * 2 <= len(pairs):
        yield PASSED
        return
    first = far[0][0]
    yield failed(
        first.spot("actual"),
        f"{len(pairs)} 个可比的数字指标有 {len(far)} 个超出目标 {margin:f}% 以上，目标是不是定低了",
        found="；".join(
            f"“{row.name}”{row.target_cell.text} 完成 {row.actual_cell.text}，超出 {percent_above(*pair)}"
            for row, pair in far[:3]
        ),
        expected=f"多数指标的超出幅度不大于 {margin:f}%",
        hint="在偏差原因里说明超额的原因；下一年度按实际水平设定目标",
        related=related([row for row, _ in far[1:]], "actual"),
    )


def _is_floor(target: Value) -> bool:
    return isinstance(target, Quantity) and target.comparator in _FLOORS and target.normalised_unit != "%"
