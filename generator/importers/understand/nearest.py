"""What keeps a form that is laid out in general from the standard layout it is nearest to."""

from collections.abc import Iterable

from generator.importers.understand.choose import NAMES, closeness, missing_blocks
from generator.importers.understand.collect import Collected
from generator.model.forms import FormDefinition, FormLibrary
from generator.text import folded
from generator.vocabulary import Place, term_of

_MOST = 4
"""Differences of a form that is still near a layout."""


def settle_general(form: Collected, chosen: FormDefinition | None, forms: FormLibrary) -> None:
    """Tell which standard layout a form in the general one comes nearest to, and take its names of funds."""
    if (chosen is not None and not chosen.any_title) or not (form.columns or form.money):
        return
    own = form.title.text
    if chosen is not None and own in chosen.titles:
        return
    near = [
        (len(told), -closeness(form, definition), number, definition, told)
        for number, definition in enumerate(forms.definitions)
        if not definition.any_title and len(told := tuple(_differences(form, definition))) <= _MOST
    ]
    if near:
        *_, definition, told = min(near)
        _name_funds(form, definition)
        form.remark(
            f"按通用版式理解；最接近的是“{definition.titles[0]}”（版式 {definition.layout}），不同之处：{'；'.join(told)}"
        )


def _differences(form: Collected, definition: FormDefinition) -> Iterable[str]:
    if form.title.text not in definition.titles:
        yield f"标题是“{form.title.text}”" if form.title.text else "没有标题"
    for label in missing_blocks(form, definition):
        yield f"没有“{label}”"
    yield from _columns("指标栏", Place.INDICATOR, form.columns, definition.indicator_columns)
    if form.money_columns and definition.funding_columns:
        yield from _columns("资金栏", Place.FUNDING_ROW, form.money_columns, definition.funding_columns)


def _columns(where: str, place: Place, printed: Iterable[str], standard: Iterable[str]) -> Iterable[str]:
    ours = [key for key in printed if key not in NAMES and not key.startswith("weight.")]
    theirs = [key for key in standard if key not in NAMES]
    for key in theirs:
        if key not in ours:
            yield f"{where}没有“{term_of(place, key).label}”"
    for key in ours:
        if key not in theirs:
            yield f"{where}多出“{_label(place, key)}”"


def _label(place: Place, key: str) -> str:
    try:
        return term_of(place, key).label
    except KeyError:
        return key


def _name_funds(form: Collected, definition: FormDefinition) -> None:
    """Call the parts of the total as the layout does: 其中：当年财政拨款 is 当年财政拨款."""
    names = {_plain(row.printed): row.label for row in definition.funding_rows if not row.group}
    for money in form.money:
        if folded(money.label).startswith("其中"):
            money.label = names.get(_plain(money.label), money.label)


def _plain(label: str) -> str:
    return folded(label).removeprefix("其中").lstrip(":")
