"""PRI003: the number of a bank card."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.check.wording.personal_data import CARD_NUMBER, is_card_number, is_money, long_numbers
from generator.check.wording.whole_text import whole_text
from generator.finding import Severity


@rule(
    "PRI003",
    "bank-card-number",
    severity=Severity.ERROR,
    nature=Nature.PRIVACY,
    basis=(PRACTICE,),
    formula="没有银行卡号（16 至 19 位，开头是在用的发卡号，末位校验正确）",
    otherwise="表中没有文字",
    keeps_back=True,
)
def bank_card_number(subject: Subject) -> Iterator[Verdict]:
    """文字里有银行卡号。

    卡号公开会给持卡人带来损失，有这样的记录不生成公开页面，除非填报人写明豁免理由。
    只有开头和校验位都对的才算，编码、文号、金额和网址里的数字不算；消息里只显示前三位和后两位。

    反例：
        其他信息: {发放账户: 6222 0212 3456 7890 128}
    正例：
        其他信息: {发放账户: （不公开）}
    """
    found = [
        one
        for one in long_numbers(subject, CARD_NUMBER)
        if is_card_number(one.number) and not (is_money(one.piece) or one.piece.is_code or "://" in one.piece.text)
    ]
    for one in found:
        yield failed(
            one.spot,
            f"这里有银行卡号 {one.masked}",
            found=one.masked,
            expected="不出现银行卡号",
            hint="公开前删去或换成“（不公开）”；误认的，请写明豁免理由",
        )
    if not found and whole_text(subject).everything:
        yield PASSED
