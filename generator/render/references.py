"""Which templates a page is made of, so that a changed one tells which pages it concerns."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import cast

import jinja2
from jinja2 import meta, nodes
from msgspec import Struct

from generator.render.theme_assets import AssetPaths

# Reads the syntax; what filters and globals there are does not matter for that.
_ENVIRONMENT = jinja2.Environment(autoescape=True)


class TemplateFile(Struct, frozen=True, array_like=True):
    """One template as its file stands."""

    digest: str
    """Of its source; empty where there is no such file, or none that can be read."""
    references: tuple[str | None, ...]
    """Names of the templates it names itself; None for each that it chooses only in rendering."""
    assets: tuple[str | None, ...] = ()
    """Names of the static files it links by `asset`; None for each that it chooses only in rendering."""


class TemplateFiles:
    """The templates of an environment and what each refers to.

    Parsing all of them takes longer than looking whether they changed, so what is known of them may be kept from build
    to build: `known` is what `files` was.
    """

    def __init__(self, environment: jinja2.Environment, known: Mapping[str, TemplateFile] | None = None) -> None:
        self._environment = environment
        self._known = known or {}
        self.files: dict[str, TemplateFile] = {}
        """Those asked for so far, by name."""

    def __getitem__(self, name: str) -> TemplateFile:
        """Return a template, whether it exists or not."""
        found = self.files.get(name)
        if found is None:
            found = self.files[name] = self._read(name)
        return found

    def reached(self, name: str, form_template: str = "") -> frozenset[str]:
        """Return the names of all templates that rendering one may reach, itself among them.

        `form_template` is the one that the page of a record chooses by its form. Where more is chosen only in
        rendering, any template may be reached. A name without a template is among them too, for there may be one later.
        """
        reached: set[str] = set()
        left, chosen = [name, *([form_template] if form_template else [])], 0
        while left:
            one = left.pop()
            if one not in reached:
                reached.add(one)
                references = self[one].references
                chosen += references.count(None)
                left += [other for other in references if other is not None]
        if chosen > bool(form_template):
            reached.update(self._environment.list_templates(extensions=["html"]))
        return frozenset(reached)

    def assets(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the addresses of the static files that these templates link: an address tells the content."""
        found = {one for name in names for one in self[name].assets}
        paths = cast("AssetPaths", self._environment.globals["asset"])
        return paths.all() if None in found else tuple(sorted(paths.find(one) for one in found if one is not None))

    def _read(self, name: str) -> TemplateFile:
        loader = self._environment.loader
        try:
            source = loader.get_source(self._environment, name)[0] if loader else ""
        except (jinja2.TemplateNotFound, UnicodeDecodeError):
            return TemplateFile("", ())
        digest = hashlib.sha256(source.encode()).hexdigest()
        known = self._known.get(name)
        return known if known is not None and known.digest == digest else _parsed(source, digest)


# Twice the number of templates there are, for who builds one site after the other.
@lru_cache(maxsize=256)
def _parsed(source: str, digest: str) -> TemplateFile:
    """Return what a template refers to."""
    try:
        tree = _ENVIRONMENT.parse(source)
    except jinja2.TemplateSyntaxError:
        # Rendering will say what is wrong with it.
        return TemplateFile(digest, ())
    return TemplateFile(digest, tuple(_references(tree)), tuple(_assets(tree)))


def _assets(tree: nodes.Template) -> Iterator[str | None]:
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "asset":
            name = call.args[0] if call.args else None
            yield name.value if isinstance(name, nodes.Const) else None


def _references(tree: nodes.Template) -> Iterator[str | None]:
    yield from meta.find_referenced_templates(tree)
    for filtered in tree.find_all(nodes.Filter):
        if filtered.name == "drawn":
            partial = filtered.args[0] if filtered.args else None
            yield partial.value if isinstance(partial, nodes.Const) else None
