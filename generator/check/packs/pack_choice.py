"""Which rule packs hold for a record."""

from collections.abc import Collection, Iterable, Sequence

from generator.check.pack import NATIONAL, Pack
from generator.check.packs.pack_faults import WITHOUT_RECORDS
from generator.check.packs.pack_file import PackFile, Scope
from generator.check.packs.pack_library import PackLibrary, compose
from generator.errors import JixiaoError
from generator.finding import Finding
from generator.load.reading import Reading
from generator.model.catalog import Catalog
from generator.model.records import Record
from generator.origin import START
from generator.text import folded, nearest

CONFIG = "mkdocs.yml"
"""Where packs are selected, as printed in messages."""


class PackChoice:
    """Chooses the pack that holds for a record; call it with the record."""

    def __init__(self, library: PackLibrary, selection: Sequence[str], catalog: Catalog) -> None:
        """Take what `rule_packs` in mkdocs.yml names; raises JixiaoError where that is no pack."""
        unknown = [name for name in selection if name not in library.files]
        if unknown:
            raise JixiaoError("\n".join(_unknown(name, library) for name in unknown))
        self.library = library
        self.selection = tuple(dict.fromkeys((NATIONAL, *selection)))
        self._catalog = catalog
        # A corpus has hundreds of thousands of records and a handful of packs.
        self._packs: dict[tuple[str, ...], Pack] = {}
        self._layers: dict[tuple[str, ...], tuple[str, ...]] = {}

    def __call__(self, record: Record) -> Pack:
        """Return the pack."""
        names = self.names(record)
        if names not in self._packs:
            self._packs[names] = compose([self.library.files[name] for name in names])
        return self._packs[names]

    def names(self, record: Record) -> tuple[str, ...]:
        """Return the packs that hold for a record, each later one overriding."""
        wanted = record.rule_pack.text
        chosen = (wanted,) if wanted in self.library.files else self._fitting(record)
        if chosen not in self._layers:
            chains = (self.library.chain(name) for name in chosen)
            self._layers[chosen] = tuple(dict.fromkeys(file.identifier for chain in chains for file in chain))
        return self._layers[chosen]

    def _fitting(self, record: Record) -> tuple[str, ...]:
        base, *others = self.selection
        return (base, *(name for name in others if self._fits(self.library.files[name].scope, record)))

    def _fits(self, scope: Scope, record: Record) -> bool:
        if scope.years and not any(first <= record.fiscal_year <= last for first, last in scope.years):
            return False
        if scope.units and record.unit not in scope.units:
            return False
        if scope.forms and folded(record.form) not in map(folded, scope.forms):
            return False
        if not scope.regions:
            return True
        unit = self._catalog.unit_of(record)
        department = self._catalog.registry.departments.get(unit.department)
        districts = (unit.district, department.district if department else "")
        return any(region in district for region in scope.regions for district in districts)

    def used(self) -> tuple[PackFile, ...]:
        """Return every pack that holds for any record, each once, by name."""
        names = {name for record in self._catalog.records for name in self.names(record)}
        return tuple(self.library.files[name] for name in sorted({NATIONAL, *names}))

    def idle(self) -> tuple[Finding, ...]:
        """Return a warning for each selected pack that holds for no record."""
        return idle_packs(self.selection, {file.identifier for file in self.used()}) if self._catalog.records else ()


def idle_packs(selection: Iterable[str], used: Collection[str]) -> tuple[Finding, ...]:
    """Return a warning for each selected pack that is not among those used for any record."""
    reading = Reading(CONFIG)
    for name in dict.fromkeys(selection):
        if name not in used and name != NATIONAL:
            reading.report(
                WITHOUT_RECORDS, START, f"选用的规则包 {name} 没有一份表适用", found=name,
                expected="至少一份表在它的适用范围之内",
                hint="核对规则包里的“适用”，以及登记表里单位的“所在区”；只想用于某几份表时，在表里写“规则包: …”",
                field="rule_packs",
            )  # fmt: skip
    return tuple(reading.findings)


def _unknown(name: str, library: PackLibrary) -> str:
    near = nearest(name, library.files)
    like = f"是不是想写 {near}？" if near else ""
    return f"{CONFIG}：rule_packs 里的 {name} 不是已有的规则包。{like}已有的是：{'、'.join(sorted(library.files))}。"
