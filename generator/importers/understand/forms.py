"""A document's forms, each as the draft of a record."""

from collections.abc import Sequence

from generator.importers.document import Document
from generator.importers.draft import Branch, Certainty, Draft, Leftover
from generator.importers.understand.choose import choose_layout, kind_of
from generator.importers.understand.collect import Collected, Value, doubt_of_cell
from generator.importers.understand.indicator_tree import indicators
from generator.importers.understand.money_tree import money
from generator.importers.understand.money_unit import settle_unit
from generator.importers.understand.nearest import settle_general
from generator.importers.understand.outside import read_texts
from generator.importers.understand.pairs import year_in
from generator.importers.understand.repair import repair
from generator.importers.understand.sheet import Key
from generator.importers.understand.shifts import doubt_shifted
from generator.importers.understand.split import Form, split
from generator.importers.understand.tree import HORIZONS, Tree
from generator.importers.understand.walk import Walk
from generator.importers.understand.words import authored_label
from generator.model.forms import FormDefinition, FormLibrary
from generator.vocabulary import Place

_RECORDS, _LAYOUTS, _APART = "jixiao.records", "jixiao.layout", ";"


def understand(document: Document, forms: FormLibrary) -> tuple[Draft, ...]:
    """Return the drafts of all forms that a document holds, in reading order; none where it holds no form."""
    sources = split(document, forms)
    records, layouts = (_told(document, name, len(sources)) for name in (_RECORDS, _LAYOUTS))
    drafts = [
        draft
        for source, record, layout in zip(sources, records, layouts, strict=True)
        if (draft := _draft(source, forms, record, layout)) is not None
    ]
    return tuple(drafts)


def _told(document: Document, name: str, count: int) -> Sequence[str]:
    """Return what a property says of each form; nothing where it does not say it for just as many."""
    told = [part.strip() for part in document.properties.get(name, "").split(_APART) if part.strip()]
    return told if len(told) == count else [""] * count


def _draft(source: Form, forms: FormLibrary, record: str, layout: str) -> Draft | None:
    walk = Walk(source)
    for number, piece in enumerate(source.pieces):
        walk.piece(number, piece)
    form = walk.finish()
    lines = read_texts(form, source.texts)
    if not form.title.text and set(form.order) <= {"tables", "extra"}:
        return None
    if form.unit is not None and not form.money and "单位" in form.unit.printed:
        lines.append(Leftover(form.unit.printed, form.unit.place, "表里没有资金，金额单位没有地方填"))
    repair(form)
    doubt_shifted(form)
    settle_unit(form)
    definition = choose_layout(form, forms, told=layout)
    settle_general(form, definition, forms)
    year = _year(form, record)
    tree = Tree(form, definition)
    _identity(tree, definition, year)
    _parts(tree)
    return Draft(
        title=form.title.text,
        layout=definition.layout if definition else "",
        schema=definition.schema if definition else "general",
        kind=kind_of(form.title.text, definition),
        fiscal_year=int(year.text or 0),
        period=form.period.text if form.period else "",
        project=_text(form, "project_name"),
        unit=_text(form, "implementing_unit") or _text(form, "evaluated_department") or _text(form, "reporting_unit"),
        department=_text(form, "competent_department"),
        record=Branch(tuple(tree.entries)),
        filled=tuple(tree.filled),
        leftover=(*form.left, *_forgotten(form, source, tree.noted), *lines),
        remarks=tuple(form.remarks),
        record_id=record,
        columns=tuple(form.titles),
    )


def _text(form: Collected, identifier: str) -> str:
    return form.head[identifier].text if identifier in form.head else ""


def _forgotten(form: Collected, source: Form, noted: set[Key | None]) -> list[Leftover]:
    """Return the cells with text, or doubtful blanks, that are in no value of the draft, whatever the reason."""
    taken = {key for key, what in form.used.items() if what != "value"} | noted
    return [
        Leftover(box.cell.text or "（空白）", box.cell.place, doubt or "没有认出这一格是哪一栏")
        for piece in source.pieces
        for line in piece.lines
        for box in line.new
        if (doubt := "" if box.text else doubt_of_cell(box.cell.note)) or box.text
        if box.key not in taken
    ]


def _year(form: Collected, record: str) -> Value:
    """Return the fiscal year: from the period, or else from what else the document says."""
    if form.period is not None and year_in(form.period.text):
        period = form.period
        return period._replace(text=str(year_in(period.text)), printed=period.text)
    if form.period is None or not form.period.text:
        for source, what in (
            (form.title, "标题"), (form.collection, "汇编标题"), (form.head.get("planned_end"), "计划完成日期"),
            (form.prose.get("expected"), "预期目标"), (form.prose.get("achieved"), "实际完成情况"),
        ):  # fmt: skip
            if (
                source is not None
                and year_in(source.text)
                and f"{year_in(source.text)}年" in "".join(source.text.split())
            ):
                why = f"没有单独印出年度，从{what}中取出"
                return Value(str(year_in(source.text)), source.place, Certainty.INFERRED, why, source.text)
    if year_in(record.partition("/")[0]):
        return Value(record[:4], "", Certainty.LIKELY, "表上没有印出年度，从文件自带的记录编号取出")
    form.remark("没有找到年度，请补上")
    return Value("")


def _identity(tree: Tree, definition: FormDefinition | None, year: Value) -> None:
    form = tree.form
    tree.add("表样", form.title.text)
    tree.note("表样", "title", form.title)
    if not form.title.text:
        form.remark("没有找到标题，请补上“表样”")
    if definition is not None:
        tree.add("版式", definition.layout)
    tree.add("年度", year.text)
    tree.note("年度", "fiscal_year", year)
    if form.period is not None and form.period.text:
        label = authored_label(Place.RECORD, "period", form.period.title)
        tree.add(label, form.period.text)
        tree.note(label, "period", form.period)


def _parts(tree: Tree) -> None:
    """Add the parts of the record in the order of the form."""
    form = tree.form
    order = [part for part in form.order if part not in ("level1_weights", "total", "extra", "tables", "source")]
    for part in order:
        if part in form.head:
            tree.head(part, form.head[part])
        elif part in form.prose:
            tree.prose(part, form.prose[part])
        elif part == "objective":
            tree.objective()
        elif part == "funding" and form.money:
            money(tree)
        elif part in HORIZONS and any(row.horizon == HORIZONS[part] for row in form.rows):
            indicators(tree, part)
    if form.weights:
        tree.weights()
    if form.total:
        tree.total()
    tree.rest()
