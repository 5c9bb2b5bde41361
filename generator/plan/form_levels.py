"""The level columns of an indicator table: equal levels one below the other are one merged cell."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from generator.model.records import Cell


class LevelCell(Struct, frozen=True, gc=False):
    """A cell of a level column, merged over the rows below it."""

    text: str
    rowspan: int
    weight: Cell | None = None
    """The weight printed beside a level 1."""


def merged_levels(
    printed: Iterable[tuple[str, ...]], depth: int, weights: Mapping[str, Cell]
) -> list[tuple[LevelCell | None, ...]]:
    """Return the level cells of each row; a cell covers the rows below that agree with it up to its own level."""
    paths = [_fitted(path, depth) for path in printed]
    merged: list[tuple[LevelCell | None, ...]] = [()] * len(paths)
    covered = (None,) * depth
    # From below, so that the end of each cell is known where it begins: for each level, the row where the next begins.
    ends = [len(paths)] * depth
    for number in range(len(paths) - 1, -1, -1):
        path = paths[number]
        if number and path == paths[number - 1]:
            merged[number] = covered
            continue
        own = _first_difference(path, paths[number - 1]) if number else 0
        merged[number] = covered[:own] + tuple(
            [
                LevelCell(path[level], ends[level] - number, None if level else weights.get(path[0]))
                for level in range(own, depth)
            ]
        )
        ends[own:] = [number] * (depth - own)
    return merged


def _fitted(path: tuple[str, ...], depth: int) -> tuple[str, ...]:
    """Return the path with as many parts as the layout has level columns; the last one holds what is left over."""
    if len(path) == depth:
        return path
    if len(path) < depth or depth == 0:
        return path[:depth] + ("",) * (depth - len(path))
    return (*path[: depth - 1], " › ".join(path[depth - 1 :]))


def _first_difference(path: tuple[str, ...], other: tuple[str, ...]) -> int:
    return next(level for level, parts in enumerate(zip(path, other, strict=True)) if parts[0] != parts[1])
