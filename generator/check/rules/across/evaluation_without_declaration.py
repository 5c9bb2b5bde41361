"""XRF011: a self-evaluation whose targets were never published, though those of other projects were."""

from collections.abc import Iterator, Sequence

from generator.check.across.kinship import (
    PROJECT_RECORDS,
    Stage,
    by_unit_and_year,
    in_stage,
    place_in,
    project_name,
    title_of,
)
from generator.check.outcome import PASSED, Verdict, about, failed, not_applicable
from generator.check.rule import PRACTICE, Nature, cross_rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.patterns import lazy_pattern

_OF_THE_BUDGET = lazy_pattern("^(?!.*(?:专项|债券|转移支付)).*项目(?:支出)?(?:绩效)?自评表")
_OF_A_FUND = lazy_pattern("投资计划|专项|债券|转移支付")


@cross_rule(
    "XRF011",
    "evaluation-without-declaration",
    group_by=by_unit_and_year,
    severity=Severity.NOTE,
    nature=Nature.QUESTION,
    basis=(PRACTICE,),
    formula="本单位本年度公开过申报表的，每份项目自评表都有自己的申报表",
    otherwise="本单位本年度没有公开申报表，或这不是项目自评表",
    record_types=PROJECT_RECORDS,
)
def evaluation_without_declaration(group: Sequence[Subject]) -> Iterator[Verdict]:
    """有自评表而没有申报表。

    没有公开的目标，读者无法知道自评用的是不是年初的目标。
    只在本单位本年度公开过其他项目的申报表时提问；项目按项目标识或项目名称对应，
    年初预算数为零的（年中新增的项目）不提问，专项资金、债券等另有申报办法的表也不提问。

    反例：
        # content/records/2024/shili/yanglao.target.yaml
        表样: 财政项目支出绩效目标申报表
        项目名称: 居家养老
        ---
        # content/records/2024/shili/peixun.yaml
        表样: 财政项目支出绩效自评表
        项目名称: 技能培训
    正例：
        # content/records/2024/shili/peixun.target.yaml
        表样: 财政项目支出绩效目标申报表
        项目名称: 技能培训
        ---
        # content/records/2024/shili/peixun.yaml
        表样: 财政项目支出绩效自评表
        项目名称: 技能培训
    """
    declarations = in_stage(group, Stage.DECLARATION)
    # A target form of an investment plan or a fund says nothing on whether the unit publishes those of its budget.
    if all(_OF_A_FUND.search(subject.record.form) for subject in declarations):
        return
    keys = {subject.record.project_key for subject in declarations}
    names = {project_name(subject) for subject in declarations} - {""}
    for evaluation in in_stage(group, Stage.EVALUATION):
        if not _OF_THE_BUDGET.search(evaluation.record.form):
            yield about(evaluation.id, not_applicable("专项资金、债券等另有申报办法，不与部门预算的申报表对照"))
            continue
        initial = evaluation.amounts.initial_budget
        if evaluation.record.project_key in keys or project_name(evaluation) in names:
            yield about(evaluation.id, PASSED)
        elif initial is not None and not initial.number:
            yield about(evaluation.id, not_applicable("年初预算数是零，是年中新增的项目"))
        else:
            yield about(evaluation.id, _asked(evaluation, declarations))


def _asked(evaluation: Subject, declarations: Sequence[Subject]) -> Verdict:
    record = evaluation.record
    number = len(declarations)
    return failed(
        evaluation.head_spot("project_name"),
        f"“{record.name}”的绩效目标公开了吗？本单位 {record.year} 年有 {number} 份申报表，其中没有这个项目",
        found="有自评表，没有申报表",
        expected="自评的项目有同年的绩效目标申报表",
        hint="补录申报表；两份表的项目名称不同的，用“项目标识”把它们归到一起",
        related=(place_in(declarations[0], declarations[0].head_spot("project_name"), title_of(declarations[0])),),
    )
