"""Compare what a test produces with files kept under `tests/golden`."""

import difflib
from dataclasses import dataclass, field
from pathlib import Path

GOLDEN_FOLDER = Path(__file__).parent / "golden"

_LONGEST_DIFF = 120


@dataclass(frozen=True, slots=True)
class Golden:
    """The `golden` fixture: call it with a name and what the test produced."""

    folder: Path
    """Where the golden files are."""
    actual_folder: Path
    """Where what differs is put down, to be opened beside the golden file."""
    update: bool = False
    """Whether what the test produced is right by definition."""
    used: set[str] = field(default_factory=set)
    """The names asked for, so that files nobody asks for can be found."""

    def __call__(self, name: str, actual: str | bytes) -> None:
        """Fail with a diff unless the golden file of this name holds exactly the actual content."""
        __tracebackhide__ = True
        self.used.add(name)
        content = actual.encode() if isinstance(actual, str) else actual
        expected_file = self.folder / name
        if self.update:
            _write(expected_file, content)
            return
        expected = expected_file.read_bytes() if expected_file.is_file() else None
        if content != expected:
            actual_file = self.actual_folder / name
            _write(actual_file, content)
            raise AssertionError(_explain(expected_file, expected, actual_file, content))


def unused_golden_files(folder: Path, used: set[str]) -> list[Path]:
    """Return the golden files that no test asked for."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [path for path in files if path.relative_to(folder).as_posix() not in used]


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _explain(expected_file: Path, expected: bytes | None, actual_file: Path, actual: bytes) -> str:
    closing = f"actual content: {actual_file}\nIf it is right, accept it: make golden"
    if expected is None:
        return f"There is no golden file {expected_file}\n{closing}"
    return f"{expected_file} differs:\n{_diff(expected, actual)}\n{closing}"


def _diff(expected: bytes, actual: bytes) -> str:
    try:
        # Line ends stay in, for they are bytes of the file as well.
        before, after = (_visible_lines(content.decode()) for content in (expected, actual))
    except UnicodeDecodeError:
        return f"(not text: {len(expected)} bytes expected, {len(actual)} found)"
    lines = list(difflib.unified_diff(before, after, "golden", "actual", lineterm=""))
    left_out = len(lines) - _LONGEST_DIFF
    return "\n".join([*lines[:_LONGEST_DIFF], *([f"... {left_out} more lines"] if left_out > 0 else [])])


def _visible_lines(text: str) -> list[str]:
    """Return the lines, with every end of line but the plain one made visible."""
    lines = text.split("\n")
    shown = [line.replace("\r", "␍") for line in lines]
    return shown[:-1] if shown[-1] == "" else [*shown[:-1], f"{shown[-1]}␀ (no newline at the end)"]
