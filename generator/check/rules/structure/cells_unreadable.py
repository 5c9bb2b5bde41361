"""REC042: cells of the original that cannot be read."""

from collections import Counter
from collections.abc import Iterator

from generator.check.outcome import PASSED, Spot, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.check.wording.texts import Part, spot_of
from generator.check.wording.whole_text import whole_text
from generator.finding import Related, Severity
from generator.origin import Origin

_SHOWN = 10


@rule(
    "REC042",
    "cells-unreadable",
    severity=Severity.NOTE,
    nature=Nature.STYLE,
    basis=(FORM,),
    formula="没有标为“无法辨认”的格",
    otherwise="表中没有内容",
)
def cells_unreadable(subject: Subject) -> Iterator[Verdict]:
    """有的格标为无法辨认，与它们有关的检查都没有作出判断。

    无法辨认不等于填错，多半是扫描或转换造成的；这里只告诉读者哪些格没有查、哪些结论因此没有下。
    找到清晰的原件后补上，相应的检查会自动进行。

    反例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 示例服务次数, 年度指标值: ≥12次, 实际完成值: {无法辨认: 扫描件污损}}
    正例：
        绩效指标:
          产出指标:
            数量指标:
              - {三级指标: 示例服务次数, 年度指标值: ≥12次, 实际完成值: 12次}
    """
    words = whole_text(subject)
    if not words.has_notes:
        if words.everything:
            yield PASSED
        return
    marked = [piece for piece in subject.pieces if piece.part is Part.NOTE]
    record = subject.record
    spots = [spot_of(record, piece) for piece in marked]
    columns = Counter(_column(spot) for spot in spots)
    named = "、".join(f"{column} {count} 处" for column, count in columns.items())
    others = tuple(
        Related(Origin(record.path, *spot.span), f"{spot.field}：{piece.text}", record.id)
        for spot, piece in zip(spots[1:_SHOWN], marked[1:_SHOWN], strict=True)
    )
    yield failed(
        spots[0],
        f"有 {len(marked)} 处无法辨认，没有作出判断（{named}）",
        found=marked[0].text,
        expected="原件上的内容",
        hint="能找到清晰原件的补上；找不到的，请原单位提供",
        related=others,
    )


def _column(spot: Spot) -> str:
    return spot.field.rpartition(" › ")[2] or "附表"
