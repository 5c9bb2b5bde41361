"""Which records a command is about: ids, folders of ids, files, years, units."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from generator.errors import JixiaoError
from generator.model.catalog import Catalog
from generator.model.records import Record
from generator.text import nearest

_SUFFIXES = (".yaml", ".yml", ".md")


class Wanted(NamedTuple):
    """What was asked for; empty parts ask for nothing in particular."""

    words: tuple[str, ...] = ()
    """Ids such as 2024/xinzhuang/liangxin, or the start of some: 2024/xinzhuang, 2024."""
    year: str = ""
    unit: str = ""
    """Slug or registered name."""


class Selection(NamedTuple):
    """What there is of it."""

    records: tuple[Record, ...]
    """In the order of the site."""
    failed: tuple[str, ...]
    """Ids of files among them that cannot be read without error."""


def select(wanted: Wanted, catalog: Catalog, failed: Collection[str]) -> Selection:
    """Return the records that were asked for; `failed` are the ids of files that could not be read.

    Raises JixiaoError for an id, a year or a unit that nothing has, with the nearest there is.
    """
    known = [record.id for record in catalog.records] + sorted(failed)
    unit = _unit(wanted.unit, catalog, known)
    _check_year(wanted.year, known)
    words = tuple(_plain(word) for word in wanted.words)
    for given, word in zip(wanted.words, words, strict=True):
        if not any(_is_below(identifier, word) for identifier in known):
            raise JixiaoError(f"没有“{given}”这份表，也没有这个文件夹。{_nearest(word, known)}")
    chosen = {identifier for identifier in known if _is_chosen(identifier, words, wanted.year, unit)}
    if not chosen:
        raise JixiaoError("所选的条件合在一起没有一份表。请放宽年度、单位或路径。")
    return Selection(
        tuple(record for record in catalog.records if record.id in chosen),
        tuple(identifier for identifier in sorted(failed) if identifier in chosen),
    )


def _is_chosen(identifier: str, words: Sequence[str], year: str, unit: str) -> bool:
    parts = identifier.split("/")
    return (
        (not words or any(_is_below(identifier, word) for word in words))
        and year in ("", parts[0])
        and unit in ("", parts[1] if len(parts) > 1 else "")
    )


def _plain(word: str) -> str:
    plain = word.strip().replace("\\", "/").strip("/")
    return next((plain.removesuffix(suffix) for suffix in _SUFFIXES if plain.endswith(suffix)), plain)


def _is_below(identifier: str, word: str) -> bool:
    return identifier == word or identifier.startswith(f"{word}/") or word in ("", ".")


def _unit(given: str, catalog: Catalog, known: Iterable[str]) -> str:
    if not given:
        return ""
    slugs = sorted({identifier.split("/")[1] for identifier in known if "/" in identifier})
    names: Mapping[str, str] = {
        name: slug
        for slug in slugs
        if slug in catalog.registry.units
        for name in (catalog.registry.units[slug].name, *catalog.registry.units[slug].aliases)
    }
    slug = given if given in slugs else names.get(given, "")
    if not slug:
        near = nearest(given, (*slugs, *names))
        cure = f"是不是 {near}？" if near else f"有表的单位：{'、'.join(slugs)}。"
        raise JixiaoError(f"没有单位“{given}”的表。{cure}")
    return slug


def _check_year(given: str, known: Iterable[str]) -> None:
    years = sorted({identifier.split("/")[0] for identifier in known})
    if given and given not in years:
        raise JixiaoError(f"没有 {given} 年度的表。有表的年度：{'、'.join(years) or '无'}。")


def _nearest(word: str, known: Sequence[str]) -> str:
    folders = {"/".join(identifier.split("/")[:depth]) for identifier in known for depth in (1, 2)}
    near = nearest(word, [*sorted(folders), *known])
    # A record is often called by its last part alone.
    same = [identifier for identifier in known if identifier.rpartition("/")[2] == word.rpartition("/")[2]]
    found = same[0] if len(same) == 1 else near
    return f"是不是 {found}？" if found else "请写年度/单位/项目，例如 2024/xinzhuang/liangxin；全部导出请写 --all。"
