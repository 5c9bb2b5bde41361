"""PRO023: a text that speaks only of other years."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.patterns import lazy_pattern
from generator.text import half_width
from generator.vocabulary import Place

_NOT_OF_IT = lazy_pattern(
    r"《[^》]*》|〔\d+〕|\d{4} ?年?[-—~至到] ?\d{4} ?年|(?:截至|截止|自|从|根据|按照|比|较|与|超)[^，。；\n]{0,6}20\d\d ?年"
)
_ANY_YEAR = lazy_pattern(r"\d[ \u3000]?年")
_YEAR = lazy_pattern(r"(?<!\d)(20\d\d) ?年")


@rule(
    "PRO023",
    "about-another-year",
    severity=Severity.NOTE,
    nature=Nature.QUESTION,
    basis=(PRACTICE,),
    formula="预期目标和实际完成情况提到的年份中有这份表的年度",
    otherwise="年度总体目标没有提到年份",
)
def about_another_year(subject: Subject) -> Iterator[Verdict]:
    """年度总体目标只提到别的年份。

    套用上一年的文字而忘了改年份是常见的差错。书名号里的文件、跨年度的规划期、“截至某年”“比某年”不算，完成情况展望下一年的也不算；
    提到几个年份的，只要有这份表的年度就不问。

    反例：
        年度: 2024
        年度总体目标:
          预期目标: 2023年开展示例服务 12 次。
    正例：
        年度: 2024
        年度总体目标:
          预期目标: 2024年开展示例服务 12 次。
    """
    record = subject.record
    year = str(record.fiscal_year)
    for key in ("expected", "achieved"):
        prose = record.prose.get(key)
        if prose is None or "年" not in prose.text or not _ANY_YEAR.search(prose.text):
            continue
        text = _NOT_OF_IT.sub(lambda match: "\x00" * len(match[0]), half_width(prose.text))
        years = _YEAR.findall(text)
        if not years:
            continue
        # An account may look forward to the next year; it cannot tell of it.
        if year in prose.text or (key == "achieved" and min(years) > year):
            yield PASSED
            continue
        label = record.label(Place.OBJECTIVE, key)
        first = _YEAR.search(text)
        offset = first.start() if first else 0
        yield failed(
            subject.prose_spot(key)._replace(span=prose.place_of(offset)),
            f"“{label}”只提到 {'、'.join(dict.fromkeys(years))} 年，这份表是 {year} 年度的，是否套用了别的年度的文字？",
            found=prose.text[offset : offset + 30].split("\n")[0],
            expected=f"{year}年",
            hint="核对这段文字是不是本年度的；年份写错的改正",
        )
