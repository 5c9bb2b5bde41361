"""`jixiao verify`: hold a site, or one record on paper, against what was released; needs no project and no network."""

import argparse
import re
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from generator.build.file_trees import FileTree, content_of, tree_at
from generator.build.names import RELEASE, SUMS
from generator.build.packing import FOLDER as PACKED
from generator.build.packing import SUMS as PACKED_SUMS
from generator.build.record_verifying import one_record, records_printing
from generator.build.releasing import FOLDER, Manifest, refuse_name
from generator.build.signatures import Checked, Signature, Trust, check, configured_signers
from generator.build.verifying import Fault, site_in, whole_site
from generator.check.report.terminal import plain
from generator.cli import FAILED
from generator.cli.built_site import configured_site, format_size
from generator.cli.progress import progress_for
from generator.errors import JixiaoError
from generator.model.printed import SHORTEST, short_digest

HELP = "核对网站的每个文件，或核对一张打印件：与发布时是不是一样；不用联网"

_SHOWN = 5
_CONFIG = "mkdocs.yml"
"""Of every command where none was named."""
FEW = 20_000
"""Files of which a log is told nothing before they are done."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `verify`."""
    parser.add_argument(
        "site", nargs="?", type=Path, metavar="网站",
        help="网站的文件夹，或 jixiao pack 做的 ZIP 文件；默认照配置文件的 site_dir",
    )  # fmt: skip
    parser.add_argument("--record", metavar="标识", help="只核对这一份表，例如 2024/xinzhuang/liangxin")
    parser.add_argument("--hash", metavar="校验码", help="打印件上的校验码；只写它，就找出是哪一份表")
    parser.add_argument(
        "--signers", type=Path, metavar="文件",
        help="谁的签名才算数：SSH 的 allowed_signers 文件，或 OpenPGP 的公钥文件；写了它，没有签名、不是这些人签的都算不符",
    )  # fmt: skip
    parser.add_argument("-q", "--quiet", action="store_true", help="不显示进度")


def run(arguments: argparse.Namespace) -> int:
    """Verify and say everything that is wrong; 1 where anything is."""
    if arguments.signers is not None and not arguments.signers.is_file():
        raise JixiaoError(f"没有 {arguments.signers} 这个文件。")
    digest = _digest(arguments.hash) if arguments.hash is not None else ""
    place: Path = arguments.site or configured_site(arguments.config)
    tree = tree_at(place)
    signers = _Signers(arguments.signers, place, _project(arguments))
    if arguments.record is not None or digest:
        return _verify_record(site_in(tree), arguments.record, digest, signers)
    with progress_for(sys.stderr, quiet=arguments.quiet, few=FEW) as progress:
        verdict = whole_site(tree, progress)
    faults = [*verdict.faults]
    print(f"核对了 {tree.name} 的 {verdict.files} 个文件（{format_size(verdict.size)}）。")
    if verdict.manifest:
        print(_about(verdict.manifest))
        faults += _compared_with_project(tree, verdict.manifest, arguments.config)
    elif not any(fault.path.endswith(RELEASE) for fault in faults):
        print("这个压缩包里的网站没有用 jixiao release 发布过，只与打包时的清单核对。")
    faults += _say_signature(verdict.sums, verdict.signature, signers)
    if verdict.is_pack and verdict.signature:
        print(
            f"签名只管 {PACKED} 文件夹里的网站；外面的 {PACKED_SUMS} 没有签名，外面的文件另外与 jixiao pack 写的比较。"
        )
    fine = "每个文件都与清单一致，没有缺少，没有多出。"
    if verdict.passed_over:
        more = " 等" if len(verdict.passed_over) > _SHOWN else ""
        names = "、".join(plain(path) for path in verdict.passed_over[:_SHOWN])
        print(
            f"另有 {len(verdict.passed_over)} 个不属于网站的文件（隐藏文件、服务器和系统用的），没有核对：{names}{more}"
        )
        # Some of them may change what a server shows.
        fine = f"清单里的每个文件都一致，没有缺少；清单以外有上面这 {len(verdict.passed_over)} 个没有核对的文件。"
    return _conclude(faults, fine)


class _Signers(NamedTuple):
    """Who may have signed."""

    listed: Path | None
    """The file that was named; without it, the one that git knows of."""
    place: Path
    """What is verified."""
    project: Path | None
    """The project that was named."""


def _project(arguments: argparse.Namespace) -> Path | None:
    """Return the project; a configuration where the command happens to be run may have come along with the site."""
    config: Path = arguments.config
    return config.absolute().parent if arguments.site is None or config != Path(_CONFIG) else None


def _verify_record(site: FileTree, identifier: str | None, digest: str, signers: _Signers) -> int:
    if identifier is None:
        found = records_printing(site, digest)
        if not found:
            print(f"不符：网站上没有一份表的校验码是 {short_digest(digest)}，以前的发布里也没有。")
            return FAILED
        if len(found) > 1:
            raise JixiaoError(f"有 {len(found)} 份表印出的内容相同：{'、'.join(found)}。请用 --record 写明是哪一份。")
        identifier = found[0]
    verdict = one_record(site, identifier.strip("/").removeprefix("records/").removesuffix(".html"))
    print(f"{verdict.id}：{plain(verdict.title)}")
    print(f"网站上这份表的校验码：{short_digest(verdict.content_sha256)}")
    faults = [*verdict.faults]
    if digest and not verdict.content_sha256.startswith(digest):
        former = [name for name, known in verdict.releases.items() if known.startswith(digest)]
        what = f"是 {former[-1]} 发布的内容，后来改过" if former else "与网站上的内容不符，也不是以前发布过的内容"
        faults.append(Fault("", f"打印件的校验码 {short_digest(digest)} {what}"))
    if verdict.is_released:
        faults += _say_signature(verdict.sums, verdict.signature, signers)
    else:
        print(f"网站里没有 {SUMS}：只核对了内容，没有与发布的清单核对。")
        faults += [Fault("", "没有签名")] if signers.listed else []
    return _conclude(faults, "打印件与网站上的内容一致。" if digest else "这份表的各个文件都与校验码一致。")


def _digest(text: str) -> str:
    """Return the digits of a digest as somebody typed them off a print."""
    digits = re.sub(r"[\s\-–—_:]", "", unicodedata.normalize("NFKC", text)).lower()
    if not re.fullmatch(rf"[0-9a-f]{{{SHORTEST},64}}", digits):
        raise JixiaoError(
            f"“{text}”不是校验码：应是 {SHORTEST} 到 64 位数字和字母 a–f，空格可有可无，例如 4d20 2e2a a6a9 255e。"
        )
    return digits


def _about(manifest: Manifest) -> str:
    site = f"“{manifest.site.name}”" + (f"（{manifest.site.url}）" if manifest.site.url else "")
    commit = f"，提交 {manifest.commit[:12]}" if manifest.commit else ""
    return plain(f"发布 {manifest.release}，{manifest.date}，{site}，绩效表 {len(manifest.records)} 份{commit}。")


def _compared_with_project(tree: FileTree, manifest: Manifest, config: Path) -> Iterable[Fault]:
    """Compare the release with what the project keeps of it, where this is run beside one that does."""
    try:
        refuse_name(manifest.release)
        kept = config.absolute().parent / FOLDER / f"{manifest.release}.json"
        content = kept.read_bytes()
    except (OSError, JixiaoError):
        return
    path = next(path for path in sorted(tree.files, key=len) if path.rpartition("/")[2] == RELEASE)
    if content_of(tree, path) == content:
        print(f"{RELEASE} 与项目里的 {FOLDER}/{manifest.release}.json 相同。")
    else:
        yield Fault(path, f"与项目里的 {FOLDER}/{manifest.release}.json 不同")


def _say_signature(sums: bytes, signature: Signature | None, signers: _Signers) -> Iterable[Fault]:
    """Say who signed, as far as that can be told."""
    listed = signers.listed
    if signature is None:
        print("没有签名：能看出文件有没有改动，看不出是谁发布的。")
        return [Fault("", "没有签名")] if listed else []
    checked = check(sums, signature, listed or configured_signers(signers.place, signers.project))
    print(plain(_said(signature, checked, listed)))
    if checked.trust is Trust.WRONG:
        return [Fault(signature.name, "签名与清单不符")]
    return [Fault(signature.name, f"不是 {listed} 里的人签的")] if listed and checked.trust is not Trust.KNOWN else []


def _said(signature: Signature, checked: Checked, signers: Path | None) -> str:
    match checked.trust:
        case Trust.KNOWN:
            return f"签名有效：{checked.who}。"
        case Trust.UNKNOWN:
            where = f"{signers} 里没有这个密钥" if signers else "没有可信的名单，用 --signers 指定"
            return f"签名与清单相符，但不知道是谁签的：{checked.who}；{where}。"
        case Trust.UNCHECKED:
            return f"有签名 {signature.name}，没有核对：{checked.who}。"
    return f"签名 {signature.name} 无效。"


def _conclude(faults: Iterable[Fault], fine: str) -> int:
    listed = list(faults)
    if not listed:
        print(fine)
        return 0
    print(f"不符 {len(listed)} 处：")
    for fault in listed:
        print(f"  {plain(fault.path)}：{plain(fault.text)}" if fault.path else f"  {fault.text}")
    return FAILED
