"""The command `jixiao`: one module for each of its commands."""

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from keyword import iskeyword
from pathlib import Path
from typing import NoReturn, Protocol, cast

from generator import __version__
from generator.cli.command_line import CommandLine
from generator.errors import JixiaoError, disk_reason

COMMANDS = (
    "build",
    "check",
    "diff",
    "fmt",
    "git",
    "rules",
    "explain",
    "serve",
    "new",
    "edit",
    "schema",
    "import",
    "export",
    "data",
    "pack",
    "release",
    "verify",
    "init",
    "comment",
)
"""Names of the commands and of the modules that hold them."""

UNCOLLECTED = ("build", "check")
"""Commands that make next to no garbage from beginning to end, loading what they need included."""

WITHOUT_CONFIG = ("init", "rules", "explain", "comment")
"""Commands that run where there is no `mkdocs.yml`."""

FAILED = 1
"""Exit code where content has errors."""
IMPOSSIBLE = 2
"""Exit code where the command could not do its work at all."""
INTERRUPTED = 130
"""Exit code where somebody pressed Ctrl-C."""


class Command(Protocol):
    """What a module of this package offers."""

    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's own arguments."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do the work and return the exit code."""


def build_parser(names: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """Return the parser of the command line, with all commands or those named.

    A command's module is loaded with its parser, so naming the one that runs spares loading what the others need.
    """
    parser = CommandLine(prog="jixiao", description="把预算绩效表的文本文件检查、排版，生成可公开的静态网站。")
    parser.add_argument("--version", action="version", version=f"jixiao {__version__}", help="显示版本")
    commands = parser.add_subparsers(dest="command", metavar="命令", required=True)
    for name in names:
        module = _command(name)
        command = commands.add_parser(name, help=module.HELP, description=module.HELP)
        if name not in WITHOUT_CONFIG:
            command.add_argument(
                "-f",
                "--config-file",
                dest="config",
                type=Path,
                default=Path("mkdocs.yml"),
                metavar="文件",
                help="配置文件，默认 mkdocs.yml",
            )
        module.add_arguments(command)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    _speak_utf8()
    words = sys.argv[1:] if argv is None else list(argv)
    wanted = words[:1] if words[:1] and words[0] in COMMANDS else COMMANDS
    try:
        arguments = build_parser(wanted).parse_args(words)
        return _command(arguments.command).run(arguments)
    except JixiaoError as error:
        print(error, file=sys.stderr)
        return IMPOSSIBLE
    except BrokenPipeError:
        # The reader of a pipe had enough, as in `jixiao check | head`; Python would complain once more on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        print("已停下（Ctrl-C）。", file=sys.stderr)
        return INTERRUPTED
    except Exception as error:
        if os.environ.get("JIXIAO_DEBUG"):
            raise
        print(_unexpected(error), file=sys.stderr)
        return IMPOSSIBLE


def run_and_leave() -> NoReturn:
    """Run one command as a whole process, which ends with it.

    Taking apart all that a build holds, object by object, takes Python a fifth of a second; the system does it at once.
    """
    if any(word in UNCOLLECTED for word in sys.argv[1:2]):
        gc.disable()
    code = main()
    # Where nobody listens at all, Python has no stream.
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except BrokenPipeError:
            code = code or FAILED
        except OSError as error:
            code = IMPOSSIBLE
            with suppress(OSError, AttributeError):
                print(f"结果没有写全：{disk_reason(error)}。", file=sys.stderr, flush=True)
    os._exit(code)


def _unexpected(error: Exception) -> str:
    """Say that something went wrong that no message foresaw, and how to report it."""
    return (
        f"程序内部出错：{type(error).__name__}: {error}\n"
        "这不是您的文件的错，原有的网站没有改动。请把这条命令和上面的话报告给维护者；"
        "设环境变量 JIXIAO_DEBUG=1 再运行一次，会显示出错的位置。"
    )


def _command(name: str) -> Command:
    # A word of Python's own cannot be the name of a module that others import.
    return cast(Command, importlib.import_module(f"generator.cli.{name}{'_' if iskeyword(name) else ''}"))


def _speak_utf8() -> None:
    """Print Chinese on any terminal: a Windows console may be set to a code page without it."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
