"""Reference pages that are generated: the words, the reading faults, the commands."""

import argparse
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.check.corrections import CORRECTION_FAULTS
from generator.check.packs.pack_faults import PACK_FAULTS
from generator.check.waivers import JUDGEMENT_FAULTS
from generator.finding import Severity
from generator.load.faults import FAULTS, Fault
from generator.load.record_faults import RECORD_FAULTS
from generator.vocabulary import TERMS, Kind, Place

_MARK = "<!-- 由 make generate 生成，请勿手改。 -->"
_PLACES: Mapping[Place, tuple[str, str]] = {
    Place.RECORD: ("记录", "写在文件的最外层。"),
    Place.FUNDING: ("项目资金", "写在“项目资金”下面；其余的键是资金的行或分组。"),
    Place.FUNDING_ROW: ("资金的行", "写在每一行资金下面。"),
    Place.OBJECTIVE: ("年度总体目标", "写在“年度总体目标”下面，或作为 Markdown 记录的小节标题。"),
    Place.INDICATOR: ("指标的行", "写在“绩效指标”的每一行里。"),
    Place.TOTAL: ("总分", "写在“总分”下面。"),
    Place.SOURCE: ("来源", "写在“来源”下面。"),
    Place.TABLE: ("附表", "写在“附表”的每一张表里。"),
    Place.WAIVER: ("豁免", "写在“豁免”的每一条里；写法见 [检查结果怎样处理](living-with-findings.md)。"),
    Place.REPLY: ("答复", "写在“答复”的每一条里；写法见 [检查结果怎样处理](living-with-findings.md)。"),
    Place.UNCONFIRMED: ("待确认", "写在“待确认”的每一条里；写法见 [怎样填写一份记录](authoring.md)。"),
    Place.CORRECTION: ("更正", "写在“更正”的每一条里；写法见 [改了什么](git.md)。"),
}
_KINDS: Mapping[Kind, str] = {
    Kind.TEXT: "文字",
    Kind.FIGURE: "数字",
    Kind.VALUE: "指标值",
    Kind.DATE: "日期",
    Kind.YEAR: "年度",
    Kind.PROSE: "大段文字",
    Kind.BLOCK: "下级栏目",
}
_SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}


class FaultSection(NamedTuple):
    """Faults of one kind."""

    title: str
    about: str
    faults: Mapping[str, Fault]
    """By code."""


FAULT_SECTIONS = (
    FaultSection("文件和写法", "文件放错地方、编码不对、YAML 或 Markdown 写法有误。", FAULTS),
    FaultSection("记录的内容", "文件读得懂，但内容不合表样。", RECORD_FAULTS),
    FaultSection("豁免和答复", "表里写的豁免或答复与检查结果对不上；不妨碍这份表公开。", JUDGEMENT_FAULTS),
    FaultSection(
        "更正",
        "公开过的数字改了而没有写更正，或者写的更正对不上；仍会生成网页，但不能发布（jixiao release）。写法见 [改了什么](git.md)。",
        CORRECTION_FAULTS,
    ),
    FaultSection("规则包", "规则包写得不对；有“错误”时检查无从做起，全部列出后停下。", PACK_FAULTS),
)
"""Every fault that is not a rule's, in the order of the reference page."""


def format_vocabulary() -> str:
    """Return the page of all words an author may write, place by place."""
    return _page("词汇表", _vocabulary_lines())


def _vocabulary_lines() -> Iterator[str]:
    yield "填写记录时可以用的全部栏目名称。"
    yield "“栏目”和“也可以写”等效，用原表印的那一个即可；同一栏只写一次。"
    yield "全角半角、中间的空格不影响辨认。"
    yield "“标识”是数据文件和接口里的名称。"
    for place, terms in TERMS.items():
        title, where = _PLACES[place]
        rows = (
            (term.label, "、".join(term.synonyms), _KINDS[term.kind], f"`{term.identifier}`", term.description)
            for term in terms
        )
        yield from ("", f"## {title}", "", where, "", *_table(("栏目", "也可以写", "内容", "标识", "说明"), rows))


def format_reading_faults() -> str:
    """Return the page of all faults the reader can find."""
    return _page("读取问题", _fault_lines())


def _fault_lines() -> Iterator[str]:
    yield "`jixiao check` 读取记录时能发现的全部问题。"
    yield "每一条都指出文件、行和列，并写明怎样改。"
    yield "有“错误”的文件不公开；“警告”和“提示”不妨碍公开。"
    for title, about, faults in FAULT_SECTIONS:
        rows = (
            (f"`{fault.code}`", fault.title, _SEVERITIES[fault.severity], f"`{fault.name}`")
            for _, fault in sorted(faults.items())
        )
        yield from ("", f"## {title}", "", about, "", *_table(("代码", "问题", "程度", "名称"), rows))


def format_commands(parser: argparse.ArgumentParser) -> str:
    """Return the page of all commands and their arguments.

    Made from the parser's own tables, because the help text it prints depends on the terminal and on Python's version.
    """
    return _page("命令", _command_lines(parser))


def _command_lines(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield f"{parser.description or ''}"
    yield "退出码：0 正常，1 内容有错误，2 命令无法执行。"
    actions = parser._actions  # noqa: SLF001 - argparse has no public list of what was declared
    for subparsers in (action for action in actions if isinstance(action, argparse._SubParsersAction)):  # noqa: SLF001
        for name, command in sorted(subparsers.choices.items()):
            yield from ("", f"## {parser.prog} {name}", "", f"{command.description or ''}。", "")
            yield from ("```text", _usage(command), "```", "")
            yield from _table(("参数", "说明"), _argument_rows(command))


def _argument_rows(command: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    for action in _declared(command):
        help_text = (action.help or "") % {**vars(action), "prog": command.prog} if action.help else ""
        yield f"`{_shown(action, names=', '.join(action.option_strings))}`", help_text


def _usage(command: argparse.ArgumentParser) -> str:
    words = []
    for action in _declared(command):
        word = _shown(action, names=action.option_strings[-1] if action.option_strings else "")
        optional = action.nargs in ("?", "*") if not action.option_strings else not action.required
        words.append(f"[{word}]" if optional else word)
    return " ".join((command.prog, *words))


def _declared(command: argparse.ArgumentParser) -> list[argparse.Action]:
    """Return the arguments as they are best read: what must be typed first, then the options."""
    actions = [action for action in command._actions if not isinstance(action, argparse._HelpAction)]  # noqa: SLF001
    return sorted(actions, key=lambda action: bool(action.option_strings))


def _shown(action: argparse.Action, *, names: str) -> str:
    """Return an argument as it is typed."""
    if action.nargs == 0:
        return names
    metavar = action.metavar if isinstance(action.metavar, str) else action.dest
    value = "{" + ",".join(map(str, action.choices)) + "}" if action.choices and not action.metavar else metavar
    several = "…" if action.nargs in ("*", "+") else ""
    return f"{names} {value}{several}".strip()


def _page(title: str, lines: Iterable[str]) -> str:
    return "\n".join((f"# {title}", "", _MARK, "", *lines)) + "\n"


def _table(titles: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield _row(titles)
    yield _row("---" for _ in titles)
    yield from (_row(cell.replace("|", "\\|") for cell in row) for row in rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
