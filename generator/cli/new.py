"""`jixiao new`: an empty record of any form, explained line by line."""

import argparse

from generator.authoring.address import parse_address
from generator.authoring.choice import choose_form, format_forms
from generator.authoring.new_record import write_record
from generator.configuration import load_settings
from generator.errors import JixiaoError
from generator.forms.definitions import load_forms

HELP = "按表样新建一张带说明的空表"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `new`."""
    parser.add_argument("address", nargs="?", metavar="地址", help="年度/单位/项目，例如 2024/xinzhuang/liangxin")
    parser.add_argument("--form", metavar="表样", help="原表标题，例如 财政项目支出绩效自评表；也可以只写版式，例如 A1")
    parser.add_argument("--layout", metavar="版式", default="", help="同名表样有几种版式时用哪一种，例如 A2")
    parser.add_argument("--markdown", action="store_true", help="建 Markdown 记录（.md），适合大段文字多的表")
    parser.add_argument("--force", action="store_true", help="文件已存在时用空表覆盖它")
    parser.add_argument("--list", action="store_true", help="列出全部表样和版式，不建文件")


def run(arguments: argparse.Namespace) -> int:
    """Write the skeleton and say what to do with it."""
    settings = load_settings(arguments.config)
    forms = load_forms(settings.template_dirs)
    if arguments.list:
        print(format_forms(forms))
        return 0
    if not arguments.address or not arguments.form:
        missing = "地址（年度/单位/项目）" if not arguments.address else "表样"
        raise JixiaoError(
            f"没有写{missing}。例如：jixiao new 2024/xinzhuang/liangxin --form {forms.titles()[0]}\n全部表样见 jixiao new --list。"
        )
    records = settings.records_dir.relative_to(settings.project_dir).as_posix()
    address = parse_address(arguments.address, records=records)
    form, title = choose_form(forms, arguments.form, arguments.layout)
    record = write_record(
        address,
        form,
        title,
        records_dir=settings.records_dir,
        registry_dir=settings.registry_dir,
        project_dir=settings.project_dir,
        markdown=arguments.markdown or address.suffix == ".md",
        force=arguments.force,
    )
    print(f"已新建 {record.shown}（{title}，版式 {form.layout}）。")
    for note in record.notes:
        print(note)
    print("照原表填写之后运行 jixiao check，它逐行指出还空着的必填栏。")
    return 0
