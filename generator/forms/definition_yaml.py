"""The text of a form definition as data: quickly where it is written in the usual layout, by PyYAML otherwise.

Loading PyYAML takes longer than reading all definitions, and ours do not need it.
"""

from typing import Any

from generator.load.plain_yaml import read_plain
from generator.load.tree import Node, Scalar, Sequence

_SWITCHES = {"true": True, "false": False}
_OTHER_WORDS = frozenset(("yes", "no", "on", "off", "true", "false", "null"))
_OTHER_SIGNS = frozenset("-+.0123456789~<=")
"""What a value may begin with that is no text to YAML, words aside."""


class DefinitionUnreadError(Exception):
    """A text is no YAML; says why."""


class _NotPlain(Exception):  # noqa: N818  no error: PyYAML knows
    """A value is perhaps no text."""


def read_definition(text: str) -> Any:  # noqa: ANN401  `definition_faults` tells whether it is what it should be
    """Return what a definition says; raises DefinitionUnreadError where it is no YAML."""
    tree = read_plain(text)
    try:
        return _general(text) if tree is None else _data(tree)
    except _NotPlain:
        return _general(text)


def _data(node: Node) -> object:
    if isinstance(node, Scalar):
        return _value(node.text) if node.plain else node.text
    if isinstance(node, Sequence):
        return [_data(item) for item in node.items]
    return {_data(key): _data(value) for key, value in node.entries}


def _value(text: str) -> str | bool:
    if text in _SWITCHES:
        return _SWITCHES[text]
    if not text or text[0] in _OTHER_SIGNS or text.lower() in _OTHER_WORDS:
        raise _NotPlain
    return text


def _general(text: str) -> object:
    import yaml  # noqa: PLC0415  see above

    # Ten times as fast where PyYAML was built with libyaml.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(text, Loader=loader)  # noqa: S506  either is a safe one
    # A value such as 2024-13-45 looks like a date to YAML and is refused as none.
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise DefinitionUnreadError(str(error)) from error
