"""What records are read and checked by, whether a site is made of them or not: plain values, so that a job can run in any process."""

import hashlib
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator.build import cache
from generator.check.fingerprint import canonical, source_digest
from generator.check.packs.pack_library import PackLibrary
from generator.check.registry import all_rules
from generator.check.rule import Rule
from generator.model.catalog import Catalog, Registry, Unit, make_catalog
from generator.model.forms import FormLibrary
from generator.model.records import Record
from generator.plan.planned import key_of
from generator.settings import Settings


class Grounds(Struct, frozen=True, dict=True, kw_only=True):
    """All that the records of all units have in common when they are read and checked."""

    settings: Settings
    forms: FormLibrary
    library: PackLibrary
    registry: Registry
    """As registered."""
    today: date
    tool: bytes
    """See `tool.tool_digest`."""
    owner: bytes
    """Digest of the tool and the project, by which what is kept is known as our own."""
    record_owner: bytes
    """The same and what no other place knows, by which what is kept of records is known as our own."""
    record_cache: Path
    """Folder of what was read and decided record by record, whichever site it is for."""
    borrowed: Path | None = None
    """Another such folder, which is asked where that one knows nothing, and never written to."""
    trial: str = ""
    """Name of a rule pack on trial that no record may ask for as yet; empty where there is none."""

    @property
    def asks_rules(self) -> bool:
        """Whether rules are asked at all."""
        return True

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """The rules that are asked."""
        return dict(all_rules()) if self.asks_rules else {}

    @cached_property
    def pack_names(self) -> tuple[str, ...]:
        """Names of the rule packs that a record may ask for."""
        return tuple(name for name in self.library.files if name != self.trial)

    @cached_property
    def decoding_key(self) -> bytes:
        """Digest of what decides how a record's file is read, its own text aside."""
        return key_of(self.tool, canonical(self.forms), sorted(self.pack_names))

    @property
    def source_place(self) -> Path:
        """Where the digest of the rules is kept."""
        return self.record_cache.parent / "source"

    @cached_property
    def source_digest(self) -> str:
        """Digest of the rules as installed, see `fingerprint.source_digest`; kept for as long as the tool is the same."""
        kept = cache.kept(self.source_place, self.owner)
        if kept is not None:
            return kept.decode()
        found = source_digest()
        cache.keep(self.source_place, found.encode(), self.owner)
        return found

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
