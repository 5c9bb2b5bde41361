"""Load a content folder and export it, with the files read back as a reader would."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from generator.check.policy import Policy
from generator.export.artifacts import export_artifacts
from generator.export.published import PublishedFile
from generator.finding import has_errors
from generator.forms.definitions import load_forms
from generator.load.assemble import load_catalog
from generator.model.catalog import Catalog
from generator.plan.rows import make_lines
from generator.resources import packaged
from tests.checked import PUBLIC, site_check


class Exported(NamedTuple):
    """The open data of one site."""

    catalog: Catalog
    files: dict[str, bytes]

    def json(self, path: str) -> Any:  # noqa: ANN401  what JSON gives
        """Return a JSON file."""
        return json.loads(self.files[path], parse_float=Decimal)

    def record(self, identifier: str) -> dict[str, Any]:
        """Return the file of one record."""
        found: dict[str, Any] = self.json(f"api/v1/records/{identifier}.json")
        return found

    def records(self) -> list[dict[str, Any]]:
        """Return the files of all records, in the order of the catalog."""
        return [self.record(record.id) for record in self.catalog.records]

    def read(self, file: PublishedFile) -> bytes:
        """Return a file that the Data Package describes."""
        return self.files[f"data/{file.path}"]

    def table(self, name: str) -> list[dict[str, str]]:
        """Return the rows of a CSV file, every cell as it stands there."""
        text = self.files[f"data/{name}.csv"].decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def load(content: Path) -> Catalog:
    """Return the catalog of a content folder whose records must all be in order."""
    loaded = load_catalog(
        records_dir=content / "records",
        registry_dir=content / "registry",
        project_dir=content.parent,
        forms=load_forms([packaged("templates")]),
    )
    assert not has_errors(loaded.findings), loaded.findings
    return loaded.catalog


def export(content: Path, *, site_url: str = "", policy: Policy = PUBLIC) -> Exported:
    """Export a content folder."""
    catalog = load(content)
    check = site_check(catalog, policy)
    lines = {record.id: make_lines(record, catalog, check) for record in catalog.records}
    artifacts = list(export_artifacts(catalog, lines, check, site_url=site_url, site_name="示例站"))
    assert len({artifact.path for artifact in artifacts}) == len(artifacts)
    return Exported(catalog, {artifact.path: artifact.content for artifact in artifacts})
