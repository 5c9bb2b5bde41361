"""PRI001: the number of a citizen's identity card."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.check.wording.personal_data import ID_NUMBER, Found, is_id_number, is_money, long_numbers
from generator.check.wording.whole_text import whole_text
from generator.finding import Severity

_OLD_LENGTH = 15


@rule(
    "PRI001",
    "citizen-id-number",
    severity=Severity.ERROR,
    nature=Nature.PRIVACY,
    basis=(PRACTICE,),
    formula="没有公民身份号码（18 位：地区码、出生日期和校验码都对；15 位：地区码和出生日期都对）",
    otherwise="表中没有文字",
    keeps_back=True,
)
def citizen_id_number(subject: Subject) -> Iterator[Verdict]:
    """文字里有公民身份号码。

    身份号码一经公开就收不回来，有这样的记录不生成公开页面，除非填报人写明豁免理由。
    检查每一栏的文字，包括附表、来源和其他信息。18 位的要地区码、出生日期、校验码都对才算，15 位旧号码不在编码、文号栏内才算；
    消息里只显示前三位和后两位。

    反例：
        其他信息: {受助人: 示例甲 11010519491231002X}
    正例：
        其他信息: {受助人: 示例甲（证件号不公开）}
    """
    found = [one for one in long_numbers(subject, ID_NUMBER) if _is_personal(one)]
    for one in found:
        yield failed(
            one.spot,
            f"这里有公民身份号码 {one.masked}",
            found=one.masked,
            expected="不出现身份号码",
            hint="公开前删去或换成“（不公开）”；误认的，请写明豁免理由",
        )
    if not found and whole_text(subject).everything:
        yield PASSED


def _is_personal(one: Found) -> bool:
    if len(one.number) == _OLD_LENGTH and (one.piece.is_code or is_money(one.piece)):
        return False
    return is_id_number(one.number)
