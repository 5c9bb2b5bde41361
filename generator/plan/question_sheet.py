"""The sheet of questions on a unit and year: what a reader with five minutes may ask, on one page of A4."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial

from msgspec import Struct

from generator.check.rule import Rule
from generator.check.subject import Subject
from generator.model.catalog import Unit
from generator.money import EXACT
from generator.patterns import lazy_pattern
from generator.plan import urls
from generator.plan.page import Page
from generator.plan.planned import Planned, key_of
from generator.plan.promises import YearPromises, promises_by_record
from generator.plan.question import Question, YearOfUnit
from generator.plan.questions import Kind, questions_of
from generator.plan.rows import Lines, Link


class QuestionGroup(Struct, frozen=True):
    """The questions of one kind."""

    title: str
    first: int
    """Number of the first on the sheet."""
    questions: tuple[Question, ...]
    left: int
    """How many more there are."""
    more: Link
    """Where they are listed."""


class QuestionSheetContext(Struct, frozen=True):
    """pages/question_sheet.html: questions on a unit and year."""

    unit: Link
    year: Link
    records: int
    """How many forms were looked through."""
    groups: tuple[QuestionGroup, ...]
    shown: int
    total: int
    undecided: int
    """How many decisions of rules are open for want of data."""
    folder: str
    """Where the authored files stand; the questions name them within it."""
    site_name: str
    address: str
    """Of this page, as printed on paper; empty where the site's own is not known."""
    modified: str
    """Date of the last change of any of the files, ISO; empty where one of them is not known."""


class Sheets(Struct, frozen=True):
    """What all sheets of a unit are made from."""

    unit: Unit
    lines: Mapping[str, Lines]
    """By record id, in the order of the catalog."""
    subjects: Mapping[str, Subject]
    promises: Mapping[str, Sequence[YearPromises]]
    """By project."""
    rules: Mapping[str, Rule]
    modified: Mapping[str, str]
    """Date of a file's last change, by path."""
    site_name: str
    site_url: str


def question_sheets(sheets: Sheets, digests: Mapping[str, bytes], fingerprint: str) -> Iterable[Planned]:
    """Plan a sheet for each year in which a unit published anything.

    `digests` has that of each record, its row and its check, `fingerprint` is that of the rules.
    """
    by_year: dict[str, list[Lines]] = {}
    for lines in sheets.lines.values():
        by_year.setdefault(lines.record.year, []).append(lines)
    # What a target weighs that was dropped may stand in a form of another year.
    promised = [
        digests[lines.record.id] for lines in sheets.lines.values() if lines.record.project_key in sheets.promises
    ]
    for year, found in by_year.items():
        url = urls.question_sheet_url(sheets.unit.slug, year)
        key = key_of(
            [digests[lines.record.id] for lines in found], promised, sheets.unit.name, sheets.site_name, sheets.site_url,
            fingerprint, _modified(sheets, found),
        )  # fmt: skip
        yield Planned(url, "pages/question_sheet.html", key, partial(_sheet, sheets, year, found))


def _modified(sheets: Sheets, found: Iterable[Lines]) -> str:
    """Return the day of the last change, where that of every file is known."""
    days = [sheets.modified.get(lines.record.path, "") for lines in found]
    return max(days) if days and all(days) else ""


def _sheet(sheets: Sheets, year: str, found: Sequence[Lines]) -> Page:
    promises = promises_by_record(
        {key: [one for one in years if one.year == year] for key, years in sheets.promises.items()}
    )
    folder = found[0].record.path.rpartition("/")[0] + "/"
    others = [lines for lines in sheets.lines.values() if lines.record.year != year]
    of_year = YearOfUnit(found, sheets.subjects, promises, sheets.rules, others)
    asked = [
        (kind, [one._replace(path=one.path.removeprefix(folder)) for one in questions])
        for kind, questions in questions_of(of_year)
    ]
    url, unit = urls.question_sheet_url(sheets.unit.slug, year), sheets.unit
    unit_page = urls.unit_url(unit.slug)
    address = f"{sheets.site_url.rstrip('/')}/{url}" if sheets.site_url else ""
    around = Around(f"{unit.name}{year}年度问题单", f"{sheets.site_name}{address}", folder)
    groups = tuple(_groups(fitted(asked, around), unit_page))
    context = QuestionSheetContext(
        unit=Link(unit.name, unit_page),
        year=Link(f"{year}年度", urls.year_url(year)),
        records=len(found),
        groups=groups,
        shown=sum(len(group.questions) for group in groups),
        total=sum(len(questions) for _, questions in asked),
        undecided=sum(len(lines.check.undecided) for lines in found),
        folder=folder,
        site_name=sheets.site_name,
        address=address,
        modified=_modified(sheets, found),
    )
    return Page(
        url=url,
        template="pages/question_sheet.html",
        context=context,
        title=f"{year}年度问题单 · {unit.name}",
        description=f"从{unit.name}{year}年度公开的 {len(found)} 份绩效表里整理出的问题，附原表数字和出处，可打印成一页。",
        section="units",
        crumbs=(Link("单位", urls.UNITS), Link(unit.name, unit_page), Link(f"{year}年度问题单", "")),
        wide=True,
    )


def _groups(found: Iterable[tuple[Kind, Sequence[Question], int]], unit_page: str) -> Iterable[QuestionGroup]:
    first = 1
    for kind, questions, left in found:
        yield QuestionGroup(kind.title, first, tuple(questions), left, Link(kind.more, f"{unit_page}#{kind.anchor}"))
        first += len(questions)


MOST = 6
"""Questions of one kind that a sheet has before what is left of the page goes to the weightiest."""

# The measures of the printed sheet, set in `plain.css`, in hundredths of a line of text and of a full-width character:
# what is estimated here is never less than what is printed.
_LINES = 49_00
"""Lines of questions that go on a page of A4 beside the sheet's head and foot, where each of these is short."""
_WIDTH = 53_00
"""Characters of a line."""
_HEADING, _MORE, _BETWEEN = 1_70, 90, 25
"""Lines that the heading of a kind takes, what is said of the rest, and the room below a question."""
_SMALL, _SMALL_WIDTH = 85, 60_00
"""Height of a line of the head and the foot, and its characters."""
_TITLE, _TITLE_WIDTH = 1_40, 35_00
"""The same of the title."""
_FULL, _SOURCE = 100, 80
"""Size of a question, and of the source beside it, in percent."""


class Around(Struct, frozen=True):
    """What stands around the questions and may be long."""

    title: str
    head: str
    folder: str


def fitted(
    asked: Sequence[tuple[Kind, Sequence[Question]]], around: Around
) -> list[tuple[Kind, Sequence[Question], int]]:
    """Return as many questions of each kind as go on one page, and how many are left.

    The kinds take turns; then the weightiest beside the first of their kind fill the page.
    """
    room = _LINES - (_HEADING + _MORE) * len(asked) - _TITLE * (_lines(_width(around.title), _TITLE_WIDTH) - 1)
    # Site and address share a line, and neither may take the other's room.
    room -= _SMALL * (2 * _lines(_width(around.head), _SMALL_WIDTH) - 2 + _lines(_width(around.folder), _SMALL_WIDTH))
    taken = [0] * len(asked)
    full: set[int] = set()
    for kind, at in _turns([questions for _, questions in asked]):
        if kind in full:
            continue
        questions = asked[kind][1]
        # Where all of a kind are listed, nothing is said of the rest.
        height = _height(questions[at]) - (_MORE if at + 1 == len(questions) else 0)
        if height > room:
            full.add(kind)
            continue
        room -= height
        taken[kind] += 1
    return [
        (kind, questions[:count], len(questions) - count) for (kind, questions), count in zip(asked, taken, strict=True)
    ]


def _turns(asked: Sequence[Sequence[Question]]) -> Iterable[tuple[int, int]]:
    """Yield kinds and places of questions in the order in which they come on the page."""
    for at in range(MOST):
        yield from ((kind, at) for kind, questions in enumerate(asked) if at < len(questions))
    rest = [(kind, at) for kind, questions in enumerate(asked) for at in range(MOST, len(questions))]
    yield from sorted(rest, key=lambda one: -_share(asked[one[0]], one[1]))


def _share(questions: Sequence[Question], at: int) -> Decimal:
    """Return what a question weighs beside the first of its kind; money and points have no other common measure."""
    greatest = questions[0].weight
    return EXACT.divide(questions[at].weight, greatest) if greatest > 0 else Decimal(0)


def _height(question: Question) -> int:
    """Return how many lines a question takes at most, in hundredths."""
    text = f"{question.text} {_MARK}{question.path} 第 {question.line} 行"
    lines, used, size = 1, 0, _FULL
    for token in _TOKENS.findall(text):
        size = _SOURCE if token[0] == _MARK else size
        width = _parts(size * _width(token), _FULL)
        used += width
        if used > _WIDTH:
            lines += max(1, _parts(width, _WIDTH))
            used = width % _WIDTH
    return lines * _FULL + _BETWEEN


_MARK = "\u200b"
"""Stands where the source begins, which is set smaller; nothing is printed of it."""
_TOKENS = lazy_pattern(r"[!-~]+?(?:[-/]|(?![!-~]))|[“（《]*[^!-~][，。、；：？！”）》]*")
"""What goes to the next line whole: Latin letters and digits, and signs with the punctuation that clings to them."""
_WIDE_LATIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZmw@%&")


def _width(text: str) -> int:
    """Return the width of a text in hundredths of a full-width character, rather too much than too little."""
    latin = sum(1 for character in text if character.isascii())
    wide = sum(1 for character in text if character in _WIDE_LATIN)
    return 100 * len(text) - 40 * (latin - wide)


def _lines(width: int, of_line: int) -> int:
    return max(1, _parts(width, of_line))


def _parts(whole: int, size: int) -> int:
    """Return into how many parts of a size something goes, the last one not necessarily full."""
    return -(-whole // size)
