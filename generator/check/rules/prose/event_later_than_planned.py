"""PRO033: an event held in a later month than the goal says."""

from collections.abc import Iterator

from msgspec import Struct

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import EVALUATIONS, Subject
from generator.check.wording.text_matching import LIKE_ENOUGH, bare, clauses, likeness, sentences
from generator.finding import Related, Severity
from generator.origin import Origin
from generator.patterns import lazy_pattern
from generator.text import half_width
from generator.vocabulary import Place

_MONTH = lazy_pattern(
    r"^(?P<lead>\s*(?:[-*•]\s*|\d{1,2}[.、]\s*)?)(?:(?P<year>20\d\d)年)?(?:于|在)?(?P<month>1[0-2]|[1-9])月"
    r"(?:份|底前?|初|中旬|上旬|下旬|前)?(?P<event>[^\d]{4,})$"
)


class _Event(Struct, frozen=True):
    month: int
    words: str
    quote: str
    start: int


@rule(
    "PRO033",
    "event-later-than-planned",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(PRACTICE,),
    formula="完成情况里某项活动的月份 ≤ 预期目标里同一活动的月份",
    otherwise="目标和完成情况没有都写明同一活动的月份",
    record_types=EVALUATIONS | {"Other"},
)
def event_later_than_planned(subject: Subject) -> Iterator[Verdict]:
    """活动举行的月份晚于目标所定的月份。

    目标说 3 月办，完成情况说 4 月办，时效指标就不能照样写“及时”得满分，至少要说明原因。
    只比较“几月”开头、说同一活动、目标和完成情况各出现一次的。

    反例：
        年度总体目标:
          预期目标: 开展培训：3月志愿者骨干培训，9月社区书记培训。
          实际完成情况: 5月志愿者骨干培训；9月社区书记培训。
    正例：
        年度总体目标:
          预期目标: 开展培训：3月志愿者骨干培训，9月社区书记培训。
          实际完成情况: 3月志愿者骨干培训；9月社区书记培训。
    """
    record = subject.record
    goal, account = record.prose.get("expected"), record.prose.get("achieved")
    if goal is None or account is None or "月" not in goal.text or "月" not in account.text:
        return
    held = _events(account.text, record.fiscal_year)
    label = record.label(Place.OBJECTIVE, "expected")
    for planned in _events(goal.text, record.fiscal_year):
        same = [event for event in held if likeness(event.words, planned.words) >= LIKE_ENOUGH]
        if len(same) != 1:
            continue
        event = same[0]
        if event.month <= planned.month:
            yield PASSED
            continue
        place = goal.place_of(planned.start)
        yield failed(
            subject.prose_spot("achieved")._replace(span=account.place_of(event.start)),
            f"“{planned.quote}”是目标，完成情况却是“{event.quote}”，晚了 {event.month - planned.month} 个月",
            found=event.quote,
            expected=f"不晚于 {planned.month} 月（{planned.quote}）",
            hint="核对月份；确实晚了的，说明原因，并核对时效指标的完成值和得分",
            related=(Related(Origin(record.path, *place), f"{label}：{planned.quote}", record.id),),
        )


def _events(text: str, year: int) -> list[_Event]:
    found = []
    for begin, sentence in sentences(text):
        if "月" not in sentence:
            continue
        for start, clause in clauses(sentence, begin):
            match = _MONTH.match(half_width(clause)) if "月" in clause else None
            if match and (not match["year"] or int(match["year"]) == year):
                found.append(
                    _Event(int(match["month"]), bare(match["event"]), clause[match.end("lead") :].strip(), start)
                )
    return found
