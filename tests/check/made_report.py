"""One report with every kind of finding, for the tests of all formats."""

from msgspec.structs import replace

from generator.check.outcome import Outcome
from generator.check.registry import all_rules
from generator.check.report.contents import ReportContents
from generator.check.runner import LedgerLine
from generator.finding import Finding, Related, Severity, in_reading_order
from generator.origin import Origin

GOOD = "content/records/2024/shili/jia.yaml"
BROKEN = "content/records/2024/shili/读不出.yaml"

SOURCES = {
    GOOD: (
        "表样: 财政项目支出绩效自评表",
        "项目名称: 一二三\x1b[31m四",
        "执行率: 96.00, 余下的：\u202e文字",
        "满意度: 80",
    ),
    BROKEN: ("年度:2024",),
}

RATE = Finding(
    "BUD001", "execution-rate-mismatch", Severity.ERROR, "“年度资金总额”的执行率与金额不符",
    Origin(GOOD, 3, 6), "96.00", "95.00（58.00 ÷ 61.05 × 100）", "核对执行率和两个金额", "项目资金 › 执行率",
    record="2024/shili/jia", anchor="zhibiao-1",
    related=(Related(Origin(GOOD, 4, 6), "满意度写的是 80", "2024/shili/jia"),),
)  # fmt: skip
WARNING = replace(
    RATE, code="SCO001", name="score-over-points", severity=Severity.WARNING, message="得分超过分值：100%, 见“[1]”",
    origin=Origin(GOOD, 2, 9), found="四\n五", expected="", hint="", anchor="", related=(),
)  # fmt: skip
NOTE = replace(WARNING, code="IND001", name="word-style", severity=Severity.NOTE, message="写法", found="\x1b]0;x\x07")
WAIVED = replace(
    RATE, origin=Origin(GOOD, 4, 6), found="80", outcome="waived", reason="区财政局同意，至 2025-12-31", related=()
)
CRASHED = replace(
    RATE, code="PRO001", name="text-copied", message="规则运行出错：ValueError: 坏了", origin=Origin(GOOD, 1, 1),
    outcome="error", found="", expected="", hint="请报告给维护者", field="", anchor="", related=(),
)  # fmt: skip
UNREAD = Finding(
    "SRC058", "missing-blank-after-colon", Severity.ERROR, "“年度”的冒号后缺少空格", Origin(BROKEN, 1, 3),
    "年度:2024", "英文冒号加一个空格", "写成 年度: 2024",
)  # fmt: skip

LEDGER = (
    LedgerLine("BUD001", Outcome.FAIL, 2, ()),
    LedgerLine("BUD002", Outcome.PASS, 3, ()),
    LedgerLine("BUD003", Outcome.ROUNDING, 1, ("金额印出前已四舍五入",)),
    LedgerLine("IND001", Outcome.FAIL, 1, ()),
    LedgerLine("PRO001", Outcome.ERROR, 1, ("规则运行出错：ValueError: 坏了",)),
    LedgerLine("SCO001", Outcome.FAIL, 1, ()),
    LedgerLine("SCO002", Outcome.INSUFFICIENT, 1, ("“分值”没有填",)),
    LedgerLine("XRF001", Outcome.NOT_APPLICABLE, 0, ("只有一份表",)),
    LedgerLine("XRF002", Outcome.WAIVED, 1, ("区财政局同意",)),
)


def made_report(*findings: Finding) -> ReportContents:
    """Return a report with some findings, or with one of every kind."""
    return ReportContents(
        version="0.3.0",
        fingerprint="0123456789ab",
        records=1,
        findings=in_reading_order(findings or (RATE, WARNING, NOTE, WAIVED, CRASHED, UNREAD)),
        ledger={"2024/shili/jia": LEDGER},
        paths={"2024/shili/jia": GOOD},
        rules=all_rules(),
        lines=lambda path: SOURCES.get(path, ()),
    )
