"""XRF031: the goal is that of another project or year."""

from collections.abc import Iterator, Sequence

from generator.check.across.copying import by_text, model_of, text_of
from generator.check.across.kinship import place_in, project_name, title_of
from generator.check.outcome import PASSED, Verdict, about, failed, not_applicable
from generator.check.rule import PRACTICE, Nature, cross_rule
from generator.check.subject import Subject
from generator.finding import Severity

_TEXT = "expected"


def _by_goal(subject: Subject) -> Iterator[str]:
    return by_text(subject, _TEXT)


@cross_rule(
    "XRF031",
    "copied-goal",
    group_by=_by_goal,
    spans_units=True,
    severity=Severity.NOTE,
    nature=Nature.QUESTION,
    basis=(PRACTICE,),
    formula="预期目标与其他年度、其他项目的不全文相同",
    otherwise="没有预期目标全文相同的另一份表",
)
def copied_goal(group: Sequence[Subject]) -> Iterator[Verdict]:
    """预期目标照抄另一年度或另一项目。

    延续的项目目标可以相近，一字不差就要问今年有没有自己的目标；不同项目的目标一字不差，多半是套用。
    全文相同才提出（不计空格、全角半角和列表符号），短于规则包所定字数（通行 40 字）的不比较；
    同一项目同一年度的申报表和自评表目标相同是应当的，不同单位的同名项目目标统一的也不提出。

    反例：
        # content/records/2024/shili/peixun.yaml
        项目名称: 技能培训
        年度总体目标: 认真贯彻落实上级部署，扎实推进各项工作，不断提高服务水平，切实增强群众的获得感、幸福感、安全感，圆满完成年度任务。
        ---
        # content/records/2024/shili/yanglao.yaml
        项目名称: 居家养老
        年度总体目标: 认真贯彻落实上级部署，扎实推进各项工作，不断提高服务水平，切实增强群众的获得感、幸福感、安全感，圆满完成年度任务。
    正例：
        # content/records/2024/shili/peixun.target.yaml
        表样: 财政项目支出绩效目标申报表
        项目名称: 技能培训
        年度总体目标: 面向辖区失业人员举办 12 期技能培训，培训 300 人，鉴定合格率不低于 95%，帮助 100 人实现就业，学员满意度不低于 90%。
        ---
        # content/records/2024/shili/peixun.yaml
        表样: 财政项目支出绩效自评表
        项目名称: 技能培训
        年度总体目标:
          预期目标: 面向辖区失业人员举办 12 期技能培训，培训 300 人，鉴定合格率不低于 95%，帮助 100 人实现就业，学员满意度不低于 90%。
    """
    for subject, model in model_of(group):
        yield about(subject.id, _judged(subject, model))


def _judged(subject: Subject, model: Subject | None) -> Verdict:
    if model is None:
        return PASSED
    name = project_name(subject)
    if subject.record.unit != model.record.unit and name and name == project_name(model):
        return not_applicable("不同单位的同名项目，目标可以是统一的")
    text = text_of(subject, _TEXT)
    return failed(
        subject.prose_spot(_TEXT),
        f"预期目标（{len(text)} 字）与{title_of(model)}的一字不差，{subject.record.year} 年本项目有自己的目标吗？",
        found=f"{text[:_SHOWN]}…",
        expected="写本年度本项目的目标",
        hint="按本年的任务写目标，写明数量和结果；确属延续的，可以不改",
        related=(place_in(model, model.prose_spot(_TEXT), f"同样的文字：“{text[:_SHOWN]}…”"),),
    )


_SHOWN = 40
