"""IND041: a project planned to end before it starts."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rows.indicator_dates import head_date
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "IND041",
    "start-after-end",
    severity=Severity.ERROR,
    nature=Nature.ARITHMETIC,
    basis=(FORM,),
    formula="计划开始日期 ≤ 计划完成日期",
    otherwise="表头没有计划开始日期和计划完成日期",
)
def start_after_end(subject: Subject) -> Iterator[Verdict]:
    """计划开始日期晚于计划完成日期。

    两个日期必有一个写错。只印到月的，按月比较。

    反例：
        计划开始日期: 2024-12-31
        计划完成日期: 2024-01-01
    正例：
        计划开始日期: 2024-01-01
        计划完成日期: 2024-12-31
    """
    start, end = head_date(subject, "planned_start"), head_date(subject, "planned_end")
    for identifier, moment in (("planned_start", start), ("planned_end", end)):
        cell = subject.head(identifier)
        if moment is None and (cell.text.strip() or cell.unreadable):
            yield insufficient(subject.head_spot(identifier), "计划日期无法辨认，或不是日期")
    if start is None or end is None:
        return
    pairs = [(one, other) for one, other in zip(start, end, strict=True) if one is not None and other is not None]
    if [one for one, _ in pairs] <= [other for _, other in pairs]:
        yield PASSED
        return
    printed = (subject.head("planned_start").text, subject.head("planned_end").text)
    yield failed(
        subject.head_spot("planned_end"),
        f"计划完成日期 {printed[1]} 早于计划开始日期 {printed[0]}",
        found=printed[1],
        expected=f"不早于 {printed[0]}",
        hint="改正写错的那个日期",
    )
