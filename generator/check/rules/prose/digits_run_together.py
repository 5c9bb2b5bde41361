"""PRO004: the contents of several cells run together in one."""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import EVALUATIONS, Row, Subject
from generator.finding import Severity
from generator.money import BLANK_MARKS
from generator.patterns import lazy_pattern
from generator.text import folded, half_width

_TWO_RATES = lazy_pattern(r"\s*[≥≤><=]*\s*\d+(?:\.\d+)?%\s*[≥≤><=]?\s*\d+(?:\.\d+)?%\s*(?P<more>\d+(?:\.\d+)?)*\s*")
# The same unit behind both numbers, as in ≥10场11场; calendar words may well follow each other.
_ONE_AND_OTHER = lazy_pattern(
    r"\s*(?P<sign>[≥≤><=≧≦]*)\s*\d[\d,]*(?:\.\d+)?\s*(?P<unit>(?![年月日号时分点第])[%‰(\u4e00-\u9fff][%‰()/\u4e00-\u9fff]{0,9}?)"
    r"\s*(?P<other>[≥≤><=≧≦]*\s*\d[\d,]*(?:\.\d+)?\s*(?P=unit))\s*"
)
_TWO_NUMBERS = lazy_pattern(r"\d[^\d,.，．]+\d")
_BETWEEN = frozenset("至到或和及")
_TWICE = lazy_pattern(r"(?P<one>\d{1,3}(?:\.\d+)?)(?P=one)")
_MOST = Decimal(100)


@rule(
    "PRO004",
    "digits-run-together",
    reads="indicator.initial_target indicator.points indicator.target",
    severity=Severity.WARNING,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="一格里只有这一格的内容",
    otherwise="没有目标值和分值",
    record_types=EVALUATIONS | {"Other"},
)
def digits_run_together(subject: Subject) -> Iterator[Verdict]:
    """相邻几格的内容连成了一格，例如“≥90%95%”“1010”。

    转换时丢了格线，目标值和完成值、分值和得分就连在一起，后面的格却空着。
    只在带比较符号的目标值里两个数带着同样的单位紧挨着，后一个数就是完成值，或者后一格正好空着、前一格又明显是两格内容时才指出。

    反例：
        绩效指标:
          满意度指标:
            服务对象满意度指标:
              - {三级指标: 居民满意度, 年度指标值: ≥90%95%, 实际完成值: , 分值: 10, 得分: 10}
    正例：
        绩效指标:
          满意度指标:
            服务对象满意度指标:
              - {三级指标: 居民满意度, 年度指标值: ≥90%, 实际完成值: 95%, 分值: 10, 得分: 10}
    """
    for row in subject.scored:
        fault = _fault(row)
        if fault is None:
            if row.target_cell.text or row.points is not None:
                yield PASSED
            continue
        identifier, next_label = fault
        text = row.cell(identifier).text
        behind = "，" + next_label + "却空着" if _is_blank(row, _NEXT[identifier]) else ""
        yield failed(
            row.spot(identifier),
            f"“{row.name}”的“{text}”像是两格的内容连在一起{behind}",
            found=text,
            expected=f"这一格的内容，和{next_label}的内容各在一格",
            hint=f"对照原件，把后半部分移到{next_label}一格",
        )


_NEXT = {"target": "actual", "points": "score"}


def _fault(row: Row) -> tuple[str, str] | None:
    target = row.cell("target").text
    if _has_two_numbers(target):
        if _holds_two(target, row.cell("actual").text):
            return "target", "完成值"
        if _is_blank(row, "actual") and _TWO_RATES.fullmatch(half_width(target)):
            return "target", "完成值"
    if row.points is None or row.points <= _MOST:
        return None
    if _is_blank(row, "score") and _TWICE.fullmatch(row.cell("points").text.strip()):
        return "points", "得分"
    return None


@lru_cache(maxsize=4_096)
def _has_two_numbers(text: str) -> bool:
    return _TWO_NUMBERS.search(text) is not None


def _holds_two(text: str, following: str) -> bool:
    """Tell whether two values stand in one cell; without a sign, 40%60% may be a range that lost its dash."""
    found = _ONE_AND_OTHER.fullmatch(half_width(text))
    if found is None or found["unit"][-1] in _BETWEEN:
        return False
    return bool(found["sign"]) or folded(found["other"]) == folded(following)


def _is_blank(row: Row, identifier: str) -> bool:
    cell = row.cell(identifier)
    return cell.text.strip() in BLANK_MARKS and not cell.unreadable
