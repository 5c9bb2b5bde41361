"""What a DOCX file has beside its text: facts about itself, and bytes that do not depend on when it was written."""

import io
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Mapping

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from generator.export.form_shape import printable

_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VARIANT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
# The one id that the format has for properties of one's own.
_PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST_PROPERTY = 2
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def packed(document: Document, *, title: str, properties: Mapping[str, str]) -> bytes:
    """Return the bytes of a document, with its title and properties of our own."""
    _describe(document, title)
    _add_properties(document, properties)
    written = io.BytesIO()
    document.save(written)
    return _without_times(written.getvalue())


def _describe(document: Document, title: str) -> None:
    core = document.core_properties
    core.title, core.language = title, "zh-CN"
    core.author = core.comments = core.last_modified_by = ""
    for element in list(core._element):  # noqa: SLF001 - the library can set these times, but not leave them out
        if element.tag.endswith(("}created", "}modified")):
            core._element.remove(element)  # noqa: SLF001
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        # The empty page the library starts from.
        del relations[key]


def _add_properties(document: Document, properties: Mapping[str, str]) -> None:
    root = ET.Element("Properties", {"xmlns": _CUSTOM, "xmlns:vt": _VARIANT})
    for number, (name, value) in enumerate(sorted(properties.items()), _FIRST_PROPERTY):
        attributes = {"fmtid": _PROPERTY_SET, "pid": str(number), "name": printable(name)}
        ET.SubElement(ET.SubElement(root, "property", attributes), "vt:lpwstr").text = printable(value)
    blob = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    package = document.part.package
    part = Part(PackURI("/docProps/custom.xml"), _CUSTOM_TYPE, blob, package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def _without_times(archive: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(written, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            target.writestr(entry, source.read(name), zipfile.ZIP_DEFLATED)
    return written.getvalue()
