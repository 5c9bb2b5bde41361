"""PRI006: digits behind words such as 身份证, though they are no valid number."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.check.wording.personal_data import is_id_number, masked
from generator.check.wording.whole_text import holds_any, whole_text
from generator.finding import Severity
from generator.patterns import lazy_pattern
from generator.text import half_width

_MARKED = lazy_pattern(
    r"(?P<marker>身份证件?(?:号码?)?|公民身份号码|证件号码?|护照(?:号码?)?|军官证(?:号码?)?|残疾人?证(?:号码?)?|社保(?:卡)?号码?|医保(?:卡)?号码?)"
    r"[^\w\n]{0,4}(?P<number>[A-Za-z]?\d[\d ]{6,20}[\dXx])(?![\dA-Za-z])"
)
_WORDS = ("身份证", "身份号码", "证件号", "护照", "军官证", "残疾证", "残疾人证", "社保", "医保")


@rule(
    "PRI006",
    "document-number-of-person",
    severity=Severity.ERROR,
    nature=Nature.PRIVACY,
    basis=(PRACTICE,),
    formula="“身份证”“护照”“残疾证”等字后面没有号码",
    otherwise="表中没有文字",
    keeps_back=True,
)
def document_number_of_person(subject: Subject) -> Iterator[Verdict]:
    """“身份证”“护照”等字后面跟着号码。

    校验不对的身份号码可能只是抄错一位，仍然指得出是谁；护照、残疾证、社保卡的号码也是个人信息。
    有这样的记录不生成公开页面，除非填报人写明豁免理由。已用 * 隐去中间几位的不算。

    反例：
        其他信息: {受助人: 示例甲，身份证号：310112199001011234}
    正例：
        其他信息: {受助人: 示例甲，身份证号：310***********34}
    """
    faulty = False
    words = whole_text(subject)
    if holds_any(words.everything, _WORDS) or holds_any(words.labels, _WORDS):
        for piece in subject.pieces:
            # The label of a field of its own may be the marker.
            is_labelled = holds_any(piece.key, _WORDS)
            if not is_labelled and not holds_any(piece.text, _WORDS):
                continue
            text = half_width(f"{piece.key}:{piece.text}" if is_labelled else piece.text)
            for match in _MARKED.finditer(text):
                number = match["number"].replace(" ", "")
                if is_id_number(number):
                    continue  # PRI001 says so
                faulty = True
                yield failed(
                    subject.piece_spot(piece, max(0, match.start("number") - (len(text) - len(piece.text)))),
                    f"“{match['marker']}”后面有号码 {masked(number)}",
                    found=masked(number),
                    expected="不出现证件号码",
                    hint="公开前删去号码；误认的，请写明豁免理由",
                )
    if not faulty and words.everything:
        yield PASSED
