"""Make the documents of a unit's forms: each form by itself, and all of a year in one file.

Laying out a document takes many times as long as a page, so nothing is drawn before something needs it.
"""

import gc
from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace

from generator.build.breadcrumb import at_work_on
from generator.build.common import Common
from generator.build.making import Making
from generator.check.fingerprint import canonical
from generator.errors import JixiaoError
from generator.exchange.form_grids import form_grid, properties_of
from generator.export.form_writers import writer_of
from generator.forms.grid import FormGrid
from generator.model.catalog import Catalog
from generator.model.places import without_places
from generator.model.records import BLANK, Record
from generator.plan.documents import record_document_url, year_document_url, year_formats
from generator.plan.planned import key_of

_TIDY_AFTER = 20
"""Documents after which memory is tidied up: a build runs without the collector, and these libraries need it."""


def add_documents(making: Making, common: Common, unit: str, catalog: Catalog) -> None:
    """Make the documents of the records that changed, and of their years."""
    drawing = _Drawing(common, catalog)
    for year in sorted({record.year for record in catalog.records}):
        records = tuple(printed_part(record) for record in catalog.records if record.year == year)
        keys = [drawing.key(record) for record in records]
        for kind in common.settings.exports:
            for record, key in zip(records, keys, strict=True):
                at_work_on(record.path)
                making.make(record_document_url(record, kind), key, partial(drawing.write, kind, [record]))
            if kind not in year_formats((kind,), len(records)):
                continue
            at_work_on(f"{unit}/{year}")
            making.make(year_document_url(unit, year, kind), key_of(keys), partial(drawing.write, kind, records))
        drawing.forget()


def printed_part(record: Record) -> Record:
    """Return a record without what its file says beside the form; of that no document may depend."""
    return replace(
        record, path=record.id, comments=(), keys={}, rule_pack=BLANK, waivers=(), replies=(), corrections=()
    )


class _Drawing:
    """The forms of one unit, each drawn at most once."""

    def __init__(self, common: Common, catalog: Catalog) -> None:
        self._common = common
        self._catalog = catalog
        self._drawn: dict[str, FormGrid] = {}
        self._written = 0
        self._latest: tuple[str, str, bytes] = ("", "", b"")
        """Format, record and bytes of the document made last of one record."""

    def key(self, record: Record) -> bytes:
        """Return the digest of all that a record's documents depend on."""
        form = self._catalog.form_of(record)
        template = self._common.template_digests[f"forms/{form.identifier}.html"]
        return key_of(self._common.tool, template, canonical(form), without_places(record))

    def write(self, kind: str, records: Sequence[Record]) -> bytes:
        """Return one document of some records."""
        alone = records[0].id if len(records) == 1 else ""
        # Where a year has one form only, its file has been made this very moment.
        if alone and self._latest[:2] == (kind, alone):
            return self._latest[2]
        try:
            forms = [self._form(record) for record in records]
            document = writer_of(kind)(forms, properties=properties_of(forms))
        except JixiaoError as error:
            raise JixiaoError(_with_cure(error, kind, self._common.settings.exports)) from error
        self._written += 1
        if self._written % _TIDY_AFTER == 0 and not gc.isenabled():
            gc.collect()
        self._latest = (kind, alone, document)
        return document

    def forget(self) -> None:
        """Let the forms drawn so far go."""
        self._drawn.clear()

    def _form(self, record: Record) -> FormGrid:
        if record.id not in self._drawn:
            form = self._catalog.form_of(record)
            self._drawn[record.id] = form_grid(record, form, self._common.form_environment)
        return self._drawn[record.id]


def _with_cure(error: JixiaoError, kind: str, kinds: Sequence[str]) -> str:
    others = ", ".join(other for other in kinds if other != kind)
    return (
        f"{error}\n"
        f"网站没有改动。mkdocs.yml 的 exports 要求生成 {kind} 文件，暂时不要可改为 exports: [{others}]；"
        f"个别的表可另用 jixiao export --format {kind} 导出。"
    )
