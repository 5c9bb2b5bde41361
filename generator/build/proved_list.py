"""The list of all that was ever published, held against what each release says, and what an earlier version of it says."""

from pathlib import Path

from generator.build.names import PUBLISHED, RELEASES
from generator.build.published_list import list_of, read_history
from generator.build.releasing import Manifest, ReleasedRecord, read_manifest
from generator.build.repository import commit_of, run_git
from generator.errors import JixiaoError, disk_reason
from generator.model.publications import NotPublicationsError, Printed, Publications, Release, parse_publications

_SHOWN = 5


def read_proved_history(project: Path) -> Publications:
    """Return what was published before, held against what each release itself says.

    Raises JixiaoError where the list is not what the releases make it, so that none of it can be dropped in silence.
    """
    history, folder = read_history(list_of(project)), project / RELEASES
    names = [release.name for release in history.releases]
    there = {place.stem for place in folder.glob("*.json")} if folder.is_dir() else set()
    faults = [f"没有 {RELEASES}/{name}.json" for name in names if name not in there]
    faults += [f"没有列出 {RELEASES}/{name}.json 这一次发布" for name in sorted(there.difference(names))]
    if not faults:
        made = Publications()
        for release in history.releases:
            place = folder / f"{release.name}.json"
            manifest = _manifest(place)
            made = made.with_release(
                Release(manifest.release, manifest.date), {one.id: printed_of(one) for one in manifest.records}
            )
        wrong = [
            one
            for one in sorted({*made.records, *history.records})
            if made.records.get(one) != history.records.get(one)
        ]
        faults = [f"{one} 与各次发布的 .json 不符" for one in wrong]
        faults += ["各次发布的名称和日期与 .json 不符"] if made.releases != history.releases else []
    if faults:
        more = f"\n  …… 共 {len(faults)} 处" if len(faults) > _SHOWN else ""
        listed = "\n".join(f"  {fault}" for fault in faults[:_SHOWN])
        raise JixiaoError(
            f"{list_of(project)} 与各次发布对不上，哪些数字公开过就说不准：\n{listed}{more}\n"
            f"这些文件由 jixiao release 写下，不要手改。请用 git 恢复 {RELEASES} 里的文件。"
        )
    return history


def printed_of(record: ReleasedRecord) -> Printed:
    """Return the digests of a record of a release."""
    return Printed(record.content_sha256, record.figures_sha256, record.corrections_sha256)


def _manifest(place: Path) -> Manifest:
    try:
        return read_manifest(place.read_bytes(), str(place))
    except OSError as error:
        raise JixiaoError(f"读不出 {place}：{disk_reason(error)}。") from error


def united_history(project: Path, revision: str, why: str) -> Publications:
    """Return what was published by this version of a project or by a revision of git, whichever knows of more.

    Raises JixiaoError where neither goes on from the other: what was published once cannot be taken out of the list.
    """
    commit = commit_of(revision, project, why)
    here, there = read_proved_history(project), history_at(project, commit)
    if here.until(there.releases) == there:
        return here
    # Another branch may have released since; what this one began from cannot be gone.
    is_ancestor = run_git(project, "merge-base", "--is-ancestor", commit, "HEAD").returncode == 0
    if there.until(here.releases) == here and not is_ancestor:
        return there
    raise JixiaoError(
        f"{list_of(project)} 与 {revision} 里的对不上：那里写着公开过的，这里少了或改了。"
        f"请用 git 恢复 {RELEASES} 里的文件；两边各自发布过的，先合并，再重做后一次发布。"
    )


def history_to_commit(project: Path, *, is_first: bool) -> Publications:
    """Return what was published before, by the files of a project, or by the last commit where these do not go on from it."""
    here = read_history(list_of(project))
    there = Publications() if is_first else history_at(project, "HEAD")
    return here if here.until(there.releases) == there else there


def history_at(project: Path, commit: str) -> Publications:
    """Return what the list of a commit says; raise JixiaoError where it cannot be read."""
    found = run_git(project, "cat-file", "blob", f"{commit}:./{RELEASES}/{PUBLISHED}")
    try:
        return Publications() if found.returncode else parse_publications(found.stdout.decode("utf-8"))
    except (UnicodeDecodeError, NotPublicationsError) as error:
        raise JixiaoError(f"{commit} 里的 {RELEASES}/{PUBLISHED} 读不懂。") from error
