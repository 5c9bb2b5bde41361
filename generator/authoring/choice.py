"""Choose the form of a new record by what a user calls it."""

from generator.errors import JixiaoError
from generator.model.forms import FormDefinition, FormLibrary
from generator.text import folded, nearest


def choose_form(forms: FormLibrary, name: str, layout: str) -> tuple[FormDefinition, str]:
    """Return the definition for a title and a layout, with the title as it must be written.

    The title may be typed with other brackets or blanks; a layout's name alone, such as A1, will do too.
    Raises JixiaoError naming the nearest title where there is no such form.
    """
    title = next((known for known in forms.titles() if folded(known) == folded(name)), name)
    definition = forms.choose(title, layout)
    if definition is not None:
        return definition, title
    by_layout = next((known for known in forms.definitions if known.layout == name and not layout), None)
    if by_layout is not None:
        return by_layout, by_layout.titles[0]
    if layout and forms.choose(title, "") is not None:
        raise JixiaoError(f"“{title}”没有“{layout}”这种版式，可用的有 {'、'.join(forms.layouts(title))}。")
    near = nearest(name, forms.titles())
    general = next((known.layout for known in forms.definitions if known.any_title), "")
    raise JixiaoError(
        f"不认识表样“{name}”"
        + (f"，是不是“{near}”？" if near else "。")
        + "全部表样见 jixiao new --list。"
        + (f"没有专门版式的表，加上 --layout {general} 即可。" if general and not layout else "")
    )


def format_forms(forms: FormLibrary) -> str:
    """Return the list of all forms and layouts, for the terminal."""
    lines = []
    for definition in forms.definitions:
        default = "，默认" if definition.default and not definition.any_title else ""
        lines.append(f"版式 {definition.layout}{default}：{definition.description}")
        lines += [f"    {title}" for title in definition.titles]
        if definition.any_title:
            lines.append(f"    其他任何表：--form 原表标题 --layout {definition.layout}")
    return "\n".join(lines)
