"""What a target or an actual value can be: one small type per class."""

from decimal import Decimal
from typing import ClassVar

from msgspec import Struct

from generator.model.values.terms import (
    ANY_TIME,
    MAGNITUDES,
    PLAIN,
    Comparator,
    Cycle,
    Data,
    Degree,
    Layout,
    Limit,
    Moment,
    Part,
    plain,
    present,
    term,
)


class Quantity(Struct, frozen=True):
    """A number, possibly a bound, with its unit: `≥80.00(元/人)`."""

    kind: ClassVar[str] = "quantity"
    comparator: Comparator | None
    """None where none is printed, which means equal."""
    number: Decimal
    """The number before the magnitude."""
    number_text: str
    """The number as printed, with its separators."""
    magnitude: str = ""
    """万, 亿 and the like, or empty."""
    unit: str = ""
    """The unit as printed, without brackets, or empty."""
    normalised_unit: str = ""
    """The unit in half width, without blanks, in its usual spelling."""
    layout: Layout = PLAIN
    """How it was printed, so that it can be printed again."""

    @property
    def amount(self) -> Decimal:
        """Return the number times its magnitude: 1万 is 10000."""
        return self.number * MAGNITUDES[self.magnitude] if self.magnitude else self.number

    @property
    def text(self) -> str:
        """Return the quantity exactly as printed."""
        layout = self.layout
        magnitude = self.magnitude + layout.magnitude_gap
        outer, inner = ("", magnitude) if layout.magnitude_in_brackets else (magnitude, "")
        before = f"{layout.lead}{layout.symbol}{layout.symbol_gap}{self.number_text}{layout.number_gap}"
        return f"{before}{outer}{layout.opening}{inner}{self.unit}{layout.closing}{layout.suffix}"

    def to_data(self) -> Data:
        """Return plain data."""
        return present(
            kind=self.kind,
            comparator=term(self.comparator),
            number=plain(self.number),
            magnitude=self.magnitude,
            unit=self.normalised_unit,
        )


class Range(Struct, frozen=True):
    """Two numbers of one unit with everything between: `85%-100%`."""

    kind: ClassVar[str] = "range"
    text: str
    lower: Decimal
    upper: Decimal
    magnitude: str = ""
    """Holds for both numbers."""
    unit: str = ""
    """Normalised, holds for both numbers."""
    lower_included: bool | None = None
    """What (含) or (不含) behind the number says; None where nothing is said."""
    upper_included: bool | None = None

    @property
    def amounts(self) -> tuple[Decimal, Decimal]:
        """Return both numbers times their magnitude."""
        factor = MAGNITUDES[self.magnitude] if self.magnitude else Decimal(1)
        return self.lower * factor, self.upper * factor

    def to_data(self) -> Data:
        """Return plain data."""
        data = present(
            kind=self.kind,
            lower=plain(self.lower),
            upper=plain(self.upper),
            magnitude=self.magnitude,
            unit=self.unit,
        )
        if self.lower_included is not None:
            data["lower_included"] = self.lower_included
        if self.upper_included is not None:
            data["upper_included"] = self.upper_included
        return data


class Deadline(Struct, frozen=True):
    """A date of any precision: `2024年12月前完成`, `5月`, `第一季度（…）`."""

    kind: ClassVar[str] = "deadline"
    text: str
    moment: Moment = ANY_TIME
    half: int | None = None
    """1 for 上半年, 2 for 下半年."""
    quarter: int | None = None
    part: Part | None = None
    limit: Limit | None = None
    detail: str = ""
    """What stands in brackets behind it."""

    def to_data(self) -> Data:
        """Return plain data."""
        return present(
            kind=self.kind,
            **self.moment.to_data(),
            half=term(self.half),
            quarter=term(self.quarter),
            part=term(self.part),
            limit=term(self.limit),
            detail=self.detail,
        )


class Period(Struct, frozen=True):
    """A span of time: `全年`, `1-6月`, `2024年`."""

    kind: ClassVar[str] = "period"
    text: str
    first: Moment
    last: Moment
    detail: str = ""
    """What stands in brackets behind it."""

    def to_data(self) -> Data:
        """Return plain data."""
        data = present(kind=self.kind, detail=self.detail)
        return data | {"first": self.first.to_data(), "last": self.last.to_data()}


class Frequency(Struct, frozen=True):
    """A number per cycle: `平均每月不少于3次`."""

    kind: ClassVar[str] = "frequency"
    text: str
    comparator: Comparator | None
    number: Decimal
    unit: str
    cycle: Cycle
    every: int = 1
    """How many cycles go together: 2 in 每两年一次."""
    average: bool = False

    def to_data(self) -> Data:
        """Return plain data."""
        return present(
            kind=self.kind,
            comparator=term(self.comparator),
            number=plain(self.number),
            unit=self.unit,
            cycle=self.cycle.value,
            every="" if self.every == 1 else str(self.every),
            average=self.average,
        )


class CountedList(Struct, frozen=True):
    """A count and what is counted: `2项(白领服务项目、社团运维)`."""

    kind: ClassVar[str] = "counted_list"
    text: str
    comparator: Comparator | None
    number: Decimal
    unit: str
    items: tuple[str, ...]
    """As the commas part them; 及 and 和 inside an item are left alone."""

    def to_data(self) -> Data:
        """Return plain data."""
        data = present(kind=self.kind, comparator=term(self.comparator), number=plain(self.number), unit=self.unit)
        return data | {"items": list(self.items)}


class Words(Struct, frozen=True):
    """A qualitative value: `及时`, `及时、规范`."""

    kind: ClassVar[str] = "words"
    text: str
    words: tuple[str, ...]
    marked: bool = False
    """Whether the operator 定性 stands before it."""

    def to_data(self) -> Data:
        """Return plain data."""
        return present(kind=self.kind, words=list(self.words), marked=self.marked)


class Achievement(Struct, frozen=True):
    """A general word on how far the target was reached: `达成指标`."""

    kind: ClassVar[str] = "achievement"
    text: str
    degree: Degree

    def to_data(self) -> Data:
        """Return plain data."""
        return {"kind": self.kind, "degree": self.degree.value}


class BudgetBound(Struct, frozen=True):
    """A phrase that takes the budget as the ceiling: `控制在预算内`."""

    kind: ClassVar[str] = "budget_bound"
    text: str

    def to_data(self) -> Data:
        """Return plain data."""
        return {"kind": self.kind}


class Blank(Struct, frozen=True):
    """Nothing, or a mark that forms print instead of a value."""

    kind: ClassVar[str] = "blank"
    text: str
    mark: str = ""
    """One of empty, `-`, `—`, `/`."""

    def to_data(self) -> Data:
        """Return plain data."""
        return present(kind=self.kind, mark=self.mark)


class FreeText(Struct, frozen=True):
    """Any other text; numbers in it are not read."""

    kind: ClassVar[str] = "free_text"
    text: str

    def to_data(self) -> Data:
        """Return plain data."""
        return {"kind": self.kind, "text": self.text}


Value = (
    Quantity
    | Range
    | Deadline
    | Period
    | Frequency
    | CountedList
    | Words
    | Achievement
    | BudgetBound
    | Blank
    | FreeText
)
