"""`jixiao diff`: what changed in the records, in the form's own words."""

import argparse
from pathlib import Path

from generator.authoring.files import write_text
from generator.build.changed_records import Span, changed_records
from generator.build.published_list import revision_of
from generator.check.report.terminal import plain
from generator.cli import FAILED
from generator.cli.check_paths import wanted_paths
from generator.cli.report_places import refuse_source
from generator.configuration import load_settings
from generator.errors import JixiaoError
from generator.exchange import change_report
from generator.forms.definitions import load_forms

HELP = "列出绩效表改了什么：哪一行、哪一栏，由什么变成什么"

_FORMATS = ("text", "markdown", "json", "html", "corrections")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `diff`."""
    parser.add_argument(
        "revisions", nargs="*", metavar="版本",
        help="git 里的版本或发布的名称，例如 main、HEAD~1 或 2025-03，main... 是与 main 分开的地方；写一个是与现在的文件比，写两个是互相比，不写是与最后一次提交比",
    )  # fmt: skip
    parser.add_argument("--staged", action="store_true", help="比较已经 git add 的内容，而不是文件现在的样子")
    parser.add_argument(
        "--only", action="append", default=[], metavar="路径", help="只列这些文件或文件夹，例如 content/records/2024"
    )
    parser.add_argument(
        "--format", choices=_FORMATS, default=_FORMATS[0], help="写成什么格式，默认 text；corrections 是改动的数字要写的更正，可以贴到文件里",
    )  # fmt: skip
    parser.add_argument("--output", type=Path, metavar="文件", help="写到这个文件，默认显示在屏幕上")
    parser.add_argument("--exit-code", action="store_true", help="有变化时退出码为 1")


def run(arguments: argparse.Namespace) -> int:
    """Report what changed; 1 where anything did and `--exit-code` asks for it."""
    if len(arguments.revisions) > 2:  # noqa: PLR2004  before and after
        raise JixiaoError("最多写两个版本：jixiao diff 版本 版本。只看某个文件的，写在 --only 后面。")
    if arguments.staged and len(arguments.revisions) > 1:
        raise JixiaoError("--staged 是拿已经 git add 的内容与一个版本比，不能再写第二个版本。")
    before, after = (*arguments.revisions, "", "")[:2]
    settings = load_settings(arguments.config)
    refuse_source((arguments.output,), arguments.config, settings)
    is_wanted, forms = wanted_paths(arguments.only, settings), load_forms(settings.template_dirs)
    before, after = (revision_of(name, settings.project_dir) for name in (before, after))
    span = Span(before, after, arguments.staged)
    found = changed_records(settings.project_dir, settings.records_dir, forms, span)
    changes = [one for one in found if is_wanted(one.path) or is_wanted(one.former_path)]
    match arguments.format:
        case "markdown":
            report = change_report.format_markdown(changes)
        case "json":
            report = change_report.format_json(changes)
        case "corrections":
            report = change_report.format_corrections(changes)
        case "html":
            report = change_report.format_html(changes, settings.template_dirs, _about(span))
        case _:
            report = change_report.format_text(changes)
    if arguments.output:
        write_text(arguments.output, report)
        print(change_report.summary_of(changes))
        print(f"写在 {arguments.output}。")
    else:
        print(
            "".join(f"{plain(line)}\n" for line in report.splitlines()) if arguments.format == _FORMATS[0] else report,
            end="",
        )
    return FAILED if changes and arguments.exit_code else 0


def _about(span: Span) -> str:
    later = span.after or ("已经 git add 的内容" if span.staged else "现在的文件")
    return f"比较的是{span.before or '最后一次提交'}与{later}"
