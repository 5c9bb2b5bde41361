"""A page that is not yet worked out, and what tells whether it has to be."""

import hashlib
from collections.abc import Callable

import msgspec
from msgspec import Struct

from generator.plan.page import Page

_ENCODER = msgspec.msgpack.Encoder()


class Planned(Struct, frozen=True):
    """A page to be made where anything it shows has changed."""

    url: str
    """Relative to the root of the site."""
    template: str
    """Name of the template of its body."""
    key: bytes
    """Digest of all the content it shows; templates, theme and configuration are not part of it."""
    make: Callable[[], Page]
    form: str = ""
    """Identifier of the form definition whose template the page includes, empty where it has none."""


def key_of(*parts: object) -> bytes:
    """Return a digest of plain values, structs among them; equal values give equal digests."""
    return hashlib.blake2b(_ENCODER.encode(parts), digest_size=16).digest()
