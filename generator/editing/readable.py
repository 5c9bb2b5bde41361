"""Whether the file of a record can be edited here, and what is wrong where it cannot."""

import yaml

from generator.editing.draft_check import Checker, check_file
from generator.editing.record_files import Version
from generator.exchange.replacing import is_even
from generator.exchange.updating import front_matter
from generator.exchange.yaml_lines import YamlLines
from generator.finding import Finding, Severity
from generator.load.faults import UNSETTLED_CONFLICT

_SYNTAX = "SRC"


def fault_of(version: Version) -> str:
    """Return why a file cannot be edited here, or nothing."""
    present = version.present
    if not present.text:
        return "这个文件读不出文字。"
    if not is_even(present.text, present.data):
        return "这个文件的编码、换行符不是一种，或有看不见的控制字符，在这里保存会改动别的行。请先运行 jixiao check --fix，或在编辑器里另存为 UTF-8。"
    if present.record is None or not _is_yaml(version):
        return "这个文件的写法有误，读不出来。"
    return "" if present.record.layout else "这个文件没有写明认得的表样，画不出表来。"


def _is_yaml(version: Version) -> bool:
    """Tell whether a file can be read as it stands: the reader guesses at a slip, a change could not be written there."""
    if version.present.is_sound:
        return True
    try:
        YamlLines(version.present.text, front_matter(version.present))
    except yaml.YAMLError:
        return False
    return True


def told_fault(version: Version, checker: Checker) -> str:
    """Return why a file cannot be edited here with the line to put right, or nothing."""
    fault = fault_of(version)
    if not fault or not version.present.text:
        return fault
    slips = [one for one in check_file(version.present, checker) if _is_slip(one)]
    slips.sort(key=lambda one: one.code != UNSETTLED_CONFLICT.code)
    return f"第 {slips[0].origin.line} 行：{slips[0].message}。" if slips else fault


def _is_slip(finding: Finding) -> bool:
    return finding.code.startswith(_SYNTAX) and finding.severity is Severity.ERROR and finding.origin.line > 0
