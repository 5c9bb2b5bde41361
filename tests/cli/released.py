"""A small project with a repository, a built site and keys to sign with."""

import shutil
import subprocess
from pathlib import Path

from generator.cli import main
from tests.site_tools import TESTS

RECORD = "2024/shiyan/xiangmu"
DAY = "1743379200"
"""31 March 2025, for SOURCE_DATE_EPOCH."""
HAS_SSH = shutil.which("ssh-keygen") is not None
HAS_GPG = shutil.which("gpg") is not None
FORM = """\
表样: 财政项目支出绩效自评表
版式: A1
年度: 2024
项目名称: 示例项目
主管部门: 示例局
实施单位: 示例中心
项目资金:
  单位: 万元
  年度资金总额: {年初预算数: 10.00, 全年预算数: 10.00, 全年执行数: 9.00, 分值: 10, 执行率: 90%, 得分: 9.00}
年度总体目标:
  预期目标: 举办培训
  实际完成情况: 举办了培训
绩效指标:
  产出指标:
    数量指标:
      - {三级指标: 培训次数, 年度指标值: ≥4次, 实际完成值: 4次, 分值: 90, 得分: 90}
总分: {分值: 100, 得分: 99.00}
"""


def git(project: Path, *words: str) -> str:
    identity = ("-c", "user.name=示例", "-c", "user.email=a@example.invalid", "-c", "core.autocrlf=false")
    return subprocess.run(["git", *identity, *words], cwd=project, check=True, capture_output=True, text=True).stdout


def make_project(folder: Path) -> Path:
    """Make a project of two records with everything committed and its site built."""
    shutil.copytree(TESTS / "sites/minimal", folder)
    (folder / ".gitignore").write_text("site/\n.jixiao-cache/\n", encoding="utf-8")
    (folder / "content/records/2024/shiyan/peixun.yaml").write_text(FORM, encoding="utf-8", newline="\n")
    (folder / "content/pages/附件.txt").write_text("附件", encoding="utf-8")
    git(folder, "init", "-q", "-b", "main")
    # The repository's own, for signed tags are made by the git of the command.
    git(folder, "config", "user.name", "示例")
    git(folder, "config", "user.email", "a@example.invalid")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "首次公开")
    build(folder)
    return folder


def build(project: Path) -> None:
    assert main(["build", "-q", "-f", str(project / "mkdocs.yml")]) == 0


def commit_and_build(project: Path) -> None:
    git(project, "add", "-A")
    git(project, "commit", "-qm", "改")
    build(project)


def release(project: Path, *words: str) -> int:
    return main(["release", "-q", "-f", str(project / "mkdocs.yml"), *words])


def verify(*words: object) -> int:
    return main(["verify", "-q", *map(str, words)])


def make_key(folder: Path, name: str) -> Path:
    """Make an SSH key without a passphrase and return its public half."""
    folder.mkdir(parents=True, exist_ok=True)
    words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(folder / name)]
    subprocess.run(words, check=True, capture_output=True)
    return folder / f"{name}.pub"


def signs_with(project: Path, key: Path) -> None:
    git(project, "config", "gpg.format", "ssh")
    git(project, "config", "user.signingkey", str(key))


def signers(folder: Path, **keys: Path) -> Path:
    """Write a file of allowed signers: whose key is whose."""
    lines = [f"{name}@example.invalid {key.read_text(encoding='utf-8')}" for name, key in keys.items()]
    (folder / "signers").write_text("".join(lines), encoding="utf-8")
    return folder / "signers"


def put(place: Path, content: bytes) -> None:
    """Write a file of a copied site anew: the copies share what nobody changes."""
    place.unlink()
    place.write_bytes(content)


def flip(place: Path, position: int = -1) -> None:
    """Change one bit of a file, in its middle or at a position."""
    data = bytearray(place.read_bytes())
    data[len(data) // 2 if position < 0 else position] ^= 1
    put(place, bytes(data))
