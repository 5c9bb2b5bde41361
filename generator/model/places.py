"""What values say, without where it stands in their file."""

from msgspec import Struct

_PLACES = ("span", "first_line", "keys")


def without_places(value: object) -> object:
    """Return plain values that tell apart whatever is printed otherwise, and nothing by where it stands in its file."""
    if isinstance(value, Struct):
        return [without_places(getattr(value, name)) for name in value.__struct_fields__ if name not in _PLACES]
    if isinstance(value, tuple | list):
        return [without_places(one) for one in value]
    if isinstance(value, dict):
        return {key: without_places(one) for key, one in value.items()}
    return value
