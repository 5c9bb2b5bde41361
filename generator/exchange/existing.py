"""The records that are there already: read as they stand, values to confirm or not."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generator.exchange.addresses import Known
from generator.exchange.importing import is_sound, record_of
from generator.finding import Finding
from generator.load.assemble import markdown_sections, printed_unit
from generator.load.decode import decode_with_errors
from generator.load.discover import SourceFile, discover
from generator.load.text_file import load_text
from generator.model.forms import FormLibrary
from generator.model.records import Record


class Present(NamedTuple):
    """One record file."""

    file: SourceFile
    text: str
    """With LF line ends; empty where the file cannot be read."""
    data: bytes
    record: Record | None
    """As far as it can be read; None where nothing can."""
    is_sound: bool
    """Whether nothing is wrong with it, values to confirm aside."""


class Existing:
    """The records below one folder, each read when it is asked for."""

    def __init__(self, records_dir: Path, project_dir: Path, forms: FormLibrary) -> None:
        self._forms = forms
        found = discover(records_dir, project_dir) if records_dir.is_dir() else None
        files = (*found.files, *found.set_aside) if found else ()
        self._files = {file.id: file for file in files}
        self._read: dict[str, Present] = {}
        self._known: dict[str, tuple[Known, ...]] = {}

    def at(self, identifier: str) -> Present | None:
        """Return the record at an address, or None where there is none."""
        file = self._files.get(identifier)
        if file is None:
            return None
        if identifier not in self._read:
            self._read[identifier] = _present(file, self._forms)
        return self._read[identifier]

    def of_unit(self, unit: str) -> tuple[Known, ...]:
        """Return what addresses depend on, for each record of a unit, one with errors too as far as it can be read."""
        if unit not in self._known:
            self._known[unit] = tuple(
                known
                for identifier in sorted(self._files)
                if identifier.split("/")[1:2] == [unit]
                if (known := self._known_at(identifier)) is not None
            )
        return self._known[unit]

    def unit_of(self, identifier: str) -> str:
        """Return the unit that the record at an address prints, empty where there is none."""
        present = self.at(identifier)
        return printed_unit(present.record) if present and present.record else ""

    def _known_at(self, identifier: str) -> Known | None:
        present = self.at(identifier)
        if present is None:
            return None
        return known_of(present.record, self._forms) if present.record else None


def present_records(records_dir: Path, project_dir: Path, forms: FormLibrary) -> Iterator[Present]:
    """Yield every record file below a folder, by path; those at a faulty address too."""
    found = discover(records_dir, project_dir)
    for file in sorted((*found.files, *found.set_aside), key=lambda file: file.path):
        yield _present(file, forms)


def known_of(record: Record, forms: FormLibrary) -> Known:
    """Return what addresses depend on of a record; an error elsewhere in it makes it no other project."""
    definition = forms.choose(record.form, "")
    kind = forms.by_identifier(record.layout).record_type if record.layout else ""
    return Known(
        record.id, kind or (definition.record_type if definition else "Other"), record.form, record.text("project_name")
    )


def _present(file: SourceFile, forms: FormLibrary) -> Present:
    loaded = load_text(file)
    if loaded.text is None:
        return Present(file, "", loaded.data, None, is_sound=False)
    record, findings = read_again(loaded.text, file, forms)
    return Present(file, loaded.text, loaded.data, record, is_sound(findings))


def read_again(text: str, file: SourceFile, forms: FormLibrary) -> tuple[Record | None, tuple[Finding, ...]]:
    """Return the record that a text would be in place of a file's own, and what is wrong with the text."""
    if not file.is_markdown:
        return record_of(text, file.id, file.path, forms)
    from generator.load.markdown_record import parse_markdown_record  # noqa: PLC0415  as in load.assemble

    tree = parse_markdown_record(text, file.path, markdown_sections())
    if tree.node is None:
        return None, tree.findings
    decoded = decode_with_errors(tree.node, identifier=file.id, path=file.path, forms=forms)
    return decoded.record, (*tree.findings, *decoded.findings)
