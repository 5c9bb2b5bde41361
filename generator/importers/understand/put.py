"""A value into its field: of the head, the texts, the total or the source."""

from generator.importers.draft import Certainty
from generator.importers.understand.collect import Collected, Value
from generator.importers.understand.sheet import Box
from generator.importers.understand.texts import as_markdown
from generator.importers.understand.words import Word
from generator.money import BLANK_MARKS, is_figure
from generator.vocabulary import TERMS, Kind, Place, term_of


def own_name(box: Box | None) -> str:
    """Return the field of the head that the document itself says a cell shows, empty where it says none."""
    names = [item.name.partition(".") for item in box.cell.fields] if box is not None else []
    known = [identifier for place, _, identifier in names if is_field(place, identifier) and place != "total"]
    return known[0] if len(known) == 1 and len(names) == 1 else ""


def is_field(place: str, identifier: str) -> bool:
    """Tell whether a name is that of a field which stands alone; a file of another make may name anything."""
    terms = TERMS[_PLACES[place]] if place in _PLACES else ()
    return any(
        term.identifier == identifier
        and (place != "head" or term.kind in (Kind.TEXT, Kind.DATE))
        and (place not in ("prose", "objective") or term.kind is Kind.PROSE)
        for term in terms
    )


_PLACES = {"head": Place.RECORD, "prose": Place.RECORD, "objective": Place.OBJECTIVE, "total": Place.TOTAL}


def label_of(identifier: str) -> str:
    """Return what the vocabulary calls a field of the head or of the objective."""
    place = Place.OBJECTIVE if identifier in ("expected", "achieved") else Place.RECORD
    return term_of(place, identifier).label


def put(form: Collected, word: Word, value: Value, *, long: Box | None = None, in_source: bool = False) -> bool:
    """Put a value in its field of the head, the texts, the total or the source; False where it is filled already."""
    identifier = word.identifier
    if word.certainty is Certainty.CERTAIN and value.certainty is Certainty.CERTAIN:
        value = value._replace(why="")
    if in_source:
        return _put_in(form.source, form, "source", identifier, value)
    if identifier == "total" and value.text and value.text not in BLANK_MARKS and not is_figure(value.text):
        return False
    if identifier == "total":
        return _put_in(form.total, form, "total", "score", value)
    if identifier in ("fiscal_year", "period"):
        if form.period is None and value.text:
            form.period = value
            return True
        return form.period is not None and form.period.text == value.text
    if identifier in ("expected", "achieved") or term_of(Place.RECORD, identifier).kind is Kind.PROSE:
        return put_prose(form, identifier, value, long.cell.text if long else value.text, source=long)
    return _put_in(form.head, form, identifier, identifier, value)


def _put_in(table: dict[str, Value], form: Collected, part: str, identifier: str, value: Value) -> bool:
    present = table.get(identifier)
    if present is not None and present.text:
        return not value.text
    form.seen(part)
    table[identifier] = value
    return True


def put_prose(form: Collected, identifier: str, value: Value, text: str, *, source: Box | None = None) -> bool:
    """Put a text in its field, as Markdown; what our own documents name as a text is Markdown already."""
    present = form.prose.get(identifier)
    if present is not None and present.text:
        return not text.strip()
    form.seen("objective" if identifier in ("expected", "achieved") else identifier)
    is_ours = source is not None and any(item.name.startswith(("prose.", "objective.")) for item in source.cell.fields)
    written = text.strip("\n") if is_ours else as_markdown(text)
    form.prose[identifier] = value._replace(text=written, printed=text if written != text else "")
    return True


def by_name(form: Collected, box: Box) -> bool:
    """Fill fields that the document itself names, where no label stands before the cell."""
    names = [item for item in box.cell.fields if is_field(*item.name.partition(".")[::2])]
    if not names:
        return False
    why = "没有认出标签，按文件自带的栏目名称填入"
    form.used[box.key] = "value"
    for item in names:
        place, _, identifier = item.name.partition(".")
        # What the cell prints counts, not what the file says it printed.
        text = item.text if len(names) > 1 and item.text in box.cell.text else box.text
        value = Value(text, box.cell.place, Certainty.INFERRED, why, box.cell.text, "", box.key)
        if place == "total":
            form.seen("total")
            form.total.setdefault(identifier, value)
        elif place == "head":
            form.seen(identifier)
            form.head.setdefault(identifier, value)
        else:
            put_prose(form, identifier, value, box.cell.text, source=box)
    return True
