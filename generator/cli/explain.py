"""`jixiao explain`: the page of one rule or reading fault, on the terminal."""

import argparse
from collections.abc import Iterable, Iterator

from generator.authoring.reference import FAULT_SECTIONS, FaultSection
from generator.check.codes import nearest_code
from generator.check.registry import all_rules
from generator.check.rule import NATURE_LABELS, Rule
from generator.check.rule_labels import CONFIDENCE_LABELS, FAMILY_LABELS, forms_of
from generator.errors import JixiaoError
from generator.finding import SEVERITY_LABELS
from generator.load.faults import Fault
from generator.text import nearest

HELP = "说明一条检查规则或一种读取问题"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `explain`."""
    parser.add_argument(
        "code", metavar="代码", help="规则或问题的代码或英文名称，例如 BUD001、SRC057、execution-rate-mismatch"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the page."""
    print("\n".join(explain(arguments.code)))
    return 0


def explain(wanted: str) -> Iterator[str]:
    """Return the lines that explain a code or a name; raises JixiaoError where there is no such thing."""
    rules = {key: rule for rule in all_rules().values() for key in (rule.code, rule.name)}
    faults = {
        key: (fault, section)
        for section in FAULT_SECTIONS
        for fault in section.faults.values()
        for key in (fault.code, fault.name)
    }
    key = next((key for key in (wanted.strip().upper(), wanted.strip().lower()) if key in rules or key in faults), None)
    if key is None:
        raise JixiaoError(f"没有代码是“{wanted}”的规则或问题。{_cure(wanted.strip(), (*rules, *faults))}")
    return _rule_lines(rules[key]) if key in rules else _fault_lines(*faults[key])


def _cure(wanted: str, known: Iterable[str]) -> str:
    listed = tuple(known)
    near = nearest_code(wanted, listed) or nearest(wanted.lower(), listed)
    if near:
        return f"是不是想写 {near}？"
    family = wanted[:3].upper()
    return (
        f"这一类的全部代码见 jixiao rules --family {family}。"
        if family in FAMILY_LABELS
        else "全部规则见 jixiao rules。"
    )


def _rule_lines(rule: Rule) -> Iterator[str]:
    yield f"{rule.code} {rule.title}"
    yield ""
    yield f"名称：{rule.name}"
    yield f"程度：{SEVERITY_LABELS[rule.severity]}（规则包可以另定）"
    yield f"性质：{NATURE_LABELS[rule.nature]}"
    yield f"适用：{forms_of(rule)}"
    yield f"起始版本：{rule.since}"
    for basis in rule.basis:
        yield f"依据：{basis.text}（{CONFIDENCE_LABELS[basis.confidence]}）"
    if rule.keeps_back:
        yield "有这个问题的表不公开，除非写了豁免。"
    yield from ("", *rule.why.splitlines())
    yield from ("", f"怎样算：{rule.formula}", f"不适用：{rule.otherwise}")
    yield from ("", "反例：", *_indented(rule.bad), "", "正例：", *_indented(rule.good))


def _indented(text: str) -> Iterator[str]:
    return (f"    {line}".rstrip() for line in text.splitlines())


def _fault_lines(fault: Fault, section: FaultSection) -> Iterator[str]:
    yield f"{fault.code} {fault.title}"
    yield ""
    yield f"名称：{fault.name}"
    yield f"程度：{SEVERITY_LABELS[fault.severity]}"
    yield f"类别：{section.title}。{section.about}"
    yield ""
    yield "jixiao check 报出这个问题时，写明文件、行、列、现在的写法和怎样改。"
