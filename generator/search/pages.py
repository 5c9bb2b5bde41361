"""The pages that are found beside records: units, departments, rules and hand-written pages."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from generator.check.rule import Rule
from generator.load.pages import HandWrittenPage
from generator.plan import urls
from generator.plan.site_view import SiteView
from generator.search.grams import initials_grams, text_grams
from generator.search.initials import Initials, initials_of, written
from generator.search.markup import page_text
from generator.search.postings import postings_of
from generator.search.shards import UnitPostings

PAGES = "pages"


class FoundPage(Struct, frozen=True):
    """A page and its texts."""

    title: str
    url: str
    kind: str
    """unit, department, rule or page."""
    texts: tuple[str, ...]
    """Labels and texts by turns."""

    @property
    def initials(self) -> Initials:
        """Initials of a unit or department; nobody looks for other pages by such."""
        return initials_of(self.title) if self.kind in ("unit", "department") else ()


def found_pages(view: SiteView, rules: Iterable[Rule], written_pages: Iterable[HandWrittenPage]) -> Iterator[FoundPage]:
    """Yield the pages in the order in which they are found."""
    registry = view.registry
    for slug in view.units:
        unit = registry.units[slug]
        department = registry.departments.get(unit.department)
        texts = [*_labelled("别名", *unit.aliases), *_labelled("主管部门", department.name if department else "")]
        yield FoundPage(unit.name, urls.unit_url(slug), "unit", (*texts, *_labelled("所在区", unit.district)))
    for slug in view.units_by_department:
        department = registry.departments.get(slug)
        if department is not None:
            texts = [*_labelled("别名", *department.aliases), *_labelled("所在区", department.district)]
            yield FoundPage(department.name, urls.department_url(slug), "department", tuple(texts))
    for rule in rules:
        yield FoundPage(f"{rule.code} {rule.title}", urls.rule_url(rule.code), "rule", tuple(_of_rule(rule)))
    for page in written_pages:
        texts = [*_labelled("", page.description), *_labelled("正文", page_text(page.markdown))]
        yield FoundPage(page.title, page.url, "page", tuple(texts))


def _of_rule(rule: Rule) -> Iterator[str]:
    yield from _labelled("为什么查", page_text(rule.why))
    yield from _labelled("怎样算", rule.formula)
    yield from _labelled("不适用", rule.otherwise)
    yield from _labelled("依据", *(basis.text for basis in rule.basis))
    yield from _labelled("有这种情形", rule.bad)
    yield from _labelled("改正以后", rule.good)


def _labelled(label: str, *texts: str) -> Iterator[str]:
    for text in texts:
        if text:
            yield label
            yield text


def page_name(number: int) -> str:
    """Return the name by which scripts load a page."""
    return f"{PAGES}/{number}"


def browse_page(page: FoundPage) -> list[object]:
    """Return a page as scripts load it."""
    return [page.title, page.url, page.kind, written(page.initials), list(page.texts)]


def pages_postings(pages: Iterable[FoundPage]) -> UnitPostings:
    """Return the grams of pages, as those of a unit."""
    listed = tuple(pages)
    count = len(listed)
    return UnitPostings(
        postings_of(text_grams((page.title, *page.texts[1::2]) for page in listed), count),
        postings_of(text_grams((page.title,) for page in listed), count),
        postings_of(initials_grams((page.initials,) for page in listed), count),
    )
