"""PRO032: the account gives another number than the row."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, PRACTICE, Nature, rule
from generator.check.subject import EVALUATIONS, Subject
from generator.check.wording.goal_matching import actual_pairs, quoted, worded_pairs
from generator.check.wording.text_matching import Bound, Mention
from generator.finding import Severity
from generator.model.achievement import Outcome as Achieved
from generator.model.records import Prose
from generator.model.values import Comparator, Quantity
from generator.vocabulary import Place


@rule(
    "PRO032",
    "account-differs-from-actual",
    reads="indicator.actual indicator.initial_target indicator.target",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(FORM, PRACTICE),
    formula="完成情况里同一事项的数 = 该指标的实际完成值",
    otherwise="完成情况中没有能与指标对上的数",
    record_types=EVALUATIONS | {"Other"},
)
def account_differs_from_actual(subject: Subject) -> Iterator[Verdict]:
    """完成情况里的数与同一指标的实际完成值不一致。

    同一件事在一张表上有两个数，至少有一个不对；得分照表里的数给，读者看的却是文字。
    只比较说同一件事、用同一单位、各只有一个数的。完成值只写“达成指标”的，与文字目标里的数比较：
    目标写全年 20 场，完成情况写 10 次，就不能算达成。“约”“余”“多”一类的数不比较。

    反例：
        年度总体目标:
          预期目标: 全年开展社区课堂活动不少于 20 次。
          实际完成情况: 全年开展社区课堂活动 16 次。
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 社区课堂活动次数, 年度指标值: ≥20次, 实际完成值: 20次, 分值: 10, 得分: 10}
    正例：
        年度总体目标:
          预期目标: 全年开展社区课堂活动不少于 20 次。
          实际完成情况: 全年开展社区课堂活动 20 次。
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 社区课堂活动次数, 年度指标值: ≥20次, 实际完成值: 20次, 分值: 10, 得分: 10}
    """
    prose = subject.record.prose.get("achieved")
    if prose is None or not prose.text:
        return
    label = subject.record.label(Place.OBJECTIVE, "achieved")
    for row, mention in actual_pairs(subject, prose):
        actual = row.actual
        if not isinstance(actual, Quantity) or actual.comparator not in (None, Comparator.EQ):
            continue
        if mention.bound is not Bound.EXACT:
            continue
        if actual.amount == mention.number:
            yield PASSED
            continue
        yield failed(
            row.spot("actual"),
            f"“{row.name}”的完成值是“{row.actual_cell.text}”，{label}里写的是“{mention.quote}”",
            found=f"{row.actual_cell.text}；{mention.quote}",
            expected="两处的数一致",
            hint="核对台账，改正不对的那一处；说的不是同一件事的，在文字里分清",
            related=quoted(subject, prose, mention, label),
        )
    yield from _against_words(subject, prose, label)


def _against_words(subject: Subject, prose: Prose, label: str) -> Iterator[Verdict]:
    for (row, mention), wanted in worded_pairs(subject, prose):
        if row.achieved is not Achieved.MET or not _is_plain(wanted) or mention.bound is not Bound.EXACT:
            continue
        if mention.number >= wanted.number:
            yield PASSED
            continue
        yield failed(
            row.spot("actual"),
            f"“{row.name}”的完成值是“{row.actual_cell.text}”，{label}里却是“{mention.quote}”，不到目标的{wanted.number:f}",
            found=f"{row.actual_cell.text}；{mention.quote}",
            expected=f"目标“{wanted.quote}”",
            hint="完成值改写为实际的数，并按实际情况给分、说明原因；说的不是同一件事的，在文字里分清",
            related=quoted(subject, prose, mention, label),
        )


def _is_plain(mention: Mention) -> bool:
    return mention.bound in (Bound.EXACT, Bound.AT_LEAST)
