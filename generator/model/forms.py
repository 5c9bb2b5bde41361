"""What a form definition says about an official layout; the template beside it draws the table."""

from collections.abc import Mapping

from msgspec import Struct

from generator.vocabulary import Place, term_of


class FundingLabel(Struct, frozen=True):
    """One row that the layout prints in its money block."""

    label: str
    """As authored and as known across layouts, such as 当年财政拨款."""
    printed: str
    """As this layout prints it, such as 其中: 当年财政拨款."""
    group: str = ""
    """The authored group the row stands in, where the layout has groups."""


class FormDefinition(Struct, frozen=True):
    """One official layout."""

    identifier: str
    """Name of the definition's and the template's file without ending."""
    layout: str
    """What an author writes under 版式, such as A1."""
    titles: tuple[str, ...]
    """Titles it is chosen by, the official one first."""
    record_type: str
    """SelfEvaluation, DepartmentEvaluation, TargetDeclaration or Other."""
    schema: str
    """Name of the JSON Schema its records are completed by."""
    description: str
    default: bool = False
    """Whether it is taken for its titles where the author names no layout."""
    any_title: bool = False
    """Whether it lays out a form of any title."""
    period: str = ""
    """How the year is printed under the title; {year} stands for the year."""
    required: tuple[str, ...] = ()
    """Authored labels that a record of this form must have."""
    head: tuple[str, ...] = ()
    """Identifiers of the fields of the head that the layout shows."""
    prose: tuple[str, ...] = ()
    """Identifiers of the texts that the layout shows."""
    funding_title: str = ""
    """Label of the money block; {unit} stands for the unit of money."""
    funding_columns: Mapping[str, str] = {}
    """Printed titles of the money columns by identifier, in order."""
    funding_rows: tuple[FundingLabel, ...] = ()
    fixed_funding: bool = False
    """Whether the layout prints just these rows and has no place for others."""
    indicator_columns: Mapping[str, str] = {}
    """Printed titles of the indicator columns by identifier, in order; level1, level2 and name among them."""
    indicator_levels: Mapping[str, tuple[str, ...]] = {}
    """Usual level 2 labels by level 1 label, for skeletons and completion."""
    total_label: str = "总分"
    labels: Mapping[str, str] = {}
    """Printed labels of single fields by identifier, where they differ from the vocabulary's."""

    @property
    def depth(self) -> int:
        """How many level columns stand before the indicator's name."""
        return sum(1 for identifier in self.indicator_columns if identifier.startswith("level"))

    def label(self, identifier: str) -> str:
        """Return what this layout prints for a field of the head or a text."""
        if identifier in self.labels:
            return self.labels[identifier]
        place = Place.OBJECTIVE if identifier in ("expected", "achieved") else Place.RECORD
        return term_of(place, identifier).label


class FormLibrary(Struct, frozen=True):
    """All form definitions, the user's own before the packaged ones."""

    definitions: tuple[FormDefinition, ...]

    def by_identifier(self, identifier: str) -> FormDefinition:
        """Return the definition with this identifier; KeyError where there is none."""
        for definition in self.definitions:
            if definition.identifier == identifier:
                return definition
        raise KeyError(identifier)

    def choose(self, title: str, layout: str) -> FormDefinition | None:
        """Return the definition for a title and an optional layout, or None where none fits."""
        # A layout made for the title comes before the one that takes any, whatever their order.
        named = sorted(
            (definition for definition in self.definitions if title in definition.titles),
            key=lambda definition: definition.any_title,
        )
        if layout:
            return next(
                (
                    definition
                    for definition in self.definitions
                    if definition.layout == layout and (definition.any_title or definition in named)
                ),
                None,
            )
        return next((definition for definition in named if definition.default), named[0] if named else None)

    def titles(self) -> tuple[str, ...]:
        """Return every title that chooses a definition, in order."""
        return tuple(dict.fromkeys(title for definition in self.definitions for title in definition.titles))

    def layouts(self, title: str) -> tuple[str, ...]:
        """Return the layouts a form of this title can have, its own before those for any title."""
        fitting = [form for form in self.definitions if form.any_title or title in form.titles]
        return tuple(form.layout for form in sorted(fitting, key=lambda form: form.any_title))
