"""Where one form ends and the next begins: by titles, and by a head that begins anew."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.forms.grid import Grid
from generator.importers.document import Document, Remark
from generator.importers.draft import Certainty
from generator.importers.understand.collect import Value
from generator.importers.understand.pairs import year_in
from generator.importers.understand.remerge import remerged
from generator.importers.understand.sheet import Box, Line, lines_of
from generator.importers.understand.words import head_word
from generator.model.forms import FormLibrary
from generator.text import folded, half_width

_TITLE = re.compile(r".*(?:绩效|自评|投入产出).*(?:表|报告|明细)|.*(?:基础数据表|项目明细)")
_BEFORE = re.compile(r"^(?:附件|附表|附)\s*[0-9一二三四五六七八九十]{0,2}(?:[-—.]\d{1,2})?\s*[:：、.]?\s*")
_YEAR_BEFORE = re.compile(r"^[（(]?(?P<year>20\d\d)\s*年?\s*度?[)）]?\s*")
_YEAR_BEHIND = re.compile(r"\s*(?P<year>[（(]\s*20\d\d\s*年?\s*(?:度|.{0,12})?[)）])$")
_LONGEST_TITLE = 45
_PERIOD = re.compile(r"[（(]?\s*20\d\d\s*年.{0,24}?[)）]?|[（(]\s*20\d\d\s*[)）]")
_PERIOD_LABEL = re.compile(
    r"(?P<label>申报时段|期间|年度|预算年度|监控期间|评价时段|所属期间)\s*[:：]\s*(?P<value>.*20\d\d.*)"
)


class Title(NamedTuple):
    """A line that is the title of a form."""

    text: str
    year: str
    """The year printed with it, as printed."""
    known: bool
    """Whether a form definition has it."""
    certainty: Certainty


class Text(NamedTuple):
    """A line of text outside of tables."""

    text: str
    place: str
    number: int
    """Of the grid it stands above; one more than the last one has below that."""


class Piece(NamedTuple):
    """Rows of one grid that belong to a form."""

    number: int
    grid: Grid
    lines: tuple[Line, ...]


@dataclass
class Form:
    """The parts of a document that are one form."""

    title: Value
    known: bool = False
    period: Value | None = None
    collection: Value | None = None
    texts: list[Text] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    labels: list[Box] = field(default_factory=list)
    """Cells that print the title or the period."""
    remarks: list[Remark] = field(default_factory=list)
    has_project: bool = False


class Titles:
    """Tells titles from other lines."""

    def __init__(self, forms: FormLibrary) -> None:
        self._exact = frozenset(forms.titles())
        self._known = {folded(title): title for title in reversed(forms.titles())}

    def read(self, text: str) -> Title | None:
        """Return the title that a line is, or None where it is none."""
        line = _BEFORE.sub("", " ".join(text.split()))
        before = _YEAR_BEFORE.match(line)
        bare = line[before.end() :] if before else line
        behind = _YEAR_BEHIND.search(bare)
        bare = bare[: behind.start()] if behind else bare
        year = (
            before["year"] + "年度"
            if before and "年" in before[0]
            else before["year"]
            if before
            else behind["year"]
            if behind
            else ""
        )
        year = before[0].strip() if before else year
        known = bare if bare in self._exact else self._known.get(folded(bare))
        if known:
            exact = bare == known
            return Title(known, year, known=True, certainty=Certainty.CERTAIN if exact else Certainty.LIKELY)
        key = folded(bare)
        if len(key) > _LONGEST_TITLE or any(sign in key for sign in "。；;:") or "," in half_width(key):
            return None
        if _TITLE.fullmatch(re.sub(r"\([^()]*\)$", "", key)) is None:
            return None
        ending = next((title for title in sorted(self._known, key=len, reverse=True) if key.endswith(title)), "")
        return Title(bare, year, known=False, certainty=Certainty.CERTAIN if ending else Certainty.LIKELY)


def split(document: Document, forms: FormLibrary) -> tuple[Form, ...]:
    """Return the forms of a document in reading order, each with all of its rows."""
    titles, found = Titles(forms), [Form(Value(""))]
    for number, grid in enumerate(map(remerged, document.grids)):
        _read_lines(found, titles, number, grid)
        _read_grid(found, titles, number, grid)
        if number + 1 == len(document.grids):
            for text in grid.below:
                found[-1].texts.append(Text(text, f"{grid.place}下方" if grid.place else "", number + 1))
    first, *others = found
    if others and not first.title.text and not first.pieces:
        # Lines before the first title belong to the page, not to a form of their own.
        others[0].texts[:0] = first.texts
        return tuple(others)
    return tuple(found) if first.pieces or first.texts else tuple(others)


def _read_lines(found: list[Form], titles: Titles, number: int, grid: Grid) -> None:
    lines, place, position = grid.above, f"{grid.place}上方" if grid.place else "", 0
    # The caption of a free table of ours may read like a title.
    is_own = bool(grid.cells) and any(item.name.startswith("table.") for cell in grid.cells for item in cell.fields)
    while position < len(lines):
        text = lines[position]
        title, taken = None if is_own and found[-1].title.text else titles.read(text), 1
        if (
            title is None
            and position + 1 < len(lines)
            and "绩效" in text + lines[position + 1]
            and _may_begin_title(text)
        ):
            title = titles.read(text + lines[position + 1]) if _is_part_of_title(text, lines[position + 1]) else None
            taken = 2 if title else 1
        position += taken
        if title is not None:
            _begin(found, title, place, text)
        elif not _take_period(found[-1], text, place):
            found[-1].texts.append(Text(text, place, number))


def _may_begin_title(text: str) -> bool:
    """Tell whether a line may be the first half of a title; the number of a form is none."""
    return re.search(r"[\u4e00-\u9fff]{3}", text) is not None and _BEFORE.fullmatch(text.strip() + " ") is None


def _is_part_of_title(first: str, second: str) -> bool:
    return len(folded(first)) + len(folded(second)) <= _LONGEST_TITLE and not re.search(r"[:：。]", first + second)


def _begin(found: list[Form], title: Title, place: str, printed: str) -> None:
    why = "" if title.certainty is Certainty.CERTAIN else "不是已有的表样，按标题的样子认出"
    value = Value(title.text, place, title.certainty, why, printed if printed != title.text else "")
    last = found[-1]
    if last.title.text and not last.pieces:
        # Two titles above one table: the first one names the collection, or the second one says less than the first.
        if last.known and not title.known:
            last.texts.append(Text(title.text, place, 0))
            return
        found[-1] = Form(value, title.known, collection=last.title, texts=last.texts, labels=last.labels)
    else:
        found.append(Form(value, title.known))
    if title.year:
        found[-1].period = Value(title.year, place, Certainty.LIKELY, "年度印在标题里")


def _take_period(form: Form, text: str, place: str) -> bool:
    line = " ".join(text.split())
    labelled = _PERIOD_LABEL.fullmatch(line)
    if labelled is None and (_PERIOD.fullmatch(line) is None or form.pieces):
        return False
    value = Value(labelled["value"] if labelled else line, place, title=labelled["label"] if labelled else "")
    if form.period is not None and form.period.text != value.text:
        if year_in(form.period.text) != year_in(value.text):
            form.remarks.append(
                Remark(f"标题里的年度是“{form.period.text}”，下面印的是“{value.text}”，用了下面印的", place)
            )
            value = value.doubted(Certainty.INFERRED, f"标题里印的是“{form.period.text}”，与这里不一致")
        elif form.period.why != "年度印在标题里":
            return False
    form.period = value
    return True


def _read_grid(found: list[Form], titles: Titles, number: int, grid: Grid) -> None:
    kept: list[Line] = []
    width = grid.width

    def close() -> None:
        if kept:
            form = found[-1]
            if form.pieces and form.pieces[-1].number != number:
                joined = Remark("这份表由几张表格接成：中间没有新的标题，按同一份表连起来读", form.pieces[0].grid.place)
                if joined not in form.remarks:
                    form.remarks.append(joined)
            form.pieces.append(Piece(number, grid, tuple(kept)))
            kept.clear()

    for line in lines_of(number, grid):
        texts = line.texts
        alone = texts[0] if len(texts) == 1 and len([box for box in line.boxes if box.text]) == 1 else None
        title = titles.read(alone.text) if alone is not None else None
        if title is not None and alone is not None and not title.known and kept and alone.cell.columns * 2 < width:
            # A lone cell in the midst of a form is rather a name that speaks of performance.
            title = None
        names_title = alone is not None and any(item.name in ("title", "period") for item in alone.cell.fields)
        if alone is not None and (title is not None or names_title) and not _is_head(alone):
            close()
            if title is not None:
                _begin(found, title, alone.cell.place, alone.cell.text)
            elif not _take_period(found[-1], alone.text, alone.cell.place):
                kept.append(line)
                continue
            found[-1].labels.append(alone)
        elif alone is not None and not kept and _take_period(found[-1], alone.text, alone.cell.place):
            found[-1].labels.append(alone)
        else:
            if _starts_anew(texts, found[-1]):
                close()
                _again(found, line)
            kept.append(line)
    close()


def _is_head(box: Box) -> bool:
    return head_word(box.text) is not None


def _starts_anew(texts: Iterable[Box], form: Form) -> bool:
    """Tell whether a row is the first of a head, though the form has had its head already."""
    first = next(iter(texts), None)
    word = head_word(first.text) if first is not None else None
    if word is None or word.identifier != "project_name" or word.certainty is not Certainty.CERTAIN:
        return False
    anew = form.has_project
    form.has_project = True
    return anew


def _again(found: list[Form], line: Line) -> None:
    last = found[-1]
    why = "没有重新印标题，但“项目名称”又出现了一次，认作同样标题的又一份表"
    form = Form(last.title.doubted(Certainty.INFERRED, why), last.known, last.period, last.collection, has_project=True)
    form.remarks.append(Remark(why, line.texts[0].cell.place))
    found.append(form)
