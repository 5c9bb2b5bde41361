"""REC043: an indicator whose name says that it belongs to another class."""

from collections.abc import Iterator

from generator.check.levels import Level1, Level2
from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import PROJECT_FORMS, Row, Subject
from generator.finding import Severity

_SATISFACTION, _TIMELINESS = Level2.SATISFACTION, Level2.TIMELINESS


@rule(
    "REC043",
    "indicator-in-wrong-class",
    severity=Severity.NOTE,
    nature=Nature.QUESTION,
    basis=(PRACTICE,),
    formula="名称以“满意度”结尾的在满意度或效益下，以“及时性”“及时率”结尾的在时效下",
    otherwise="没有能从名称看出类别的指标",
    record_types=PROJECT_FORMS,
)
def indicator_in_wrong_class(subject: Subject) -> Iterator[Verdict]:
    """从名称看，指标放错了类别。

    满意度放进产出，产出的分值就虚高；及时性放进数量，数量指标就等于没有。
    只看名称末尾明明白白的两类：满意度（率）和及时性（率）。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 补贴发放及时率, 年度指标值: =100%}
    正例：
        绩效指标:
          产出指标:
            时效指标:
              - {三级指标: 补贴发放及时率, 年度指标值: =100%}
    """
    for row in subject.scored:
        if row.words.class_told is None:
            continue
        wanted = _wanted(row)
        if wanted is None:
            continue
        if not wanted:
            yield PASSED
            continue
        yield failed(
            row.spot(),
            f"“{row.name}”放在“{'›'.join(row.indicator.path)}”下，是否应归入{wanted}？",
            found=" › ".join(row.indicator.path),
            expected=wanted,
            hint=f"归入{wanted}并核对各类分值；不改的，说明它衡量的为什么不是{wanted.removesuffix('指标')}",
        )


def _wanted(row: Row) -> str | None:
    """Return the class a row belongs to, empty where it stands there, None where its name does not tell."""
    told = row.words.class_told
    if told is None or row.level2 is None:
        return None
    if told is _SATISFACTION:
        return "满意度指标" if row.level1 in (Level1.OUTPUT, Level1.COST) else ""
    if told is _TIMELINESS:
        misplaced = row.level2 in (Level2.QUANTITY, Level2.QUALITY, Level2.COST, Level2.SATISFACTION)
        return "时效指标" if misplaced else ""
    return None
