"""A sentence as a template prints it: words, and words that lead somewhere."""

from msgspec import Struct


class Part(Struct, frozen=True):
    """Words of a sentence."""

    text: str
    url: str = ""
    """Where they lead, empty for words that lead nowhere."""


Sentence = tuple[Part, ...]


def sentence(*words: str | Part) -> Sentence:
    """Put a sentence together; words without a link that stand side by side become one part."""
    parts: list[Part] = []
    for word in words:
        part = word if isinstance(word, Part) else Part(word)
        if parts and not part.url and not parts[-1].url:
            parts[-1] = Part(parts[-1].text + part.text)
        elif part.text:
            parts.append(part)
    return tuple(parts)
