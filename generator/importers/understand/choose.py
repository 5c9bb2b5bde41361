"""Which layout a form has: by its title, and among layouts of one title by what it prints."""

from collections.abc import Mapping

from generator.importers.understand.collect import Collected
from generator.importers.understand.words import word_for
from generator.model.forms import FormDefinition, FormLibrary
from generator.text import folded
from generator.vocabulary import Place

NAMES = ("level1", "level2", "name", "level4")


def choose_layout(form: Collected, forms: FormLibrary, *, told: str = "") -> FormDefinition | None:
    """Return the definition that lays the form out, the general one where no other has just its blocks and columns.

    `told` is the layout that the document itself names; it counts where the title allows it.
    """
    named = forms.choose(form.title.text, told) if told else None
    if named is not None and (named.any_title or _fits(form, named)):
        return named
    fitting = [
        definition
        for definition in forms.definitions
        if form.title.text in definition.titles and not definition.any_title and _fits(form, definition)
    ]
    if fitting:
        return max(fitting, key=lambda definition: (closeness(form, definition), definition.default))
    own = [
        definition for definition in forms.definitions if form.title.text in definition.titles and definition.any_title
    ]
    return own[0] if own else next((definition for definition in forms.definitions if definition.any_title), None)


def _fits(form: Collected, definition: FormDefinition) -> bool:
    """Tell whether the form prints every block the layout requires, and just its columns."""
    columns = set(definition.indicator_columns) - set(NAMES)
    printed = {identifier for identifier in form.columns if not identifier.startswith("weight.")} - set(NAMES)
    if columns != printed:
        return False
    money = set(definition.funding_columns)
    has_money = set(form.money_columns) or ({"amount"} if form.money else set())
    if (money and not has_money) or not has_money <= money or (money - has_money and money != {"amount"}):
        return False
    weights = any(identifier.startswith("weight.") for identifier in form.columns)
    return weights == ("level1_weights" in definition.labels) and not missing_blocks(form, definition)


def missing_blocks(form: Collected, definition: FormDefinition) -> tuple[str, ...]:
    """Return the labels that the layout requires and the form does not print."""
    there = {*form.order, *form.blocks, *form.head, *form.prose, "form", "fiscal_year"}
    words = ((label, word_for(Place.RECORD, label)) for label in definition.required)
    return tuple(label for label, word in words if word is not None and word.identifier not in there)


def closeness(form: Collected, definition: FormDefinition) -> int:
    """Count what the form prints letter for letter as the layout does."""
    unit = form.unit.text if form.unit else ""
    words = [
        definition.funding_title.format(unit=unit),
        *definition.funding_columns.values(),
        *(row.printed for row in definition.funding_rows),
        *definition.indicator_columns.values(),
    ]
    printed = {_close(label) for label in form.labels} | {_close(row.value.text) for row in form.money}
    count = sum(1 for word in words if _close(word) in printed)
    has_grade = "grade" in form.head
    levels = {row.levels[0] for row in form.rows if row.levels}
    strange = levels - set(definition.indicator_levels)
    # Whether a grade is printed is a row of the form; the words of its titles are only its spelling.
    return 2 * count - 100 * (has_grade != ("grade" in definition.head)) - len(strange)


def _close(text: str) -> str:
    """Return a label without blanks; width counts, for layouts differ in it."""
    return "".join(text.split())


def kind_of(title: str, definition: FormDefinition | None) -> str:
    """Return what kind of record a form is: its layout's, or what its title says."""
    if definition is not None and not definition.any_title:
        return definition.record_type
    key = folded(title)
    words: Mapping[str, str] = {
        "整体": "DepartmentEvaluation",
        "自评": "SelfEvaluation",
        "申报": "TargetDeclaration",
        "目标表": "TargetDeclaration",
    }
    if any(word in key for word in ("监控", "复核", "报告", "基础数据", "明细")):
        return "Other"
    return next((kind for word, kind in words.items() if word in key), "Other")
