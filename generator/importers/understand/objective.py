"""The objective: what was planned beside what was reached, below titles, behind labels, or one text."""

from collections.abc import Sequence

from generator.forms.grid import CellKind
from generator.importers.draft import Certainty
from generator.importers.understand.collect import Collected
from generator.importers.understand.pairs import objective_word
from generator.importers.understand.put import put_prose
from generator.importers.understand.sheet import Box
from generator.importers.understand.words import Word, block_word, head_word

_FEWEST = 2
_Open = tuple[int, int, Word, str]


class Objective:
    """The titles that the next row of texts stands below."""

    def __init__(self) -> None:
        self.titles: list[_Open] = []
        self.done = False
        self.broken = False
        """Whether a new table has begun since the last row."""

    def starts(self, boxes: Sequence[Box]) -> bool:
        """Tell whether a row begins an objective that no block label announces."""
        texts = [box for box in boxes if box.text]
        words = [self._word(box) for box in texts]
        found = {word.identifier for word in words if word}
        return (bool(found & {"expected", "achieved"}) and all(words) and len(found) >= _FEWEST) or (
            bool(words) and words[0] is not None and words[0].identifier in ("expected", "achieved") and len(boxes) >= _FEWEST
            and head_word(texts[0].text) is None and block_word(texts[0].text) in ("", "objective")
        )  # fmt: skip

    def row(self, form: Collected, boxes: Sequence[Box]) -> bool:
        """Read a row of the block; tell whether it belonged to it."""
        texts = [box for box in boxes if box.text]
        words = {box.key: word for box in texts if (word := self._word(box))}
        if len(words) == len(texts) and (len(texts) >= _FEWEST or len(boxes) == 1):
            if self.done and not self.titles:
                return False
            self.titles = [(box.left, box.right, words[box.key], box.text) for box in texts]
            for box in texts:
                form.label(box, "objective")
            self.done = False
            return True
        if self.titles and not words:
            # Below the texts nothing belongs to them any more, but for the rest of a text on the next page.
            goes_on = not self.done or self.broken
            self.broken = False
            return goes_on and self._below(form, texts)
        if words:
            self.titles = []
            return self._beside(form, boxes, words)
        if len(texts) == 1 and not self.done and head_word(texts[0].text) is None:
            self.done = True
            value = form.value(texts[0], Certainty.LIKELY, "整格文字是目标", form.blocks.get("objective", ""))
            if not put_prose(form, "expected", value, texts[0].cell.text, source=texts[0]):
                del form.used[texts[0].key]
                form.keep(texts[0], "目标前面已经填入")
            return True
        return False

    def _word(self, box: Box) -> Word | None:
        return objective_word(box.text) if box.cell.kind is not CellKind.VALUE else None

    def _below(self, form: Collected, texts: Sequence[Box]) -> bool:
        placed = [(box, [title for title in self.titles if box.over(title[0], title[1])]) for box in texts]
        if any(len(titles) != 1 for _, titles in placed):
            return False
        if self.done and (
            head_word(texts[0].text) is not None or not all(title[2].identifier in form.prose for _, (title,) in placed)
        ):
            return False
        for box, ((_, _, word, label),) in placed:
            value = form.value(box, word.certainty, "", label)
            if put_prose(form, word.identifier, value, box.cell.text, source=box):
                continue
            if self.done:
                present = form.prose[word.identifier]
                text = f"{present.printed or present.text}\n{box.cell.text}"
                form.prose[word.identifier] = present._replace(text="")
                put_prose(form, word.identifier, present.doubted(Certainty.LIKELY, "由两页上的两格接成一段文字"), text)
                form.used[box.key] = "joined"
            else:
                del form.used[box.key]
                form.keep(box, f"“{label}”前面已经填入")
        self.done = True
        return True

    def _is_planned(self, form: Collected, words: dict[tuple[int, int, int], Word]) -> bool:
        return (
            not self.done
            and "expected" not in form.prose
            and {word.identifier for word in words.values()} == {"achieved"}
        )

    def _beside(self, form: Collected, boxes: Sequence[Box], words: dict[tuple[int, int, int], Word]) -> bool:
        position = 0
        while position < len(boxes):
            box = boxes[position]
            position += 1
            word = words.get(box.key)
            if word is None and position == 1 and self._is_planned(form, words):
                # The name of the block is the label: 年度总体目标, its text, 实际完成情况, its text.
                value = form.value(box, Certainty.LIKELY, "印在目标的栏目名称右边", form.blocks.get("objective", ""))
                put_prose(form, "expected", value, box.cell.text, source=box)
                continue
            if word is None:
                form.keep(box, "目标一栏里没有标签的文字")
                continue
            form.label(box, "objective")
            following = boxes[position] if position < len(boxes) else None
            if following is None or following.key in words:
                continue
            position += 1
            value = form.value(following, word.certainty, "", box.text)
            if not put_prose(form, word.identifier, value, following.cell.text, source=following):
                del form.used[following.key]
                form.keep(following, f"“{box.text}”前面已经填入")
        self.done = True
        return True
