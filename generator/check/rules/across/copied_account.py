"""XRF030: the account of what was done is the account of another record."""

from collections.abc import Iterator, Sequence

from generator.check.across.copying import by_text, model_of, text_of
from generator.check.across.kinship import place_in, title_of
from generator.check.outcome import PASSED, Verdict, about, failed
from generator.check.rule import PRACTICE, Nature, cross_rule
from generator.check.subject import EVALUATIONS, Subject
from generator.finding import Severity

_TEXT = "achieved"


def _by_account(subject: Subject) -> Iterator[str]:
    return by_text(subject, _TEXT)


@cross_rule(
    "XRF030",
    "copied-account",
    group_by=_by_account,
    spans_units=True,
    severity=Severity.WARNING,
    nature=Nature.QUESTION,
    basis=(PRACTICE,),
    formula="实际完成情况与其他年度、其他项目的不全文相同",
    otherwise="没有实际完成情况全文相同的另一份表",
    record_types=EVALUATIONS | {"Other"},
)
def copied_account(group: Sequence[Subject]) -> Iterator[Verdict]:
    """实际完成情况照抄另一份表。

    两年做的事、两个项目做的事不会一字不差；照抄的完成情况等于没有说完成了什么。
    全文相同才提出（不计空格、全角半角和列表符号），短于规则包所定字数（通行 40 字）的不比较；
    同一项目同一年度的几份表写得相同是应当的。抄的是哪一份无法确定时，同年的两份都提出。

    反例：
        # content/records/2023/shili/peixun.yaml
        项目名称: 技能培训
        年度总体目标: {实际完成情况: 全年围绕就业创业开展技能培训，组织学员参加考核鉴定，培训质量稳步提升，学员普遍反映良好，圆满完成年度任务。}
        ---
        # content/records/2024/shili/peixun.yaml
        项目名称: 技能培训
        年度总体目标:
          实际完成情况: 全年围绕就业创业开展技能培训，组织学员参加考核鉴定，培训质量稳步提升，学员普遍反映良好，圆满完成年度任务。
    正例：
        # content/records/2024/shili/peixun.yaml
        表样: 财政项目支出绩效自评表
        项目名称: 技能培训
        年度总体目标: {实际完成情况: 全年围绕就业创业开展技能培训，组织学员参加考核鉴定，培训质量稳步提升，学员普遍反映良好，圆满完成年度任务。}
        ---
        # content/records/2024/shili/peixun.zhuanxiang.yaml
        表样: 绩效目标自评表
        项目名称: 技能培训
        年度总体目标: {实际完成情况: 全年围绕就业创业开展技能培训，组织学员参加考核鉴定，培训质量稳步提升，学员普遍反映良好，圆满完成年度任务。}
    """
    for subject, model in model_of(group):
        yield about(subject.id, PASSED if model is None else _copied(subject, model))


def _copied(subject: Subject, model: Subject) -> Verdict:
    text = text_of(subject, _TEXT)
    spot = subject.prose_spot(_TEXT)
    return failed(
        spot,
        f"实际完成情况（{len(text)} 字）与{title_of(model)}的一字不差，写的是 {subject.record.year} 年本项目的情况吗？",
        found=f"{text[:_SHOWN]}…",
        expected="写本年度本项目实际做了什么，完成了多少",
        hint="按本年的实际情况重写，写明数量和结果",
        related=(place_in(model, model.prose_spot(_TEXT), f"同样的文字：“{text[:_SHOWN]}…”"),),
    )


_SHOWN = 40
