"""A record in plain sentences, always in the same order: money, promise, result, what fell short and why, the check.

No sentence is free: each is a pattern filled from the fields. Printed figures stand as printed; what is ours says so,
and is left out where the printed figures do not determine it.
"""

from collections.abc import Mapping

from msgspec import Struct

from generator.check.rule import Nature, Rule
from generator.finding import Finding
from generator.model.records import BLANK, Cell
from generator.plan.form_view import FormView
from generator.plan.plain_money import money_sentences
from generator.plan.plain_results import promise_sentences, result_sentences, shortfall_sentences
from generator.plan.plain_sentence import Part, Sentence, sentence
from generator.plan.plain_words import say_points
from generator.plan.rows import Lines


class Paragraph(Struct, frozen=True):
    """The sentences about one matter."""

    label: str
    sentences: tuple[Sentence, ...]


class PlainCard(Struct, frozen=True):
    """All that the card says; the template only prints it."""

    paragraphs: tuple[Paragraph, ...]


def plain_card(lines: Lines, form: FormView, rules: Mapping[str, Rule]) -> PlainCard:
    """Return a record in plain sentences; links lead to the figures on the same page."""
    is_promise = lines.row.record_type == "TargetDeclaration"
    paragraphs = (
        ("资金", money_sentences(lines, form)),
        ("承诺", promise_sentences(lines)),
        ("结果", _declared() if is_promise else (*result_sentences(lines), *_total_sentences(lines, form))),
        ("差距", () if is_promise else shortfall_sentences(lines, form.form.funding_columns)),
        ("核对", _check_sentences(lines, rules)),
    )
    return PlainCard(tuple(Paragraph(label, tuple(said)) for label, said in paragraphs if said))


def _declared() -> tuple[Sentence, ...]:
    return (sentence("这是申报时的目标，表里还没有结果和得分。"),)


def _total_sentences(lines: Lines, form: FormView) -> list[Sentence]:
    """Say the printed total, what it is out of, the grade and the review's total."""
    record = lines.record
    score, points = record.total.get("score", BLANK), record.total.get("points", BLANK)
    grade, review = record.head.get("grade", BLANK), record.total.get("review_score", BLANK)
    place = "#total" if form.draws_total else "#form"
    if not (score.text or score.unreadable) and not any("score" in row.cells for row in record.indicators):
        said: list[str | Part] = ["表里没有得分这一栏"] if record.indicators else []
    elif score.unreadable:
        said = ["总分", Part("无法辨认", place)]
    elif not score.text.strip():
        said = ["表里没有写总分"]
    elif score.number is None:
        said = ["总分一栏印的是", Part(say_points(score), place)]
    else:
        said = ["自评总分 ", Part(say_points(score), place), _out_of(points)]
    if said and grade.text.strip():
        said.append(f"，等级“{grade.text.strip()}”")
    elif said and grade.unreadable:
        said.append("，等级无法辨认")
    if review.text.strip():
        said.append(f"{'，' if said else ''}复核得分 {say_points(review)}")
    return [sentence(*said, "。")] if said else []


def _out_of(points: Cell) -> str:
    if points.number is not None:
        return f"（满分 {say_points(points)}）"
    return "（满分无法辨认）" if points.unreadable else "（表里没有写满分）"


_KINDS = {Nature.ARITHMETIC: "数字对不上", Nature.CONTRADICTION: "前后说法不一致"}
"""Kinds of findings that are told apart; the link at their number leads to the first."""


def _check_sentences(lines: Lines, rules: Mapping[str, Rule]) -> list[Sentence]:
    """Say how many findings of which kind there are; no more than the rules decided."""
    check = lines.check
    if not check.ledger and not check.findings:
        return []
    rows = [row for row in lines.findings if not row.is_waived]
    natures = [_nature(finding, rules) for finding in check.findings]
    of_nature = {row.number: nature for row, nature in zip(lines.findings, natures, strict=True)}
    said: list[str | Part] = []
    for nature, title in _KINDS.items():
        found = [row for row in rows if of_nature[row.number] is nature]
        if found:
            said += ["，" if said else "这张表有 ", Part(f"{len(found)} 处", f"#{found[0].anchor}"), title]
    others = [row for row in rows if of_nature[row.number] not in _KINDS]
    if others:
        said += ["，另有 " if said else "这张表有 ", Part(f"{len(others)} 处", f"#{others[0].anchor}"), "与规则不符"]
    undecided, waived = len(check.undecided), len(lines.findings) - len(rows)
    sentences = []
    if said:
        sentences.append(sentence(*said, "；不符不等于有过错，逐条见", Part("检查结果", "#check"), "。"))
    elif not undecided and not waived:
        sentences.append(
            sentence(f"列出的 {len(check.ledger)} 条规则都能判定，没有查出不符，见", Part("检查结果", "#check"), "。")
        )
    elif not waived:
        sentences.append(
            sentence(f"列出的 {len(check.ledger)} 条规则里，能判定的没有查出不符，见", Part("检查结果", "#check"), "。")
        )
    if waived:
        sentences.append(sentence(f"有 {waived} 处不符已豁免，理由见", Part("检查结果", "#check"), "。"))
    if undecided:
        sentences.append(sentence(f"{undecided} 条规则没有判定，不作结论。"))
    return sentences


def _nature(finding: Finding, rules: Mapping[str, Rule]) -> Nature | None:
    rule = rules.get(finding.code)
    return rule.nature if rule else None
