"""What a record says of its own check is published word for word."""

from datetime import date

from jsonschema import Draft202012Validator

from generator.export.judgement_data import judgement_data
from generator.export.schema import api_schema
from generator.model.records import ABSENT, Cell, Correction, Record, Reply, Side, Waiver

PLAIN = Record("2024/a/b", "content/records/2024/a/b.yaml", "项目自评表", "general", 2024, "b")
SAID = Record(
    "2024/a/b", "content/records/2024/a/b.yaml", "项目自评表", "general", 2024, "b",
    rule_pack=Cell("hubei"),
    waivers=(Waiver("BUD001", "", "原件如此", "财务科", date(2025, 12, 31)),),
    replies=(Reply("BUD001", "得分", "**核对过**", "示例中心", "2025年3月1日"),),
    corrections=(
        Correction("产出指标 › 培训次数", Side("", {"分值": "5"}), Side(ABSENT), 2, "重复", "财务科", "2025-04-02"),
        Correction("总分 › 得分", Side(""), Side("9.50"), 0, "漏抄", "财务科", "2025-04-01"),
    ),
)  # fmt: skip


def test_pack_waivers_replies_and_corrections_are_published() -> None:
    assert judgement_data(SAID) == {
        "rule_pack": "hubei",
        "waivers": [
            {"rule": "BUD001", "field": "", "reason": "原件如此", "approver": "财务科", "valid_until": "2025-12-31"}
        ],
        "replies": [
            {
                "rule": "BUD001",
                "field": "得分",
                "text": "**核对过**",
                "respondent": "示例中心",
                "date": "2025年3月1日",
            }
        ],
        "corrections": [
            {
                "item": "总分 › 得分",
                "old": "",
                "new": "9.50",
                "position": None,
                "reason": "漏抄",
                "decided_by": "财务科",
                "date": "2025-04-01",
            },
            {
                "item": "产出指标 › 培训次数",
                "old": {"分值": "5"},
                "new": None,
                "position": 2,
                "reason": "重复",
                "decided_by": "财务科",
                "date": "2025-04-02",
            },
        ],
    }


def test_a_record_without_any_has_empty_lists() -> None:
    assert judgement_data(PLAIN) == {"rule_pack": None, "waivers": [], "replies": [], "corrections": []}


def test_they_fit_the_published_schema() -> None:
    properties = api_schema()["$defs"]["record"]["properties"]
    for record in (PLAIN, SAID):
        for name, value in judgement_data(record).items():
            assert list(Draft202012Validator(properties[name]).iter_errors(value)) == []
