"""REC036: a filler of the blank form that nobody replaced."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import repeat

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Row, Subject
from generator.finding import Severity
from generator.money import BLANK_MARKS
from generator.patterns import lazy_pattern
from generator.text import half_width

_FILLER = lazy_pattern(r"(?:(?:三级|四级)?指标 ?[0-9一二三四五六七八九十]* ?[:、.]? ?)?(?:…+|\.{3,})?")

_LONGEST = 16


@rule(
    "REC036",
    "filler-left-over",
    severity=Severity.NOTE,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="每一行都有指标名称，名称不是“指标1：”“……”一类的占位文字",
    otherwise="表中没有指标",
)
def filler_left_over(subject: Subject) -> Iterator[Verdict]:
    """空白表样上的“指标2：”“……”没有填写也没有删去。

    占位的行混在指标里，机器会把它当作没有名称、没有目标的指标，读者会以为漏了内容。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 示例服务次数, 年度指标值: ≥12次}
              - {三级指标: "指标2：", 年度指标值: }
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 示例服务次数, 年度指标值: ≥12次}
    """
    rows = subject.rows
    if not [row for row in rows if len(row.name) <= _LONGEST and _is_filler(row.name)]:
        yield from repeat(PASSED, len(rows))
        return
    for row in rows:
        if _is_filler(row.name) and not _says_anything(row):
            yield failed(
                row.spot(),
                f"第 {row.position + 1} 行是没有填写的占位行",
                found=row.name or row.target_cell.text or "空白",
                expected="指标的名称和指标值",
                hint="填写这项指标；没有这一项就在下一次填报时删去",
            )
        else:
            yield PASSED


# Indicators keep their names from year to year.
@lru_cache(maxsize=4_096)
def _is_filler(name: str) -> bool:
    return len(name) <= _LONGEST and _FILLER.fullmatch(half_width(name).strip()) is not None


def _says_anything(row: Row) -> bool:
    return any(
        cell.unreadable
        or (cell.text.strip() not in BLANK_MARKS and not _FILLER.fullmatch(half_width(cell.text).strip()))
        for cell in row.indicator.cells.values()
    )
