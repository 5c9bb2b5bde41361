"""What a build stands on besides the records: what is authored beside them, and what all jobs share."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.build.common import Common
from generator.build.frame import kept_shell, template_digests
from generator.build.inputs import Stamps
from generator.build.order import Order
from generator.build.record_caches import is_open, record_cache, record_owner
from generator.build.sources import Sources
from generator.export.feeds import site_feed_title
from generator.plan.menu import ABOUT, MENU
from generator.plan.planned import key_of
from generator.render.shell import NavEntry


class Basis(NamedTuple):
    """All of it, which a build that finds nothing but records changed takes over from the last one of its process."""

    sources: Sources
    common: Common
    made_of: bytes
    """Digest of what `common` is made of besides `sources`."""


class Surroundings(NamedTuple):
    """Where a build runs, and with what."""

    tool: bytes
    """See `tool.tool_digest`."""
    owner: bytes
    """See `common.Common`."""
    stamps: Mapping[str, Stamps]
    """Of all inputs, by what their folder holds."""
    folder: Path
    """Where the build may leave what nobody needs after it."""


def make_basis(order: Order, around: Surroundings, sources: Sources, former: Basis | None, *, has_dates: bool) -> Basis:
    """Return what the jobs of a build share; `former` is that of the last build where `sources` are as they were then.

    `has_dates` tells whether git knows when records were changed.
    """
    settings, tool = order.settings, around.tool
    nav = [NavEntry(*entry) for entry in MENU]
    nav += [NavEntry(page.title, page.url, page.url.removesuffix(".html"), ABOUT) for page in sources.pages.pages]
    theme_key = _theme_key(order, around)
    has_feeds = has_dates and bool(settings.site_url) and not settings.internal and order.parts.exports
    title = site_feed_title(settings.site_name) if has_feeds else ""
    shell_key = key_of(theme_key, nav, order.live, title)
    # A project that cannot be written to has its records kept for this build alone.
    place = record_cache(order.cache_dir, settings, asks_rules=order.parts.checks)
    records = place if is_open(place, order.cache_dir) else around.folder / "records"
    whose = record_owner(around.owner, order.cache_dir)
    made_of = key_of(around.owner, whose, shell_key, order.today.isoformat(), order.parts, os.fsencode(records))
    if former is not None and former.made_of == made_of:
        return former._replace(sources=sources)
    shell = kept_shell(settings, nav, live=order.live, feed_title=title, kept=order.kept, key=shell_key, tool=tool)
    forms = [form.identifier for form in sources.forms.definitions]
    common = Common(
        settings=settings,
        forms=sources.forms,
        library=sources.library,
        registry=sources.registry,
        shell=shell,
        theme_key=theme_key,
        today=order.today,
        parts=order.parts,
        tool=tool,
        owner=around.owner,
        record_owner=whose,
        record_cache=records,
        site_cache=order.kept,
        template_digests=template_digests(settings, shell, forms, order.kept, tool),
    )
    return Basis(sources, common, made_of)


def _theme_key(order: Order, around: Surroundings) -> bytes:
    watched = [name for name in around.stamps if name.startswith(("templates", "theme"))]
    theme = [(name, sorted(around.stamps[name].items())) for name in watched]
    return key_of(around.tool, theme, msgspec.msgpack.encode(order.settings, enc_hook=os.fsencode))
