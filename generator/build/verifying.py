"""Hold a site against what was released: without its project, without a network, without trust.

The signature vouches for the list of all files, the list for every file, among them the one that says which records
the release is of. The list of a pack is not signed: what it adds to the site must be what packing writes.
"""

import contextlib
import hashlib
from collections.abc import Callable, Iterable
from typing import NamedTuple

from generator.build.file_trees import Below, Digested, FileTree, content_of, digested
from generator.build.names import MANIFEST, OF_RELEASE, RELEASE, SIGNATURES, SUMS
from generator.build.packing import FOLDER as PACKED
from generator.build.packing import GUIDE, START, guide, start_page
from generator.build.packing import SUMS as PACKED_SUMS
from generator.build.releasing import Manifest, printed_by, read_manifest
from generator.build.signatures import Signature
from generator.build.sums import format_sums, parse_sums
from generator.errors import JixiaoError
from generator.export.about_files import PACKAGE_PATH
from generator.export.published import site_title

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
    is_pack: bool
    """Whether the site stands in a pack, of which the list in the site says nothing."""


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
    faults |= dict.fromkeys((path for path in tree.links if not _is_passed_over(path)), "是链接")
    faults |= tree.astray
    for place in places:
        for path, text in _compared(tree, place, found):
            faults.setdefault(place.folder + path, text)
    site = places[-1]
    for path in found.digests:
        if not path.startswith(places[0].folder):
            faults.setdefault(path, _TOO_MUCH)
    manifest = None
    if len(places) > 1:
        for path, text in _around(tree, places[0].folder, site, found):
            faults.setdefault(path, text)
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
        signature_in(tree, site.folder) if site.list == SUMS else None,
        is_pack=places[0].list == PACKED_SUMS,
    )


def site_in(tree: FileTree) -> FileTree:
    """Return the site itself, where it stands in a folder of a pack or of an archive.

    Raises JixiaoError where there is none, or other pages beside it that somebody may take for it.
    """
    for folder in _tops(tree):
        if f"{folder}index.html" in tree.files:
            return Below(tree, folder)
        if f"{folder}{PACKED}/index.html" in tree.files:
            others = sorted(path for path in tree.files if not _is_of_pack(path, folder) and not _is_passed_over(path))
            if others:
                raise JixiaoError(
                    f"{tree.name} 的 {PACKED} 文件夹之外还有别的文件（例如 {others[0]}）。请写明网站的文件夹。"
                )
            return Below(tree, f"{folder}{PACKED}/")
    raise JixiaoError(f"{tree.name} 不是网站：没有 index.html。")


def _places(tree: FileTree) -> tuple[_Place, ...]:
    """Return the lists of files there are, that of the site last; the first one is to have every file."""
    for folder in _tops(tree):
        site, packed = _Place(folder, SUMS), _Place(f"{folder}{PACKED}/", SUMS)
        if folder + SUMS in tree.files:
            return (site,)
        # Beside the pages of a site there may be a folder and a file that are called as those of a pack are.
        if folder + PACKED_SUMS in tree.files and {folder + START, packed.folder + SUMS} & tree.files:
            pack = _Place(folder, PACKED_SUMS)
            return (pack, packed) if packed.folder + SUMS in tree.files else (pack,)
    raise JixiaoError(
        f"{tree.name} 里没有 {SUMS}，没有可以核对的清单：网站没有用 jixiao release 发布过，发布之后又生成过，或没有拷全。"
        "网站在里面另一个文件夹里的，请写明那个文件夹。"
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
    signature = signature_in(tree, place.folder) if place.list == SUMS else None
    own = (place.list, signature.name if signature else "")
    yield from ((path, _TOO_MUCH) for path in there if path not in sums.digests and path not in own)


_TOO_MUCH = "多出来的，不在清单里"


def _around(tree: FileTree, folder: str, site: _Place, found: Digested) -> Iterable[tuple[str, str]]:
    """Yield what of a pack does not belong around its site: nobody signed its list, so anybody may have written it."""
    wanted: dict[str, str] = {}
    if site.folder + PACKAGE_PATH in found.digests:
        # What cannot be read is not as it was listed, and said to be so elsewhere.
        with contextlib.suppress(JixiaoError):
            title = site_title(content_of(tree, site.folder + PACKAGE_PATH))
            made = {START: start_page(title), GUIDE: guide(title)}
            wanted = {folder + name: hashlib.sha256(content).hexdigest() for name, content in made.items()}
    for path, digest in found.digests.items():
        if not _is_of_pack(path, folder):
            yield path, "多出来的，不是 jixiao pack 写的"
        elif path in wanted and digest != wanted[path]:
            yield path, "与 jixiao pack 写的不同"
    yield from ((path, "缺少") for path in wanted if path not in found.digests)


def _is_of_pack(path: str, folder: str) -> bool:
    own = (folder + START, folder + GUIDE, folder + PACKED_SUMS)
    return path in own or path.startswith(f"{folder}{PACKED}/")


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


def signature_in(tree: FileTree, folder: str = "") -> Signature | None:
    """Return who vouches for the list in a folder; of two signatures the second is one file too many."""
    for name in SIGNATURES:
        if folder + name in tree.files:
            return Signature(name, content_of(tree, folder + name))
    return None
