"""What a record says of its money, in plain sentences."""

from msgspec import Struct

from generator.check.outcome import Outcome
from generator.check.runner import CalculationLine
from generator.model.amounts import Amount, MainAmounts, percentage
from generator.model.records import Cell, FundingRow, Record
from generator.money import BLANK_MARKS, EXACT
from generator.plan.form_view import FormView, label_key
from generator.plan.plain_sentence import Part, Sentence, sentence
from generator.plan.plain_words import quoted, say_amount, say_change, say_percent, spaced, with_percent_sign
from generator.plan.rows import Lines
from generator.vocabulary import Place

_SUBJECTS = {"DepartmentEvaluation": "整个单位", "Other": "这张表上"}
_OF_YEAR: dict[str, tuple[str, ...]] = {
    "initial_budget": ("initial_budget",),
    "adjusted_budget": ("adjusted_budget", "budget"),
    "executed": ("executed",),
}
_REQUESTED: dict[str, tuple[str, ...]] = {"requested": ("requested", "amount")}
_LABELS = {
    "initial_budget": "年初预算数", "adjusted_budget": "全年预算数", "executed": "全年执行数", "requested": "申请的资金",
}  # fmt: skip


def money_sentences(lines: Lines, form: FormView) -> list[Sentence]:
    """Say what was budgeted, changed and spent, the printed rate, and which of them the form lacks."""
    record, amounts = lines.record, lines.row.amounts
    if record.funding is None or not record.funding.rows:
        return [sentence("表里没有填写资金。")]
    row = None if amounts.anchor_row is None else record.funding.rows[amounts.anchor_row]
    if row is not None and row.unreadable:
        return [sentence("资金总额一行", Part("各栏无法辨认", _place_of(row, form)), "，没有数字可说。")]
    subject, place = _SUBJECTS.get(lines.row.record_type, "这个项目"), _place_of(row, form)
    is_request = amounts.requested is not None and not (amounts.adjusted_budget or amounts.executed)
    if lines.row.record_type == "TargetDeclaration" or is_request:
        # A single amount of another kind of form need not be one that is applied for.
        applied = lines.row.record_type == "TargetDeclaration" or (row is not None and "requested" in row.cells)
        said = _requested(f"{subject}本年度申请 " if applied else "表里的资金总额是 ", amounts, place)
        columns = {} if said else _REQUESTED
    else:
        said = [*_spent(subject, amounts, place), *_rate(lines, row, place)]
        columns = _OF_YEAR
    # A form of its own kind may call its columns anything, so nothing is missed there.
    missing = _missing(record, amounts, row, columns) if said or lines.row.record_type != "Other" else []
    return [*said, *missing] or [sentence("表里没有可用的资金总额，各行见", Part("原表", "#form"), "。")]


def _place_of(row: FundingRow | None, form: FormView) -> str:
    """Return where on the page a row of the money stands, as far as the layout draws it."""
    if row is None:
        return "#form"
    wanted = (label_key(row.label), row.group)
    if form.form.fixed_funding and wanted not in [(label_key(one.label), one.group) for one in form.form.funding_rows]:
        return "#form"
    return next((f"#{line.anchor}" for line in form.funding if (label_key(line.name), line.group) == wanted), "#form")


def _requested(lead: str, amounts: MainAmounts, place: str) -> list[Sentence]:
    amount = amounts.requested or amounts.adjusted_budget or amounts.initial_budget
    return [] if amount is None else [sentence(lead, Part(say_amount(amount), place), "。")]


def _spent(subject: str, amounts: MainAmounts, place: str) -> list[Sentence]:
    """Say budget and spending in one sentence, as far as they are printed."""
    initial, adjusted, executed = amounts.initial_budget, amounts.adjusted_budget, amounts.executed
    said: list[str | Part] = []
    if initial is not None:
        said += ["年初安排 " if initial.number > 0 else "年初预算数是 ", Part(say_amount(initial), place)]
    if adjusted is not None and initial is None:
        said += ["全年预算 ", Part(say_amount(adjusted), place)]
    elif adjusted is not None and initial is not None:
        said += ["，", *_adjusted(initial, adjusted, place)]
    if executed is not None:
        said += ["，" if said else "", "全年花了 " if executed.number > 0 else "全年执行数是 "]
        said.append(Part(say_amount(executed), place))
    return [sentence(subject, *said, "。")] if said else []


def _adjusted(initial: Amount, adjusted: Amount, place: str) -> list[str | Part]:
    change = EXACT.subtract(adjusted.yuan, initial.yuan)
    if change == 0:
        return ["全年预算数", Part("与年初相同", place)]
    rate = percentage(change, initial.yuan) if adjusted.number >= 0 else None
    beside = f"（{say_change(rate)}，本站计算）" if rate is not None else ""
    return ["年中调整为 ", Part(say_amount(adjusted), place), beside]


def _rate(lines: Lines, row: FundingRow | None, place: str) -> list[Sentence]:
    """Say the printed execution rate, whether the printed amounts bear it out, and the rate of the initial budget."""
    amounts = lines.row.amounts
    cell = amounts.execution_rate
    rows = lines.record.funding.rows if lines.record.funding else ()
    row = row or next((one for one in rows if one.cells.get("execution_rate") is cell), None)
    against_initial = _against_initial(amounts)
    if cell is None or cell.unreadable or cell.text.strip() in BLANK_MARKS:
        computed = _computed(amounts)
        why = _why_no_rate(cell)
        if computed and amounts.adjusted_budget is not None:
            return [sentence(f"{why}，按全年预算数算是{spaced(computed)}（本站计算）", against_initial, "。")]
        return [sentence(f"{why}。")] if cell is not None else []
    calculation = next((one for one in lines.check.calculations if _is_of(one, row, cell)), None)
    said, remark = Part(_printed_rate(cell, calculation), place), ""
    if calculation is not None and calculation.outcome in (Outcome.PASS, Outcome.ROUNDING):
        remark = "（按全年预算数算）" if amounts.adjusted_budget is not None else ""
    elif calculation is not None and calculation.outcome in (Outcome.FAIL, Outcome.WAIVED):
        computed = _computed(amounts)
        remark = (
            f"，按印出的金额算却是{spaced(computed)}（本站计算），两者对不上" if computed else "，与印出的金额对不上"
        )
    elif amounts.adjusted_budget is not None and amounts.adjusted_budget.number == 0:
        remark = "（全年预算数是 0，无从核对）"
    return [sentence("印出的预算执行率是 ", said, remark, against_initial, "。")]


def _why_no_rate(cell: Cell | None) -> str:
    if cell is None:
        return "表里没有预算执行率"
    if cell.unreadable:
        return "印出的预算执行率无法辨认"
    return f"预算执行率一栏印的是{quoted(cell.text, 8)}" if cell.text.strip() else "表里没有写预算执行率"


def _computed(amounts: MainAmounts) -> str:
    """Return executed over adjusted budget in words; empty where it cannot be had, or either is below zero."""
    rate = amounts.computed_execution_rate
    return say_percent(rate) if rate is not None and rate >= 0 else ""


def _against_initial(amounts: MainAmounts) -> str:
    initial, executed = amounts.initial_budget, amounts.executed
    if initial is None or executed is None or executed.number < 0 or not amounts.adjustment:
        return ""
    rate = percentage(executed.yuan, initial.yuan)
    return "" if rate is None else f"；按年初预算数算是{spaced(say_percent(rate))}（本站计算）"


_RATE_RULE, _RATE_TITLE = "BUD001", "预算执行率（%）"


def _is_of(line: CalculationLine, row: FundingRow | None, cell: Cell) -> bool:
    """Tell whether a calculation is the one of a printed rate."""
    if row is None or line.code != _RATE_RULE or line.calculation.printed != cell.text:
        return False
    return line.calculation.title in (_RATE_TITLE, f"{row.label}的执行率（%）")


def _printed_rate(cell: Cell, calculation: CalculationLine | None) -> str:
    """Return the printed rate, with a percent sign where it is one in percent: a share such as 0.95 is left alone."""
    number = cell.number
    if number is None:
        return quoted(cell.text, 12)
    computed = calculation.calculation.computed if calculation else None
    if 0 < number <= 1:
        is_percent = computed is not None and abs(computed - number) < abs(computed - number * 100)
        return with_percent_sign(cell.text) if is_percent else cell.text
    return with_percent_sign(cell.text)


class _Missing(Struct, frozen=True):
    """The main amounts a form lacks, by why."""

    blank: list[str]
    absent: list[str]
    others: list[str]


def _missing(
    record: Record, amounts: MainAmounts, row: FundingRow | None, columns: dict[str, tuple[str, ...]]
) -> list[Sentence]:
    """Say which main amounts the form lacks, and why."""
    found = _Missing([], [], [])
    for column, keys in columns.items():
        if getattr(amounts, column) is None:
            _note_missing(found, record, amounts, row, column, keys)
    said = [
        *([f"表里没有写{'、'.join(found.blank)}"] if found.blank else []),
        *([f"表里没有{'、'.join(found.absent)}这一栏"] if found.absent else []),
        *found.others,
    ]
    return [sentence("，".join(said), "。")] if said else []


def _note_missing(
    found: _Missing, record: Record, amounts: MainAmounts, row: FundingRow | None, column: str, keys: tuple[str, ...]
) -> None:
    key = next((key for key in keys if row is not None and key in row.cells), "")
    label = record.label(Place.FUNDING_ROW, key) if key and key != "amount" else _LABELS[column]
    if row is None or not key:
        short = amounts.missing.get(column, ())
        if short:
            found.others.append(f"“{short[0]}”没有{label}，加不出总额")
        else:
            found.absent.append(label)
        return
    cell = row.cells[key]
    if cell.unreadable:
        found.others.append(f"{label}无法辨认")
    elif not cell.text.strip():
        found.blank.append(label)
    elif cell.text.strip() in BLANK_MARKS:
        found.others.append(f"{label}一栏印的是“{cell.text.strip()}”")
    elif cell.number is None:
        found.others.append(f"{label}一栏印的是{quoted(cell.text, 16)}，读不成一个数")
    else:
        found.others.append(f"{label}印的是 {cell.text}，表里没有写明金额单位")
