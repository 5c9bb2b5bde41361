"""Freeze what is published: which records print what, and every file of the site with its SHA-256.

The list of all files is signed and stands in the site alone; what says which records these are is small enough to be
committed, and holds the digest of the list, so that a site built again can be held against it.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from generator import __version__
from generator.build.file_trees import Folder, digested
from generator.build.names import OF_RELEASE, PUBLISHED, RELEASE, RELEASES
from generator.build.sums import format_sums
from generator.check.corrections import PUBLIC_FAULTS
from generator.errors import JixiaoError
from generator.export.about_files import RULES
from generator.export.printed_data import content_of_json
from generator.model.frozen_corrections import digest_of_data
from generator.model.printed import digest_of_content, figures_of
from generator.model.publications import Publications, Release
from generator.plan.urls import API

FOLDER, LIST = RELEASES, PUBLISHED

RECORDS_JSON = f"{API}/records/"
"""How the paths of all files begin that hold one record."""

_FORMAT = 1
_SHOWN = 5
_NAME = re.compile(r"[0-9A-Za-z\u4e00-\u9fff](?:[0-9A-Za-z\u4e00-\u9fff._-]{0,62}[0-9A-Za-z\u4e00-\u9fff_-])?")
_DEVICE = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")


class Source(Struct, frozen=True):
    """The authored file of a record."""

    path: str
    """In the site."""
    sha256: str


class Published(Struct, frozen=True):
    """What a record printed in an earlier release or this one."""

    release: str
    content_sha256: str


class ReleasedRecord(Struct, frozen=True):
    """One record of a release."""

    id: str
    content_sha256: str
    """See `model.printed.printed_digest`."""
    figures_sha256: str
    source: Source
    page: str
    """Path of its page."""
    data: str
    """Path of its JSON."""
    published: tuple[Published, ...]
    """What it printed over time, the first publication first."""
    corrections_sha256: tuple[str, ...] = ()
    """See `model.frozen_corrections`."""


class AllFiles(Struct, frozen=True):
    """The files of the site but those of the release itself."""

    count: int
    size: int
    sha256: str
    """Of their lines in the list."""


class SiteName(Struct, frozen=True):
    """Which site it is."""

    name: str
    url: str


class Manifest(Struct, frozen=True):
    """What `release.json` says."""

    format: int
    release: str
    date: str
    """ISO."""
    site: SiteName
    generator: str
    """Version of jixiao."""
    rules_fingerprint: str
    commit: str
    """The commit whose content it is; empty without a repository."""
    files: AllFiles
    records: tuple[ReleasedRecord, ...]


class About(NamedTuple):
    """What a release says of itself."""

    release: Release
    site: SiteName
    commit: str


class Frozen(NamedTuple):
    """A site with the digests of all that is in it."""

    digests: Mapping[str, str]
    """By path."""
    size: int
    sha256: str
    """Of the list of all these files."""


class _Rules(Struct):
    fingerprint: str


def refuse_name(name: str) -> None:
    """Refuse a name that cannot be that of a file and of a tag everywhere."""
    if not _NAME.fullmatch(name) or ".." in name or name.endswith(".lock") or _DEVICE.fullmatch(name):
        raise JixiaoError(f"“{name}”不能作发布的名称。请用字母、数字、汉字和 . _ -，例如 2025-03。")


def freeze(site: Path, paths: Iterable[str], progress: Callable[[str, int, int], None]) -> Frozen:
    """Take the digests of a site's files; raise JixiaoError where one cannot be read."""
    found = digested(Folder(site), (path for path in paths if path not in OF_RELEASE), progress)
    for path, why in found.unreadable.items():
        raise JixiaoError(f"读不出 {site / path}：{why}。")
    return Frozen(found.digests, found.size, hashlib.sha256(format_sums(found.digests)).hexdigest())


def released_records(
    site: Path, frozen: Frozen, progress: Callable[[str, int, int], None]
) -> dict[str, ReleasedRecord]:
    """Return the records of a site, by id; what they print is worked out anew from their JSON.

    Raises JixiaoError where figures were changed that had been published, and no correction says so.
    """
    paths = sorted(path for path in frozen.digests if path.startswith(RECORDS_JSON))
    found: dict[str, ReleasedRecord] = {}
    uncorrected: list[str] = []
    for number, path in enumerate(paths, 1):
        data, one = _record(site, path, frozen.digests)
        found[one.id] = one
        wrong = [finding for finding in data["check"]["findings"] if finding["code"] in PUBLIC_FAULTS]
        uncorrected += [f"  {one.id}：{finding['message']}" for finding in wrong[:1]]
        progress("核对记录", number, len(paths))
    if uncorrected:
        more = f"\n  …… 共 {len(uncorrected)} 份" if len(uncorrected) > _SHOWN else ""
        raise JixiaoError(
            f"有 {len(uncorrected)} 份表的数字在公开之后改过，而更正没有写或对不上，没有发布：\n"
            + "\n".join(uncorrected[:_SHOWN])
            + more
            + "\n运行 jixiao check 看怎样写更正。"
        )
    return found


def fingerprint_of(site: Path) -> str:
    """Return the fingerprint of the rules that a site was checked by."""
    return msgspec.json.decode((site / RULES.path).read_bytes(), type=_Rules).fingerprint


def make_manifest(
    about: About, frozen: Frozen, fingerprint: str, records: Mapping[str, ReleasedRecord], history: Publications
) -> bytes:
    """Return `release.json`, one line a record."""
    manifest = Manifest(
        format=_FORMAT,
        release=about.release.name,
        date=about.release.day,
        site=about.site,
        generator=__version__,
        rules_fingerprint=fingerprint,
        commit=about.commit,
        files=AllFiles(len(frozen.digests), frozen.size, frozen.sha256),
        records=(),
    )
    head = msgspec.json.encode(manifest).removesuffix(b"[]}")
    lines = []
    for identifier, record in sorted(records.items()):
        known = tuple(Published(one.release, one.content) for one in history.contents_of(identifier))
        lines.append(msgspec.json.encode(msgspec.structs.replace(record, published=known)))
    return head + b"[\n" + b",\n".join(lines) + b"\n]}\n"


def make_sums(frozen: Frozen, manifest: bytes) -> bytes:
    """Return the list of all files, the manifest among them."""
    return format_sums({**frozen.digests, RELEASE: hashlib.sha256(manifest).hexdigest()})


def read_manifest(content: bytes, name: str) -> Manifest:
    """Return what a `release.json` says; raise JixiaoError where it is none, or one of a later jixiao."""
    try:
        manifest = msgspec.json.decode(content, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise JixiaoError(f"{name} 读不懂，不是 jixiao release 写的，或被改动过：{error}。") from error
    if manifest.format != _FORMAT:
        raise JixiaoError(
            f"{name} 是另一个版本的 jixiao 写的（格式 {manifest.format}），请用那个版本或更新的版本核对。"
        )
    return manifest


def printed_by(content: bytes, path: str) -> tuple[dict[str, Any], str, str]:
    """Return the JSON of a record, and the digests of content and figures worked out from it."""
    try:
        data = msgspec.json.decode(content)
        printed = content_of_json(data)
        return data, digest_of_content(printed), digest_of_content(figures_of(printed))
    except (msgspec.DecodeError, UnicodeDecodeError, LookupError, TypeError, AttributeError) as error:
        raise JixiaoError(f"{path} 读不懂，不是一份绩效表的数据，或被改动过。") from error


def _record(site: Path, path: str, digests: Mapping[str, str]) -> tuple[dict[str, Any], ReleasedRecord]:
    data, content, figures = printed_by((site / path).read_bytes(), path)
    if data.get("content_sha256") != content:
        raise JixiaoError(
            f"{site / path} 里的校验码与内容不符。请用 jixiao build --full 重新生成网站，再运行这条命令。"
        )
    source = data["source_url"]
    about = Source(source, digests.get(source, ""))
    corrections = tuple(map(digest_of_data, data["corrections"]))
    return data, ReleasedRecord(data["id"], content, figures, about, data["url"], path, (), corrections)
