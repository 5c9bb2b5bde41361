"""`jixiao build`: content in, site out."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from generator.build.messages import format_rule_counts
from generator.build.pipeline import build_site
from generator.build.today import this_day
from generator.cli.messages import format_counts, format_findings, format_left_out, format_refusal
from generator.settings import load_settings

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
    parser.add_argument("-q", "--quiet", action="store_true", help="只显示问题，不显示进度")


def _say_nothing(line: str) -> None:
    """Take a line of progress that nobody wants to read."""


def run(arguments: argparse.Namespace) -> int:
    """Build the site; 1 where any file has errors."""
    settings = load_settings(arguments.config)
    settings = replace(settings, internal=settings.internal or arguments.internal)
    for warning in settings.warnings:
        print(f"注意：{warning}", file=sys.stderr)
    report = build_site(
        settings,
        site_dir=arguments.site_dir or settings.site_dir,
        keep_going=arguments.keep_going or settings.keep_going,
        live=False,
        today=this_day(),
        report=_say_nothing if arguments.quiet else print,
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
    if not arguments.quiet:
        counts = format_rule_counts(report.check)
        if counts:
            print(counts)
        print(f"网站在 {arguments.site_dir or settings.site_dir}，打开其中的 index.html 即可查看。")
    # Something was not checked, so nobody may take silence for a clean bill.
    return 1 if report.is_broken else 0
