"""The unit of money where the form prints none."""

from decimal import Decimal

from generator.importers.draft import Certainty
from generator.importers.understand.collect import Collected, Value
from generator.money import decimal_of

_CERTAINLY_YUAN = Decimal(100_000)
_NOT_MONEY = ("points", "score", "review_score", "execution_rate", "adjustment_reason")


def settle_unit(form: Collected) -> None:
    """State a unit that the amounts themselves tell, to be confirmed; leave it blank where they do not."""
    if form.unit is not None or not form.money:
        return
    texts = [
        value.text
        for row in form.money
        for value in (*(cell for key, cell in row.cells.items() if key not in _NOT_MONEY), *row.printed)
    ]
    amounts = [number for text in texts if (number := decimal_of(text)) is not None]
    largest = max(amounts, default=Decimal(0))
    if largest >= _CERTAINLY_YUAN:
        why = f"原表没有印金额单位；最大的金额是 {largest:,f}，以万元计就超过十亿元，按元理解"
        form.unit = Value("元", "", Certainty.INFERRED, why)
    elif any(number != number.to_integral_value() for number in amounts) and largest < _CERTAINLY_YUAN / 10:
        why = f"原表没有印金额单位；最大的金额只有 {largest:,f} 并带小数，按万元理解"
        form.unit = Value("万元", "", Certainty.INFERRED, why)
    else:
        form.remark("原表没有印金额单位，从金额大小也看不出，请补上“元”或“万元”")
