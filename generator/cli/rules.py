"""`jixiao rules`: every rule of the check, with how much it weighs and what it rests on."""

import argparse
import json
from collections.abc import Iterable
from itertools import groupby

from generator.check.registry import all_rules
from generator.check.rule import NATURE_LABELS, Rule
from generator.check.rule_labels import FAMILY_LABELS, confidence_of
from generator.errors import JixiaoError
from generator.finding import SEVERITY_LABELS

HELP = "列出全部检查规则"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `rules`."""
    parser.add_argument("--family", metavar="类别", help="只列一类规则：代码开头的三个字母，例如 BUD")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text 供阅读，json 供程序读取")


def run(arguments: argparse.Namespace) -> int:
    """Print the rules in the order of their codes."""
    rules = _chosen(all_rules().values(), arguments.family)
    print(_as_json(rules) if arguments.format == "json" else _as_text(rules))
    return 0


def _chosen(rules: Iterable[Rule], family: str | None) -> tuple[Rule, ...]:
    listed = tuple(rules)
    chosen = tuple(rule for rule in listed if family is None or rule.family == family.strip().upper())
    if not chosen:
        known = dict.fromkeys(rule.family for rule in listed)
        named = "、".join(f"{letters}（{FAMILY_LABELS.get(letters, letters)}）" for letters in known)
        raise JixiaoError(f"没有“{family}”这一类规则。已有的是：{named}。")
    return chosen


def _as_text(rules: tuple[Rule, ...]) -> str:
    lines = []
    for letters, own in groupby(rules, key=lambda rule: rule.family):
        lines += ["", f"{letters} {FAMILY_LABELS.get(letters, '')}".rstrip()]
        for rule in own:
            words = f"{SEVERITY_LABELS[rule.severity]} {NATURE_LABELS[rule.nature]} {confidence_of(rule)}"
            lines.append(f"  {rule.code} {rule.title}")
            lines.append(f"         {rule.name}　{words}")
    unverified = sum(1 for rule in rules if rule.is_unverified)
    total = f"共 {len(rules)} 条"
    note = f"，其中 {unverified} 条的依据未核实，不能当作法规引用" if unverified else ""
    return "\n".join((*lines[1:], "", f"{total}{note}。jixiao explain 代码 显示一条规则的全文。"))


def _as_json(rules: Iterable[Rule]) -> str:
    return json.dumps([_data(rule) for rule in rules], ensure_ascii=False, indent=2)


def _data(rule: Rule) -> dict[str, object]:
    return {
        "code": rule.code,
        "name": rule.name,
        "title": rule.title,
        "severity": rule.severity.value,
        "nature": rule.nature.value,
        "verified": not rule.is_unverified,
        "basis": [{"text": basis.text, "confidence": basis.confidence.value} for basis in rule.basis],
        "formula": rule.formula,
        "record_types": sorted(rule.record_types),
        "keeps_back": rule.keeps_back,
        "since": rule.since,
    }
