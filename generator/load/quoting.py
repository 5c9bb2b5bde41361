"""Write a text as the value of a YAML key: the other way of reading."""

from generator.load.reading import is_blank
from generator.load.tree import Mapping, Scalar
from generator.load.yaml_tree import parse_tree


def yaml_text(text: str) -> str:
    """Return a text as the value of a YAML key: plain where the reader takes it so, quoted where it would not."""
    tree = parse_tree(f"值: {text}\n", "")
    if not tree.findings and isinstance(tree.node, Mapping):
        value = tree.node.entries[0][1]
        if isinstance(value, Scalar) and value.plain and value.text == text and not is_blank(value):
            return text
    return "'" + text.replace("'", "''") + "'"
