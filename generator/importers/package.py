"""Parts of an office package (a zip of XML), whichever program wrote it."""

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from lxml import etree  # type: ignore[import-untyped]

from generator.importers.guard import check_xml_size, damaged, refuse_doctype


class Relation(NamedTuple):
    """What one part says of another."""

    kind: str
    """Last word of its type, such as worksheet; the same in transitional and strict files."""
    target: str
    """Path within the package; an address where it is external."""
    external: bool


def local_name(element: Any) -> str:  # noqa: ANN401
    """Return an element's name without its namespace."""
    return str(etree.QName(element).localname)


def _refuse_entities(element: Any) -> None:  # noqa: ANN401
    """Refuse a part that declares entities; what is no XML at first sight, as behind blanks, got past the guard."""
    if element.getroottree().docinfo.doctype:
        refuse_doctype()


class Package:
    """A package that `guard.check_archive` has let pass."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        # Some programs write \ for /, and names in other letters than their relations use.
        self._names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}

    @property
    def names(self) -> tuple[str, ...]:
        """Return the paths of all parts, in small letters."""
        return tuple(self._names)

    def root(self, part: str) -> Any | None:  # noqa: ANN401
        """Parse a part; None where the package has none of that name."""
        name = self._names.get(part.lower())
        if name is None:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        check_xml_size(self._archive.getinfo(name))
        try:
            root = etree.fromstring(self._archive.read(name), parser)
        except (etree.XMLSyntaxError, ValueError, OSError, zipfile.BadZipFile) as error:
            raise damaged(part) from error
        except Exception as error:
            if type(error).__module__ == "zlib":
                raise damaged(part) from error
            raise
        _refuse_entities(root)
        return root

    def elements(self, part: str, *tags: str) -> Iterator[Any]:
        """Yield elements of these names one after another, each gone from memory when the next comes."""
        name = self._names.get(part.lower())
        if name is None:
            return
        check_xml_size(self._archive.getinfo(name))
        is_first = True
        with self._archive.open(name) as file:
            try:
                for _, element in etree.iterparse(
                    file,
                    events=("end",),
                    tag=tuple(f"{{*}}{tag}" for tag in tags),
                    resolve_entities=False,
                    no_network=True,
                    load_dtd=False,
                    remove_comments=True,
                    remove_pis=True,
                ):
                    if is_first:
                        _refuse_entities(element)
                        is_first = False
                    yield element
                    element.clear()
                    parent = element.getparent()
                    while parent is not None and element.getprevious() is not None:
                        del parent[0]
            except (etree.XMLSyntaxError, EOFError, OSError, zipfile.BadZipFile) as error:
                raise damaged(part) from error
            except Exception as error:
                if type(error).__module__ == "zlib":
                    raise damaged(part) from error
                raise

    def relations(self, part: str) -> Mapping[str, Relation]:
        """Return the relations of a part by their ids; the package's own for the empty name."""
        folder, name = posixpath.split(part)
        root = self.root(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for element in root if root is not None else ():
            target = element.get("Target") or ""
            external = element.get("TargetMode") == "External"
            path = target if external else posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = (element.get("Type") or "").rpartition("/")[2]
            found[element.get("Id") or ""] = Relation(kind, path, external)
        return found
