"""PRI005: an e-mail address at a provider for private persons."""

import re
from collections.abc import Iterator

from generator.check.outcome import Spot, Verdict, failed
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.check.wording.searching import Hit, hits, verdicts
from generator.check.wording.whole_text import WholeText
from generator.finding import Severity
from generator.patterns import lazy_pattern

EMAIL = lazy_pattern(
    r"(?<![\w.+-])(?P<name>[A-Za-z0-9][\w.+-]{0,40})[@＠]"
    r"(?P<host>(?:vip\.)?(?:qq|163|126|139|189|yeah|sina|sohu|foxmail|gmail|outlook|hotmail|live|icloud|aliyun|tom|21cn|wo)"
    r"\.(?:com|cn|net|com\.cn))(?![\w-])",
    re.IGNORECASE | re.ASCII,
)


@rule(
    "PRI005",
    "personal-email",
    severity=Severity.NOTE,
    nature=Nature.PRIVACY,
    basis=(PRACTICE,),
    formula="没有个人邮箱（qq、163、gmail 等）",
    otherwise="表中没有文字",
)
def personal_email(subject: Subject) -> Iterator[Verdict]:
    """文字里有个人邮箱。

    公务联系应当用单位邮箱；个人邮箱常由姓名、生日、手机号组成，公开后收不回来。
    只看面向个人的邮箱服务，单位自己的邮箱（例如 gov.cn）不算。

    反例：
        其他信息: {联系邮箱: shili1990@163.com}
    正例：
        其他信息: {联系邮箱: bangongshi@shili.gov.cn}
    """
    yield from verdicts(subject, hits(subject, EMAIL, may_hold=may_hold), _fault)


def may_hold(words: WholeText) -> bool:
    """Tell whether the words of a record may hold what this rule looks for."""
    return "@" in words.everything or "＠" in words.everything


def _fault(hit: Hit, spot: Spot) -> Verdict:
    shown = f"{hit.match['name'][0]}***@{hit.match['host']}"
    return failed(
        spot,
        f"这里有个人邮箱 {shown}",
        found=shown,
        expected="单位邮箱，或不公开",
        hint="换成单位邮箱；是单位在用的公共邮箱的，可以不改",
    )
