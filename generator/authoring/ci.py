"""Files with which a code host checks each merge request and publishes what is merged."""

import json
import re
import shlex
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from generator import __version__
from generator.authoring.files import read_text, write_text
from generator.errors import JixiaoError

_ARCHIVES = (".whl", ".tar.gz", ".zip")


class Service(NamedTuple):
    """What one code host wants."""

    title: str
    files: Mapping[str, str]
    """The template of each file, by its path from the top of the repository."""
    steps: Sequence[str]
    """What is left to do by hand, in Chinese."""


SERVICES: Mapping[str, Service] = {
    "github": Service(
        "GitHub",
        {".github/workflows/jixiao.yml": "github.yml"},
        ("在仓库的 Settings › Pages 里，把 Source 选为 GitHub Actions。",),
    ),
    "gitlab": Service(
        "GitLab",
        {".gitlab-ci.yml": "gitlab.yml"},
        (
            "要发评论：建一个项目访问令牌（角色 Reporter，范围 api），存为 CI/CD 变量 JIXIAO_TOKEN，选 Masked，不选 Protected。",
        ),
    ),
    "gitea": Service(
        "Gitea",
        {".gitea/workflows/jixiao.yml": "gitea.yml"},
        (
            "在仓库设置里启用 Actions，并登记一个带 ubuntu-latest 标签的运行器。",
            (
                "要送到网站服务器：设变量 SITE_TARGET（用户@主机:/文件夹/）、SITE_HOST_KEYS（ssh-keyscan 的输出，核对过的）"
                "和密钥 SITE_KEY（SSH 私钥）；运行器里要有 rsync 和 ssh。"
            ),
        ),
    ),
    "gitee": Service(
        "Gitee",
        {".workflow/jixiao-check.yml": "gitee-check.yml", ".workflow/jixiao-publish.yml": "gitee-publish.yml"},
        (
            "在仓库里开通 Gitee Go。",
            "要发评论：建一个私人令牌（权限 pull_requests），存为 Gitee Go 的全局参数 JIXIAO_TOKEN。",
            "要送到网站服务器：在流水线编辑页给“公开绩效表”加一个“主机部署”任务，制品选 site。",
        ),
    ),
}
"""The code hosts, by the names users type."""


class Place(NamedTuple):
    """Where a project stands in its repository."""

    top: Path
    project: str
    """Relative to the top, with slashes."""
    site: str
    """Where a build writes the site, likewise."""
    branch: str
    """What is merged into it is published."""


def package_source() -> str:
    """Return what installs this jixiao once more, in the words of pip; empty where only this machine has it.

    A name alone is trusted only where it is what was installed: a registry may give it to anybody.
    """
    try:
        about = distribution("jixiao").read_text("direct_url.json")
    except PackageNotFoundError:
        return ""
    if about is None:
        return f"jixiao=={__version__}"
    found = json.loads(about)
    parts = urlsplit(found["url"])
    # Whoever reads the file is not to learn a password.
    address = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    if "vcs_info" in found:
        return f"{found['vcs_info']['vcs']}+{address}@{found['vcs_info']['commit_id']}"
    return address if parts.scheme in ("http", "https") else ""


def package_step(package: str) -> str:
    """Return what is left to do, in Chinese, so that the package is found whatever the host."""
    if package:
        return f"CI 里从 {package} 安装 jixiao；要换别处的，设变量 JIXIAO_PACKAGE。"
    return (
        "设变量 JIXIAO_PACKAGE，写明 CI 从哪里安装 jixiao：随仓库存放的 wheel 文件，或 git+https://…@版本；"
        "也可以写 --package 再运行一次。本机的 jixiao 是从本机的文件夹安装的，CI 取不到。"
    )


def refuse_unreadable(package: str) -> None:
    """Refuse a source of the package that the files could not carry, or that a host would take for something else."""
    if re.search(r"\$\{\{|\}\}|: | #|[\x00-\x1f\x7f]", package):
        raise JixiaoError(
            f"--package 写的是 {package!r}：不能有换行、${{{{ }}}}、“: ”和“ #”，CI 文件里会变成别的意思。"
            "要用变量的，不写 --package，在平台上设变量 JIXIAO_PACKAGE。"
        )


def missing_file(package: str, project: Path) -> str:
    """Return that the file to install from is not in the project, in Chinese; empty where it is, or it is no file."""
    is_file = package.endswith(_ARCHIVES) and "://" not in package
    if not is_file or (project / package).is_file():
        return ""
    return f"{project} 里没有 {package}，CI 会停在安装这一步；路径从网站的文件夹写起，文件要提交。"


class Written(NamedTuple):
    """What became of each file, by path from the top of the repository."""

    written: tuple[str, ...]
    same: tuple[str, ...]
    """Files that stood there already as they should be."""


def ci_texts(names: Sequence[str], templates: Path, place: Place, package: str) -> dict[str, str]:
    """Return the text of every file for some code hosts, by its path from the top of the repository.

    `package` is what pip is told to install, empty where that is left to a variable.
    """
    values = {
        "@VERSION@": __version__,
        "@PACKAGE@": package.replace("'", "''"),
        "@BRANCH@": place.branch.replace("'", "''"),
        "@PROJECT@": place.project.replace("'", "''"),
        "@SITE@": place.site.replace("'", "''"),
        "@SHELL_PROJECT@": shlex.quote(place.project),
    }
    texts = {}
    for path, template in (pair for name in names for pair in SERVICES[name].files.items()):
        text = (templates / template).read_text(encoding="utf-8")
        for mark, value in values.items():
            text = text.replace(mark, value)
        texts[path] = text
    return texts


def refuse_differing(texts: Mapping[str, str], top: Path) -> None:
    """Raise JixiaoError where one of the files is there and says something else."""
    others = [path for path in texts if _exists(top / path) and read_text(top / path) != texts[path]]
    if others:
        raise JixiaoError(
            f"{'、'.join(others)} 已经存在，内容不同，没有写任何 CI 文件。要换成新的，请加 --force；"
            "原来的内容先用 git 提交，换了以后看得出改了什么。"
        )


def write_ci(texts: Mapping[str, str], top: Path) -> Written:
    """Write the files that are not there yet or say something else."""
    same = tuple(path for path in texts if read_text(top / path) == texts[path])
    written = tuple(path for path in texts if path not in same)
    for path in written:
        write_text(top / PurePosixPath(path), texts[path])
    return Written(written, same)


def _exists(path: Path) -> bool:
    return path.exists() or path.is_symlink()
