"""Which findings a report is about: by code, family or name, by file, by weight, and against an earlier report."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from generator.check.codes import nearest_code
from generator.check.report.contents import is_broken, is_fault, is_waived, key_of
from generator.check.runner import LedgerLine
from generator.errors import JixiaoError
from generator.finding import Finding, Severity
from generator.text import nearest

NEVER = "never"
"""What `--fail-on` is told where no finding is to fail."""

_GRAVEST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
_CODE_MEANT = re.compile(r"[A-Za-z]{1,5}[\dOoIiLl]{0,6}")
_CODE_LIKE = re.compile(r"[A-Za-z]{1,3}\d{0,3}")


class Selection(Struct, frozen=True):
    """What was asked for."""

    codes: frozenset[str] | None = None
    """Only these codes; None for all."""
    ignored: frozenset[str] = frozenset()
    lightest: Severity = Severity.NOTE
    """What weighs less is not shown."""
    is_wanted_path: Callable[[str], bool] = lambda _: True

    def takes(self, finding: Finding) -> bool:
        """Tell whether a finding is shown."""
        if not self.is_wanted_path(finding.origin.path):
            return False
        if is_broken(finding):
            return True
        return _is_at_least(finding.severity, self.lightest) and (
            self.takes_code(finding.code) or is_reading_error(finding)
        )

    def takes_code(self, code: str) -> bool:
        """Tell whether a rule or fault is among those asked for."""
        return (self.codes is None or code in self.codes) and code not in self.ignored

    def findings(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return the findings that are shown."""
        return tuple(filter(self.takes, findings))

    def ledger(
        self, ledger: Mapping[str, tuple[LedgerLine, ...]], paths: Mapping[str, str]
    ) -> dict[str, tuple[LedgerLine, ...]]:
        """Return the part of a ledger that is about the files and rules asked for."""
        return {
            record: tuple(line for line in lines if self.takes_code(line.code))
            for record, lines in ledger.items()
            if self.is_wanted_path(paths[record])
        }


def is_reading_error(finding: Finding) -> bool:
    """Tell whether a file could not be read: always shown, for nothing in it can be checked."""
    return finding.severity is Severity.ERROR and not finding.record and is_fault(finding)


def _is_at_least(severity: Severity, lightest: Severity) -> bool:
    return _GRAVEST_FIRST.index(severity) <= _GRAVEST_FIRST.index(lightest)


def resolve_codes(words: Iterable[str], known: Mapping[str, str]) -> frozenset[str]:
    """Return the codes that words stand for: a code, the beginning of one, a family or a fault's name.

    `known` has the name of each code. Raises JixiaoError naming the nearest one for a word that stands for none.
    """
    codes: set[str] = set()
    for word in (part.strip() for given in words for part in re.split("[,，、 ]", given)):
        if not word:
            continue
        found = _matching(word, known)
        if not found:
            raise JixiaoError(_unknown(word, known))
        codes |= found
    return frozenset(codes)


def _matching(word: str, known: Mapping[str, str]) -> set[str]:
    if _CODE_LIKE.fullmatch(word):
        by_code = {code for code in known if code.startswith(word.upper())}
        if by_code:
            return by_code
    return {code for code, name in known.items() if name == word.lower().replace("_", "-")}


def _unknown(word: str, known: Mapping[str, str]) -> str:
    families = sorted({code[:3] for code in known})
    like = nearest_code(word, (*known, *families)) if _CODE_MEANT.fullmatch(word) else None
    like = like or nearest(word.lower(), known.values())
    asked = f"是不是“{like}”？" if like else ""
    return f"没有“{word}”这个规则代码、类别或名称。{asked}\n类别有：{'、'.join(families)}。"


def new_since(findings: Iterable[Finding], earlier: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that an earlier report did not have, wherever in its file each now stands.

    Of equal ones as many are left out as there were; what was waived and no longer is counts as new.
    A rule that broke down is always told.
    """
    before = tuple(earlier)
    known = Counter(map(key_of, before))
    # What was told before may be waived since; what was waived before and is no longer has to be told.
    told = Counter(key_of(finding) for finding in before if not is_waived(finding))
    new = []
    for finding in findings:
        key, counted = key_of(finding), known if is_waived(finding) else told
        if counted[key] and not is_broken(finding):
            counted[key] -= 1
        else:
            new.append(finding)
    return tuple(new)


def renamed(findings: Iterable[Finding], paths: Mapping[str, str], records: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return findings of an earlier report under the names their files and records have now."""
    return tuple(
        replace(
            finding,
            origin=finding.origin._replace(path=paths.get(finding.origin.path, finding.origin.path)),
            record=records.get(finding.record, finding.record),
        )
        for finding in findings
    )


def fails(findings: Iterable[Finding], fail_on: str) -> bool:
    """Tell whether any finding is to fail the check; a broken rule always does, a waived finding never."""
    return any(
        is_broken(finding)
        or (is_fault(finding) and fail_on != NEVER and _is_at_least(finding.severity, Severity(fail_on)))
        for finding in findings
    )
