"""What a build found and did."""

from msgspec import Struct
from msgspec.structs import replace

from generator.finding import Finding, Severity


class BuildReport(Struct, frozen=True):
    """What a build found and did; kept, so that a build with nothing to do can say the same again."""

    findings: tuple[Finding, ...]
    """What reading found, what keeps records from being published, and rules that broke down, in reading order."""
    failed: tuple[str, ...]
    """Files that cannot be read without error or hold personal data; their records are not on the site."""
    records: int
    rule_counts: dict[Severity, int]
    """How many findings of the rules the published records have, by weight."""
    is_broken: bool = False
    """Whether a rule broke down, so that something was not checked."""
    pages: int = 0
    written: tuple[str, ...] = ()
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    published: bool = True
    """False where the build stopped before writing anything."""
    seconds: dict[str, float] = {}
    """How long each stage took."""
    peak_memory: int = 0
    """Of the largest process, in bytes; 0 where the system does not tell."""
    warnings: tuple[str, ...] = ()
    """Chinese sentences on what the site lacks this time, the fault being none of the content."""


def as_unchanged(report: BuildReport) -> BuildReport:
    """Return what a build finds that has nothing to do after this one."""
    files = report.unchanged + len(report.written)
    return replace(report, written=(), removed=(), unchanged=files, seconds={}, peak_memory=0)
