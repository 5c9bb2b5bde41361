"""PRI002: a mobile telephone number."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.check.wording.personal_data import MOBILE_NUMBER, is_money, long_numbers
from generator.check.wording.whole_text import whole_text
from generator.finding import Severity


@rule(
    "PRI002",
    "mobile-number",
    severity=Severity.WARNING,
    nature=Nature.PRIVACY,
    basis=(PRACTICE,),
    formula="没有 1[3-9] 开头的 11 位手机号码",
    otherwise="表中没有文字",
)
def mobile_number(subject: Subject) -> Iterator[Verdict]:
    """文字里有手机号码。

    手机号码多半是个人的；表上的“联系电话”也应公开办公电话，不公开经办人的手机。
    金额、各种编码和网址里的数字不算。

    反例：
        联系电话: 13800001234
    正例：
        联系电话: 000-12345601
    """
    found = [
        one
        for one in long_numbers(subject, MOBILE_NUMBER)
        if not (is_money(one.piece) or one.piece.is_code or "://" in one.piece.text)
    ]
    for one in found:
        yield failed(
            one.spot,
            f"这里有手机号码 {one.masked}",
            found=one.masked,
            expected="办公电话，或不公开",
            hint="换成办公电话，或写“不公开”；原件已公开的，请原单位一并处理",
        )
    if not found and whole_text(subject).everything:
        yield PASSED
