"""The Jinja environment of the pages' bodies: autoescape everywhere, no undefined name passes, no arithmetic needed."""

import traceback
from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_DOWN, Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from generator.model.records import Cell
from generator.money import EXACT, decimal_of
from generator.plan.figures import format_amount, format_change, format_decimal, format_percent, format_wan, format_yuan
from generator.plan.form_view import IndicatorBlock
from generator.render.printing import Environment, shown
from generator.render.prose import render_page, render_prose
from generator.render.theme_assets import AssetPaths


def make_environment(
    template_dirs: Sequence[Path], *, bytecode_cache: jinja2.BytecodeCache | None = None
) -> jinja2.Environment:
    """Make the environment; a template of an earlier folder replaces one of the same name in a later one.

    `bytecode_cache` keeps compiled templates. Jinja tells them apart by their source and its own format alone, so the
    cache must not outlive a change of Jinja or of `render.printing`.
    """
    environment = Environment(
        loader=jinja2.FileSystemLoader([str(folder) for folder in template_dirs]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=shown,
        keep_trailing_newline=False,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=bytecode_cache,
    )
    environment.filters.update(_FILTERS, drawn=_drawing(environment))
    environment.globals["asset"] = AssetPaths(template_dirs)
    return environment


def _drawing(environment: jinja2.Environment) -> Callable[[object, str, str], Markup]:
    """Return the filter that draws a value by a partial, once for all pages on which it is the same."""

    @lru_cache(maxsize=1024)
    def drawn(value: object, template: str, base: str) -> Markup:
        return Markup(environment.get_template(template).render(value=value, base=base))  # noqa: S704  escaped there

    return drawn


def template_fault(error: Exception, name: str) -> str:
    """Return in Chinese what is wrong with a template and where; `name` is the one that was asked for."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return f"模板 {error.filename or error.name} 第 {error.lineno} 行写法有误：{error.message}"
    if isinstance(error, jinja2.TemplateNotFound):
        return f"要用的模板 {error.name} 不存在"
    if isinstance(error, UnicodeDecodeError):
        return f"模板 {name} 不是 UTF-8 编码"
    # Jinja puts the template's own lines into the traceback; the innermost is where it went wrong.
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
    where = f"模板 {frames[-1].filename} 第 {frames[-1].lineno} 行" if frames else f"模板 {name}"
    what = "用了没有的名称" if isinstance(error, jinja2.UndefinedError | KeyError) else "出错"
    return f"{where}{what}：{error}"


def side_by_side(cells: Iterable[Cell]) -> str:
    """Join figures whose columns cannot be told."""
    return "　".join(cell.text for cell in cells)


def line_count(blocks: Iterable[IndicatorBlock]) -> int:
    """Count the rows that all blocks take: their indicators, and a heading for each block that has one."""
    return sum(len(block.lines) + bool(block.title) for block in blocks)


def with_span(title: str, span: int) -> tuple[str, int]:
    """Pair a column's title with how many columns it covers."""
    return title, span


def with_spans(titles: Iterable[str]) -> list[tuple[str, int]]:
    """Pair the titles of columns with how many columns each covers: one."""
    return [(title, 1) for title in titles]


@lru_cache(maxsize=4096)
def level_path(levels: tuple[str, ...]) -> str:
    """Return the levels above an indicator in one line."""
    return " › ".join(levels)


def sort_value(value: Cell | Decimal | None) -> str:
    """Return what a table column sorts by; nothing sorts last."""
    if isinstance(value, Cell):
        return _sort_value_of(value.text)
    return "" if value is None else format(value, "f")


@lru_cache(maxsize=16_384)
def _sort_value_of(text: str) -> str:
    return sort_value(decimal_of(text))


def short_decimal(number: Decimal) -> str:
    """Return a number with at most four places, marked where that cuts it: 99.6831…"""
    cut = number.quantize(Decimal("0.0001"), rounding=ROUND_DOWN, context=EXACT)
    return format(number, "f") if cut == number else f"{cut}…"


def with_breaks(text: str) -> Markup:
    """Allow long addresses and paths to break after a slash."""
    return Markup("/<wbr>").join(escape(part) for part in text.split("/"))


_FILTERS: dict[str, Callable[..., Any]] = {
    "amount": format_amount,
    "breakable": with_breaks,
    "change": format_change,
    "decimal": format_decimal,
    "level_path": level_path,
    "line_count": line_count,
    "page_prose": render_page,
    "percent": format_percent,
    "prose": render_prose,
    "side_by_side": side_by_side,
    "short_decimal": short_decimal,
    "sort_value": sort_value,
    "wan": format_wan,
    # Forms of other sites may still ask for each column by itself.
    "with_span": with_span,
    "with_spans": with_spans,
    "yuan": format_yuan,
}
