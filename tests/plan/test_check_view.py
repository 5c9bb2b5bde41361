"""The part of a record's page that tells what the check found."""

import pytest
from msgspec import structs
from msgspec.structs import replace

from generator.check.outcome import Outcome
from generator.check.policy import Policy, PublicFindings, SeenCheck
from generator.check.runner import LedgerLine
from generator.export.check_data import check_data
from generator.finding import Finding, Severity
from generator.model.catalog import Catalog
from generator.origin import Origin, Span
from generator.plan.check_view import CheckView, make_check_view, summary_of
from generator.plan.form_view import Mark, make_form_view
from generator.plan.rows import make_lines
from generator.plan.site_check import SiteCheck
from tests.checked import INTERNAL, site_check
from tests.export.exported import load
from tests.site_tools import PROJECT

RECORD = "2024/xinzhuang/liangxin"
TARGETS = "2024/xidu/zhuanhu"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(PROJECT / "content")


@pytest.fixture(scope="module")
def site(catalog: Catalog) -> SiteCheck:
    return site_check(catalog)


def finding(span: Span, *, anchor: str = "", outcome: Outcome = Outcome.FAIL) -> Finding:
    origin = Origin("x.yaml", *span)
    return Finding(
        "BUD001", "execution-rate-mismatch", Severity.ERROR, "不符", origin, anchor=anchor, outcome=outcome.value
    )


def check(*lines: LedgerLine, findings: tuple[Finding, ...] = (), internal: int = 0) -> SeenCheck:
    return SeenCheck(RECORD, findings, lines, (), internal)


PASSED = LedgerLine("BUD001", Outcome.PASS, 1, ())
OPEN = LedgerLine("BUD002", Outcome.INSUFFICIENT, 1, ("缺全年预算数",))
FOUND = finding(Span(9, 9))
WAIVED = finding(Span(9, 9), outcome=Outcome.WAIVED)


def test_that_nothing_is_wrong_is_said_only_where_every_rule_is_decided_and_none_found_anything() -> None:
    fine = "没有发现问题"

    assert fine in summary_of(check(PASSED))
    assert fine not in summary_of(check(PASSED, OPEN))
    assert fine not in summary_of(check(PASSED, findings=(FOUND,)))
    assert fine not in summary_of(check(PASSED, findings=(WAIVED,)))
    assert fine not in summary_of(check())


def test_the_summary_says_what_was_not_decided_and_why() -> None:
    assert summary_of(check(PASSED, OPEN)) == "应查 2 条规则，已判定的 1 条没有不符。1 条没有判定（数据不足 1 条）。"


def test_the_summary_tells_waived_findings_from_open_ones() -> None:
    text = summary_of(check(PASSED, findings=(FOUND, WAIVED)))

    assert text == "应查 1 条规则，查出 1 处与规则不符。另有 1 处已豁免，理由一并列出。"


def view_of(
    catalog: Catalog, site: SiteCheck, identifier: str, findings: tuple[Finding, ...]
) -> tuple[CheckView, dict[str, Mark]]:
    record = next(record for record in catalog.records if record.id == identifier)
    seen = structs.replace(site.seen[identifier], findings=findings)
    lines = make_lines(record, catalog, replace(site, seen={**site.seen, identifier: seen}))
    view, marks = make_check_view(lines, make_form_view(record, catalog.form_of(record)), site, {})
    return view, dict(marks)


def test_a_finding_about_an_indicator_is_marked_at_its_row(catalog: Catalog, site: SiteCheck) -> None:
    anchor = next(record for record in catalog.records if record.id == RECORD).indicators[0].anchor
    twice = (finding(Span(30, 1), anchor=anchor), finding(Span(30, 9), anchor=anchor))
    view, marks = view_of(catalog, site, RECORD, twice)

    assert [one.place for one in view.findings] == [anchor, anchor]
    assert marks == {anchor: Mark("1、2", "#finding-1")}


def test_a_finding_about_money_or_a_total_is_marked_by_where_it_is_authored(catalog: Catalog, site: SiteCheck) -> None:
    record = next(record for record in catalog.records if record.id == RECORD)
    assert record.funding is not None
    rate = record.funding.rows[0].cells["execution_rate"]
    spans = (rate.span, record.funding.rows[1].span, record.total["score"].span, record.keys["total"])
    view, _ = view_of(catalog, site, RECORD, tuple(map(finding, spans)))

    assert [one.place for one in view.findings] == ["funding-年度资金总额", "funding-当年财政拨款", "total", "total"]


def test_a_target_declaration_marks_both_sides_of_its_money(catalog: Catalog, site: SiteCheck) -> None:
    record = next(record for record in catalog.records if record.id == TARGETS)
    assert record.funding is not None
    spans = [row.cells["amount"].span for row in record.funding.rows]
    view, _ = view_of(catalog, site, TARGETS, tuple(map(finding, spans)))
    groups = {one.place.split("-")[1] for one in view.findings}

    assert groups == {"项目总资金", "年度资金"}


def test_a_finding_about_the_record_as_a_whole_marks_no_row(catalog: Catalog, site: SiteCheck) -> None:
    view, marks = view_of(catalog, site, RECORD, (finding(Span(1, 1)),))

    assert view.findings[0].place == ""
    assert marks == {}


def test_every_finding_of_the_inside_edition_has_a_line(catalog: Catalog) -> None:
    inside = site_check(catalog, INTERNAL)
    for record in catalog.records:
        lines = make_lines(record, catalog, inside)
        view, marks = make_check_view(lines, make_form_view(record, catalog.form_of(record)), inside, {})
        assert len(view.findings) == len(inside.seen[record.id].findings)
        assert view.internal_rules == 0
        assert set(marks) == {one.place for one in view.findings if one.place}


def test_scores_are_explained_for_evaluations_alone(catalog: Catalog, site: SiteCheck) -> None:
    scored = {record.id: bool(site.scoring_of(record.id)) for record in catalog.records}
    kinds = {record.id: catalog.form_of(record).record_type for record in catalog.records}

    assert scored == {identifier: kind != "TargetDeclaration" for identifier, kind in kinds.items()}


@pytest.mark.parametrize("public", PublicFindings)
@pytest.mark.parametrize("internal", [False, True])
def test_how_scores_come_about_is_method_and_shown_with_it(
    catalog: Catalog, public: PublicFindings, *, internal: bool
) -> None:
    site = site_check(catalog, Policy(public, internal=internal))
    record = next(one for one in catalog.records if catalog.form_of(one).record_type == "SelfEvaluation")
    lines = make_lines(record, catalog, site)

    view, _ = make_check_view(lines, make_form_view(record, catalog.form_of(record)), site, {})

    is_shown = internal or public is not PublicFindings.CONTRADICTIONS
    assert bool(view.scoring) == bool(check_data(lines, site)["scoring"]) == is_shown
