"""What is kept of the pages that put units side by side, each part of it under a name."""

import contextlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from generator.build import cache
from generator.build.staging import writing
from generator.load.assemble import digest_of


class PeerCache:
    """Keeps buckets and shelves from one build to the next, each by name."""

    def __init__(self, kept: Path, stage: Path, owner: bytes) -> None:
        """Read what the last build `kept`, unless this one has put it anew on the `stage`."""
        self._kept = kept
        self._stage = stage
        self._owner = owner
        self._fresh: set[str] = set()

    def put(self, name: str, parts: Mapping[str, bytes]) -> bytes:
        """Keep something; return its digest."""
        content = _ENCODER.encode(parts)
        place = self._stage / file_of(name)
        with writing(place):
            place.write_bytes(cache.sealed(content, self._owner))
        self._fresh.add(name)
        return digest_of(content)

    def get(self, name: str, digest: bytes) -> dict[str, bytes]:
        """Return what is kept; raise CacheLostError where it is not what has this digest."""
        content = cache.kept((self._stage if name in self._fresh else self._kept) / file_of(name), self._owner)
        if content is not None and digest_of(content) == digest:
            with contextlib.suppress(msgspec.DecodeError):
                return _PARTS.decode(content)
        raise cache.CacheLostError(
            f"写到 {self._kept} 的中间结果读不回来，网站没有改动。请检查磁盘空间和文件夹的权限。"
        )


_ENCODER = msgspec.msgpack.Encoder()
_PARTS = msgspec.msgpack.Decoder(dict[str, bytes])


def file_of(name: str) -> str:
    """Return the file of a bucket or shelf; no unit's files are called so, for these have a dot."""
    return f"peers-{name}"
