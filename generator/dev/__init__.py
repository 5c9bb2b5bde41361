"""Generators of committed files; not needed to build a site."""
