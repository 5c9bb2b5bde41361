"""One build as a command asks for it: nothing where nothing changed, and nothing heavy imported before that is known."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.build.glance import Look, look, seen_from, seen_where_touched
from generator.build.listeners import NOBODY, Listeners
from generator.build.memory import uncollected
from generator.build.names import CACHE
from generator.build.report import BuildReport
from generator.build.side_look import look_while_loading
from generator.build.today import this_day

if TYPE_CHECKING:
    from generator.build.left import Left


class Call(NamedTuple):
    """How a build was called."""

    config: Path
    site_dir: Path | None = None
    """None for where mkdocs.yml says."""
    keep_going: bool = False
    internal: bool = False
    live: bool = False
    jobs: int = 0
    """Processes; 0 for as many as there are processors."""
    full: bool = False
    """Whether to start from nothing."""
    touched: frozenset[str] | None = None
    """Files that may have changed since the last build of this process, if nothing else has; None where nobody knows."""
    kept_in: Path | None = None
    """Folder for what is kept about the site; None for one of the project's cache."""
    to_leave: bool = False
    """Whether to go the whole way though nothing may have changed, for what that leaves in memory."""

    @property
    def options(self) -> bytes:
        """Return the digest of all that makes this site another one."""
        place = str(self.site_dir.absolute()) if self.site_dir else ""
        words = (str(self.config.absolute()), place, self.keep_going, self.internal, self.live)
        return hashlib.blake2b(repr(words).encode("utf-8", "backslashreplace"), digest_size=16).digest()

    @property
    def cache_dir(self) -> Path:
        """Return the folder for what is kept about the project."""
        return self.config.absolute().parent / CACHE

    @property
    def kept(self) -> Path:
        """Return the folder for what is kept about this site."""
        return self.kept_in or self.cache_dir / "sites" / self.options.hex()[:16]


class Built(NamedTuple):
    """What became of it."""

    report: BuildReport
    warnings: tuple[str, ...]
    """What mkdocs.yml says in vain, and what the site lacks this time."""
    site_dir: Path


def build(call: Call, listeners: Listeners = NOBODY, left: "Left | None" = None) -> Built:
    """Build as called; raise JixiaoError where that cannot be done at all.

    `left` is what the last build of this process left, see `Listeners.left`.
    """
    left = left if left is not None and left.kept == call.kept and left.is_current else None
    seen = None if call.full else _seen(call, left)
    if seen is not None and seen.is_unchanged and not call.to_leave:
        return Built(seen.glance.report, seen.glance.warnings, Path(seen.glance.site_dir))
    return _build(call, seen, listeners, left)


def _seen(call: Call, left: "Left | None") -> Look | None:
    today = this_day()
    if left is None or left.glance.options != call.options:
        # What is to stay loaded is loaded in any case.
        how = look if call.to_leave else look_while_loading
        return how(call.kept, call.options, today)
    where_touched = None if call.touched is None else seen_where_touched(left.glance, call.touched)
    return where_touched or seen_from(left.glance, today)


def _build(call: Call, seen: Look | None, listeners: Listeners, left: "Left | None") -> Built:
    from msgspec.structs import replace  # noqa: PLC0415  most calls find nothing to do and need none of these

    from generator.build.kept_settings import is_self_contained, keep_settings, kept_settings  # noqa: PLC0415
    from generator.build.order import Order  # noqa: PLC0415
    from generator.build.pipeline import build_site, forget_everything  # noqa: PLC0415
    from generator.build.readers import cores  # noqa: PLC0415

    config = call.config
    if call.full:
        forget_everything(call.kept, call.cache_dir)
    settings = kept_settings(call.kept, seen, config) if seen is not None else None
    if settings is None:
        from generator.configuration import load_settings  # noqa: PLC0415  MkDocs takes longer than a small change

        settings = load_settings(config)
        if is_self_contained(config):
            keep_settings(call.kept, settings)
    settings = replace(settings, internal=settings.internal or call.internal)
    site_dir = call.site_dir or settings.site_dir
    order = Order(
        settings=settings,
        site_dir=site_dir,
        keep_going=call.keep_going or settings.keep_going,
        live=call.live,
        today=this_day(),
        kept=call.kept,
        cache_dir=call.cache_dir,
        jobs=call.jobs or cores(),
        options=call.options,
        watched=(str(config.absolute()),) if is_self_contained(config) else (),
        listeners=listeners,
        left=left,
        seen=seen,
        to_leave=call.to_leave,
    )
    with uncollected():
        report = build_site(order)
        return Built(report, (*settings.warnings, *report.warnings), site_dir)
