"""The parts of a DOCX file that its tables are read from."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.importers.document import Remark, UnreadableError
from generator.importers.guard import check_archive, opened_archive
from generator.importers.package import Package

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

# The strict form of the format differs in its names only.
_STRICT = {
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}": WORD,
    "{http://purl.oclc.org/ooxml/officeDocument/math}": MATH,
}
_PROPERTIES_PART = "docProps/custom.xml"
_OURS = "jixiao."


class Parts(NamedTuple):
    """What the parts of a file say."""

    body: Any
    numbering: Any | None
    styles: Any | None
    properties: Mapping[str, str]
    """Its own properties under names of ours."""
    remarks: tuple[Remark, ...]


def read_parts(data: bytes) -> Parts:
    """Return the parts of a DOCX file; nothing outside of it is ever fetched."""
    with opened_archive(data) as archive:
        remarks = check_archive(archive)
        package = Package(archive)
        main = next((each.target for each in package.relations("").values() if each.kind == "officeDocument"), "")
        document = _transitional(package.root(main))
        body = document.find(f"{WORD}body") if document is not None else None
        if body is None:
            raise UnreadableError("文件里没有 Word 正文，可能不完整。请用 WPS 或 Word 打开，另存为 DOCX 后再导入。")
        related = {each.kind: each.target for each in package.relations(main).values() if not each.external}
        numbering = package.root(related.get("numbering", ""))
        styles = package.root(related.get("styles", ""))
        custom = package.root(_PROPERTIES_PART)
    return Parts(body, _transitional(numbering), _transitional(styles), _own_properties(custom), remarks)


def _transitional(root: Any | None) -> Any | None:  # noqa: ANN401
    """Return a part with the names of the strict form replaced by the usual ones."""
    if root is None or not root.tag.startswith(tuple(_STRICT)):
        return root
    for element in root.iter("*"):
        element.tag = _usual(element.tag)
        for name, value in list(element.attrib.items()):
            if _usual(name) != name:
                del element.attrib[name]
                element.attrib[_usual(name)] = value
    return root


def _usual(name: str) -> str:
    space, closing, local = name.rpartition("}")
    return _STRICT.get(space + closing, space + closing) + local


def _own_properties(custom: Any | None) -> Mapping[str, str]:  # noqa: ANN401
    return {
        item.get("name"): "".join(item.itertext())
        for item in (custom if custom is not None else ())
        if item.get("name", "").startswith(_OURS)
    }
