"""`jixiao release`: freeze what is published, so that anybody can verify it later."""

import argparse
import hashlib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.build.built_files import BuiltFiles, built_files, refuse_busy
from generator.build.names import CACHE, MANIFEST, OF_RELEASE, RELEASE, SUMS
from generator.build.proved_list import printed_of, read_proved_history
from generator.build.published_list import read_history
from generator.build.release_work import (
    ReleaseWork,
    committed_state,
    refuse_renamed,
    refuse_taken,
    refuse_unreleasable,
    refuse_untaggable,
    tag,
)
from generator.build.releasing import (
    FOLDER,
    About,
    Frozen,
    ReleasedRecord,
    SiteName,
    fingerprint_of,
    freeze,
    make_manifest,
    make_sums,
    read_manifest,
    refuse_name,
    released_records,
)
from generator.build.signatures import Signature, Trust, check, sign
from generator.build.staging import writing
from generator.build.today import this_day
from generator.cli.built_site import beside, format_size, refuse_internal
from generator.cli.progress import progress_for
from generator.cli.verify import FEW
from generator.configuration import load_settings
from generator.errors import JixiaoError
from generator.model.publications import WITHDRAWN, Publications, Release, format_publications
from generator.settings import Settings

HELP = "冻结要公开的网站：写下每个文件、每份表的校验值，以后谁都能核对"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `release`."""
    parser.add_argument("name", metavar="名称", help="这次发布的名称，例如 2025-03")
    parser.add_argument(
        "site", nargs="?", type=Path, metavar="网站", help="已经生成的网站的文件夹，默认照配置文件的 site_dir"
    )
    parser.add_argument("--sign", action="store_true", help="签名，用 git 里设好的 SSH 或 OpenPGP 密钥")
    parser.add_argument("--tag", action="store_true", help="给最后一次提交打上同名的 git 标签；发布写下的文件要先提交")
    parser.add_argument(
        "--withdraw", action="append", default=[], metavar="标识",
        help="这份表确实撤下，例如 2024/xinzhuang/liangxin；同一单位、同一年度撤下一份又首次公开一份时要写明，以免改名的表躲过更正",
    )  # fmt: skip
    parser.add_argument("--force", action="store_true", help="网站改过之后，重做最近一次发布")
    parser.add_argument("-q", "--quiet", action="store_true", help="不显示进度")


class _Made(NamedTuple):
    """A release, ready to be written."""

    manifest: bytes
    sums: bytes
    history: Publications
    is_new: bool
    """False where it was made before and the site is still the same."""

    @property
    def digest(self) -> str:
        """Digest of the list of all files, by which everything else is known."""
        return hashlib.sha256(self.sums).hexdigest()


def run(arguments: argparse.Namespace) -> int:
    """Freeze the site, or find that it is as it was frozen, and say what to do next."""
    refuse_name(arguments.name)
    settings = load_settings(arguments.config)
    work = ReleaseWork(arguments.name, settings.project_dir, arguments.site or settings.site_dir)
    cache = arguments.config.absolute().parent / CACHE
    found = built_files(work.site, cache)
    refuse_internal(work.site, allowed=False)
    if arguments.tag:
        refuse_untaggable(work)
    built = (work.site / MANIFEST).stat().st_mtime_ns
    history = read_proved_history(work.project)
    is_known = work.manifest.exists() and not arguments.force
    commit = "" if is_known else _proved(work, found, cache, settings, arguments)
    with progress_for(sys.stderr, quiet=arguments.quiet, few=FEW) as progress:
        frozen = freeze(work.site, (one.path for one in found.files), progress)
        records = {} if is_known else released_records(work.site, frozen, progress)
    if is_known:
        made = _again(work, frozen, history)
    else:
        made = _new(work, frozen, records, commit, settings, history, arguments.withdraw)
    signature = _signature(work, made, wanted=arguments.sign)
    refuse_busy(work.site)
    if (work.site / MANIFEST).stat().st_mtime_ns != built:
        raise JixiaoError(f"{work.site} 刚刚又生成了一次，没有发布。请再运行一次。")
    _write(work, made, signature)
    _report(work, made, frozen, signature)
    if arguments.tag:
        tag(work, made.digest, signed=signature is not None)
        print(f"已打标签 {work.name}。推送：git push origin {work.name}")
    return 0


def _proved(
    work: ReleaseWork, found: BuiltFiles, cache: Path, settings: Settings, arguments: argparse.Namespace
) -> str:
    """Refuse what must not be released anew, and return the commit it is of."""
    refuse_taken(work, read_history(work.list), force=arguments.force)
    commit = committed_state(work.project, settings, arguments.config)
    refuse_unreleasable(work, found, cache)
    return commit


def _again(work: ReleaseWork, frozen: Frozen, history: Publications) -> _Made:
    """Return a release that was made before, where the site is still the same."""
    content = work.manifest.read_bytes()
    if read_manifest(content, str(work.manifest)).files.sha256 != frozen.sha256:
        refuse_taken(work, history, force=False)
    return _Made(content, make_sums(frozen, content), history, is_new=False)


def _new(
    work: ReleaseWork,
    frozen: Frozen,
    records: Mapping[str, ReleasedRecord],
    commit: str,
    settings: Settings,
    history: Publications,
    withdrawn: Sequence[str],
) -> _Made:
    release = Release(work.name, this_day().isoformat())
    after = history.with_release(release, {identifier: printed_of(one) for identifier, one in records.items()})
    refuse_renamed(after, release.name, withdrawn)
    about = About(release, SiteName(settings.site_name, settings.site_url), commit)
    manifest = make_manifest(about, frozen, fingerprint_of(work.site), records, after)
    return _Made(manifest, make_sums(frozen, manifest), after, is_new=True)


def _signature(work: ReleaseWork, made: _Made, *, wanted: bool) -> Signature | None:
    """Return the signature of the list: the one that is kept where it is right, else a new one if that is wanted."""
    for name, place in work.signatures.items():
        if not made.is_new and place.is_file():
            kept = Signature(name, place.read_bytes())
            if check(made.sums, kept, None).trust is not Trust.WRONG:
                return kept
    return sign(made.sums, work.project) if wanted else None


def _write(work: ReleaseWork, made: _Made, signature: Signature | None) -> None:
    """Write what is to be committed, then what goes into the site; the list of all files comes last."""
    with writing(work.folder):
        work.folder.mkdir(exist_ok=True)
    kept = {work.manifest: made.manifest, work.list: format_publications(made.history).encode()} if made.is_new else {}
    kept |= {work.signatures[signature.name]: signature.content} if signature else {}
    site = {RELEASE: made.manifest} | ({signature.name: signature.content} if signature else {}) | {SUMS: made.sums}
    for place, content in kept.items():
        _put(place, content)
    with writing(work.site):
        stale = [work.site / name for name in OF_RELEASE if name not in site]
        stale += [place for name, place in work.signatures.items() if name not in site]
        for place in stale:
            place.unlink(missing_ok=True)
    for name, content in site.items():
        _put(work.site / name, content)


def _put(place: Path, content: bytes) -> None:
    with beside(place) as folder, writing(place):
        made = folder / "made"
        made.write_bytes(content)
        made.replace(place)


def _report(work: ReleaseWork, made: _Made, frozen: Frozen, signature: Signature | None) -> None:
    files = f"网站的 {len(frozen.digests)} 个文件（{format_size(frozen.size)}）"
    if made.is_new:
        print(f"发布 {work.name}：{_counted(work.name, made.history)}；{files}。")
        print(f"写下了 {FOLDER}/{work.name}.json 和 {FOLDER}/{work.list.name}，请提交；", end="")
        print(f"网站里放了 {SUMS} 和 {RELEASE}，请一起公开。")
    else:
        print(f"网站与发布 {work.name} 完全一致：{files}。网站里放了 {SUMS} 和 {RELEASE}。")
    print(f"{SUMS} 的 SHA-256 是 {made.digest}")
    print(f"已签名：{signature.name}。" if signature else "没有签名；要签名，加上 --sign 再运行一次。")
    print("核对：jixiao verify 网站的文件夹")


def _counted(name: str, history: Publications) -> str:
    new = changed = withdrawn = published = corrected = 0
    for identifier, found in history.records.items():
        last = found[-1]
        published += last.content != WITHDRAWN
        if last.release == name:
            withdrawn += last.content == WITHDRAWN
            new += len(found) == 1
            corrected += len(found) > 1 and bool(last.corrections)
            changed += len(found) > 1 and last.content != WITHDRAWN and last in history.contents_of(identifier)
    parts = ((new, "首次公开"), (changed, "内容有变"), (corrected, "有新的更正"), (withdrawn, "撤下"))
    said = "，".join(f"{word} {count} 份" for count, word in parts if count)
    return f"绩效表 {published} 份（{said or '都与上一次相同'}）"
