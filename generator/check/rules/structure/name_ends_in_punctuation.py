"""REC040: a name that ends in a punctuation mark."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity

_ENDS = "、，。；：！？,.;:!?·"


@rule(
    "REC040",
    "name-ends-in-punctuation",
    reads="head.project_name",
    severity=Severity.NOTE,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="项目名称和指标名称不以标点结尾",
    otherwise="表中没有项目名称和指标",
)
def name_ends_in_punctuation(subject: Subject) -> Iterator[Verdict]:
    """项目名称或指标名称以标点结尾。

    名称末尾的顿号、逗号常常表示后面的字丢了；句号、冒号会让同一项指标在各年度的表里对不上。
    省略号和引号、括号、百分号不算；“指标1：”一类的占位文字另有规则。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 示例服务次数、, 年度指标值: ≥12次}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 示例服务次数, 年度指标值: ≥12次}
    """
    names = [(row.name, row.spot()) for row in subject.rows if row.name.rstrip() and row.name.rstrip()[-1] in _ENDS]
    project = subject.record.text("project_name").rstrip()
    if project and project[-1] in _ENDS:
        names.insert(0, (project, subject.head_spot("project_name")))
    faulty = [(name, spot) for name, spot in names if not _is_filler(name)]
    if not faulty:
        if subject.rows or project:
            yield PASSED
        return
    for name, spot in faulty:
        yield failed(
            spot,
            f"名称以“{name.rstrip()[-1]}”结尾",
            found=name,
            expected=name.rstrip().rstrip(_ENDS),
            hint="照原表核对名称是否完整；多出的标点在下一次填报时删去",
        )


def _is_filler(name: str) -> bool:
    bare = name.strip().rstrip(_ENDS)
    return (
        not bare
        or bare.rstrip("0123456789一二三四五六七八九十 ") in ("指标", "三级指标")
        or name.rstrip().endswith("...")
    )
