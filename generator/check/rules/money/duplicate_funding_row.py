"""BUD033: two rows of the money block with one name."""

from collections.abc import Iterator

from generator.check.money.funding_labels import source_of
from generator.check.outcome import PASSED, Verdict, failed
from generator.check.rule import FORM, Nature, rule
from generator.check.subject import Subject
from generator.finding import Related, Severity
from generator.model.records import FundingRow
from generator.origin import Origin
from generator.text import folded


@rule(
    "BUD033",
    "duplicate-funding-row",
    severity=Severity.WARNING,
    nature=Nature.CONTRADICTION,
    basis=(FORM,),
    formula="同一组、同一层的资金名称各不相同",
    otherwise="资金表不足两行",
)
def duplicate_funding_row(subject: Subject) -> Iterator[Verdict]:
    """资金表有两行同名。

    同一种资金列了两行，合计就可能算重，读者也不知道以哪一行为准。
    总额、财政拨款、其他资金这些来源同名就指出；项目明细里的同名行，各栏金额也全相同的才指出。

    反例：
        项目资金:
          单位: 元
          来源:
            - {资金名称: 年度资金总额, 全年预算数: 200000.00}
            - {资金名称: 其他资金, 全年预算数: 100000.00}
            - {资金名称: 其他资金, 全年预算数: 100000.00}
    正例：
        项目资金:
          单位: 元
          来源:
            - {资金名称: 年度资金总额, 全年预算数: 200000.00}
            - {资金名称: 当年财政拨款, 全年预算数: 100000.00}
            - {资金名称: 其他资金, 全年预算数: 100000.00}
    """
    rows = tuple(subject.funding_rows())
    if len(rows) <= 1:
        return
    seen: dict[tuple[str, int | None, str], FundingRow] = {}
    for row in rows:
        first = seen.setdefault((row.group, row.parent, folded(row.label)), row)
        if first is row or not (source_of(row.label) is not None or _printed(first) == _printed(row)):
            yield PASSED
            continue
        yield failed(
            subject.funding_spot(row),
            f"资金表有两行都叫“{row.label}”",
            found=row.label,
            expected="名称各不相同的行",
            hint="核对是不是抄重了；确是两笔的，把名称写完整",
            related=(Related(Origin(subject.record.path, *first.span), f"第一处“{first.label}”"),),
        )


def _printed(row: FundingRow) -> list[tuple[str, str]]:
    return sorted((column, cell.text) for column, cell in row.cells.items())
