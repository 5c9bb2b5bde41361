"""Honest records of many provinces' layouts: nothing may be held against them but what is listed here, with its reason."""

from datetime import date
from pathlib import Path

from generator.build.checking import check_content
from generator.configuration import load_settings
from generator.finding import Severity

HONEST = Path(__file__).parent / "honest"

DEFENSIBLE = {
    # A budget lowered to the cent to what was spent, without a word.
    ("2024/jiaoyu/zhongkao", "BUD023"),
    # 9.5 of 10 where 94.2 of 95 gives 9.92; even in half points it would be 10.
    ("2024/jiaoyu/zhongkao", "IND002"),
    # The ministry is not in the register of this made-up county.
    ("2024/jiaoyu/zhuanyi", "REC018"),
    # The score of execution was rounded up to half a point: 9.3 is due, 9.5 is printed.
    ("2024/yiyuan/chuanran", "BUD002"),
    # 55, 25 and 10 points are allowed, but not usual.
    ("2024/yiyuan/chuanran", "SCO021"),
    # Within two hours promised, within two hours reported: no result is told.
    ("2024/yl/jikong", "IND023"),
    # More than 30 % above the target without a word, though of a small growth rate.
    ("2024/yl/jikong", "IND006"),
}


def test_nothing_else_is_held_against_honest_records() -> None:
    content = check_content(load_settings(HONEST / "mkdocs.yml"), today=date(2025, 3, 31))
    grave = [one for one in content.check.findings if one.severity is not Severity.NOTE]

    assert len(content.paths) == 32
    found = {
        (one.record or one.origin.path.removeprefix("content/records/").rpartition(".")[0], one.code) for one in grave
    }
    assert found == DEFENSIBLE


def test_no_rule_breaks_down_on_them() -> None:
    content = check_content(load_settings(HONEST / "mkdocs.yml"), today=date(2025, 3, 31))

    assert [line for ledger in content.check.ledgers().values() for line in ledger if line.outcome == "error"] == []
