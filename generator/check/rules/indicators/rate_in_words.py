"""IND035: an indicator called a rate whose target is a word or a date."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rows.indicator_rows import target_spot
from generator.check.rows.row_groups import row_groups
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.values import Blank, Deadline, FreeText, Frequency, Period, Words

_NO_RATES, _OPEN = (Words, Deadline, Period, Frequency), (Blank, FreeText)


@rule(
    "IND035",
    "rate-in-words",
    severity=Severity.NOTE,
    nature=Nature.METHOD,
    basis=(PRACTICE,),
    formula="名称以“率”结尾的指标，指标值以 % 计",
    otherwise="没有一行名称以“率”结尾",
)
def rate_in_words(subject: Subject) -> Iterator[Verdict]:
    """名称叫“率”，指标值却是一个词或日期。

    率是算出来的：分子、分母和百分比都要有。以“提升”“及时”作目标的率，到年底也只能答“提升”“及时”。
    “控制在预算内”是公认的写法，不算。

    反例：
        绩效指标:
          效益指标:
            社会效益指标:
              - {三级指标: 培训后业务提升率, 年度指标值: 提升}
    正例：
        绩效指标:
          效益指标:
            社会效益指标:
              - {三级指标: 培训后业务提升率, 年度指标值: ≥80%}
    """
    for row in row_groups(subject).rates:
        if row.target_cell.unreadable:
            yield insufficient(target_spot(row), f"“{row.name}”的指标值无法辨认")
        elif isinstance(row.target, _NO_RATES):
            yield failed(
                target_spot(row),
                f"“{row.name}”叫“率”，指标值却不是百分比",
                found=row.target_cell.text,
                expected="以 % 计的数，例如 ≥90%",
                hint="改为百分比；不算比率的，把名称中的“率”改为“性”“情况”或“时间”",
            )
        elif not isinstance(row.target, _OPEN):
            yield PASSED
