"""What a rule is: one function, and all that its page says of it."""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from generator.check.outcome import Verdict
from generator.check.subject import EVERY_FORM, Subject
from generator.finding import Severity


class Confidence(StrEnum):
    """How sure the basis of a rule is."""

    VERIFIED = "verified"
    """Read in its own text, or certain from the form itself."""
    UNVERIFIED = "unverified"
    """Known at second hand, or a convention; never to be presented as law."""


class Basis(NamedTuple):
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


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule."""

    code: str
    name: str
    """The fault's name in English."""
    title: str
    """The fault in one Chinese sentence."""
    why: str
    """Why it matters, and how it is judged; Markdown."""
    bad: str
    """A record, or a part of one, that breaks the rule; several are parted by lines of `---`."""
    good: str
    """The same put right."""
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
    keeps_back: bool = False
    """Whether a record that breaks it is not published unless the author waives it."""
    reads: frozenset[str] = frozenset()
    """Kinds of cells, as `Subject.unreadable` names them, without which it cannot say that nothing is wrong."""

    @property
    def family(self) -> str:
        """Letters of its code."""
        return self.code[:3]

    @property
    def is_unverified(self) -> bool:
        """Tell whether all it rests on is unverified."""
        return all(basis.confidence is Confidence.UNVERIFIED for basis in self.basis)


_SECTIONS = re.compile(r"^(反例|正例)：\n", re.MULTILINE)


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
        title, why, bad, good = _read_docstring(check)
        return Rule(
            code, name, title, why, bad, good, severity, since, nature, basis, formula, otherwise, record_types,
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
) -> Callable[[CrossCheck], Rule]:
    """Make a rule over groups of records of a function; see `rule`."""

    def make(check: CrossCheck) -> Rule:
        title, why, bad, good = _read_docstring(check)
        return Rule(
            code, name, title, why, bad, good, severity, since, nature, basis, formula, otherwise, record_types,
            cross_check=check, group_by=group_by, reads=frozenset(reads.split()),
        )  # fmt: skip

    return make


def _read_docstring(function: Callable[..., object]) -> tuple[str, str, str, str]:
    text = inspect.getdoc(function) or ""
    parts = _SECTIONS.split(text)
    if len(parts) != 5 or parts[1] != "反例" or parts[3] != "正例":  # noqa: PLR2004  text, and two headings with theirs
        raise ValueError(f"{function.__module__}: the docstring needs 反例： and 正例：, in this order")
    title, _, why = parts[0].partition("\n")
    return title.strip().rstrip("。"), why.strip(), _dedented(parts[2]), _dedented(parts[4])


def _dedented(block: str) -> str:
    return inspect.cleandoc("\n" + block).strip("\n") + "\n"
