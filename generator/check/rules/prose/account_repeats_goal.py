"""PRO021: the account is the goal copied."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import EVALUATIONS, Subject
from generator.finding import Related, Severity
from generator.origin import Origin
from generator.patterns import lazy_pattern
from generator.text import half_width

_NO_WORDS = lazy_pattern(r"[\W_]+|已|了")
_SHORTEST = 6
_BEGINNING = 30


@rule(
    "PRO021",
    "account-repeats-goal",
    severity=Severity.WARNING,
    nature=Nature.QUESTION,
    basis=(PRACTICE,),
    formula="实际完成情况与预期目标不是同一段文字（标点和“已”“了”不计）",
    otherwise="预期目标和实际完成情况没有都填写",
    record_types=EVALUATIONS | {"Other"},
)
def account_repeats_goal(subject: Subject) -> Iterator[Verdict]:
    """实际完成情况照抄预期目标。

    完成情况要说做了什么、做到多少；与目标一字不差，等于没有说。

    反例：
        年度总体目标:
          预期目标: 全年开展示例服务不少于 12 次。
          实际完成情况: 全年开展示例服务不少于 12 次。
    正例：
        年度总体目标:
          预期目标: 全年开展示例服务不少于 12 次。
          实际完成情况: 全年开展示例服务 14 次，服务居民 320 人次。
    """
    record = subject.record
    goal, account = record.prose.get("expected"), record.prose.get("achieved")
    if goal is None or account is None or not goal.text.strip() or not account.text.strip():
        return
    if not _is_the_same(goal.text, account.text):
        yield PASSED
        return
    yield failed(
        subject.prose_spot("achieved"),
        "实际完成情况与预期目标是同一段文字",
        found=account.text.strip()[:60],
        expected="全年实际做了什么、做到多少",
        hint="逐项写明实际完成的数量、时间和效果",
        related=(Related(Origin(record.path, *goal.span), f"预期目标：{goal.text.strip()[:60]}", record.id),),
    )


def _is_the_same(goal: str, account: str) -> bool:
    # Most differ within a few words, and then there is no need to read on.
    begins = zip(_words(goal[:_BEGINNING]), _words(account[:_BEGINNING]), strict=False)
    if any(one != other for one, other in begins):
        return False
    words = _words(goal)
    return len(words) >= _SHORTEST and words == _words(account)


def _words(text: str) -> str:
    return _NO_WORDS.sub("", half_width(text))
