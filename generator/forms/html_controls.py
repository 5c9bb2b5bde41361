"""What the fields to fill in of an HTML page hold: what was typed or chosen, as the page was saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field

TAKEN = "有填写框，取了框里保存的内容"
NOT_TAKEN = "有填写框，框里的内容没有读取"
CHOICE = "有勾选框，以☑、☐表示"

_CHOICES = ("checkbox", "radio")
_WITHOUT_TEXT = ("password", "file", "image", "submit", "button", "reset")


def input_text(attributes: Mapping[str, str]) -> tuple[str, str]:
    """Return what an input shows, and what to say of it."""
    kind = attributes.get("type", "text").strip().lower()
    if kind in _CHOICES:
        return ("☑" if "checked" in attributes else "☐"), CHOICE
    if kind in _WITHOUT_TEXT:
        return "", NOT_TAKEN
    return attributes.get("value", ""), TAKEN


@dataclass
class OpenSelect:
    """A list to choose from while it is being read."""

    takes_several: bool
    options: list[tuple[bool, list[str]]] = field(default_factory=list)
    """For each whether it is chosen, and its text."""

    def begin_option(self, attributes: Mapping[str, str]) -> None:
        """Begin an option."""
        self.options.append(("selected" in attributes, []))

    def add(self, text: str) -> None:
        """Take text."""
        if self.options:
            self.options[-1][1].append(text)

    def text(self) -> str:
        """Return what is chosen: of several chosen where one may be, the last; the first where none is."""
        texts = [("".join(pieces).strip(), chosen) for chosen, pieces in self.options]
        chosen = [text for text, is_chosen in texts if is_chosen]
        if self.takes_several:
            return "、".join(chosen)
        return (chosen[-1:] or [text for text, _ in texts[:1]] or [""])[0]
