"""The page about who has published what, and for a long list a page for each unit."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from msgspec import Struct

from generator.plan import urls
from generator.plan.choices import Choice, choice
from generator.plan.contexts import Entry
from generator.plan.coverage import STANDINGS, Coverage, Filing, Standing
from generator.plan.page import Page
from generator.plan.planned import Planned, key_of
from generator.plan.rows import LONGEST, Link
from generator.plan.totals import KIND_LABELS

_TITLE = "公开情况"
_LEAD = "哪些单位公开了哪些表，应当公开的还缺哪些。"
_TEMPLATE = "pages/coverage.html"
_FEW = 3
"""So many records of one obligation are named; more are counted."""


class FilingLine(Struct, frozen=True):
    """One form that has to be published, as a line of the list."""

    unit: Link
    department: Link
    year: str
    name: str
    project: str
    """Key of the project; empty where any form of the unit will do."""
    due: str
    """ISO; empty where no day is registered."""
    standing: str
    label: str
    records: tuple[Link, ...]
    """The first records."""
    more: int
    """How many there are besides."""
    dates: tuple[str, ...]
    basis: str


class SumLine(Struct, frozen=True):
    """What became of the forms of a year, a department or a unit."""

    link: Link
    total: int
    counts: tuple[int, ...]
    """One for each standing that occurs on the page."""


class SumTable(Struct, frozen=True):
    """Sums by year, by department or by unit; what lacks most comes first."""

    title: str
    lines: tuple[SumLine, ...]


class MatrixLine(Struct, frozen=True):
    """What a unit, or the units of a department, have published year by year."""

    link: Link
    note: str
    cells: tuple[tuple[tuple[str, int], ...], ...]
    """For each year the kinds of forms, in Chinese, and how many."""
    total: int


class Matrix(Struct, frozen=True):
    """What is published, by unit and year."""

    by: str
    """What its lines are, in Chinese."""
    years: tuple[str, ...]
    """Newest first."""
    lines: tuple[MatrixLine, ...]
    """Who has published least comes first."""


class CoverageContext(Struct, frozen=True):
    """pages/coverage.html: forms that have to be published, and what there is by unit and year."""

    heading: str
    """The unit; empty for the whole site."""
    total: int
    """How many forms have to be published; 0 where nothing is registered."""
    counts: tuple[tuple[str, str, int], ...]
    """Standing, the same in words, how often; those that occur."""
    lines: tuple[FilingLine, ...]
    parts: tuple[Entry, ...]
    choices: tuple[Choice, ...]
    sums: tuple[SumTable, ...]
    silent: tuple[Link, ...]
    """Registered units that have published nothing."""
    units: int
    """How many units are registered or have published."""
    matrix: Matrix | None
    files: tuple[Link, ...]


def coverage_pages(coverage: Coverage, files: tuple[Link, ...]) -> Iterator[Planned]:
    """Plan the page, and one for each unit where the list is too long for one page."""
    yield Planned(urls.COVERAGE, _TEMPLATE, key_of(coverage.key, files), lambda: _whole(coverage, files))
    if len(coverage.duties) > LONGEST:
        for slug, own in coverage.unit_keys.items():
            key = key_of(own, _unit_link(coverage, slug), _department_link(coverage, slug))
            yield Planned(_unit_url(slug), _TEMPLATE, key, partial(_of_unit, coverage, slug))


def _unit_url(slug: str) -> str:
    return f"{urls.COVERAGE.removesuffix('.html')}/{slug}.html"


def _whole(coverage: Coverage, files: tuple[Link, ...]) -> Page:
    filings, registry = coverage.filings, coverage.view.registry
    is_long = len(filings) > LONGEST
    owing = Counter(one.duty.unit for one in filings)
    parts = tuple(Entry(registry.units[slug].name, _unit_url(slug), owing[slug]) for slug in sorted(owing))
    silent = tuple(
        Link(unit.name, "") for slug, unit in sorted(registry.units.items()) if slug not in coverage.view.units
    )
    context = CoverageContext(
        heading="",
        total=len(filings),
        counts=_counts(filings),
        lines=() if is_long else _lines(coverage, filings),
        parts=parts if is_long else (),
        choices=() if is_long else _choices(filings),
        sums=_sums(coverage),
        silent=silent,
        units=len(registry.units),
        matrix=_matrix(coverage),
        files=files,
    )
    return Page(urls.COVERAGE, _TEMPLATE, context, _TITLE, _LEAD, "coverage", (Link(_TITLE, ""),), wide=True)


def _of_unit(coverage: Coverage, slug: str) -> Page:
    name = coverage.view.registry.units[slug].name
    filings = coverage.filings_of(slug)
    context = CoverageContext(
        heading=name,
        total=len(filings),
        counts=_counts(filings),
        lines=_lines(coverage, filings),
        parts=(),
        choices=_choices(filings),
        sums=(),
        silent=(),
        units=1,
        matrix=None,
        files=(),
    )
    crumbs = (Link(_TITLE, urls.COVERAGE), Link(name, ""))
    return Page(_unit_url(slug), _TEMPLATE, context, f"{_TITLE}：{name}", _LEAD, "coverage", crumbs, wide=True)


def _counts(filings: Iterable[Filing]) -> tuple[tuple[str, str, int], ...]:
    counts = Counter(one.standing for one in filings)
    return tuple((one.value, label, counts[one]) for one, label in STANDINGS.items() if counts[one])


def _choices(filings: Sequence[Filing]) -> tuple[Choice, ...]:
    titles = {one: label for one, label, _ in _counts(filings)}
    return (choice("standing", "情况", titles, ((one.standing.value,) for one in filings)),) if filings else ()


def _lines(coverage: Coverage, filings: Iterable[Filing]) -> tuple[FilingLine, ...]:
    return tuple(_line(coverage, one) for one in filings)


def _line(coverage: Coverage, filing: Filing) -> FilingLine:
    duty, rows = filing.duty, filing.records
    return FilingLine(
        unit=_unit_link(coverage, duty.unit),
        department=_department_link(coverage, duty.unit),
        year=duty.year,
        name=duty.name,
        project=duty.project,
        due=duty.due.isoformat() if duty.due else "",
        standing=filing.standing.value,
        label=STANDINGS[filing.standing],
        records=tuple(Link(row.name, row.url) for row in rows[:_FEW]),
        more=max(len(rows) - _FEW, 0),
        dates=filing.dates,
        basis=duty.basis,
    )


def _unit_link(coverage: Coverage, slug: str) -> Link:
    has_page = slug in coverage.view.units
    return Link(coverage.view.registry.units[slug].name, urls.unit_url(slug) if has_page else "")


def _department_link(coverage: Coverage, slug: str) -> Link:
    registry = coverage.view.registry
    department = registry.departments.get(registry.units[slug].department)
    if department is None:
        return Link("", "")
    has_page = department.slug in coverage.view.units_by_department
    return Link(department.name, urls.department_url(department.slug) if has_page else "")


def _sums(coverage: Coverage) -> tuple[SumTable, ...]:
    """Sum up by year, by department and by unit; each is told by its key, for two may share a name."""
    filings = coverage.filings
    if not filings:
        return ()
    links = {
        "年度": {one.duty.year: _year_link(coverage, one.duty.year) for one in filings},
        "主管部门": {_department_of(coverage, one): _department_link(coverage, one.duty.unit) for one in filings},
        "单位": {one.duty.unit: _unit_link(coverage, one.duty.unit) for one in filings},
    }
    keys: dict[str, Callable[[Filing], str]] = {
        "年度": lambda one: one.duty.year,
        "主管部门": lambda one: _department_of(coverage, one),
        "单位": lambda one: one.duty.unit,
    }
    return tuple(SumTable(title, _sum_lines(filings, keys[title], links[title])) for title in keys)


def _department_of(coverage: Coverage, filing: Filing) -> str:
    return coverage.view.registry.units[filing.duty.unit].department


def _year_link(coverage: Coverage, year: str) -> Link:
    return Link(f"{year}年度", urls.year_url(year) if year in coverage.view.years else "")


def _sum_lines(
    filings: Sequence[Filing], key: Callable[[Filing], str], links: Mapping[str, Link]
) -> tuple[SumLine, ...]:
    shown = [Standing(one) for one, _, _ in _counts(filings)]
    found: dict[str, Counter[Standing]] = {}
    for one in filings:
        found.setdefault(key(one), Counter())[one.standing] += 1
    lines = (SumLine(links[own], counts.total(), tuple(counts[one] for one in shown)) for own, counts in found.items())
    ordered = sorted(lines, key=lambda line: tuple(-count for count in line.counts))
    return tuple(ordered[:LONGEST])


def _matrix(coverage: Coverage) -> Matrix | None:
    """Return what is published by unit and year, or by department where the units are too many for one page."""
    view = coverage.view
    units = view.registry.units
    if not units:
        return None
    by_department = len(units) > LONGEST
    groups: dict[str, list[str]] = {}
    for slug in sorted(units):
        groups.setdefault(units[slug].department if by_department else slug, []).append(slug)
    kinds = {form.identifier: KIND_LABELS[form.record_type] for form in view.forms.definitions}
    published: dict[str, dict[str, Counter[str]]] = {}
    for (slug, year, form), count in coverage.published.items():
        published.setdefault(slug, {}).setdefault(year, Counter())[kinds[form]] += count
    lines = []
    for slugs in groups.values():
        department = _department_link(coverage, slugs[0])
        link, note = (department, "") if by_department else (_unit_link(coverage, slugs[0]), department.title)
        lines.append(_matrix_line(link, note, slugs, published, view.years))
    lines.sort(key=lambda line: (sum(1 for cell in line.cells if cell), line.total))
    return Matrix("主管部门" if by_department else "单位", view.years, tuple(lines))


def _matrix_line(
    link: Link,
    note: str,
    slugs: Iterable[str],
    published: Mapping[str, Mapping[str, Counter[str]]],
    years: Iterable[str],
) -> MatrixLine:
    cells = []
    for year in years:
        counts: Counter[str] = Counter()
        for slug in slugs:
            counts.update(published.get(slug, {}).get(year, {}))
        cells.append(tuple((kind, counts[kind]) for kind in KIND_LABELS.values() if counts[kind]))
    total = sum(count for cell in cells for _, count in cell)
    return MatrixLine(link, note, tuple(cells), total)
