"""What a rule pack decides: thresholds, weights, grades, methods of scoring, and which rules are on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from generator.check.levels import Level1
from generator.finding import Severity


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


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Numbers by convention; percentages unless said."""

    budget_change: Decimal = Decimal(10)
    """Change from initial to adjusted budget above which a reason is expected."""
    low_execution: Decimal = Decimal(90)
    """Execution rate below which a reason is expected."""
    over_fulfilment: Decimal = Decimal(30)
    """How far above its target a result asks for an explanation."""
    largest_indicator: Decimal = Decimal(20)
    """Points of 100 that one indicator should not exceed."""
    qualitative_share: Decimal = Decimal(50)
    """Share of points that qualitative indicators should not exceed."""
    wide_margin: Decimal = Decimal(50)
    """How far most results lie above their targets before the targets look weak."""
    similar_text: Decimal = Decimal(90)
    """Likeness from which two texts count as copied."""
    smallest_amount: Decimal = Decimal(10_000)
    """Yuan below which the total of a project looks as if its unit were wrong."""
    largest_amount: Decimal = Decimal(1_000_000_000)
    """Yuan above which it does."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A usual distribution of points over level 1, execution left out."""

    title: str
    points: Mapping[Level1, Decimal]


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and the lowest score, included, that earns it."""

    word: str
    lowest: Decimal
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bands:
    """Shares of the points, in percent, from which a qualitative result counts as reached or partly reached."""

    met: Decimal = Decimal(80)
    partly: Decimal = Decimal(60)


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """What a pack says of one rule."""

    enabled: bool = True
    severity: Severity | None = None
    """None leaves the rule's own."""


def _profiles() -> tuple[Profile, ...]:
    def profile(title: str, *points: tuple[Level1, int]) -> Profile:
        return Profile(title, {level: Decimal(number) for level, number in points})

    return (
        profile("产出50 效益30 满意度10", (Level1.OUTPUT, 50), (Level1.BENEFIT, 30), (Level1.SATISFACTION, 10)),
        profile(
            "成本20 产出40 效益20 满意度10",
            (Level1.COST, 20),
            (Level1.OUTPUT, 40),
            (Level1.BENEFIT, 20),
            (Level1.SATISFACTION, 10),
        ),
    )


@dataclass(frozen=True, slots=True)
class Pack:
    """One set of decisions, as it holds for one record."""

    identifier: str = "national"
    title: str = "全国通行口径"
    total_points: Decimal = Decimal(100)
    execution_points: Decimal | None = Decimal(10)
    """Points of budget execution; None where they are free."""
    profiles: tuple[Profile, ...] = field(default_factory=_profiles)
    grades: tuple[Grade, ...] = (
        Grade("优", Decimal(90), ("优秀",)),
        Grade("良", Decimal(80), ("良好",)),
        Grade("中", Decimal(60), ("合格", "一般")),
        Grade("差", Decimal(0), ("不合格", "较差")),
    )
    """Best first."""
    bands: Bands = Bands()
    excess: Excess = Excess.UNDECIDED
    execution_method: ExecutionMethod = ExecutionMethod.PROPORTION
    thresholds: Thresholds = Thresholds()
    rules: Mapping[str, RuleSetting] = field(default_factory=dict)
    """By code, where the pack differs from the rule itself."""

    def is_on(self, code: str) -> bool:
        """Tell whether a rule is asked at all."""
        return code not in self.rules or self.rules[code].enabled

    def severity_of(self, code: str, own: Severity) -> Severity:
        """Return how much a rule's finding weighs."""
        setting = self.rules.get(code)
        return setting.severity if setting and setting.severity else own


def national() -> Pack:
    """Return the default pack."""
    return Pack()
