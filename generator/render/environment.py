"""The Jinja environment of the pages' bodies: autoescape everywhere, no undefined name passes, no arithmetic needed."""

import traceback
from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_DOWN, Decimal
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from generator.model.records import Cell
from generator.money import EXACT
from generator.plan.figures import format_amount, format_change, format_decimal, format_percent, format_wan, format_yuan
from generator.plan.form_view import IndicatorBlock
from generator.render.prose import render_page, render_prose


def make_environment(template_dirs: Sequence[Path]) -> jinja2.Environment:
    """Make the environment; a template of an earlier folder replaces one of the same name in a later one."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([str(folder) for folder in template_dirs]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=show,
        keep_trailing_newline=False,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(_FILTERS)
    return environment


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


def show(value: Any) -> Any:  # noqa: ANN401  Jinja gives whatever a template prints
    """Turn what a template prints into text: a cell shows its print, or says that it cannot be read."""
    if type(value) is Cell:
        return _unreadable(value) if value.unreadable else value.text
    return "" if value is None else value


def _unreadable(cell: Cell) -> Markup:
    return Markup('<span class="unreadable" title="{}">无法辨认</span>').format(cell.unreadable)


def side_by_side(cells: Iterable[Cell]) -> str:
    """Join figures whose columns cannot be told."""
    return "　".join(cell.text for cell in cells)


def line_count(blocks: Iterable[IndicatorBlock]) -> int:
    """Count the rows that all blocks take: their indicators, and a heading for each block that has one."""
    return sum(len(block.lines) + bool(block.title) for block in blocks)


def with_span(title: str, span: int) -> tuple[str, int]:
    """Pair a column's title with how many columns it covers."""
    return title, span


def sort_value(number: Decimal | None) -> str:
    """Return what a table column sorts by; nothing sorts last."""
    return "" if number is None else format(number, "f")


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
    "line_count": line_count,
    "page_prose": render_page,
    "percent": format_percent,
    "prose": render_prose,
    "side_by_side": side_by_side,
    "short_decimal": short_decimal,
    "sort_value": sort_value,
    "wan": format_wan,
    "with_span": with_span,
    "yuan": format_yuan,
}
