"""XRF027: every project's budget was changed to just what was spent."""

from collections.abc import Iterator, Sequence

from generator.check.across.kinship import (
    Stage,
    amount_spot,
    in_full_yuan,
    in_stage,
    joined_key,
    place_in,
    relate,
    said,
    stage_of,
    why_unknown_amount,
)
from generator.check.arithmetic import Relation
from generator.check.outcome import PASSED, Verdict, about, failed, insufficient, not_applicable
from generator.check.rule import PRACTICE, Nature, cross_rule
from generator.check.subject import Subject
from generator.finding import Severity


def _by_year_of_unit(subject: Subject) -> Iterator[str]:
    if stage_of(subject) is Stage.EVALUATION:
        yield joined_key(subject.record.unit, subject.record.year)


@cross_rule(
    "XRF027",
    "budgets-equal-spending",
    group_by=_by_year_of_unit,
    severity=Severity.WARNING,
    nature=Nature.QUESTION,
    basis=(PRACTICE,),
    formula="并非每个项目都是：全年预算数 = 全年执行数，且全年预算数 ≠ 年初预算数",
    otherwise="本单位本年度没有第二份项目自评表",
    record_types=frozenset({"SelfEvaluation", "Other"}),
)
def budgets_equal_spending(group: Sequence[Subject]) -> Iterator[Verdict]:
    """全部项目的预算都调整成了执行数。

    年末把全年预算数改成已经花掉的数，执行率就都是 100%。一个项目如此可能是巧合，全部项目如此就要问一问。
    只看印出年初预算数、全年预算数和全年执行数的项目自评表，至少两个，而且个个如此才提问；问题写在第一个项目上。

    反例：
        # content/records/2024/shili/peixun.yaml
        项目资金: {单位: 元, 年度资金总额: {年初预算数: 100000, 全年预算数: 81582.17, 全年执行数: 81582.17}}
        ---
        # content/records/2024/shili/yanglao.yaml
        项目资金: {单位: 元, 年度资金总额: {年初预算数: 300000, 全年预算数: 273413.84, 全年执行数: 273413.84}}
    正例：
        # content/records/2024/shili/peixun.yaml
        项目资金: {单位: 元, 年度资金总额: {年初预算数: 100000, 全年预算数: 81582.17, 全年执行数: 81582.17}}
        ---
        # content/records/2024/shili/yanglao.yaml
        项目资金: {单位: 元, 年度资金总额: {年初预算数: 300000, 全年预算数: 300000, 全年执行数: 273413.84}}
    """
    evaluations = in_stage(group, Stage.EVALUATION)
    states = [(subject, _is_set_to_spending(subject)) for subject in evaluations]
    known = [subject for subject, state in states if state is not None]
    everywhere = len(known) > 1 and all(state for _, state in states if state is not None)
    for subject, state in states:
        yield about(subject.id, _verdict(subject, known, state=state, everywhere=everywhere))


def _verdict(subject: Subject, known: Sequence[Subject], *, state: bool | None, everywhere: bool) -> Verdict:
    if state is None:
        unknown = why_unknown_amount(subject, "initial_budget", "adjusted_budget", "executed")
        reason = unknown or "没有都印出年初预算数、全年预算数和全年执行数"
        return insufficient(amount_spot(subject, "adjusted_budget"), reason)
    if len(known) < 2:  # noqa: PLR2004  all of one is not all
        return not_applicable("只有一个项目印出了三个金额")
    if not everywhere:
        return PASSED
    return _asked(subject, known) if subject is known[0] else not_applicable(f"问题写在“{known[0].record.name}”的表上")


def _is_set_to_spending(subject: Subject) -> bool | None:
    amounts = subject.amounts
    initial, budget, spent = (
        in_full_yuan(amount) for amount in (amounts.initial_budget, amounts.adjusted_budget, amounts.executed)
    )
    if initial is None or budget is None or spent is None:
        return None
    return budget.number == spent.number and relate(budget, initial) is Relation.CONTRADICTION


def _asked(subject: Subject, known: Sequence[Subject]) -> Verdict:
    return failed(
        amount_spot(subject, "adjusted_budget"),
        f"为什么 {subject.record.year} 年 {len(known)} 个项目的全年预算数都调整成了执行数？",
        found="；".join(f"“{one.record.name}”{_told(one)}" for one in known[:_SHOWN]),
        expected="全年预算数是批准的预算，不随执行数而定",
        hint="核对预算调整的批复；调整确有依据的，在偏差原因里写明",
        related=tuple(
            place_in(one, amount_spot(one, "adjusted_budget"), f"“{one.record.name}”{_told(one)}")
            for one in known[1:_MOST]
        ),
    )


_SHOWN, _MOST = 3, 20
"""Projects named in the sentence, and places pointed at."""


def _told(subject: Subject) -> str:
    amounts = subject.amounts
    told = zip(
        ("年初", "全年", "执行"), (amounts.initial_budget, amounts.adjusted_budget, amounts.executed), strict=True
    )
    return "、".join(f"{label} {said(amount)}" for label, amount in told if amount)
