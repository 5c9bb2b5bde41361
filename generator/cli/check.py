"""`jixiao check`: everything that is wrong with the content, at once."""

import argparse
import sys
from pathlib import Path

from msgspec.structs import replace

from generator import __version__
from generator.authoring.files import write_text
from generator.build.check_cache import open_check_cache
from generator.build.checking import Content, Manner, check_content, try_pack
from generator.build.memory import uncollected
from generator.build.names import CACHE
from generator.build.proved_list import read_proved_history, united_history
from generator.build.readers import cores
from generator.build.revision import WHY, content_at
from generator.build.today import this_day
from generator.check.registry import all_rules
from generator.check.report.contents import KNOWN_FAULTS, ReportContents, hiding_personal_data
from generator.check.report.formats import FORMATS, TEXT, WITH_LEDGER
from generator.check.report.terminal import plain
from generator.check.report.text import format_summary
from generator.check.selection import NEVER, Selection, fails, new_since, renamed, resolve_codes
from generator.check.trial import compare, format_trial
from generator.cli import FAILED
from generator.cli.check_fixes import fix_files, show_fixes
from generator.cli.check_paths import repository_prefix, source_lines, wanted_paths
from generator.cli.command_line import number_of_processes
from generator.cli.report_places import refuse_source
from generator.configuration import load_settings
from generator.errors import JixiaoError
from generator.finding import Finding, Severity
from generator.model.publications import Publications
from generator.settings import Settings

HELP = "检查全部记录，列出所有问题，不生成网站"

_SEVERITIES = tuple(severity.value for severity in Severity)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `check`."""
    parser.add_argument(
        "paths", nargs="*", metavar="路径", help="只列这些文件或文件夹里的问题，例如 content/records/2024；默认列全部"
    )
    parser.add_argument("--format", choices=tuple(FORMATS), default=TEXT, help="报告的格式，默认 text")
    parser.add_argument("--output", type=Path, metavar="文件", help="报告写到这个文件，默认显示在屏幕上")
    parser.add_argument(
        "--also", action="append", default=[], type=_format_and_file, metavar="格式=文件",
        help="同一次检查，另外按这种格式写到文件，例如 gitlab=check.json；可以写几次",
    )  # fmt: skip
    parser.add_argument(
        "--select", action="append", default=[], metavar="规则",
        help="只列这些规则的问题：代码、代码的开头或名称，逗号分隔，例如 BUD,SCO001；读不出来的文件总是列出",
    )  # fmt: skip
    parser.add_argument(
        "--ignore", action="append", default=[], metavar="规则", help="不列这些规则的问题，写法同 --select"
    )
    parser.add_argument(
        "--severity", choices=_SEVERITIES, default=Severity.NOTE.value, help="只列不轻于这个程度的问题，默认 note"
    )
    parser.add_argument(
        "--fail-on", choices=(*_SEVERITIES, NEVER), default=Severity.ERROR.value,
        help="列出的问题不轻于这个程度时退出码为 1，默认 error；已豁免的不算，规则自身出错总是 1",
    )  # fmt: skip
    parser.add_argument(
        "--new-since",
        metavar="版本",
        help="只列 git 里这个版本还没有的问题，例如 main 或 HEAD~1，main... 是与 main 分开的地方；行号变动不算新问题",
    )
    parser.add_argument(
        "--fix", action="store_true", help="先改正不涉及内容的写法问题（引号、制表符、冒号、看不见的字符），再检查"
    )
    parser.add_argument(
        "--diff", action="store_true", help="只显示 --fix 会改什么，不写文件，不检查；有可改的时退出码为 1"
    )
    parser.add_argument(
        "--try-pack",
        type=Path,
        metavar="文件",
        help="只显示换用这个规则包后全部记录的检查结果会有什么不同，不改任何文件",
    )
    parser.add_argument(
        "-j", "--jobs", type=number_of_processes, default=0, metavar="数", help="同时工作的进程数，默认与处理器核数相同"
    )


def _format_and_file(text: str) -> tuple[str, Path]:
    name, _, file = text.partition("=")
    if name not in FORMATS or not file:
        raise argparse.ArgumentTypeError(f"应是格式=文件，格式是 {'、'.join(FORMATS)} 之一，现在是 {text}")
    return name, Path(file)


def run(arguments: argparse.Namespace) -> int:
    """Report what is wrong; 1 where anything weighs as much as `--fail-on` says."""
    with uncollected():
        return _run(arguments)


def _run(arguments: argparse.Namespace) -> int:
    settings = load_settings(arguments.config)
    refuse_source((arguments.output, *(file for _, file in arguments.also)), arguments.config, settings)
    selection = _selection(arguments, settings)
    if arguments.diff:
        _refuse_beside("--diff", arguments)
        return FAILED if show_fixes(settings, selection.is_wanted_path) else 0
    if arguments.try_pack:
        _refuse_beside("--try-pack", arguments)
        _try_pack(arguments, settings)
        return 0
    if arguments.fix:
        fix_files(settings, selection.is_wanted_path)
    published = _published(arguments.new_since, settings)
    manner = _manner(arguments, settings)
    content = check_content(settings, today=this_day(), published=published, manner=manner)
    findings = selection.findings(content.check.findings)
    if arguments.new_since is not None:
        findings = _only_new(findings, arguments.new_since, selection, settings, published, manner)
    formats = {arguments.format, *(name for name, _ in arguments.also)}
    contents = _contents(content, findings, selection, settings, with_ledger=not formats.isdisjoint(WITH_LEDGER))
    for name, file in arguments.also:
        write_text(file, FORMATS[name](contents))
    _tell(FORMATS[arguments.format](contents), contents, arguments)
    return FAILED if fails(findings, arguments.fail_on) else 0


def _manner(arguments: argparse.Namespace, settings: Settings) -> Manner:
    """Return how to go about it: with what is known from the last time, on as many processes as asked for."""
    known = open_check_cache(arguments.config.absolute().parent / CACHE, settings)
    return Manner(known, arguments.jobs or cores())


def _published(revision: str | None, settings: Settings) -> Publications:
    """Return what was published before, and what a revision knows to have been."""
    if revision is None:
        return read_proved_history(settings.project_dir)
    return united_history(settings.project_dir, revision, WHY)


def _refuse_beside(option: str, arguments: argparse.Namespace) -> None:
    """Refuse options that say what to report where no report is made."""
    given = {
        "--output": arguments.output,
        "--also": arguments.also,
        "--format": arguments.format != TEXT,
        "--new-since": arguments.new_since is not None,
        "--select": arguments.select,
        "--ignore": arguments.ignore,
        "--severity": arguments.severity != Severity.NOTE,
        "--fail-on": arguments.fail_on != Severity.ERROR,
    }
    useless = [name for name, is_given in given.items() if is_given]
    if useless:
        raise JixiaoError(f"{option} 不出检查报告，不能与 {'、'.join(useless)} 一起用。")


def _try_pack(arguments: argparse.Namespace, settings: Settings) -> None:
    """Print what a rule pack would change on all records."""
    pack: Path = arguments.try_pack
    if not pack.is_file():
        raise JixiaoError(f"找不到规则包 {pack}。")
    manner = _manner(arguments, settings)
    content = check_content(settings, today=this_day(), manner=manner)
    trial = compare(content.check, try_pack(settings, content, pack, today=this_day(), manner=manner))
    for line in format_trial(trial, pack.stem).split("\n"):
        print(plain(line))


def _selection(arguments: argparse.Namespace, settings: Settings) -> Selection:
    names = {code: rule.name for code, rule in all_rules().items()}
    names |= {code: fault.name for code, fault in KNOWN_FAULTS.items()}
    ignored = resolve_codes(arguments.ignore, names)
    errors = {code for code, fault in KNOWN_FAULTS.items() if fault.severity is Severity.ERROR}
    if ignored and ignored <= errors:
        raise JixiaoError(
            f"{'、'.join(sorted(ignored))} 表示文件读不出来，其中的数字无从核对，不能不列。"
            "只想看别的文件，请写出它们的路径。"
        )
    return Selection(
        codes=resolve_codes(arguments.select, names) if arguments.select else None,
        ignored=ignored,
        lightest=Severity(arguments.severity),
        is_wanted_path=wanted_paths(arguments.paths, settings),
    )


def _contents(
    content: Content, findings: tuple[Finding, ...], selection: Selection, settings: Settings, *, with_ledger: bool
) -> ReportContents:
    paths = content.paths
    ledger = content.check.ledgers() if with_ledger else {}
    return ReportContents(
        version=__version__,
        fingerprint=content.check.fingerprint,
        records=sum(map(selection.is_wanted_path, paths.values())),
        findings=findings,
        ledger=selection.ledger(ledger, paths),
        paths=paths,
        rules=all_rules(),
        lines=hiding_personal_data(source_lines(settings.project_dir), content.check.findings),
        prefix=repository_prefix(settings.project_dir),
    )


def _tell(report: str, contents: ReportContents, arguments: argparse.Namespace) -> None:
    """Print the report or write it; where a program reads the standard output, the counts go beside it."""
    if arguments.output:
        write_text(arguments.output, report)
        print(format_summary(contents))
        print(f"报告写在 {arguments.output}。")
        return
    print(report, end="")
    if arguments.format != TEXT:
        print(format_summary(contents), file=sys.stderr)


def _only_new(
    findings: tuple[Finding, ...],
    revision: str,
    selection: Selection,
    settings: Settings,
    published: Publications,
    manner: Manner,
) -> tuple[Finding, ...]:
    """Leave out what a revision of git had already; rules and packs are today's for both."""
    everywhere = replace(selection, is_wanted_path=lambda _: True)
    with content_at(revision, settings) as then:
        before = check_content(then.settings, today=this_day(), published=published, manner=manner)
        earlier = everywhere.findings(before.check.findings)
    records = settings.records_dir.relative_to(settings.project_dir).as_posix()
    identifiers = {_identifier(old, records): _identifier(new, records) for old, new in then.renamed.items()}
    new = new_since(findings, renamed(earlier, then.renamed, identifiers))
    print(
        f"与 {revision} 相比：新出现 {len(new)} 处，原来就有的 {len(findings) - len(new)} 处没有列出。", file=sys.stderr
    )
    return new


def _identifier(path: str, records: str) -> str:
    """Return the id of the record a file below the records folder holds."""
    return path.removeprefix(f"{records}/").rpartition(".")[0]
