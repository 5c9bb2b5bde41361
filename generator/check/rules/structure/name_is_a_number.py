"""REC039: an indicator whose name is missing or only a number."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Row, Subject
from generator.finding import Severity
from generator.money import BLANK_MARKS
from generator.patterns import lazy_pattern
from generator.text import half_width

_NUMBER = lazy_pattern(r"[≥≤><=]* *[\d,.]+ *%?|[(（]?\d+[)）]?")
_DOTS = frozenset({"", "…", "……", "..."})


@rule(
    "REC039",
    "name-is-a-number",
    severity=Severity.WARNING,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="填了指标值、完成值或分值的行都有文字的名称",
    otherwise="表中没有指标",
)
def name_is_a_number(subject: Subject) -> Iterator[Verdict]:
    """指标没有名称，或者名称一格里只有数字。

    没有名称，就不知道目标和得分说的是什么；名称里只有数字，多半是转录时错了一栏。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: "12", 年度指标值: ≥12次, 分值: 10}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 示例服务次数, 年度指标值: ≥12次, 分值: 10}
    """
    for row in subject.rows:
        # Most names do; no need to look closer.
        if row.words.begins_with_word:
            yield PASSED
            continue
        name = half_width(row.name).strip() if row.words.is_named else ""
        if name and not _NUMBER.fullmatch(name):
            yield PASSED
        elif name or _has_values(row):
            yield failed(
                row.spot(),
                "名称一格里只有数字" if name else "这一行有内容，却没有指标名称",
                found=row.name or "空白",
                expected="指标的名称，例如“示例服务次数”",
                hint="照原表补上名称；名称和指标值错了一栏的，各归其位",
            )


def _has_values(row: Row) -> bool:
    return any(cell.text.strip() not in BLANK_MARKS | _DOTS for cell in row.indicator.cells.values())
