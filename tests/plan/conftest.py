"""Give the tests of this folder the built site of the project's own content."""

from tests.own_site import own_site

__all__ = ["own_site"]
