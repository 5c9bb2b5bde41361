"""SCO015: words where a total belongs."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.money import BLANK_MARKS


@rule(
    "SCO015",
    "total-in-words",
    reads="total.points total.review_score total.score",
    severity=Severity.NOTE,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="总分栏印的是数字",
    otherwise="总分栏空白，或者没有这一栏",
)
def total_in_words(subject: Subject) -> Iterator[Verdict]:
    """总分栏印的是文字，不是数字。

    印成文字的总分不能复算，也不能与别的项目比较。等级请写在“评分等级”一栏。

    反例：
        总分: {分值: 100, 得分: {原文: 九十七分}}
    正例：
        总分: {分值: 100, 得分: 97}
    """
    for identifier, cell in subject.record.total.items():
        if cell.unreadable or cell.text in BLANK_MARKS:
            continue
        if cell.number is not None:
            yield PASSED
        else:
            yield failed(
                subject.total_spot(identifier),
                f"总分栏印的是“{cell.text}”",
                found=cell.text,
                expected="数字",
                hint="照原表核对；原表确实印成文字时保留，并在下一年改印数字",
            )
