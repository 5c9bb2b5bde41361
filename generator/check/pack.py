"""What a rule pack decides: thresholds, weights, grades, methods of scoring, and which rules are on.

No number stands here: the packaged `packs/national.yaml` has them all, other packs what they decide otherwise.
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cache

from msgspec import Struct, field

from generator.check.levels import Level1
from generator.finding import Severity

NATIONAL = "national"
"""Name of the pack that every other rests on."""


class Excess(StrEnum):
    """How a target with a ceiling (≤, <) scores when it is exceeded; no national text is known to settle it."""

    UNDECIDED = "undecided"
    """Not computed; only that it cannot score full."""
    TARGET_OVER_ACTUAL = "target_over_actual"
    """Points times target over actual."""
    BY_EXCESS = "by_excess"
    """Points times one minus the excess over the target, zero from twice the target."""


class ExecutionMethod(StrEnum):
    """How the execution rate scores."""

    PROPORTION = "proportion"
    UNDECIDED = "undecided"
    """By bands of its own, which are not computed."""


class Thresholds(Struct, frozen=True):
    """Numbers by convention; percentages unless said.

    Each is called in pack files as its field says; a new one needs its line in `packs/national.yaml`.
    """

    budget_change: Decimal = field(name="预算调整")
    """Change from initial to adjusted budget above which a reason is expected."""
    low_execution: Decimal = field(name="执行率偏低")
    """Execution rate below which a reason is expected."""
    over_fulfilment: Decimal = field(name="超额完成")
    """How far above its target a result asks for an explanation."""
    largest_indicator: Decimal = field(name="单项指标分值")
    """Points of 100 that one indicator should not exceed."""
    qualitative_share: Decimal = field(name="定性分值占比")
    """Share of points that qualitative indicators should not exceed."""
    wide_margin: Decimal = field(name="普遍超额")
    """How far most results lie above their targets before the targets look weak."""
    fewest_rows: Decimal = field(name="看出规律的行数")
    """Rows from which on what they have in common means anything."""
    exact_rows: Decimal = field(name="恰好完成的行数")
    """Rows, all exactly on target, from which on it is asked whether results were measured."""
    full_rows: Decimal = field(name="全部满分的行数")
    """Rows, all with full marks, from which on it is asked whether the scores are honest."""
    similar_text: Decimal = field(name="文字相似")
    """Likeness from which two texts count as copied."""
    copied_length: Decimal = field(name="照抄字数")
    """Characters from which an equal text counts as copied, not as what everybody writes."""
    fewest_indicators: Decimal = field(name="最少指标")
    """How many indicators a form should have at least."""
    smallest_amount: Decimal = field(name="最小金额")
    """Yuan below which the total of a project looks as if its unit were wrong."""
    largest_amount: Decimal = field(name="最大金额")
    """Yuan above which it does."""


class Profile(Struct, frozen=True):
    """A usual distribution of points over level 1, execution left out."""

    title: str
    points: Mapping[Level1, Decimal]


class Grade(Struct, frozen=True):
    """A grade and the lowest score, included, that earns it."""

    word: str
    lowest: Decimal
    synonyms: tuple[str, ...]


class Bands(Struct, frozen=True):
    """Shares of the points, in percent, from which a qualitative result counts as reached or partly reached."""

    met: Decimal
    partly: Decimal


class RuleSetting(Struct, frozen=True):
    """What a pack says of one rule."""

    enabled: bool = True
    severity: Severity | None = None
    """None leaves the rule's own."""


# Told apart by identity, so that what it decides can be remembered for it: each is composed once.
class Pack(Struct, frozen=True, eq=False):
    """One set of decisions, as it holds for one record."""

    identifier: str
    """Names of the packs it is made of, the later overriding: `national` or `national+hubei`."""
    title: str
    total_points: Decimal
    execution_points: Decimal | None
    """Points of budget execution; None where they are free."""
    profiles: tuple[Profile, ...]
    """Empty where points are free."""
    grades: tuple[Grade, ...]
    """Best first."""
    bands: Bands
    excess: Excess
    execution_method: ExecutionMethod
    thresholds: Thresholds
    rules: Mapping[str, RuleSetting]
    """By code, where the pack differs from the rule itself."""

    def is_on(self, code: str) -> bool:
        """Tell whether a rule is asked at all."""
        return code not in self.rules or self.rules[code].enabled

    def switched_off(self) -> frozenset[str]:
        """Return the codes of the rules that are not asked."""
        return frozenset(code for code, setting in self.rules.items() if not setting.enabled)

    def severity_of(self, code: str, own: Severity) -> Severity:
        """Return how much a rule's finding weighs."""
        setting = self.rules.get(code)
        return setting.severity if setting and setting.severity else own


@cache
def national() -> Pack:
    """Return the default pack, as packaged."""
    # The loader builds on the types above.
    from generator.check.packs.pack_library import compose, packaged_packs  # noqa: PLC0415

    return compose((packaged_packs().files[NATIONAL],))
