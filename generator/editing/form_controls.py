"""A form to fill in: drawn by the record's own template, with a box in the place of every value.

The template prints marks, as it does for documents (`exchange.marked`), so a project's own template can be filled in
the same way as ours. What it has no place for comes back apart, to be listed below.
"""

import re
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from typing import NamedTuple

import jinja2
from markupsafe import Markup, escape

from generator.editing.draft import Draft
from generator.editing.fields import NamedView, is_field, is_figure, is_long, label_of, named_view
from generator.errors import JixiaoError
from generator.exchange.marked import Marks, Shown
from generator.model.forms import FormLibrary
from generator.model.records import Record
from generator.render.environment import template_fault

_NOT_DRAWN = ("script", "style")
_NAMELESS = re.compile(r"(?:i-|new-)[^.]*\.name")


class OtherField(NamedTuple):
    """A field that the layout has no place for."""

    label: str
    box: Markup


class FilledForm(NamedTuple):
    """A form to fill in."""

    html: Markup
    others: tuple[OtherField, ...]
    labels: Mapping[str, str]
    """What to call each field that has a box."""


def filled_form(
    draft: Draft, said: Mapping[str, Markup], forms: FormLibrary, environment: jinja2.Environment
) -> FilledForm:
    """Draw the form of a draft; `said` has what the check says, by field.

    Raises JixiaoError where the form's template is faulty.
    """
    record = draft.shown
    named = named_view(record, forms)
    name = f"forms/{record.layout}.html"
    try:
        html = environment.get_template(name).render(form=named.view, base="")
    except (jinja2.TemplateError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        raise JixiaoError(f"{record.path} 不能在这里修改：{template_fault(error, name)}") from error
    boxes = _Boxes(draft, record, named, said, forms)
    drawing = _Drawing(boxes)
    drawing.feed(html)
    drawing.close()
    others = tuple(_others(named.marks.fields, record, boxes))
    return FilledForm(Markup("".join(drawing.pieces)), others, boxes.labels)  # noqa: S704  the template's own, boxes escaped


def _others(fields: Iterable[Shown], record: Record, boxes: "_Boxes") -> Iterable[OtherField]:
    """Yield what the file has and the layout did not draw, blank keys too, but not what only a view makes up."""
    authored = _authored(record)
    for field in fields:
        if field.name not in boxes.labels and is_field(field.name, record) and (field.text or field.name in authored):
            box = boxes.draw(field)
            yield OtherField(boxes.labels[field.name], Markup(box))  # noqa: S704  escaped where it is made


def _authored(record: Record) -> set[str]:
    names = {f"head.{key}" for key in record.head} | {f"total.{key}" for key in record.total}
    names |= {f"source.{key}" for key in record.source} | {f"weight.{key}" for key in record.level1_weights}
    return names | {f"{row.anchor}.{key}" for row in record.indicators for key in row.cells}


class _Boxes:
    """Draws a box for each field, once."""

    def __init__(
        self, draft: Draft, record: Record, named: NamedView, said: Mapping[str, Markup], forms: FormLibrary
    ) -> None:
        self._draft = draft
        self._record = record
        self._said = said
        self._forms = forms
        self.marks: Marks = named.marks
        self.labels: dict[str, str] = {}

    def draw(self, field: Shown) -> str:
        """Return the HTML of a field."""
        name = field.name
        if not is_field(name, self._record):
            return str(escape(field.text))
        text = self._draft.value(name, field.text)
        if name in self.labels:
            return f'<span data-same="{escape(name)}">{escape(text)}</span>'
        label = self.labels[name] = label_of(field, self._record, self._forms)
        facts = (
            f'name="v.{escape(name)}" id="f-{escape(name)}" aria-label="{escape(label)}" aria-describedby="s-{escape(name)}"'
            ' autocomplete="off" spellcheck="false"'
        )
        # A box of one line drops the line breaks of what it holds.
        is_one_line = not {"\n", "\r"} & {*text, *field.text}
        if is_figure(name) and is_one_line:
            box = f'<input class="box figure" {facts} inputmode="decimal" value="{escape(text)}">'
        else:
            kind, rows = ("long", 5) if is_long(name) else ("words", 1 if is_one_line else 2)
            # The first line feed of a box is not part of its text.
            box = f'<textarea class="box {kind}" {facts} rows="{rows}">\n{escape(text)}</textarea>'
        said = f'<span class="said" id="s-{escape(name)}">{self._said.get(name, "")}</span>'
        return box + (self._row_tools(name) if _NAMELESS.fullmatch(name) else "") + said

    def _row_tools(self, name: str) -> str:
        key = name.removesuffix(".name")
        row = next(row for row in self._record.indicators if row.anchor == key)
        called = escape(row.name or (row.path[-1] if row.path else "空行"))
        add = f'<button name="act" value="add:{escape(key)}" aria-label="在“{called}”这一行下面增加一行" title="下面增加一行">＋</button>'
        if len(self._record.indicators) == 1:
            return f'<span class="row-tools">{add}</span>'
        remove = f'<button name="act" value="remove:{escape(key)}" aria-label="删去“{called}”这一行" title="删去这一行">－</button>'
        return f'<span class="row-tools">{add}{remove}</span>'


class _Drawing(HTMLParser):
    """Copies the HTML of a form, with boxes for marks; marks in attributes become text again."""

    def __init__(self, boxes: _Boxes) -> None:
        super().__init__(convert_charrefs=False)
        self.pieces: list[str] = []
        self._boxes = boxes
        self._skipped = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if self._skipped or tag in _NOT_DRAWN or (tag == "a" and "row-link" in classes):
            self._skipped = self._skipped or tag
            return
        self.pieces.append(self._boxes.marks.replaced(self.get_starttag_text() or "", _as_text))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag, attrs
        if not self._skipped:
            self.pieces.append(self._boxes.marks.replaced(self.get_starttag_text() or "", _as_text))

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            self._skipped = "" if tag == self._skipped else self._skipped
            return
        self.pieces.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.pieces.append(self._boxes.marks.replaced(data, self._boxes.draw))

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")


def _as_text(field: Shown) -> str:
    return str(escape(field.text))
