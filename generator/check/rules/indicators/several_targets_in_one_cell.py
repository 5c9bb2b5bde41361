"""IND039: one target that promises several things."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rows.indicator_bounds import contradiction_in
from generator.check.rows.indicator_rows import named_rows, target_spot
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.values import Blank, FreeText
from generator.patterns import lazy_pattern
from generator.text import folded

_IN_BRACKETS = lazy_pattern(r"\([^()]*\)")
_CLAUSES = lazy_pattern(r"[,;。](?![0-9])")
_FIGURE = lazy_pattern(r"[0-9]")
_SHORTEST = 4
"""Characters from which on a clause says something of its own."""


@rule(
    "IND039",
    "several-targets-in-one-cell",
    reads="indicator.adjusted_target indicator.initial_target indicator.target",
    severity=Severity.NOTE,
    nature=Nature.METHOD,
    basis=(PRACTICE,),
    formula="一个指标值只写一件事",
    otherwise="没有一行有指标值",
)
def several_targets_in_one_cell(subject: Subject) -> Iterator[Verdict]:
    """一个指标值里写了几件事。

    几件事合在一格，完成了一件、没完成另一件就无法计分。拆成几个指标，各有各的目标和分值。
    只看括号以外用逗号、分号、句号隔开、并且其中有数的长文字；“及时、规范”这样并列的定性词不算。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 体育活动, 年度指标值: 参加市区级赛事全年20场，开展全民健身系列活动}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 参加市区级赛事, 年度指标值: ≥20场}
    """
    for row in named_rows(subject):
        target = row.target
        if isinstance(target, Blank):
            continue
        if isinstance(target, FreeText) and not contradiction_in(target.text) and _is_several(target.text):
            yield failed(
                target_spot(row),
                f"“{row.name}”的指标值写了几件事，无法分别考核",
                found=target.text,
                expected="一个目标",
                hint="拆成几个指标，每个指标一个目标、一个分值",
            )
        else:
            yield PASSED


def _is_several(text: str) -> bool:
    words = _IN_BRACKETS.sub("", folded(text))
    clauses = [clause for clause in _CLAUSES.split(words) if len(clause) >= _SHORTEST]
    return len(clauses) > 1 and _FIGURE.search(words) is not None
