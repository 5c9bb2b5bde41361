"""`jixiao build`: content in, site out."""

import argparse
import json
import sys
from pathlib import Path

from generator.build.listeners import Listeners
from generator.build.messages import format_rule_counts
from generator.build.report import BuildReport
from generator.cli.building import Call, build
from generator.cli.command_line import number_of_processes
from generator.cli.messages import format_counts, format_findings, format_left_out, format_refusal
from generator.cli.progress import progress_for
from generator.finding import SEVERITY_LABELS

HELP = "生成网站"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `build`."""
    parser.add_argument("-d", "--site-dir", type=Path, metavar="文件夹", help="网站写到哪里，默认照配置文件的 site_dir")
    parser.add_argument(
        "--keep-going", action="store_true", help="有记录读不出来时，仍然公开其余的记录（退出码仍为 1）"
    )
    parser.add_argument(
        "--internal", action="store_true", help="生成内部版：列出全部检查结果，每页标明不得公开，不让搜索引擎收录"
    )
    parser.add_argument(
        "-j", "--jobs", type=number_of_processes, default=0, metavar="数", help="同时工作的进程数，默认与处理器核数相同"
    )
    parser.add_argument("--full", action="store_true", help="不用上次生成留下的缓存，全部重新生成")
    parser.add_argument("-q", "--quiet", action="store_true", help="只显示问题，不显示进度")
    parser.add_argument("--json", action="store_true", help="以 JSON 打印这次生成的统计，供程序读取")


def run(arguments: argparse.Namespace) -> int:
    """Build the site; 1 where any file has errors."""
    call = Call(
        config=arguments.config,
        site_dir=arguments.site_dir,
        keep_going=arguments.keep_going,
        internal=arguments.internal,
        jobs=arguments.jobs,
        full=arguments.full,
    )
    with progress_for(sys.stderr, quiet=arguments.quiet or arguments.json) as progress:
        report, warnings, site_dir = build(call, Listeners(progress))
    for warning in warnings:
        print(f"注意：{warning}", file=sys.stderr)
    return _tell(arguments, report, site_dir)


def _summary(report: BuildReport) -> str:
    """Return the figures of a build as JSON."""
    severities = [finding.severity for finding in report.findings]
    return json.dumps(
        {
            "records": report.records,
            "pages": report.pages,
            "written": len(report.written),
            "unchanged": report.unchanged,
            "removed": len(report.removed),
            "published": report.published,
            "failed": list(report.failed),
            "findings": {severity.value: severities.count(severity) for severity in SEVERITY_LABELS},
            "rule_findings": {severity.value: report.rule_counts.get(severity, 0) for severity in SEVERITY_LABELS},
            "seconds": report.seconds,
            "peak_memory": report.peak_memory,
        },
        ensure_ascii=False,
    )


def _tell(arguments: argparse.Namespace, report: BuildReport, site_dir: Path) -> int:
    """Say what came out, and return the exit code."""
    if arguments.json:
        print(_summary(report))
    elif not arguments.quiet and report.published:
        print(f"读入 {report.records} 份记录")
        print(
            f"{report.pages} 个页面：写入 {len(report.written)} 个文件，未变 {report.unchanged} 个，"
            f"删除 {len(report.removed)} 个"
        )
    if report.findings:
        print(format_findings(report.findings), file=sys.stderr)
        print(f"共 {format_counts(report.findings)}。", file=sys.stderr)
    if not report.published:
        print(format_refusal(report), file=sys.stderr)
        return 1
    if report.failed:
        print(format_left_out(report), file=sys.stderr)
        return 1
    if not arguments.quiet and not arguments.json:
        counts = format_rule_counts(report.rule_counts)
        if counts:
            print(counts)
        print(f"网站在 {site_dir}，打开其中的 index.html 即可查看。")
    # Something was not checked, so nobody may take silence for a clean bill.
    return 1 if report.is_broken else 0
