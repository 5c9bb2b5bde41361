"""What came of reading one file: its drafts, with every finding traced back to the cell of the document."""

from msgspec import Struct

from generator.finding import Severity
from generator.importers.document import Remark
from generator.importers.doubts import doubts_of
from generator.importers.draft import Certainty, Filled, Leftover


class CellFinding(Struct, frozen=True):
    """One thing the check would say of a draft, and the cell of the document it is about."""

    code: str
    severity: Severity
    message: str
    field: str
    """In the form's own words."""
    found: str = ""
    expected: str = ""
    hint: str = ""
    place: str = ""
    """Where the cell stands in the document; empty where no cell says it."""
    line: int = 0
    """Line of the draft."""


class ImportedDraft(Struct, frozen=True):
    """One form, as the draft of a record."""

    title: str
    layout: str
    kind: str
    """SelfEvaluation, DepartmentEvaluation, TargetDeclaration or Other."""
    fiscal_year: int
    """0 where neither the document nor the user says one."""
    project: str
    unit: str
    record_id: str
    """Which record the document itself says this is; empty where it says none."""
    text: str
    """The record as it would be authored."""
    filled: tuple[Filled, ...] = ()
    leftover: tuple[Leftover, ...] = ()
    remarks: tuple[Remark, ...] = ()
    findings: tuple[CellFinding, ...] = ()
    """What the check says of it, but for what is listed as to be confirmed."""

    @property
    def unconfirmed(self) -> tuple[Filled, ...]:
        """Return the values that a person must compare with the document."""
        return tuple(value for value in self.filled if value.certainty is Certainty.INFERRED)

    @property
    def unconfirmed_paths(self) -> tuple[str, ...]:
        """Return what the draft lists as to be confirmed, in the form's own words; many of one doubt are one."""
        return tuple(doubt.path for doubt in doubts_of(self.filled))


class ImportedFile(Struct, frozen=True):
    """One file that was read, or the reason why it was not."""

    kind: str = ""
    """xlsx, xls, docx, pdf or html."""
    drafts: tuple[ImportedDraft, ...] = ()
    remarks: tuple[Remark, ...] = ()
    fault: str = ""
    """In Chinese: why nothing could be read, and what to do; empty where something was."""
