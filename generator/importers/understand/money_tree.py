"""The money block as it is authored."""

from collections.abc import Sequence

from generator.importers.draft import Branch, Certainty, Listing, Node
from generator.importers.understand.collect import Collected, MoneyRow, Value
from generator.importers.understand.money_unit import without_unit
from generator.importers.understand.tree import SEPARATOR, Entry, Tree, cell_entries, extra_entries, joined, node_of
from generator.importers.understand.words import authored_label
from generator.load.cells import UNREADABLE
from generator.load.funding import may_be_column
from generator.model.forms import FormDefinition
from generator.text import folded
from generator.vocabulary import Kind, Place, term_of


def money(tree: Tree) -> None:
    """Add the money block."""
    form = tree.form
    label = authored_label(Place.RECORD, "funding", form.blocks.get("funding", ""))
    unit = form.unit or Value("")
    entries: list[Entry] = [("单位", unit.text)]
    tree.note(joined(label, "单位"), "funding.unit", unit)
    _name_rows(form, tree.definition)
    anchors = _Anchors()
    groups: dict[str, list[Entry]] = {"": entries}
    for position, row in enumerate(form.money):
        if row.parent is not None:
            continue
        if row.group and row.group not in groups:
            groups[row.group] = []
            entries.append((row.group, Branch(())))
        branch = groups[row.group]
        name = _unique(form, row, [key for key, _ in branch])
        branch.append((name, _money_node(tree, position, joined(label, row.group, name), anchors)))
    whole = tuple(
        (key, _group_node(groups[key])) if key in groups and node == Branch(()) else (key, node)
        for key, node in entries
    )
    tree.add(label, Branch(whole))


def _group_node(rows: Sequence[Entry]) -> Node:
    """Return the rows of a group by their names, as a list where the reader would take a name for a column."""
    if all(isinstance(node, Branch) for _, node in rows):
        return Branch(tuple(rows))
    if not any(may_be_column(name) for name, _ in rows):
        return Branch(tuple(rows))
    label, amount = (term_of(Place.FUNDING_ROW, key).label for key in ("label", "amount"))
    return Listing(
        tuple(
            Branch(((label, name), *(node.entries if isinstance(node, Branch) else ((amount, node),))))
            for name, node in rows
        )
    )


class _Anchors:
    """Addresses of money rows; equal ones are told apart by their order."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def next(self, group: str, label: str) -> str:
        anchor = "-".join(("funding", *(part for part in (group, label) if part))).replace(" ", "")
        self._seen[anchor] = self._seen.get(anchor, 0) + 1
        return anchor if self._seen[anchor] == 1 else f"{anchor}-{self._seen[anchor]}"


def _unique(form: Collected, row: MoneyRow, taken: Sequence[str]) -> str:
    name, number = row.label, 2
    while name in taken:
        name, number = f"{row.label}（{number}）", number + 1
    if name != row.label:
        form.remark(f"“{row.label}”这一行印了不止一次，后面的写作“{name}”", row.value.place)
        row.value = row.value.doubted(Certainty.INFERRED, f"同名的行印了不止一次，写作“{name}”以便区分")
    return name


def _name_rows(form: Collected, definition: FormDefinition | None) -> None:
    """Call the rows as authors of this layout do: 其中: 当年财政拨款 is 当年财政拨款."""
    left = list(definition.funding_rows) if definition else []
    groups = {known.group for known in left if known.group}
    for row in form.money:
        key = folded(without_unit(row.value.text))
        match = next(
            (
                known
                for known in left
                if key in (folded(known.printed), folded(known.label)) and (not row.group or row.group == known.group)
            ),
            None,
        )
        if match is not None:
            left.remove(match)
            row.label, row.group = match.label, match.group
            continue
        group, colon, label = row.label.partition("：")
        if colon and group in groups and not row.group:
            row.label, row.group = label, group


def _money_node(tree: Tree, position: int, path: str, anchors: _Anchors) -> Node:
    row = tree.form.money[position]
    anchor = anchors.next(row.group, row.label)
    if row.group_value is not None:
        tree.note(path.rpartition(SEPARATOR)[0], f"{anchor}.group", row.group_value)
    printed = row.value.printed or (row.value.text if row.value.text != row.label else "")
    tree.note(path, f"{anchor}.label", row.value._replace(text=row.label, printed=printed))
    if not row.printed and not row.extra and set(row.cells) <= {"amount"} and not _parts(tree.form, position):
        amount = row.cells.get("amount", Value(""))
        tree.note(path, f"{anchor}.amount", amount)
        return node_of(amount, Kind.FIGURE)
    entries: list[Entry] = []
    if row.printed:
        entries.append(
            (term_of(Place.FUNDING_ROW, "printed_cells").label, Listing(tuple(value.text for value in row.printed)))
        )
        for number, value in enumerate(row.printed, 1):
            tree.note(joined(path, "印出数字", str(number)), f"{anchor}.printed.{number}", value)
    entries += cell_entries(
        tree, Place.FUNDING_ROW, row.cells, path, anchor, keep_blank=lambda key: key != "adjustment_reason"
    )
    if row.printed:
        entries.append((UNREADABLE, row.printed[0].why))
    entries += extra_entries(tree, row.extra, path, anchor)
    parts = _parts(tree.form, position)
    if parts:
        inner: list[Entry] = []
        for part in parts:
            name = _unique(tree.form, tree.form.money[part], [key for key, _ in inner])
            inner.append((name, _money_node(tree, part, joined(path, "其中", name), anchors)))
        entries.append(("其中", Branch(tuple(inner))))
    return Branch(tuple(entries))


def _parts(form: Collected, position: int) -> list[int]:
    return [number for number, row in enumerate(form.money) if row.parent == position]
