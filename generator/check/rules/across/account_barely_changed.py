"""XRF032: the account is last year's with a few words changed and every number kept."""

from collections.abc import Iterator, Sequence

from generator.check.across.copying import text_of
from generator.check.across.kinship import Stage, by_project, place_in, same_stage_years, title_of
from generator.check.across.likeness import LONGEST, difference
from generator.check.outcome import PASSED, Verdict, about, failed, not_applicable
from generator.check.rule import PRACTICE, Nature, cross_rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.patterns import lazy_pattern

_TEXT = "achieved"


@cross_rule(
    "XRF032",
    "account-barely-changed",
    group_by=by_project,
    severity=Severity.NOTE,
    nature=Nature.QUESTION,
    basis=(PRACTICE,),
    formula="实际完成情况与上年的相似程度低于界限，或文中的数字有变动",
    otherwise="没有同一项目上一年度的自评表可比；结论写在后一年度的表上",
    record_types=frozenset({"SelfEvaluation", "Other"}),
)
def account_barely_changed(group: Sequence[Subject]) -> Iterator[Verdict]:
    """实际完成情况与上年几乎相同，数字一个没变。

    改几个字、换一个年份的完成情况，说的还是上一年的事。
    只比较同一项目相邻两年的自评表；年份以外的数字有一个不同，就认为是按本年情况写的；
    相似程度的界限由规则包设定（通行 90%），长文只比较开头部分。一字不差的见 XRF030。

    反例：
        # content/records/2023/shili/peixun.yaml
        项目名称: 技能培训
        年度总体目标: {实际完成情况: 2023年围绕就业创业举办 12 期技能培训，组织学员参加考核鉴定，培训质量稳步提升，学员普遍反映良好，圆满完成年度任务。}
        ---
        # content/records/2024/shili/peixun.yaml
        项目名称: 技能培训
        年度总体目标:
          实际完成情况: 2024年围绕就业创业举办 12 期技能培训，组织学员参加考核鉴定，培训质量稳步提升，学员普遍反映较好，圆满完成年度任务。
    正例：
        # content/records/2023/shili/peixun.yaml
        项目名称: 技能培训
        年度总体目标: {实际完成情况: 2023年围绕就业创业举办 12 期技能培训，组织学员参加考核鉴定，培训质量稳步提升，学员普遍反映良好，圆满完成年度任务。}
        ---
        # content/records/2024/shili/peixun.yaml
        项目名称: 技能培训
        年度总体目标:
          实际完成情况: 2024年围绕就业创业举办 15 期技能培训，组织学员参加考核鉴定，培训质量稳步提升，学员普遍反映较好，圆满完成年度任务。
    """
    for earlier, later in same_stage_years(group, Stage.EVALUATION):
        yield about(later.id, _judged(earlier, later))


_YEARS = lazy_pattern("20[0-9]{2}")
_NUMBERS = lazy_pattern(r"[0-9]+(?:\.[0-9]+)?")


def _judged(earlier: Subject, later: Subject) -> Verdict:
    thresholds = later.pack.thresholds
    one, other = text_of(earlier, _TEXT), text_of(later, _TEXT)
    if min(len(one), len(other)) < thresholds.copied_length:
        return not_applicable("实际完成情况太短，相同也可能是巧合")
    first, second = _YEARS.sub("", one), _YEARS.sub("", other)
    if one == other or _NUMBERS.findall(first) != _NUMBERS.findall(second):
        return PASSED
    found = difference(first, second, thresholds.similar_text)
    if found.percent < thresholds.similar_text:
        return PASSED
    part = f"前 {LONGEST} 字" if max(len(first), len(second)) > LONGEST else ""
    return failed(
        later.prose_spot(_TEXT),
        f"实际完成情况{part}与{title_of(earlier)}有 {found.percent:.0f}% 相同，数字一个没变，写的是 {later.record.year} 年的情况吗？",
        found=f"{other[:_SHOWN]}…",
        expected="写本年度实际做了什么，完成了多少",
        hint="按本年的实际情况重写，写明本年的数量和结果",
        related=(place_in(earlier, earlier.prose_spot(_TEXT), f"上年的文字：“{one[:_SHOWN]}…”"),),
    )


_SHOWN = 40
