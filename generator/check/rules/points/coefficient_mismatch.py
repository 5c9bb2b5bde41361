"""SCO010: a row's score against its points times its printed coefficient."""

from collections.abc import Iterator
from decimal import Decimal

from generator.check.arithmetic import Figure, Relation, compare_rate, half_unit, measured, quotient, shown
from generator.check.outcome import PASSED, Calculation, Verdict, failed, insufficient, rounded
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Row, Subject
from generator.finding import Severity
from generator.model.records import Cell
from generator.text import half_width


@rule(
    "SCO010",
    "coefficient-mismatch",
    severity=Severity.ERROR,
    nature=Nature.ARITHMETIC,
    basis=(FORM,),
    formula="得分 = 分值 × 得分系数，四舍五入到印出的位数",
    otherwise="表中没有得分系数",
)
def coefficient_mismatch(subject: Subject) -> Iterator[Verdict]:
    """得分与分值乘以得分系数不符。

    有的表另印得分系数，三个数应当相合。系数是四舍五入来的，按它可能的真值计算区间。
    系数带百分号或大于 1 时按百分数读。

    反例：
        表样: 部门整体绩效自评表
        版式: 通用
        绩效指标:
          - {指标名称: 站点数, 年初指标值: 3个, 全年完成值: 2个, 得分系数: 66.67%, 指标权重: 40, 指标得分: 36.67}
    正例：
        表样: 部门整体绩效自评表
        版式: 通用
        绩效指标:
          - {指标名称: 站点数, 年初指标值: 3个, 全年完成值: 2个, 得分系数: 66.67%, 指标权重: 40, 指标得分: 26.67}
    """
    for row in subject.scored:
        coefficient = row.indicator.cells.get("coefficient")
        if coefficient is None or not (coefficient.text or coefficient.unreadable):
            continue
        score = measured(row.cell("score"))
        if coefficient.number is None or row.points is None or score is None or row.points < 0:
            if coefficient.unreadable or coefficient.number is not None:
                yield insufficient(row.spot("score"), f"“{row.name}”的分值、得分系数或得分没有可用的数字")
            continue
        yield _compared(row, row.points, coefficient, score)


def _compared(row: Row, points: Decimal, coefficient: Cell, score: Figure) -> Verdict:
    number = coefficient.number or Decimal(0)
    whole = Decimal(100) if number > 1 or half_width(coefficient.text).rstrip().endswith("%") else Decimal(1)
    computed = quotient(number, whole, points)
    formula = f"{points:f} × {coefficient.text.strip()}"
    # All and nothing are meant as they stand; anything else may have been rounded.
    radius = Decimal(0) if number in (0, whole) else half_unit(number)
    relation = compare_rate(score, Figure(number, radius), Figure(whole), times=points)
    if relation is Relation.EQUAL:
        return PASSED
    calculation = Calculation(f"“{row.name}”的得分", formula, row.cell("score").text, computed)
    if relation is Relation.ROUNDING:
        return rounded(row.spot("score"), "得分系数印出前已四舍五入，得分与之相符", calculation=calculation)
    return failed(
        row.spot("score"),
        f"“{row.name}”的得分与得分系数不符",
        found=row.cell("score").text,
        expected=f"{shown(computed, 2)}（{formula}）",
        hint="核对分值、得分系数和得分，改正抄错的那个",
        calculation=calculation,
    )
