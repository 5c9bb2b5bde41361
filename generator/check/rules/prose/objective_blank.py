"""PRO020: the goal or the account of it left blank."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.money import BLANK_MARKS
from generator.vocabulary import Place


@rule(
    "PRO020",
    "objective-blank",
    severity=Severity.WARNING,
    nature=Nature.METHOD,
    basis=(FORM,),
    formula="印出的年度总体目标和实际完成情况都有内容",
    otherwise="这张表没有年度总体目标一栏",
)
def objective_blank(subject: Subject) -> Iterator[Verdict]:
    """年度总体目标或实际完成情况空着。

    总体目标是所有指标的来历，完成情况是对它的交代；少了一头，指标从何而来、目标做到没有，都无从说起。

    反例：
        年度总体目标:
          预期目标: 全年开展示例服务 12 次。
          实际完成情况:
    正例：
        年度总体目标:
          预期目标: 全年开展示例服务 12 次。
          实际完成情况: 开展示例服务 12 次。
    """
    prose = subject.record.prose
    printed = [] if subject.form.any_title else [key for key in subject.form.prose if key in ("expected", "achieved")]
    written = [key for key in ("expected", "achieved") if key in prose]
    for key in dict.fromkeys((*written, *printed)):
        text = prose[key].text.strip() if key in prose else ""
        if text not in BLANK_MARKS and text.rstrip("。") != "无":
            yield PASSED
            continue
        label = subject.record.label(Place.OBJECTIVE, key)
        yield failed(
            subject.prose_spot(key),
            f"“{label}”空着",
            found=text or "空白",
            expected=f"“{label}”的内容",
            hint=f"照原表填写“{label}”；原表空着的，请填报单位补填",
        )
