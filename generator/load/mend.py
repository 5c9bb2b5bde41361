"""Mend what can be mended in a file without touching a figure or a printed word, and prove that none was touched.

Three kinds of slips are safe: marks at the file's beginning and at the ends of its lines, characters that nobody can
see, and YAML that reading already takes as it was meant (`yaml_traps`): a value in want of quotes, a tab, a colon.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec import Struct

from generator.load import faults
from generator.load.assemble import markdown_sections
from generator.load.markdown_record import parse_markdown_record
from generator.load.parse import TreeResult, parse_tree
from generator.load.text_file import CONTROL, decode_text
from generator.load.tree import Mapping, Node, Row, Scalar
from generator.load.yaml_doubts import is_label
from generator.load.yaml_repair import Edit
from generator.load.yaml_traps import repair_traps
from generator.load.yaml_values import quoted

_MARK = b"\xef\xbb\xbf"
_BLANKS = " \t\u3000\xa0"
_COLON = re.compile(r"[:：][ \t\u3000\xa0]*")
_KEY_BEFORE = re.compile(r"(?:^|[-{,，\s])(?P<key>[^\s:：{},，\"'-][^:：{},，\"']*)$")
_UNSEEN = re.compile("[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069]")
_FIGURE = re.compile(r"\d[\d.,]*")
_FENCE = re.compile(r"---[ \t]*")
_LAST_SIMPLE = "\u024f"
_FIRST_CHINESE = "\u2000"
_LAST_CHINESE = "\uffff"
_SLIPS = frozenset(
    fault.code
    for fault in (
        faults.COMPARATOR_UNQUOTED, faults.BAR_UNQUOTED, faults.SIGN_UNQUOTED, faults.COLON_IN_VALUE,
        faults.TAB_INDENTATION, faults.FULL_WIDTH_BLANK, faults.MISSING_BLANK_AFTER_COLON, faults.FULL_WIDTH_COLON,
    )
)  # fmt: skip
"""Slips in YAML that may be mended, if the edit itself turns out to be harmless."""


class Mend(NamedTuple):
    """One thing that was mended."""

    line: int
    what: str
    """In Chinese, such as 给 >2000人 加英文引号."""


class Mended(Struct, frozen=True):
    """A file with what could be mended mended."""

    data: bytes
    mends: tuple[Mend, ...] = ()
    reason: str = ""
    """Why nothing was mended although something could be; otherwise empty."""


def mend(data: bytes, path: str, *, is_markdown: bool) -> Mended:
    """Return a record file's bytes mended; the same bytes where there is nothing to mend or no proof that it is safe."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        # Another encoding is for its author to save anew; a guess could change a word.
        return Mended(data)
    reasons: list[str] = []
    # Where all of it together cannot be proved safe, part of it may be.
    for unseen, slips in ((True, True), (False, True), (True, False), (False, False)):
        made = _attempt(data, path, is_markdown=is_markdown, unseen=unseen, slips=slips)
        if made.data != data and not made.reason:
            return made
        reasons += [made.reason] if made.reason else []
    return Mended(data, reason=reasons[0] if reasons else "")


def _attempt(data: bytes, path: str, *, is_markdown: bool, unseen: bool, slips: bool) -> Mended:
    """Mend the marks of a file, if asked to what cannot be seen in it and slips in its YAML, and prove it safe."""
    mends = [Mend(1, "删去文件开头的 BOM 标记")] if data.startswith(_MARK) else []
    text = _line_ends(data.removeprefix(_MARK).decode("utf-8"), mends)
    seen = _without_unseen(text, mends, is_markdown=is_markdown) if unseen else text
    made = _without_slips(seen, path, mends, is_markdown=is_markdown) if slips else seen
    if not mends:
        return Mended(data)
    trees = (_read(version, path, is_markdown=is_markdown) for version in (data, made.encode("utf-8")))
    return Mended(made.encode("utf-8"), tuple(sorted(mends)), _doubt(*trees, exact=seen == text))


def _line_ends(text: str, mends: list[Mend]) -> str:
    """Replace lone returns by the line ends that the file otherwise has."""
    lone = re.search(r"\r(?!\n)", text)
    if lone is None:
        return text
    line = len(re.findall(r"\r\n|\r|\n", text[: lone.start()])) + 1
    mends.append(Mend(line, "把旧式的单个回车改为通常的换行符"))
    return re.sub(r"\r(?!\n)", "\r\n" if "\r\n" in text else "\n", text)


def _without_unseen(text: str, mends: list[Mend], *, is_markdown: bool) -> str:
    """Delete characters that nobody can see, except where a figure or a word could be joined or parted by it."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        places = {match.start() for match in CONTROL.finditer(line) if not _joins(line, match.start())}
        # A remark of the author's own is left as it is; in Markdown the sign begins a heading.
        if is_markdown or not line.lstrip().startswith("#"):
            places |= {match.start() for match in _UNSEEN.finditer(line) if _is_idle(line, match.start())}
        if places:
            codes = "、".join(sorted({f"U+{ord(line[place]):04X}" for place in places}))
            mends.append(Mend(number + 1, f"删去看不见的字符 {codes}"))
            lines[number] = "".join(character for place, character in enumerate(line) if place not in places)
    return "\n".join(lines)


def _neighbours(line: str, place: int) -> tuple[str, str]:
    """Return the nearest visible character on each side; nothing at the ends of the line."""

    def seen(characters: Iterable[str]) -> str:
        return next((one for one in characters if not (CONTROL.match(one) or _UNSEEN.match(one))), "")

    return seen(reversed(line[:place])), seen(line[place + 1 :])


def _joins(line: str, place: int) -> bool:
    """Tell whether two figures or Latin words would become one without the character between them."""
    before, after = _neighbours(line, place)
    return all(one.isascii() and (one.isalnum() or one in ".,%") for one in (before or " ", after or " "))


def _is_idle(line: str, place: int) -> bool:
    """Tell whether a character without width does nothing here; other scripts and emoji need some of them."""
    if _joins(line, place):
        return False
    return all(
        not one or one <= _LAST_SIMPLE or _FIRST_CHINESE <= one <= _LAST_CHINESE for one in _neighbours(line, place)
    )


def _without_slips(text: str, path: str, mends: list[Mend], *, is_markdown: bool) -> str:
    """Mend slips in YAML, line by line, so that the ends of lines stay what they are."""
    plain = decode_text(text.encode("utf-8"), path)[0]
    source = _front_matter(plain) if plain is not None and is_markdown else plain
    if source is None or not any(finding.code in _SLIPS for finding in parse_tree(source, path).findings):
        return text
    repair, found = repair_traps(source, path)
    slips = {finding.origin.line for finding in found if finding.code in _SLIPS}
    lines = text.split("\n")
    # From the end, so that the places of earlier edits stay true.
    for edit in reversed(repair.edits):
        number = source.count("\n", 0, edit.start)
        start = edit.start - (source.rfind("\n", 0, edit.start) + 1)
        written, line = source[edit.start : edit.end], lines[number]
        what = _harmless(edit, written, line[:start])
        if what and number + 1 in slips and line.startswith(written, start):
            lines[number] = line[:start] + edit.replacement + line[start + len(written) :]
            mends.append(Mend(number + 1, what))
    return "\n".join(lines)


def _harmless(edit: Edit, written: str, before: str) -> str:
    """Return in words what an edit does where it leaves every printed character as it is; otherwise nothing."""
    if not written or "\n" in written:
        return ""
    if not written.strip(_BLANKS):
        odd = any(blank in written for blank in "\t\u3000\xa0")
        at_start = not before and not edit.replacement.strip(" ")
        return f"行首改用 {len(edit.replacement)} 个半角空格" if odd and at_start else ""
    if edit.replacement == ": " and _COLON.fullmatch(written):
        key = _KEY_BEFORE.search(before.rstrip(_BLANKS))
        is_known = key is not None and is_label(key["key"].strip())
        return f"“{key['key'].strip()}”后改用英文冒号加一个空格" if key and is_known else ""
    # What begins with a brace to the eye is meant as rows, though a character that nobody sees makes it a text.
    seen = _UNSEEN.sub("", CONTROL.sub("", written))
    if edit.replacement == quoted(written) and seen[:1] not in ("", *"\"'[{") and written == written.strip():
        return f"给 {written} 加英文引号"
    return ""


def _front_matter(text: str) -> str | None:
    """Return the data of a Markdown record with blank lines before it; None where its marks are not in order."""
    lines = text.split("\n")
    marks = [number for number, line in enumerate(lines) if _FENCE.fullmatch(line)][:2]
    if len(marks) < 2 or any(line.strip() for line in lines[: marks[0]]):  # noqa: PLR2004  one above, one below
        return None
    return "\n".join(["" for _ in range(marks[0] + 1)] + lines[marks[0] + 1 : marks[1]])


def _read(data: bytes, path: str, *, is_markdown: bool) -> TreeResult:
    """Read bytes as a record is read."""
    text, _ = decode_text(data, path)
    if text is None:
        return TreeResult(None, ())
    return parse_markdown_record(text, path, markdown_sections()) if is_markdown else parse_tree(text, path)


def _doubt(before: TreeResult, after: TreeResult, *, exact: bool) -> str:
    """Return why a mended file must not be taken for the same record, or nothing where both read alike."""
    if before.node is None or after.node is None:
        return "文件里还有别的写法问题，无法证明改后内容不变"
    if list(_printed(before.node, exact=exact)) != list(_printed(after.node, exact=exact)):
        return "改后读出的内容会有不同"
    return "改后会有新的问题" if len(after.findings) > len(before.findings) else ""


def _printed(node: Node, *, exact: bool) -> Iterator[str]:
    """Yield the shape of a tree and every text in it; unless exact, without blanks but with its figures apart."""
    if isinstance(node, Scalar):
        text = _UNSEEN.sub("", CONTROL.sub("", node.text))
        yield node.text if exact else f"{''.join(text.split())} {_FIGURE.findall(text)}"
        return
    yield type(node).__name__
    if isinstance(node, Mapping | Row):
        for key, value in node.entries:
            yield from _printed(key, exact=exact)
            yield from _printed(value, exact=exact)
    else:
        for item in node.items:
            yield from _printed(item, exact=exact)
    yield "end"
