"""SCO014: a grade where the layout has a field for it."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed, insufficient
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.money import BLANK_MARKS


@rule(
    "SCO014",
    "grade-missing",
    reads="total.score",
    severity=Severity.NOTE,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="版式有“评分等级”一栏，且印出了总得分，则等级不空",
    otherwise="这种版式没有“评分等级”一栏，或者没有印出总得分",
)
def grade_missing(subject: Subject) -> Iterator[Verdict]:
    """版式有评分等级一栏，却没有填写。

    多数表不印等级，这不是缺漏；只有版式本身有这一栏时才提示。原表没有这一栏的，请换用合适的版式，不要补填。

    反例：
        版式: A1
        总分: {分值: 100, 得分: 97.00}
    正例：
        版式: A1
        总分: {分值: 100, 得分: 97.00}
        评分等级: 优
    """
    if "grade" not in subject.form.head or subject.total("score").number is None:
        return
    grade = subject.head("grade")
    if grade.unreadable:
        yield insufficient(subject.head_spot("grade"), "评分等级无法辨认")
    elif grade.text not in BLANK_MARKS:
        yield PASSED
    else:
        yield failed(
            subject.head_spot("grade"),
            "表上有评分等级一栏，没有填写",
            found=grade.text or "空白",
            expected="、".join(grade.word for grade in subject.pack.grades),
            hint="照原表填写等级；原表没有这一栏时，改用没有这一栏的版式",
        )
