"""PRO006: a name with a line end or a blank inside a word."""

from collections.abc import Iterator

from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.check.wording.texts import Part
from generator.check.wording.whole_text import holds_any
from generator.finding import Severity
from generator.model.records import Record
from generator.patterns import lazy_pattern

_BROKEN = lazy_pattern(r"(?<=[\u4e00-\u9fff])[ \t\u3000\u00a0\n]+(?=[\u4e00-\u9fff])")
_BLANKS = " \t\u3000\u00a0\n"
_NAMES = frozenset({"project_name", "competent_department", "implementing_unit", "evaluated_department"})


@rule(
    "PRO006",
    "name-broken",
    reads="head.project_name",
    severity=Severity.NOTE,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="名称的汉字之间没有空格和换行",
    otherwise="表中没有名称",
)
def name_broken(subject: Subject) -> Iterator[Verdict]:
    """名称中间有空格或换行。

    窄格里的名称会折行，复制下来就成了两段；带着空格的名称查不到、对不上，同一个单位会变成两个。
    检查项目名称、单位名称、各级指标名称；英文和数字两边的空格不算。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 示例服 务次数, 年度指标值: ≥12次}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 示例服务次数, 年度指标值: ≥12次}
    """
    names = _names(subject.record)
    faulty = False
    for piece in subject.pieces if holds_any(names, _BLANKS) else ():
        if piece.part not in (Part.NAME, Part.LEVEL) and not (piece.part is Part.HEAD and piece.key in _NAMES):
            continue
        if not _BROKEN.search(piece.text):
            continue
        faulty = True
        shown = _BROKEN.sub("␣", piece.text)
        yield failed(
            subject.piece_spot(piece),
            f"名称“{shown}”中间有空格或换行（␣ 处）",
            found=shown,
            expected=_BROKEN.sub("", piece.text),
            hint="删去名称中间的空格或换行；原意是两个名称的，用顿号隔开",
        )
    if names and not faulty:
        yield PASSED


def _names(record: Record) -> str:
    names = [cell.text for key, cell in record.head.items() if key in _NAMES]
    names += [label for path in dict.fromkeys([indicator.path for indicator in record.indicators]) for label in path]
    names += [indicator.name for indicator in record.indicators]
    return "\0".join(filter(None, names))
