"""The parser of the command line, which speaks Chinese and takes no option by half its name."""

import argparse
import re
from collections.abc import Sequence
from typing import Any, NoReturn

from generator.patterns import lazy_pattern

_USAGE = "用法："
_HELP = "显示这段说明"

_MESSAGES: Sequence[tuple[str, str]] = (
    (r"the following arguments are required: (?P<what>.*)", "没有写 {what}。请补上"),
    (r"one of the arguments (?P<what>.*) is required", "{what} 要写其中一个"),
    (r"unrecognized arguments: (?P<what>.*)", "不认识 {what}。请检查有没有写错，选项要写全名"),
    (r"expected (?:one|at least one) argument", "后面没有写值。请在它后面写上"),
    (r"expected at most one argument", "后面只能写一个值"),
    (r"expected (?P<what>\d+) arguments", "后面应写 {what} 个值"),
    (r"ignored explicit argument '?(?P<what>.*?)'?", "后面不写值，请去掉 {what}"),
    (r"not allowed with argument (?P<what>.*)", "不能与 {what} 一起写。请去掉其中一个"),
    (r"invalid int value: '(?P<what>.*)'", "应是整数，现在是 {what}"),
    (r"invalid \w+ value: '(?P<what>.*)'", "写的 {what} 读不懂"),
    (r"unknown parser '?(?P<what>.*?)'? \(choices: (?P<known>.*)\)", "没有 {what}。可以写的：{known}"),
    (r"invalid choice: '?(?P<what>.*?)'? \(choose from (?P<known>.*)\)", "没有 {what} 这一种。可以写的：{known}"),
)
"""What argparse says, in any of its versions, and what is said instead."""

_OF_ARGUMENT = lazy_pattern(r"argument (?P<name>.+?): (?P<rest>.*)", re.DOTALL)


class CommandLine(argparse.ArgumentParser):
    """A parser whose own words are Chinese."""

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401  as its base takes them
        """Make a parser; an option must be written in full, for half a name may come to mean another one."""
        options["allow_abbrev"] = False
        options["add_help"] = False
        options.setdefault("formatter_class", _Formatter)
        super().__init__(*args, **options)
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", default=argparse.SUPPRESS, help=_HELP)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401  as its base takes them
        """Parse, and refuse what is not known here and now, so that the command it was written behind is named."""
        known, unknown = super().parse_known_args(args, namespace)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return known, unknown

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line and where to find out more, and end."""
        self.exit(2, f"{said(message)}。\n{self.format_usage()}各项的意思见 {self.prog} --help。\n")


class _Formatter(argparse.HelpFormatter):
    """Begins the line of usage in Chinese."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:  # noqa: ANN401  argparse publishes no type of these
        super().add_usage(usage, actions, groups, _USAGE if prefix is None else prefix)


def said(message: str) -> str:
    """Return in Chinese what argparse says in English; what it has no words for stays as it is."""
    of_argument = _OF_ARGUMENT.fullmatch(message)
    if of_argument:
        return f"{of_argument['name']} {said(of_argument['rest'])}"
    for pattern, words in _MESSAGES:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            parts = {name: text.replace("'", "").replace(", ", "、") for name, text in found.groupdict().items()}
            return words.format(**parts)
    return message.rstrip("。")


def number_of_processes(text: str) -> int:
    """Return a number of processes as written on the command line; refuse what is none."""
    if not (text.isascii() and text.isdecimal()) or not int(text):
        raise argparse.ArgumentTypeError(f"应是 1 以上的整数，现在是 {text}")
    return int(text)
