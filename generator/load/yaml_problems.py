"""Say in Chinese what the YAML parser says in English."""

import yaml

from generator.finding import Finding
from generator.load import faults
from generator.origin import START, Origin, Span
from generator.patterns import lazy_pattern

_UNPRINTABLE = lazy_pattern("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SHOWN_LENGTH = 40
_EXPECTED = "每行一个“键: 值”，同一层左边对齐"

# What the parser says (a part of it), the fault, what it means, what to do.
_MEANINGS: tuple[tuple[str, faults.Fault, str, str], ...] = (
    (
        "mapping values are not allowed",
        faults.COLON_IN_VALUE,
        "这里不能再出现“冒号加空格”",
        "值里有冒号时给整个值加英文引号；或检查这一行的缩进",
    ),
    (
        "expected key",
        faults.WRONG_INDENTATION,
        "缩进与上面的各行对不齐，或上一个值没有写完",
        "让同一层的各行左边对齐；值里有引号、括号时检查是否成对",
    ),
    ("expected '-' indicator", faults.WRONG_INDENTATION, "列表里有一行没有以“- ”开头", "在行首加“- ”，或改正缩进"),
    (
        "block sequence entries are not allowed",
        faults.DASH_UNQUOTED,
        "这里不能出现“- ”",
        '单独的短横写成 "-"；列表另起一行并缩进',
    ),
    ("expected ':'", faults.MISSING_COLON, "这一行没有“键: 值”", "在键后写英文冒号和一个空格"),
    (
        "expected ',' or",
        faults.BRACKET_UNBALANCED,
        "括号没有成对，或各项之间缺少英文逗号",
        "检查括号是否成对，各项之间用英文逗号",
    ),
    ("block end", faults.WRONG_INDENTATION, "缩进与上面的各行对不齐", "让同一层的各行左边对齐"),
    ("unexpected end of stream", faults.QUOTE_UNCLOSED, "引号没有成对，直到文件末尾", "补上结尾的引号"),
    ("document indicator", faults.QUOTE_UNCLOSED, "引号没有成对", "补上结尾的引号"),
    ("escape", faults.UNKNOWN_ESCAPE, "双引号里的反斜杠写法有误", "改用单引号，或把 \\ 写成 \\\\"),
    ("cannot start any token", faults.SIGN_UNQUOTED, "值不能以这个符号开头", "给整个值加英文引号"),
    ("tab", faults.TAB_INDENTATION, "缩进里有制表符", "改用空格缩进"),
    ("node content", faults.SIGN_UNQUOTED, "这里应是一个值", "给整个值加英文引号，或删去多余的符号"),
    ("comment or line break", faults.COMPARATOR_UNQUOTED, "值不能以 > 或 | 开头", "给整个值加英文引号"),
    ("mapping keys are not allowed", faults.SIGN_UNQUOTED, "值不能以“? ”开头", "给整个值加英文引号"),
)


def explain(problem: Exception, text: str, path: str) -> Finding:
    """Return the finding for a text the parser rejects."""
    span = _span(problem, text)
    lines = text.split("\n")
    found = lines[span.line - 1].strip()[:_SHOWN_LENGTH] if span.line <= len(lines) else ""
    said = f"{getattr(problem, 'context', None) or ''} {getattr(problem, 'problem', None) or ''}"
    for part, fault, message, hint in _MEANINGS:
        if part in said:
            return fault.at(Origin(path, *span), message, found=found, expected=_EXPECTED, hint=hint)
    match = _UNPRINTABLE.search(text)
    if match:
        code = f"U+{ord(match[0]):04X}"
        return faults.CONTROL_CHARACTER.at(
            Origin(path, *span), f"文中有看不见的控制字符 {code}", found=code, expected="看得见的文字", hint="删去它"
        )
    message = "YAML 写法有误，读不下去" + (f"（解析器的说明：{said.strip()}）" if said.strip() else "")
    hint = "检查这一行和上一行的引号、冒号与缩进"
    return faults.BROKEN_YAML.at(Origin(path, *span), message, found=found, expected="键: 值", hint=hint)


def _span(problem: Exception, text: str) -> Span:
    """Return the place the parser complains about, stepping back from an empty end to what was left open."""
    if not isinstance(problem, yaml.MarkedYAMLError):
        match = _UNPRINTABLE.search(text)
        if match is None:
            return START
        return Span(text.count("\n", 0, match.start()) + 1, match.start() - text.rfind("\n", 0, match.start()))
    lines = text.split("\n")
    for mark in (problem.problem_mark, problem.context_mark):
        if mark is not None and mark.line < len(lines) and lines[mark.line].strip():
            # The parser notices a missing colon or a missing close only where the next line begins.
            if mark is problem.problem_mark and "expected ':'" in (problem.problem or "") and problem.context_mark:
                continue
            return Span(mark.line + 1, mark.column + 1)
    mark = problem.context_mark or problem.problem_mark
    return Span(min(mark.line, len(lines) - 1) + 1, mark.column + 1) if mark else START
