"""Whether a form says anything in explanation of its money."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from generator.check.money.funding import cell_of
from generator.check.subject import Subject, is_said
from generator.model.records import BLANK
from generator.patterns import lazy_pattern

_RECENT = 16
"""Records whose explanation is kept at hand."""

_ABOUT_MONEY = lazy_pattern(
    r"预算|追加|[调核压削](?:增|减)|结余|结转|执行率|执行进度|资金|经费|未支付|未支出|支付|减少支出|节约|"
    r"跨年|结算|尾款|余款|质保金|质量保证金"
)


@lru_cache(maxsize=_RECENT)
def is_money_explained(subject: Subject) -> bool:
    """Tell whether the form says anything in explanation of its money; any word on it counts."""
    if any(is_said(cell_of(row, "adjustment_reason").text) for row in subject.funding_rows()) or subject.explanation:
        return True
    if any(_ABOUT_MONEY.search(text) for text in _explaining_texts(subject)):
        return True
    account = subject.record.prose.get("achieved")
    return account is not None and bool(_MONEY_CHANGED.search(account.text))


_MONEY_CHANGED = lazy_pattern(
    r"追加|[调核压削]减|调增|预算调整|调整预算|结余|结转|未支付|未支出|尾款|质保金|质量保证金|年中下达|"
    r"下达[^。；;\n]{0,10}(?:资金|补助|经费|指标)|(?:资金|补助|经费)[^。；;\n]{0,6}下达"
)
"""What an account of the work says where it tells why the money changed; 经费用于 ... tells nothing."""


def _explaining_texts(subject: Subject) -> Iterable[str]:
    record = subject.record
    yield from (record.prose[key].text for key in ("conclusion", "remarks", "review_opinion") if key in record.prose)
    yield from (row.reason for row in subject.rows if row.reason)
    yield from (cell.text for row in subject.funding_rows() for cell in row.extra.values())
    yield from (cell.text for cell in record.extra.values())


def why_unexplained(subject: Subject) -> str:
    """Say which cell for an explanation cannot be read, so that nobody may say that there is none; or else empty."""
    return next(_unreadable(subject), "")


def _unreadable(subject: Subject) -> Iterator[str]:
    for row in subject.funding_rows():
        if any(cell.unreadable for cell in (cell_of(row, "adjustment_reason"), *row.extra.values())):
            yield f"“{row.label}”写原因的一格无法辨认，看不出有没有说明"
    for indicator in subject.record.indicators:
        if any(indicator.cells.get(column, BLANK).unreadable for column in _REASONS):
            yield f"“{indicator.name}”写原因的一格无法辨认，看不出有没有说明"
    for label, cell in subject.record.extra.items():
        if cell.unreadable:
            yield f"“{label}”无法辨认，看不出有没有说明"
    prose = subject.record.prose
    if any(key in prose and _GAP.search(prose[key].text) for key in _EXPLAINING):
        yield "说明文字有几处无法辨认，看不出有没有说到资金"


_EXPLAINING = (
    "form_deviation_reason", "improvement_measures", "problems", "conclusion", "remarks", "review_opinion",
)  # fmt: skip
"""Texts that are there to explain; the account of the work tells of money only by the way."""
_REASONS = ("deviation_reason", "improvement_measures", "deviation", "remark")
_GAP = lazy_pattern(r"\[…\]|无法辨认|[□■\ufffd]")
