"""XRF001: two records of one form for the same project and year."""

from collections.abc import Iterator, Sequence

from generator.check.across.kinship import joined_key, place_in, project_name, stage_of
from generator.check.outcome import PASSED, Verdict, about, failed
from generator.check.rule import FORM, Nature, cross_rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.text import folded


def _by_form(subject: Subject) -> Iterator[str]:
    record = subject.record
    # Monitoring forms and reports come several times a year.
    if stage_of(subject) is not None and _subject_name(subject):
        yield joined_key(record.unit, record.year, folded(record.form), folded(record.text("period")))


def _subject_name(subject: Subject) -> str:
    return project_name(subject) or folded(subject.record.text("evaluated_department"))


@cross_rule(
    "XRF001",
    "duplicate-form",
    group_by=_by_form,
    reads="head.project_name",
    severity=Severity.ERROR,
    nature=Nature.CONTRADICTION,
    basis=(FORM,),
    formula="单位 + 年度 + 表样 + 项目名称（+ 项目编码、实施单位）只出现一次",
    otherwise="本单位本年度没有第二份同一表样的表",
)
def duplicate_form(group: Sequence[Subject]) -> Iterator[Verdict]:
    """同一单位、同一年度、同一项目有两份相同的表。

    一个项目一年只应有一份同样的表；有两份时读者不知道以哪份为准，汇总时金额还会算两遍。
    项目名称比较时不计全角半角和空格；项目编码或实施单位印得不同的，算不同的项目；年度表述印得不同的、监控表和报告不比较。

    反例：
        # content/records/2024/shili/peixun.yaml
        项目名称: 技能培训
        ---
        # content/records/2024/shili/peixun2.yaml
        项目名称: 技能 培训
    正例：
        # content/records/2024/shili/peixun.yaml
        项目名称: 技能培训
        ---
        # content/records/2024/shili/yanglao.yaml
        项目名称: 居家养老
    """
    named: dict[tuple[str, str], list[Subject]] = {}
    for subject in group:
        unit = folded(subject.record.text("implementing_unit"))
        named.setdefault((_subject_name(subject), unit), []).append(subject)
    for same in named.values():
        ordered = sorted(same, key=lambda subject: subject.id)
        for subject in ordered:
            yield about(subject.id, _judged(subject, ordered))


def _judged(subject: Subject, same: Sequence[Subject]) -> Verdict:
    code = subject.record.text("project_code")
    other = next((one for one in same if one is not subject and _is_one_project(code, one)), None)
    if other is None:
        return PASSED
    field = "project_name" if project_name(subject) else "evaluated_department"
    name = subject.record.text(field)
    spot = other.head_spot(field)
    return failed(
        subject.head_spot(field),
        f"“{name}”在 {subject.record.year} 年有两份{subject.record.form}：{subject.record.path} 和 {other.record.path}",
        found=f"{name}；另一份总得分 {_score(other)}，本份 {_score(subject)}",
        expected="同一项目同一年度同一种表只有一份",
        hint="两份内容相同就删去一份；是两个项目就写明不同的名称或项目编码；是更正后的新表就只留新表",
        related=(place_in(other, spot, f"同名的另一份表：“{other.record.text(field)}”"),),
    )


def _is_one_project(code: str, other: Subject) -> bool:
    others = other.record.text("project_code")
    return not code or not others or code == others


def _score(subject: Subject) -> str:
    return subject.total("score").text or "未印"
