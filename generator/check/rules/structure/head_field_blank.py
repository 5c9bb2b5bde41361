"""REC033: a field of the head that the form prints and nobody filled in."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.vocabulary import Place, term_for

_MAY_BE_BLANK = frozenset(
    {"grade", "project_code", "competent_department_code", "unit_code", "person_in_charge", "contact_person",
     "contact_phone", "finance_officer", "report_date", "period"}
)  # fmt: skip
"""The grade has a rule of its own; persons and numbers of the office may be kept from the public."""


@rule(
    "REC033",
    "head-field-blank",
    severity=Severity.WARNING,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="表头印出的栏目都有内容",
    otherwise="表头没有可空着的栏目",
)
def head_field_blank(subject: Subject) -> Iterator[Verdict]:
    """表头有一栏空着。

    读者靠表头知道是哪个项目、归谁管、什么性质、从何时到何时。
    必填栏目缺了，读取时就会报错；这里检查其余印在表头上的栏目，例如项目性质、项目类别、计划开始和完成日期。
    填了“无”“-”“/”的算已经填写；负责人、联系人、电话和各种编码可以不公开，不检查。

    反例：
        表样: 财政项目支出绩效目标申报表
        项目性质:
        项目类别: 特定目标类
        计划开始日期: 2024-01-01
        计划完成日期: 2024-12-31
    正例：
        表样: 财政项目支出绩效目标申报表
        项目性质: 其他经常性项目
        项目类别: 特定目标类
        计划开始日期: 2024-01-01
        计划完成日期: 2024-12-31
    """
    required = {term.identifier for label in subject.form.required if (term := term_for(Place.RECORD, label))}
    head = subject.record.head
    expected = dict.fromkeys((*head, *(() if subject.form.any_title else subject.form.head)))
    for identifier in expected:
        if identifier in required or identifier in _MAY_BE_BLANK:
            continue
        cell = head.get(identifier)
        if cell is None and identifier in ("town_name", "subordinate_units"):
            continue
        if cell is not None and (cell.text.strip() or cell.unreadable):
            yield PASSED
            continue
        label = subject.record.label(Place.RECORD, identifier)
        yield failed(
            subject.head_spot(identifier),
            f"表头的“{label}”空着" if cell else f"表头没有“{label}”",
            found="空白" if cell else "没有这一栏",
            expected=f"“{label}: …”",
            hint=f"照原表填写“{label}”；原表此处印着“-”或“/”的照录，印得无法辨认的写 {{无法辨认: 说明}}",
        )
