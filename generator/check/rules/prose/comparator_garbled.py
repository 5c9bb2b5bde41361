"""PRO002: a comparator turned into another sign by conversion."""

from collections.abc import Iterator
from itertools import repeat

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.check.wording.whole_text import VALUE_COLUMNS, holds_any, printed_values
from generator.finding import Severity
from generator.patterns import lazy_pattern

_GARBLED = lazy_pattern(
    r"\s*(?P<sign>\$2?|工|\^|二|£|€|∑|艺)(?P<rest>\s*\d[\d,.]*\s*[%％]?\s*[(（]?[^\d\s]{0,8}[)）]?\s*)"
)
_SIGNS = "$工^二£€∑艺"


@rule(
    "PRO002",
    "comparator-garbled",
    reads="indicator.actual indicator.adjusted_target indicator.initial_target indicator.target",
    severity=Severity.WARNING,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="数字前面是比较符号，不是“$”“^”“工”“二”一类的字符",
    otherwise="没有目标值和完成值",
)
def comparator_garbled(subject: Subject) -> Iterator[Verdict]:
    """比较符号被误认成了别的字符，例如“≥”变成“$”“^”“工”，“=”变成“二”。

    符号认错了，机器读不出目标值，读者也只能猜。

    反例：
        绩效指标:
          满意度指标:
            服务对象满意度指标:
              - {三级指标: 居民满意度, 年度指标值: 工90%, 实际完成值: 92%}
    正例：
        绩效指标:
          满意度指标:
            服务对象满意度指标:
              - {三级指标: 居民满意度, 年度指标值: ≥90%, 实际完成值: 92%}
    """
    texts = printed_values(subject)
    if not holds_any("\n".join(texts), _SIGNS):
        yield from repeat(PASSED, len(texts))
        return
    for row in subject.rows:
        for identifier in VALUE_COLUMNS:
            text = row.cell(identifier).text
            if not text:
                continue
            match = _GARBLED.fullmatch(text)
            if match is None:
                yield PASSED
                continue
            meant = "=" if match["sign"] == "二" else "≥"
            yield failed(
                row.spot(identifier),
                f"“{row.name}”的“{text.strip()}”以“{match['sign']}”开头，比较符号像是认错了",
                found=text,
                expected=f"{meant}{match['rest'].strip()}（以原件为准）",
                hint="对照原件改正数字前面的符号",
            )
