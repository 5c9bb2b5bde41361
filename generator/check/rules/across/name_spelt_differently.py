"""XRF028: the name of a unit or its department is printed in two nearly equal spellings."""

from collections.abc import Iterator, Sequence

from generator.check.across.kinship import is_legible, joined_key, place_in, title_of
from generator.check.outcome import PASSED, Spot, Verdict, about, failed, insufficient
from generator.check.rule import FORM, Nature, cross_rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.patterns import lazy_pattern
from generator.text import folded

_FIELDS = ("implementing_unit", "competent_department")


def _by_year_of_unit(subject: Subject) -> Iterator[str]:
    if any(field in subject.record.head for field in _FIELDS):
        yield joined_key(subject.record.unit, subject.record.year)


@cross_rule(
    "XRF028",
    "name-spelt-differently",
    group_by=_by_year_of_unit,
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(FORM,),
    formula="同一单位同一年度各表的实施单位、主管部门写法相同",
    otherwise="本单位本年度没有第二份印出实施单位或主管部门的表",
)
def name_spelt_differently(group: Sequence[Subject]) -> Iterator[Verdict]:
    """同一单位的名称在各表里写法不一。

    名称差一个字，按名称检索和汇总就会漏掉一份表。
    全角半角、空格不计；只提出在一处相差一两个字，或者一个省略了区县之前的省市的两种写法，写得少的一种算写错，一样多时以登记的名称为准；
    差别在“省市区镇村局所”等表示另一级、另一个单位的字，或在数字、方位字、地名上的，是不同的单位，不提出。
    两种写法都在名册里登记过的不提出。

    反例：
        # content/records/2024/shili/peixun.yaml
        实施单位: 示例街道社区服务中心
        ---
        # content/records/2024/shili/yanglao.yaml
        实施单位: 示例街道社区服务重心
    正例：
        # content/records/2024/shili/peixun.yaml
        实施单位: 示例街道社区服务中心（本级）
        ---
        # content/records/2024/shili/yanglao.yaml
        实施单位: 示例街道社区服务中心(本级)
    """
    for field in _FIELDS:
        spellings: dict[str, list[Subject]] = {}
        for subject in sorted(group, key=lambda one: one.id):
            cell = subject.record.head.get(field)
            if cell is None or not (cell.text or cell.unreadable):
                continue
            if cell.unreadable or not is_legible(cell.text):
                yield about(subject.id, insufficient(subject.head_spot(field), "名称无法辨认"))
            else:
                spellings.setdefault(folded(cell.text), []).append(subject)
        yield from _judged(spellings, field)


_MOST = 3
"""Spellings of one name beyond which the folder holds several units, not slips of the pen."""


def _judged(spellings: dict[str, list[Subject]], field: str) -> Iterator[Verdict]:
    # The commonest first; a registered name before one that is not.
    ordered = sorted(
        spellings, key=lambda name: (-len(spellings[name]), not _is_registered(name, spellings[name][0]), name)
    )
    for position, name in enumerate(ordered):
        may_be_slip = len(ordered) <= _MOST and not _is_registered(name, spellings[name][0])
        right = next((other for other in ordered[:position] if may_be_slip and _is_slip(name, other)), None)
        for subject in spellings[name]:
            verdict = PASSED if right is None else _slip(subject, spellings[right][0], field)
            yield about(subject.id, verdict)


def _is_registered(name: str, subject: Subject) -> bool:
    return name in {folded(known) for known in (subject.unit.name, *subject.unit.aliases)}


_ANOTHER = lazy_pattern(
    r"[0-9A-Za-z一二三四五六七八九十甲乙丙丁东南西北上下前后左右内外新老旧大小初高男女总分本级代编"
    r"省市区县州盟旗乡镇村街道路园局厅处科室站所队院校馆部委办会社司厂店汇联()\[\]-]"
)
_OF_A_PLACE = lazy_pattern("[省市区县州盟旗乡镇村庄屯里弄路街巷园校学院所站社厂]")
_PROVINCE = lazy_pattern(r"[\u4e00-\u9fff]{2,6}(?:省|市|自治区)")
_DISTRICT = lazy_pattern(r"[\u4e00-\u9fff]{1,6}[市区县州旗镇乡]")
_FEW, _SHORTEST, _BEHIND = 2, 6, 3


def _is_slip(name: str, other: str) -> bool:
    """Tell whether two names differ in one place, by a sign or two that do not tell one body from another."""
    shorter = min(len(name), len(other))
    if shorter < _SHORTEST:
        return False
    if _lacks_province(name, other) or _lacks_province(other, name):
        return True
    start = next((at for at in range(shorter) if name[at] != other[at]), shorter)
    rest = range(1, shorter - start + 1)
    end = next((at - 1 for at in rest if name[-at] != other[-at]), shorter - start)
    change, was = name[start : len(name) - end], other[start : len(other) - end]
    if max(len(change), len(was)) > _FEW or _ANOTHER.search(change + was):
        return False
    # 张家村 and 李家村 are two villages.
    return not _OF_A_PLACE.search(name[len(name) - end :][:_BEHIND])


def _lacks_province(short: str, long: str) -> bool:
    """Tell whether a name is another without the province or city before its own district."""
    return long.endswith(short) and bool(_PROVINCE.fullmatch(long[: len(long) - len(short)]) and _DISTRICT.match(short))


def _slip(subject: Subject, other: Subject, field: str) -> Verdict:
    printed, usual = subject.record.text(field), other.record.text(field)
    spot: Spot = subject.head_spot(field)
    return failed(
        spot,
        f"{spot.field}写作“{printed}”，{title_of(other)}写作“{usual}”",
        found=printed,
        expected=f"与本单位其他表一致：{usual}",
        hint="核对全称，改正写错的一份；两个都对就在名册的“别名”里登记",
        related=(place_in(other, other.head_spot(field), f"“{usual}”"),),
    )
