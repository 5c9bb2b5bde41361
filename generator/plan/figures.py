"""How computed numbers are written; printed ones are shown as they are and never pass through here."""

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from generator.model.amounts import Amount
from generator.money import EXACT

_CENT = Decimal("0.01")
_WAN = Decimal(10_000)
_WHOLE = Decimal(100)


def format_decimal(number: Decimal) -> str:
    """Return a number without trailing zeros: 2.0300 is 2.03."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def near_bound(number: Decimal) -> str:
    """Return in words a percentage that rounding to two places would make nothing or all of; empty for any other."""
    rounded = _to_cents(number)
    if rounded == number or rounded not in (0, _WHOLE):
        return ""
    if rounded == 0:
        return "不到 0.01%" if number > 0 else "略低于 0%"
    return "略低于 100%" if number < _WHOLE else "略高于 100%"


def format_percent(number: Decimal) -> str:
    """Return a percentage rounded to two places, half up, as the forms print it, but never to 0 or 100: 99.68%."""
    # Nought may have a sign, and equals itself without.
    return _percent(number) if number else _rounded(number)


# A site has the same rates of points again and again.
@lru_cache(maxsize=4096)
def _percent(number: Decimal) -> str:
    return near_bound(number) or _rounded(number)


def _rounded(number: Decimal) -> str:
    return f"{_to_cents(number):f}%"


def format_change(number: Decimal) -> str:
    """Return a change in percent with its sign, or in words where rounding would take it away: −35.47%."""
    size = number.copy_abs()
    words = near_bound(size)
    if words:
        return ("增加" if number > 0 else "减少") + words
    return ("+" if number > 0 else "−" if number < 0 else "") + format_percent(size)


def format_yuan(yuan: Decimal) -> str:
    """Return an exact amount in yuan with separators and at least two places: 4,702,600.00 元."""
    cents = _to_cents(yuan)
    exact = cents if yuan == cents else yuan.normalize(EXACT)
    return f"{exact:,f} 元"


def format_wan(yuan: Decimal) -> str:
    """Return an amount in 万元, saying so where two places round it: 约 1,262.18 万元."""
    rounded = _to_cents(EXACT.divide(yuan, _WAN))
    return f"{rounded:,f} 万元" if EXACT.multiply(rounded, _WAN) == yuan else f"约 {rounded:,f} 万元"


def format_amount(amount: Amount) -> str:
    """Return an amount as printed with its unit; our own sums say that they are sums."""
    if amount.computed:
        return f"{amount.number:,f} {amount.unit}（各来源相加）"
    return f"{amount.printed} {amount.unit}"


def format_signed(number: Decimal) -> str:
    """Return a number with its sign: +52.94, −33.55; nought is 0, to however many places it was computed."""
    return ("+" if number > 0 else "−") + format(number.copy_abs(), ",f") if number else "0"


def _to_cents(number: Decimal) -> Decimal:
    return number.quantize(_CENT, rounding=ROUND_HALF_UP, context=EXACT)
