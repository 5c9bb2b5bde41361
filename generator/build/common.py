"""What every job of a build shares: plain values, so that a job can run in any process."""

import hashlib
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from pathlib import Path

import jinja2
from msgspec import Struct
from msgspec.structs import replace

from generator.build import cache
from generator.build.frame import make_renderer
from generator.check.fingerprint import canonical, source_digest
from generator.check.packs.pack_library import PackLibrary
from generator.check.policy import Policy, PublicFindings
from generator.check.registry import all_rules
from generator.check.rule import Rule
from generator.model.catalog import Catalog, Registry, Unit, make_catalog
from generator.model.forms import FormLibrary
from generator.model.records import Record
from generator.plan.planned import key_of
from generator.render.renderer import Renderer
from generator.render.shell import Shell
from generator.settings import Settings


class Parts(Struct, frozen=True):
    """What a build makes besides the pages; all of it, but for measuring how long each takes."""

    checks: bool = True
    exports: bool = True


ALL_PARTS = Parts()


class Common(Struct, frozen=True, dict=True):
    """All that the records of all units have in common."""

    settings: Settings
    forms: FormLibrary
    library: PackLibrary
    registry: Registry
    """As registered."""
    shell: Shell
    theme_key: bytes
    """Digest of the theme's and the project's own styles, scripts and pictures."""
    today: date
    parts: Parts
    tool: bytes
    """See `tool.tool_digest`."""
    owner: bytes
    """Digest of the tool and the project, by which what is kept is known as our own."""
    record_cache: Path
    """Folder of what was read and decided record by record, whichever site it is for."""
    site_cache: Path
    """Folder of what was made of each unit for this site."""
    template_digests: dict[str, bytes]
    """See `templates.template_digests`."""

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """The rules that are asked."""
        return dict(all_rules()) if self.parts.checks else {}

    @cached_property
    def policy(self) -> Policy:
        """What of the rules' results may be seen."""
        return Policy(PublicFindings(self.settings.public_findings), internal=self.settings.internal)

    @cached_property
    def renderer(self) -> Renderer:
        """What renders pages, with templates that are loaded once for all of them."""
        return make_renderer(self.settings, self.shell, self.tool)

    @cached_property
    def form_environment(self) -> jinja2.Environment:
        """What draws forms for documents."""
        # Needed by the few sites alone that offer documents.
        from generator.exchange.form_grids import form_environment  # noqa: PLC0415

        return form_environment(self.settings.template_dirs)

    @cached_property
    def decoding_key(self) -> bytes:
        """Digest of what decides how a record's file is read, its own text aside."""
        return key_of(self.tool, canonical(self.forms), sorted(self.library.files))

    @cached_property
    def comparing_key(self) -> bytes:
        """Digest of what decides what two versions of a record are told to differ in, themselves aside.

        Packs and the registry are none of it, see `version_changes`.
        """
        return self.decoding_key

    @cached_property
    def source_digest(self) -> str:
        """Digest of the rules as installed, see `fingerprint.source_digest`; kept for as long as the tool is the same."""
        place = self.site_cache / "source"
        kept = cache.kept(place, self.owner)
        if kept is not None:
            return kept.decode()
        found = source_digest()
        cache.keep(place, found.encode(), self.owner)
        return found

    @cached_property
    def page_key(self) -> bytes:
        """Digest of what every page depends on."""
        settings = self.settings
        shown = (
            settings.site_name,
            settings.site_description,
            settings.site_url,
            settings.publisher,
            settings.root_path,
        )
        return key_of(self.tool, shown, canonical(self.policy), self.shell.digest, self.parts.checks)

    def layers_key(self, names: Iterable[str]) -> bytes:
        """Return the digest of rule packs laid one over the other."""
        layers = tuple(names)
        # Every record asks, and a site has few ways of laying packs.
        if layers not in self._layers_keys:
            files = [self.library.files[name] for name in layers]
            data = [[file.identifier, file.title, file.base, file.scope, file.values] for file in files]
            self._layers_keys[layers] = hashlib.blake2b(canonical(data).encode(), digest_size=16).digest()
        return self._layers_keys[layers]

    @cached_property
    def _layers_keys(self) -> dict[tuple[str, ...], bytes]:
        return {}

    def catalog_of(self, unit: Unit, records: Iterable[Record]) -> Catalog:
        """Return a catalog of the records of one unit."""
        registry = replace(self.registry, units={**self.registry.units, unit.slug: unit})
        return make_catalog(records, registry, self.forms)
