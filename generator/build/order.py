"""What a build is asked to do."""

from concurrent.futures import Executor
from datetime import date
from pathlib import Path

from msgspec import Struct, field

from generator.build.common import ALL_PARTS, Parts
from generator.build.glance import Look
from generator.build.left import Left
from generator.build.listeners import NOBODY, Listeners
from generator.build.readers import cores
from generator.settings import Settings


class Order(Struct, frozen=True):
    """How a build is to be done."""

    settings: Settings
    site_dir: Path
    keep_going: bool
    """Whether to publish the other records where some cannot be read."""
    live: bool
    """Whether the site is a preview."""
    today: date
    kept: Path
    """Folder for what is kept about this site until the next build."""
    cache_dir: Path
    """Folder for what is kept about records."""
    jobs: int = field(default_factory=cores)
    """Processes to work with."""
    executor: Executor | None = None
    """Who takes the jobs instead of processes of this machine."""
    parts: Parts = ALL_PARTS
    options: bytes = b""
    """Digest of how the build was called; a build called in another way starts from nothing."""
    watched: tuple[str, ...] = ()
    """Single files that the build depends on, such as mkdocs.yml; none where they do not say all."""
    listeners: Listeners = NOBODY
    left: Left | None = None
    """What the last build of this process left, where it is as it was."""
    seen: Look | None = None
    """What was seen at a glance already."""
    to_leave: bool = False
    """Whether to go the whole way though nothing may have changed, for what `listeners` are left with; each file of the site is looked at then."""
