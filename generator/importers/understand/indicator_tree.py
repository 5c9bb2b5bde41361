"""The indicators as they are authored: levels as keys where they can be, a flat list where they cannot."""

from collections.abc import Sequence

from generator.importers.draft import Branch, Listing, Node
from generator.importers.understand.collect import Row
from generator.importers.understand.tree import HORIZONS, Entry, Tree, cell_entries, extra_entries, joined
from generator.importers.understand.words import authored_label
from generator.vocabulary import Place, term_of

_KEPT_BLANK = ("target", "actual", "points", "score")


def indicators(tree: Tree, part: str) -> None:
    """Add the rows of one block of indicators."""
    horizon = HORIZONS[part]
    label = authored_label(Place.RECORD, part, tree.form.blocks.get(part, ""))
    rows = [row for row in tree.form.rows if row.horizon == horizon]
    tree.add(label, _nested(tree, label, rows) if _is_nested(rows) else _flat(tree, label, rows))


def _is_nested(rows: Sequence[Row]) -> bool:
    """Tell whether levels can be keys: no path ends where another goes on, and none comes back after others."""
    paths = [row.levels for row in rows if row.parent is None]
    runs = [path for number, path in enumerate(paths) if not number or paths[number - 1] != path]
    for length in range(1, 4):
        heads = [path[:length] for path in runs if len(path) >= length]
        distinct = [head for number, head in enumerate(heads) if not number or heads[number - 1] != head]
        if len(distinct) != len(set(distinct)):
            return False
    wholes = set(paths)
    return () not in wholes and all(path[:length] not in wholes for path in wholes for length in range(len(path)))


def _nested(tree: Tree, label: str, rows: Sequence[Row]) -> Node:
    root: dict[str, object] = {}
    for row in rows:
        if row.parent is not None:
            continue
        level: dict[str, object] = root
        for name in row.levels[:-1]:
            inner = level.setdefault(name, {})
            assert isinstance(inner, dict)  # noqa: S101
            level = inner
        items = level.setdefault(row.levels[-1], [])
        assert isinstance(items, list)  # noqa: S101
        path = joined(label, *row.levels)
        _note_levels(tree, row, label)
        if row.name.text or any(value.text for value in row.cells.values()) or row.extra:
            items.append(_row_node(tree, row, path, ()))
    return _frozen(root)


def _frozen(level: object) -> Node:
    if isinstance(level, dict):
        return Branch(tuple((name, _frozen(inner)) for name, inner in level.items()))
    assert isinstance(level, list)  # noqa: S101
    return Listing(tuple(level)) if level else ""


def _flat(tree: Tree, label: str, rows: Sequence[Row]) -> Node:
    items: list[Node] = []
    for row in rows:
        if row.parent is not None:
            continue
        if not (row.name.text or any(value.text for value in row.cells.values()) or row.extra):
            for value in row.own_levels.values():
                tree.form.remark(f"“{value.text}”下面没有填写指标，没有收录", value.place)
            _note_levels(tree, row, label)
            continue
        _note_levels(tree, row, label)
        levels: list[Entry] = [
            (term_of(Place.INDICATOR, f"level{n}").label, text) for n, text in enumerate(row.levels[:2], 1)
        ]
        if len(row.levels) > 2:  # noqa: PLR2004
            levels.append((term_of(Place.INDICATOR, "name").label, row.levels[2]))
        items.append(_row_node(tree, row, label, tuple(levels)))
    return Listing(tuple(items)) if items else ""


def _note_levels(tree: Tree, row: Row, label: str) -> None:
    for depth, value in sorted(row.own_levels.items()):
        tree.note(joined(label, *row.levels[: depth + 1]), f"{tree.anchors[id(row)]}.level{depth + 1}", value)


def _row_node(tree: Tree, row: Row, path: str, levels: tuple[Entry, ...]) -> Node:
    anchor = tree.anchors[id(row)]
    deepest = len(row.levels) > 2  # noqa: PLR2004
    key = "level4" if deepest else "name"
    label = authored_label(Place.INDICATOR, key, row.name.title)
    here = joined(path, row.name.text)
    tree.note(joined(here, label), f"{anchor}.name", row.name)
    entries: list[Entry] = [*levels, (label, row.name.text)]
    entries += cell_entries(tree, Place.INDICATOR, row.cells, here, anchor, keep_blank=_KEPT_BLANK.__contains__)
    entries += extra_entries(tree, row.extra, here, anchor)
    position = tree.form.rows.index(row)
    parts = [part for part in tree.form.rows if part.parent == position]
    if parts:
        entries.append(("其中", Listing(tuple(_row_node(tree, part, joined(here, "其中"), ()) for part in parts))))
    return Branch(tuple(entries))
