"""PRI004: a home address down to the flat."""

from collections.abc import Iterator

from generator.check.outcome import Spot, Verdict, failed
from generator.check.rule import PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.check.wording.searching import Hit, hits, verdicts
from generator.check.wording.whole_text import WholeText, holds_any
from generator.finding import Severity
from generator.patterns import lazy_pattern

HOME = lazy_pattern(
    r"(?P<place>[\u4e00-\u9fff]{1,10}(?:路|街|巷|新村|小区|花园|公寓|家园|苑|里|村|组|坊)?)\s?"
    r"(?:\d{1,5}\s?[弄号]\s?)?(?:\d{1,4}\s?(?:弄|号楼|幢|栋|号|座)\s?)(?:[一二三四五六七八九\d]{1,2}\s?单元\s?)?"
    r"(?:[一二三四五六七八九\d]{1,2}\s?(?:楼|层)\s?)?(?P<room>\d{3,4}\s?(?:室|户(?!籍|外|数|主)))"
)
_FLAT = lazy_pattern(
    r"[弄楼幢栋号座]\s?(?:[一二三四五六七八九\d]{1,2}\s?单元\s?)?(?:[一二三四五六七八九\d]{1,2}\s?[楼层]\s?)?\d{3,4}\s?[室户]"
)
"""The end of an address, which is quick to search for."""
_DOOR = lazy_pattern(r"\d+(?=\s?(?:弄|号|幢|栋|座|单元|楼|层))")
_RESIDENTIAL = lazy_pattern(r"弄|幢|栋|单元|新村|小区|花园|公寓|家园|苑|住址|家住|居住|现住|户籍|家庭")
_OFFICE = lazy_pattern(r"办公|会议|活动|大厦|写字楼|广场|中心|园区|政府|机关|服务|教室|活动室|办事处|公司|党群|委员会")


@rule(
    "PRI004",
    "home-address",
    severity=Severity.WARNING,
    nature=Nature.PRIVACY,
    basis=(PRACTICE,),
    formula="没有写到室号的住址",
    otherwise="表中没有文字",
)
def home_address(subject: Subject) -> Iterator[Verdict]:
    """文字里有写到室号的住址。

    走访慰问、上门服务的名单里常带住址；写到室号，就等于公开了一家人。
    只看写到“弄、幢、栋、单元、小区”和室号的；办公楼、活动中心、会议室的地址不算。

    反例：
        其他信息: {走访对象: 示例路 12 弄 3 号 502 室困难老人}
    正例：
        其他信息: {走访对象: 示例路沿线困难老人}
    """
    found = hits(subject, HOME, may_hold=may_hold)
    yield from verdicts(subject, filter(_is_home, found), _fault)


def may_hold(words: WholeText) -> bool:
    """Tell whether the words of a record may hold what this rule looks for."""
    return (
        holds_any(words.everything, "室户")
        and holds_any(words.everything, "弄楼幢栋号座")
        and _FLAT.search(words.everything) is not None
    )


def _is_home(hit: Hit) -> bool:
    text = hit.piece.text
    near = text[max(0, hit.match.start() - 12) : hit.match.end() + 8]
    return _RESIDENTIAL.search(near) is not None and _OFFICE.search(near) is None


def _fault(hit: Hit, spot: Spot) -> Verdict:
    shown = hit.match[0].replace(hit.match["room"], "***室")
    shown = _DOOR.sub("**", shown)
    return failed(
        spot,
        f"这里像是住址“{shown}”",
        found=shown,
        expected="不写到门牌和室号",
        hint="公开前只写到路名或小区，删去门牌和室号；是办公地址的，写明是什么场所",
    )
