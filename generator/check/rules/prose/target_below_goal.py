"""PRO031: a target weaker than the goal it stands for."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import MEASURES_2020, PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.check.wording.goal_matching import quoted, target_pairs
from generator.check.wording.text_matching import Bound, Pair
from generator.finding import Severity
from generator.model.values import Comparator, Quantity
from generator.vocabulary import Place


@rule(
    "PRO031",
    "target-below-goal",
    reads="indicator.actual indicator.initial_target indicator.target",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(PRACTICE, MEASURES_2020),
    formula="指标值不低于总体目标中同一事项的数（总体目标写“不超过”的，指标值不高于它）",
    otherwise="总体目标中没有能与指标对上的数",
)
def target_below_goal(subject: Subject) -> Iterator[Verdict]:
    """指标值低于总体目标里同一件事的数。

    总体目标说做 120 次，指标只要 110 次，少做十次也能得满分。
    只比较说同一件事、用同一单位、各只有一个数的；“约”“左右”“每月”一类的数不比较，拿不准的不指出。

    反例：
        年度总体目标:
          预期目标: 全年开展社区课堂活动不少于 20 次。
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 社区课堂活动次数, 年度指标值: ≥12次}
    正例：
        年度总体目标:
          预期目标: 全年开展社区课堂活动不少于 20 次。
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 社区课堂活动次数, 年度指标值: ≥20次}
    """
    prose = subject.record.prose.get("expected")
    if prose is None or not prose.text:
        return
    label = subject.record.label(Place.OBJECTIVE, "expected")
    for pair in target_pairs(subject, prose):
        weaker = _is_weaker(pair)
        if weaker is None:
            continue
        if not weaker:
            yield PASSED
            continue
        row, mention = pair
        yield failed(
            row.spot("target"),
            f"“{row.name}”的指标值“{row.target_cell.text}”低于{label}里的“{mention.quote}”",
            found=row.target_cell.text,
            expected=f"与“{mention.quote}”一致",
            hint="核对两处说的是不是同一件事：是的，把指标值改到与目标一致；不是的，在名称里分清",
            related=quoted(subject, prose, mention, label),
        )


def _is_weaker(pair: Pair) -> bool | None:
    """Tell whether the target asks for less than the goal; None where they cannot be compared."""
    target, mention = pair.row.target, pair.mention
    if not isinstance(target, Quantity) or mention.bound is Bound.ROUGH:
        return None
    is_ceiling = target.comparator in (Comparator.LE, Comparator.LT)
    if mention.bound is Bound.AT_MOST:
        return target.amount > mention.number if is_ceiling else None
    return None if is_ceiling else target.amount < mention.number
