"""Hold a site, or one record of it, against what was released: without its project, without a network, without trust.

The signature vouches for the list of all files, the list for every file, among them the one that says which records
the release is of.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import msgspec
from msgspec import Struct

from generator.build.file_trees import Below, Digested, FileTree, content_of, digested
from generator.build.names import MANIFEST, OF_RELEASE, RELEASE, SIGNATURES, SUMS
from generator.build.packing import FOLDER as PACKED
from generator.build.packing import START
from generator.build.packing import SUMS as PACKED_SUMS
from generator.build.releasing import RECORDS_JSON, Manifest, printed_by, read_manifest
from generator.build.signatures import Signature
from generator.build.sums import format_sums, parse_sums
from generator.errors import JixiaoError

_BESIDE = ("CNAME", "Thumbs.db", "desktop.ini")
"""Files that hosts and desktops put beside others; no page leads to them."""


class Fault(NamedTuple):
    """One thing that is not as it was released."""

    path: str
    """From the folder that was verified; empty for the release as a whole."""
    text: str


class Verdict(NamedTuple):
    """What came of verifying a site."""

    files: int
    size: int
    faults: tuple[Fault, ...]
    """By path."""
    passed_over: tuple[str, ...]
    """Files that are in no list and are not meant to be: hidden ones, those of hosts."""
    manifest: Manifest | None
    """What the release says of itself; None for a site that was packed but not released."""
    sums: bytes
    """The list of all files that counts."""
    signature: Signature | None


class _Place(NamedTuple):
    """A folder with a list of its files."""

    folder: str
    """With a slash at its end; empty for the whole tree."""
    list: str
    """Name of the list in it."""


def whole_site(tree: FileTree, progress: Callable[[str, int, int], None]) -> Verdict:
    """Compare every file with the lists of the release, and of the pack it may stand in.

    Raises JixiaoError where there is no list at all.
    """
    places = _places(tree)
    found = digested(tree, (path for path in tree.files if not _is_passed_over(path)), progress)
    faults: dict[str, str] = {path: f"读不出：{why}" for path, why in found.unreadable.items()}
    faults |= dict.fromkeys((path for path in tree.links if not _is_passed_over(path)), "是链接，或有两个同名的文件")
    for place in places:
        for path, text in _compared(tree, place, found):
            faults.setdefault(place.folder + path, text)
    site = places[-1]
    manifest = None
    if site.list == SUMS:
        manifest, told = _manifest(tree, site, found)
        faults = {**dict(told), **faults}
    return Verdict(
        len(found.digests) + len(found.unreadable),
        found.size,
        tuple(sorted(Fault(*one) for one in faults.items())),
        tuple(sorted(path for path in tree.files | tree.links if _is_passed_over(path) and path != MANIFEST)),
        manifest,
        content_of(tree, site.folder + site.list),
        _signature(tree, site),
    )


def site_in(tree: FileTree) -> FileTree:
    """Return the site itself, where it stands in a folder of a pack or of an archive."""
    for folder in _tops(tree):
        for below in (folder, f"{folder}{PACKED}/"):
            if f"{below}index.html" in tree.files:
                return Below(tree, below)
    raise JixiaoError(f"{tree.name} 不是网站：没有 index.html。")


def _places(tree: FileTree) -> tuple[_Place, ...]:
    """Return the lists of files there are, that of the site last."""
    found = []
    for folder in _tops(tree):
        # Beside pages there may be a file that is called as the list of a pack is.
        packed = (_Place(folder, PACKED_SUMS),) if folder + START in tree.files else ()
        candidates = (*packed, _Place(folder, SUMS), _Place(f"{folder}{PACKED}/", SUMS))
        found = [place for place in candidates if place.folder + place.list in tree.files]
        if found:
            return tuple(found)
    raise JixiaoError(
        f"{tree.name} 里没有 {SUMS}，没有可以核对的清单：网站没有用 jixiao release 发布过，发布之后又生成过，或没有拷全。"
    )


def _tops(tree: FileTree) -> Iterable[str]:
    """Yield the whole tree, then its only folder where it has but one, as what was unpacked often has."""
    yield ""
    tops = {path.partition("/")[0] for path in tree.files if not path.startswith(".")}
    if len(tops) == 1 and not tops & tree.files:
        yield f"{tops.pop()}/"


def _compared(tree: FileTree, place: _Place, found: Digested) -> Iterable[tuple[str, str]]:
    """Yield what does not agree with a list, by path below its folder."""
    sums = parse_sums(content_of(tree, place.folder + place.list))
    if sums.faults:
        yield place.list, f"清单被改动：{'；'.join(sums.faults)}"
    size = len(place.folder)
    there = {path[size:]: digest for path, digest in found.digests.items() if path.startswith(place.folder)}
    for path, digest in sums.digests.items():
        if path not in there and place.folder + path not in found.unreadable:
            yield path, "缺少"
        elif path in there and there[path] != digest:
            yield path, "内容与清单不符"
    signature = _signature(tree, place)
    own = (place.list, signature.name if signature else "")
    yield from ((path, "多出来的，不在清单里") for path in there if path not in sums.digests and path not in own)


def _is_passed_over(path: str) -> bool:
    parts = path.split("/")
    return any(part.startswith(".") for part in parts) or parts[-1] in _BESIDE


def _manifest(tree: FileTree, site: _Place, found: Digested) -> tuple[Manifest | None, list[tuple[str, str]]]:
    """Return what the release says of itself, and where it contradicts the list or the records."""
    path = site.folder + RELEASE
    if path not in found.digests:
        return None, [(path, "缺少")]
    try:
        manifest = read_manifest(content_of(tree, path), path)
    except JixiaoError as error:
        return None, [(path, str(error))]
    listed = parse_sums(content_of(tree, site.folder + site.list)).digests
    faults = []
    if hashlib.sha256(format_sums({one: listed[one] for one in listed if one not in OF_RELEASE})).hexdigest() != (
        manifest.files.sha256
    ):
        faults.append((path, f"与 {SUMS} 不是同一次发布的"))
    for record in manifest.records:
        told = _contradiction(tree, site.folder, record.data, record.content_sha256)
        if told:
            faults.append((site.folder + record.data, told))
        if listed.get(record.source.path) != record.source.sha256:
            faults.append((site.folder + record.source.path, f"与 {RELEASE} 写的不符"))
    return manifest, faults


def _contradiction(tree: FileTree, folder: str, path: str, digest: str) -> str:
    """Return what is wrong with the JSON of a record of which a release says what it prints; empty where nothing is."""
    if folder + path not in tree.files:
        return "缺少"
    try:
        _, content, _ = printed_by(content_of(tree, folder + path), path)
    except JixiaoError as error:
        return str(error)
    return "" if content == digest else f"印出的内容与 {RELEASE} 写的校验码不符"


def _signature(tree: FileTree, site: _Place) -> Signature | None:
    """Return who vouches for the list; of two signatures the second is one file too many."""
    for name in SIGNATURES if site.list == SUMS else ():
        if site.folder + name in tree.files:
            return Signature(name, content_of(tree, site.folder + name))
    return None


class RecordVerdict(NamedTuple):
    """What came of verifying one record."""

    id: str
    title: str
    content_sha256: str
    """What the site's record prints, worked out anew."""
    faults: tuple[Fault, ...]
    """Which of its files are not as they were released."""
    is_released: bool
    """Whether there is a list of the site's files."""
    releases: Mapping[str, str] = {}
    """Digest of what it printed, by name of each release in which that changed."""
    sums: bytes = b""
    signature: Signature | None = None


def one_record(site: FileTree, identifier: str) -> RecordVerdict:
    """Compare the files of one record with the list of the release, and work out what it prints.

    Raises JixiaoError where the site has no such record, or its data cannot be read.
    """
    path = f"{RECORDS_JSON}{identifier}.json"
    if path not in site.files:
        raise JixiaoError(
            f"{site.name} 里没有 {identifier} 这份表（没有 {path}）。标识就是网页地址 records/ 之后、.html 之前的部分。"
        )
    data, content, _ = printed_by(content_of(site, path), path)
    faults = []
    if data.get("content_sha256") != content:
        faults.append(Fault(path, "里面写的校验码与内容不符"))
    title = f"{data.get('project_name') or data['form']}（{data['unit']['name']}，{data['fiscal_year']}年度）"
    verdict = RecordVerdict(identifier, title, content, tuple(faults), is_released=False)
    if SUMS not in site.files:
        return verdict
    sums = content_of(site, SUMS)
    listed = parse_sums(sums)
    if listed.faults:
        faults.append(Fault(SUMS, f"清单被改动：{'；'.join(listed.faults)}"))
    wanted = (path, str(data.get("url", "")), str(data.get("source_url", "")), RELEASE)
    found = digested(site, (one for one in wanted if one in site.files), lambda *_: None)
    for one in wanted:
        if one not in listed.digests:
            faults.append(Fault(one, "不在清单里"))
        elif found.digests.get(one) != listed.digests[one]:
            faults.append(Fault(one, "内容与清单不符" if one in found.digests else "缺少，或读不出"))
    releases = _releases(site, identifier)
    if releases and list(releases.values())[-1] != content:
        faults.append(Fault(path, f"印出的内容与 {RELEASE} 写的校验码不符"))
    return verdict._replace(
        faults=tuple(sorted({*faults})),
        is_released=True,
        releases=releases,
        sums=sums,
        signature=_signature(site, _Place("", SUMS)),
    )


def records_printing(site: FileTree, digest: str) -> tuple[str, ...]:
    """Return the ids of the records that print what has a digest that begins so, or else printed it once."""
    paths = (path for path in site.files if path.startswith(RECORDS_JSON) and path.endswith(".json"))
    found = [path for path in paths if _told(site, path).startswith(digest)]
    if found or RELEASE not in site.files:
        return tuple(sorted(path.removeprefix(RECORDS_JSON).removesuffix(".json") for path in found))
    manifest = read_manifest(content_of(site, RELEASE), RELEASE)
    return tuple(
        one.id for one in manifest.records if any(was.content_sha256.startswith(digest) for was in one.published)
    )


class _Told(Struct):
    """What the data of a record says it prints."""

    content_sha256: str = ""


def _told(site: FileTree, path: str) -> str:
    try:
        return msgspec.json.decode(content_of(site, path), type=_Told).content_sha256
    except (msgspec.DecodeError, UnicodeDecodeError, JixiaoError):
        # Another record may be the one that is looked for.
        return ""


def _releases(site: FileTree, identifier: str) -> dict[str, str]:
    if RELEASE not in site.files:
        return {}
    manifest = read_manifest(content_of(site, RELEASE), RELEASE)
    found = next((one.published for one in manifest.records if one.id == identifier), ())
    return {one.release: one.content_sha256 for one in found}
