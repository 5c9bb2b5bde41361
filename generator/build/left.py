"""What a build leaves to the next one of the same process, which need not read it back."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.build.glance_state import Glance
from generator.build.inputs import Stamp, stamp_of
from generator.build.site_state import SiteState

if TYPE_CHECKING:
    from generator.build.basis import Basis


class Left(NamedTuple):
    """What was kept, as it is in memory, and what tells whether the disk still has it so."""

    kept: Path
    """Folder it was kept in."""
    stamps: tuple[Stamp, Stamp]
    owner: bytes
    """See `common.Common`."""
    glance: Glance
    state: SiteState
    basis: "Basis"

    @property
    def is_current(self) -> bool:
        """Tell whether nobody has built since, nor thrown away what was kept."""
        return self.stamps == _stamps(self.kept)


def what_is_left(kept: Path, owner: bytes, glance: Glance, state: SiteState, basis: "Basis") -> Left:
    """Return what a build leaves that has just kept all this."""
    return Left(kept, _stamps(kept), owner, glance, state, basis)


def _stamps(kept: Path) -> tuple[Stamp, Stamp]:
    return stamp_of(str(kept / "glance")), stamp_of(str(kept / "site"))
