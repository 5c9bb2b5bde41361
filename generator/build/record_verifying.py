"""Hold one record, on paper or in a site, against what was released."""

from collections.abc import Mapping
from typing import NamedTuple

import msgspec
from msgspec import Struct

from generator.build.file_trees import FileTree, content_of, digested
from generator.build.names import RELEASE, SUMS
from generator.build.releasing import RECORDS_JSON, printed_by, read_manifest
from generator.build.signatures import Signature
from generator.build.sums import parse_sums
from generator.build.verifying import Fault, signature_in
from generator.errors import JixiaoError


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


_OF_RECORD = (RECORDS_JSON, "records/", "browse/records/", "history/")
"""How the paths of all files begin that are of one record."""


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
    faults += [Fault(*one) for one in site.astray.items()]
    if SUMS not in site.files:
        return verdict._replace(faults=tuple(faults))
    sums = content_of(site, SUMS)
    listed = parse_sums(sums)
    if listed.faults:
        faults.append(Fault(SUMS, f"清单被改动：{'；'.join(listed.faults)}"))
    own = tuple(f"{folder}{identifier}." for folder in _OF_RECORD)
    named = (path, str(data.get("url", "")), str(data.get("source_url", "")), RELEASE)
    wanted = {*named, *(one for one in (*listed.digests, *site.files) if one.startswith(own))}
    found = digested(site, (one for one in wanted if one in site.files), lambda *_: None)
    for one in sorted(wanted):
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
        signature=signature_in(site),
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
