"""Lines of ours in a text file of somebody else: put in and taken out again, so that all else stays byte for byte."""

from collections.abc import Sequence

_BEGIN, _END = "# >>> jixiao git install：", "# <<< jixiao git install："
_NEW_FILE, _NEW_LINE = "（文件由它新建）", "（补了上一行的换行）"


def with_block(data: bytes | None, name: str, lines: Sequence[str]) -> bytes:
    """Return a file with a block of that name, in place of the one it has; `data` is None where there is no file."""
    found = _find(data or b"", name)
    if found:
        begin, inside, _ = _parts(data or b"", found)
        note = begin.removeprefix(_BEGIN + name)
        return (data or b"").replace(inside, _block(name, note, lines), 1)
    if data is None:
        return _block(name, _NEW_FILE, lines)
    is_open = bool(data) and not data.endswith(b"\n")
    return data + (b"\n" if is_open else b"") + _block(name, _NEW_LINE if is_open else "", lines)


def without_block(data: bytes, name: str) -> bytes | None:
    """Return a file without its block of that name; None where nothing would be left of what the block began."""
    found = _find(data, name)
    if not found:
        return data
    begin, _, _ = _parts(data, found)
    before, after = data[: found[0]], data[found[1] :]
    if begin.endswith(_NEW_FILE) and not before and not after:
        return None
    note = next((note for note in (_NEW_FILE, _NEW_LINE) if begin.endswith(note)), "")
    first, line_end, others = after.partition(b"\n")
    if note and first.startswith(_BEGIN.encode()) and not first.endswith("）".encode()):
        # What has to be taken back goes with the last of our blocks.
        return before + first + note.encode() + line_end + others
    return (before.removesuffix(b"\n") if begin.endswith(_NEW_LINE) and not after else before) + after


def has_block(data: bytes | None, name: str) -> bool:
    """Tell whether a file has a block of that name."""
    return _find(data or b"", name) is not None


def block_names(data: bytes | None) -> tuple[str, ...]:
    """Return the names of all blocks of a file."""
    lines = (data or b"").decode("utf-8", "surrogateescape").split("\n")
    return tuple(line.removeprefix(_END) for line in lines if line.startswith(_END))


def block_lines(data: bytes | None, name: str) -> tuple[str, ...]:
    """Return the lines of a block, without its marks; none where there is no such block."""
    found = _find(data or b"", name)
    inside = (data or b"")[found[0] : found[1]] if found else b""
    return tuple(inside.decode("utf-8", "surrogateescape").split("\n")[1:-2])


def _block(name: str, note: str, lines: Sequence[str]) -> bytes:
    text = "\n".join((f"{_BEGIN}{name}{note}", *lines, f"{_END}{name}"))
    return text.encode("utf-8", "surrogateescape") + b"\n"


def _find(data: bytes, name: str) -> tuple[int, int] | None:
    """Return where a block begins and ends."""
    last = f"{_END}{name}\n".encode("utf-8", "surrogateescape")
    position = 0
    start = -1
    for line in data.splitlines(keepends=True):
        words = line.decode("utf-8", "surrogateescape").rstrip("\n")
        if words.startswith(_BEGIN + name) and words.removeprefix(_BEGIN + name) in ("", _NEW_FILE, _NEW_LINE):
            start = position
        position += len(line)
        if line == last and start >= 0:
            return start, position
    return None


def _parts(data: bytes, found: tuple[int, int]) -> tuple[str, bytes, bytes]:
    inside = data[found[0] : found[1]]
    return inside.split(b"\n", 1)[0].decode("utf-8", "surrogateescape"), inside, data[found[1] :]
