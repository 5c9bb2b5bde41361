"""`jixiao schema`: completion and hover text for editors, from the forms and the vocabulary."""

import argparse
import sys

from generator.authoring.schema_files import stale_schemas, write_schemas
from generator.configuration import load_settings
from generator.forms.definitions import load_forms

HELP = "生成编辑器补全和提示用的 JSON Schema"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `schema`."""
    parser.add_argument("--check", action="store_true", help="只检查是否最新，不写文件；不是最新时退出码为 1")
    parser.add_argument("--force", action="store_true", help="同名文件不是 jixiao 生成的也覆盖")


def run(arguments: argparse.Namespace) -> int:
    """Write the schemas beside the records folder, or tell which are out of date."""
    settings = load_settings(arguments.config)
    forms = load_forms(settings.template_dirs)
    folder = settings.records_dir.parent / "schema"
    if arguments.check:
        stale = stale_schemas(folder, forms)
        if stale:
            print(
                f"{folder} 里有 {len(stale)} 个文件不是最新：{'、'.join(stale)}。请运行 jixiao schema。",
                file=sys.stderr,
            )
            return 1
        print(f"{folder} 里的文件都是最新。")
        return 0
    written = write_schemas(folder, forms, force=arguments.force)
    print(f"已写入 {folder}：{'、'.join(written)}。" if written else f"{folder} 里的文件都是最新，没有改动。")
    return 0
