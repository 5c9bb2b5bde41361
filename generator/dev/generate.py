"""Write the files that are generated and committed: `python -m generator.dev.generate [--check]`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from generator.authoring.files import read_text, write_text
from generator.authoring.reference import format_commands, format_reading_faults, format_vocabulary
from generator.authoring.schema_files import format_schemas
from generator.check.report.data import format_report_schema
from generator.cli import build_parser
from generator.dev.initials import format_initials
from generator.exchange.import_data import format_import_schema
from generator.forms.definitions import load_forms

ROOT = Path(__file__).parents[2]
"""The checkout."""


def format_generated(root: Path) -> dict[str, str]:
    """Return the text of every generated file by its path from the root of the checkout."""
    schemas = format_schemas(load_forms((root / "templates",)))
    return {
        **{f"content/schema/{name}": text for name, text in schemas.items()},
        "content/schema/check_report.schema.json": format_report_schema(),
        "content/schema/import_report.schema.json": format_import_schema(),
        "docs/cli.md": format_commands(build_parser()),
        "docs/reading-faults.md": format_reading_faults(),
        "docs/vocabulary.md": format_vocabulary(),
        "generator/search/initials.txt": format_initials(),
    }


def main(argv: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Write what is out of date, or with `--check` only name it and return 1."""
    parser = argparse.ArgumentParser(prog="python -m generator.dev.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a file is out of date")
    check: bool = parser.parse_args(argv).check
    files = format_generated(root)
    stale = [name for name, text in files.items() if read_text(root / name) != text]
    for name in stale:
        if not check:
            write_text(root / name, files[name])
        print(f"{'out of date' if check else 'written'}: {name}")
    if check and stale:
        print("Run: make generate", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
