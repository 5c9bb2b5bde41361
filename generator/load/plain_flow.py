"""The braces and brackets of one line that a record may have: `{分值: 100, 得分: "-"}` and `["0", "0"]`."""

from generator.load.plain_rows import QUOTED
from generator.load.tree import Mapping, Scalar, Sequence
from generator.origin import Span
from generator.patterns import lazy_pattern

_VALUE = r"(?:[^\s\-?:#,{}\[\]&*!|>'\"%@`]|-(?=[0-9]))[^\s:#,{}\[\]'\"`]*(?: [^\s:#,{}\[\]'\"`\-]+)*"
_KEY = r"(?![–—])(?!－)[^\s\-?:#,{}\[\]&*!|>'\"%@`=<][^\s:#,{}\[\]'\"`]*"
_ITEM = lazy_pattern(rf"(?:(?P<key>{_KEY}): )?(?:(?P<plain>{_VALUE})|(?P<quoted>{QUOTED}))(?P<end>, |[}}\]])")
# A number with thousands separators falls apart in braces, and marks of Chinese writing separate nothing there.
_GROUP = lazy_pattern(r"[0-9],\s?[0-9]{3}")
_MARKS = frozenset("，；：、｛｝［］“”‘’")


def read_flow(text: str, span: Span) -> Mapping | Sequence | None:
    """Return what stands in braces or brackets on one line, or None where it is not in the usual layout."""
    if not _MARKS.isdisjoint(text) or _GROUP.search(text):
        return None
    if text in {"{}", "[]"}:
        return Mapping((), span) if text == "{}" else Sequence((), span)
    is_mapping = text[0] == "{"
    end = "}" if is_mapping else "]"
    pairs: list[tuple[Scalar, Scalar]] = []
    items: list[Scalar] = []
    position = 1
    line, column = span
    while item := _ITEM.match(text, position):
        key, plain, quoted, closing = item.groups()
        if (key is None) is is_mapping:
            return None
        at = Span(line, column + item.start("quoted" if plain is None else "plain"))
        items.append(Scalar(quoted[1:-1] if plain is None else plain, at, plain is not None))
        if is_mapping:
            pairs.append((Scalar(key, Span(line, column + position)), items[-1]))
        position = item.end()
        if closing == ", ":
            continue
        if closing != end or position != len(text) or len({key.text for key, _ in pairs}) != len(pairs):
            return None
        return Mapping(tuple(pairs), span) if is_mapping else Sequence(tuple(items), span)
    return None
