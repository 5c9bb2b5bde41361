"""`jixiao fmt`: the keys of record files in the order of their form."""

import argparse
import sys

from generator.check.report.terminal import plain
from generator.cli import FAILED
from generator.cli.check_paths import wanted_paths
from generator.configuration import load_settings
from generator.exchange.existing import present_records
from generator.exchange.formatting import formatted
from generator.exchange.replacing import replace_text
from generator.forms.definitions import load_forms

HELP = "把记录文件里各栏的先后调成与表样一致，其余一字不动"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `fmt`."""
    parser.add_argument(
        "paths", nargs="*", metavar="路径", help="只调整这些文件或文件夹，例如 content/records/2024；默认全部"
    )
    parser.add_argument("--check", action="store_true", help="只说哪些文件要调整，不写文件；有要调整的，退出码为 1")


def run(arguments: argparse.Namespace) -> int:
    """Put files in order; 1 where `--check` finds one that is not, or one cannot be read."""
    settings = load_settings(arguments.config)
    is_wanted, forms = wanted_paths(arguments.paths, settings), load_forms(settings.template_dirs)
    changed = left = total = 0
    for present in present_records(settings.records_dir, settings.project_dir, forms):
        if not is_wanted(present.file.path):
            continue
        total += 1
        result = formatted(present, forms)
        if result.fault:
            left += 1
            print(plain(f"{present.file.path}: 没有调整：{result.fault}。"), file=sys.stderr)
        elif result.text != present.text:
            changed += 1
            if not arguments.check:
                replace_text(present.file, present.data, result.text)
            print(plain(f"{present.file.path}: {'各栏的先后与表样不同' if arguments.check else '已调整'}"))
    print(_summary(total, changed, left, only_checking=arguments.check))
    return FAILED if left or (changed and arguments.check) else 0


def _summary(total: int, changed: int, left: int, *, only_checking: bool) -> str:
    parts = [f"要调整 {changed} 个，都没有写入" if only_checking else f"调整了 {changed} 个"]
    parts += [f"不能调整的 {left} 个"] if left else []
    return f"共 {total} 个文件：{'，'.join(parts)}。"
