"""BUD003: an execution rate above 100 percent whose amounts are not printed."""

from collections.abc import Iterator

from generator.check.money.funding import RESULT_FORMS, amount_of, budget_column, cell_of, unit_of
from generator.check.money.rates import percent_of
from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rule import FORM, PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity

_WHOLE = 100


@rule(
    "BUD003",
    "execution-rate-above-hundred",
    reads="funding.execution_rate",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(FORM, PRACTICE),
    formula="执行率 ≤ 100%",
    otherwise="没有只印执行率、不印金额的行",
    record_types=RESULT_FORMS,
)
def execution_rate_above_hundred(subject: Subject) -> Iterator[Verdict]:
    """执行率超过 100%，表中又没有金额可以核对。

    支出超过全年预算，或者分母取错（例如用了年初预算数），执行率才会超过 100%，两种情况都要说明。
    同一行印出了执行数和全年预算数的，由 BUD001、BUD020 按金额判断，这里不重复。

    反例：
        项目资金:
          单位: 元
          年度资金总额: {全年预算数: , 全年执行数: 105000.00, 执行率: 105.00%}
    正例：
        项目资金:
          单位: 元
          年度资金总额: {全年预算数: , 全年执行数: 105000.00, 执行率: 95.00%}
    """
    unit = unit_of(subject)
    for row in subject.funding_rows():
        printed_rate = cell_of(row, "execution_rate")
        columns = (budget_column(row), "executed")
        if not (printed_rate.text or printed_rate.unreadable) or all(amount_of(row, one, unit) for one in columns):
            continue
        if row.unreadable or printed_rate.unreadable or any(cell_of(row, one).unreadable for one in columns):
            spot = subject.funding_spot(row, "execution_rate")
            yield insufficient(spot, f"“{row.label}”的执行率或金额无法辨认")
            continue
        rate = percent_of(subject, row)
        if rate is None:
            continue
        if rate.number <= _WHOLE:
            yield PASSED
            continue
        printed = printed_rate.text
        yield failed(
            subject.funding_spot(row, "execution_rate"),
            f"“{row.label}”的执行率是 {printed}，超过 100%，又没有金额可以核对",
            found=printed,
            expected="不超过 100%，或者印出全年预算数和全年执行数并说明原因",
            hint="核对分母是不是全年预算数；确实超预算的，补印金额并说明原因",
        )
