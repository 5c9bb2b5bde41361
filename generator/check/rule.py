"""What a rule is: one function, and all that its page says of it."""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cache

from msgspec import Struct

from generator.check.outcome import Verdict
from generator.check.subject import EVERY_FORM, Subject
from generator.finding import Severity
from generator.patterns import lazy_pattern


class Confidence(StrEnum):
    """How sure the basis of a rule is."""

    VERIFIED = "verified"
    """Read in its own text, or certain from the form itself."""
    UNVERIFIED = "unverified"
    """Known at second hand, or a convention; never to be presented as law."""


class Basis(Struct, frozen=True):
    """What a rule rests on."""

    text: str
    confidence: Confidence


FORM = Basis("表样自身：栏目的含义和算术关系", Confidence.VERIFIED)
MEASURES_2020 = Basis("《项目支出绩效评价管理办法》（财预〔2020〕10号）；条文未经核对", Confidence.UNVERIFIED)
GUIDE_2021 = Basis(
    "《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》（财预〔2021〕101号）；条文未经核对，且只对中央部门",
    Confidence.UNVERIFIED,
)
PRACTICE = Basis("审核惯例，不是法规要求；界限由规则包设定", Confidence.UNVERIFIED)


class Nature(StrEnum):
    """What kind of statement a rule makes; the publication policy goes by it."""

    ARITHMETIC = "arithmetic"
    """A printed figure contradicts other printed figures: always public."""
    CONTRADICTION = "contradiction"
    """The form says two things that cannot both hold."""
    METHOD = "method"
    """A departure from the usual method of setting targets and points."""
    QUESTION = "question"
    """A sign that deserves an answer, not a fault."""
    STYLE = "style"
    """Notation and layout."""
    PRIVACY = "privacy"
    """Personal data; never shown to the public."""


NATURE_LABELS = {
    Nature.ARITHMETIC: "算术矛盾",
    Nature.CONTRADICTION: "前后矛盾",
    Nature.METHOD: "方法",
    Nature.QUESTION: "疑问",
    Nature.STYLE: "写法",
    Nature.PRIVACY: "个人信息",
}

Check = Callable[[Subject], Iterator[Verdict]]
"""Judges one record; yields one verdict for each place examined, nothing where there is nothing to examine."""

CrossCheck = Callable[[Sequence[Subject]], Iterator[Verdict]]
"""Judges a group of records; each verdict names the record it is about."""

GroupBy = Callable[[Subject], Iterable[str]]
"""Names the groups a record belongs to; only groups of two and more are judged."""


class Rule(Struct, frozen=True):
    """One rule."""

    code: str
    name: str
    """The fault's name in English."""
    text: str
    """Its page: the docstring of its function, read when somebody asks for a part of it."""
    severity: Severity
    since: str
    """Version that introduced it."""
    nature: Nature
    basis: tuple[Basis, ...]
    formula: str
    otherwise: str
    """Why the rule does not apply where it found nothing to examine."""
    record_types: frozenset[str]
    """Kinds of forms it is due for."""
    check: Check | None = None
    cross_check: CrossCheck | None = None
    group_by: GroupBy | None = None
    spans_units: bool = False
    """Whether its groups may hold records of several units."""
    keeps_back: bool = False
    """Whether a record that breaks it is not published unless the author waives it."""
    reads: frozenset[str] = frozenset()
    """Kinds of cells, as `Subject.unreadable` names them, without which it cannot say that nothing is wrong."""

    @property
    def title(self) -> str:
        """The fault in one Chinese sentence."""
        return _page_of(self.text).title

    @property
    def why(self) -> str:
        """Why it matters, and how it is judged; Markdown."""
        return _page_of(self.text).why

    @property
    def bad(self) -> str:
        """A record, or a part of one, that breaks the rule; several are parted by lines of `---`."""
        return _page_of(self.text).bad

    @property
    def good(self) -> str:
        """The same put right."""
        return _page_of(self.text).good

    @property
    def family(self) -> str:
        """Letters of its code."""
        return self.code[:3]

    @property
    def is_unverified(self) -> bool:
        """Tell whether all it rests on is unverified."""
        return all(basis.confidence is Confidence.UNVERIFIED for basis in self.basis)


_SECTIONS = lazy_pattern(r"^(反例|正例)：\n", re.MULTILINE)


def rule(  # noqa: PLR0913  a rule states all of this about itself
    code: str,
    name: str,
    *,
    severity: Severity,
    nature: Nature,
    basis: tuple[Basis, ...],
    formula: str,
    otherwise: str,
    record_types: frozenset[str] = EVERY_FORM,
    since: str = "0.1.0",
    keeps_back: bool = False,
    reads: str = "",
) -> Callable[[Check], Rule]:
    """Make a rule over single records of a function; its docstring is the page of the rule.

    The docstring's first line is the fault, then follow why it matters, `反例：` and `正例：`, each with a record or
    the part of one that matters, indented. `reads` lists, parted by blanks, the kinds of cells without which the rule
    cannot say that nothing is wrong.
    """

    def make(check: Check) -> Rule:
        return Rule(
            code, name, check.__doc__ or "", severity, since, nature, basis, formula, otherwise, record_types,
            check=check, keeps_back=keeps_back, reads=frozenset(reads.split()),
        )  # fmt: skip

    return make


def cross_rule(  # noqa: PLR0913  as above
    code: str,
    name: str,
    *,
    group_by: GroupBy,
    severity: Severity,
    nature: Nature,
    basis: tuple[Basis, ...],
    formula: str,
    otherwise: str,
    record_types: frozenset[str] = EVERY_FORM,
    since: str = "0.1.0",
    reads: str = "",
    spans_units: bool = False,
) -> Callable[[CrossCheck], Rule]:
    """Make a rule over groups of records of a function; see `rule`."""

    def make(check: CrossCheck) -> Rule:
        return Rule(
            code, name, check.__doc__ or "", severity, since, nature, basis, formula, otherwise, record_types,
            cross_check=check, group_by=group_by, reads=frozenset(reads.split()), spans_units=spans_units,
        )  # fmt: skip

    return make


class _Page(Struct, frozen=True):
    """What a docstring says, part by part."""

    title: str
    why: str
    bad: str
    good: str


@cache
def _page_of(docstring: str) -> _Page:
    parts = _SECTIONS.split(inspect.cleandoc(docstring))
    title, _, why = parts[0].partition("\n")
    if len(parts) != 5 or parts[1] != "反例" or parts[3] != "正例":  # noqa: PLR2004  text, and two headings with theirs
        raise ValueError(f"the docstring needs 反例： and 正例：, in this order: {title}")
    return _Page(title.strip().rstrip("。"), why.strip(), _dedented(parts[2]), _dedented(parts[4]))


def _dedented(block: str) -> str:
    return inspect.cleandoc("\n" + block).strip("\n") + "\n"
