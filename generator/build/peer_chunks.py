"""What a unit says of the indicators that other units may have too, written down bucket by bucket.

What each of its records says is kept by itself, so that one that changed is asked alone.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.build import cache
from generator.build.stage import Stage
from generator.build.staging import writing
from generator.load.assemble import digest_of
from generator.plan.peers import record_answers, unit_answers
from generator.plan.planned import key_of
from generator.plan.planner import UnitRecords


class Chunk(Struct, frozen=True, array_like=True, gc=False):
    """What a unit says in one bucket."""

    digest: bytes
    size: int


Chunks = dict[str, Chunk]
"""By bucket; they stand in the unit's file in this order, one behind the other."""


Place = tuple[str, int, int]
"""A bucket, and where in the unit's file its chunk begins, and its size."""


class UnitChunks(Struct, frozen=True):
    """What a unit says now, and what it said at the last build."""

    file: Path
    now: Mapping[str, Chunk]
    before: Mapping[str, Chunk]

    def changed(self) -> set[str]:
        """Return the buckets in which it says something else than before."""
        return {
            bucket for bucket in self.now.keys() | self.before.keys() if self.now.get(bucket) != self.before.get(bucket)
        }

    def places(self, buckets: Container[str]) -> Iterator[Place]:
        """Yield where what it says now in some buckets stands in its file."""
        start = 0
        for bucket, chunk in self.now.items():
            if bucket in buckets:
                yield bucket, start, chunk.size
            start += chunk.size


def read_chunks(file: str, places: Sequence[Place]) -> Iterator[tuple[str, bytes]]:
    """Yield by bucket what stands in some places of a unit's file, which are in order and not far from each other."""
    first, (_, last, size) = places[0][1], places[-1]
    with writing(Path(file)), open(file, "rb", buffering=0) as source:  # noqa: PTH123  every job opens the files of all units
        source.seek(first)
        data = source.read(last + size - first)
    for bucket, start, size in places:
        yield bucket, data[start - first : start - first + size]


def peer_file(stage: Stage, slug: str) -> Path:
    """Return where a unit's chunks wait for the rest of the build."""
    return Path(stage.folder) / "segments" / f"{slug}.peers"


class RecordAnswers(Struct, frozen=True, array_like=True, gc=False):
    """What a record says, as it is kept."""

    key: bytes
    """Digest of what that follows from."""
    said: bytes


KIND = "answers"
"""Ending of the file that is kept of a unit."""

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(dict[str, RecordAnswers])


def kept_answers(folder: Path, slug: str, owner: bytes, digest: bytes) -> dict[str, RecordAnswers]:
    """Return what is kept of a unit's records, by id; nothing where it is not what has this digest."""
    data = cache.kept(folder / f"{slug}.{KIND}", owner) if digest else None
    try:
        return {} if data is None or digest_of(data) != digest else _DECODER.decode(data)
    except msgspec.DecodeError:
        return {}


def write_chunks(file: Path, name: str, unit: UnitRecords, former: Mapping[str, RecordAnswers]) -> tuple[Chunks, bytes]:
    """Write what a unit says to a file; return what is in it, and what is to be kept of the records.

    `name` is the unit's, `former` what the last build kept.
    """
    said = {}
    for identifier, lines in unit.lines.items():
        key = key_of(unit.keys[identifier], lines.row)
        before = former.get(identifier)
        said[identifier] = before if before and before.key == key else RecordAnswers(key, record_answers(lines))
    answers = unit_answers(name, [one.said for one in said.values()])
    with writing(file):
        file.write_bytes(b"".join(answers.values()))
    chunks = {bucket: Chunk(digest_of(data), len(data)) for bucket, data in answers.items()}
    return chunks, _ENCODER.encode(said)
