"""What the last build of a site left, as far as it can be trusted."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from generator.build import cache
from generator.build.glance import BUILT
from generator.build.glance_state import Glance
from generator.build.inputs import Stamps
from generator.build.order import Order
from generator.build.site_state import SiteState, read_site
from generator.build.stage import FileState, Stage
from generator.build.unit_building import Outputs, kept_outputs


class LastBuild(Struct, frozen=True):
    """The last build of a site, or nothing where there was none of the kind."""

    folder: Path
    """Where it is kept."""
    owner: bytes
    """See `common.Common`."""
    state: SiteState | None
    stamps: Mapping[str, Stamps]
    """Of its inputs, by what their folder holds."""
    damaged: frozenset[str]
    """Units of which a file was touched since."""

    def unit_digests(self) -> dict[str, bytes]:
        """Return the digests of what is kept of each unit's files, by slug."""
        return {slug: one.digests["files"] for slug, one in self.state.units.items()} if self.state else {}

    def outputs(self, slugs: Iterable[str]) -> dict[str, Outputs]:
        """Return what was kept of units that are made again, or gone; units that are new have nothing.

        Raises CacheLostError where it was kept and cannot be read.
        """
        former: dict[str, Outputs] = {}
        for slug in slugs if self.state else ():
            outputs = _outputs(self.folder, self.owner, self.state, slug) if self.state else None
            if outputs is not None:
                former[slug] = outputs
            elif self.state and slug in self.state.units:
                raise cache.CacheLostError(f"{self.folder} 里的中间结果读不回来，网站没有改动。请再生成一次。")
        return former


def read_last_build(
    order: Order, owner: bytes, glance: Glance | None, stage: Stage, site: Mapping[str, int]
) -> LastBuild:
    """Read it; `glance` is what it left, `site` has the times of the site's folders as they are now."""
    left = order.left
    is_left = left is not None and left.owner == owner and left.is_current
    state = left.state if left is not None and is_left else read_site(order.kept, owner)
    if glance is None or state is None or glance.options != order.options:
        return LastBuild(order.kept, owner, None, {}, frozenset())
    is_ours = site.get(BUILT) == glance.site.get(BUILT)
    if Path(glance.site_dir) != order.site_dir.absolute() or not is_ours or not _is_data_intact(state, stage):
        return LastBuild(order.kept, owner, None, glance.stamps, frozenset())
    # The folders' times do not tell of a file that was overwritten in its place.
    is_trusted = site == glance.site and not order.to_leave
    damaged = frozenset() if is_trusted else _damaged(order.kept, owner, state, stage)
    return LastBuild(order.kept, owner, state, glance.stamps, damaged)


def kept_files(folder: Path, owner: bytes) -> dict[str, FileState] | None:
    """Return every file of a site as the last build left it, or None where what it left cannot be read."""
    state = read_site(folder, owner)
    units = [_outputs(folder, owner, state, slug) for slug in state.units] if state else [None]
    if state is None or None in units:
        return None
    return {**state.files, **{path: file for one in units if one for path, file in one.files.items()}}


def _outputs(folder: Path, owner: bytes, state: SiteState, slug: str) -> Outputs | None:
    known = state.units.get(slug)
    return kept_outputs(folder, slug, owner, known.digests["files"]) if known else None


def _is_data_intact(state: SiteState, stage: Stage) -> bool:
    return all(path in state.files and stage.is_intact(path, state.files[path]) for path in state.data.files)


def _damaged(folder: Path, owner: bytes, state: SiteState, stage: Stage) -> frozenset[str]:
    """Return the units of which a file is not as we left it."""
    outputs = {slug: _outputs(folder, owner, state, slug) for slug in state.units}
    return frozenset(
        slug
        for slug, one in outputs.items()
        if one is None or not all(stage.is_intact(path, file) for path, file in one.files.items())
    )
