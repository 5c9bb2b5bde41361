"""`jixiao import`: official forms of the office become records."""

import argparse
import contextlib
import sys
from pathlib import Path

from generator.address import address_fault
from generator.build.names import CACHE
from generator.build.readers import cores
from generator.build.today import this_day
from generator.check.report.terminal import plain
from generator.cli import FAILED, INTERRUPTED
from generator.cli.command_line import number_of_processes
from generator.cli.messages import format_findings
from generator.cli.progress import progress_for
from generator.configuration import load_settings
from generator.errors import JixiaoError
from generator.exchange.addresses import Wishes
from generator.exchange.gathering import gather
from generator.exchange.import_data import format_import_json
from generator.exchange.import_report import format_import, needs_a_person
from generator.exchange.import_run import READING, WRITING, Order, Progress, drafts_of, run_import
from generator.exchange.importing import Surroundings
from generator.exchange.placing import Target
from generator.finding import has_errors
from generator.forms.definitions import load_forms
from generator.load.registry import load_registry
from generator.load.walk import printed_path
from generator.model.catalog import Registry
from generator.settings import Settings
from generator.text import nearest

HELP = "把 Excel、Word、PDF、网页里的绩效表导入为记录"

TEXT, JSON = "text", "json"

_FEW = 20
"""Files of which a log is told nothing before they are read; each takes some tenths of a second."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `import`."""
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="文件或文件夹", help="要导入的文件；写文件夹则导入其中的全部文档"
    )
    parser.add_argument(
        "--into", type=Path, metavar="文件夹",
        help="写入这个文件夹，例如 content/records；不写则只在屏幕上显示，不写文件",
    )  # fmt: skip
    parser.add_argument("--year", default="", metavar="年度", help="表上没有写年度，或写的不对时，以此为准，例如 2024")
    parser.add_argument(
        "--unit", default="", metavar="标识", help="登记表里的单位标识；不写则按表上的单位名称去登记表里找"
    )
    parser.add_argument(
        "--as", dest="name", default="", metavar="名称", help="记录文件的名称，例如 road；只用于导入一份表"
    )
    parser.add_argument("--format", choices=(TEXT, JSON), default=TEXT, help="报告的格式，默认 text")
    parser.add_argument(
        "--jobs", type=number_of_processes, default=0, metavar="数目",
        help="同时读取几个文件，默认与处理器数目相同",
    )  # fmt: skip
    parser.add_argument(
        "--update", action="store_true", help="记录已经有而内容不同时，只改不同的值，注释和次序不动；默认不改"
    )
    parser.add_argument("--dry-run", action="store_true", help="只说明会做什么，不写文件")


def run(arguments: argparse.Namespace) -> int:
    """Import, then tell what was done; 1 where anything is left to a person."""
    settings = load_settings(arguments.config)
    _refuse(arguments)
    order = _order(arguments, settings)
    how_far = _HowFar()
    try:
        with progress_for(sys.stderr, quiet=False, few=_FEW) as show:
            report = run_import(order, how_far.told(show))
    except KeyboardInterrupt:
        print(
            how_far.interrupted(
                len(order.gathered.sources), writes=order.target is not None and not order.target.dry_run
            ),
            file=sys.stderr,
        )
        return INTERRUPTED
    drafts = tuple(drafts_of(report))
    if arguments.format == JSON:
        print(format_import_json(report), end="")
    elif order.target is None:
        for number, draft in enumerate(drafts):
            print(("---\n" if number else "") + draft.text, end="")
        with contextlib.redirect_stdout(sys.stderr):
            _tell(format_import(report))
    else:
        _tell(format_import(report))
    return FAILED if needs_a_person(report) else 0


class _HowFar:
    """What an import was at, for whoever stops it."""

    def __init__(self) -> None:
        self._at: dict[str, tuple[int, int]] = {}

    def told(self, show: Progress) -> Progress:
        """Return what takes progress, remembers it and shows it."""

        def tell(what: str, done: int, total: int) -> None:
            self._at[what] = (done, total)
            show(what, done, total)

        return tell

    def interrupted(self, files: int, *, writes: bool) -> str:
        """Say how much is done and how to go on."""
        read, _ = self._at.get(READING, (0, files))
        if not writes:
            return f"已停下（Ctrl-C）：{files} 个文件读了 {read} 个，什么也没有写。"
        again = "再运行同一条命令，从这里接着做。"
        if WRITING in self._at:
            placed, drafts = self._at[WRITING]
            return f"已停下（Ctrl-C）：{files} 个文件都读过了，{drafts} 份表处理了 {placed} 份，写好的记录都是完整的。{again}"
        return (
            f"已停下（Ctrl-C）：{files} 个文件读了 {read} 个，记录一份也没有写："
            f"全部读完，才知道有没有两份表争用同一个文件。读过的已经记下，{again}"
        )


def _tell(text: str) -> None:
    for line in text.splitlines():
        print(plain(line))


def _refuse(arguments: argparse.Namespace) -> None:
    """Refuse what contradicts itself before anything is read."""
    if arguments.into is None:
        useless = {"--update": arguments.update, "--dry-run": arguments.dry_run, "--as": arguments.name}
        given = "、".join(option for option, is_given in useless.items() if is_given)
        if given:
            raise JixiaoError(
                f"{given} 要与 --into 一起用，例如 --into content/records；不写 --into 时只显示，不写文件。"
            )
    if arguments.year and (len(arguments.year) != 4 or not arguments.year.isascii() or not arguments.year.isdigit()):  # noqa: PLR2004  digits of a year
        raise JixiaoError(f"--year 应是四位数字的年度，现在是“{arguments.year}”，例如 --year 2024。")
    for option, part in (("--unit", arguments.unit), ("--as", arguments.name)):
        fault = address_fault(part) if part else ""
        if fault:
            raise JixiaoError(f"{option} 写的“{part}”不能用作网址：{fault}。")


def _refuse_unknown_unit(arguments: argparse.Namespace, registry: Registry) -> None:
    """Refuse a unit that nobody registered and that has no records yet: a slip would make a new folder."""
    unit = arguments.unit
    if not unit or unit in registry.units or (arguments.into and any(arguments.into.glob(f"*/{unit}"))):
        return
    near = nearest(unit, registry.units)
    like = f"是不是想写 {near}？" if near else ""
    raise JixiaoError(f"登记表里没有单位 {unit}。{like}新的单位请先在登记表里登记。")


def _order(arguments: argparse.Namespace, settings: Settings) -> Order:
    registered = load_registry(settings.registry_dir, settings.project_dir)
    if has_errors(registered.findings):
        # A unit that the registry names by a faulty line would be taken for one that nobody registered.
        raise JixiaoError(f"登记表有错误，认不出单位；请先改正再导入：\n{format_findings(registered.findings)}")
    _refuse_unknown_unit(arguments, registered.registry)
    wishes = Wishes(arguments.year, arguments.unit, arguments.name)
    target = None
    if arguments.into is not None:
        if arguments.into.absolute() != settings.records_dir:
            records = printed_path(settings.records_dir, settings.project_dir)
            print(f"注意：网站只读 {records} 里的记录，--into 写的是 {plain(str(arguments.into))}。", file=sys.stderr)
        target = Target(
            folder=arguments.into.absolute(),
            project_dir=settings.project_dir,
            registry=registered.registry,
            registry_path=printed_path(settings.registry_dir / "units.yaml", settings.project_dir),
            forms=load_forms(settings.template_dirs),
            wishes=wishes,
            update=arguments.update,
            dry_run=arguments.dry_run,
        )
    around = Surroundings(
        template_dirs=settings.template_dirs,
        rule_packs_dir=settings.rule_packs_dir,
        rule_packs=settings.rule_packs,
        project_dir=settings.project_dir,
        registry=registered.registry,
        today=this_day(),
        year=arguments.year,
        unit=arguments.unit,
    )
    jobs = arguments.jobs or cores()
    return Order(gather(arguments.paths), around, target, settings.project_dir / CACHE, jobs)
