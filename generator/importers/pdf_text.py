"""Text from glyphs: lines by baseline, wrapped lines joined, real paragraphs kept apart."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from generator.forms.marked_text import Level, level_note, shaped
from generator.importers.pdf_page import Glyph

_BASELINE_REACH = 0.4
"""Share of the size by which a character may leave the line."""
_SMALL, _SMALL_REACH = 0.8, 0.55
"""Share of the line's size that makes a character a small one, and how far such a one may leave the line."""
_RAISED = 0.12
"""Share of the line's size from which on a small character is no more on the line."""
_LATIN_GAP = 0.3
_CHINESE_GAP = 0.8
_ROOM = 0.25
"""Room that must be left on a line, in sizes, before we say that the next character had fitted."""
_INDENT = 1.5
_WIDEST_STEP, _OUR_STEP = 1.75, 1.3
"""Distance of two lines, in sizes, that is taken for usual, and the one in our own documents."""
_BLANK_LINE = 1.6
"""Distance of two lines, in distances of the nearest, that has room for a blank line between them."""
_OVERLAP = 0.55

_CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u303f\u2014\u2018-\u201d\u2026]")
_NUMBERED = re.compile(
    r"\s*(?:[0-9]{1,2}(?:[.．](?![0-9])|[、）)])|[（(](?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[）)]"
    r"|[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十]{1,3}[，、,]|[①-⑳]|[-•●◆■○]\s)"
)
_DIVISIBLE = re.compile(r"[\u4e00-\u9fff]{2}\Z")
_FINISHED = tuple("。；;：:！!？?.")
# A bracket with its short content, a word or number, or one Chinese character; with what cannot begin a line.
_CLOSING = r"，。；：、！？）)”’》〉】\]」』,.;:!?%％…"
_UNDIVIDED = re.compile(
    r"(?:[（(][^（()）]{1,12}[)）]|[（(“‘《〈【\[「『]*(?:[^\u2e80-\uffff\s（(]+|.))"
    rf"(?:/[^\u2e80-\uffff\s]+|/.|[{_CLOSING}])*"
)
_FIGURE_CUT = re.compile(r"[0-9.,，．]\Z")
_WHOLE_FIGURE = re.compile(r"[0-9.,%％]+")
_AMOUNT = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{1,2})?[%％]?")
_FIGURE_ON = re.compile(r"[0-9.,%％]")


class Line(NamedTuple):
    """One line as printed."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    first: float
    """Width of what a line break could not divide at its beginning."""
    notes: tuple[str, ...] = ()


class Joined(NamedTuple):
    """The text of several lines."""

    text: str
    notes: tuple[str, ...] = ()


def lines_of(glyphs: Iterable[Glyph]) -> tuple[Line, ...]:
    """Return glyphs of one cell or of one stretch of a page as lines, from top to bottom."""
    kept = list(glyphs)
    turns = {glyph.angle for glyph in kept if not glyph.text.isspace()}
    lines: list[Line] = []
    for turn in sorted(turns):
        turned = [_turned(glyph) for glyph in kept if glyph.angle == turn]
        mixed = ("文字方向不一，请核对",) if len(turns) > 1 else ()
        lines.extend(_line(row, mixed) for row in rows_of(turned))
    return tuple(lines)


def _turned(glyph: Glyph) -> Glyph:
    """Return a glyph as it stands after its text has been turned upright."""
    match glyph.angle:
        case 1:
            middle = (glyph.left + glyph.right) / 2
            return glyph._replace(left=glyph.top, right=glyph.bottom, baseline=-middle)
        case 2:
            return glyph._replace(left=-glyph.right, right=-glyph.left, baseline=-glyph.baseline)
        case 3:
            middle = (glyph.left + glyph.right) / 2
            return glyph._replace(left=-glyph.bottom, right=-glyph.top, baseline=middle)
        case _:
            return glyph


def rows_of(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return glyphs by line; those of larger size decide where a line stands."""
    anchors: list[tuple[float, float]] = []
    inked = [glyph for glyph in glyphs if not glyph.text.isspace()]
    rows: list[list[Glyph]] = []
    for glyph in sorted(inked, key=lambda glyph: (glyph.baseline, glyph.left)):
        if anchors and abs(glyph.baseline - anchors[-1][0]) <= _reach(glyph.size, anchors[-1][1]):
            rows[-1].append(glyph)
            if glyph.size > anchors[-1][1]:
                anchors[-1] = (glyph.baseline, glyph.size)
        else:
            anchors.append((glyph.baseline, glyph.size))
            rows.append([glyph])
    for blank in (glyph for glyph in glyphs if glyph.text.isspace()):
        near = [index for index, (at, size) in enumerate(anchors) if abs(blank.baseline - at) <= _BASELINE_REACH * size]
        if near:
            rows[near[0]].append(blank)
    return [sorted(row, key=lambda glyph: (glyph.left, glyph.right)) for row in rows]


def _reach(size: float, other: float) -> float:
    small, large = sorted((size, other))
    return (_SMALL_REACH if small < _SMALL * large else _BASELINE_REACH) * large


def _levels(inked: Sequence[Glyph]) -> list[Level]:
    """Return for each character of a line whether it is small and stands above or below the others."""
    size = max(glyph.size for glyph in inked)
    baseline = median(glyph.baseline for glyph in inked if glyph.size >= _SMALL * size)
    return [_level(glyph, size, baseline) for glyph in inked]


def _level(glyph: Glyph, size: float, baseline: float) -> Level:
    if glyph.is_lifted:
        return Level.RAISED
    if glyph.size >= _SMALL * size or abs(glyph.baseline - baseline) < _RAISED * size:
        return Level.LINE
    return Level.RAISED if glyph.baseline < baseline else Level.LOWERED


def _level_notes(inked: Sequence[Glyph], levels: Sequence[Level]) -> tuple[str, ...]:
    """Return what to say of raised and lowered characters, those in a row as one."""
    stretches = groupby(zip(inked, levels, strict=True), key=lambda each: each[1])
    return tuple(
        level_note("".join(glyph.text for glyph, _ in stretch), level) for level, stretch in stretches if level
    )


def _line(row: list[Glyph], notes: tuple[str, ...]) -> Line:
    inked = [glyph for glyph in row if not glyph.text.isspace()]
    levels = _levels(inked)
    notes = (*notes, *_level_notes(inked, levels))
    moved = dict(zip(inked, levels, strict=True))
    size = median(glyph.size for glyph in inked)
    text = ""
    before: Glyph | None = None
    for glyph in row:
        if before is not None and not glyph.text.isspace() and not text[-1:].isspace() and _is_gap(before, glyph):
            text += " "
        text += (
            shaped(glyph.text, moved.get(glyph, Level.LINE))
            if glyph.text == "\u3000" or not glyph.text.isspace()
            else " "
        )
        before = glyph
    if any(_overlap(one, other) for one, other in pairwise(inked)):
        notes = (*notes, "文字叠在一起，读出的可能不对")
    if any(glyph.unmapped for glyph in inked):
        notes = (*notes, "有字读不出，以“\ufffd”代替")
    return Line(
        text=text,
        left=inked[0].left,
        right=max(glyph.right for glyph in inked),
        baseline=median(glyph.baseline for glyph in inked),
        size=size,
        first=_first_width(inked),
        notes=notes,
    )


def _is_gap(before: Glyph, glyph: Glyph) -> bool:
    chinese = sum(1 for character in (before.text, glyph.text) if _CHINESE.match(character))
    size = min(before.size, glyph.size)
    allowed = (_LATIN_GAP, 2 * _LATIN_GAP, _CHINESE_GAP)[chinese]
    return glyph.left - before.right > allowed * size


def _overlap(one: Glyph, other: Glyph) -> bool:
    width = min(one.right - one.left, other.right - other.left)
    return width > 0 and (min(one.right, other.right) - other.left) > _OVERLAP * width


def _first_width(inked: Sequence[Glyph]) -> float:
    """Return the width of the beginning that no line break divides."""
    text = "".join(glyph.text[0] for glyph in inked)
    match = _UNDIVIDED.match(text)
    end = max(match.end() if match else 1, 1)
    for index in range(1, end):
        if _is_gap(inked[index - 1], inked[index]):
            end = index
            break
    return inked[end - 1].right - inked[0].left


def ends_divisibly(line: Line) -> bool:
    """Tell whether a line could have been broken before its last character, so that it fits its cell."""
    return bool(_DIVISIBLE.search(line.text.rstrip()))


def join_lines(lines: Sequence[Line], *, left: float, right: float, room: float, is_ours: bool = False) -> Joined:
    """Return the text of lines set between two edges.

    `room` is the width that a line can fill.
    A line that ends although the beginning of the next had fitted was ended on purpose and stays a line of its own;
    in our own documents, lines in the middle of their cell may also end early to be of like length.
    """
    if not lines:
        return Joined("")
    notes = dict.fromkeys(note for line in lines for note in line.notes)
    text = lines[0].text.rstrip()
    start, middle = min(line.left for line in lines), (left + right) / 2
    steps = [following.baseline - line.baseline for line, following in pairwise(lines)]
    step = min((step for step in steps if step > 0), default=0.0)
    step = min(step, (_OUR_STEP if is_ours else _WIDEST_STEP) * lines[0].size)
    is_wrapped = is_ours and _needs_all(lines, middle=middle, room=room)
    for line, following in pairwise(lines):
        added = following.text.strip()
        if not is_wrapped and _ends_paragraph(line, following, start=start, middle=middle, room=room):
            is_apart = following.baseline - line.baseline > _BLANK_LINE * step
            text += ("\n\n" if is_apart else "\n") + added
            continue
        keeps_blank = line.text[-1:].isspace() or following.text[:1].isspace()
        # A blank between two Chinese characters is how some programs end a line, and never meant.
        if keeps_blank and not (_CHINESE.match(text[-1:]) and _CHINESE.match(added[:1])):
            text += " "
        is_cut = _FIGURE_CUT.search(text) and _FIGURE_ON.match(added)
        if is_cut and not _is_surely_one_figure(line, text + added, len(text), room):
            notes["数字折行，已接起来"] = None
        text += added
    return Joined(text.strip(), tuple(notes))


def _is_surely_one_figure(line: Line, text: str, cut: int, room: float) -> bool:
    """Tell whether a line stopped for lack of room within a figure that only makes sense as a whole."""
    width = line.right - line.left
    whole = next((match[0] for match in _WHOLE_FIGURE.finditer(text) if match.start() < cut < match.end()), "")
    return (
        width + width / max(len(line.text.strip()), 1) > room
        and any(sign in whole for sign in ".,%")
        and _AMOUNT.fullmatch(whole) is not None
    )


def _needs_all(lines: Sequence[Line], *, middle: float, room: float) -> bool:
    """Tell whether lines in the middle of their cell are as few as their text needs."""
    size = lines[0].size
    whole = sum(line.right - line.left for line in lines)
    # A line takes whole characters only.
    filled = int(room / size) * size if all(map(ends_divisibly, lines)) else room
    return all(_is_centred(line, middle) for line in lines) and whole > (len(lines) - 1) * filled


def _ends_paragraph(line: Line, following: Line, *, start: float, middle: float, room: float) -> bool:
    size = max(line.size, following.size)
    width = line.right - line.left
    if line.left - start < _INDENT * size and not _is_centred(line, middle):
        width = line.right - start
    if width + following.first + _ROOM * size <= room:
        return True
    if _NUMBERED.match(following.text) and line.text.rstrip().endswith(_FINISHED):
        return True
    return (
        following.left - start >= _INDENT * size
        and not _is_centred(following, middle)
        and line.left - start < _INDENT * size
    )


def _is_centred(line: Line, middle: float) -> bool:
    return abs((line.left + line.right) / 2 - middle) < _BASELINE_REACH * line.size
