"""A digest that a PDF carries of itself: whether it is as it was written, or somebody filled in, signed or saved it.

It stands in a comment before the last lines, which no reader looks at and which moves no object of the file.
"""

import hashlib

_MARK, _END = b"%jixiao-sha256 ", b"\nstartxref\n"
_DIGEST = 64


def sealed(document: bytes) -> bytes:
    """Return a PDF with its digest."""
    body, end, address = document.rpartition(_END)
    return body + b"\n" + _MARK + _digest(document) + end + address


def is_as_sealed(document: bytes) -> bool:
    """Tell whether a PDF is, byte for byte, as it was sealed."""
    body, end, address = document.rpartition(_END)
    body, mark, digest = body.rpartition(b"\n" + _MARK)
    return bool(mark) and len(digest) == _DIGEST and digest == _digest(body + end + address)


def _digest(document: bytes) -> bytes:
    return hashlib.sha256(document).hexdigest().encode()
