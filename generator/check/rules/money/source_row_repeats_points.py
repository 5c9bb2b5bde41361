"""BUD034: a source row that repeats the points of the total."""

from collections.abc import Iterator

from generator.check.money.funding import RESULT_FORMS, cell_of, main_row
from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity

_COLUMNS = ("points", "score")


@rule(
    "BUD034",
    "source-row-repeats-points",
    reads="funding.points",
    severity=Severity.NOTE,
    nature=Nature.STYLE,
    basis=(FORM, PRACTICE),
    formula="分值、得分只印在资金总额一行，来源行印“—”",
    otherwise="资金总额一行没有印出分值和得分，或没有来源行",
    record_types=RESULT_FORMS,
)
def source_row_repeats_points(subject: Subject) -> Iterator[Verdict]:
    """来源行重复了总额一行的分值或得分。

    预算执行率只计一次分，计在总额上。来源行再印一遍，读者和程序都会加重，总分就不是 100 了。

    反例：
        项目资金:
          单位: 元
          年度资金总额: {全年预算数: 100000.00, 全年执行数: 100000.00, 分值: 10, 得分: 10}
          当年财政拨款: {全年预算数: 100000.00, 全年执行数: 100000.00, 分值: 10, 得分: 10}
    正例：
        项目资金:
          单位: 元
          年度资金总额: {全年预算数: 100000.00, 全年执行数: 100000.00, 分值: 10, 得分: 10}
          当年财政拨款: {全年预算数: 100000.00, 全年执行数: 100000.00, 分值: "—", 得分: "—"}
    """
    main = main_row(subject)
    if main is None or cell_of(main, "points").number is None:
        return
    for row in subject.funding_rows():
        if row is main:
            continue
        repeated = [
            column for column in _COLUMNS if _repeats(cell_of(row, column).number, cell_of(main, column).number)
        ]
        if not repeated:
            yield PASSED
            continue
        printed = "、".join(cell_of(row, column).text for column in repeated)
        yield failed(
            subject.funding_spot(row, repeated[0]),
            f"“{row.label}”重复印了“{main.label}”的{'和'.join(_NAMES[column] for column in repeated)} {printed}",
            found=printed,
            expected="空白或“—”",
            hint=f"预算执行率只在“{main.label}”一行计分，这一行改为“—”",
        )


_NAMES = {"points": "分值", "score": "得分"}


def _repeats(number: object, of_total: object) -> bool:
    return number is not None and bool(number) and number == of_total
