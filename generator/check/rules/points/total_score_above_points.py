"""SCO006: the printed total score against the printed total of points."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity


@rule(
    "SCO006",
    "total-score-above-points",
    reads="total.points total.review_score total.score",
    severity=Severity.ERROR,
    nature=Nature.ARITHMETIC,
    basis=(FORM,),
    formula="0 ≤ 总得分 ≤ 分值合计",
    otherwise="表中没有同时印出分值合计和总得分",
)
def total_score_above_points(subject: Subject) -> Iterator[Verdict]:
    """总得分高于分值合计，或者低于零。

    总得分最多等于满分。超出时，要么某一行多给了分，要么合计抄错。复核给出的总得分同样看。

    反例：
        总分: {分值: 100, 得分: 109.7}
    正例：
        总分: {分值: 100, 得分: 99.7}
    """
    points = subject.total("points")
    if points.number is None:
        return
    for identifier, title in (("score", "总得分"), ("review_score", "复核总得分")):
        score = subject.total(identifier)
        if score.number is None:
            continue
        if 0 <= score.number <= points.number:
            yield PASSED
        else:
            yield failed(
                subject.total_spot(identifier),
                f"{title} {score.text} 不在 0 至分值合计 {points.text} 之间",
                found=score.text,
                expected=f"0 至 {points.text}",
                hint=f"核对{title}和分值合计，看是否抄反或小数点错位",
            )
