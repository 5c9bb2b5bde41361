"""What rules are called in Chinese where they are listed or explained."""

from generator.check.rule import Confidence, Rule
from generator.check.subject import EVERY_FORM

FAMILY_LABELS = {
    "BUD": "资金",
    "SCO": "分值和得分",
    "IND": "指标",
    "REC": "表的结构",
    "PRO": "文字",
    "XRF": "表与表之间",
    "PRI": "个人信息",
}
"""What the rules of a family are about, by its letters."""

CONFIDENCE_LABELS = {Confidence.VERIFIED: "已核实", Confidence.UNVERIFIED: "未核实"}

_FORMS = {
    "SelfEvaluation": "项目支出自评表",
    "DepartmentEvaluation": "整体支出自评表",
    "TargetDeclaration": "绩效目标申报表",
    "Other": "其他表",
}


def forms_of(rule: Rule) -> str:
    """Return the kinds of forms a rule is due for."""
    if rule.record_types == EVERY_FORM:
        return "各种表"
    return "、".join(label for kind, label in _FORMS.items() if kind in rule.record_types)


def confidence_of(rule: Rule) -> str:
    """Tell whether what a rule rests on was verified."""
    return CONFIDENCE_LABELS[Confidence.UNVERIFIED if rule.is_unverified else Confidence.VERIFIED]
