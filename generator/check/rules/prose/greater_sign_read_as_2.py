"""PRO001: ≥ turned into the digit 2 by conversion."""

from collections.abc import Iterator
from decimal import Decimal

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Row, Subject
from generator.finding import Severity
from generator.model.values import Quantity, Value

_WHOLE, _TWICE = Decimal(100), Decimal(200)


@rule(
    "PRO001",
    "greater-sign-read-as-2",
    reads="indicator.actual indicator.adjusted_target indicator.initial_target indicator.target",
    severity=Severity.WARNING,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="目标值和完成值的第一个数字不是由“≥”误认来的",
    otherwise="没有以百分比表示的目标值和完成值",
)
def greater_sign_read_as_2(subject: Subject) -> Iterator[Verdict]:
    """“≥”被误认成数字 2，例如“≥90%”变成了“290%”。

    从 PDF 或图片转换时，“≥”常被认成 2，百分之九十就成了百分之二百九十。
    只在能从同一行看出来时才指出：去掉开头的 2 不超过 100%，同一行的另一个值正是一个不超过 100% 的百分比，
    并且与去掉 2 以后的数相近；增长率、完成率本来就可能超过 100%，名称带增长、增幅、超额的不判断。

    反例：
        绩效指标:
          满意度指标:
            服务对象满意度指标:
              - {三级指标: 居民满意度, 年度指标值: 290%, 实际完成值: 92%}
    正例：
        绩效指标:
          满意度指标:
            服务对象满意度指标:
              - {三级指标: 居民满意度, 年度指标值: ≥90%, 实际完成值: 92%}
    """
    for row in subject.rows:
        for is_target, value in row.values.percentages:
            if not isinstance(value, Quantity):
                continue
            if value.number <= _TWICE:
                yield PASSED
                continue
            identifier, other = ("target", row.actual) if is_target else ("actual", row.target)
            without = _without_2(value)
            if without is None or not _is_supported(row, without, other):
                yield PASSED
                continue
            printed = row.target_cell.text if identifier == "target" else row.actual_cell.text
            yield failed(
                row.spot(identifier),
                f"“{row.name}”的“{printed}”像是“≥{without}%”，“≥”被误认成了 2",
                found=printed,
                expected=f"≥{without}%",
                hint="对照原件；原件是“≥”的改正，原件确实印着这个数的，请填报单位核实",
            )


def _without_2(value: Quantity) -> Decimal | None:
    """Return the number behind a leading 2, where that could be a percentage and the whole could not."""
    text = value.number_text
    if value.comparator is not None or not text.startswith("2") or value.number <= _TWICE:
        return None
    rest = text[1:]
    if not rest[:1].isdigit() or rest.startswith("0"):
        return None
    number = Decimal(rest.replace(",", ""))
    return number if 0 < number <= _WHOLE else None


def _is_supported(row: Row, number: Decimal, other: Value) -> bool:
    if not isinstance(other, Quantity) or other.normalised_unit != "%" or other.number > _WHOLE:
        return False
    if any(word in row.name for word in ("增", "超", "提高", "提升")):
        return False
    return abs(other.number - number) <= Decimal(20)
