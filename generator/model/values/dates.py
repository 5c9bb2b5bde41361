"""Read dates and spans of time: deadlines and periods."""

import calendar
import re

from generator.model.values.notation import RANGE_SIGN, Printed
from generator.model.values.terms import Limit, Moment, Part
from generator.model.values.types import Deadline, Period
from generator.patterns import lazy_pattern

_YEAR = r"(?:19|20)[0-9]{2}"
_LIMIT = r"(?P<limit>之前|以前|前|之内|以内|内)?"
_DONE = (
    r"(?P<done>(?:全部|全面)?(?:完成|完工|竣工|验收|交付|建成|启动|结束|到位|支付|拨付|完成验收|完成支付|验收合格))?"
)
_DETAIL = r"(?:\((?P<detail>[^()]+)\))?"
_LEAD = r"(?:已于|截至|截止|于|在)?"

_DATE = lazy_pattern(
    rf"{_LEAD}(?:(?P<year>{_YEAR})年度?|(?P<this_year>[本当]?年)度?(?=[末底内初]))?"
    r"(?:(?P<month>[0-9]{1,2})月份?(?:(?P<day>[0-9]{1,2})[日号])?"
    r"|第?(?P<quarter>[1-4一二三四])季度|(?P<half>[上下])半年)?"
    rf"(?P<part>[上中下]旬|[初底末])?{_LIMIT}{_DONE}{_DETAIL}"
)
_ISO_DATE = lazy_pattern(
    rf"{_LEAD}(?P<year>{_YEAR})(?:(?P<sign>[-/.])(?P<month>[0-9]{{1,2}})(?P=sign)(?P<day>[0-9]{{1,2}})"
    rf"|[-/](?P<only_month>0[1-9]|1[0-2])){_LIMIT}{_DONE}{_DETAIL}"
)
_WHOLE = lazy_pattern(rf"(?:(?P<year>{_YEAR})年度?)?(?P<span>全年度?|[本当]年度?|年度|(?P<half>[上下])半年)?{_DETAIL}")
_SPAN = lazy_pattern(
    rf"(?:(?P<year>{_YEAR})年?)?(?:(?P<month>(?<![0-9])[0-9]{{1,2}})(?P<month_sign>月份?)?"
    rf"(?:(?P<day>[0-9]{{1,2}})[日号])?)?{RANGE_SIGN}"
    rf"(?:(?P<last_year>{_YEAR})年)?(?:(?P<last_month>[0-9]{{1,2}})月份?)?(?:(?P<last_day>[0-9]{{1,2}})[日号])?{_DETAIL}"
)
_ISO_SPAN = lazy_pattern(
    rf"({_YEAR})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}})(?:-|——?|~|至|到)({_YEAR})\2([0-9]{{1,2}})\2([0-9]{{1,2}})"
)
_PARTS = {
    "初": Part.START,
    "上旬": Part.EARLY,
    "中旬": Part.MIDDLE,
    "下旬": Part.LATE,
    "底": Part.END,
    "末": Part.END,
}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_LEAP_YEAR = 2000


def read_deadline(printed: Printed) -> Deadline | None:
    """Read a date of any precision with the words around it."""
    match = _ISO_DATE.fullmatch(printed.squeezed)
    if match is not None:
        moment = Moment(int(match["year"]), _integer(match["month"] or match["only_month"]), _integer(match["day"]))
        return _deadline(printed.text, moment, match) if is_possible(moment) else None
    match = _DATE.fullmatch(printed.squeezed)
    if match is None:
        return None
    moment = Moment(_integer(match["year"]), _integer(match["month"]), _integer(match["day"]))
    within_year = moment.month is None and not match["quarter"]
    bound = match["part"] or match["limit"] or match["done"]
    if not is_possible(moment) or (moment.day and match["part"]):
        return None
    # 2024年 and 上半年 alone are spans of time; without any date there is nothing to be ready by.
    if within_year and (not bound or not (match["year"] or match["this_year"] or match["half"])):
        return None
    if match["part"] and match["part"].endswith("旬") and moment.month is None:
        return None
    return _deadline(printed.text, moment, match)


def _deadline(text: str, moment: Moment, match: re.Match[str]) -> Deadline:
    piece = match.groupdict(default="")
    quarter, half, limit = piece.get("quarter", ""), piece.get("half", ""), piece["limit"]
    return Deadline(
        text,
        moment,
        {"上": 1, "下": 2}.get(half),
        _QUARTERS.get(quarter, _integer(quarter) if quarter.isascii() else None),
        _PARTS.get(piece.get("part", "")),
        (Limit.BEFORE if "前" in limit else Limit.WITHIN) if limit else None,
        piece["detail"],
    )


def read_period(printed: Printed) -> Period | None:
    """Read a span of time."""
    squeezed = printed.squeezed
    match = _ISO_SPAN.fullmatch(squeezed)
    if match is not None:
        first, last = Moment(*map(int, match.group(1, 3, 4))), Moment(*map(int, match.group(5, 6, 7)))
        return _period(printed.text, first, last, "")
    match = _WHOLE.fullmatch(squeezed)
    if match is not None and (match["year"] or match["span"]):
        year = _integer(match["year"])
        first_month, last_month = {"上": (1, 6), "下": (7, 12)}.get(match["half"], (1, 12))
        return Period(printed.text, Moment(year, first_month), Moment(year, last_month), match["detail"] or "")
    match = _SPAN.fullmatch(squeezed)
    return None if match is None else _span(printed.text, match)


def _span(text: str, match: re.Match[str]) -> Period | None:
    """Return the period of a first and a last date, where the two are written to the same precision."""
    year, last_year = _integer(match["year"]), _integer(match["last_year"])
    month, last_month = _integer(match["month"]), _integer(match["last_month"])
    day, last_day = _integer(match["day"]), _integer(match["last_day"])
    # "3月5日-10日" inherits its month; "5-10日" may be anything.
    if last_month is None and last_day is not None and match["month_sign"]:
        last_month = month
    if (month is None) != (last_month is None) or (day is None) != (last_day is None):
        return None
    if month is not None and not match["month_sign"] and day is not None:
        return None
    if month is None and (year is None or last_year is None):
        return None
    if year is None and last_year is not None:
        return None
    return _period(
        text, Moment(year, month, day), Moment(last_year or year, last_month, last_day), match["detail"] or ""
    )


def _period(text: str, first: Moment, last: Moment, detail: str) -> Period | None:
    in_order = [part or 0 for part in first] <= [part or 0 for part in last]
    return Period(text, first, last, detail) if in_order and is_possible(first) and is_possible(last) else None


def is_possible(moment: Moment) -> bool:
    """Tell whether the calendar has such a month and day; without a year 29 February counts."""
    if moment.month is None:
        return moment.day is None
    if not 1 <= moment.month <= len(calendar.month_name) - 1:
        return False
    if moment.day is None:
        return True
    return 1 <= moment.day <= calendar.monthrange(moment.year or _LEAP_YEAR, moment.month)[1]


def _integer(digits: str | None) -> int | None:
    return int(digits) if digits else None
