"""From what was collected to a record as it is authored, with a path and a field name for each value."""

from collections.abc import Callable, Iterator, Mapping

from generator.importers.draft import Branch, Filled, Listing, Node, Paragraphs
from generator.importers.understand.collect import Collected, FreeTable, Value
from generator.importers.understand.levels import give_anchors, settle_levels
from generator.importers.understand.sheet import Key
from generator.importers.understand.words import authored_label
from generator.load.cells import AS_PRINTED, UNREADABLE, is_date
from generator.model.forms import FormDefinition
from generator.money import BLANK_MARKS, is_figure
from generator.vocabulary import Kind, Place, term_of

Entry = tuple[str, Node]
SEPARATOR = " › "
HORIZONS = {"indicators": "annual", "long_term_indicators": "long_term"}
"""Which rows stand in which block of indicators."""
_PRINTED_UNREADABLE = "原表印作“无法辨认”"


def joined(*parts: str) -> str:
    """Return a path in the form's own words."""
    return SEPARATOR.join(part for part in parts if part)


def node_of(value: Value, kind: Kind) -> Node:
    """Return a cell as it is authored: words in place of a figure are said to be words."""
    if value.text == UNREADABLE:
        return Branch(((UNREADABLE, _PRINTED_UNREADABLE),))
    is_word = (kind is Kind.FIGURE and not is_figure(value.text)) or (
        kind is Kind.DATE and value.text not in BLANK_MARKS and not is_date(value.text)
    )
    return Branch(((AS_PRINTED, value.text),)) if is_word and value.text else value.text


class Tree:
    """Builds the record part by part, and notes each value it puts there."""

    def __init__(self, form: Collected, definition: FormDefinition | None) -> None:
        self.form = form
        self.definition = definition
        self.filled: list[Filled] = []
        self.noted: set[Key | None] = set()
        """Cells that a value of the draft was taken from."""
        self.entries: list[Entry] = []
        settle_levels(form)
        self.anchors = give_anchors(form)

    def note(self, path: str, field: str, value: Value) -> None:
        """Note a value; a blank one where its cell may say something all the same."""
        if value.text or value.note:
            self.noted.add(value.key)
            self.filled.append(Filled(path, field, value.text, value.place, value.certainty, value.why, value.printed))

    def add(self, label: str, node: Node) -> None:
        """Add a part of the record."""
        self.entries.append((label, node))

    def head(self, identifier: str, value: Value) -> None:
        """Add a field of the head."""
        label = authored_label(Place.RECORD, identifier, value.title)
        self.add(label, node_of(value, term_of(Place.RECORD, identifier).kind))
        self.note(label, f"head.{identifier}", value)

    def prose(self, identifier: str, value: Value) -> None:
        """Add a text of its own."""
        label = authored_label(Place.RECORD, identifier, value.title)
        self.add(label, Paragraphs(value.text) if value.text else "")
        self.note(label, f"prose.{identifier}", value)

    def objective(self) -> None:
        """Add what was planned and what was reached."""
        label = authored_label(Place.RECORD, "objective", self.form.blocks.get("objective", ""))
        parts = {key: self.form.prose[key] for key in ("expected", "achieved") if key in self.form.prose}
        if not parts:
            return
        entries: list[Entry] = []
        for identifier, value in parts.items():
            own = authored_label(Place.OBJECTIVE, identifier, value.title)
            entries.append((own, Paragraphs(value.text) if value.text else ""))
            self.note(joined(label, own), f"objective.{identifier}", value)
        self.add(label, Branch(tuple(entries)))

    def total(self) -> None:
        """Add the totals."""
        entries: list[Entry] = []
        for identifier in ("points", "score", "review_score"):
            value = self.form.total.get(identifier)
            if value is not None:
                label = authored_label(Place.TOTAL, identifier, value.title)
                entries.append((label, node_of(value, Kind.FIGURE)))
                self.note(joined("总分", label), f"total.{identifier}", value)
        self.add("总分", Branch(tuple(entries)) if entries else "")

    def weights(self) -> None:
        """Add the weights printed beside the levels."""
        entries = [(label, node_of(value, Kind.FIGURE)) for label, value in self.form.weights.items()]
        for label, value in self.form.weights.items():
            self.note(joined("一级权重", label), f"weight.{label}", value)
        self.add("一级权重", Branch(tuple(entries)))

    def rest(self) -> None:
        """Add what no word stands for, the tables and the source."""
        if self.form.extra:
            self.add("其他信息", Branch(tuple((label, value.text) for label, value in self.form.extra.items())))
            for label, value in self.form.extra.items():
                self.note(joined("其他信息", label), f"head_extra.{label}", value)
        if self.form.tables:
            self.add("附表", Listing(tuple(self._table(n, table) for n, table in enumerate(self.form.tables, 1))))
        source = dict(self.form.source)
        if self.form.collection is not None and self.form.collection.text:
            source = {"collection": self.form.collection, **source}
        if source:
            entries = []
            for identifier, value in source.items():
                label = term_of(Place.SOURCE, identifier).label
                entries.append((label, node_of(value, term_of(Place.SOURCE, identifier).kind)))
                self.note(joined("来源", label), f"source.{identifier}", value)
            self.add("来源", Branch(tuple(entries)))

    def _table(self, number: int, table: FreeTable) -> Node:
        title = table.title or f"附表{number}"
        for line, row in enumerate(table.rows, 1):
            for column, value in enumerate(row, 1):
                self.note(
                    joined("附表", title, f"第 {line} 行", f"第 {column} 栏"), f"table.{number}.{line}.{column}", value
                )
        rows = tuple(Listing(tuple(value.text for value in row)) for row in table.rows)
        return Branch((("标题", title), ("表头", Listing(tuple(table.columns))), ("行", Listing(rows))))


def cell_entries(
    tree: Tree, place: Place, cells: Mapping[str, Value], path: str, anchor: str, *, keep_blank: Callable[[str], bool]
) -> Iterator[Entry]:
    """Yield the cells of a row; a blank one where the column is one that records write even so."""
    for identifier, value in cells.items():
        label = authored_label(place, identifier, value.title)
        if value.text or value.note or keep_blank(identifier):
            yield label, node_of(value, term_of(place, identifier).kind)
            tree.note(joined(path, label), f"{anchor}.{identifier}", value)


def extra_entries(tree: Tree, extra: Mapping[str, Value], path: str, anchor: str) -> Iterator[Entry]:
    """Yield the columns of a row that no word stands for."""
    if extra:
        yield "其他栏目", Branch(tuple((title, value.text) for title, value in extra.items()))
        for title, value in extra.items():
            tree.note(joined(path, "其他栏目", title), f"{anchor}.{title}", value)
