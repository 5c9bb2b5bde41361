"""`jixiao init`: a new site with an example of each form."""

import argparse
from pathlib import Path

from generator.authoring.site import write_site
from generator.forms.definitions import load_forms
from generator.resources import packaged

HELP = "新建一个自己的网站，每种表各有一份示例"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `init`."""
    parser.add_argument("folder", type=Path, metavar="文件夹", help="新网站放在哪里，例如 my-site")
    parser.add_argument("--force", action="store_true", help="文件夹里已有文件也继续；已有的文件不会覆盖")


def run(arguments: argparse.Namespace) -> int:
    """Write the site and say what to do next."""
    folder: Path = arguments.folder
    templates = packaged("templates")
    site = write_site(folder, templates / "site", load_forms((templates,)), force=arguments.force)
    print(f"在 {folder} 里新建了 {len(site.written)} 个文件：")
    for name in site.written:
        print(f"  {name}")
    if site.kept:
        print(f"有 {len(site.kept)} 个文件已经存在，没有改动：")
        for name in site.kept:
            print(f"  {name}")
    print("接下来：")
    if folder.resolve() != Path.cwd():
        print(f"  cd {_quoted(folder)}")
    print("  jixiao check    核对示例记录")
    print("  jixiao build    生成网站，打开 site/index.html 查看")
    print("  jixiao serve    边改边看")
    print("怎样换成自己的表，见 README.md。")
    return 0


def _quoted(folder: Path) -> str:
    """Return the folder as both the Windows shells and others take it."""
    text = str(folder)
    return f'"{text}"' if " " in text else text
