"""BUD030: a money cell left blank where the others of its column are filled."""

from collections.abc import Iterator

from generator.check.money.funding import amount_columns, title_of
from generator.check.money.funding_labels import Source, source_of
from generator.check.outcome import PASSED, Spot, Verdict, failed
from generator.check.rule import FORM, PRACTICE, Nature, rule
from generator.check.subject import Subject
from generator.finding import Severity
from generator.model.records import FundingRow


@rule(
    "BUD030",
    "blank-money-cell",
    severity=Severity.NOTE,
    nature=Nature.STYLE,
    basis=(FORM, PRACTICE),
    formula="同一栏别的行有数字时，本行印 0 或“—”，不留空白",
    otherwise="资金表没有留了金额栏的行",
)
def blank_money_cell(subject: Subject) -> Iterator[Verdict]:
    """金额栏有空白，看不出是 0 还是漏填。

    空白不是零：读者不知道没有这笔钱，还是忘了填，合计也就无从核对。没有这笔钱的，印 0 或“—”。
    只在同一组里别的行的同一栏有数字时指出；整组都空着的（例如不填的“项目总资金”）不指出。
    总额空着的由 BUD014 判断。

    反例：
        项目资金:
          单位: 元
          年度资金总额: {全年预算数: 100000.00, 全年执行数: 100000.00}
          当年财政拨款: {全年预算数: 100000.00, 全年执行数: 100000.00}
          其他资金: {全年预算数: , 全年执行数: }
    正例：
        项目资金:
          单位: 元
          年度资金总额: {全年预算数: 100000.00, 全年执行数: 100000.00}
          当年财政拨款: {全年预算数: 100000.00, 全年执行数: 100000.00}
          其他资金: {全年预算数: 0, 全年执行数: 0}
    """
    columns = amount_columns(subject)
    filled = {
        (row.group, column)
        for row in subject.funding_rows()
        for column in columns
        if column in row.cells and row.cells[column].number is not None
    }
    for row in subject.funding_rows():
        if row.unreadable or source_of(row.label) is Source.TOTAL:
            continue
        if not any(column in row.cells for column in columns):
            continue
        blank = [column for column in columns if (row.group, column) in filled and _is_blank(row, column)]
        yield _blank(subject, row, blank) if blank else PASSED


def _is_blank(row: FundingRow, column: str) -> bool:
    cell = row.cells.get(column)
    return cell is not None and not cell.unreadable and not cell.text.strip()


def _blank(subject: Subject, row: FundingRow, columns: list[str]) -> Verdict:
    spot: Spot = subject.funding_spot(row, columns[0])
    return failed(
        spot,
        f"“{row.label}”的{'、'.join(title_of(subject, column) for column in columns)}空白，看不出是 0 还是漏填",
        found="空白",
        expected="数字，或者“—”",
        hint="没有这笔钱的填 0 或“—”；漏填的补上",
    )
