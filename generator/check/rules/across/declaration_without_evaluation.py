"""XRF012: a project that was declared and never evaluated, though later years are published."""

from collections.abc import Iterator, Sequence

from generator.check.across.kinship import (
    PROJECT_RECORDS,
    Stage,
    by_unit,
    in_stage,
    place_in,
    project_name,
    stage_of,
    title_of,
)
from generator.check.outcome import PASSED, Verdict, about, failed
from generator.check.rule import PRACTICE, Nature, cross_rule
from generator.check.subject import Subject
from generator.finding import Severity


@cross_rule(
    "XRF012",
    "declaration-without-evaluation",
    group_by=by_unit,
    severity=Severity.NOTE,
    nature=Nature.QUESTION,
    basis=(PRACTICE,),
    formula="本单位已公开以后年度的自评表的，以前每份申报表都有同年的自评表",
    otherwise="本单位还没有公开以后年度的自评表，或这不是申报表",
    record_types=PROJECT_RECORDS,
)
def declaration_without_evaluation(group: Sequence[Subject]) -> Iterator[Verdict]:
    """有申报表而没有自评表。

    申报了目标却没有公开结果，承诺就没有了下文。
    只在本单位已经公开以后年度的自评表时提问，当年的自评可能还没有到公开的时候；
    项目按项目标识或项目名称对应。

    反例：
        # content/records/2023/shili/peixun.target.yaml
        表样: 财政项目支出绩效目标申报表
        项目名称: 技能培训
        ---
        # content/records/2024/shili/yanglao.yaml
        表样: 财政项目支出绩效自评表
        项目名称: 居家养老
    正例：
        # content/records/2023/shili/peixun.target.yaml
        表样: 财政项目支出绩效目标申报表
        项目名称: 技能培训
        ---
        # content/records/2023/shili/peixun.yaml
        表样: 财政项目支出绩效自评表
        项目名称: 技能培训
        ---
        # content/records/2024/shili/yanglao.yaml
        表样: 财政项目支出绩效自评表
        项目名称: 居家养老
    """
    evaluations = in_stage(group, Stage.EVALUATION)
    if not evaluations:
        return
    latest = max(evaluations, key=lambda subject: (subject.record.fiscal_year, subject.id))
    keys = {(subject.record.fiscal_year, subject.record.project_key) for subject in evaluations}
    names = {(subject.record.fiscal_year, project_name(subject)) for subject in evaluations}
    for subject in group:
        record = subject.record
        year = record.fiscal_year
        if stage_of(subject) is not Stage.DECLARATION or year >= latest.record.fiscal_year:
            continue
        name = project_name(subject)
        answered = (year, record.project_key) in keys or bool(name and (year, name) in names)
        yield about(subject.id, PASSED if answered else _asked(subject, latest))


def _asked(declaration: Subject, latest: Subject) -> Verdict:
    record = declaration.record
    return failed(
        declaration.head_spot("project_name"),
        f"“{record.name}”{record.year} 年自评了吗？本单位已公开 {latest.record.year} 年的自评表，却没有这个项目 {record.year} 年的",
        found="有申报表，没有自评表",
        expected=f"申报的项目有 {record.year} 年的自评表",
        hint="补录自评表；没有实施的项目说明去向；两份表的项目名称不同的，用“项目标识”把它们归到一起",
        related=(place_in(latest, latest.head_spot("project_name"), title_of(latest)),),
    )
