"""PRI007: digits behind words such as 银行账号."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.check.wording.personal_data import is_card_number, masked
from generator.check.wording.whole_text import holds_any, whole_text
from generator.finding import Severity
from generator.patterns import lazy_pattern
from generator.text import half_width

_MARKED = lazy_pattern(
    r"(?P<marker>银行卡号?|银行[账帐][号户]|收款[账帐][号户]|开户[账帐]号|个人[账帐][号户]|存折(?:[账帐]号)?|卡号|[账帐]号)"
    r"[^\w\n]{0,4}(?P<number>\d(?:[ \-]?\d){10,24})(?!\d)"
)
_MARKS = "账帐卡折"
"""Signs of which every marker has one."""


@rule(
    "PRI007",
    "account-number",
    severity=Severity.WARNING,
    nature=Nature.PRIVACY,
    basis=(PRACTICE,),
    formula="“银行账号”“卡号”等字后面没有十一位以上的号码",
    otherwise="表中没有文字",
)
def account_number(subject: Subject) -> Iterator[Verdict]:
    """“银行账号”“卡号”等字后面跟着号码。

    补贴发放、报销的说明里常带收款账号；不论是个人的还是单位的，绩效表都不需要它。

    反例：
        其他信息: {发放说明: 收款账号：31001234567890123}
    正例：
        其他信息: {发放说明: 收款账号：（不公开）}
    """
    faulty = False
    words = whole_text(subject)
    if words.has_long_number and (holds_any(words.everything, _MARKS) or holds_any(words.labels, _MARKS)):
        for piece in subject.pieces:
            key = piece.key if holds_any(piece.key, "号户卡") else ""
            if not holds_any(piece.text, _MARKS) and not holds_any(key, _MARKS):
                continue
            text = half_width(f"{key}:{piece.text}" if key else piece.text)
            for match in _MARKED.finditer(text):
                number = match["number"].replace(" ", "").replace("-", "")
                if is_card_number(number):
                    continue  # PRI003 says so
                faulty = True
                yield failed(
                    subject.piece_spot(piece, max(0, match.start("number") - (len(text) - len(piece.text)))),
                    f"“{match['marker']}”后面有号码 {masked(number)}",
                    found=masked(number),
                    expected="不出现账号",
                    hint="公开前删去账号",
                )
    if not faulty and words.everything:
        yield PASSED
