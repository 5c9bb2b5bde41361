"""`jixiao check`: everything that is wrong with the content, at once."""

import argparse

from generator.build.pipeline import check_content
from generator.cli.messages import format_counts, format_findings
from generator.finding import has_errors
from generator.settings import load_settings

HELP = "检查全部记录，列出所有问题，不生成网站"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `check`."""


def run(arguments: argparse.Namespace) -> int:
    """Print every finding; 1 where any is an error."""
    settings = load_settings(arguments.config)
    content = check_content(settings)
    findings = content.check.findings
    if findings:
        print(format_findings(findings))
    print(f"检查了 {len(content.loaded.catalog.records)} 份可公开的记录：{format_counts(findings)}。")
    return 1 if has_errors(findings) else 0
