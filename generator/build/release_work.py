"""What a release is made of, and what speaks against making it."""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.build.built_files import BuiltFiles, last_glance
from generator.build.glance import look
from generator.build.names import SIGNATURES
from generator.build.releasing import FOLDER, LIST
from generator.build.repository import is_inside, output_of, run_git
from generator.build.today import this_day
from generator.errors import JixiaoError
from generator.model.publications import WITHDRAWN, Publication, Publications
from generator.settings import Settings

_SHOWN = 5
_HOSTS = ("CNAME",)
"""Files by which a host is told what to do; nobody publishes them."""


class ReleaseWork(NamedTuple):
    """A release that is asked for, and where what is known of it stands."""

    name: str
    project: Path
    site: Path

    @property
    def folder(self) -> Path:
        """Folder of all releases."""
        return self.project / FOLDER

    @property
    def manifest(self) -> Path:
        """What the release is of."""
        return self.folder / f"{self.name}.json"

    @property
    def list(self) -> Path:
        """All that was ever published."""
        return self.folder / LIST

    @property
    def signatures(self) -> dict[str, Path]:
        """Where signatures are kept, by their name in the site."""
        return {name: self.folder / f"{self.name}{Path(name).suffix}" for name in SIGNATURES}


def refuse_unreleasable(work: ReleaseWork, found: BuiltFiles, cache: Path) -> None:
    """Refuse a site of which cannot be proved that it is what would be built now, and that alone."""
    site = work.site
    if not found.is_traced:
        raise JixiaoError(
            f"没有找到生成 {site} 时留下的记录，不能证明网页没有改动，没有发布。请在这个项目里运行 jixiao build，再发布。"
        )
    others = [path for path in found.others if path not in _HOSTS]
    if others:
        raise JixiaoError(
            f"{site} 里有 {len(others)} 个不是 jixiao 生成的文件，没有发布：\n{_listed(others)}\n"
            "要一起公开的，放进 content/pages 再生成；不要的请移走。"
        )
    last = last_glance(site, cache)
    seen = look(last[0], last[1].options, this_day()) if last else None
    if seen is None or not seen.is_unchanged:
        raise JixiaoError(f"{site} 生成之后，内容、提交、配置或日期又有变化，没有发布。请先运行 jixiao build，再发布。")


def refuse_taken(work: ReleaseWork, history: Publications, *, force: bool) -> None:
    """Refuse to do again what was done, unless it is the newest release and is to be done again."""
    names = [release.name for release in history.releases]
    if work.name in names[:-1]:
        raise JixiaoError(f"{work.name} 之后又有过发布，不能重做。请换一个名称。")
    if work.manifest.exists() and not force:
        raise JixiaoError(
            f"{work.manifest} 已经存在，网站与它不同，没有改动。新的内容请用新的名称发布；要重做这一次，加上 --force。"
        )
    taken = [name for name in names if name.lower() == work.name.lower() and name != work.name]
    if taken:
        raise JixiaoError(f"已有的发布 {taken[0]} 只有大小写不同。请换一个名称。")


def refuse_renamed(history: Publications, name: str, withdrawn: Collection[str]) -> None:
    """Refuse to publish a record first where another of its unit and year is taken back, and nobody says so.

    It might be the same under another name, whose figures then could be changed in silence.
    """
    new = {_folder(identifier): identifier for identifier, found in history.records.items() if _is_first(found, name)}
    gone = [
        f"  {identifier} 撤下，{new[_folder(identifier)]} 首次公开"
        for identifier, found in history.records.items()
        if found[-1] == Publication(name, WITHDRAWN) and _folder(identifier) in new and identifier not in withdrawn
    ]
    if gone:
        more = f"\n  …… 共 {len(gone)} 份" if len(gone) > _SHOWN else ""
        raise JixiaoError(
            "同一单位、同一年度，有的表撤下，有的首次公开，没有发布：\n" + "\n".join(gone[:_SHOWN]) + more +
            "\n是改了文件名的，请改回原来的文件名，公开过的数字才对得上；确实撤下的，加上 --withdraw 和它的标识。"
        )  # fmt: skip


def _is_first(found: Sequence[Publication], name: str) -> bool:
    return len(found) == 1 and found[0].release == name


def _folder(identifier: str) -> str:
    return identifier.rpartition("/")[0]


def committed_state(project: Path, settings: Settings, config: Path) -> str:
    """Return the commit whose content the project holds, empty outside a repository.

    Raises JixiaoError where something that makes the site is not committed.
    """
    if not is_inside(project):
        return ""
    wanted = [settings.records_dir.parent, config.absolute(), *settings.template_dirs]
    places = [place.relative_to(project).as_posix() for place in wanted if place.is_relative_to(project)]
    changed = []
    fields = iter(
        output_of(project, "status", "--porcelain=v1", "-z", "--untracked-files=all", "--", *places).split(b"\0")
    )
    for field in fields:
        if field:
            changed.append(field[3:].decode("utf-8", "replace"))
            # The former name of what was renamed stands behind it.
            if field[:1] in b"RC":
                next(fields)
    if changed:
        raise JixiaoError(
            f"有 {len(changed)} 个文件没有提交，没有发布：\n{_listed(changed)}\n"
            "请先 git add、git commit，运行 jixiao build，再发布。"
        )
    found = run_git(project, "rev-parse", "--verify", "--quiet", "HEAD")
    return found.stdout.decode().strip()


def refuse_untaggable(work: ReleaseWork) -> None:
    """Refuse to tag a commit that has not the release itself, or a second tag of the name."""
    why = "打标签要用 git。"
    if not is_inside(work.project, why):
        raise JixiaoError(f"{work.project} 不在 git 仓库里。{why}")
    path = work.manifest.relative_to(work.project).as_posix()
    committed = run_git(work.project, "cat-file", "-e", f"HEAD:./{path}").returncode == 0
    changed = output_of(work.project, "status", "--porcelain=v1", "-z", "--", FOLDER) if committed else b"?"
    if changed:
        raise JixiaoError(
            f"标签要打在已有 {path} 的提交上：先运行 jixiao release {work.name}，提交 {FOLDER} 里的文件，再加 --tag 运行一次。"
        )
    if run_git(work.project, "rev-parse", "--verify", "--quiet", f"refs/tags/{work.name}").returncode == 0:
        raise JixiaoError(f"已经有标签 {work.name}，没有改动。")


def tag(work: ReleaseWork, digest: str, *, signed: bool) -> None:
    """Tag the last commit with the name of the release; the message says which list of files it is."""
    message = f"{work.name}\n\nSHA256SUMS {digest}\n"
    output_of(work.project, "tag", "-s" if signed else "-a", "-m", message, "--", work.name)


def _listed(paths: Iterable[str]) -> str:
    listed = list(paths)
    more = f"\n  …… 共 {len(listed)} 个" if len(listed) > _SHOWN else ""
    return "\n".join(f"  {path}" for path in listed[:_SHOWN]) + more
