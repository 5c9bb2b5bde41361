"""`jixiao init`: a new site with an example of each form, and the files of CI for a new or a present one."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from generator.authoring.ci import (
    SERVICES,
    Place,
    Written,
    ci_texts,
    missing_file,
    package_source,
    package_step,
    refuse_differing,
    refuse_unreadable,
    write_ci,
)
from generator.authoring.site import write_site
from generator.build.repository import is_inside, output_of, run_git
from generator.errors import JixiaoError
from generator.forms.definitions import load_forms
from generator.resources import packaged

HELP = "新建一个自己的网站，每种表各有一份示例；也给网站加上 CI 文件"

_CONFIG = "mkdocs.yml"
_BRANCH = "main"
_USUAL = (_BRANCH, "master")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `init`."""
    parser.add_argument(
        "folder", type=Path, metavar="文件夹", help="新网站放在哪里，例如 my-site；给已有的网站加 CI 文件时是它的文件夹"
    )
    parser.add_argument(
        "--ci", action="append", default=[], choices=tuple(SERVICES),
        help="写好这个平台的 CI 文件：检查合并请求，合并后发布；可以写几次。已有的网站只加 CI 文件",
    )  # fmt: skip
    parser.add_argument(
        "--package",
        metavar="来源",
        help="CI 从哪里安装 jixiao，照 pip 的写法：wheel 文件，git+https://…@版本，或名称==版本；默认与本机安装的来源相同",
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="文件夹里已有文件也继续，已有的文件不会覆盖；只有内容不同的 CI 文件换成新的",
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the site and the files of CI, and say what to do next."""
    folder: Path = arguments.folder
    names: list[str] = list(dict.fromkeys(arguments.ci))
    templates = packaged("templates")
    is_new = not names or not (folder / _CONFIG).is_file()
    place = _place_of(folder, is_new=is_new) if names else None
    package = package_source() if arguments.package is None else arguments.package
    refuse_unreadable(package)
    texts = ci_texts(names, templates / "ci", place, package) if place else {}
    if place and not arguments.force:
        refuse_differing(texts, place.top)
    if is_new:
        _write_site(folder, templates, force=arguments.force)
    if place:
        written = write_ci(texts, place.top)
        _tell_ci(names, place, written, package)
        warning = missing_file(package, folder)
        if warning:
            print(f"注意：{warning}", file=sys.stderr)
    return 0


def _write_site(folder: Path, templates: Path, *, force: bool) -> None:
    site = write_site(folder, templates / "site", load_forms((templates,)), force=force)
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


def _tell_ci(names: Sequence[str], place: Place, written: Written, package: str) -> None:
    for words, paths in (("写好了 CI 文件", written.written), ("已经是这样、没有改动的 CI 文件", written.same)):
        if paths:
            print(f"{place.top} 里{words}：")
            for path in paths:
                print(f"  {path}")
    print(f"合并到 {place.branch} 分支的内容会公开；是别的分支的，在文件里改。提交这些文件，此外还要：")
    print(f"  - {package_step(package)}")
    for name in names:
        for step in SERVICES[name].steps:
            print(f"  - {SERVICES[name].title}：{step}")


def _place_of(folder: Path, *, is_new: bool) -> Place:
    """Return where a project stands, or will stand, in its repository; without one it is a repository to be."""
    project = Path(os.path.realpath(folder))
    site = project / "site"
    if not is_new:
        # A new site needs none of what MkDocs loads.
        from generator.configuration import load_settings  # noqa: PLC0415

        site = Path(os.path.realpath(load_settings(folder / _CONFIG).site_dir))
    present = next(place for place in (project, *project.parents) if place.is_dir())
    top, branch = project, _BRANCH
    if is_inside(present, "CI 文件要写在仓库的最上层。"):
        top = Path(os.path.realpath(os.fsdecode(output_of(present, "rev-parse", "--show-toplevel")).rstrip("\n")))
        branch = _branch_of(present)
    if not site.is_relative_to(top):
        raise JixiaoError(f"网站写到仓库以外的 {site}，CI 取不到。请在 {_CONFIG} 里把 site_dir 改到项目里面。")
    return Place(top, project.relative_to(top).as_posix(), site.relative_to(top).as_posix(), branch)


def _branch_of(folder: Path) -> str:
    """Return the branch that others clone, as far as this clone knows: one of the usual names, or the present one."""
    main = run_git(folder, "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD")
    if main.returncode == 0:
        return os.fsdecode(main.stdout).strip().removeprefix("origin/")
    for branch in _USUAL:
        for place in ("refs/remotes/origin", "refs/heads"):
            if run_git(folder, "show-ref", "--verify", "--quiet", f"{place}/{branch}").returncode == 0:
                return branch
    present = run_git(folder, "symbolic-ref", "--quiet", "--short", "HEAD")
    return os.fsdecode(present.stdout).strip() if present.returncode == 0 else _BRANCH


def _quoted(folder: Path) -> str:
    """Return the folder as both the Windows shells and others take it."""
    text = str(folder)
    return f'"{text}"' if " " in text else text
