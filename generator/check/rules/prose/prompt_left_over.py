"""PRO012: words of the blank form that should have been replaced."""

import re
from collections.abc import Iterator

from generator.check.outcome import Spot, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.check.wording.searching import Hit, hits, verdicts
from generator.check.wording.whole_text import WholeText, holds_any
from generator.finding import Severity
from generator.patterns import lazy_pattern

PROMPT = lazy_pattern(
    r"请(?:在此|在这里|于此)?(?:填写|输入|填报|填入|注明(?=…|\.{3}|$)|说明(?=…|\.{3}|$)|选择)"
    r"|(?:单击|点击)(?:或点击)?(?:此处|这里)|在此处?(?:填写|输入)|此处(?:填写|输入)|^\s*(?:待填|待补|待定|填写说明[:：])"
    r"|[(（](?:示例|样例|范例|请填写[^)）]*)[)）]"
    r"|20(?:XX|××|xx|\*\*)"
    r"|(?:XX+|××+|xx+|ＸＸ+|(?<![一二三四五六七八九〇○])[○〇]{2,}) ?(?=年|月|日|次|人|个|场|项|万?元|家|户|%|％|项目|单位|部门|工作|活动|街道|办事处|局)"
    r"|^\s*(?:[-*•]|\d+[.、])?\s*(?:年度)?目标\s?\d{1,2}\s?[:：]\s*(?:…+|\.{3,})?\s*$"
    r"|_{3,}|＿{3,}",
    re.MULTILINE,
)
_MARKS = (
    "请填", "请输", "请选", "请注明", "请说明", "请在", "请于", "单击", "点击", "此处", "在此", "待填", "待补", "待定", "填写说明",
    "示例", "样例", "范例", "XX", "××", "xx", "**", "ＸＸ", "○", "〇", "__", "＿",
)  # fmt: skip
"""Without one of these, or a number right behind 目标, there is none of it."""
_RARE = "请击此待例填X×x*Ｘ○〇_＿"
"""Signs of which each mark has one."""
_NUMBERED_GOAL = lazy_pattern(r"目标\s?\d")


@rule(
    "PRO012",
    "prompt-left-over",
    severity=Severity.WARNING,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="文字中没有“请填写”“（示例）”“XX 年”“目标1：……”一类的模板文字",
    otherwise="表中没有文字",
)
def prompt_left_over(subject: Subject) -> Iterator[Verdict]:
    """模板里的提示文字没有换成实际内容。

    “请填写……”“（示例）”“××次”“目标2：……”说明这一格没有填，或套用别处的文字没有改完。
    公开时用来隐去姓名的“张××”不算。

    反例：
        年度总体目标:
          预期目标: 全年开展 XX 次示例服务。
    正例：
        年度总体目标:
          预期目标: 全年开展 12 次示例服务。
    """
    found = hits(subject, PROMPT, lambda piece: piece.is_of_form and not piece.is_code, may_hold=may_hold)
    yield from verdicts(subject, found, _fault)


def may_hold(words: WholeText) -> bool:
    """Tell whether the words of a record may hold what this rule looks for."""
    text = words.of_form
    if holds_any(text, _RARE) and holds_any(text, _MARKS):
        return True
    return "目标" in text and _NUMBERED_GOAL.search(text) is not None


def _fault(hit: Hit, spot: Spot) -> Verdict:
    return failed(
        spot,
        f"留着模板文字“{hit.match[0].strip()}”",
        found=hit.around,
        expected="实际的内容",
        hint="换成实际内容；原表就是这样公开的，请填报单位补填后重新公开",
    )
