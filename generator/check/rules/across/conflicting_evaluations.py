"""XRF002: two different self-evaluations of one project with different results."""

from collections.abc import Iterator, Sequence

from generator.check.across.kinship import (
    PROJECT_RECORDS,
    Stage,
    amount_spot,
    by_project_and_year,
    in_full_yuan,
    in_stage,
    place_in,
    relate,
    said,
    title_of,
    why_unknown_amount,
)
from generator.check.arithmetic import Relation
from generator.check.outcome import PASSED, Verdict, about, failed, insufficient, not_applicable
from generator.check.rule import FORM, Nature, cross_rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.text import folded


@cross_rule(
    "XRF002",
    "conflicting-evaluations",
    group_by=by_project_and_year,
    reads="head.implementing_unit",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(FORM,),
    formula="同一项目同一年度的两份自评表：总得分相同，全年执行数相同",
    otherwise="本项目本年度只有一份自评表，没有可比的另一份",
    record_types=PROJECT_RECORDS,
)
def conflicting_evaluations(group: Sequence[Subject]) -> Iterator[Verdict]:
    """同一项目同一年度的两份自评表结果不同。

    一个项目有时填两种表（例如部门预算的自评表和专项资金的自评表）；同一年的执行数和总得分应当一致。
    只比较表样不同、实施单位相同的两份；金额换算成元并按印出的位数计算区间。

    反例：
        # content/records/2024/shili/peixun.yaml
        表样: 财政项目支出绩效自评表
        总分: {分值: 100, 得分: 97}
        ---
        # content/records/2024/shili/peixun.zhuanxiang.yaml
        表样: 绩效目标自评表
        实施单位: 示例街道社区服务中心
        总分: {分值: 100, 得分: 92}
    正例：
        # content/records/2024/shili/peixun.yaml
        表样: 财政项目支出绩效自评表
        总分: {分值: 100, 得分: 97}
        ---
        # content/records/2024/shili/peixun.zhuanxiang.yaml
        表样: 绩效目标自评表
        实施单位: 示例街道社区服务中心
        总分: {分值: 100, 得分: 97.00}
    """
    evaluations = in_stage(group, Stage.EVALUATION)
    for position, subject in enumerate(evaluations):
        for other in evaluations[:position]:
            if folded(subject.record.form) == folded(other.record.form):
                continue
            for verdict in _compared(subject, other):
                yield about(subject.id, verdict)


def _compared(subject: Subject, other: Subject) -> Iterator[Verdict]:
    if folded(subject.record.text("implementing_unit")) != folded(other.record.text("implementing_unit")):
        yield not_applicable("两份自评表印的实施单位不同，不是同一份结果")
        return
    ours, theirs = subject.total("score"), other.total("score")
    hint = "核对哪一份是最后结果；口径确实不同就在表中写明"
    if ours.number is not None and theirs.number is not None:
        yield (
            PASSED
            if ours.number == theirs.number
            else failed(
                subject.total_spot("score"),
                f"总得分 {ours.text}，{title_of(other)}写的是 {theirs.text}",
                found=ours.text,
                expected=f"与另一份一致：{theirs.text}",
                hint=hint,
                related=(place_in(other, other.total_spot("score"), f"总得分 {theirs.text}"),),
            )
        )
    elif ours.unreadable or theirs.unreadable:
        yield insufficient(subject.total_spot("score"), "有一份自评表的总得分无法辨认")
    spent, also = subject.amounts.executed, other.amounts.executed
    one, two = in_full_yuan(spent), in_full_yuan(also)
    unknown = why_unknown_amount(subject, "executed") or why_unknown_amount(other, "executed")
    if unknown:
        yield insufficient(amount_spot(subject, "executed"), unknown)
        return
    if spent is None or also is None or one is None or two is None:
        return
    if relate(one, two) is not Relation.CONTRADICTION:
        yield PASSED
        return
    yield failed(
        amount_spot(subject, "executed"),
        f"全年执行数 {said(spent)}，{title_of(other)}写的是 {said(also)}",
        found=said(spent),
        expected=f"与另一份一致：{said(also)}",
        hint=hint,
        related=(place_in(other, amount_spot(other, "executed"), f"全年执行数 {said(also)}"),),
    )
