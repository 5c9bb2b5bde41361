"""REC041: a year printed in a heading that is not the record's."""

import re
from collections.abc import Iterator

from generator.check.outcome import PASSED, Spot, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import EVALUATIONS, Subject
from generator.finding import Severity
from generator.patterns import lazy_pattern
from generator.text import half_width

_YEAR = lazy_pattern(r"(?<!\d)(20\d\d) ?(?=[年\-.至到~—/]|$|\))")
_OF_COLLECTION = lazy_pattern(r"(?<!\d)(20\d\d) ?年度?[^\d。；]{0,20}绩效")


@rule(
    "REC041",
    "printed-year-mismatch",
    reads="head.period",
    severity=Severity.ERROR,
    nature=Nature.CONTRADICTION,
    basis=(FORM,),
    formula="标题、年度表述印出的年份包含“年度”所写的年份",
    otherwise="标题和年度表述没有印出年份",
)
def printed_year_mismatch(subject: Subject) -> Iterator[Verdict]:
    """印出的年份与这份表的年度不一致。

    标题印着一个年份，年度写着另一个，两者必有一错；套用上一年的表格而忘了改标题，是最常见的原因。
    一段时间（例如 2023-2025年）只要包含该年度就算相符；汇编标题只看“某年度……绩效”一类的写法，自评表收在下一年的汇编里不算错。

    反例：
        年度: 2024
        年度表述: (2023年度)
    正例：
        年度: 2024
        年度表述: (2024年度)
    """
    record = subject.record
    year = record.fiscal_year
    for label, text, years, spot in _headings(subject):
        if not years:
            continue
        # A self-evaluation is made, and collected, in the year after.
        late = label == "汇编标题" and subject.record_type in EVALUATIONS
        if min(years) - late <= year <= max(years):
            yield PASSED
            continue
        yield failed(
            spot,
            f"{label}印的是 {'、'.join(map(str, sorted(set(years))))} 年，这份表的年度是 {year}",
            found=text,
            expected=str(year),
            hint="对照原件：年度录错的改年度，并移到对应的文件夹；原件印错的，请填报单位更正",
        )


def _headings(subject: Subject) -> Iterator[tuple[str, str, list[int], Spot]]:
    record = subject.record
    period = subject.head("period")
    if period.text:
        spot = subject.head_spot("period")
        yield "年度表述", period.text, _years(_YEAR, period.text), spot
    form = record.form
    if "20" in form:
        yield "表的标题", form, _years(_YEAR, form), subject.block_spot("form")
    collection = record.source.get("collection")
    if collection is not None and collection.text:
        spot = Spot(collection.span, "来源 › 汇编标题")
        yield "汇编标题", collection.text, _years(_OF_COLLECTION, collection.text), spot


def _years(pattern: re.Pattern[str], text: str) -> list[int]:
    return [int(found) for found in pattern.findall(half_width(text))]
