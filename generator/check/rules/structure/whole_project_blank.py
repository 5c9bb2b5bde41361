"""REC034: the half of a target form that is about the whole project, left blank."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity

_GROUP = "项目总资金"


@rule(
    "REC034",
    "whole-project-blank",
    severity=Severity.NOTE,
    nature=Nature.METHOD,
    basis=(FORM,),
    formula="“项目总目标”和“项目资金总额”都已填写",
    otherwise="这张表没有整个项目的栏目",
    record_types=frozenset({"TargetDeclaration"}),
)
def whole_project_blank(subject: Subject) -> Iterator[Verdict]:
    """目标申报表中整个项目的目标或金额空着。

    申报表左半边是整个项目，右半边是本年度；左半边空着，读者不知道项目要做几年、一共花多少钱。
    一年一定的经常性项目常常不填，所以只作提示。

    反例：
        表样: 财政项目支出绩效目标申报表
        项目资金:
          单位: 元
          项目总资金: {项目资金总额: , 财政资金: , 其他资金: }
          年度资金: {年度资金申请总额: 100000.00, 当年财政拨款: 100000.00, 上年结转资金: 0.00, 其他资金: 0.00}
        项目总目标:
    正例：
        表样: 财政项目支出绩效目标申报表
        项目资金:
          单位: 元
          项目总资金: {项目资金总额: 300000.00, 财政资金: 300000.00, 其他资金: 0.00}
          年度资金: {年度资金申请总额: 100000.00, 当年财政拨款: 100000.00, 上年结转资金: 0.00, 其他资金: 0.00}
        项目总目标: 三年内建成三处示例站点。
    """
    blank: list[str] = []
    spot = None
    record = subject.record
    rows = [row for row in subject.funding_rows() if row.group == _GROUP]
    if rows and not any(cell.text.strip() or cell.unreadable for row in rows for cell in row.cells.values()):
        blank.append("项目资金总额")
        spot = subject.funding_spot(rows[0], "amount")
    prose = record.prose.get("project_goal")
    if prose is not None and not prose.text.strip():
        blank.insert(0, "项目总目标")
        spot = subject.prose_spot("project_goal")
    if blank and spot is not None:
        yield failed(
            spot,
            f"{'和'.join(f'“{label}”' for label in blank)}空着，看不出整个项目的目标和规模",
            found="空白",
            expected=f"{'、'.join(blank)}有内容",
            hint="跨年度的项目填写总目标和总金额；一年一定的项目，在总目标中写明与年度目标相同",
        )
    elif rows or prose is not None:
        yield PASSED
