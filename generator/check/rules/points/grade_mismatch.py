"""SCO013: the printed grade against the printed total score."""

from collections.abc import Iterator
from decimal import Decimal

from generator.check.arithmetic import half_unit
from generator.check.outcome import PASSED, Calculation, Verdict, failed, insufficient, not_applicable, rounded
from generator.check.pack import Grade
from generator.check.rule import MEASURES_2020, Nature, rule
from generator.check.scores.points import column_of
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.records import Cell
from generator.money import BLANK_MARKS
from generator.text import folded


@rule(
    "SCO013",
    "grade-mismatch",
    reads="head.grade",
    severity=Severity.ERROR,
    nature=Nature.CONTRADICTION,
    basis=(MEASURES_2020,),
    formula="优 ≥ 90 > 良 ≥ 80 > 中 ≥ 60 > 差（界限和叫法由规则包设定，下限含本数）",
    otherwise="表中没有印出评分等级",
)
def grade_mismatch(subject: Subject) -> Iterator[Verdict]:
    """印出的等级与总得分不符。

    等级按总得分划档，每档含下限、不含上限：89.99 分是良。
    界限来自规则包，条文未经核对；当地另有规定的，请在规则包里改。
    规则包里没有的等级用语不判断；满分不是 100 的不判断。表中另印复核总得分的，等级与其中一个相符即可。

    反例：
        评分等级: 优
        总分: {分值: 100, 得分: 89.99}
    正例：
        评分等级: 良
        总分: {分值: 100, 得分: 89.99}
    """
    printed = subject.head("grade")
    if printed.unreadable:
        yield insufficient(subject.head_spot("grade"), "评分等级无法辨认")
        return
    if printed.text.strip() in BLANK_MARKS:
        return
    pack = subject.pack
    grades = list(pack.grades)
    position = next((at for at, grade in enumerate(grades) if _is(grade, printed.text)), None)
    whole = subject.total("points").number
    if position is None:
        yield not_applicable(f"规则包“{pack.title}”没有“{printed.text}”这个等级")
        return
    if whole is not None and whole != pack.total_points:
        yield not_applicable(f"分值合计是 {whole:f}，不是 {pack.total_points:f}，不能按百分制划等级")
        return
    highest = grades[position - 1].lowest if position else None
    scores = [cell for cell in (subject.total("score"), subject.total("review_score")) if cell.number is not None]
    if not scores:
        yield insufficient(subject.head_spot("grade"), "总得分无法辨认或没有印出数字")
        return
    yield _judged(subject, printed, scores, (grades[position].lowest, highest))


def _is(grade: Grade, text: str) -> bool:
    return folded(text) in (grade.word, *grade.synonyms)


def _judged(subject: Subject, printed: Cell, scores: list[Cell], band: tuple[Decimal, Decimal | None]) -> Verdict:
    lowest, highest = band
    if any(_within(cell, lowest, highest, rounded_up=False) for cell in scores):
        return PASSED
    score = scores[0]
    total = score.number or Decimal(0)
    right = next((grade for grade in subject.pack.grades if total >= grade.lowest), subject.pack.grades[-1])
    limits = f"{lowest:f} ≤ 总得分" + (f" < {highest:f}" if highest is not None else "")
    spot = subject.head_spot("grade")
    column = column_of(subject, "score")
    # A total that is just the sum of its rows was not rounded.
    is_exact = column is not None and not column.missing and column.total == total
    if not is_exact and any(_within(cell, lowest, highest, rounded_up=True) for cell in scores):
        calculation = Calculation("等级的界限", limits, score.text, total)
        return rounded(spot, "总得分印出前可能已四舍五入，等级与其真值相符", calculation=calculation)
    return failed(
        spot,
        f"总得分 {score.text}，等级印作“{printed.text}”，按规则包的界限应是“{right.word}”（“{printed.text}”须 {limits}）",
        found=printed.text,
        expected=f"{right.word}（“{printed.text}”须 {limits}）",
        hint="核对总得分和等级，改正其中一个；当地的等级界限不同时，在规则包里设定",
    )


def _within(cell: Cell, lowest: Decimal, highest: Decimal | None, *, rounded_up: bool) -> bool:
    number = cell.number or Decimal(0)
    radius = half_unit(number) if rounded_up else Decimal(0)
    reaches = number >= lowest or lowest < number + radius
    return reaches and (highest is None or number - radius < highest)
