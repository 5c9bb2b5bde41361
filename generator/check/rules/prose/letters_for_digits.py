"""PRO003: letters among the digits of a number."""

from collections.abc import Iterator
from itertools import repeat

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.check.wording.whole_text import VALUE_COLUMNS, holds_any, printed_values
from generator.finding import Severity
from generator.patterns import lazy_pattern
from generator.text import half_width

# Behind the number only a percent sign, a bracket, Chinese words or nothing: 2B and 5l may be units, O2O is a word.
_NUMBER = lazy_pattern(r"\s*[≥≤><=]*\s*(?P<number>[0-9OolIM.,]*[0-9][0-9OolIM.,]*)(?=\s*(?:$|%|\(|[\u4e00-\u9fff]))")
# The later number of a range or of a date.
_LATER = lazy_pattern(r"(?<=[年~至-])\s*(?P<number>[0-9OolI.]*[0-9][0-9OolI.]*)(?=%|月)")
_LETTER = lazy_pattern(r"[OolI](?=[\d.OolI%]|$)|(?<=[\d.])[OolI]|M(?=\.\d)")
_LETTERS = "OolIMＯｏｌＩＭ"
_DIGIT = {"O": "0", "o": "0", "l": "1", "I": "1"}


@rule(
    "PRO003",
    "letters-for-digits",
    reads="indicator.actual indicator.adjusted_target indicator.initial_target indicator.target",
    severity=Severity.WARNING,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="数字里没有字母 O、l、I、M",
    otherwise="没有目标值和完成值",
)
def letters_for_digits(subject: Subject) -> Iterator[Verdict]:
    """数字里混进了字母，例如“1O0%”“l5次”“M.8”。

    从图片认字时，0 和 O、1 和 l、14 和 M 常常分不清；看上去像数字，机器却读不出来。

    反例：
        绩效指标:
          产出指标:
            质量指标:
              - {三级指标: 活动达标率, 年度指标值: =1O0%, 实际完成值: 100%}
    正例：
        绩效指标:
          产出指标:
            质量指标:
              - {三级指标: 活动达标率, 年度指标值: =100%, 实际完成值: 100%}
    """
    texts = printed_values(subject)
    if not holds_any("\n".join(texts), _LETTERS):
        yield from repeat(PASSED, len(texts))
        return
    for row in subject.rows:
        for identifier in VALUE_COLUMNS:
            text = row.cell(identifier).text
            if not text:
                continue
            number = _mixed_number(half_width(text)) if holds_any(text, _LETTERS) else ""
            if not number:
                yield PASSED
                continue
            meant = "".join(_DIGIT.get(character, character) for character in number)
            yield failed(
                row.spot(identifier),
                f"“{row.name}”的“{text.strip()}”里，数字中混有字母",
                found=text,
                expected=f"只有数字{f'，例如 {meant}' if 'M' not in number else ''}",
                hint="对照原件，把字母 O、l、I、M 改回原件上的数字",
            )


def _mixed_number(words: str) -> str:
    """Return the first number with letters among its digits, or nothing."""
    first = _NUMBER.match(words)
    numbers = (*((first["number"],) if first else ()), *(match["number"] for match in _LATER.finditer(words)))
    return next((number for number in numbers if _is_mixed(number)), "")


def _is_mixed(number: str) -> bool:
    """Tell whether letters stand among digits, and not more of them than digits."""
    letters = [character for character in number if character.isalpha()]
    if not letters or not _LETTER.search(number):
        return False
    if number[-1:] in ("l", "M"):  # litres and megabytes
        return False
    return len(letters) <= sum(character.isdigit() for character in number)
