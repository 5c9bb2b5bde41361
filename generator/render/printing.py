"""What a template's `{{ }}` prints of a value, and how templates are compiled so that printing costs little."""

from collections.abc import Callable, Iterable
from typing import Any

import jinja2
import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from generator.model.records import Cell
from generator.plan.correction_rows import CorrectedCell

# What `escape` does to a text, without the object it makes of the result: a third of a page's time. MarkupSafe keeps the
# function to itself, so where it is missing `escape` takes its place.
_escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)


def printed(value: Any) -> str:  # noqa: ANN401  Jinja gives whatever a template prints
    """Return the HTML of what a template prints: a cell shows its print, or says that it cannot be read."""
    # A page prints a thousand values; most are texts and cells.
    kind = type(value)
    if kind is str:
        return _escaped(value)
    if kind is Cell:
        return _unreadable(value) if value.unreadable else _escaped(value.text)
    if kind is int:
        return str(value)
    if kind is CorrectedCell:
        return _corrected(value)
    return "" if value is None else escape(value)


def shown(value: Any) -> Any:  # noqa: ANN401  as above
    """Turn a value that Jinja itself escapes into what is printed of it."""
    if type(value) is Cell:
        return _unreadable(value) if value.unreadable else value.text
    if type(value) is CorrectedCell:
        return _corrected(value)
    return "" if value is None else value


def _unreadable(cell: Cell) -> Markup:
    return Markup('<span class="unreadable" title="{}">无法辨认</span>').format(cell.unreadable)


def _corrected(cell: CorrectedCell) -> Markup:
    """Return what a cell printed before, struck through, what it prints now, and the way to the notices."""
    former = Markup("").join(
        Markup('<del class="former"><span class="visually-hidden">更正前：</span>{}</del> ').format(one.text or "空白")
        for one in cell.former
    )
    now = _unreadable(cell) if cell.unreadable else escape(cell.text)
    marks = Markup("").join(
        # As the marks of findings it has no text of its own, for the table's text stays the form's.
        Markup('<a class="correction-mark" href="{}" data-number="{}" aria-label="更正第 {} 条"></a>').format(
            one.url, one.number, one.number
        )
        for one in cell.former
    )
    return former + now + marks


class _Code(CodeGenerator):
    """Compiles a template so that it prints each expression by one call and collects what it prints in a list.

    Jinja's own code makes three calls and two objects of each expression, and hands every piece of text singly through
    all the templates that include each other.
    """

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("printed, escaped = environment.printed, environment.escaped")

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        # A template that extends another prints nothing itself; its blocks are made as Jinja makes them.
        collects = frame.rootlevel and not frame.require_output_check
        if collects:
            self.buffer(frame)
        super().blockvisit(nodes, frame)
        if collects:
            self.writeline(f"yield concat({frame.buffer})")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            # As `printed` has it, without a call for what is printed most.
            self.write("(escaped(value) if type(value := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_post(node, frame, finalize)
        else:
            self.write(") is str else printed(value))")


class Environment(jinja2.Environment):
    """Jinja's environment with `printed` for every expression."""

    code_generator_class = _Code
    printed = staticmethod(printed)
    escaped = staticmethod(_escaped)
